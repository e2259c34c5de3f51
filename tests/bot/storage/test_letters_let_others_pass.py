"""Long texts have a bounded cost, and a short question does not wait for all of them."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.storage import database
from bot.storage.database import Database
from bot.storage.store import SqliteStore
from faq.matching.parts import parts_of
from handlers.model.events import Asked, Event
from handlers.model.snapshot import Outcome, Snapshot
from tests.small_faq import OPEN, TOKYO

A_WHILE = 0.03
"""Longer than a batch waits for works."""


@pytest.mark.parametrize(
    "piece", ["白鳥ボートの登録に必要なものを教えてください。", "あ", "a.", "料金は?\n", "登録"]
)
def test_of_a_letter_no_more_is_compared_than_a_page_holds_wherever_its_full_stops_are(piece: str) -> None:
    for length in (401, 1_000, 2_000, 20_000):
        parts = parts_of((piece * length)[:length])
        assert sum(map(len, parts)) <= 1_000
        assert len(parts) <= 13


def work(done: list[str], name: str) -> Callable[[sqlite3.Connection], None]:
    def working(_: sqlite3.Connection) -> None:
        time.sleep(A_WHILE)
        done.append(name)

    return working


async def test_a_short_work_waits_for_one_long_one_at_most(tmp_path: Path) -> None:
    base = await Database.open(tmp_path / "a.db", "a test")
    done: list[str] = []
    tasks = [asyncio.create_task(base.run(work(done, f"long {n}"), is_long=True)) for n in range(6)]
    await asyncio.sleep(A_WHILE / 2)
    await base.run(work(done, "short"))
    assert done[:2] == ["long 0", "short"]
    await asyncio.gather(*tasks)
    assert [name for name in done if name != "short"] == [f"long {n}" for n in range(6)]
    await base.close()


async def test_a_long_work_is_not_let_down_by_short_ones_that_never_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_LETS_PASS_SECONDS", 5 * A_WHILE)
    base = await Database.open(tmp_path / "a.db", "a test")
    done: list[str] = []
    tasks = [asyncio.create_task(base.run(work(done, f"short {n}"))) for n in range(30)]
    tasks.append(asyncio.create_task(base.run(work(done, "long"), is_long=True)))
    more = [asyncio.create_task(base.run(work(done, f"later {n}"))) for n in range(30)]
    await asyncio.gather(*tasks, *more)
    assert done.index("long") < done.index("later 0")
    await base.close()


async def test_a_question_is_decided_before_the_letters_that_wait(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "b.db", label="a test", zone=TOKYO)
    decided: list[str] = []

    def handle(event: Event, _: Snapshot) -> Outcome:
        assert isinstance(event, Asked)
        time.sleep(A_WHILE)
        decided.append(event.resident)
        return Outcome()

    async def asks(resident: str, text: str, now: datetime = OPEN) -> None:
        await store.decide(Asked(id=f"e:{resident}", resident=resident, text=text), now, handle)

    letters = [asyncio.create_task(asks(f"letter {n}", "長い手紙です。" * 100)) for n in range(8)]
    await asyncio.sleep(A_WHILE / 2)
    await asks("bystander", "団体登録に必要な書類は")
    assert decided.index("bystander") <= 1
    await asyncio.gather(*letters)
    await store.close()
