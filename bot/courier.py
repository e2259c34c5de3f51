"""The one sender: what is in the outbox leaves in order, at Telegram's pace, residents before the desk."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import structlog

from bot.pace import Limits, Pace, Slot
from bot.ports import Delivery, Dispatch, Messenger, OutboxRow, Result, Store, StoreUnavailableError
from handlers.actions import EditCard, Erase, PostCard, Relay, Say, ShowTyping, ToResident
from handlers.events import DeliveryFailed, MessageRefused, TopicLost

_SLOTS: Final = 16
_WEIGHT: Final = 0.2
"""Of the newest sending in the mean of how long one takes."""
_LOAD: Final = 500
_TICK_SECONDS: Final = 5.0
_LONGEST_WAIT_SECONDS: Final = 60.0
_ALBUM_SECONDS: Final = 1.5
"""Parts of an album come as messages of their own: the first waits for the others."""
_ALBUM_AT_MOST: Final = 10
_UNKNOWN_TWICE: Final = 2
"""An answer that never came is asked for once more: said twice is better than never; then it is left."""

_FAULTS_AT_MOST: Final = 5
"""A message that fails in our own code this often is given up, and people are told."""

_log = structlog.get_logger()


@dataclass(slots=True)
class _Lane:
    """Messages to one place, oldest first; one of them is under way at a time."""

    name: str
    rows: deque[OutboxRow] = field(default_factory=deque)
    busy: bool = False
    not_before: float = 0.0
    gathers_until: float = 0.0

    @property
    def rank(self) -> tuple[int, int]:
        """The most urgent of its rows decides when the lane is served."""
        return min(row.priority for row in self.rows), self.rows[0].id


class Courier:
    """Sends what the outbox holds. No message leaves while a transaction is open."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        dispatch: Dispatch,
        limits: Limits,
        *,
        speed: float = 1.0,
        after: Callable[[OutboxRow, Delivery], Awaitable[None]] | None = None,
    ) -> None:
        """``after`` hears of every delivery once it is kept; ``speed`` is the pace's, for drills."""
        self._store = store
        self._messenger = messenger
        self._dispatch = dispatch
        self._pace = Pace(limits, speed=speed)
        self._overall = limits.overall
        self._takes = 0.0
        self._speed = speed
        self._after = after
        self._lanes: dict[str, _Lane] = {}
        self._last_seen = 0
        self._woken = asyncio.Event()
        self._has_news = True
        """Whether the outbox may hold rows that are not known yet."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._superseded: list[OutboxRow] = []
        self._unkept: deque[tuple[OutboxRow, Delivery]] = deque()
        """What has left, and the record does not know yet."""

    def wake(self, rows: Sequence[OutboxRow] = ()) -> None:
        """There is something to send: these rows, if they follow what is known without a gap; else the outbox is read."""
        if rows and rows[0].id == self._last_seen + 1 and not self._has_news:
            self._admit(rows)
        elif not rows or rows[-1].id > self._last_seen:
            self._has_news = True
        self._woken.set()

    @property
    def waiting(self) -> int:
        """Messages that are known and not sent yet."""
        return sum(len(lane.rows) for lane in self._lanes.values())

    async def run(self) -> None:
        """Send until cancelled. A fault of ours is logged and tried again; the loop never dies of it."""
        try:
            while True:
                self._woken.clear()
                wait = _TICK_SECONDS
                try:
                    wait = await self._start_what_may_go()
                except Exception as error:
                    _log.error("courier.failed", error=type(error).__name__)
                    self._has_news = True
                # Not wait_for: before Python 3.12 it may swallow a cancellation that comes with the wake.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(max(0.001, wait)):
                        await self._woken.wait()
                if wait >= _TICK_SECONDS and not self._woken.is_set():
                    self._has_news = True  # now and then it looks without being told
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def reread(self) -> None:
        """Somebody was forgotten: what waits is read anew from the record, and what was erased there is not sent."""
        for name, lane in list(self._lanes.items()):
            if lane.busy:
                first = lane.rows[0]
                lane.rows = deque([first, *first.followers])
            else:
                del self._lanes[name]
        self._last_seen = 0
        self.wake()

    async def drain(self) -> None:
        """Send everything that may go now, and wait for it: for tests and for a terminal."""
        while True:
            self._has_news = True
            await self._start_what_may_go()
            if not self._tasks:
                return
            await asyncio.wait(set(self._tasks))

    async def _start_what_may_go(self) -> float:
        """Start sendings; how many seconds to wait for the next that may go."""
        await self._keep()
        await self._load()
        now = asyncio.get_running_loop().time()
        ready = [(lane.rank, lane.name) for lane in self._lanes.values() if not lane.busy and lane.rows]
        heapq.heapify(ready)
        soonest = now + _TICK_SECONDS
        while ready and len(self._tasks) < self._slots():
            overall = self._pace.free_overall_at(now)
            if overall > now:
                soonest = min(soonest, overall)
                break
            _, name = heapq.heappop(ready)
            lane = self._lanes[name]
            slot = self._slot(lane.rows[0])
            gathered = lane.gathers_until if _is_album(lane.rows[0]) else now
            free = max(lane.not_before, gathered, self._pace.free_at(slot, now) if slot else now)
            if free > now:
                soonest = min(soonest, free)
                continue
            if slot:
                self._pace.take(slot)
            lane.busy = True
            task = asyncio.create_task(self._send(lane, slot))
            self._tasks.add(task)
            task.add_done_callback(self._done)
        return soonest - now

    def _slot(self, row: OutboxRow) -> Slot | None:
        """Where a message counts; one whose place cannot be is left to fail alone."""
        try:
            return self._messenger.slot(row)
        except Exception as error:
            _log.error("courier.no_place", row=row.id, error=type(error).__name__)
            return None

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()

    def _slots(self) -> int:
        """One at once while less than a second's worth waits, then as many as the limit can use and no more: a crash may
        repeat every message that is under way.
        """
        if not self._overall:
            return _SLOTS
        if self.waiting <= self._overall:
            return 1
        return max(1, min(_SLOTS, int(self._overall * self._takes)))

    async def _load(self) -> None:
        if not self._has_news:
            return
        self._has_news = False
        while rows := await self._store.outbox_after(self._last_seen, _LOAD):
            self._admit([row for row in rows if row.id > self._last_seen])
            if len(rows) < _LOAD:
                break
        if self._superseded:
            dropped, self._superseded = self._superseded, []
            gone = Delivery(Result.SENT, detail="superseded")
            await self._store.keep_deliveries([(row, gone) for row in dropped])

    def _admit(self, rows: Sequence[OutboxRow]) -> None:
        """Rows in the order of their numbers, each once, into their lanes."""
        for row in rows:
            self._last_seen = row.id
            lane = self._lanes.setdefault(row.lane, _Lane(row.lane))
            if lane.busy and lane.rows[0].id >= row.id:
                continue  # read anew while it is under way
            if _is_album(row):
                lane.gathers_until = asyncio.get_running_loop().time() + _ALBUM_SECONDS / self._speed
            if not self._coalesced(lane, row):
                lane.rows.append(row)

    def _coalesced(self, lane: _Lane, row: OutboxRow) -> bool:
        """A card that waits to be posted or edited takes the newest state; nobody needs the one between."""
        if not isinstance(row.action, EditCard):
            return False
        first = 1 if lane.busy else 0
        for number in range(len(lane.rows) - 1, first - 1, -1):
            waiting = lane.rows[number]
            if isinstance(waiting.action, PostCard) and waiting.action.ticket == row.action.ticket:
                newest = replace(waiting.action, text=row.action.text, buttons=row.action.buttons)
                lane.rows[number] = replace(waiting, action=newest)
                self._superseded.append(row)
                return True
            if isinstance(waiting.action, EditCard):
                del lane.rows[number]
                self._superseded.append(waiting)
                return False
        return False

    async def _send(self, lane: _Lane, slot: Slot | None) -> None:
        row = lane.rows[0] = _with_followers(lane.rows)
        begun = asyncio.get_running_loop().time()
        try:
            delivery = await self._messenger.perform(await self._store.placed(row))
        except StoreUnavailableError:
            delivery = None
        except Exception as error:
            _log.error("courier.messenger_failed", row=row.id, error=type(error).__name__)
            is_last = (
                row.attempts + 1 >= _FAULTS_AT_MOST
            )  # no wait mends what is wrong with the message itself
            delivery = Delivery(Result.REFUSED if is_last else Result.RETRY, detail=type(error).__name__)
        finally:
            if slot:
                self._pace.done(slot, asyncio.get_running_loop().time())
        try:
            if delivery is None:
                lane.not_before = asyncio.get_running_loop().time() + _TICK_SECONDS / self._speed
            elif delivery.result in (Result.RETRY, Result.UNKNOWN) and not self._is_left(row, delivery):
                await self._postpone(lane, row, delivery)
            elif delivery.more:
                lane.rows[0] = replace(row, part=row.part + 1)
            else:
                for _ in (row, *row.followers):
                    lane.rows.popleft()  # whatever the record says next, it is not sent again by this run
                if not lane.rows:
                    self._lanes.pop(lane.name, None)
                self._unkept.append((row, delivery))
                await self._keep()
        except Exception as error:
            _log.error("courier.not_kept", row=row.id, error=type(error).__name__)
        finally:
            lane.busy = False
            took = asyncio.get_running_loop().time() - begun
            self._takes += _WEIGHT * (took - self._takes)

    async def _keep(self) -> None:
        """Keep what became of messages. What cannot be kept now is kept before anything else is sent: a restart repeats
        no more than was under way when the record failed.
        """
        while self._unkept:
            row, delivery = self._unkept.popleft()
            try:
                await self._store.keep_deliveries([(one, delivery) for one in (row, *row.followers)])
                await self._tell(row, delivery)
            except StoreUnavailableError:
                self._unkept.append((row, delivery))
                raise
            except Exception as error:
                _log.error("courier.not_kept", row=row.id, error=type(error).__name__)

    def _is_left(self, row: OutboxRow, delivery: Delivery) -> bool:
        return delivery.result is Result.UNKNOWN and row.attempts + 1 >= _UNKNOWN_TWICE

    async def _postpone(self, lane: _Lane, row: OutboxRow, delivery: Delivery) -> None:
        wait = (delivery.retry_after or min(_LONGEST_WAIT_SECONDS, 2.0 ** min(row.attempts, 6))) / self._speed
        until = asyncio.get_running_loop().time() + wait
        lane.not_before = until
        slot = self._slot(row)
        if delivery.retry_after and slot is not None:
            self._pace.block(slot.chat, until)
        lane.rows[0] = replace(row, attempts=row.attempts + 1)
        await self._store.note_attempt(row, delivery.detail)
        _log.warning("courier.postponed", row=row.id, seconds=round(wait, 3), detail=delivery.detail)

    async def _tell(self, row: OutboxRow, delivery: Delivery) -> None:
        to = row.action.to if isinstance(row.action, (Say, Relay)) else None
        match delivery.result:
            case Result.SENT:
                if delivery.topic_lost is not None:
                    await self._dispatch(TopicLost(id=f"topic:{row.id}", ticket=delivery.topic_lost))
            case Result.UNREACHABLE if isinstance(to, ToResident):
                _log.warning("courier.unreachable", row=row.id, detail=delivery.detail)
                await self._dispatch(
                    DeliveryFailed(id=f"delivery:{row.id}", resident=to.resident, reason=delivery.detail)
                )
            case _ if isinstance(row.action, (ShowTyping, Erase)):
                _log.info("courier.left", row=row.id, detail=delivery.detail)
            case _:
                _log.error("courier.given_up", row=row.id, detail=delivery.detail)
                await self._dispatch(
                    MessageRefused(
                        id=f"refused:{row.id}",
                        resident=to.resident if isinstance(to, ToResident) else None,
                        reason=delivery.detail,
                    )
                )
        if self._after is not None:
            await self._after(row, delivery)


def _is_album(row: OutboxRow) -> bool:
    return isinstance(row.action, Relay) and bool(row.action.album)


def _with_followers(waiting: deque[OutboxRow]) -> OutboxRow:
    """The first row, and with it the parts of its album that wait right behind it."""
    first = waiting[0]
    if not isinstance(first.action, Relay) or not first.action.album or first.action.text:
        return first
    followers = []
    for row in list(waiting)[1:_ALBUM_AT_MOST]:
        same = (
            isinstance(row.action, Relay) and row.action.album == first.action.album and not row.action.text
        )
        if not same:
            break
        followers.append(row)
    sources = tuple(row.action.source for row in followers if isinstance(row.action, Relay))
    return replace(first, action=replace(first.action, followers=sources), followers=tuple(followers))
