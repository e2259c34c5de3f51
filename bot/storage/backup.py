"""Backup and restore of a database in use: copied by SQLite itself, and checked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from bot.errors import NewerSchemaError, StorageError
from bot.standing import NOTHING, in_the_way, remedy_of
from bot.storage import replacing
from bot.storage.holding import claim, release
from bot.storage.migrations import newest
from bot.storage.opening import OWN_TABLES, OWNER_ONLY, PUT_BACK, beside, check_file, explained, tighten

_PAGES_AT_ONCE: Final = 2000
_COUNT: Final = 'select count(*) from "{}"'
_KEPT_AS: Final = ".before-restore"
_ANOTHER: Final = "use another backup"


@dataclass(frozen=True, slots=True)
class Copied:
    """Content of a copy: its schema, and rows by table."""

    path: Path
    schema: int
    rows: Mapping[str, int]


def backup(database: Path, target: Path, *, replace: bool = False) -> Copied:
    """Copy a database while a bot may be writing to it. Raises :class:`StorageError` with a remedy."""
    if (standing := in_the_way(database)) is not None:
        raise StorageError(
            f"{database}: {'no such database' if standing is NOTHING else standing.english}",
            "run the bot once, or name another in config.yaml (storage.path)",
        )
    replacing.check(target, database, replace=replace)
    draft = beside(target, replacing.DRAFT)
    try:
        _copy(database, draft, target)
        found = verify(draft, remedy=PUT_BACK, named=database)
        draft.replace(target)
    except OSError as error:
        raise StorageError(f"{target}: cannot be written ({error.strerror})", remedy_of(error)) from error
    finally:
        _drop(draft)
    return Copied(target, found.schema, found.rows)


def restore(source: Path, database: Path) -> tuple[Copied, Path | None]:
    """Put a backup in the database's place. What was there is kept beside it, and its path is returned.

    Refused while a bot holds the database.
    """
    verify(source)
    check_file(database)
    if database.exists() and source.samefile(database):
        raise StorageError(
            f"{source}: is the database itself", "name a backup made with `madoguchi backup FILE`"
        )
    held = claim(database, "madoguchi restore")
    draft = beside(database, replacing.DRAFT)
    try:
        tighten(database)
        _copy(source, draft, database)
        found = verify(draft, named=database)
        kept = _set_aside(database)
        draft.replace(database)
    except OSError as error:
        raise StorageError(f"{database}: cannot be written ({error.strerror})", remedy_of(error)) from error
    finally:
        _drop(draft)
        release(held)
    return Copied(database, found.schema, found.rows), kept


def verify(path: Path, remedy: str = _ANOTHER, named: Path | None = None) -> Copied:
    """Raises :class:`StorageError` unless a file is a whole database of ours that this build can use.

    ``remedy`` is what to do about a damaged one; ``named`` is the file that people know, where ``path`` is a copy of
    it.
    """
    named = named or path
    if (standing := in_the_way(path)) is not None:
        raise StorageError(f"{named}: {standing.english}", "name a backup made with `madoguchi backup FILE`")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            schema = connection.execute("pragma user_version").fetchone()[0]
            tables = [
                row[0] for row in connection.execute(
                    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
                )
            ]  # fmt: skip
            if not set(tables) >= OWN_TABLES:
                what = "is not a database of ours" if tables else "is empty, not a database of ours"
                raise StorageError(f"{named}: {what}", remedy)
            faults = [row[0] for row in connection.execute("pragma integrity_check(3)") if row[0] != "ok"]
            orphans = connection.execute("pragma foreign_key_check").fetchall()
            rows = {table: connection.execute(_COUNT.format(table)).fetchone()[0] for table in tables}
    except sqlite3.Error as error:
        raise StorageError(f"{named}: is damaged or no database ({error})", remedy) from error
    if faults or orphans:
        what = faults[0].replace("\n", " ") if faults else f"{len(orphans)} rows point nowhere"
        raise StorageError(f"{named}: is damaged ({what})", remedy)
    if schema > newest():
        raise NewerSchemaError(
            f"{named}: was written by a newer version (schema {schema}, this one knows up to {newest()})",
            "use a backup from before the change of versions, or install that newer version again",
        )
    return Copied(path, schema, rows)


def _copy(source: Path, target: Path, named: Path) -> None:
    _drop(target)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as origin,
            closing(sqlite3.connect(target)) as copy,
        ):
            origin.backup(copy, pages=_PAGES_AT_ONCE)
    except sqlite3.Error as error:
        raise explained(error, named) from error
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _drop(draft: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        beside(draft, suffix).unlink(missing_ok=True)


def _set_aside(database: Path) -> Path | None:
    """Move the old database and its log to a new name. It is not opened: it may be damaged, or not a database.

    The log is moved first: SQLite would apply a log beside another database to it.
    """
    if not database.exists() and not beside(database, "-wal").exists():
        return None
    kept = next(
        name
        for number in count(1)
        if not (name := beside(database, _KEPT_AS + (f"-{number}" if number > 1 else ""))).exists()
        and not beside(name, "-wal").exists()
    )
    if database.exists():
        try:
            os.link(database, kept)  # so that there is a file at the path at all times
        except OSError:  # a file system without hard links
            database.replace(kept)
    if beside(database, "-wal").exists():
        beside(database, "-wal").replace(beside(kept, "-wal"))
    beside(database, "-shm").unlink(missing_ok=True)
    return kept
