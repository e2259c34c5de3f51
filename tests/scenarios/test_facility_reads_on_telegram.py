"""No ward's desk, with the shipped FAQ: a resident who complains is told who reads it first, and decides by a button."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from bot.settings.settings import packaged_faq
from bot.settings.starter import copy_faq
from tests.at_the_desk import UNLIMITED
from tests.drill.rig import Rig, rig
from tests.tgsim.driver import said
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout
SETTINGS = {"telegram": {"limits": UNLIMITED}, "rules": {"messages_per_minute": 0}, "faq": {"encoder": "on"}}
RUDE, RUDER = "窓口の人に怒鳴られました。とても怖かったです", "受付の人にどなられました。態度がひどいです"
PHONE = "03-3578-2050"
VOICE = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS, started=False) as made:
        made.sim.limits.enforced = False
        shutil.rmtree(made.bot.folder / "faq")
        copy_faq(packaged_faq(), made.bot.folder / "faq")
        await made.bot.verb("check")  # makes the cache of indexes, which speeds up the start
        await made.bot.start()
        yield made
        assert not made.violations()


def _shown(it: Rig) -> str:
    return "\n".join(str(m.get("text", "")) for m in it.sim.world.said_by_bot[DESK])


async def test_a_complaint_is_read_where_the_facility_may_read_it_only_after_the_tap(it: Rig) -> None:
    who = it.resident(41)
    who.write(RUDE)
    await who.hears("区民の声")
    count = len(who.texts)
    who.press("職員に聞く")
    asked = await who.hears("施設の職員が読むこともあります", after=count)
    assert PHONE in asked
    assert RUDE not in _shown(it)
    count = len(who.texts)
    who.press("送らない")
    told = await who.hears("だれにも見せていません", after=count)
    assert PHONE in told
    count = len(who.texts)
    who.write("部屋を予約したい")
    await who.hears("回答番号", after=count)
    who.write("職員と話したい")
    await who.hears("職員に引き継ぎました", after=count)
    await said(it.sim, DESK, "未担当")
    card = next(m for m in reversed(it.sim.world.said_by_bot[DESK]) if "未担当" in str(m.get("text")))
    it.staff.press("担当する", it.desk, card)
    await who.hears("ここからは人が答えます")

    count = len(who.texts)
    who.write(RUDER)
    await who.hears("施設の職員が読むこともあります", after=count)
    who.send(VOICE)
    await who.hears("まだだれにも渡していません", after=count)
    assert RUDER not in _shown(it)
    count = len(who.texts)
    who.press("送る")
    await who.hears("書き添えました", after=count)
    await said(it.sim, DESK, RUDER)
    count = len(who.texts)
    who.write(RUDE)
    await who.hears("書き添えました", after=count)
    await said(it.sim, DESK, RUDE)
    assert (_shown(it).count(RUDE), _shown(it).count(RUDER)) == (1, 1)
    assert sum("voice" in m for m in it.sim.world.said_by_bot[DESK]) == 1
