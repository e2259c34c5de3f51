"""config.yaml and the environment: values, faults in words, and the folder to start from."""
