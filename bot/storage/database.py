"""One file, one writing connection, one transaction at a time."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Final

import aiosqlite

from bot.errors import StorageError
from bot.storage.migrations import migrate, schema_of, shipped

MEMORY: Final = ":memory:"
_PRAGMAS: Final = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma busy_timeout = 5000",
    "pragma foreign_keys = on",
    "pragma secure_delete = on",
)


class Database:
    """The connection, its lock, and the file that tells other processes to stay away."""

    def __init__(self, connection: aiosqlite.Connection, held: IO[str] | None) -> None:
        self._connection = connection
        self._held = held
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path | str, label: str) -> Database:
        """Open, claim and bring up to date. Raises :class:`StorageError` with what to do."""
        name = str(path)
        held = None if name == MEMORY else claim(Path(name), label)
        try:
            connection = await aiosqlite.connect(name, isolation_level=None)
        except aiosqlite.Error as error:
            release(held)
            raise StorageError(
                f"{name}: cannot be opened ({error}); check the path and its rights"
            ) from error
        try:
            for pragma in _PRAGMAS:
                await connection.execute(pragma)
            await migrate(connection, shipped(), name)
        except aiosqlite.DatabaseError as error:
            await connection.close()
            release(held)
            raise StorageError(
                f"{name}: is not a database of ours ({error}); name another file in config.yaml (storage.path)"
            ) from error
        except BaseException:
            await connection.close()
            release(held)
            raise
        return cls(connection, held)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """All writes of a block, or none. Blocks of other tasks wait."""
        async with self._turn:
            try:
                # A task cancelled while this waits has begun all the same: the rollback comes after it in line.
                await self._connection.execute("begin immediate")
                yield self._connection
            except BaseException:
                await asyncio.shield(self._connection.rollback())
                raise
            await asyncio.shield(self._connection.commit())

    async def truncate_log(self) -> None:
        """Move the write-ahead log into the database and empty it; readers that hold it are not waited for."""
        async with self._turn:
            await self._connection.execute("pragma wal_checkpoint(truncate)")

    async def schema(self) -> int:
        """The number of the schema."""
        return await schema_of(self._connection)

    async def close(self) -> None:
        """Give the file back."""
        async with self._turn:
            await self._connection.close()
            release(self._held)
            self._held = None


def claim(path: Path, label: str) -> IO[str]:
    """Keep other processes away from a database; raises :class:`StorageError` where one is there already."""
    lock_path = path.with_name(path.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held = lock_path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"{path.parent}: cannot be written ({type(error).__name__}); choose another place in config.yaml (storage.path)"
        ) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.seek(0)
        holder = held.read().strip() or "another process"
        held.close()
        raise StorageError(
            f"{path}: held by {holder}; stop it first, or name another database in config.yaml or with --database"
        ) from None
    held.seek(0)
    held.truncate()
    held.write(f"{label} (process {os.getpid()})\n")
    held.flush()
    return held


def holder_of(path: Path) -> str:
    """Who holds a database; empty where nobody does."""
    try:
        with path.with_name(path.name + ".lock").open("r", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return lock.read().strip() or "another process"
    except OSError:
        return ""
    return ""


def release(held: IO[str] | None) -> None:
    """Let others at it."""
    if held is not None:
        held.close()  # closing lets the lock go; the file stays, because removing it would race with the next owner
