"""Loops restart after faults, alarms reach the admins, and results of sendings are stored before more is sent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

import pytest

from bot.alarms import Alarms
from bot.channels.telegram.connections import Connections
from bot.delivery.courier import Courier
from bot.errors import TokenRefusedError
from bot.ports import Delivery, Limits, OutboxRow, StoreUnavailableError, Trouble
from bot.storage.store import SqliteStore
from bot.supervise import side_by_side, supervised
from handlers.model.actions import Say, ToResident
from handlers.model.events import Asked
from handlers.model.snapshot import Outcome
from handlers.wording import operating
from tests.fakes_desk import RememberingMessenger
from tests.small_faq import OPEN

FAST = 1000.0


async def test_a_loop_goes_on_after_every_fault_and_only_a_refused_token_ends_it() -> None:
    faults: list[Exception] = [
        ValueError("words"),
        StoreUnavailableError(Trouble.FULL),
        KeyError(1),
        OSError(28),
    ]
    left, told = list(faults), list[tuple[str, Exception]]()

    async def work() -> None:
        if left:
            raise left.pop(0)
        raise TokenRefusedError("no")

    with pytest.raises(TokenRefusedError):
        await supervised("a loop", work, lambda name, error: told.append((name, error)), speed=FAST)
    assert told == [("a loop", fault) for fault in faults]


async def test_the_kind_of_a_fault_is_logged_and_never_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    left = [ValueError("住民のことば")]

    async def work() -> None:
        if left:
            raise left.pop()

    await supervised("a loop", work, lambda _, __: None, speed=FAST)
    said = capsys.readouterr().out
    assert "ValueError" in said
    assert "住民" not in said


async def test_when_one_of_several_ends_the_others_are_stopped() -> None:
    stopped = asyncio.Event()

    async def lasting() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async def refused() -> None:
        await asyncio.sleep(0)
        raise TokenRefusedError("no")

    with pytest.raises(TokenRefusedError):
        await side_by_side([lasting(), refused()])
    assert stopped.is_set()


class Chat:
    """The admins' chat; the first ``down`` messages do not arrive."""

    def __init__(self, down: int = 0) -> None:
        self.down = down
        self.heard: list[str] = []
        self.news = asyncio.Event()

    async def say(self, text: str) -> bool:
        if self.down:
            self.down -= 1
            return False
        self.heard.append(text)
        self.news.set()
        return True

    async def hears(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.heard) < count:
                self.news.clear()
                await self.news.wait()
        return self.heard


