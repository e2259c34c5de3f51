"""The durable inbox: updates are stored before they are confirmed, in order within a chat and in parallel across chats."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from bot.inbox.attempts import Attempts, HandleLeases, OnDead, is_suspect
from bot.inbox.gathering import PIECES, Gathering, PieceOf
from bot.inbox.listening import IsUrgent, Listening
from bot.inbox.sender_quota import Allowances, is_group
from bot.ports import LOWEST, Lease, RawUpdate, Store, StoreUnavailableError

PLACES: Final = 4
"""Updates of one lane kept in memory; the rest wait on disk, so that a flood does not crowd out other lanes."""
_CHUNK: Final = 500
_CHUNK_LEAST: Final = 50
"""Fewest updates read at once, although some may belong to lanes that are full."""
_NOTHING_UNSEEN: Final = 2**63 - 1
_READERS: Final = 64
_AGAIN_SECONDS: Final = 1.0
_OVERTAKING: Final = 30

OnSlowed = Callable[[Lease], Awaitable[None]]
"""Called when a lane has to wait for its allowance; the update identifies its sender."""

_log = structlog.get_logger()


@dataclass(slots=True)
class _Lane:
    """The oldest updates of one chat, without a gap. ``has_more``: further ones wait on disk."""

    waiting: deque[Lease] = field(default_factory=deque)
    urgent: deque[Lease] = field(default_factory=deque)
    """Updates that overtake all that waits."""
    group: list[Lease] = field(default_factory=list)
    """Taken from what waits, to be handled together, and not under way yet."""
    last: Lease | None = None
    """What was handled last."""
    has_more: bool = False
    left_on_disk: int = 0
    """Count of updates that arrived and were left on disk. It only grows, so that an arrival during a read is noticed."""
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Intake:
    """Stores the updates of one channel, then brings each to ``handle``.

    The record is the truth; memory holds a bounded part of what is not handled. For every such update one of three
    holds: it is in memory; its lane is in memory and has ``has_more``; its number is ``_unseen`` or higher.
    """

    def __init__(
        self,
        store: Store,
        handle: HandleLeases,
        on_dead: OnDead,
        *,
        channel: str,
        token: str,
        clock: Callable[[], float] = lambda: math.inf,
        piece_of: PieceOf = lambda _: None,
        in_memory: int = 2000,
        per_minute: int = 0,
        speed: float = 1.0,
        is_urgent: IsUrgent | None = None,
        on_slowed: OnSlowed | None = None,
    ) -> None:
        """``channel`` is whose updates these are. ``token`` belongs to this run: leases of an earlier run are taken
        over, and that run can settle nothing more.

        Beyond ``in_memory`` updates and lanes, updates wait on disk. What a private chat sends beyond ``per_minute``
        waits for its turn (0: no limit); ``on_slowed`` is called once when a lane has to wait. Updates that
        ``is_urgent`` accepts overtake the rest of their lane, with an allowance of the same size. ``clock`` gives
        seconds since the epoch (without one nothing waits for more); ``speed`` multiplies it, for drills.
        """
        self._store = store
        self._channel = channel
        self._token = token
        self._clock = clock
        self._piece_of = piece_of
        self._in_memory = in_memory
        self._speed = speed
        self._allowances = Allowances(per_minute, speed=speed)
        self._overtaking = Allowances(per_minute or _OVERTAKING, speed=speed)
        self._on_slowed = on_slowed
        self._listening = (
            Listening(store, is_urgent, self._overtakes, token, speed=speed)
            if is_urgent is not None
            else None
        )
        self._attempts = Attempts(store, handle, on_dead, speed=speed)
        self._lanes: dict[str, _Lane] = {}
        self._held: set[str] = set()
        self._unseen: int | None = LOWEST
        self._room = asyncio.Event()
        self._readers = asyncio.Semaphore(_READERS)
        self._workers: set[asyncio.Task[None]] = set()

    async def receive(self, updates: Sequence[RawUpdate]) -> None:
        """Durable on return: only then may the updates be confirmed to their sender.

        Concurrent calls share a commit (``storage.database``).
        """
        try:
            new = set(await self._store.ingest(updates, self._token))
        except BaseException:  # cancelled: the updates may be on disk nevertheless
            self._leave_unseen(min((update.number for update in updates), default=_NOTHING_UNSEEN))
            raise
        if self._unseen is not None:
            # What is already on disk comes before it in its chat.
            numbers = [update.number for update in updates if update.id in new]
            self._leave_unseen(min(numbers, default=_NOTHING_UNSEEN))
            return
        for update in updates:
            if update.id in new:
                new.discard(update.id)
                self._offer(Lease(update, self._token))

    async def run(self) -> None:
        """Work until cancelled, beginning with what a crash left unhandled."""
        listening = asyncio.create_task(self._listening.run()) if self._listening is not None else None
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
            tasks = {*self._workers, *([listening] if listening is not None else [])}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def work_off(self) -> None:
        """Wait until everything known now is handled; for tests and a terminal."""
        while self._unseen is not None or self._workers:
            await self._read_on()
            if self._workers:
                await asyncio.wait(set(self._workers), return_when=asyncio.FIRST_COMPLETED)
        self._unseen = _NOTHING_UNSEEN  # nothing more is read until the next call

    @property
    def waiting(self) -> int:
        """Updates and lanes in memory, without what is left on disk."""
        return len(self._held) + len(self._lanes)

    async def _take_over(self) -> None:
        told = None
        while True:
            try:
                return await self._store.take_over(self._token, self._channel)
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
        """Read unseen updates, oldest first, while there is room."""
        while self._unseen is not None and self.waiting < self._in_memory:
            first, self._unseen = (
                self._unseen,
                _NOTHING_UNSEEN,
            )  # arrivals during the read are unseen, too
            limit = max(_CHUNK_LEAST, min(_CHUNK, self._in_memory - self.waiting))
            try:
                found = await self._store.pending(limit, first, self._token)
            except BaseException:
                self._leave_unseen(first)
                raise
            seen = _NOTHING_UNSEEN if len(found) < limit else found[-1].update.number + 1
            for lease in found:
                if lease.update.id not in self._held and not self._offer(lease):
                    seen = lease.update.number
                    break
            self._unseen = min(self._unseen, seen)
            if self._unseen == _NOTHING_UNSEEN:
                self._unseen = None
                return
            for lease in found:  # more of the same lanes may follow on disk
                if lane := self._lanes.get(lease.update.lane):
                    lane.has_more = True
                    self._listen(lease.update.lane, lease.update.number)

    def _offer(self, lease: Lease) -> bool:
        """Put it into its lane, or note that it waits on disk; ``False`` where there is no room for another lane."""
        name = lease.update.lane
        lane = self._lanes.get(name)
        is_full = self.waiting >= self._in_memory
        if lane is None:
            if is_full:
                self._leave_unseen(lease.update.number)
                return False
            lane = self._lanes[name] = _Lane()
            worker = asyncio.create_task(self._serve(name, lane))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        else:
            self._listen(name, lease.update.number)  # it waits behind others of its lane
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
        limit, left = len(lane.waiting) + len(lane.urgent) + 2 * PIECES, lane.left_on_disk
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
        """Free the memory of updates that are not handled next."""
        while len(lane.waiting) > places:
            self._held.discard(lane.waiting.pop().update.id)
            lane.has_more = True

    def _use_room(self) -> None:
        if self._unseen is not None and self.waiting < self._in_memory:
            self._room.set()

    # -- from memory to the handler -------------------------------------------------------------------------------

    async def _serve(self, name: str, lane: _Lane) -> None:
        loop = asyncio.get_running_loop()
        while lane.urgent or lane.waiting or lane.has_more:
            if lane.urgent:
                await self._overtake(lane)
                continue
            if wait := self._allowances.wait(name, loop.time()):
                await self._slow_down(name, lane, wait)
                continue
            # A lane that reads from disk takes more memory than its places, so that only a few may do so at once.
            async with self._readers if lane.has_more else contextlib.nullcontext():
                if leases := await self._gathered(name, lane):
                    self._release(lane, PLACES)
                    self._allowances.take(name, len(leases), loop.time())
                    lane.last = leases[-1]
                    await self._attempts.work(leases)
                    self._held.difference_update(lease.update.id for lease in leases)
        del self._lanes[name]
        self._use_room()

    async def _slow_down(self, name: str, lane: _Lane, seconds: float) -> None:
        """The lane has used up its allowance: tell its owner once, and free the memory of what waits."""
        known = lane.waiting[0] if lane.waiting else lane.last
        self._release(lane, 0)
        self._use_room()
        self._listen(name)
        if known is not None and self._on_slowed is not None:
            await self._tell(name, known, self._on_slowed)
        await self._rest(lane, seconds)

    async def _tell(self, name: str, lease: Lease, told: OnSlowed) -> None:
        if not self._allowances.is_to_be_told(name, asyncio.get_running_loop().time()):
            return
        try:
            await told(lease)
        except Exception as error:  # the message to the owner is optional
            _log.warning("intake.slowed_not_told", error=type(error).__name__)

    async def _rest(self, lane: _Lane, seconds: float) -> None:
        """Wait, unless something urgent arrives."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not lane.urgent:
                    lane.news.clear()
                    await lane.news.wait()

    # -- what overtakes the rest of its lane ----------------------------------------------------------------------

    def _listen(self, name: str, number: int = _NOTHING_UNSEEN) -> None:
        if self._listening is not None and not is_group(name):
            self._listening.listen(name, number)

    def _overtakes(self, lease: Lease) -> None:
        """Put a waiting urgent update first in its lane. One that is under way, or has repeatedly ended the
        program, keeps its place.
        """
        own, name = lease.update.id, lease.update.lane
        lane, now = self._lanes.get(name), asyncio.get_running_loop().time()
        if lane is None or is_suspect(lease) or self._overtaking.wait(name, now):
            return
        if any(one.update.id == own for one in lane.group):
            lane.waiting.extendleft(reversed(lane.group))
            lane.group.clear()
        first = next((one for one in lane.waiting if one.update.id == own), None)
        if first is not None:
            lane.waiting.remove(first)
        elif own in self._held:
            return
        self._overtaking.take(name, 1, now)
        self._held.add(own)
        lane.urgent.append(lease)
        lane.news.set()

    async def _overtake(self, lane: _Lane) -> None:
        """Record the attempt first: if the update ends the program, the next run recognises it although it is not
        the oldest.
        """
        lease = lane.urgent.popleft()
        with contextlib.suppress(StoreUnavailableError):
            await self._store.note_tried(lease)
        lane.last = lease
        await self._attempts.work([lease])
        self._held.discard(lease.update.id)

    # -- which of them belong together ----------------------------------------------------------------------------

    async def _gathered(self, name: str, lane: _Lane) -> list[Lease]:
        """The next update of a lane and those that belong to it; waits briefly for more where that may help.

        Empty where an urgent one goes first.
        """
        loop, group = asyncio.get_running_loop(), Gathering(self._piece_of, self._speed)
        lane.group = group.leases
        while True:
            if not lane.waiting and lane.has_more:
                await self._fill(name, lane)
            if lane.urgent:
                lane.waiting.extendleft(reversed(lane.group))
                lane.group = []
                return []
            while lane.waiting:
                first = lane.waiting[0]
                if not group.take(first, loop.time(), alone=is_suspect(first)):
                    return self._complete(lane, group)
                lane.waiting.popleft()
            if lane.has_more and not (group.leases and group.is_full):
                continue
            if not (wait := group.wait(loop.time(), self._clock())):
                return self._complete(lane, group)
            lane.news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await lane.news.wait()

    @staticmethod
    def _complete(lane: _Lane, group: Gathering) -> list[Lease]:
        lane.group = []
        return group.leases
