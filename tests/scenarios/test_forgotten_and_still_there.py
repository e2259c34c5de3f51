"""What forgetting does not end, with the real process: being put off, and messages written afterwards."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import rig
from tests.scenarios.test_not_delivered import claimed
from tests.tgsim.driver import Person, person, said
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout

SETTINGS: dict[str, Any] = {
    "telegram": {"limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}},
    "roles": {"staff": {8: "花子"}, "leads": {10: "課長"}},
    "rules": {"messages_per_minute": 0},
}


async def asks_to_be_forgotten(who: Person) -> int:
    """Number of the resident's newest message before the press."""
    mark = len(who.texts)
    who.write("/forget")
    await who.hears("消しますか", after=mark)
    return len(who.texts)


async def test_a_message_sent_after_the_press_is_a_new_one_and_a_block_outlives_being_forgotten() -> None:
    async with rig(settings=SETTINGS) as it:
        it.sim.limits.enforced = False
        early = it.resident(43)
        early.write("白鳥ボート 登録")
        await early.hears("池の窓口")
        mark = await asks_to_be_forgotten(early)
        # Both are stored before the first of them is handled.
        await it.bot.stop()
        early.press("消す")
        early.write("白鳥ボート いくら")
        await it.bot.start()
        await early.hears("消しました", after=mark)
        await early.hears("確認できません", after=mark)
        early.write("/mydata")
        mine = await early.hears("あなたについて保存しているもの", after=mark)
        assert "いくら" in mine
        assert "登録" not in mine

        who, _ = await claimed(it)
        number = who.chat.id
        lead = person(it.sim, 10, "課長")
        lead.write("/block 1 2時間 同じ文を百回", it.desk)
        await who.hears("受付を止めています")
        mark = await asks_to_be_forgotten(who)
        who.press("消す")
        goodbye = await who.hears("消しました", after=mark)
        assert "止まったままです" in goodbye
        await it.bot.stop()
        await it.bot.start()
        mark, shown = len(who.texts), len(it.sim.world.said_by_bot[DESK])
        who.write("白鳥ボート いくら")
        await who.hears("受付を止めています", after=mark)
        who.write("火事です")
        await who.hears("119に電話", after=mark)
        assert not any("確認できません" in text for text in who.texts[mark:])
        lead.write("/unblock 1", it.desk)
        await said(it.sim, DESK, "受付の停止をやめました", "伝えられません", after=shown)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません", after=mark)
        assert str(number) not in str([m.get("text") for m in it.sim.world.said_by_bot[DESK]])
        assert not it.violations()
