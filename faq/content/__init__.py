"""The YAML of a FAQ: its models, how it is read, and what a fault of it is called."""
