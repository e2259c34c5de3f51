"""Messages that do not reach a resident: reported truthfully to both sides, and kept where they may still arrive."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import Rig, rig
from tests.tgsim.driver import Person, said, until
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout

SETTINGS: dict[str, Any] = {
    "telegram": {"limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}},
    "roles": {"staff": {8: "花子"}, "leads": {10: "課長"}},
    "rules": {"messages_per_minute": 0},
}
VOICE: dict[str, Any] = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS, started=False, speed=4.0) as made:
        made.sim.limits.enforced = False
        await made.bot.start()
        yield made
        assert not made.violations()


async def claimed(it: Rig, number: int = 41) -> tuple[Person, dict[str, Any]]:
    """A resident with a claimed ticket, and its card."""
    who = it.resident(number)
    who.write("白鳥ボート いくら")
    await who.hears("確認できません")
    who.write("職員と話したい")
    await who.hears("受付番号")
    await said(it.sim, DESK, "受付番号", "未担当")
    card = next(m for m in reversed(it.sim.world.said_by_bot[DESK]) if "未担当" in str(m.get("text")))
    it.staff.press("担当する", it.desk, card)
    await who.hears("ここからは人が答えます")
    return who, card


def at_card(card: dict[str, Any]) -> dict[str, Any]:
    answered = {key: value for key, value in card.items() if key != "reply_to_message"}
    return {"reply_to_message": answered, "thread": card["message_thread_id"]}


async def test_what_is_surely_refused_is_said_as_such_to_staff_and_to_the_resident(it: Rig) -> None:
    who, card = await claimed(it)
    who.user.takes_no_voice = True
    it.staff.send(VOICE, it.desk, **at_card(card))
    told = await said(it.sim, DESK, "住民に届いていません", "音声を受け取れません", "文字で書いて")
    assert "届いたか分かりません" not in told
    assert "VOICE" not in told.upper()
    await who.hears("Telegramの設定では受け取れません", "書いていただく")
    # The resident's side: a message that can no longer be copied.
    before = len(it.sim.world.said_by_bot[DESK])
    who.send({"voice": VOICE["voice"], "has_protected_content": True})
    shown = await said(it.sim, DESK, "写しを", "写しを作れない設定", after=before)
    assert "住民には、文字で書くよう伝えました" in shown
    await who.hears("受付番号 1: 送っていただいたものは、職員に渡せませんでした")


async def test_a_resident_who_blocked_the_bot_is_marked_and_gets_what_was_kept_when_they_are_back(
    it: Rig,
) -> None:
    who, card = await claimed(it)
    who.block()
    await said(it.sim, DESK, "受付番号 1: 住民に届きません", "相手がこのボットを止めています")
    await until(it.sim, lambda: "⚠ 住民に届きません" in card["text"])
    it.staff.write("/queue", it.desk)
    await said(it.sim, DESK, "受付 1件", "⚠ 住民に届きません")
    count = len(who.texts)
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.reply("9時からです", card, it.desk)
    await said(it.sim, DESK, "いまは住民に届きません。預かって", after=before)
    await until(it.sim, lambda: "👎" in str(it.sim.world.reactions[-1:]))
    it.staff.press("対応完了", it.desk, card)
    await until(it.sim, lambda: any("聞けません" in text for _, text in it.sim.world.answered_presses))
    await until(it.sim, lambda: "住民の確認待ち" in card["text"])
    assert who.texts[count:] == []
    # Also after a restart; a resident who writes is reachable again, whether or not Telegram reported it.
    await it.bot.stop()
    await it.bot.start()
    who.user.has_blocked = False
    who.write("すみません、見ていませんでした")
    await who.hears("職員から(受付番号 1)", "9時からです", after=count)
    await who.hears("解決しましたか", after=count)
    await said(it.sim, DESK, "受付番号 1: 住民が戻りました")
    await until(it.sim, lambda: "⚠ 住民に届きません" not in card["text"])
    assert sum("9時からです" in text for text in who.texts) == 1


async def test_who_lets_the_bot_write_again_without_a_word_gets_what_was_kept(it: Rig) -> None:
    who, card = await claimed(it)
    who.block(is_told=False)
    it.staff.reply("10時からです", card, it.desk)
    await said(it.sim, DESK, "受付番号 1: 住民に届きません")
    who.unblock()
    await who.hears("10時からです")
    await said(it.sim, DESK, "受付番号 1: 住民が戻りました")
