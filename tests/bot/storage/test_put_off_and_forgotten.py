"""A resident who is put off remains so after /forget: recognised by a pseudonym; with the real store."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.pseudonyms import is_of, pseudonym
from bot.storage.store import SqliteStore
from handlers.model.buttons import AskPerson, ForgetMe
from handlers.model.events import Command, Commanded, PutOffEnded, PutOffFor, SwitchesChecked
from tests.fakes_desk import DeskUnderTest
from tests.small_faq import TOKYO

ID, OTHER = "tg:918273645", "tg:918273646"
STOPPED = "受付を止めています"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskUnderTest]:
    store = await SqliteStore.open(tmp_path / "desk.db", label="a test", zone=TOKYO)
    yield DeskUnderTest(store)
    await store.close()


def kept(tmp_path: Path) -> list[tuple[str, ...]]:
    with contextlib.closing(sqlite3.connect(tmp_path / "desk.db")) as connection:
        return connection.execute("select resident, who, reason, until, told_at from put_off").fetchall()


async def put_off_and_forgotten(desk: DeskUnderTest) -> tuple[str, str]:
    """The answers to asking to be forgotten, and to being forgotten."""
    await desk.says("白鳥 いくら", ID)
    await desk.presses(AskPerson(), ID)
    await desk.dispatcher.dispatch(PutOffFor(id="b", staff="課長", name="課長", ticket=1, text="3時間 Q7氏"))
    await desk.says("もしもし", ID)
    await desk.dispatcher.dispatch(Commanded(id="f", resident=ID, command=Command.FORGET))
    asked = (await desk._last(ID), await desk.presses(ForgetMe(1), ID))
    desk.messenger.sent.clear()
    return asked


async def test_forgetting_oneself_does_not_end_a_block_and_what_is_kept_for_it_is_said(
    desk: DeskUnderTest, tmp_path: Path
) -> None:
    for told in await put_off_and_forgotten(desk):
        assert "止まったままです" in told
        assert "11月24日(火) 13:00" in told
    assert await desk.store.wipe_log()
    everything = b"".join(file.read_bytes() for file in tmp_path.glob("desk.db*"))
    assert ID.encode() not in everything
    assert "Q7氏".encode() not in everything
    ((name, who, reason, until, told_at),) = kept(tmp_path)
    assert is_of(name, ID)
    assert not any((who, reason, told_at))
    assert until.startswith("2026-11-24T04:00")

    assert STOPPED in await desk.says("また書きます", ID)
    assert "119" in await desk.says("火事です", ID)
    assert await desk.says("白鳥 いくら", OTHER) not in ("", None)
    assert not any(STOPPED in text for text in desk.messenger.to(OTHER))
    assert [row[0] for row in kept(tmp_path)] == [name], "being told again writes nobody down"
    desk.messenger.sent.clear()
    assert await desk.says("もう一度", ID) == "", "once an hour"
    desk.clock.advance(hours=3)
    await desk.dispatcher.dispatch(SwitchesChecked(id="tick"))
    assert kept(tmp_path) == []
    assert STOPPED not in await desk.says("白鳥 いくら", ID)


async def test_forgetting_oneself_twice_does_not_end_it_either_and_staff_can_end_it_by_the_number(
    desk: DeskUnderTest, tmp_path: Path
) -> None:
    await put_off_and_forgotten(desk)
    await desk.says("また書きます", ID)
    assert "止まったままです" in await desk.presses(ForgetMe(1), ID)
    assert len(kept(tmp_path)) == 1
    ended = PutOffEnded(id="u", staff="課長", name="課長", ticket=1, room="-1:", place="-1:5")
    await desk.dispatcher.dispatch(ended)
    await desk.courier.drain()
    assert "受付の停止をやめました" in desk.messenger.sent[-1].action.text
    assert await desk.store.outbox_after(0, 9) == [], "and the answer is not taken back"
    assert kept(tmp_path) == []
    assert STOPPED not in await desk.says("白鳥 いくら", ID)


async def test_a_block_that_is_over_is_forgotten_with_all_else(desk: DeskUnderTest, tmp_path: Path) -> None:
    await desk.says("白鳥 いくら", ID)
    await desk.presses(AskPerson(), ID)
    await desk.dispatcher.dispatch(PutOffFor(id="b", staff="課長", name="課長", ticket=1, text="1時間 Q7氏"))
    desk.clock.advance(hours=2)
    assert "止まったまま" not in await desk.presses(ForgetMe(1), ID)
    assert kept(tmp_path) == []


def test_a_pseudonym_is_of_one_person_alone_and_each_time_another() -> None:
    name = pseudonym(ID)
    assert is_of(name, ID)
    assert not is_of(name, OTHER)
    assert ID not in name
    assert name != pseudonym(ID)
