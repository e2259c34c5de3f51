"""One courier for several channels: a fault in one channel does not affect the others."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest

from bot.delivery.courier import Courier
from bot.places import Place
from bot.ports import Delivery, DeliveryResult, Lease, Limits, OutboxRow, Slot
from bot.storage.store import SqliteStore
from handlers.model.actions import Say, ToAdmins, ToDesk, ToResident
from handlers.model.events import Event
from tests.small_faq import OPEN

FREE = Limits(0, 0, 0)
SLOW = 0.001
"""A second of the limits takes a quarter of an hour here, so that a message that waits is not sent during a test."""
PEOPLE, EACH = 30, 3


class MemoryMessenger:
    """Keeps what arrives, by recipient; ``answer`` is awaited first."""

    def __init__(self, answer: Callable[[OutboxRow], Awaitable[Delivery | None]] | None = None) -> None:
        self.arrived: defaultdict[str, list[str]] = defaultdict(list)
        self.asked = 0
        self.at_once = self.most_at_once = 0
        self._answer = answer
        self._numbers = itertools.count(1)

    async def perform(self, row: OutboxRow) -> Delivery:
        self.asked += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            refused = await self._answer(row) if self._answer is not None else None
        finally:
            self.at_once -= 1
        if refused is not None:
            return refused
        self.arrived[_whose(row)].append(row.action.text)
        return Delivery(DeliveryResult.SENT, Place(_whose(row), str(next(self._numbers))))

    def slot(self, row: OutboxRow) -> Slot:
        return Slot(_whose(row), is_group=False)

    @property
    def count(self) -> int:
        return sum(len(texts) for texts in self.arrived.values())


def _whose(row: OutboxRow) -> str:
    to = row.action.to if isinstance(row.action, Say) else None
    return to.resident if isinstance(to, ToResident) else "staff"


async def nobody_hears(event: Event, leases: Sequence[Lease] = ()) -> str | None:
    return None


def texts_of(channel: str) -> list[Say]:
    """Texts for many people, in turn."""
    return [
        Say(ToResident(f"{channel}:{person}"), f"{person}-{number}")
        for number in range(EACH)
        for person in range(PEOPLE)
    ]


async def put_out(store: SqliteStore, *channels: str) -> None:
    """The same number of messages for each channel, interleaved."""
    mixed = [say for both in zip(*(texts_of(channel) for channel in channels), strict=True) for say in both]
    await store.put_out(mixed, OPEN)


def all_in_order(messenger: MemoryMessenger) -> bool:
    wanted = {person: [f"{person}-{number}" for number in range(EACH)] for person in range(PEOPLE)}
    return {int(who.partition(":")[2]): texts for who, texts in messenger.arrived.items()} == wanted


@contextlib.asynccontextmanager
async def running(courier: Courier) -> AsyncIterator[None]:
    task = asyncio.create_task(courier.run())
    try:
        yield
        assert not task.done()
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - the messengers have no event for it
            await asyncio.sleep(0.01)


async def test_each_channel_has_its_own_limits(store: SqliteStore) -> None:
    courier = Courier(store, nobody_hears, desk="tg", speed=SLOW)
    slow, free = MemoryMessenger(), MemoryMessenger()
    courier.serve("tg", slow, Limits(overall=5, chat=0))
    courier.serve("web", free, FREE)
    await put_out(store, "tg", "web")
    await courier.drain()
    assert slow.count == 5
    assert all_in_order(free)


async def test_each_channel_has_its_own_limit_for_a_person(store: SqliteStore) -> None:
    courier = Courier(store, nobody_hears, desk="tg", speed=SLOW)
    slow, free = MemoryMessenger(), MemoryMessenger()
    courier.serve("tg", slow, Limits(overall=0, chat=1))
    courier.serve("web", free, FREE)
    await put_out(store, "tg", "web")
    await courier.drain()
    assert {len(texts) for texts in slow.arrived.values()} == {1}
    assert len(slow.arrived) == PEOPLE
    assert all_in_order(free)


async def refuses(row: OutboxRow) -> Delivery:
    return Delivery(DeliveryResult.RETRY, retry_after=3600, detail="down")


async def holds(row: OutboxRow) -> Delivery:
    return Delivery(DeliveryResult.HELD, retry_after=3600, detail="down")


async def fails(row: OutboxRow) -> Delivery:
    raise OSError("down")


async def never_answers(row: OutboxRow) -> Delivery:
    await asyncio.Event().wait()
    raise AssertionError


@pytest.mark.parametrize("answer", [refuses, holds, fails, never_answers])
@pytest.mark.parametrize("names", [("tg", "web"), ("web", "tg")])
async def test_a_channel_that_is_down_holds_up_no_other(
    store: SqliteStore, answer: Callable[[OutboxRow], Awaitable[Delivery]], names: tuple[str, str]
) -> None:
    down, well = MemoryMessenger(answer), MemoryMessenger()
    courier = Courier(store, nobody_hears, desk="tg")
    courier.serve(names[0], down, FREE)
    courier.serve(names[1], well, FREE)
    await put_out(store, *names)
    async with running(courier):
        await until(lambda: all_in_order(well) and down.asked > 0)
        assert down.count == 0


async def test_a_channel_that_holds_its_messages_is_no_refusal_of_the_desks_group(store: SqliteStore) -> None:
    heard: list[Event] = []

    async def hears(event: Event, leases: Sequence[Lease] = ()) -> None:
        heard.append(event)

    courier, desks = Courier(store, hears, desk="tg"), MemoryMessenger()
    courier.serve("web", MemoryMessenger(holds), FREE)
    courier.serve("tg", desks, FREE)
    await store.put_out([Say(ToResident("web:1"), "a")], OPEN)
    await courier.drain()
    await store.put_out([Say(ToDesk(), "b")], OPEN)
    await courier.drain()
    assert heard == []
    assert dict(desks.arrived) == {"staff": ["b"]}


async def test_what_one_channel_keeps_under_way_takes_no_slot_of_another(store: SqliteStore) -> None:
    stuck, well = MemoryMessenger(never_answers), MemoryMessenger()
    courier = Courier(store, nobody_hears, desk="tg")
    courier.serve("tg", stuck, FREE)
    await put_out(store, "tg")
    async with running(courier):
        await until(lambda: stuck.at_once == 16)
        courier.serve("web", well, FREE)
        await store.put_out(texts_of("web"), OPEN)
        courier.wake()
        await until(lambda: all_in_order(well))
        assert stuck.most_at_once == 16


async def test_order_is_kept_for_each_person_in_both_channels(store: SqliteStore) -> None:
    delays = itertools.cycle((0.0, 0.003, 0.001))

    async def answers_late(row: OutboxRow) -> Delivery | None:
        await asyncio.sleep(next(delays))
        if next(delays) and row.attempts == 0:
            return Delivery(DeliveryResult.RETRY, retry_after=0.01)
        return None

    one, other = MemoryMessenger(answers_late), MemoryMessenger(answers_late)
    courier = Courier(store, nobody_hears, desk="tg")
    courier.serve("tg", one, FREE)
    courier.serve("web", other, FREE)
    await put_out(store, "tg", "web")
    async with running(courier):
        await until(lambda: all_in_order(one) and all_in_order(other))


async def test_staff_and_admins_are_in_the_desks_channel(store: SqliteStore) -> None:
    desks, other = MemoryMessenger(), MemoryMessenger()
    courier = Courier(store, nobody_hears, desk="tg")
    courier.serve("web", other, FREE)
    courier.serve("tg", desks, FREE)
    said = [
        Say(ToDesk(), "a"),
        Say(ToAdmins(), "b"),
        Say(ToResident("web:1"), "c"),
        Say(ToResident("tg:1"), "d"),
    ]
    await store.put_out(said, OPEN)
    await courier.drain()
    assert dict(other.arrived) == {"web:1": ["c"]}
    assert {who: sorted(texts) for who, texts in desks.arrived.items()} == {
        "staff": ["a", "b"],
        "tg:1": ["d"],
    }


async def test_what_is_for_a_channel_that_is_not_served_waits_until_it_is(store: SqliteStore) -> None:
    well, late = MemoryMessenger(), MemoryMessenger()
    courier = Courier(store, nobody_hears, desk="tg")
    courier.serve("tg", well, FREE)
    await put_out(store, "tg", "web")
    await courier.drain()
    assert all_in_order(well)
    assert len(await store.outbox_after(0, 999)) == PEOPLE * EACH
    courier.serve("web", late, FREE)
    await courier.drain()
    assert all_in_order(late)
    assert await store.outbox_after(0, 999) == []
