"""A message about a danger overtakes its sender's other messages; none is lost or otherwise reordered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.urgent import words_of
from bot.delivery import routing
from bot.delivery.lanes import Lanes
from bot.inbox.attempts import ATTEMPTS
from bot.inbox.gathering import ReceivedText
from bot.inbox.intake import Intake
from bot.inbox.listening import Listening
from bot.ports import Lease, OutboxRow, RawUpdate
from bot.storage import action_json
from bot.storage.store import SqliteStore
from handlers.engine import Engine
from handlers.model.actions import AHEAD, AHEAD_OF_ALL, Relay, Say, ToResident
from handlers.model.events import Asked, Slowed
from handlers.model.settings import Rules
from handlers.model.snapshot import Snapshot
from handlers.model.switches import PutOff
from tests.small_faq import OPEN, TOKYO, knowledge
from tests.updates import an_update

CRY = "火事です"


class Told:
    """A handler that records what it was given, in order, and who was told to wait."""

    def __init__(self, store: SqliteStore, *, waits: bool = False) -> None:
        self.store = store
        self.seen: list[int] = []
        self.slowed: list[str] = []
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()
        if not waits:
            self.go_on.set()

    async def handle(self, leases: Sequence[Lease]) -> bool:
        self.begun.set()
        await self.go_on.wait()
        self.seen += [lease.update.number for lease in leases]
        return False

    async def set_aside(self, lease: Lease, fault: str) -> None:
        raise AssertionError(f"{lease.update.number} was set aside: {fault}")

    async def on_slowed(self, lease: Lease) -> None:
        self.slowed.append(lease.update.lane)


async def is_urgent(update: RawUpdate) -> bool:
    return update.body == CRY


def texts(*bodies: str, first: int = 1, lane: str = "tg:1") -> list[RawUpdate]:
    return [an_update(number, lane, body) for number, body in enumerate(bodies, first)]


def intake_of(store: SqliteStore, told: Told, run: str = "a run", **more: Any) -> Intake:
    return Intake(
        store,
        told.handle,
        told.set_aside,
        channel="tg",
        token=run,
        is_urgent=is_urgent,
        on_slowed=told.on_slowed,
        **more,
    )


async def worked(intake: Intake, store: SqliteStore, told: Told, until: int) -> None:
    """Run until this many updates are handled."""
    task = asyncio.create_task(intake.run())
    try:
        async with asyncio.timeout(60):
            while len(told.seen) < until:  # noqa: ASYNC110 - the handler keeps a list
                await asyncio.sleep(0.01)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("before", [1, 3, 45])
async def test_a_cry_overtakes_all_that_waits_for_its_sender_s_turn_and_the_rest_keeps_its_order(
    store: SqliteStore, before: int
) -> None:
    told = Told(store)
    intake = intake_of(store, told, per_minute=2, speed=60)
    await intake.receive(texts(*["/help"] * (before + 2), CRY, "/menu"))
    await worked(intake, store, told, before + 4)
    cry = before + 3
    place = told.seen.index(cry)
    assert place <= 2 + 1  # what the allowance admits at once is not delayed for listening
    assert sorted(told.seen) == list(range(1, before + 5))
    assert [n for n in told.seen if n != cry] == sorted(set(told.seen) - {cry})


async def test_who_is_slowed_down_is_told_once(store: SqliteStore) -> None:
    told = Told(store)
    intake = intake_of(store, told, per_minute=2, speed=60)
    await intake.receive([*texts(*["/help"] * 12), *texts(*["/help"] * 2, first=50, lane="tg:2")])
    await worked(intake, store, told, 14)
    assert told.slowed == ["tg:1"]


async def test_nobody_is_told_who_stays_within_the_allowance_and_groups_never(store: SqliteStore) -> None:
    told = Told(store)
    intake = intake_of(store, told, per_minute=5, speed=60)
    await intake.receive([*texts(*["/help"] * 5), *texts(*["x"] * 30, first=50, lane="tg:-7")])
    await worked(intake, store, told, 35)
    assert told.slowed == []


async def test_a_cry_ends_the_waiting_for_more_pieces_and_they_stay_together(store: SqliteStore) -> None:
    told = Told(store)
    groups: list[list[int]] = []

    async def handle(leases: Sequence[Lease]) -> bool:
        groups.append([lease.update.number for lease in leases])
        return await told.handle(leases)

    pieces = {number: ReceivedText(number, 1000, 5) for number in range(1, 5)}
    intake = Intake(
        store, handle, told.set_aside, channel="tg", token="a run", is_urgent=is_urgent,
        clock=lambda: 1000.0, piece_of=lambda update: pieces.get(update.number),
    )  # fmt: skip
    await intake.receive(texts("一", "二", CRY, "三"))
    await worked(intake, store, told, 4)
    assert groups == [[3], [1, 2, 4]]


async def test_after_a_kill_what_waits_is_listened_to_as_well(store: SqliteStore) -> None:
    await store.ingest(texts(*["/help"] * 20, CRY), "a run that was killed")
    told = Told(store)
    await worked(intake_of(store, told, per_minute=3, speed=60), store, told, 21)
    assert told.seen.index(21) <= 4
    assert sorted(told.seen) == list(range(1, 22))


async def test_a_cry_that_ends_the_program_is_known_by_it_and_keeps_its_turn_in_the_end(
    store: SqliteStore,
) -> None:
    await store.ingest(texts("/help", "/help", CRY), "run 0")
    for run in range(ATTEMPTS):  # each run ends while the urgent update is handled
        told = Told(store, waits=True)
        intake = intake_of(store, told, f"run {run + 1}", per_minute=1, speed=0.001)
        intake._allowances.take("tg:1", 1, asyncio.get_running_loop().time())
        task = asyncio.create_task(intake.run())
        async with asyncio.timeout(20):
            await told.begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    (cry,) = await store.pending_after("tg:1", 2, 9, f"run {ATTEMPTS}")
    assert cry.attempts == ATTEMPTS
    told = Told(store)
    await worked(intake_of(store, told, "the last run", per_minute=1, speed=600), store, told, 3)
    assert told.seen == [1, 2, 3]


async def test_a_flood_of_cries_overtakes_no_oftener_than_the_allowance_allows(store: SqliteStore) -> None:
    told = Told(store, waits=True)
    intake = intake_of(store, told, per_minute=3, speed=0.001)
    await intake.receive(texts("/help", *[CRY] * 40))
    task = asyncio.create_task(intake.run())
    async with asyncio.timeout(20):
        await told.begun.wait()
        lane = intake._lanes["tg:1"]
        while intake._listening is not None and intake._listening._heard.get("tg:1", 0) < 41:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert len(lane.urgent) <= 3
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(["/help", CRY]), min_size=1, max_size=40), per_minute=st.integers(0, 5))
async def test_every_update_is_handled_once_and_the_others_in_order_whatever_overtakes(
    kinds: list[str], per_minute: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("urgent") / "x.db"
    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    try:
        told = Told(store)
        intake = intake_of(store, told, per_minute=per_minute, speed=600)
        await intake.receive(texts(*kinds))
        await worked(intake, store, told, len(kinds))
        assert sorted(told.seen) == list(range(1, len(kinds) + 1))
        calm = [n for n in told.seen if kinds[n - 1] != CRY]
        assert calm == sorted(calm)
    finally:
        await store.close()


async def test_an_update_that_comes_late_with_a_lower_number_is_listened_to(store: SqliteStore) -> None:
    found: list[int] = []
    listening = Listening(store, is_urgent, lambda lease: found.append(lease.update.number), "run")
    task = asyncio.create_task(listening.run())
    for number, body in ((9, "/help"), (5, CRY)):
        await store.ingest(texts(body, first=number), "run")
        listening.listen("tg:1", number)
        await asyncio.sleep(0.2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert found == [5]


def update(message: dict[str, object], kind: str = "private", key: str = "message") -> RawUpdate:
    body = {"update": {"update_id": 1, key: {"chat": {"id": 1, "type": kind}, **message}}, "withheld": []}
    return an_update(1, "tg:1", json.dumps(body))


def test_what_is_listened_to_are_a_resident_s_words_whatever_stands_around_them() -> None:
    assert words_of(update({"text": CRY})) == CRY
    assert words_of(update({"text": f"/stop@a_bot {CRY}"})) == CRY
    assert words_of(update({"caption": CRY, "photo": []})) == CRY
    assert words_of(update({"text": CRY}, key="edited_message")) == CRY
    assert words_of(update({"text": "/help"})) == ""
    assert words_of(update({"text": CRY}, kind="supergroup")) == ""
    assert words_of(an_update(1, "tg:1", '{"unreadable": "x"}')) == ""


# -- sending
# ----------------------------------------------------------------------------------------------------------


def row(number: int, ahead: int = 0) -> OutboxRow:
    action = Say(ToResident("tg:1"), str(number), ahead=ahead)
    return OutboxRow(number, action, routing.lane_of(action), routing.priority_of(action))


def order(lanes: Lanes) -> list[int]:
    return [one.id for one in lanes["resident:tg:1"].rows]


def test_the_numbers_to_call_leave_before_all_that_waits_for_the_same_person() -> None:
    lanes = Lanes(1.0)
    lanes.admit([row(1), row(2), row(3, AHEAD), row(4), row(5, AHEAD_OF_ALL), row(6, AHEAD_OF_ALL)], 0.0)
    assert order(lanes) == [5, 6, 3, 1, 2, 4]
    assert (
        action_json.from_json(action_json.to_json(row(5, AHEAD_OF_ALL).action)) == row(5, AHEAD_OF_ALL).action
    )


def test_what_is_under_way_is_not_sent_twice_and_what_was_overtaken_is_not_lost_when_all_is_read_anew() -> (
    None
):
    lanes = Lanes(1.0)
    lanes.admit([row(1), row(2)], 0.0)
    lanes["resident:tg:1"].busy = True
    lanes.admit([row(3, AHEAD_OF_ALL)], 0.0)
    assert order(lanes) == [1, 3, 2]
    lanes.finish(lanes["resident:tg:1"], [row(1)])
    assert order(lanes) == [3, 2]
    lanes.forget()  # 3 is under way
    lanes.admit([row(2), row(3, AHEAD_OF_ALL)], 0.0)
    assert order(lanes) == [3, 2]


def test_an_album_under_way_stays_together() -> None:
    lanes = Lanes(1.0)
    parts = [OutboxRow(n, Relay(ToResident("tg:1"), f"1:{n}", "album"), "resident:tg:1") for n in (1, 2)]
    lanes.admit(parts, 0.0)
    lane = lanes["resident:tg:1"]
    lane.rows[0] = OutboxRow(1, parts[0].action, lane.name, followers=(parts[1],))
    lane.busy = True
    lanes.admit([row(3, AHEAD_OF_ALL)], 0.0)
    assert order(lanes) == [1, 2, 3]


def test_a_danger_is_said_ahead_of_all_and_who_is_slowed_ahead_of_the_answers() -> None:
    engine = Engine(knowledge(), Rules())
    (said,) = engine.handle(Asked(id="e", resident="tg:1", text=CRY), Snapshot(OPEN)).actions
    assert said == Say(said.to, "まず119に電話してください。", said.buttons, ahead=AHEAD_OF_ALL)  # type: ignore[union-attr] # a Say
    (slowed,) = engine.handle(Slowed(id="s", resident="tg:1"), Snapshot(OPEN)).actions
    assert slowed == Say(ToResident("tg:1"), slowed.text, ahead=AHEAD)
    assert "少しずつ" in slowed.text
    off = PutOff("tg:1", 1, "課長", "", OPEN.replace(hour=12), OPEN)
    assert engine.handle(Slowed(id="s", resident="tg:1"), Snapshot(OPEN, put_off=off)).actions == ()
