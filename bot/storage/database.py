"""One file, one writing connection, in a thread of its own; works that wait are committed together."""

from __future__ import annotations

import asyncio
import fcntl
import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any, Final, TypeVar

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
_BATCH_SECONDS: Final = 0.02
"""Works that wait longer than this for the others of their batch go into the next one."""

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Any]
Done = tuple[Any, Exception | None]


class Connection(aiosqlite.Connection):
    """aiosqlite's connection, which can also do a whole piece of work in one visit to its thread.

    A visit costs about 80 µs, a statement in it less than 10: thirty statements one by one are 2.5 ms.
    """

    async def visit(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run ``work`` in the connection's thread."""
        done: Result = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return done


class Database:
    """The connection, the works that wait for it, and the file that tells other processes to stay away."""

    def __init__(self, connection: Connection, held: IO[str] | None) -> None:
        self._connection = connection
        self._held = held
        self._waiting: deque[tuple[Work, asyncio.Future[Any]]] = deque()
        self._worker: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, path: Path | str, label: str) -> Database:
        """Open, claim and bring up to date. Raises :class:`StorageError` with what to do."""
        name = str(path)
        held = None if name == MEMORY else claim(Path(name), label)
        try:
            connection = Connection(lambda: sqlite3.connect(name, isolation_level=None), iter_chunk_size=64)
            _ = await connection  # opens it
        except sqlite3.Error as error:
            release(held)
            raise StorageError(
                f"{name}: cannot be opened ({error}); check the path and its rights"
            ) from error
        try:
            for pragma in _PRAGMAS:
                await connection.execute(pragma)
            await migrate(connection, shipped(), name)
        except sqlite3.DatabaseError as error:
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

    async def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """All writes of ``work``, or none; on disk on return. What waits meanwhile shares one commit, in order.

        A task cancelled while its work is under way is done all the same.
        """
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work_off())
        return await future

    async def _work_off(self) -> None:
        while self._waiting:
            batch = [(work, future) for work, future in self._waiting if not future.cancelled()]
            self._waiting.clear()
            try:
                done = await self._connection.visit(partial(_batch, works=[work for work, _ in batch]))
            except Exception as error:  # the commit itself: nobody's work is kept
                done = [(None, error)] * len(batch)
            self._waiting.extendleft(reversed(batch[len(done) :]))
            for (_, future), (result, fault) in zip(batch, done, strict=False):
                if future.done():
                    continue
                if fault is not None:
                    future.set_exception(fault)
                else:
                    future.set_result(result)

    async def truncate_log(self) -> None:
        """Move the write-ahead log into the database and empty it; readers that hold it are not waited for."""
        await self._connection.visit(lambda raw: raw.execute("pragma wal_checkpoint(truncate)").fetchall())

    async def schema(self) -> int:
        """The number of the schema."""
        return await schema_of(self._connection)

    async def close(self) -> None:
        """Give the file back, when what waits is done."""
        while self._worker is not None and not self._worker.done():
            await asyncio.wait([self._worker])
        await self._connection.close()
        release(self._held)
        self._held = None


def _batch(raw: sqlite3.Connection, works: Sequence[Work]) -> list[Done]:
    """Works in order, one commit for all that fit into the time; one that fails takes back its own writes alone."""
    begun, done = time.monotonic(), []
    raw.execute("begin immediate")
    try:
        for work in works:
            done.append(_one(raw, work))
            if time.monotonic() - begun > _BATCH_SECONDS:
                break
        raw.execute("commit")
    except BaseException:
        if raw.in_transaction:
            raw.execute("rollback")
        raise
    return done


def _one(raw: sqlite3.Connection, work: Work) -> Done:
    raw.execute("savepoint work")
    try:
        result = work(raw)
    except Exception as error:  # whoever asked for it hears of it
        raw.execute("rollback to work")
        raw.execute("release work")
        return None, error
    raw.execute("release work")
    return result, None


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
