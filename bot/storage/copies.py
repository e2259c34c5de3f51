"""Backups of a database in use, and putting one back: copied by SQLite itself, checked before anybody relies on them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.errors import StorageError
from bot.storage.database import claim, release
from bot.storage.migrations import shipped

_PAGES_AT_ONCE: Final = 2000
_OWN_TABLES: Final = frozenset({"ticket", "message", "outbox", "inbox", "conversation"})
_COUNT: Final = 'select count(*) from "{}"'
_KEPT_AS: Final = ".before-restore"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: its schema, and rows by table."""

    path: Path
    schema: int
    rows: Mapping[str, int]


def backup(database: Path, target: Path, *, replace: bool = False) -> Copied:
    """Copy a database while a bot may be writing to it. Raises :class:`StorageError` with what to do."""
    if not database.is_file():
        raise StorageError(
            f"{database}: no such database; run the bot once, or name another in config.yaml (storage.path)"
        )
    if target.exists() and not replace:
        raise StorageError(f"{target}: is there already; name another file, or add --replace")
    draft = target.with_name(target.name + ".part")
    try:
        _copy(database, draft)
        found = verify(draft)
        draft.replace(target)
    except OSError as error:
        raise StorageError(f"{target}: cannot be written ({error.strerror}); choose another place") from error
    finally:
        draft.unlink(missing_ok=True)
    return Copied(target, found.schema, found.rows)


def restore(source: Path, database: Path) -> tuple[Copied, Path | None]:
    """Put a backup in the database's place; what stood there is kept beside it. Refused while a bot holds the database."""
    verify(source)
    held = claim(database, "madoguchi restore")
    try:
        draft = database.with_name(database.name + ".part")
        try:
            _copy(source, draft)
            found = verify(draft)
            kept = _set_aside(database)
            draft.replace(database)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"{database}: cannot be written ({error.strerror}); check the place and its rights"
        ) from error
    finally:
        release(held)
    return Copied(database, found.schema, found.rows), kept


def verify(path: Path) -> Copied:
    """Whether a file is a whole database of ours that this build can use; raises :class:`StorageError` if not."""
    if not path.is_file():
        raise StorageError(f"{path}: no such file; name a backup made with `madoguchi backup FILE`")
    known = max(migration.number for migration in shipped())
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            faults = [row[0] for row in connection.execute("pragma integrity_check(3)") if row[0] != "ok"]
            orphans = connection.execute("pragma foreign_key_check").fetchall()
            schema = connection.execute("pragma user_version").fetchone()[0]
            tables = [
                row[0] for row in connection.execute(
                    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
                )
            ]  # fmt: skip
            if not set(tables) >= _OWN_TABLES:
                raise StorageError(
                    f"{path}: is not a database of ours; name a backup made with `madoguchi backup FILE`"
                )
            rows = {table: connection.execute(_COUNT.format(table)).fetchone()[0] for table in tables}
    except sqlite3.Error as error:
        raise StorageError(f"{path}: is damaged or no database ({error}); use another backup") from error
    if faults or orphans:
        what = faults[0] if faults else f"{len(orphans)} rows point nowhere"
        raise StorageError(f"{path}: is damaged ({what}); use another backup")
    if schema > known:
        raise StorageError(f"{path}: is at schema {schema}, this build knows {known}; use the newer bot")
    return Copied(path, schema, rows)


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    os.close(
        os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    )  # residents' words: nobody else may read them
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        try:
            origin.backup(copy, pages=_PAGES_AT_ONCE)
        except sqlite3.Error as error:
            raise StorageError(f"{source}: cannot be copied ({error}); try again") from error
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _set_aside(database: Path) -> Path | None:
    """The old database with its log, under another name."""
    if not database.exists():
        return None
    with closing(sqlite3.connect(database)) as old:
        old.execute("pragma wal_checkpoint(truncate)")
    for extra in ("-wal", "-shm"):
        database.with_name(database.name + extra).unlink(missing_ok=True)
    kept = database.with_name(database.name + _KEPT_AS)
    database.replace(kept)
    return kept
