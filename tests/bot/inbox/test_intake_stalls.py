"""The record fails and recovers at any moment while one resident keeps writing: the intake never stops."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import pytest

from bot.inbox.gathering import ReceivedText
from bot.inbox.intake import PLACES, Intake
from bot.ports import Lease, RawUpdate, StoreUnavailableError, Trouble
from bot.storage.store import SqliteStore
from handlers.model.events import Started
from handlers.model.snapshot import Outcome
from tests.small_faq import OPEN
from tests.updates import an_update

MESSAGES = 60


class Flaky:
    """The real store; writes are refused while ``is_full``, and so is reading while ``is_gone``."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.is_full = self.is_gone = False

    def __getattr__(self, name: str) -> Any:
        async def asked(*args: Any) -> Any:
            await asyncio.sleep(0)
            reads = name.startswith("pending")
            if self.is_gone or (self.is_full and not reads):
                raise StoreUnavailableError(Trouble.FULL)
            result = await getattr(self._store, name)(*args)
            if self.is_gone and name == "ingest":  # stored, but the confirmation is lost
                raise StoreUnavailableError(Trouble.FULL)
            return result

        return asked


@pytest.mark.parametrize("seed", range(20))
async def test_whenever_the_record_fails_all_that_was_taken_is_handled_once_and_in_order(
    seed: int, store: SqliteStore
) -> None:
    chance, flaky, handled = random.Random(seed), Flaky(store), list[int]()

    async def handle(leases: Sequence[Lease]) -> bool:
        event = Started(id=f"e:{leases[0].update.number}", resident="tg:1")
        await flaky.decide(event, OPEN, lambda _, __: Outcome(), leases)
        handled.extend(lease.update.number for lease in leases)
        return True

    async def set_aside(lease: Lease, fault: str) -> None:
        raise AssertionError(fault)

    intake = Intake(
        flaky,
        handle,
        set_aside,
        channel="tg",
        token="run",
        piece_of=lambda u: ReceivedText(u.number, 0, 1),
        speed=200,
    )
    running = asyncio.create_task(intake.run())

    async def brings(number: int) -> None:
        """As Telegram does: repeated until the update is confirmed."""
        while True:
            try:
                return await intake.receive([an_update(number, "tg:1", "{}")])
            except StoreUnavailableError:
                await asyncio.sleep(chance.random() / 100)

    async def writes() -> None:
        for number in range(1, MESSAGES + 1):
            await brings(number)
            await asyncio.sleep(chance.choice((0, 0, 0.001)))

    writing = asyncio.create_task(writes())
    for _ in range(12):
        await asyncio.sleep(chance.random() / 50)
        flaky.is_full, flaky.is_gone = chance.random() < 0.5, chance.random() < 0.3
    flaky.is_full = flaky.is_gone = False
    async with asyncio.timeout(30):
        await writing
        while await store.pending(1):  # noqa: ASYNC110 - the store has no event for being empty
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert handled == list(range(1, MESSAGES + 1))


class Slow:
    """The real store; ``meanwhile`` runs after a lane was read from disk and before the result is used."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.meanwhile: list[RawUpdate] = []
        self.intake: Intake | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def pending_in(self, lane: str, limit: int, token: str) -> list[Lease]:
        found = await self._store.pending_in(lane, limit, token)
        if self.intake is not None and self.meanwhile:
            await self.intake.receive([self.meanwhile.pop()])
        return found


async def test_an_update_that_comes_while_its_lane_is_read_from_disk_is_not_left_there(
    store: SqliteStore,
) -> None:
    handled: list[int] = []
    slow = Slow(store)

    async def handle(leases: Sequence[Lease]) -> bool:
        handled.extend(lease.update.number for lease in leases)
        return False

    async def set_aside(lease: Lease, fault: str) -> None:
        raise AssertionError(fault)

    intake = slow.intake = Intake(slow, handle, set_aside, channel="tg", token="run")
    slow.meanwhile = [an_update(99, "tg:1", "{}")]
    await store.ingest([an_update(n, "tg:1", "{}") for n in range(1, PLACES + 3)], "an earlier run")
    running = asyncio.create_task(intake.run())
    async with asyncio.timeout(10):
        while 99 not in handled:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert handled == [*range(1, PLACES + 3), 99]


async def test_once_the_record_is_back_lanes_are_worked_side_by_side_again(store: SqliteStore) -> None:
    tries, together = 0, asyncio.Barrier(2)

    async def handle(leases: Sequence[Lease]) -> bool:
        nonlocal tries
        tries += 1
        if tries <= 9:
            raise StoreUnavailableError(Trouble.FULL)
        if (
            tries > 10
        ):  # all but the attempt that found the record working again, so that none is handled alone
            async with asyncio.timeout(10):
                await together.wait()
        return False

    async def set_aside(lease: Lease, fault: str) -> None:
        raise AssertionError(fault)

    await store.ingest([an_update(n, f"tg:{n}", "{}") for n in range(1, 10)], "an earlier run")
    running = asyncio.create_task(Intake(store, handle, set_aside, channel="tg", token="run", speed=50).run())
    async with asyncio.timeout(20):
        while await store.pending(1):  # noqa: ASYNC110 - the store has no event for being empty
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
