"""Which files a backup may replace: only an older backup, never part of a database in use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from bot.errors import StorageError
from bot.standing import FOLDER, NOTHING, in_the_way
from bot.storage.holding import holder_of
from bot.storage.opening import SIDE_FILES, beside, is_ours

DRAFT: Final = ".madoguchi-part"
"""Suffix of a file that is being made; unlikely for any other file."""
_ANOTHER: Final = "name another file for the copy"


def check(target: Path, database: Path, *, replace: bool) -> None:
    """Raises :class:`StorageError` where a copy of ``database`` must not be written to ``target``; changes nothing.

    With ``replace`` an older copy of ours may be overwritten, and no other file.
    """
    found = in_the_way(target)
    if found not in (None, NOTHING):
        like = f", like {target / 'madoguchi-backup.db'}" if found is FOLDER else ""
        raise StorageError(f"{target}: {found.english}", _ANOTHER + like)
    _check_is_no_part(target, database)
    if holder := holder_of(target):
        raise StorageError(f"{target}: is a database in use by {holder}", _ANOTHER)
    log = beside(target, "-wal")
    if log.exists() and log.stat().st_size:
        raise StorageError(
            f"{target}: has a log beside it ({log.name}), so it is a database in use, or was one", _ANOTHER
        )
    if found is NOTHING:
        return
    if not replace:
        raise StorageError(f"{target}: is there already", "name another file, or add --replace")
    if not is_ours(target):
        raise StorageError(
            f"{target}: is no backup of ours, so --replace leaves it as it is",
            f"{_ANOTHER}, or move this one away first",
        )


def _check_is_no_part(target: Path, database: Path) -> None:
    """Refuse the database itself and the files beside it, also by another link or name."""
    real = Path(os.path.realpath(database))
    for base in (database, real):
        for suffix in ("", *SIDE_FILES, DRAFT):
            part = beside(base, suffix)
            if _place(part) == _place(target) or (
                part.exists() and target.exists() and part.samefile(target)
            ):
                what = "the database itself" if not suffix else f"a part of the database ({part.name})"
                raise StorageError(f"{target}: is {what}", _ANOTHER)


def _place(path: Path) -> str:
    return str(Path(os.path.realpath(path.parent)) / path.name)
