"""Updates of several channels in one inbox: each known by its own id, in the order of its channel's numbers."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.storage.migrations import shipped
from bot.storage.store import SqliteStore
from tests.small_faq import TOKYO
from tests.updates import an_update

_BEFORE = 13
_MOMENT = "2026-11-24T01:00:00.000000+00:00"


async def test_what_waited_in_the_schema_before_waits_with_its_channels_name_in_the_same_order(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    for script in shipped():
        if script.number <= _BEFORE:
            old.executescript(script.script)
    rows = [
        (9, "tg:1", "{}", "new", "", "run", 2),
        (10, "tg:1", '{"a": 1}', "new", "", "run", 0),
        (100, "tg:2", "{}", "new", "", "", 0),
        (-7, "tg:unreadable", "{}", "failed", "too deep", "run", 0),
        (8, "", "", "done", "", "", 0),
    ]
    old.executemany(
        "insert into inbox (id, lane, body, state, error, token, attempts, received_at)"
        f" values (?, ?, ?, ?, ?, ?, ?, '{_MOMENT}')", rows
    )  # fmt: skip
    old.execute(f"pragma user_version = {_BEFORE}")
    old.commit()
    old.close()

    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    try:
        waiting = await store.pending(9)
        assert [(lease.update, lease.token, lease.attempts) for lease in waiting] == [
            (an_update(9, "tg:1"), "run", 2),
            (an_update(10, "tg:1", '{"a": 1}'), "run", 0),
            (an_update(100, "tg:2"), "", 0),
        ]
        again = [an_update(number) for number in (-7, 8, 9, 10, 100)]
        assert await store.ingest(again, "run") == [], "what comes again is known"
    finally:
        await store.close()
    with sqlite3.connect(path) as raw:
        kept = raw.execute(
            "select id, number, lane, state, error from inbox where state <> 'new' order by id"
        )
        assert kept.fetchall() == [
            ("tg:-7", -7, "tg:unreadable", "failed", "too deep"),
            ("tg:8", 8, "", "done", ""),
        ]
    raw.close()


async def test_the_same_number_in_two_channels_is_two_updates(store: SqliteStore) -> None:
    both = [an_update(7, "tg:1"), an_update(7, "web:1", channel="web")]
    assert await store.ingest(both, "run") == ["tg:7", "web:7"]
    assert await store.ingest(both, "run") == []
    first, second = await store.pending(9)
    await store.settle(first)
    assert await store.pending(9) == [second]


async def test_updates_of_a_lane_come_by_number_and_not_by_text(store: SqliteStore) -> None:
    await store.ingest([an_update(number) for number in (100, 9, 10)], "run")
    assert [lease.update.number for lease in await store.pending(9)] == [9, 10, 100]
    assert [lease.update.number for lease in await store.pending_in("tg:1", 9, "run")] == [9, 10, 100]
    assert [lease.update.number for lease in await store.pending_after("tg:1", 9, 9, "run")] == [10, 100]


async def test_a_channel_takes_over_its_own_updates_and_suspects_nobody_elses(store: SqliteStore) -> None:
    await store.ingest([an_update(1, "tg:1"), an_update(1, "web:1", channel="web")], "an earlier run")
    await store.take_over("this run", "tg")
    assert [(lease.update.id, lease.token, lease.attempts) for lease in await store.pending(9)] == [
        ("tg:1", "this run", 1),
        ("web:1", "an earlier run", 0),
    ]
