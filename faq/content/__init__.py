"""The FAQ's YAML: models, parsing, and explanations of faults."""
