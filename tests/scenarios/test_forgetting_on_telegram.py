"""Forgetting with the real process: killed at any moment, with a reader on the database, and seen from the desk."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import Rig, rig
from tests.tgsim.driver import Person, said, until
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout

UNLIMITED = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}
SETTINGS: dict[str, Any] = {"telegram": {"limits": UNLIMITED}, "rules": {"messages_per_minute": 0}}
NUMBER, WORDS, NAME = 918_273_645, "消えるべきことばQ7", "消える山田さん"
OTHERS_WORDS = "ほかの人のことばZ4"
ERASED = "消しました"


@contextlib.asynccontextmanager
async def desk(*, is_forum: bool) -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS, is_forum=is_forum) as made:
        made.sim.limits.enforced = False
        yield made
        assert not made.violations()


def left(folder: Path) -> list[str]:
    """Which files still contain something of the person: database, write-ahead log, backups, log."""
    marks = {mark: mark.encode() for mark in (str(NUMBER), WORDS, NAME)}
    files = [file for file in folder.glob("*") if file.is_file() and file.name != "bot.db.lock"]
    return [
        f"{mark} in {file.name}"
        for file in files
        for mark, code in marks.items()
        if code in file.read_bytes()
    ]


async def with_ticket(it: Rig) -> Person:
    who = it.resident(NUMBER)
    mark = len(who.texts)
    who.write(f"白鳥ボート {WORDS} いくら")
    await until(it.sim, lambda: len(who.texts) > mark)
    before = len(it.sim.world.said_by_bot[DESK])
    who.write("職員と話したい")
    await who.hears("受付番号", after=mark)
    await said(it.sim, DESK, "未担当", WORDS, after=before)
    return who


async def presses_forget(it: Rig, who: Person) -> int:
    """Id of the resident's newest message before the press."""
    mark = len(who.texts)
    who.write("/forget")
    await who.hears("消しますか", after=mark)
    mark = len(who.texts)
    who.press("消す")
    return mark


async def nothing_is_left(it: Rig, seconds: float = 10.0) -> None:
    end = asyncio.get_running_loop().time() + seconds
    while found := left(it.bot.folder):
        assert asyncio.get_running_loop().time() < end, found
        await asyncio.sleep(0.1)


async def test_after_a_kill_at_any_moment_and_a_start_nothing_is_left() -> None:
    async with desk(is_forum=True) as it:
        for wait in (0.005, 0.03, 0.07):
            who = await with_ticket(it)
            mark = await presses_forget(it, who)
            await asyncio.sleep(wait)
            await it.bot.kill()
            await it.bot.start()
            await who.hears(ERASED, after=mark, seconds=20)
            await nothing_is_left(it)


async def test_lists_searches_and_stories_go_from_the_group_and_a_reader_only_delays_it() -> None:
    async with desk(is_forum=False) as it:
        who = await with_ticket(it)
        it.staff.press("担当する", it.desk)
        await who.hears("ここからは人が答えます")
        for line in (f"/tag 1 {NAME}", f"/note 1 {NAME}の件", "/queue", "/ticket 1", f"/find {WORDS[:4]}", "/history 1",
                     f"/r 1 {NAME}、はい"):  # fmt: skip
            it.staff.write(line, it.desk)
        who.write(f"長い手紙 {WORDS}\n" + "白鳥の話です。\n" * 500)
        await who.hears("はい")
        await until(
            it.sim, lambda: sum(WORDS in str(m.get("text")) for m in it.sim.world.said_by_bot[DESK]) >= 5
        )
        with contextlib.closing(sqlite3.connect(it.bot.database)) as reader:
            reader.execute("begin")
            reader.execute("select count(*) from message").fetchall()
            mark = await presses_forget(it, who)
            await who.hears(ERASED, after=mark)
            bystander = it.resident(42)
            bystander.write(f"白鳥ボート いくら {OTHERS_WORDS}")
            await bystander.hears("確認できません", seconds=3)
            await asyncio.sleep(5.5)
        await nothing_is_left(it)

        def shown() -> list[str]:
            texts = [str(message.get("text", "")) for message in it.desk.messages.values()
                     if message["from"]["is_bot"] or str(message.get("text", "")).startswith("/r ")]  # fmt: skip
            return [text for text in texts if WORDS in text or NAME in text or "白鳥の話" in text]

        await until(it.sim, lambda: not shown())
        copy = it.bot.folder / "copy.db"
        code, told = await it.bot.verb("backup", str(copy))
        assert code == 0, told
        assert OTHERS_WORDS.encode() in copy.read_bytes(), "the copy holds what others wrote"
        assert left(it.bot.folder) == []


async def test_a_goodbye_that_is_refused_or_blocked_leaves_nothing_and_what_stays_in_the_group_is_told() -> (
    None
):
    async with desk(is_forum=False) as it:
        who = await with_ticket(it)
        it.desk.is_kept = True
        mark = await presses_forget(it, who)
        await who.hears(ERASED, after=mark)
        await who.hears("消せませんでした", "職員に、手で消すよう", after=mark)
        await said(it.sim, DESK, "手で消してください")
        await nothing_is_left(it)
        who = await with_ticket(it)
        who.write("/forget")
        await who.hears("消しますか", after=mark)
        button = who.find_button("消す", who.chat)
        who.block()
        who.press_data("z:1", button)
        await asyncio.sleep(1)
        await nothing_is_left(it)
