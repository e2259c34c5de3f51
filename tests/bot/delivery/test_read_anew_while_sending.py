"""The outbox is read again after somebody is forgotten: what was sent meanwhile is sent once, however slow the disk is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest

from bot.ports import Delivery, OutboxRow
from handlers.model.events import Asked
from tests.fakes_desk import DeskUnderTest


async def _asked(desk: DeskUnderTest) -> None:
    await desk.dispatcher.dispatch(Asked(id="a", resident="r:1", text="白鳥 いくら"))
    desk.courier.wake()


async def test_what_has_left_and_is_not_on_record_yet_does_not_leave_again(
    desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, may_keep = desk.store.keep_deliveries, asyncio.Event()

    async def slowly(done: Sequence[tuple[OutboxRow, Delivery]]) -> None:
        await may_keep.wait()
        await keep(done)

    monkeypatch.setattr(desk.store, "keep_deliveries", slowly)
    await _asked(desk)
    async with asyncio.timeout(20):
        running = asyncio.create_task(desk.courier.run())
        await _until(lambda: desk.messenger.sent)
        await asyncio.sleep(0.05)
        desk.courier.reread()
        await asyncio.sleep(0.3)
        may_keep.set()
        await _quiet(desk)
    running.cancel()
    assert len(desk.messenger.to("r:1")) == 1


async def test_a_reading_that_began_before_it_was_on_record_does_not_bring_it_back(
    desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, may_answer, is_reading = desk.store.outbox_after, asyncio.Event(), asyncio.Event()
    perform, may_arrive = desk.messenger.perform, asyncio.Event()

    async def late(row: OutboxRow) -> Delivery:
        await may_arrive.wait()
        return await perform(row)

    async def slowly(last: int, limit: int) -> list[OutboxRow]:
        rows = await read(last, limit)
        if rows and last == 0 and desk.courier.waiting:
            is_reading.set()
            await may_answer.wait()
        return rows

    monkeypatch.setattr(desk.messenger, "perform", late)
    monkeypatch.setattr(desk.store, "outbox_after", slowly)
    await _asked(desk)
    async with asyncio.timeout(20):
        running = asyncio.create_task(desk.courier.run())
        await _until(lambda: desk.courier.waiting)
        await asyncio.sleep(0.05)
        desk.courier.reread()
        await is_reading.wait()
        may_arrive.set()
        await _until(lambda: desk.messenger.sent)
        await asyncio.sleep(0.2)  # the result is in the record by then
        may_answer.set()
        await _quiet(desk)
    running.cancel()
    assert len(desk.messenger.to("r:1")) == 1


async def _quiet(desk: DeskUnderTest) -> None:
    while await desk.store.outbox_after(0, 10):  # noqa: ASYNC110 - the store has no event for it
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.2)


async def _until(holds: Callable[[], object]) -> None:
    while not holds():  # noqa: ASYNC110 - the courier has no event for it
        await asyncio.sleep(0.01)
