"""Sending and receiving: order, retries, and failures."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.inbox.attempts import ATTEMPTS
from bot.inbox.intake import Intake
from bot.inbox.withheld import Withheld
from bot.ports import Delivery, DeliveryResult, Lease
from bot.storage.store import SqliteStore
from handlers.model.actions import EditCard, PostCard, Say, ToDesk, ToResident
from handlers.model.buttons import AskPerson
from handlers.model.delivery import Cause
from tests.fakes_desk import DeskUnderTest
from tests.small_faq import OPEN
from tests.updates import an_update


async def test_a_flood_limit_is_waited_out_and_nothing_is_lost(desk: DeskUnderTest) -> None:
    desk.messenger.answers.append(Delivery(DeliveryResult.RETRY, retry_after=0.3))
    await desk.says("白鳥 いくら")
    assert desk.messenger.sent == []
    await asyncio.sleep(0.1)
    await desk.courier.drain()
    assert desk.messenger.sent == []
    await asyncio.sleep(0.3)
    await desk.courier.drain()
    assert len(desk.messenger.sent) == 1


async def test_a_resident_who_cannot_be_reached_is_marked_and_the_desk_is_told(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    desk.messenger.answers.append(Delivery(DeliveryResult.UNREACHABLE, cause=Cause.BLOCKED))
    await desk.staff_replies(1, "お返事です")
    told = [row.action.text for row in desk.messenger.sent]
    assert any("住民に届きません(相手がこのボットを止めています)" in text for text in told)


async def test_a_fault_in_the_messenger_is_tried_again(desk: DeskUnderTest) -> None:
    real = desk.messenger.perform

    async def broken(row: object) -> Delivery:
        raise RuntimeError("a bug of ours")

    desk.messenger.perform = broken  # type: ignore[method-assign] # a bug, on purpose
    await desk.says("白鳥 いくら")
    desk.messenger.perform = real  # type: ignore[method-assign]
    await asyncio.sleep(1.1)
    await desk.courier.drain()
    assert len(desk.messenger.sent) == 1


async def test_the_same_event_twice_changes_nothing_the_second_time(desk: DeskUnderTest) -> None:
    from handlers.model.events import Asked

    event = Asked(id="same", resident="r:1", text="白鳥 いくら")
    await desk.dispatcher.dispatch(event)
    await desk.dispatcher.dispatch(event)
    await desk.courier.drain()
    assert len(desk.messenger.sent) == 1


async def test_updates_of_a_chat_keep_their_order_and_a_poisoned_one_stops_nobody(store: SqliteStore) -> None:
    seen: list[int] = []
    dead: list[tuple[int, str]] = []

    async def handle(leases: Sequence[Lease]) -> bool:
        (lease,) = leases
        await asyncio.sleep(0.001 * (lease.update.number % 3))
        if lease.update.number == 3:
            raise ValueError("poison")
        seen.append(lease.update.number)
        return False

    async def set_aside(lease: Lease, fault: str) -> None:
        dead.append((lease.update.number, fault))

    intake = Intake(store, handle, set_aside, channel="tg", token="run")
    await intake.receive([an_update(n, f"chat:{n % 2}", "{}") for n in range(1, 9)])
    assert seen == []
    await intake.work_off()
    assert [n for n in seen if n % 2] == [1, 5, 7]
    assert [n for n in seen if not n % 2] == [2, 4, 6, 8]
    assert dead == [(3, "ValueError")]
    assert await store.pending(10) == []


async def test_a_fault_that_passes_is_survived(store: SqliteStore) -> None:
    tries: list[int] = []

    async def handle(leases: Sequence[Lease]) -> bool:
        (lease,) = leases
        tries.append(lease.update.number)
        if len(tries) < ATTEMPTS:
            raise ConnectionError
        return False

    async def set_aside(lease: Lease, fault: str) -> None:
        raise AssertionError(fault)

    intake = Intake(store, handle, set_aside, channel="tg", token="run")
    await intake.receive([an_update(1, "chat:1", "{}")])
    await intake.work_off()
    assert tries == [1] * ATTEMPTS


async def test_what_a_run_left_behind_is_taken_up_by_the_next_in_order(store: SqliteStore) -> None:
    await store.ingest([an_update(n, "chat:1", "{}") for n in (1, 2)], "a run that was killed")
    seen: list[int] = []
    both = asyncio.Event()

    async def handle(leases: Sequence[Lease]) -> bool:
        (lease,) = leases
        seen.append(lease.update.number)
        if len(seen) == 3:
            both.set()
        return False

    async def set_aside(lease: Lease, fault: str) -> None:
        raise AssertionError(fault)

    intake = Intake(store, handle, set_aside, channel="tg", token="the next run")
    await intake.receive([an_update(3, "chat:1", "{}")])
    running = asyncio.create_task(intake.run())
    async with asyncio.timeout(5):
        await both.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert seen == [1, 2, 3]


async def test_more_updates_than_memory_holds_are_all_handled_in_order(store: SqliteStore) -> None:
    seen: dict[str, list[int]] = {}

    async def handle(leases: Sequence[Lease]) -> bool:
        (lease,) = leases
        seen.setdefault(lease.update.lane, []).append(lease.update.number)
        return False

    async def set_aside(lease: Lease, fault: str) -> None:
        raise AssertionError(fault)

    intake = Intake(store, handle, set_aside, channel="tg", token="run", in_memory=20)
    running = asyncio.create_task(intake.run())
    for start in range(1, 301, 10):
        await intake.receive([an_update(n, f"chat:{n % 7}", "{}") for n in range(start, start + 10)])
    async with asyncio.timeout(10):
        while await store.pending(1):  # noqa: ASYNC110 - the store has no event for being empty
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert sum(map(len, seen.values())) == 300
    assert all(numbers == sorted(numbers) for numbers in seen.values())


async def test_residents_go_before_the_desk_and_a_card_that_waits_takes_the_newest_state(
    desk: DeskUnderTest,
) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    desk.messenger.sent.clear()
    await desk.store.put_out(
        [PostCard(1, "card, state 1"), Say(ToDesk(), "queue"), EditCard(1, "state 2"), EditCard(1, "state 3"),
         Say(ToResident("r:1"), "answer")],
        OPEN,
    )  # fmt: skip
    await desk.courier.drain()
    texts = [row.action.text for row in desk.messenger.sent]
    assert texts[0] == "answer"
    assert sorted(texts[1:]) == ["queue", "state 3"]
    assert await desk.store.outbox_after(0, 10) == []


async def test_an_answer_that_never_came_is_asked_for_once_more_and_then_told(desk: DeskUnderTest) -> None:
    desk.messenger.answers += [Delivery(DeliveryResult.UNKNOWN, detail="no-answer")] * 2
    await desk.says("白鳥 いくら")
    await asyncio.sleep(1.1)
    await desk.courier.drain()
    texts = [row.action.text for row in desk.messenger.sent]
    assert len(texts) == 1
    assert "届いたか分かりません" in texts[0]


def test_a_withheld_text_is_given_once_and_only_for_ten_minutes() -> None:
    held = Withheld()
    held.hold("r:1", "text", OPEN)
    assert held.take("r:1", OPEN + timedelta(minutes=9)) == "text"
    assert held.take("r:1", OPEN + timedelta(minutes=9)) is None
    held.hold("r:1", "text", OPEN)
    assert held.take("r:1", OPEN + timedelta(minutes=11)) is None
