"""A pause, a banner, and putting a resident off: the real process, its command line, and the simulated Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import Rig, rig
from tests.scenarios.test_not_delivered import claimed
from tests.tgsim.driver import person, said, until
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout

SETTINGS: dict[str, Any] = {
    "telegram": {"limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}},
    "roles": {"staff": {8: "花子"}, "leads": {10: "課長"}},
    "rules": {"messages_per_minute": 0},
}


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS, started=False) as made:
        made.sim.limits.enforced = False
        await made.bot.start()
        yield made
        assert not made.violations()


async def test_an_operator_pauses_the_answers_and_nothing_else(it: Rig) -> None:
    code, told = await it.bot.verb("pause", "--until", "2時間")
    assert (code, "done" in told) == (0, True), told
    await said(it.sim, DESK, "案内を休みにしました", "6言語")
    who = it.resident(41)
    who.write("白鳥ボート いくら")
    notice = await who.hears("いま、ここの案内を休んでいます", "までの予定です")
    assert "確認できません" not in notice
    who.press("職員に聞く")
    opened = await who.hears("受付番号 1 で職員に引き継ぎました", "白鳥ボート いくら")
    assert "案内を休んでいます" in opened
    await said(it.sim, DESK, "受付番号 1", "未担当", "白鳥ボート いくら")
    other = it.resident(42, "en")
    other.write("there is a fire")
    danger = await other.hears("Call 119")
    assert "paused" not in danger
    other.write("how much is a swan boat")
    await other.hears("The answers here are paused", "This is planned until")
    it.staff.write("/queue", it.desk)
    assert (await said(it.sim, DESK, "⏸ 案内は休みです", "受付 1件")).startswith("⏸")
    # Survives a restart; only a lead can end it; both are in the audit.
    await it.bot.stop()
    await it.bot.start()
    who.write("/menu")
    await who.hears("案内を休んでいます", after=2)
    it.staff.write("/resume", it.desk)
    await said(it.sim, DESK, "責任者")
    lead = person(it.sim, 10, "課長")
    lead.write("/resume", it.desk)
    await said(it.sim, DESK, "課長 が案内を再開しました")
    who = it.resident(43)
    who.write("白鳥ボート いくら")
    assert "休んで" not in await who.hears("確認できません")
    lead.write("/audit", it.desk)
    audit = await said(it.sim, DESK, "最近の操作")
    assert "Paused" in audit
    assert "課長 Resumed" in audit
    assert "花子 Resumed refused" in audit


async def test_a_banner_stands_above_answers_and_a_lead_pauses_with_own_words(it: Rig) -> None:
    lead = person(it.sim, 10, "課長")
    lead.write("/notice 12月1日は池を休みます", it.desk)
    await said(it.sim, DESK, "知らせを出しました", "12月1日は池を休みます")
    who = it.resident(41)
    who.write("白鳥ボート いくら")
    assert (await who.hears("確認できません")).startswith("12月1日は池を休みます")
    who.write("火事です")
    assert "12月1日" not in await who.hears("119")
    code, told = await it.bot.verb("doctor")
    assert "12月1日は池を休みます" in told
    assert "notice --off" in told
    assert code in (0, 1)
    lead.write("/pause 点検中です。あすの朝に再開します", it.desk)
    await said(it.sim, DESK, "案内を休みにしました", "点検中です")
    shown = len(who.texts)
    who.write("白鳥ボート 登録")
    assert "点検中です" not in await who.hears("119", after=shown), "the danger lasts, paused or not"
    other = it.resident(44)
    other.write("白鳥ボート 登録")
    assert "池の窓口" not in await other.hears("点検中です。あすの朝に再開します")
    lead.write("/resume", it.desk)
    await said(it.sim, DESK, "再開しました")
    code, told = await it.bot.verb("notice", "--off")
    assert code == 0
    await said(it.sim, DESK, "知らせをやめました")
    before = len(other.texts)
    other.write("白鳥ボート いくら")
    assert "12月1日" not in await other.hears("確認できません", after=before)


async def test_a_lead_puts_a_resident_off_for_a_time_and_danger_is_heard_all_the_same(it: Rig) -> None:
    who, card = await claimed(it)
    it.staff.write("/block 1 2時間 同じ文を百回", it.desk)
    await said(it.sim, DESK, "責任者")
    lead = person(it.sim, 10, "課長")
    lead.write("/block 1", it.desk)
    await said(it.sim, DESK, "/block 1 2時間 理由")
    lead.write("/block 1 2時間 同じ文を百回", it.desk)
    await said(it.sim, DESK, "受付を止めます", "同じ文を百回")
    await who.hears("受付を止めています", "119")
    await until(it.sim, lambda: "🚫" in card["text"])
    count, shown = len(who.texts), len(it.sim.world.said_by_bot[DESK])
    for number in range(3):
        who.write(f"まだ書きます {number}")
    who.write("火事です")
    await who.hears("119に電話", after=count)
    other = it.resident(42)
    other.write("白鳥ボート いくら")
    await other.hears("確認できません")
    texts = [str(m.get("text")) for m in it.sim.world.said_by_bot[DESK][shown:]]
    assert not any("まだ書きます" in text for text in texts)
    assert sum("受付を止めています" in text for text in who.texts[count:]) == 0, "told a moment ago"
    who.write("/mydata")
    assert "まだ書きます" not in await who.hears("あなたについて保存しているもの", after=count)
    lead.write("/unblock 1", it.desk)
    await who.hears("受付を、また始めました")
    await until(it.sim, lambda: "🚫" not in card["text"])
    who.write("ありがとう、続きです")
    await said(it.sim, DESK, "続きです")
