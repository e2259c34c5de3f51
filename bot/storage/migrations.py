"""Numbered scripts bring a database to this build's schema; each script and its number are one transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import aiosqlite

from bot.errors import NewerSchemaError, StorageError
from bot.storage.trouble import trouble_of

_FOLDER: Final = Path(__file__).parent / "sql"
_NAME: Final = re.compile(r"(?P<number>\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """The script that leads to schema ``number``."""

    number: int
    script: str


def shipped(folder: Path = _FOLDER) -> tuple[Migration, ...]:
    """The scripts of this build, in order."""
    return tuple(
        Migration(int(match["number"]), path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.sql"))
        if (match := _NAME.fullmatch(path.name))
    )


def newest() -> int:
    """The schema of this build."""
    return max(migration.number for migration in shipped())


def newer(name: str, schema: int, known: int) -> NewerSchemaError:
    """The error for a database written by a newer version, with the two ways to go back."""
    return NewerSchemaError(
        f"{name}: was written by a newer version (schema {schema}, this one knows up to {known})",
        "either install that newer version again, which keeps everything; or stay with this version and run "
        "`madoguchi restore FILE` with a backup from before the change (what was written since is kept aside)",
    )


async def schema_of(connection: aiosqlite.Connection) -> int:
    """The number of the last script applied."""
    async with connection.execute("pragma user_version") as cursor:
        row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def migrate(connection: aiosqlite.Connection, migrations: Sequence[Migration], name: str) -> None:
    """Run missing scripts; a failing script leaves schema and number unchanged."""
    schema, known = await schema_of(connection), max((m.number for m in migrations), default=0)
    if schema > known:
        raise newer(name, schema, known)
    for migration in migrations:
        if migration.number <= schema:
            continue
        script = f"begin immediate;\n{migration.script}\npragma user_version = {migration.number};\ncommit;"
        try:
            await connection.executescript(script)
        except aiosqlite.Error as error:
            if connection.in_transaction:
                await connection.rollback()
            if trouble_of(error) is not None:
                raise  # an error of the disk or another program, not of the script
            raise StorageError(
                f"{name}: migration {migration.number:04d} failed ({error}), the database is unchanged at schema "
                f"{await schema_of(connection)}",
                "continue with the previous version, and report this",
            ) from error
