"""The same desk at a prompt."""
