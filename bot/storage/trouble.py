"""What an SQLite error means to the caller: try again later, or the work itself is at fault."""

from __future__ import annotations

import sqlite3
from typing import Final

from bot.ports import Trouble

_PRIMARY: Final = 0xFF
"""The lower byte of an extended result code is its primary code."""
_TROUBLES: Final = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Trouble.LOCKED,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_READONLY: Trouble.UNUSABLE,
    sqlite3.SQLITE_IOERR: Trouble.UNUSABLE,
    sqlite3.SQLITE_CANTOPEN: Trouble.UNUSABLE,
    sqlite3.SQLITE_PERM: Trouble.UNUSABLE,
    sqlite3.SQLITE_NOMEM: Trouble.UNUSABLE,
}


def trouble_of(error: BaseException) -> Trouble | None:
    """The trouble of the database's file; ``None`` where the error is about the request."""
    code = getattr(error, "sqlite_errorcode", None)
    return _TROUBLES.get(code & _PRIMARY) if isinstance(code, int) else None
