"""Errors an operator reads: each message says place, fault and remedy."""

from __future__ import annotations


class BotError(Exception):
    """The program cannot go on."""


class ConfigError(BotError):
    """The settings are wrong; the message holds every fault, one a line."""


class LibraryError(BotError):
    """The FAQ on disk cannot be served; the message holds every fault, one a line."""


class TokenRefusedError(BotError):
    """Telegram does not accept the token: waiting cannot help."""


class StorageError(BotError):
    """The database cannot be used."""

    def __init__(self, told: str, remedy: str = "") -> None:
        """``told`` is place and fault; ``remedy`` what to do."""
        super().__init__(f"{told}; {remedy}" if remedy else told)
        self.told = told
        self.remedy = remedy


class NewerSchemaError(StorageError):
    """A newer version of the program wrote the database."""


def both(japanese: str, english: str) -> str:
    """One fault in both languages, the file's own first.

    Settings are written in Japanese by people in Japan, on servers whose locale is mostly C: the locale does not tell who
    reads, and a terminal that cannot show Japanese still shows the second half.
    """
    return f"{japanese} / {english}"
