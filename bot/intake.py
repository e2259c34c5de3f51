"""The durable inbox: stored before it is confirmed, handled in order within a chat and side by side across chats."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from bot.allowance import Allowances
from bot.ports import Lease, RawUpdate, StaleLeaseError, Store

ATTEMPTS: Final = 3
_SIDE_BY_SIDE: Final = 64
_LEASE_SECONDS: Final = 60.0
_FIRST_WAIT_SECONDS: Final = 0.5

_log = structlog.get_logger()

Handle = Callable[[Lease], Awaitable[bool]]
"""Handle one update; whether its lease was settled in the transaction that keeps what it changed."""
OnDead = Callable[[Lease, str], Awaitable[None]]
"""An update cannot be handled; the second argument names the fault, never a text."""


class Intake:
    """Takes updates in, and brings each to ``handle`` once it is safe on disk.

    An update that fails is tried again; after :data:`ATTEMPTS` it is set aside (dead letter) and ``on_dead`` is told.
    """

    def __init__(
        self,
        store: Store,
        handle: Handle,
        on_dead: OnDead,
        *,
        token: str,
        in_memory: int = 2000,
        per_minute: int = 0,
        speed: float = 1.0,
    ) -> None:
        """``token`` is this run's own: what an earlier run had leased is taken over, and it can settle nothing more.

        Beyond ``in_memory`` updates wait on disk. What one private chat sends beyond ``per_minute`` waits for its turn
        (0: no limit); ``speed`` is how fast that minute passes, 1 but for drills.
        """
        self._store = store
        self._handle = handle
        self._on_dead = on_dead
        self._token = token
        self._in_memory = in_memory
        self._allowances = Allowances(per_minute, speed=speed)
        self._lanes: dict[str, deque[Lease]] = {}
        self._held: set[int] = set()
        self._more_on_disk = True
        self._is_open = False
        self._slots = asyncio.Semaphore(_SIDE_BY_SIDE)
        self._workers: set[asyncio.Task[None]] = set()

    async def receive(self, updates: Sequence[RawUpdate]) -> None:
        """Durable on return: only then may the sender of the updates be told that they arrived.

        What is received meanwhile shares the commit (``storage.database``).
        """
        new = set(await self._store.ingest(updates, self._token))
        if not self._is_open:
            return  # run() takes up what is on disk
        if self._more_on_disk or len(self._held) + len(new) > self._in_memory:
            self._more_on_disk = True  # order within a chat: what is on disk comes first
            if len(self._held) < self._in_memory:
                await self._refill()
            return
        for update in updates:
            if update.id in new:
                new.discard(update.id)
                self._take(Lease(update, self._token))

    async def run(self) -> None:
        """Work until cancelled; what a crash left behind is taken up first."""
        await self._store.take_over(self._token)
        self._is_open = True
        await self._refill()
        try:
            await asyncio.Event().wait()
        finally:
            for worker in self._workers:
                worker.cancel()
            await asyncio.gather(*self._workers, return_exceptions=True)

    async def work_off(self) -> None:
        """Wait until everything that is known now has been handled; for tests and for a desk without a loop."""
        self._is_open = True
        await self._refill()
        while self._workers:
            await asyncio.wait(set(self._workers))
        self._is_open = False

    @property
    def waiting(self) -> int:
        """Updates in memory that are not handled yet."""
        return len(self._held)

    async def _refill(self) -> None:
        waiting = await self._store.pending(self._in_memory + len(self._held))
        room = self._in_memory - len(self._held)
        fresh = [lease for lease in waiting if lease.update.id not in self._held]
        self._more_on_disk = len(fresh) > room
        for lease in fresh[: max(0, room)]:
            self._take(Lease(lease.update, self._token, lease.attempts))

    def _take(self, lease: Lease) -> None:
        self._held.add(lease.update.id)
        lane = lease.update.lane
        if lane in self._lanes:
            self._lanes[lane].append(lease)
            return
        self._lanes[lane] = deque([lease])
        worker = asyncio.create_task(self._serve(lane))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _serve(self, lane: str) -> None:
        queue = self._lanes[lane]
        while queue:
            if wait := self._allowances.wait(lane, asyncio.get_running_loop().time()):
                await asyncio.sleep(wait)
            async with self._slots:
                await self._one(queue[0])
            self._held.discard(queue.popleft().update.id)
            if self._more_on_disk and len(self._held) < self._in_memory // 2:
                await self._refill()
        del self._lanes[lane]

    async def _one(self, lease: Lease) -> None:
        for attempt in range(lease.attempts + 1, ATTEMPTS + 1):
            try:
                async with asyncio.timeout(_LEASE_SECONDS):
                    settled = await self._handle(lease)
                if not settled:
                    await self._store.settle(lease)
            except StaleLeaseError:
                return  # another run has taken it over, and will answer
            except Exception as error:
                name = type(error).__name__
                _log.error("intake.update_failed", update=lease.update.id, error=name, attempt=attempt)
                if attempt == ATTEMPTS:
                    await self._bury(lease, name)
                    return
                await asyncio.sleep(_FIRST_WAIT_SECONDS * 2 ** (attempt - 1))
            else:
                return

    async def _bury(self, lease: Lease, error: str) -> None:
        try:
            await self._on_dead(lease, error)
            await self._store.settle(lease, error)
        except StaleLeaseError:
            return
        except Exception as fault:
            _log.error("intake.burial_failed", update=lease.update.id, error=type(fault).__name__)
