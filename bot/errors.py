"""Errors for operators: each message gives place, fault and remedy."""

from __future__ import annotations


class BotError(Exception):
    """The program cannot go on."""


class ConfigError(BotError):
    """The settings are wrong; the message has one line per fault."""


class LibraryError(BotError):
    """The FAQ on disk cannot be served; the message has one line per fault."""


class TokenRefusedError(BotError):
    """Telegram does not accept the token; waiting does not help."""


class StorageError(BotError):
    """The database cannot be used."""

    def __init__(self, told: str, remedy: str = "") -> None:
        """``told`` is place and fault; ``remedy`` is what to do."""
        super().__init__(f"{told}; {remedy}" if remedy else told)
        self.told = told
        self.remedy = remedy


class NewerSchemaError(StorageError):
    """A newer version of the program wrote the database."""


def both(japanese: str, english: str) -> str:
    """One fault in both languages, the file's own first.

    Settings are written in Japanese, on servers whose locale is mostly C: the locale does not show the reader's
    language, and a terminal that cannot show Japanese still shows the English.
    """
    return f"{japanese} / {english}"
