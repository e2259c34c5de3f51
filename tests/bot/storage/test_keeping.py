"""Backups, restoring, erasing by age, and the doctor."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.telegram import diagnostics
from bot.errors import StorageError
from bot.places import Place
from bot.ports import Delivery, DeliveryResult
from bot.storage.backup import backup, restore, verify
from bot.storage.store import SqliteStore
from bot.tools.doctor import has_wal_reset_fault
from faq.language import Language
from handlers.model.actions import Say, ToDesk, ToResident, ToTicket
from handlers.model.conversation import Conversation
from handlers.model.events import Asked, Event
from handlers.model.settings import Retention
from handlers.model.snapshot import Audit, Author, Draft, Message, Outcome, Record, Snapshot
from handlers.model.tickets import Status, Ticket
from tests.conftest import ROOT
from tests.processes import inherited
from tests.small_faq import OPEN, TOKYO

WORDS = "消えるべきことばQ7"
TICKET = Ticket(1, "tg:41", Status.CLOSED, Language.JA, WORDS, "asked", (), OPEN, OPEN, tags=(WORDS,))


@pytest.fixture
async def filled(tmp_path: Path) -> AsyncIterator[tuple[SqliteStore, Path]]:
    path = tmp_path / "desk.db"
    store = await SqliteStore.open(path, label="the bot", zone=TOKYO)
    outcome = Outcome(
        conversation=Conversation("tg:41", OPEN, question=WORDS),
        tickets=(TICKET,),
        messages=(Message(1, Author.RESIDENT, WORDS),),
        record=Record("tg:41", "answer", "sure", "swan-fee", 1),
        draft=Draft(1, 1, "tg:8", "花子", WORDS),
        audit=Audit("tg:8", "花子", "Replied", 1),
        actions=(Say(ToResident("tg:41"), WORDS), Say(ToTicket(1), WORDS)),
    )
    await store.decide(Asked(id="e:1", resident="tg:41", text="x"), OPEN, lambda _, __: outcome)
    yield store, path
    await store.close()


async def test_a_copy_of_a_database_in_use_is_whole_private_and_the_same(
    filled: tuple[SqliteStore, Path], tmp_path: Path
) -> None:
    _, path = filled
    done = backup(path, tmp_path / "copy.db")
    assert done.rows["message"] == 1
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert verify(tmp_path / "copy.db").rows == done.rows
    with pytest.raises(StorageError, match="--replace"):
        backup(path, tmp_path / "copy.db")
    backup(path, tmp_path / "copy.db", replace=True)
    with pytest.raises(StorageError, match="no such database"):
        backup(tmp_path / "none.db", tmp_path / "x.db")
    with pytest.raises(StorageError, match="cannot be written"):
        backup(path, tmp_path / "no" / "such" / "folder.db")
    assert not list(tmp_path.glob("*.part"))


async def test_restoring_is_refused_while_a_bot_holds_the_database_and_keeps_what_was_there(
    filled: tuple[SqliteStore, Path], tmp_path: Path
) -> None:
    store, path = filled
    backup(path, tmp_path / "copy.db")
    with pytest.raises(StorageError, match="held by the bot"):
        restore(tmp_path / "copy.db", path)
    await store.decide(
        Asked(id="e:2", resident="tg:1", text="x"),
        OPEN,
        lambda _, __: Outcome(actions=(Say(ToDesk(), "later"),)),
    )
    await store.close()
    done, kept = restore(tmp_path / "copy.db", path)
    assert done.rows["outbox"] == 2
    assert kept is not None
    assert verify(kept).rows["outbox"] == 3
    again = await SqliteStore.open(path, label="the bot", zone=TOKYO)
    assert [t.question for t in await again.tickets()] == [WORDS]
    await again.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no database at all" * 99, "damaged or no database"), (b"", "not a database of ours")],
)
def test_what_is_no_backup_is_refused_and_the_database_stays(
    content: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.db").write_bytes(content)
    with pytest.raises(StorageError, match=words):
        restore(tmp_path / "bad.db", tmp_path / "desk.db")
    with pytest.raises(StorageError, match="no such file"):
        restore(tmp_path / "none.db", tmp_path / "desk.db")
    assert not (tmp_path / "desk.db").exists()


async def test_a_torn_copy_and_one_of_a_newer_build_are_refused(
    filled: tuple[SqliteStore, Path], tmp_path: Path
) -> None:
    backup(filled[1], tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "torn.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StorageError, match="damaged"):
        verify(tmp_path / "torn.db")
    with sqlite3.connect(tmp_path / "copy.db") as newer:
        newer.execute("pragma user_version = 999")
    with pytest.raises(StorageError, match="newer version"):
        verify(tmp_path / "copy.db")


async def test_what_has_been_kept_long_enough_is_gone_to_the_byte(
    filled: tuple[SqliteStore, Path], tmp_path: Path
) -> None:
    store, path = filled
    for row in await store.outbox_after(0, 10):
        await store.keep_deliveries([(row, Delivery(DeliveryResult.SENT, Place("1", str(row.id))))])
    young = Retention(
        conversation_days=400, ticket_days=400, record_days=400, audit_days=400, update_days=400
    )
    await store.retain(young, OPEN + timedelta(days=399))
    assert WORDS.encode() in path.read_bytes()
    await store.retain(Retention(), OPEN + timedelta(days=400))
    backup(path, tmp_path / "copy.db")
    for file in [*tmp_path.glob("desk.db*"), tmp_path / "copy.db"]:
        assert WORDS.encode() not in file.read_bytes(), file
        assert b"tg:41" not in file.read_bytes(), file
    assert [t.id for t in await store.tickets()] == [1]


async def test_an_open_ticket_keeps_its_conversation_however_old(store: SqliteStore) -> None:
    talk, ticket = (
        Conversation("tg:1", OPEN, question="問"),
        replace(TICKET, resident="tg:1", status=Status.OPEN),
    )
    await store.decide(
        Asked(id="e:1", resident="tg:1", text="x"),
        OPEN,
        lambda _, __: Outcome(conversation=talk, tickets=(ticket,)),
    )
    await store.retain(Retention(), OPEN + timedelta(days=4000))
    seen: list[Snapshot] = []

    def look(_: Event, snapshot: Snapshot) -> Outcome:
        seen.append(snapshot)
        return Outcome()

    await store.decide(Asked(id="e:2", resident="tg:1", text="x"), OPEN, look)
    assert seen[0].conversation == talk
    assert seen[0].active == ticket


def doctor(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    base = inherited() | {"XDG_CACHE_HOME": str(home / "cache"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", "doctor"],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        env=base | environment,
    )


def test_the_doctor_names_every_part_and_mends_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(json.dumps({"faq": {"encoder": "off"}}), encoding="utf-8")
    done = doctor(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for part in (
        "OK    Python",
        "SQLite: 3.",
        "OK    FAQ",
        f"OK    cache: {tmp_path / 'cache' / 'madoguchi'}",
        "OK    database",
        "OK    disk",
        "WARN  token: not set",
    ):
        assert part in done.stdout
    assert "_sqlite3" in done.stdout
    (tmp_path / "madoguchi.db").write_bytes(b"rubbish" * 1000)
    done = doctor(tmp_path, MADOGUCHI_TELEGRAM_TOKEN="1:nobody")
    assert done.returncode == 1
    assert "FAULT database" in done.stdout
    assert "madoguchi restore" in done.stdout
    assert ("WARN  SQLite" in done.stdout) is has_wal_reset_fault(sqlite3.sqlite_version_info)


def test_a_cache_folder_that_cannot_be_written_is_a_warning_and_stops_nothing(home: Path) -> None:
    (home / "cache").write_text("a file, where a folder is wanted")
    done = doctor(home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"WARN  cache: {home / 'cache' / 'madoguchi'} cannot be written" in done.stdout
    assert "OK    FAQ" in done.stdout


@pytest.mark.checkout
async def test_the_doctor_sees_token_rights_topics_and_clock_at_telegrams_side() -> None:
    pytest.importorskip(
        "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
    )
    from tests.tgsim.server import TOKEN, Simulator

    sim = Simulator()
    url = await sim.start()
    try:
        desk = sim.world.group(-5, "窓口", is_forum=True)
        sim.world.group(-6, "ほか")
        groups = [
            ("desk group", "telegram.desk_chat", -5),
            ("admins' chat", "telegram.admin_chat", None),
            ("ward's group", "telegram.ward_chat", -7),
        ]
        found = {f.what: f for f in await diagnostics.check(TOKEN, url, groups, "", OPEN)}
        assert found["token"].is_ok
        assert "with topics" in found["desk group"].seen
        assert found["admins' chat"].is_warning
        assert not found["ward's group"].is_ok
        assert "timedatectl" in found["clock"].remedy
        desk.members[sim.world.bot.id] = "member"
        found = {f.what: f for f in await diagnostics.check(TOKEN, url, groups[:1], "", OPEN)}
        assert "administrator" in found["desk group"].remedy
        wrong = await diagnostics.check("1:wrong", url, groups, "", OPEN)
        assert "@BotFather" in wrong[0].remedy
    finally:
        await sim.stop()
