"""Messages sent in parts are read as one by the real process; a closed desk gives its reason."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from bot.clock import SystemClock
from tests.drill.rig import Rig, rig
from tests.small_faq import TOKYO
from tests.tgsim.driver import Person, until

pytestmark = pytest.mark.checkout

UNLIMITED = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}
LETTER = "池のしおりを読みましたが、分かりませんでした。" * 200


def rows(it: Rig, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{it.bot.database}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


async def ticket(it: Rig, who: Person) -> str:
    """Open a ticket; returns its words as the desk's record has them."""
    before = len(who.received)
    who.press("職員に聞く") if before else who.write("/person")
    await who.hears("受付番号", after=before)
    number = rows(it, "select max(id) from ticket")[0][0]
    told = rows(it, f"select question from ticket where id = {number}")
    told += rows(it, f"select text from message where ticket = {number} order by id")
    return "\n".join(text for (text,) in told)


async def test_letters_and_short_messages_are_one_question_each_and_the_ticket_holds_all() -> None:
    async with rig(settings={"telegram": {"limits": UNLIMITED}}) as it:
        it.sim.limits.enforced = False

        brief = it.resident(41)
        for text in ("白鳥ボートのことで", "いくらですか", "こどもが2人います"):
            brief.write(text)
        await brief.hears("確認できません")
        await asyncio.sleep(0.5)
        assert len(brief.received) == 1
        words = await ticket(it, brief)
        assert "白鳥ボートのことで\nいくらですか\nこどもが2人います" in words

        writer, end = it.resident(42), "白鳥ボートはいくらですか"
        writer.write(LETTER[:4096])
        await asyncio.sleep(0.7)
        writer.write(LETTER[4096:] + end)
        await until(it.sim, lambda: writer.received, 15)
        await asyncio.sleep(0.5)
        assert len(writer.received) == 1
        assert LETTER + end in await ticket(it, writer)

        changed = it.resident(43)
        changed.write(LETTER[:4096])
        wrong = changed.write("金曜日の予定です")
        await asyncio.sleep(0.2)
        message = max(changed.chat.messages)
        changed.edit(message, "土曜日の予定です")
        await until(it.sim, lambda: changed.received, 15)
        words = await ticket(it, changed)
        assert LETTER[:4096] + "土曜日の予定です" in words
        assert "金曜日" not in words
        assert rows(it, f"select state from inbox where number = {wrong}") == [("done",)]

        parted = it.resident(44)
        parted.write("マイナンバーは 1234 5678")
        parted.write("9018 です")
        await until(it.sim, lambda: parted.received, 15)
        assert "9018" not in await ticket(it, parted)
        assert not it.violations()


async def test_what_waited_for_its_next_piece_outlives_a_kill_and_is_answered_once() -> None:
    async with rig(settings={"telegram": {"limits": UNLIMITED}}) as it:
        it.sim.limits.enforced = False
        writer = it.resident(41)
        first = writer.write(LETTER[:4096])
        async with asyncio.timeout(10):
            while not rows(it, f"select 1 from inbox where number = {first}"):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        await it.bot.kill()
        assert writer.received == []
        writer.write("白鳥ボートはいくらですか")
        await it.bot.start()
        await until(it.sim, lambda: writer.received, 15)
        await asyncio.sleep(0.5)
        assert len(writer.received) == 1
        assert LETTER[:4096] + "白鳥ボートはいくらですか" in await ticket(it, writer)
        assert rows(it, "select count(*) from inbox where state <> 'done'") == [(0,)]
        assert not it.violations()


async def test_a_planned_closure_is_skipped_and_its_reason_is_read() -> None:
    today = SystemClock(TOKYO).now().date()
    last = today + timedelta(days=40)
    why = {"ja": "設備の点検のため、お休みします。", "en": "The desk is closed for maintenance."}
    settings = {
        "telegram": {"limits": UNLIMITED},
        "desk": {
            "hours": ["0:00-24:00"],
            "closures": [{"from": str(today), "until": str(last), "why": why}],
        },
    }
    async with rig(settings=settings) as it:
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません")
        who.write("職員と話したい")
        told = await who.hears("受付番号")
        opens = last + timedelta(days=1)
        assert f"次の受付は{opens.month}月{opens.day}日" in told
        assert "設備の点検のため、お休みします。" in told
        english = it.resident(42, "en")
        english.write("is there a swan for two")
        await until(it.sim, lambda: english.received)
        english.write("let me talk to a person")
        assert why["en"] in await english.hears("opens next on")
        assert not it.violations()
