"""config.yaml and the environment: values, fault messages, and the starter folder."""