@contextlib.asynccontextmanager
async def running(alarms: Alarms) -> Any:
    task = asyncio.create_task(alarms.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_trouble_is_said_once_while_it_lasts_and_once_when_it_is_over_for_good() -> None:
    chat = Chat(down=2)
    alarms = Alarms(chat.say, speed=100)
    async with running(alarms):
        for _ in range(5):
            alarms.trouble(Trouble.FULL)
            alarms.trouble(None)  # a small write fits, the next does not
        alarms.trouble(Trouble.FULL)
        assert await chat.hears(1) == [operating.TROUBLES["full"]]
        for _ in range(5):
            alarms.trouble(Trouble.FULL)
            await asyncio.sleep(0.01)
        assert len(chat.heard) == 1
        alarms.trouble(None)
        assert await chat.hears(2) == [operating.TROUBLES["full"], operating.WELL_AGAIN]
        alarms.trouble(Trouble.FULL)
        assert await chat.hears(3) == [
            operating.TROUBLES["full"],
            operating.WELL_AGAIN,
            operating.TROUBLES["full"],
        ]


async def test_every_trouble_has_words_and_a_remedy() -> None:
    assert set(operating.TROUBLES) == set(operating.REMEDIES) == {trouble.value for trouble in Trouble}


async def test_a_loop_that_fails_again_and_again_is_said_once_and_troubles_of_the_record_are_not_said_twice() -> (
    None
):
    chat = Chat()
    alarms = Alarms(chat.say)
    async with running(alarms):
        for _ in range(5):
            alarms.loop_failed("tick", StoreUnavailableError(Trouble.FULL))
            alarms.loop_failed("tick", ValueError("words"))
        alarms.loop_failed("watch", ValueError("words"))
        heard = await chat.hears(2)
    assert [("tick" in heard[0], "ValueError" in heard[0]), "watch" in heard[1]] == [(True, True), True]
    assert "words" not in "".join(heard)


class Record:
    """A real store whose writes can be made to fail."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.is_full = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def keep_deliveries(self, done: Sequence[tuple[OutboxRow, Delivery]]) -> None:
        if self.is_full:
            raise StoreUnavailableError(Trouble.FULL)
        await self._store.keep_deliveries(done)


async def dispatched(event: Any, leases: Any = ()) -> None:
    return None


async def filled(store: SqliteStore, residents: Sequence[str]) -> None:
    actions = tuple(Say(ToResident(who), "x") for who in residents)
    await store.decide(
        Asked(id="e:1", resident="r:1", text="x"), OPEN, lambda _, __: Outcome(actions=actions)
    )


async def test_what_was_sent_and_could_not_be_kept_is_kept_before_more_is_sent(store: SqliteStore) -> None:
    record, messenger = Record(store), RememberingMessenger()
    await filled(store, [f"r:{number}" for number in range(20)])
    courier = Courier(record, dispatched, desk="r")
    courier.serve("r", messenger, Limits())
    record.is_full = True
    with pytest.raises(StoreUnavailableError):
        await courier.drain()
    sent = len(messenger.sent)
    assert 0 < sent < 20
    with pytest.raises(StoreUnavailableError):
        await courier.drain()
    assert len(messenger.sent) == sent
    record.is_full = False
    await courier.drain()
    assert sorted(row.id for row in messenger.sent) == list(range(1, 21))
    assert await store.outbox_after(0, 99) == []


class Placeless(RememberingMessenger):
    """Cannot tell the rate limit of one resident's messages."""

    def slot(self, row: OutboxRow) -> None:
        if isinstance(row.action, Say) and row.action.to == ToResident("r:abc"):
            raise ValueError("abc")

    async def perform(self, row: OutboxRow) -> Delivery:
        self.slot(row)
        return await super().perform(row)


async def test_a_message_that_cannot_be_placed_is_given_up_aloud_and_holds_nobody_back(
    store: SqliteStore,
) -> None:
    told: list[Any] = []
    heard = asyncio.Event()

    async def dispatch(event: Any, leases: Any = ()) -> None:
        told.append(event)
        heard.set()

    await filled(store, ["r:abc", "r:1", "r:2"])
    messenger = Placeless()
    courier = Courier(store, dispatch, desk="r", speed=FAST)
    courier.serve("r", messenger, Limits(0, 0, 0))
    running = asyncio.create_task(courier.run())
    await asyncio.wait_for(heard.wait(), 20)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert [row.id for row in messenger.sent] == [2, 3]
    assert [(event.resident, event.reason) for event in told] == [("r:abc", "ValueError")]


class Inner(asyncio.Protocol):
    """Stands for aiohttp's protocol."""


class Wire(asyncio.Transport):
    """A connection that remembers whether it was cut."""

    def __init__(self) -> None:
        super().__init__()
        self.is_cut = False

    def abort(self) -> None:
        self.is_cut = True


def opened(connections: Connections) -> Wire:
    wire = Wire()
    connections().connection_made(wire)
    return wire


async def test_the_oldest_without_the_secret_makes_room_and_whoever_has_shown_it_stays() -> None:
    connections = Connections(Inner, 3)  # type: ignore[arg-type]
    known = opened(connections)
    connections.trust(known)
    wires = [opened(connections) for _ in range(50)]
    assert not known.is_cut
    assert [wire.is_cut for wire in wires] == [True] * 48 + [False] * 2
    assert len(connections) == 3


async def test_without_the_secret_a_connection_is_closed_after_a_while() -> None:
    connections = Connections(Inner, 3, seconds=0.05)  # type: ignore[arg-type]
    known, unknown = opened(connections), opened(connections)
    connections.trust(known)
    await asyncio.sleep(0.2)
    assert (known.is_cut, unknown.is_cut) == (False, True)
    assert len(connections) == 1
