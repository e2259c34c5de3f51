"""Two desks and two residents on Telegram: the ward's words stay the ward's, every reply reaches its own resident,
and everybody is told the truth.
"""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.at_the_desk import WARD, answered, case, desk, shown
from tests.drill.rig import Rig
from tests.tgsim.driver import said, until
from tests.tgsim.process import ADMINS, DESK

pytestmark = pytest.mark.checkout

NOTE, TAG = "受付の対応への苦情。施設には言わないこと", "暴言"
REPLY = "受付の山田の暴言の件、施設に注意しました"
FORWARD = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "友だち"}}


async def test_the_wards_words_stay_there_and_replies_reach_their_own_resident() -> None:
    async with desk() as it:
        one, card_one = await case(it, 41)
        two, card_two = await case(it, 42)
        await _by_number(it, one, two, card_one)
        await _contradicting(it, two, card_two)
        await _told_truly(it, one)
        await _to_the_ward_and_back(it, one)


async def _by_number(it: Rig, one: Any, two: Any, card_one: dict[str, Any]) -> None:
    """In the room of ticket 1 a reply to ticket 2 leads to a question; its button sends it to the right person."""
    heard = len(one.texts)
    room = {"thread": card_one["message_thread_id"]}
    await answered(it, "/r 2 田中様の登録は3月までです", "どちらの住民に送りますか", **room)
    asked = shown(it, "どちらの住民に送りますか")
    it.staff.press("受付番号 2 へ「田中様の登録は3月までです」", it.desk, asked)
    await two.hears("職員から(受付番号 2)", "田中様の登録は3月までです")
    assert len(one.texts) == heard


async def _contradicting(it: Rig, two: Any, card: dict[str, Any]) -> None:
    """Two clerks at once: the second reply waits for a button."""
    it.staff.reply("月曜の9時に来てください", card, it.desk)
    await two.hears("月曜の9時に来てください")
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.reply("火曜の10時に来てください", card, it.desk)
    await said(it.sim, DESK, "まだ送っていません", "月曜の9時", after=before)
    assert not any("火曜" in text for text in two.texts)
    it.staff.press("このまま送る", it.desk, shown(it, "まだ送っていません", "月曜の9時"))
    await two.hears("火曜の10時に来てください")


async def _told_truly(it: Rig, one: Any) -> None:
    """In the admins' group a command is answered with where it belongs; a merge with why not; forwarded text is marked."""
    before = len(it.sim.world.said_by_bot[ADMINS])
    it.staff.write("/r 1 こんにちは", it.admins)
    await said(it.sim, ADMINS, "窓口のグループで書いてください", after=before)
    await answered(it, "/merge 1 99", "受付番号 99 は、この窓口には見当たりません")
    before = len(it.sim.world.said_by_bot[DESK])
    one.write("3時に来てと言われた", **FORWARD)
    await said(it.sim, DESK, "▏転送: 3時に来てと言われた", after=before)
    before = len(it.sim.world.said_by_bot[DESK])
    one.write("火事です")
    await said(it.sim, DESK, "受付番号 1", "「", "119", after=before)
    assert "110" not in shown(it, "命に関わるかもしれない")["text"]
    it.staff.write("/release 1", it.desk)
    await until(it.sim, lambda: "未担当" in shown(it, "受付番号 1 · ")["text"])
    heard = len(one.texts)
    one.write("👍")
    await until(it.sim, lambda: len(one.texts) > heard)
    assert one.texts[-1] == "✓ 受付番号 1 に書き添えました。"


async def _to_the_ward_and_back(it: Rig, one: Any) -> None:
    ward = it.sim.world.chats[WARD]
    await answered(it, "/transfer 1 町", "町の窓口へ移しました")
    await said(it.sim, WARD, "受付番号 1 · ")
    await answered(it, f"/note 1 {NOTE}", "メモしました", chat=WARD)
    await answered(it, f"/tag 1 {TAG}", f"#{TAG}", chat=WARD)
    it.staff.write(f"/r 1 {REPLY}", ward)
    await one.hears(REPLY)
    before = len(it.sim.world.said_by_bot[WARD])
    one.write("受付の人に怒鳴られました")
    await said(it.sim, WARD, "怒鳴られました", after=before)
    await answered(it, "/transfer 1 施設", "見えないもの", "苦情ではない", chat=WARD)
    since = len(it.sim.world.said_by_bot[DESK])
    await answered(it, "/transfer 1 施設 苦情ではない", "町で書いたメモ・返信・タグ", chat=WARD)
    await said(it.sim, DESK, "受付番号 1 · ", "未担当", after=since)
    await answered(it, "/ticket 1", "受付番号 1 · ")
    await answered(it, "/history 1", "受付番号 1")
    await answered(it, f"/find {TAG}", "見つかりませんでした")
    await answered(it, "/queue", "受付 ")
    await answered(it, "/audit", "最近の操作")
    seen = "\n".join(str(m.get("text", "")) for m in it.sim.world.said_by_bot[DESK][since:])
    seen = seen.replace(f"「{TAG}」に合う", "")
    for secret in (NOTE, TAG, REPLY, "山田", "怒鳴"):
        assert secret not in seen, secret
    await answered(it, "/ticket 1", NOTE, f"#{TAG}", REPLY, chat=WARD)
