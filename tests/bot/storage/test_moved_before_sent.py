"""A message for the ward's room that is still unsent when the ticket goes to the facility is not shown there."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.ports import OutboxRow
from bot.storage.migrations import shipped
from bot.storage.store import SqliteStore
from faq.language import Language
from handlers.model.actions import Action, EditCard, PostCard, Relay, Say, ToTicket
from handlers.model.events import TimePassed
from handlers.model.snapshot import Outcome
from handlers.model.tickets import Desk, Status, Ticket
from tests.fakes_desk import DeskUnderTest
from tests.small_faq import OPEN, TOKYO

NUMBER = 13
AT_WARD = Ticket(
    1, "r:1", Status.OPEN, Language.JA, "どなられました", "complaint", (), OPEN, OPEN, desk=Desk.WARD
)
WORDS: tuple[Action, ...] = (
    Say(ToTicket(1), "受付の山田さんの暴言"),
    Relay(ToTicket(1), "r:1:5"),
    PostCard(1, "暴言のカード", ()),
    EditCard(1, "暴言のカード", ()),
)


async def _decided(store: SqliteStore, number: int, outcome: Outcome) -> tuple[OutboxRow, ...]:
    decided = await store.decide(TimePassed(id=f"t:{number}"), OPEN, lambda _, __: outcome)
    return decided.rows if decided is not None else ()


@pytest.mark.parametrize("moves", [Desk.FACILITY, Desk.WARD])
@pytest.mark.parametrize("restarts", [False, True])
async def test_words_that_wait_for_the_wards_room_do_not_follow_their_ticket_to_the_facility(
    moves: Desk, restarts: bool, store: SqliteStore
) -> None:
    desk = DeskUnderTest(store)
    rows = await _decided(store, 1, Outcome(tickets=(AT_WARD,), actions=WORDS))
    moved = replace(AT_WARD, desk=moves)
    later = await _decided(store, 2, Outcome(tickets=(moved,), actions=(Say(ToTicket(1), "移りました"),)))
    if not restarts:
        desk.courier.wake([*rows, *later])
    await desk.courier.drain()
    seen = [row.action for row in desk.messenger.sent]
    assert Say(ToTicket(1), "移りました") in seen
    assert any(action in WORDS for action in seen) is (moves is Desk.WARD)


async def test_what_waited_before_this_version_belongs_to_the_desk_its_ticket_was_at(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as raw:
        for migration in shipped():
            if migration.number < NUMBER:
                raw.executescript(migration.script)
        raw.execute(f"pragma user_version = {NUMBER - 1}")
    raw.close()
    before = sqlite3.connect(path)
    columns = {row[1] for row in before.execute("pragma table_info(outbox)")}
    before.close()
    assert "desk" not in columns
    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    await _decided(store, 1, Outcome(tickets=(AT_WARD,), actions=WORDS[:1]))
    await store.close()
    after = sqlite3.connect(path)
    assert [row[0] for row in after.execute("select desk from outbox")] == ["ward"]
    after.close()
