"""One file, one writing connection in its own thread; works that wait are committed together."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import aiosqlite
import structlog

from bot.errors import StorageError
from bot.ports import OnTrouble, StoreUnavailableError, Trouble
from bot.storage import opening
from bot.storage.holding import claim, release
from bot.storage.migrations import migrate, schema_of, shipped
from bot.storage.trouble import trouble_of

MEMORY: Final = ":memory:"
_PRAGMAS: Final = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma busy_timeout = 5000",
    "pragma foreign_keys = on",
    "pragma secure_delete = on",
)
_BATCH_SECONDS: Final = 0.02
"""Works that have not run within this time go into the next batch."""
_LETS_PASS_SECONDS: Final = 2.0
_PATIENCE_SECONDS: Final = 20.0
"""How long works wait for another program's lock before they fail with nothing stored."""
_PAUSE_SECONDS: Final = 0.1
_OF_ALL: Final = frozenset({Trouble.FULL, Trouble.LOCKED, Trouble.UNUSABLE})
"""Troubles of the whole file; a damaged page only affects works that touch it."""

_log = structlog.get_logger()

Returned = TypeVar("Returned")
Work = Callable[[sqlite3.Connection], Any]
Done = tuple[Any, Exception | None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A work, its future, and until when shorter works may go before it."""

    number: int
    work: Work
    future: asyncio.Future[Any]
    lets_pass_until: float


class Connection(aiosqlite.Connection):
    """aiosqlite's connection with a method that does several statements in one visit to its thread.

    A visit costs about 80 µs, a statement in it less than 10: thirty separate statements take 2.5 ms.
    """

    async def visit(self, work: Callable[[sqlite3.Connection], Returned]) -> Returned:
        """Run ``work`` in the connection's thread."""
        done: Returned = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return done


class Database:
    """The connection, the works that wait for it, and the lock file that excludes other processes."""

    def __init__(self, connection: Connection, held: IO[str] | None) -> None:
        self._connection = connection
        self._held = held
        self._waiting: deque[_Waiting] = deque()
        self._numbers = itertools.count()
        self._worker: asyncio.Task[None] | None = None
        self._trouble: Trouble | None = None
        self._is_closing = False
        self.on_trouble: OnTrouble = lambda _: None
        """Called with the reason when writing fails, and with ``None`` when something was written again."""

    @classmethod
    async def open(cls, path: Path | str, label: str) -> Database:
        """Open, lock and migrate. Raises :class:`StorageError` with a remedy."""
        name = str(path)
        if name == MEMORY:
            return cls(await _opened(name), None)
        place = Path(name)
        opening.check_file(place)
        held = claim(place, label)
        try:
            if opening.check_place(place):
                await _patiently(partial(opening.check_known, place), place)
                for file in opening.tighten(place):  # only after the file is known to be ours
                    _log.warning("database.was_open_to_others", file=str(file), now="0600")
            else:
                await _make(place)
            return cls(await _opened(name), held)
        except BaseException:
            release(held)
            raise

    async def run(self, work: Callable[[sqlite3.Connection], Returned], *, is_long: bool = False) -> Returned:
        """Do all writes of ``work``, or none; on disk on return. Works that wait share one commit, in order.

        A work that ``is_long`` lets later ones go first, for two seconds at most. A work under way is completed even
        if its task is cancelled.
        """
        future: asyncio.Future[Returned] = asyncio.get_running_loop().create_future()
        self._waiting.append(
            _Waiting(
                next(self._numbers), work, future, time.monotonic() + _LETS_PASS_SECONDS if is_long else 0.0
            )
        )
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work_off())
        return await future

    async def _work_off(self) -> None:
        while self._waiting:
            now = time.monotonic()
            batch = [waiting for waiting in self._waiting if not waiting.future.cancelled()]
            batch.sort(key=lambda waiting: (waiting.lets_pass_until > now, waiting.number))
            self._waiting.clear()
            try:
                done = await self._kept([waiting.work for waiting in batch])
            except Exception as error:  # the commit failed: no work of the batch is stored
                done = [(None, error)] * len(batch)
            self._waiting.extendleft(reversed(batch[len(done) :]))
            for waiting, (result, fault) in zip(batch, done, strict=False):
                future = waiting.future
                if future.done():
                    continue
                if fault is not None:
                    future.set_exception(_translated(fault))
                else:
                    future.set_result(result)

    async def _kept(self, works: list[Work]) -> list[Done]:
        """Run one batch; while another program holds the file, retry for a while."""
        give_up = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                done, has_written = await self._connection.visit(partial(_batch, works=works))
            except sqlite3.Error as error:
                trouble = trouble_of(error)
                if trouble is not None:
                    self._is_in(trouble)
                if trouble is not Trouble.LOCKED or self._is_closing or time.monotonic() > give_up:
                    raise
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                for _, fault in done:
                    if fault is not None and (trouble := trouble_of(fault)) is not None:
                        self._is_in(trouble)
                        has_written = False
                if has_written:  # reading alone also succeeds on a full disk
                    self._is_in(None)
                return done

    def _is_in(self, trouble: Trouble | None) -> None:
        if trouble is not self._trouble:
            self._trouble = trouble
            self.on_trouble(trouble)

    async def truncate_log(self) -> bool:
        """Move the write-ahead log into the database and empty it; ``False`` at once where a reader prevents it."""
        try:
            return await self._connection.visit(_truncated)
        except sqlite3.Error as error:
            raise _translated(error) from error

    async def schema(self) -> int:
        """The schema number."""
        return await schema_of(self._connection)

    async def close(self) -> None:
        """Close the file when waiting works are done."""
        self._is_closing = True
        while self._worker is not None and not self._worker.done():
            await asyncio.wait([self._worker])
        try:
            await self._connection.close()
        except sqlite3.Error as error:  # committed data is in the log and is applied at the next start
            _log.warning("database.closed_with_fault", error=type(error).__name__)
        release(self._held)
        self._held = None


