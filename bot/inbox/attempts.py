"""Retries: a failing update is tried again and at last set aside; while the record is down, updates wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from bot.ports import Lease, StaleLeaseError, Store, StoreUnavailableError, Trouble

ATTEMPTS: Final = 3
_SIDE_BY_SIDE: Final = 64
_LEASE_SECONDS: Final = 60.0
_FIRST_WAIT_SECONDS: Final = 0.5
_LONGEST_WAIT_SECONDS: Final = 5.0
ENDED_THE_PROGRAM: Final = "EndedTheProgram"

_log = structlog.get_logger()

HandleLeases = Callable[[Sequence[Lease]], Awaitable[bool]]
"""Handles updates that belong together; returns whether their leases were settled in the same transaction."""
OnDead = Callable[[Lease, str], Awaitable[None]]
"""Called for an update that cannot be handled; the second argument names the fault and never holds a text."""


class Attempts:
    """Calls ``handle`` until updates are settled, dead letters, or taken over by another run."""

    def __init__(self, store: Store, handle: HandleLeases, on_dead: OnDead, *, speed: float = 1.0) -> None:
        """``speed`` multiplies the clock of waits, for drills."""
        self._store = store
        self._handle = handle
        self._on_dead = on_dead
        self._speed = speed
        self._slots = asyncio.Semaphore(_SIDE_BY_SIDE)
        self._is_down = False
        self._pause = _FIRST_WAIT_SECONDS
        self._probing = asyncio.Lock()

    async def work(self, leases: Sequence[Lease]) -> None:
        """Handle updates that belong together. Where that fails repeatedly, each is handled alone, so that only the
        faulty one is set aside.
        """
        if len(leases) > 1 and await self._tried(lambda: self._settled(leases), leases[0]) is None:
            return
        for lease in leases:
            await self._alone(lease)

    async def _alone(self, lease: Lease) -> None:
        fault = await self._guilty(lease)
        if not fault:
            error = await self._tried(lambda: self._settled([lease]), lease)
            if error is None or isinstance(error, StaleLeaseError):
                return  # a stale lease: another run has taken it over and answers
            fault = type(error).__name__
        await self._bury(lease, fault)

    async def _guilty(self, lease: Lease) -> str:
        """The fault of an update that has ended the program too often, or nothing. From the third suspicion on,
        attempts are recorded.
        """
        if not is_suspect(lease):
            return ""
        if lease.attempts >= 2 * ATTEMPTS:
            return ENDED_THE_PROGRAM
        _log.warning("intake.suspect", update=lease.update.id, attempts=lease.attempts)
        await self._tried(lambda: self._store.note_tried(lease), lease)
        return ""

    async def _settled(self, leases: Sequence[Lease]) -> None:
        if not await self._handle(leases):
            for lease in leases:
                await self._store.settle(lease)

    async def _bury(self, lease: Lease, fault: str) -> None:
        error = await self._tried(lambda: self._on_dead(lease, fault), lease)
        if error is not None:
            _log.error("intake.burial_failed", update=lease.update.id, error=type(error).__name__)
        await self._tried(lambda: self._store.settle(lease, fault), lease)

    async def _tried(self, work: Callable[[], Awaitable[object]], lease: Lease) -> Exception | None:
        """Try several times; returns the last fault, or ``None``. Attempts while the record is down do not count."""
        for attempt in range(1, ATTEMPTS + 1):
            error = await self._once(work)
            if error is None or isinstance(error, StaleLeaseError):
                return error
            name = type(error).__name__
            _log.error("intake.update_failed", update=lease.update.id, error=name, attempt=attempt)
            if attempt < ATTEMPTS:
                await asyncio.sleep(_FIRST_WAIT_SECONDS * 2 ** (attempt - 1) / self._speed)
        return error

    async def _once(self, work: Callable[[], Awaitable[object]]) -> Exception | None:
        """Attempt until the outcome is about the work itself and not about the record."""
        pause = _FIRST_WAIT_SECONDS
        while True:
            try:
                if self._is_down:
                    await self._probe(work)
                else:
                    await self._in_a_slot(work)
            except StoreUnavailableError as error:
                if error.trouble is Trouble.DAMAGED:  # a damaged page, which other works may not touch
                    await asyncio.sleep(pause / self._speed)
                    pause = min(_LONGEST_WAIT_SECONDS, pause * 2)
                else:
                    self._is_down = True
            except TimeoutError as error:
                if await self._record_answers():
                    return error
                self._is_down = True
            except Exception as error:
                return error
            else:
                return None

    async def _record_answers(self) -> bool:
        """Whether the record still answers, so that the work itself took too long."""
        try:
            async with asyncio.timeout(_LONGEST_WAIT_SECONDS):
                await self._store.pending(1)
        except Exception:
            return False
        return True

    async def _probe(self, work: Callable[[], Awaitable[object]]) -> None:
        """While the record is down, one attempt at a time tests whether it works again."""
        async with self._probing:
            if self._is_down:
                await asyncio.sleep(self._pause / self._speed)
                self._pause = min(_LONGEST_WAIT_SECONDS, self._pause * 2)
                await self._in_a_slot(work)
                self._is_down = False
                self._pause = _FIRST_WAIT_SECONDS
                return
        await self._in_a_slot(work)

    async def _in_a_slot(self, work: Callable[[], Awaitable[object]]) -> None:
        async with self._slots, asyncio.timeout(_LEASE_SECONDS):
            await work()


def is_suspect(lease: Lease) -> bool:
    """Whether an update was the first of its chat each time the program ended: it is handled alone, its attempts
    recorded.
    """
    return lease.attempts >= ATTEMPTS
