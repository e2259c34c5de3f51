"""Errors an operator reads: each message says place, fault and remedy."""

from __future__ import annotations


class BotError(Exception):
    """The program cannot go on."""


class ConfigError(BotError):
    """The settings are wrong; the message holds every fault, one a line."""


class LibraryError(BotError):
    """The FAQ on disk cannot be served; the message holds every fault, one a line."""


class StorageError(BotError):
    """The database cannot be used."""