async def _opened(name: str, named: str = "") -> Connection:
    """A connection with our settings, at the schema of this build; ``named`` is the file that people know."""
    named = named or name
    connection = Connection(lambda: sqlite3.connect(name, isolation_level=None), iter_chunk_size=64)
    try:
        await _connected(connection)
    except sqlite3.Error as error:
        raise opening.explained(error, named) from error
    try:
        for pragma in _PRAGMAS:
            await connection.execute(pragma)
        await migrate(connection, shipped(), named)
    except sqlite3.Error as error:
        await connection.close()
        raise opening.explained(error, named) from error
    except BaseException:
        await connection.close()
        raise
    return connection


async def _connected(connection: Connection) -> None:
    """Open the connection. Where the start is cancelled, wait for its thread, which could not report to a closed loop."""

    async def connect() -> None:
        _ = await connection

    under_way = asyncio.create_task(connect())
    try:
        await asyncio.shield(under_way)
    except asyncio.CancelledError:
        await asyncio.wait([under_way])
        if under_way.exception() is None:
            await connection.close()
        raise


async def _make(place: Path) -> None:
    """Make a new database elsewhere and move it into place, so that a cancelled start leaves no empty file."""
    draft = opening.beside(place, ".new")
    for file in (draft, opening.beside(draft, "-wal"), opening.beside(draft, "-shm")):
        file.unlink(missing_ok=True)
    try:
        draft.touch(opening.OWNER_ONLY, exist_ok=False)
    except OSError as error:
        raise StorageError(
            f"{place}: cannot be made ({error.strerror})", "check the disk and the rights of the folder"
        ) from error
    try:
        connection = await _opened(str(draft), str(place))
        await connection.close()
        draft.replace(place)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{place}: cannot be made ({error})", "check the disk and its room") from error
    finally:
        draft.unlink(missing_ok=True)


async def _patiently(look: Callable[[], None], place: Path) -> None:
    """Call ``look``, retrying for a while where another program holds the file."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return await asyncio.to_thread(look)
        except sqlite3.Error as error:
            if trouble_of(error) is not Trouble.LOCKED or time.monotonic() > give_up:
                raise opening.explained(error, place) from error
            _log.warning("database.waiting", file=str(place), remedy="another program holds it; trying again")


def _translated(error: Exception) -> Exception:
    """The error as callers see it: whether the request can be repeated later."""
    trouble = trouble_of(error)
    if trouble is None:
        return error
    told = StoreUnavailableError(trouble)
    told.__cause__ = error
    return told


def _truncated(raw: sqlite3.Connection) -> bool:
    patience = raw.execute("pragma busy_timeout").fetchone()[0]
    raw.execute("pragma busy_timeout = 0")  # all works share this thread: it must not wait for one reader
    try:
        is_held: int = raw.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        return not is_held
    finally:
        raw.execute(f"pragma busy_timeout = {patience}")


def _batch(raw: sqlite3.Connection, works: Sequence[Work]) -> tuple[list[Done], bool]:
    """Run works in order with one commit for all that fit into the time; a failing one only undoes its own writes.

    Also returns whether anything was written.
    """
    begun, done, before = time.monotonic(), [], raw.total_changes
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
    return done, raw.total_changes > before


def _one(raw: sqlite3.Connection, work: Work) -> Done:
    raw.execute("savepoint work")
    try:
        result = work(raw)
    except Exception as error:  # reported to the work's caller
        if not raw.in_transaction or trouble_of(error) in _OF_ALL:
            raise  # SQLite has rolled back the whole transaction, or the other works would fail as well
        raw.execute("rollback to work")
        raw.execute("release work")
        return None, error
    raw.execute("release work")
    return result, None
