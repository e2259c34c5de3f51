"""Lanes side by side: each in order, none forgotten, none delayed by another's flood."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.storage
from bot.inbox.attempts import ATTEMPTS, ENDED_THE_PROGRAM
from bot.inbox.gathering import PIECES, ReceivedText
from bot.inbox.intake import PLACES, Intake
from bot.ports import Lease, RawUpdate
from bot.storage.store import SqliteStore
from handlers.model.actions import Say, ToResident
from handlers.model.events import Started
from handlers.model.snapshot import Outcome
from tests.small_faq import OPEN, TOKYO
from tests.updates import an_update

SECONDS = 120


class Log:
    """A handler that records what it was given, each group in the transaction that settles it."""

    def __init__(self, store: SqliteStore, *, is_kept: bool = False) -> None:
        self.store = store
        self.is_kept = is_kept
        self.seen: dict[str, list[int]] = {}
        self.dead: list[tuple[int, str]] = []

    async def handle(self, leases: Sequence[Lease]) -> bool:
        ids, lane = [lease.update.number for lease in leases], leases[0].update.lane
        if self.is_kept:
            said = tuple(Say(ToResident(lane), str(number)) for number in ids)
            event = Started(id=f"e:{ids[0]}", resident=lane)
            await self.store.decide(event, OPEN, lambda _, __: Outcome(actions=said), leases)
        self.seen.setdefault(lane, []).extend(ids)
        return self.is_kept

    async def set_aside(self, lease: Lease, fault: str) -> None:
        self.dead.append((lease.update.number, fault))

    @property
    def count(self) -> int:
        return sum(map(len, self.seen.values()))

    def is_in_order(self) -> bool:
        return all(numbers == sorted(set(numbers)) for numbers in self.seen.values())


@contextlib.asynccontextmanager
async def running(intake: Intake) -> AsyncIterator[None]:
    task = asyncio.create_task(intake.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(SECONDS):
        while not await holds():  # noqa: ASYNC110 - the store has no event for being empty
            await asyncio.sleep(0.02)


async def worked_off(store: SqliteStore) -> None:
    async def is_empty() -> bool:
        return not await store.pending(1)

    await until(is_empty)


def updates(first: int, count: int, lanes: int) -> list[RawUpdate]:
    return [an_update(number, f"tg:{number % lanes}", "{}") for number in range(first, first + count)]


async def test_a_flood_takes_a_few_places_and_nobody_elses_turn(store: SqliteStore) -> None:
    log = Log(store)
    intake = Intake(store, log.handle, log.set_aside, channel="tg", token="run", in_memory=200, per_minute=30)
    async with running(intake):
        for start in range(1, 2601, 100):
            await intake.receive([an_update(number, "tg:1", "{}") for number in range(start, start + 100)])
        for number in range(3000, 3050):
            await intake.receive([an_update(number, f"tg:{number}", "{}")])

        async def bystanders_are_answered() -> bool:
            return len(log.seen) == 51 and len(log.seen["tg:1"]) >= 30

        await until(bystanders_are_answered)
        assert len(log.seen["tg:1"]) <= 32
        assert intake.waiting <= 1 + PLACES
        assert len(await store.pending(3000)) == 2600 - len(log.seen["tg:1"])


async def test_many_floods_at_once_leave_room_for_others(store: SqliteStore) -> None:
    log = Log(store)
    intake = Intake(store, log.handle, log.set_aside, channel="tg", token="run", in_memory=100, per_minute=1)
    await store.ingest(updates(1, 90 * 30, 90), "an earlier run")
    async with running(intake):
        await intake.receive([an_update(9000, "tg:9000", "{}")])

        async def is_answered() -> bool:
            return "tg:9000" in log.seen

        await until(is_answered)
    assert all(len(numbers) == 1 for numbers in log.seen.values())


@pytest.mark.parametrize(("count", "joins"), [(5_000, False), (100_000, True)])
async def test_what_waited_at_start_is_handled_whole_and_in_order_while_more_comes(
    count: int, joins: bool, tmp_path: Path
) -> None:
    """Each alone, and read together as far as allowed."""
    store = await SqliteStore.open(":memory:" if joins else tmp_path / "inbox.db", label="t", zone=TOKYO)
    lanes, came, most = count // 12, count, 0
    await store.ingest(
        [an_update(-7, "tg:unreadable", "{}")], "an earlier run"
    )  # it had no number of its own
    for start in range(1, count + 1, 5000):
        await store.ingest(updates(start, min(5000, count), lanes), "an earlier run")
    log = Log(store)

    async def handle(leases: Sequence[Lease]) -> bool:
        nonlocal most
        most = max(most, intake.waiting)
        await log.handle(leases)
        event = Started(id=f"e:{leases[0].update.number}", resident="r")
        await store.decide(event, OPEN, lambda _, __: Outcome(), leases)
        return True

    def piece(update: RawUpdate) -> ReceivedText | None:
        return ReceivedText(update.number, 0, 3) if joins else None

    intake = Intake(store, handle, log.set_aside, channel="tg", token="run", in_memory=500, piece_of=piece)
    async with running(intake):
        while log.count < count // 2 and came < count + 3000:
            await intake.receive(updates(came + 1, 10, lanes))
            came += 10
        await worked_off(store)
    await store.close()
    assert log.count == came + 1 > count
    assert log.is_in_order()
    assert log.dead == []
    assert most <= 500 + 64 * 2 * PIECES  # lanes whose turn it is also hold what they read together


async def test_what_waits_is_found_by_an_index_however_much_there_is(
    store: SqliteStore, tmp_path: Path
) -> None:
    sql = (Path(bot.storage.__file__).parent / "sql" / "queries.sql").read_text(encoding="utf-8")
    named = {block.split("(", 1)[0]: block.split("\n", 1)[1] for block in sql.split("-- name: ")[1:]}
    values = {"first": 1, "token": "t", "limit": 500, "lane": "tg:1"}
    with contextlib.closing(sqlite3.connect(tmp_path / "test.db")) as raw:
        for query, index in (("pending", "inbox_waiting"), ("pending_in", "inbox_by_lane")):
            plan = " ".join(row[3] for row in raw.execute("explain query plan " + named[query], values))
            assert f"USING INDEX {index}" in plan
            assert "TEMP B-TREE" not in plan


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("comes"), st.lists(st.integers(0, 4), min_size=1, max_size=12)),
        st.tuples(st.just("passes"), st.integers(0, 30)),
        st.tuples(st.just("killed"), st.booleans()),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, in_memory=st.sampled_from([3, 8, 40]), joins=st.booleans())
def test_whatever_comes_and_whenever_it_is_killed_each_is_handled_once_and_in_order(
    steps: list[tuple[str, object]], in_memory: int, joins: bool
) -> None:
    """The model: a list per lane. A run whose updates were taken over may still be alive; it can settle nothing."""
    asyncio.run(_interleaved(steps, in_memory, joins))


async def _interleaved(steps: list[tuple[str, object]], in_memory: int, joins: bool) -> None:
    store = await SqliteStore.open(":memory:", label="a test", zone=TOKYO)
    log, runs, model = Log(store, is_kept=True), list[asyncio.Task[None]](), dict[str, list[int]]()
    number = 0

    def piece(update: RawUpdate) -> ReceivedText | None:
        return ReceivedText(update.number, 0, 3) if joins and update.number % 5 else None

    def begin() -> Intake:
        made = Intake(
            store,
            log.handle,
            log.set_aside,
            channel="tg",
            token=f"run {len(runs)}",
            in_memory=in_memory,
            piece_of=piece,
        )
        runs.append(asyncio.create_task(made.run()))
        return made

    intake = begin()
    for step, value in steps:
        match step, value:
            case "comes", list(lanes):
                batch = []
                for lane in lanes:
                    number += 1
                    batch.append(an_update(number, f"tg:{lane}", "{}"))
                    model.setdefault(f"tg:{lane}", []).append(number)
                await intake.receive(batch)
                await intake.receive(batch)  # Telegram brings them again
            case "passes", int(turns):
                for _ in range(turns):
                    await asyncio.sleep(0)
            case "killed", bool(is_dead):
                if is_dead:
                    runs[-1].cancel()
                intake = begin()
    await worked_off(store)
    for task in runs:
        task.cancel()
    await asyncio.gather(*runs, return_exceptions=True)
    kept: dict[str, list[int]] = {}
    for row in await store.outbox_after(0, 10_000):
        assert isinstance(row.action, Say)
        assert isinstance(row.action.to, ToResident)
        kept.setdefault(row.action.to.resident, []).append(int(row.action.text))
    await store.close()
    assert kept == model
    assert log.dead == []


async def test_being_first_when_the_program_ends_is_no_fault_and_ending_it_again_and_again_is(
    store: SqliteStore,
) -> None:
    """A program stopped ten times with many updates waiting sets none aside; an update that ends it each time is
    set aside.
    """
    await store.ingest(updates(1, 6, 3), "run 0")
    for number in range(10):
        await store.take_over(f"run {number}", "tg")
    fatal, log, runs = 4, Log(store), 10

    async def handle(leases: Sequence[Lease]) -> bool:
        if leases[0].update.number == fatal:
            ended.set()
            await asyncio.Event().wait()  # stands for the end of the process
        return await log.handle(leases)

    while await store.pending(1):
        ended, runs = asyncio.Event(), runs + 1
        async with running(Intake(store, handle, log.set_aside, channel="tg", token=f"run {runs}")):
            waits = [asyncio.create_task(ended.wait()), asyncio.create_task(worked_off(store))]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for task in waits:
                task.cancel()
            await asyncio.sleep(0.1)  # the others' settlements
    assert sorted(n for numbers in log.seen.values() for n in numbers) == [1, 2, 3, 5, 6]
    assert log.dead == [(fatal, ENDED_THE_PROGRAM)]
    assert runs - 10 <= 2 * ATTEMPTS + 2


async def test_one_faulty_text_among_several_that_are_read_together_is_set_aside_alone(
    store: SqliteStore,
) -> None:
    log = Log(store)

    async def handle(leases: Sequence[Lease]) -> bool:
        if any(lease.update.number == 2 for lease in leases):
            raise ValueError
        return await log.handle(leases)

    intake = Intake(
        store,
        handle,
        log.set_aside,
        channel="tg",
        token="run",
        piece_of=lambda u: ReceivedText(u.number, 0, 3),
        speed=50,
    )
    await intake.receive(updates(1, 3, 1))
    await intake.work_off()
    assert log.seen == {"tg:0": [1, 3]}
    assert log.dead == [(2, "ValueError")]
