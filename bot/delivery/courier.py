"""The only sender: messages in the outbox are sent in order, per channel at its own pace, residents before the desk."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from math import inf
from typing import Final

import structlog

from bot.delivery.failures import event_of, is_for_a_ticket, is_proof
from bot.delivery.groups import Groups
from bot.delivery.lanes import Lane, Lanes, with_followers
from bot.delivery.outlet import Outlet
from bot.ports import (
    Delivery,
    DeliveryResult,
    Dispatch,
    Limits,
    Messenger,
    OutboxRow,
    Slot,
    Store,
    StoreUnavailableError,
)
from handlers.model.delivery import Cause, GroupName
from handlers.model.events import TopicLost

_LOAD: Final = 500
_TICK_SECONDS: Final = 5.0
_LONGEST_WAIT_SECONDS: Final = 60.0
_UNKNOWN_AT_MOST: Final = 2
"""Attempts for a message whose sending was not confirmed: a repeated message is better than a lost one."""
_UNKNOWN_AT_THE_DESK: Final = 6
"""Likewise for the desk: a card shown twice is better than a ticket that nobody sees."""
_SUSPECT_SECONDS: Final = 60.0
_SUSPECT_AT_MOST_SECONDS: Final = 3600.0
_FAULTS_AT_MOST: Final = 5
"""A message that fails this often in our own code is given up, and people are told."""
_AGAIN: Final = (DeliveryResult.RETRY, DeliveryResult.UNKNOWN, DeliveryResult.HELD)
_OVERTAKEN: Final = Delivery(DeliveryResult.SENT, detail="ticket-has-moved-on")
"""The result for a message whose ticket has moved on: nothing is sent."""

_log = structlog.get_logger()


class Courier:
    """Sends the outbox. No message is sent while a transaction is open."""

    def __init__(
        self,
        store: Store,
        dispatch: Dispatch,
        *,
        desk: str,
        speed: float = 1.0,
        after: Callable[[OutboxRow, Delivery], Awaitable[None]] | None = None,
    ) -> None:
        """``desk`` names the channel that has the desks' groups. ``after`` is called for every stored delivery;
        ``speed`` multiplies the pace, for drills.
        """
        self._store = store
        self._dispatch = dispatch
        self._desk = desk
        self._outlets: dict[str, Outlet] = {}
        self._missed: set[str] = set()
        """Channels that have messages waiting but are not served: each is logged once."""
        self._speed = speed
        self._after = after
        self._lanes = Lanes(speed)
        self._groups = Groups(dispatch, speed)
        self._woken = asyncio.Event()
        self._has_news = True
        """Whether the outbox may hold rows that have not been read."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._unkept: deque[tuple[OutboxRow, Delivery]] = deque()
        """Sent, with a result that is not in the record yet."""
        self._kept: set[int] = set()
        """Numbers of rows whose result is in the record: a read that begins from now on does not return them."""

    def serve(self, channel: str, messenger: Messenger, limits: Limits) -> None:
        """Messages for this channel are sent from now on. Until then they wait, without delaying other channels."""
        self._outlets[channel] = Outlet(messenger, limits, speed=self._speed)
        self._woken.set()

    def wake(self, rows: Sequence[OutboxRow] = ()) -> None:
        """There are new rows: these, where they follow the known ones without a gap; otherwise the outbox is read."""
        if rows and rows[0].id == self._lanes.last_seen + 1 and not self._has_news:
            self._lanes.admit(rows, asyncio.get_running_loop().time())
        elif not rows or rows[-1].id > self._lanes.last_seen:
            self._has_news = True
        self._woken.set()

    @property
    def waiting(self) -> int:
        """Messages that are known and not sent yet."""
        return self._lanes.waiting

    async def run(self) -> None:
        """Send until cancelled. A fault in our code is logged and retried; the loop goes on."""
        try:
            while True:
                self._woken.clear()
                wait = _TICK_SECONDS
                try:
                    wait = await self._start_what_may_go()
                except Exception as error:
                    _log.error("courier.failed", error=type(error).__name__)
                    self._has_news = True
                # Not wait_for: before Python 3.12 it may swallow a cancellation that coincides with the wake-up.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(max(0.001, wait)):
                        await self._woken.wait()
                if wait >= _TICK_SECONDS and not self._woken.is_set():
                    self._has_news = True  # read the outbox periodically, also without a wake-up
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def reread(self) -> None:
        """Read all waiting messages again from the record, after a resident was forgotten: erased ones are not sent."""
        self._lanes.forget()
        self.wake()

    def try_now(self, group: GroupName) -> None:
        """Something has changed in a group that refused messages: try again without further waiting."""
        self._groups.try_now(group)
        self._woken.set()

    async def drain(self) -> None:
        """Send everything that may be sent now, and wait for it: for tests and the terminal."""
        while True:
            self._has_news = True
            await self._start_what_may_go()
            if not self._tasks:
                return
            await asyncio.wait(set(self._tasks))

    async def _start_what_may_go(self) -> float:
        """Start sending what may be sent; returns the seconds until the next may be."""
        await self._keep()
        await self._load()
        now = asyncio.get_running_loop().time()
        soonest = now + _TICK_SECONDS
        for channel, lanes in self._lanes.by_channel(self._desk).items():
            outlet = self._outlet(channel)
            if outlet is not None:
                soonest = min(soonest, self._start(outlet, lanes, now))
        return soonest - now

    def _start(self, outlet: Outlet, lanes: Sequence[Lane], now: float) -> float:
        """Start what may be sent in one channel; returns when the next may be."""
        waiting, soonest = sum(len(lane.rows) for lane in lanes), inf
        ready = [(lane.rank, lane.name) for lane in lanes if not lane.busy]
        heapq.heapify(ready)
        while ready and outlet.under_way < outlet.slots(waiting):
            overall = outlet.pace.free_overall_at(now)
            if overall > now:
                return min(soonest, overall)
            _, name = heapq.heappop(ready)
            lane = self._lanes[name]
            slot = outlet.slot(lane.rows[0])
            free = max(lane.free_at(now), self._free_at(outlet, slot, now))
            if free > now:
                soonest = min(soonest, free)
                continue
            if slot:
                outlet.pace.take(slot)
                self._groups.holds.begin(slot.group)
            lane.busy = True
            outlet.under_way += 1
            task = asyncio.create_task(self._send(lane, outlet, slot))
            self._tasks.add(task)
            task.add_done_callback(partial(self._done, outlet))
        return soonest

    def _outlet(self, channel: str) -> Outlet | None:
        """``None`` where the channel is not served: its messages wait."""
        outlet = self._outlets.get(channel)
        if outlet is None and channel not in self._missed:
            self._missed.add(channel)
            _log.warning(
                "courier.channel_not_served", channel=channel, remedy="its messages wait until it is"
            )
        return outlet

    def _free_at(self, outlet: Outlet, slot: Slot | None, now: float) -> float:
        return (
            max(outlet.pace.free_at(slot, now), self._groups.holds.free_at(slot.group, now)) if slot else now
        )

    def _done(self, outlet: Outlet, task: asyncio.Task[None]) -> None:
        outlet.under_way -= 1
        self._tasks.discard(task)
        self._woken.set()

    async def _load(self) -> None:
        self._lanes.settled -= self._kept
        self._kept.clear()
        if not self._has_news:
            return
        self._has_news = False
        if not self._groups.is_known:
            self._groups.know(await self._store.refusals())
        while rows := await self._store.outbox_after(self._lanes.last_seen, _LOAD):
            last = self._lanes.last_seen
            self._lanes.admit([row for row in rows if row.id > last], asyncio.get_running_loop().time())
            if len(rows) < _LOAD:
                break
        if self._lanes.superseded:
            dropped, self._lanes.superseded = self._lanes.superseded, []
            gone = Delivery(DeliveryResult.SENT, detail="superseded")
            await self._store.keep_deliveries([(row, gone) for row in dropped])
            self._kept |= {row.id for row in dropped}

    async def _send(self, lane: Lane, outlet: Outlet, slot: Slot | None) -> None:
        row = lane.rows[0] = with_followers(lane.rows)
        begun = asyncio.get_running_loop().time()
        try:
            placed = await self._store.placed(row)
            delivery = _OVERTAKEN if placed.has_moved_on else await outlet.messenger.perform(placed)
        except StoreUnavailableError:
            delivery = None
        except Exception as error:
            _log.error("courier.messenger_failed", row=row.id, error=type(error).__name__)
            is_last = row.attempts + 1 >= _FAULTS_AT_MOST  # waiting does not mend a faulty message
            delivery = Delivery(
                DeliveryResult.REFUSED if is_last else DeliveryResult.RETRY, detail=type(error).__name__
            )
        finally:
            if slot:
                outlet.pace.done(slot, asyncio.get_running_loop().time())
        try:
            if delivery is None:
                lane.not_before = asyncio.get_running_loop().time() + _TICK_SECONDS / self._speed
            else:
                await self._settle(lane, outlet, row, delivery)
        except Exception as error:
            _log.error("courier.not_kept", row=row.id, error=type(error).__name__)
        finally:
            now = asyncio.get_running_loop().time()
            if slot:
                self._groups.holds.end(slot.group, now, _TICK_SECONDS / self._speed)
            lane.busy = False
            outlet.note_took(now - begun)

    async def _settle(self, lane: Lane, outlet: Outlet, row: OutboxRow, delivery: Delivery) -> None:
        """Postpone the message, go on with its next part, or store its result and report it."""
        if delivery.result is DeliveryResult.HELD and not lane.channel:  # only the desks' groups are held
            await self._hold(lane, row, delivery)
            return
        if delivery.result in _AGAIN and not _is_left(row, delivery):
            await self._postpone(lane, outlet, row, delivery)
            return
        if delivery.more:
            lane.rows[0] = replace(row, part=row.part + 1)
            if delivery.place is not None:
                await self._store.keep_part(row, delivery.place)
            if is_proof(row, delivery):
                await self._groups.took(row, delivery)
            return
        await self._finish(lane, row, delivery)

    async def _finish(self, lane: Lane, row: OutboxRow, delivery: Delivery) -> None:
        self._lanes.finish(lane, [row, *row.followers])
        self._unkept.append((row, delivery))
        await self._keep()

    async def _keep(self) -> None:
        """Store results. One that cannot be stored now is stored before anything else is sent, so that a restart
        repeats only messages that were under way when the record failed.
        """
        while self._unkept:
            row, delivery = self._unkept.popleft()
            try:
                await self._store.keep_deliveries([(one, delivery) for one in (row, *row.followers)])
                self._kept |= {one.id for one in (row, *row.followers)}
                if is_proof(row, delivery):
                    await self._groups.took(row, delivery)
                await self._tell(row, delivery)
            except StoreUnavailableError:
                self._unkept.append((row, delivery))
                raise
            except Exception as error:
                _log.error("courier.not_kept", row=row.id, error=type(error).__name__)

    async def _hold(self, lane: Lane, row: OutboxRow, delivery: Delivery) -> None:
        """The group takes nothing: all its messages wait; each new cause goes to the record and the admins."""
        now = asyncio.get_running_loop().time()
        group = delivery.group or GroupName.FACILITY
        is_suspect = delivery.cause is Cause.OTHER and row.attempts > 0 and group not in self._groups.holds
        lane.rows[0] = replace(row, attempts=row.attempts + 1)
        if is_suspect:  # the group takes other messages: only this one is refused
            await self._doubt(lane, row, delivery)
            return
        wait = await self._groups.refused(group, row, delivery, now)
        if delivery.retry_after:
            lane.not_before = now + delivery.retry_after / self._speed
        elif delivery.cause is Cause.OTHER:  # try another message next: perhaps only this one is refused
            lane.not_before = now + 2 * wait
        await self._store.note_attempt(row, delivery.detail)

    async def _doubt(self, lane: Lane, row: OutboxRow, delivery: Delivery) -> None:
        """A message refused for an unknown reason: about a ticket it is retried, any other is given up."""
        refused = replace(delivery, result=DeliveryResult.REFUSED)
        if not is_for_a_ticket(row):
            await self._finish(lane, row, refused)
            return
        wait = min(_SUSPECT_AT_MOST_SECONDS, _SUSPECT_SECONDS * 2.0 ** min(row.attempts - 1, 6)) / self._speed
        lane.not_before = asyncio.get_running_loop().time() + wait
        _log.error("courier.refused_alone", row=row.id, seconds=round(wait, 3), detail=delivery.detail)
        await self._store.note_attempt(row, delivery.detail)
        if row.attempts == 1:
            await self._tell(row, refused, is_kept=True)

    async def _postpone(self, lane: Lane, outlet: Outlet, row: OutboxRow, delivery: Delivery) -> None:
        wait = (delivery.retry_after or min(_LONGEST_WAIT_SECONDS, 2.0 ** min(row.attempts, 6))) / self._speed
        until = asyncio.get_running_loop().time() + wait
        lane.not_before = until
        slot = outlet.slot(row)
        if delivery.retry_after and slot is not None:
            outlet.pace.block(slot.chat, until)
        lane.rows[0] = replace(row, attempts=row.attempts + 1)
        await self._store.note_attempt(row, delivery.detail)
        _log.warning("courier.postponed", row=row.id, seconds=round(wait, 3), detail=delivery.detail)

    async def _tell(self, row: OutboxRow, delivery: Delivery, *, is_kept: bool = False) -> None:
        if delivery.result is DeliveryResult.SENT:
            if delivery.topic_lost is not None:
                await self._dispatch(TopicLost(id=f"topic:{row.id}", ticket=delivery.topic_lost))
        else:
            event = event_of(row, delivery, is_kept=is_kept)
            _log.warning("courier.not_delivered", row=row.id, result=delivery.result, cause=delivery.cause,
                         detail=delivery.detail)  # fmt: skip
            if event is not None:
                await self._dispatch(event)
        if self._after is not None:
            await self._after(row, delivery)


def _is_left(row: OutboxRow, delivery: Delivery) -> bool:
    """Whether to stop retrying a message whose delivery was never confirmed."""
    at_most = _UNKNOWN_AT_THE_DESK if is_for_a_ticket(row) else _UNKNOWN_AT_MOST
    return delivery.result is DeliveryResult.UNKNOWN and row.attempts + 1 >= at_most
