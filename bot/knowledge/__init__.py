"""The FAQ on disk and in memory: reading, watching, caches, fitting."""
