"""Runs Madoguchi: channels, storage, settings, command line."""

__version__ = "0.2.0"
