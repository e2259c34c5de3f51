"""Sending and taking in: order, patience, and what happens when something fails."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.intake import Intake
from bot.ports import Delivery, RawUpdate, Result
from bot.storage.store import SqliteStore
from bot.withheld import Withheld
from handlers.buttons import AskPerson
from tests.fakes_desk import DeskUnderTest
from tests.small_faq import OPEN


async def test_a_flood_limit_is_waited_out_and_nothing_is_lost(desk: DeskUnderTest) -> None:
    desk.messenger.answers.append(Delivery(Result.RETRY, retry_after=7))
    await desk.says("白鳥 いくら")
    assert desk.messenger.sent == []
    desk.clock.advance(seconds=6)
    await desk.courier.drain()
    assert desk.messenger.sent == []
    desk.clock.advance(seconds=2)
    await desk.courier.drain()
    assert len(desk.messenger.sent) == 1


async def test_a_resident_who_cannot_be_reached_is_marked_and_the_desk_is_told(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    desk.messenger.answers.append(Delivery(Result.UNREACHABLE, detail="forbidden"))
    await desk.staff_replies(1, "お返事です")
    told = [row.action.text for row in desk.messenger.sent]
    assert any("住民に届きません(forbidden)" in text for text in told)


async def test_a_fault_in_the_messenger_is_tried_again(desk: DeskUnderTest) -> None:
    real = desk.messenger.perform

    async def broken(row: object) -> Delivery:
        raise RuntimeError("a bug of ours")

    desk.messenger.perform = broken  # type: ignore[method-assign] # a bug, on purpose
    await desk.says("白鳥 いくら")
    desk.messenger.perform = real  # type: ignore[method-assign]
    desk.clock.advance(seconds=5)
    await desk.courier.drain()
    assert len(desk.messenger.sent) == 1


async def test_the_same_event_twice_changes_nothing_the_second_time(desk: DeskUnderTest) -> None:
    from handlers.events import Asked

    event = Asked(id="same", resident="r:1", text="白鳥 いくら")
    await desk.dispatcher.dispatch(event)
    await desk.dispatcher.dispatch(event)
    await desk.courier.drain()
    assert len(desk.messenger.sent) == 1


async def test_updates_of_a_chat_keep_their_order_and_a_poisoned_one_stops_nobody(store: SqliteStore) -> None:
    seen: list[int] = []
    sorry: list[int] = []

    async def handle(update: RawUpdate) -> None:
        await asyncio.sleep(0.001 * (update.id % 3))
        if update.id == 3:
            raise ValueError("poison")
        seen.append(update.id)

    async def apologise(update: RawUpdate) -> None:
        sorry.append(update.id)

    intake = Intake(store, handle, apologise)
    await intake.receive([RawUpdate(n, f"chat:{n % 2}", "{}") for n in range(1, 9)])
    await intake.work_off()
    assert [n for n in seen if n % 2] == [1, 5, 7]
    assert [n for n in seen if not n % 2] == [2, 4, 6, 8]
    assert sorry == [3]
    assert await store.pending(10) == []


def test_a_withheld_text_is_given_once_and_only_for_ten_minutes() -> None:
    held = Withheld()
    held.hold("r:1", "text", OPEN)
    assert held.take("r:1", OPEN + timedelta(minutes=9)) == "text"
    assert held.take("r:1", OPEN + timedelta(minutes=9)) is None
    held.hold("r:1", "text", OPEN)
    assert held.take("r:1", OPEN + timedelta(minutes=11)) is None
