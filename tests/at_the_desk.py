"""Helpers for stories at the desk: the facility's and the ward's forum, a ticket, a line and the answer below it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import Rig, rig
from tests.tgsim.driver import Person, said, until
from tests.tgsim.process import DESK

WARD = -1003000
UNLIMITED = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}
SETTINGS: dict[str, Any] = {
    "telegram": {"limits": UNLIMITED, "ward_chat": WARD},
    "rules": {"messages_per_minute": 0},
}
ROLES = {"staff": {8: "花子", 9: "太郎"}, "leads": {10: "課長"}}


@contextlib.asynccontextmanager
async def desk(**sections: Any) -> AsyncIterator[Rig]:
    """The facility's and the ward's forum; without ``roles`` everybody in a group may work."""
    async with rig(settings=SETTINGS | sections, started=False) as made:
        made.sim.limits.enforced = False
        made.sim.world.group(WARD, "町の窓口", is_forum=True)
        await made.bot.start()
        yield made
        assert not made.violations()


async def case(it: Rig, number: int = 41, *, claimed: bool = True) -> tuple[Person, dict[str, Any]]:
    """A resident with a ticket, and its card."""
    who, before = it.resident(number), len(it.sim.world.said_by_bot[DESK])
    who.write("白鳥ボート いくら")
    await who.hears("確認できません")
    who.write("職員と話したい")
    await who.hears("受付番号")
    await said(it.sim, DESK, "受付番号", "未担当", after=before)
    card = next(m for m in reversed(it.sim.world.said_by_bot[DESK]) if "未担当" in str(m.get("text")))
    if claimed:
        it.staff.press("担当する", it.desk, card)
        await who.hears("ここからは人が答えます")
        await until(it.sim, lambda: "担当中" in card["text"])
    return who, card


async def answered(it: Rig, line: str, *heard: str, chat: int = DESK, **more: Any) -> str:
    """Staff write a line; returns the answer below it."""
    before = len(it.sim.world.said_by_bot[chat])
    it.staff.write(line, it.sim.world.chats[chat], **more)
    return await said(it.sim, chat, *heard, after=before)


async def popped_up(it: Rig, press: int) -> str:
    """The text that popped up at the newest press."""
    await until(it.sim, lambda: len(it.sim.world.answered_presses) >= press)
    return it.sim.world.answered_presses[-1][1]


def crosses(it: Rig) -> list[int]:
    """Staff messages marked as without effect."""
    return [given["message_id"] for given in it.sim.world.reactions if "👎" in str(given["reaction"])]


def rows(it: Rig, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{it.bot.database}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def newest(it: Rig, number: int, *, chat: Any = None) -> int:
    """The newest message of a person."""
    place = chat or it.desk
    return max(n for n, m in place.messages.items() if m["from"]["id"] == number)


def shown(it: Rig, *words: str, chat: int = DESK) -> dict[str, Any]:
    """The newest message of ours with these words."""
    ours = reversed(it.sim.world.said_by_bot[chat])
    return next(m for m in ours if all(word in str(m.get("text")) for word in words))
