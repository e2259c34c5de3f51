"""The durable inbox: stored before it is confirmed, handled in order within a chat and side by side across chats."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from bot.allowance import Allowances
from bot.attempts import Attempts, Handle, OnDead, is_suspect
from bot.gathering import PIECES, Gathering, PieceOf
from bot.ports import LOWEST, Lease, RawUpdate, Store, StoreUnavailableError

PLACES: Final = 4
"""Of one lane in memory; the rest of it waits on disk, so that a flood takes nobody else's place."""
_CHUNK: Final = 500
_CHUNK_LEAST: Final = 50
"""Updates read at once: as many as there is room for; some of them belong to lanes that hold enough."""
_NOTHING_UNSEEN: Final = 2**63 - 1
_READERS: Final = 64
_AGAIN_SECONDS: Final = 1.0

_log = structlog.get_logger()


@dataclass(slots=True)
class _Lane:
    """Updates of one chat: the oldest without a gap. ``has_more``: further ones wait on disk."""

    waiting: deque[Lease] = field(default_factory=deque)
    has_more: bool = False
    left_on_disk: int = 0
    """How many came and were not taken into memory; grows, so that one that comes during a reading is noticed."""
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Intake:
    """Takes updates in, and brings each to ``handle`` once it is safe on disk.

    The record is the truth: memory holds a bounded piece of what is not handled. Every such update is in memory, or its
    lane is and knows that it has more, or its number is ``_unseen`` or above.
    """

    def __init__(
        self,
        store: Store,
        handle: Handle,
        on_dead: OnDead,
        *,
        token: str,
        clock: Callable[[], float] = lambda: math.inf,
        piece_of: PieceOf = lambda _: None,
        in_memory: int = 2000,
        per_minute: int = 0,
        speed: float = 1.0,
    ) -> None:
        """``token`` is this run's own: what an earlier run had leased is taken over, and it can settle nothing more.

        Beyond ``in_memory`` updates and lanes all waits on disk. What one private chat sends beyond ``per_minute`` waits
        for its turn (0: no limit). ``clock`` gives seconds since the epoch (without one nothing waits for more);
        ``speed`` is how fast they pass, 1 but for drills.
        """
        self._store = store
        self._token = token
        self._clock = clock
        self._piece_of = piece_of
        self._in_memory = in_memory
        self._speed = speed
        self._allowances = Allowances(per_minute, speed=speed)
        self._attempts = Attempts(store, handle, on_dead, speed=speed)
        self._lanes: dict[str, _Lane] = {}
        self._held: set[int] = set()
        self._unseen: int | None = LOWEST
        self._room = asyncio.Event()
        self._readers = asyncio.Semaphore(_READERS)
        self._workers: set[asyncio.Task[None]] = set()

    async def receive(self, updates: Sequence[RawUpdate]) -> None:
        """Durable on return: only then may the sender of the updates be told that they arrived.

        What is received meanwhile shares the commit (``storage.database``).
        """
        try:
            new = set(await self._store.ingest(updates, self._token))
        except BaseException:  # cancelled: it may be on disk all the same
            self._leave_unseen(min((update.id for update in updates), default=_NOTHING_UNSEEN))
            raise
        if self._unseen is not None:
            self._leave_unseen(
                min(new, default=_NOTHING_UNSEEN)
            )  # order within a chat: what is on disk comes first
            return
        for update in updates:
            if update.id in new:
                new.discard(update.id)
                self._offer(Lease(update, self._token))

    async def run(self) -> None:
        """Work until cancelled; what a crash left behind is taken up first."""
        try:
            await self._take_over()
            while True:
                self._room.clear()
                try:
                    await self._read_on()
                except StoreUnavailableError:
                    await asyncio.sleep(_AGAIN_SECONDS / self._speed)
                    continue
                await self._room.wait()
        finally:
            for worker in self._workers:
                worker.cancel()
            await asyncio.gather(*self._workers, return_exceptions=True)

    async def work_off(self) -> None:
        """Wait until everything that is known now has been handled; for tests and for a desk without a loop."""
        while self._unseen is not None or self._workers:
            await self._read_on()
            if self._workers:
                await asyncio.wait(set(self._workers), return_when=asyncio.FIRST_COMPLETED)
        self._unseen = _NOTHING_UNSEEN  # nothing more is taken up before the next time

    @property
    def waiting(self) -> int:
        """Updates and lanes in memory: what is not handled yet, as far as it is not left on disk."""
        return len(self._held) + len(self._lanes)

    async def _take_over(self) -> None:
        told = None
        while True:
            try:
                return await self._store.take_over(self._token)
            except StoreUnavailableError as error:
                if error.trouble is not told:
                    told = error.trouble
                    _log.warning("intake.record_down", trouble=told.value, remedy="trying again by itself")
                await asyncio.sleep(_AGAIN_SECONDS / self._speed)

    # -- from disk into memory ------------------------------------------------------------------------------------

    def _leave_unseen(self, number: int) -> None:
        self._unseen = number if self._unseen is None else min(self._unseen, number)
        self._room.set()

    async def _read_on(self) -> None:
        """Read what is unseen, oldest first, while there is room."""
        while self._unseen is not None and self.waiting < self._in_memory:
            first, self._unseen = (
                self._unseen,
                _NOTHING_UNSEEN,
            )  # what comes during the reading is unseen, too
            limit = max(_CHUNK_LEAST, min(_CHUNK, self._in_memory - self.waiting))
            try:
                found = await self._store.pending(limit, first, self._token)
            except BaseException:
                self._leave_unseen(first)
                raise
            seen = _NOTHING_UNSEEN if len(found) < limit else found[-1].update.id + 1
            for lease in found:
                if lease.update.id not in self._held and not self._offer(lease):
                    seen = lease.update.id
                    break
            self._unseen = min(self._unseen, seen)
            if self._unseen == _NOTHING_UNSEEN:
                self._unseen = None
                return
            for lease in found:  # what belongs to these may lie further on
                if lane := self._lanes.get(lease.update.lane):
                    lane.has_more = True

    def _offer(self, lease: Lease) -> bool:
        """Into its lane, or known to wait on disk for it; ``False`` where there is no room for another lane."""
        name = lease.update.lane
        lane = self._lanes.get(name)
        is_full = self.waiting >= self._in_memory
        if lane is None:
            if is_full:
                self._leave_unseen(lease.update.id)
                return False
            lane = self._lanes[name] = _Lane()
            worker = asyncio.create_task(self._serve(name, lane))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        if lane.has_more or is_full or len(lane.waiting) >= PLACES:
            lane.has_more = True
            lane.left_on_disk += 1
        else:
            self._held.add(lease.update.id)
            lane.waiting.append(lease)
        lane.news.set()
        return True

    async def _fill(self, name: str, lane: _Lane) -> None:
        """Read more of one lane."""
        limit, left = len(lane.waiting) + 2 * PIECES, lane.left_on_disk
        try:
            found = await self._store.pending_in(name, limit, self._token)
        except Exception as error:
            _log.warning("intake.lane_not_read", error=type(error).__name__, remedy="trying again by itself")
            await asyncio.sleep(_AGAIN_SECONDS / self._speed)
            return
        fresh = [lease for lease in found if lease.update.id not in self._held]
        self._held.update(lease.update.id for lease in fresh)
        lane.waiting.extend(fresh)
        lane.has_more = len(found) == limit or lane.left_on_disk != left

    def _release(self, lane: _Lane, places: int) -> None:
        """What is not handled next needs no place in memory."""
        while len(lane.waiting) > places:
            self._held.discard(lane.waiting.pop().update.id)
            lane.has_more = True

    def _use_room(self) -> None:
        if self._unseen is not None and self.waiting < self._in_memory:
            self._room.set()

    # -- from memory to the handler -------------------------------------------------------------------------------

    async def _serve(self, name: str, lane: _Lane) -> None:
        loop = asyncio.get_running_loop()
        while lane.waiting or lane.has_more:
            if wait := self._allowances.wait(name, loop.time()):
                self._release(lane, 0)
                self._use_room()
                await asyncio.sleep(wait)
            # A lane that reads from disk takes more into memory than its places: few do so at once.
            async with self._readers if lane.has_more else contextlib.nullcontext():
                if leases := await self._gathered(name, lane):
                    self._release(lane, PLACES)
                    self._allowances.take(name, len(leases), loop.time())
                    await self._attempts.work(leases)
                    self._held.difference_update(lease.update.id for lease in leases)
        del self._lanes[name]
        self._use_room()

    async def _gathered(self, name: str, lane: _Lane) -> list[Lease]:
        """The next update of a lane, and those that belong to it; waits a moment for them where that may help."""
        loop, group = asyncio.get_running_loop(), Gathering(self._piece_of, self._speed)
        while True:
            if not lane.waiting and lane.has_more:
                await self._fill(name, lane)
            while lane.waiting:
                first = lane.waiting[0]
                if not group.take(first, loop.time(), alone=is_suspect(first)):
                    return group.leases
                lane.waiting.popleft()
            if lane.has_more and not (group.leases and group.is_full):
                continue
            if not (wait := group.wait(loop.time(), self._clock())):
                return group.leases
            lane.news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await lane.news.wait()
