"""Checks of an FAQ: within a file, across files, and against its previous state."""
