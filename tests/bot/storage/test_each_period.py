"""Each retention period erases its own data after its days, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage.store import SqliteStore
from handlers.model.settings import Retention
from tests.bot.storage.test_forgetting import WORDS, fill, raw
from tests.small_faq import OPEN, TOKYO

SETTLED = {
    "ticket": "update ticket set status = 'closed'",
    "outbox": "update outbox set state = 'sent', ticket = 1",
    "handled": f"insert into handled (event, handled_at) values ('tg:1', '{OPEN.astimezone().isoformat()}')",
}
TABLES = ("conversation", "ticket", "message", "record", "inbox", "outbox", "draft", "audit", "parked")
ERASES = {
    "conversation_days": {"conversation", "parked", "the names of record"},
    "ticket_days": {"message", "draft", "outbox", "the words of ticket", "the details of audit"},
    "record_days": {"record", "the names of record"},
    "audit_days": {"audit", "the details of audit"},
    "update_days": {"inbox", "outbox", "draft", "handled"},
}
DEFAULTS = {"conversation_days": 30, "ticket_days": 365, "record_days": 730, "audit_days": 1095, "update_days": 14}  # fmt: skip


def whats_left(tmp_path: Path) -> dict[str, int]:
    asked = {table: f"select count(*) from {table}" for table in (*TABLES, "handled")} | {
        "the names of record": "select count(*) from record where resident <> ''",
        "the words of ticket": f"select count(*) from ticket where question like '%{WORDS}%'",
        "the details of audit": "select count(*) from audit where detail <> ''",
    }
    with raw(tmp_path) as connection:
        return {name: connection.execute(question).fetchone()[0] for name, question in asked.items()}


def test_every_period_is_listed_with_its_days() -> None:
    assert {one.name: one.default for one in fields(Retention)} == DEFAULTS
    assert ERASES.keys() == DEFAULTS.keys()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "desk.db", label="a test", zone=TOKYO)
    yield opened
    await opened.close()


@pytest.mark.parametrize("period", ERASES)
async def test_a_period_erases_its_own_after_its_days_and_not_before(
    period: str, store: SqliteStore, tmp_path: Path
) -> None:
    with raw(tmp_path) as connection:
        for table in TABLES:
            fill(connection, table, 2)
        for command in SETTLED.values():
            connection.execute(command)
    full = whats_left(tmp_path)
    assert all(full.values()), full
    long = dict.fromkeys(DEFAULTS, 9000)
    own = Retention(**(long | {period: 100}))
    await store.retain(own, OPEN + timedelta(days=100, minutes=-1))
    assert whats_left(tmp_path) == full
    await store.retain(own, OPEN + timedelta(days=100, minutes=1))
    left = whats_left(tmp_path)
    assert {name for name, count in left.items() if count != full[name]} == ERASES[period]
    assert not any(left[name] for name in ERASES[period])
