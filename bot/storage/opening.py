"""Checks before a database is opened: whether the file is ours, who may read it, and errors where it cannot be used."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.errors import StorageError
from bot.ports import Trouble
from bot.standing import NOTHING, in_the_way
from bot.storage.migrations import newer, newest
from bot.storage.trouble import trouble_of

OWNER_ONLY: Final = 0o600
"""The database holds residents' words: nobody else may read it."""
OWN_TABLES: Final = frozenset({"ticket", "message", "outbox", "inbox", "conversation"})
SIDE_FILES: Final = ("-wal", "-shm", "-journal", ".lock")
PUT_BACK: Final = "put a backup in its place with `madoguchi restore FILE` (what stands there is kept aside)"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_REMEDIES: Final = {
    Trouble.FULL: ("the disk is full", "make room and try again"),
    Trouble.LOCKED: ("another program is writing to it", "find it (fuser {path}), stop it and try again"),
    Trouble.DAMAGED: ("is damaged", PUT_BACK),
    Trouble.UNUSABLE: (
        "cannot be read and written",
        "check the disk and the rights of the file and its folder",
    ),
}


def beside(path: Path, suffix: str) -> Path:
    """A file that SQLite or we keep next to a database."""
    return path.with_name(path.name + suffix)


def check_file(path: Path) -> None:
    """Raises :class:`StorageError` where a folder, a broken link or a device is in the database's place; changes
    nothing.
    """
    found = in_the_way(path)
    if found is not None and found is not NOTHING:
        raise StorageError(
            f"{path}: {found.english}",
            "name a file in config.yaml (storage.path, and storage.chat_path for the terminal)",
        )


def check_place(path: Path) -> bool:
    """Whether a database is there. Raises :class:`StorageError` where something else is."""
    check_file(path)
    if not path.exists():
        left = beside(path, "-wal")
        if left.exists() and left.stat().st_size:
            raise StorageError(
                f"{path}: is missing, though its log {left.name} is there: somebody moved or deleted the database",
                f"bring the file back beside its log, or {PUT_BACK}",
            )
        return False
    if path.stat().st_size == 0:
        raise StorageError(
            f"{path}: is empty (0 bytes); the record that it held is lost",
            f"{PUT_BACK}; to start without the old record, delete the empty file",
        )
    return True


def tighten(path: Path) -> list[Path]:
    """Remove other users' permissions from a database and the files beside it; returns the files that had some.

    ``path`` is a database of ours, or something that is being set aside.
    """
    open_to_others = []
    for file in (path, *(beside(path, suffix) for suffix in SIDE_FILES)):
        if readable_by_others(file):
            file.chmod(OWNER_ONLY)
            open_to_others.append(file)
    return open_to_others


def readable_by_others(path: Path) -> bool:
    """Whether anybody but the owner has permissions on the file; ``False`` for what is not a regular file."""
    return in_the_way(path) is None and bool(path.stat().st_mode & _OTHERS)


def is_ours(path: Path) -> bool:
    """Whether a file is a database with our tables, damaged or not. Reading it creates no file beside it."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            rows = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    except sqlite3.Error:
        return False
    return {row[0] for row in rows} >= OWN_TABLES


def check_known(path: Path) -> None:
    """Raises :class:`StorageError` where a database is of a newer build, not ours, or damaged."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        schema = connection.execute("pragma user_version").fetchone()[0]
        tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
        if not tables >= OWN_TABLES:
            raise StorageError(
                f"{path}: is a database, but not one of ours",
                f"name another file in config.yaml (storage.path), or {PUT_BACK}",
            )
        if schema > newest():
            raise newer(str(path), schema, newest())
        found = connection.execute("pragma quick_check(1)").fetchone()
    if found is not None and found[0] != "ok":
        raise StorageError(f"{path}: is damaged ({found[0]})".replace("\n", " "), PUT_BACK)


def explained(error: sqlite3.Error, path: Path | str) -> StorageError:
    """An SQLite error with place, fault and remedy."""
    trouble = trouble_of(error)
    if trouble is None:
        return StorageError(f"{path}: cannot be used ({error})", PUT_BACK)
    fault, remedy = _REMEDIES[trouble]
    return StorageError(f"{path}: {fault} ({error})", remedy.format(path=path))


def sqlite_module() -> tuple[tuple[int, int, int], str]:
    """The SQLite version that Python uses, and the file of its module."""
    import _sqlite3  # noqa: PLC0415 - only its place is wanted

    return sqlite3.sqlite_version_info, str(_sqlite3.__file__)
