"""Words that wait, on disk: they survive a restart and a migration, and go to the ward's desk in time."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from bot.storage.migrations import shipped
from bot.storage.store import SqliteStore
from handlers.engine import Engine
from handlers.model.actions import Relay
from handlers.model.buttons import AskPerson, ForWard, LetFacilityRead
from handlers.model.conversation import Conversation, Held, Piece
from handlers.model.events import Event, Pressed, SentMedia, TimePassed
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Desk
from tests.fakes_desk import DeskUnderTest
from tests.handlers.resident.test_words_that_wait import DOUBTFUL, SURE, base
from tests.small_faq import OPEN, TOKYO

NUMBER = 12


def _with_ears(desk: DeskUnderTest, *, ward: bool = True) -> DeskUnderTest:
    desk.dispatcher.replace_engine(Engine(base(), Rules(has_ward_desk=ward)))
    return desk


async def _held(desk: DeskUnderTest) -> None:
    await desk.says("白鳥ボート いくら")
    await desk.presses(AskPerson())
    assert "施設への苦情ですか" in await desk.says(DOUBTFUL)
    await desk.dispatcher.dispatch(SentMedia(id="m:1", resident="r:1", kind="voice", place="1:9"))
    await desk.courier.drain()


async def test_time_brings_words_and_files_to_the_ward_also_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    await _held(_with_ears(DeskUnderTest(store)))
    await store.close()
    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    desk = _with_ears(DeskUnderTest(store))
    desk.clock.moment = OPEN + timedelta(minutes=59)
    await desk.dispatcher.dispatch(TimePassed(id="t:1"))
    assert [ticket.desk for ticket in await store.tickets()] == [Desk.FACILITY]
    desk.clock.moment = OPEN + timedelta(minutes=61)
    for tick in ("t:2", "t:3"):
        await desk.dispatcher.dispatch(TimePassed(id=tick))
        await desk.courier.drain()
    assert [ticket.desk for ticket in await store.tickets()] == [Desk.WARD]
    assert sum("お返事がなかったので" in text for text in desk.messenger.to("r:1")) == 1
    assert [row.action.source for row in desk.messenger.sent if isinstance(row.action, Relay)] == ["1:9"]
    await desk.dispatcher.dispatch(Pressed(id="p:1", resident="r:1", press=ForWard(1, 1, 1)))
    await desk.courier.drain()
    assert "もう町の窓口に送ってあります" in desk.messenger.to("r:1")[-1]
    await store.close()
    kept = sqlite3.connect(path)
    assert kept.execute("select text from message where text = ?", (DOUBTFUL,)).fetchall() == [(DOUBTFUL,)]
    assert DOUBTFUL not in str(kept.execute("select held from conversation").fetchall())


async def test_without_a_wards_desk_time_sends_nothing_and_the_press_does_also_after_a_restart(
    tmp_path: Path,
) -> None:
    path = tmp_path / "test.db"
    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    desk = _with_ears(DeskUnderTest(store), ward=False)
    await desk.says("白鳥ボート いくら")
    await desk.presses(AskPerson())
    await desk.says(SURE)
    desk.clock.moment = OPEN + timedelta(minutes=61)
    for tick in ("t:1", "t:2"):
        await desk.dispatcher.dispatch(TimePassed(id=tick))
        await desk.courier.drain()
    assert sum("だれにも送っていません" in text for text in desk.messenger.to("r:1")) == 1
    await store.close()
    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    desk = _with_ears(DeskUnderTest(store), ward=False)
    await desk.dispatcher.dispatch(Pressed(id="p:1", resident="r:1", press=LetFacilityRead(1, 1, 1)))
    await store.close()
    kept = sqlite3.connect(path)
    assert kept.execute("select text from message where text = ?", (SURE,)).fetchall() == [(SURE,)]
    assert SURE not in str(kept.execute("select held from conversation").fetchall())


async def test_what_waited_in_the_schema_before_waits_in_this_one(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    for earlier in shipped():
        if earlier.number < NUMBER:
            old.executescript(earlier.script)
    at = "2026-11-24T01:00:00.000000+00:00"
    said = json.dumps([["…", at], [DOUBTFUL, at]], ensure_ascii=False)
    for resident, ticket, path_so_far in (
        ("r:1", 7, ["asked", "ward?"]), ("r:2", 0, ["asked", "ward?"]), ("r:3", 7, ["asked"]),
    ):  # fmt: skip
        old.execute(
            "insert into conversation (resident,language,language_chosen,question,misses,given,awaiting,reachable,updated_at,"
            "path,said,ticket) values (?,'ja',0,'問',0,'[]','anything',1,?,?,?,?)",
            (resident, at, json.dumps(path_so_far), said, ticket),
        )  # fmt: skip
    old.execute(f"pragma user_version = {NUMBER - 1}")
    old.commit()
    old.close()
    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    found: list[Conversation] = []

    def handle(event: Event, snapshot: Snapshot) -> Outcome:
        found.extend(snapshot.unanswered)
        return Outcome()

    moment = datetime.fromisoformat(at)
    await store.decide(TimePassed(id="t:1"), moment + timedelta(minutes=59), handle)
    assert found == []
    await store.decide(TimePassed(id="t:2"), moment + timedelta(minutes=60), handle)
    assert [(talk.resident, talk.held) for talk in found] == [
        ("r:1", Held(moment, 1, 7, (Piece(DOUBTFUL, moment),))),
        ("r:2", Held(moment, 1, 0)),
    ]
    assert [[one.text for one in talk.said] for talk in found] == [[], ["…", DOUBTFUL]]
    await store.close()
