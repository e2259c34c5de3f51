"""The real bot with the FAQ as shipped, on Telegram: a new phone, the phone itself, and what is refused."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from bot.config import packaged_faq
from tests.drill.rig import Rig, rig

pytestmark = pytest.mark.checkout

SETTINGS = {
    "faq": {"folder": "faq", "encoder": "on"},
    "telegram": {"limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}},
    "rules": {"messages_per_minute": 0},
}


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS, started=False) as made:
        made.sim.limits.enforced = False
        shutil.rmtree(made.bot.folder / "faq")
        for part in ("entries", "examples"):
            await asyncio.to_thread(shutil.copytree, packaged_faq() / part, made.bot.folder / "faq" / part)
        await made.bot.verb("check")  # leaves the indexes of the phrasings for the start
        await made.bot.start()
        yield made
        assert not made.violations()


async def test_a_resident_hears_what_they_ask_and_not_what_they_name(it: Rig) -> None:
    who = it.resident(1)
    who.write("スマホを替えたら本人確認はもう一度ですか")
    await who.hears("スマホや電話番号が変わったときに本人確認がもう一度いるかは")
    who.write("機種変更の手続きはどこでできますか")
    await who.hears("携帯電話の契約のことは、ここではご案内できません")
    who.write("キャンセルじゃなくて日にちを変えたいんです")
    await who.hears("book-change")
    who.write("団体はいやなので一人で登録したい")
    await who.hears("reg-individual-alone")
