"""Tickets that went to the other desk, were merged or got a new topic, and replies that contradict each other."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.at_the_desk import WARD, answered, case, desk, popped_up, rows, shown
from tests.drill.rig import Rig
from tests.tgsim.driver import said, until
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout

SECRET = "とても個人的な事情です"


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with desk() as made:
        yield made


async def test_what_has_gone_to_the_other_desk_leaves_no_words_and_no_buttons_behind(it: Rig) -> None:
    who, card = await case(it)
    thread = card["message_thread_id"]
    who.write(SECRET)
    await said(it.sim, DESK, SECRET)
    who.photo(SECRET)
    await until(it.sim, lambda: any("photo" in m for m in it.sim.world.said_by_bot[DESK]))
    old = {**card}
    it.staff.write("/transfer 1 町", it.desk)
    ward = it.sim.world.chats[WARD]
    await said(it.sim, WARD, "白鳥ボート いくら", "施設の職員には見えません")
    await until(it.sim, lambda: thread in it.desk.closed_topics)
    left = [m for m in it.desk.messages.values() if m["from"]["id"] == it.sim.world.bot.id]
    assert not [m for m in left if "白鳥" in str(m) or SECRET in str(m) or "photo" in m]
    assert not [m for m in left if "reply_markup" in m]
    assert it.desk.messages[card["message_id"]]["text"] == "受付番号 1 は、町の窓口に移りました。"

    gone = "町の窓口に移りました。ここでの発言や操作は"
    count, notes = len(who.texts), rows(it, "select count(*) from message")
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.reply("古い受付票への返信", card, it.desk)
    await said(it.sim, DESK, gone, after=before)
    for line, where in (
        ("/r 1 こっそり", {}),
        ("/ticket 1", {}),
        ("/done", {"thread": thread}),
        ("相談です", {"thread": thread}),
    ):
        told = await answered(it, line, gone, **where)
        assert SECRET not in told
    it.staff.press("担当する" if "担当する" in str(old) else "手放す", it.desk, old)
    assert "移りました" in await popped_up(it, 2)
    assert rows(it, "select count(*) from message") == notes
    assert who.texts[count:] == []

    new = shown(it, "施設の職員には見えません", chat=WARD)
    it.staff.reply("区からの返事です", new, ward)
    await who.hears("区からの返事です")
    it.staff.write("/transfer 1 施設", ward)
    await said(it.sim, DESK, "受付番号 1", "未担当", after=len(it.sim.world.said_by_bot[DESK]) - 1)
    await until(it.sim, lambda: new["message_thread_id"] in ward.closed_topics)
    before = len(it.sim.world.said_by_bot[WARD])
    it.staff.reply("区の古い受付票", new, ward)
    await said(it.sim, WARD, "施設の窓口に移りました", after=before)
    assert not [
        m for m in ward.messages.values() if m["from"]["id"] == it.sim.world.bot.id and "白鳥" in str(m)
    ]


async def test_without_the_right_to_delete_the_desk_is_told_what_is_left() -> None:
    async with desk() as it:
        who, _ = await case(it)
        who.write(SECRET)
        await said(it.sim, DESK, SECRET)
        it.desk.is_kept = True
        it.staff.write("/transfer 1 町", it.desk)
        await said(
            it.sim, DESK, "町の窓口に移りました", "グループの管理者が消してください", "メッセージの削除"
        )


async def test_a_ticket_that_was_joined_to_another_goes_on_there_for_everybody(it: Rig) -> None:
    who, card = await case(it)
    it.staff.reply("はい", card, it.desk)
    await who.hears("はい")
    it.staff.write("/done 1", it.desk)
    await until(it.sim, lambda: "まだ" in str(who.received[-1].get("reply_markup")))
    asks = who.received[-1]
    who.press("解決した")
    await said(it.sim, DESK, "受付番号 1", "終了")
    who.write("白鳥に乗りたいんだけど手続きある")
    await who.hears("池の窓口")
    who.write("職員と話したい")
    await said(it.sim, DESK, "受付番号 2", "未担当")
    second = shown(it, "受付番号 2", "未担当")
    await answered(it, "/merge 1 2", "1 を 2 にまとめました")
    await who.hears("受付番号 1 は、2 にまとめました")
    await until(it.sim, lambda: "reply_markup" not in it.desk.messages[card["message_id"]])
    assert it.desk.messages[card["message_id"]]["text"].startswith("受付番号 1 は、2 にまとめました")
    assert rows(it, "select status, merged_into from ticket where id = 1") == [("closed", 2)]

    before = len(it.sim.world.said_by_bot[DESK])
    who.press("まだ", message=asks)
    told = await said(it.sim, DESK, "受付番号 2", "まとめる前の番号 1 の「まだ」", after=before)
    assert shown(it, told)["message_thread_id"] == second["message_thread_id"]
    await who.hears("受付番号 2", after=len(who.texts) - 1)
    assert "→ 受付番号 2 にまとめました" in await answered(it, "/ticket 1", "受付番号 1")
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.reply("古い受付票へ", card, it.desk)
    await said(it.sim, DESK, "2 にまとめました。ここでの発言や操作は", after=before)
    await answered(it, "/done 1", "2 にまとめました。ここでの発言や操作は")

    await answered(it, "/claim 2", "花子 が担当しました")
    await answered(it, "/done 2", "対応完了")
    who.press("まだ", message=asks)
    await said(it.sim, DESK, "受付番号 2: 住民が「まだ」と答えました")
    assert rows(it, "select status from ticket where id = 2") == [("open",)]


async def test_where_the_topic_was_lost_the_old_card_shows_that_it_is_the_old_one(it: Rig) -> None:
    who, card = await case(it)
    thread = card["message_thread_id"]
    it.desk.topics.pop(thread)
    who.write("まだいますか")
    await said(it.sim, DESK, "受付番号 1", "担当中", after=len(it.sim.world.said_by_bot[DESK]))
    await until(it.sim, lambda: "新しい部屋に出し直しました" in it.desk.messages[card["message_id"]]["text"])
    assert "reply_markup" not in it.desk.messages[card["message_id"]]
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.reply("古い受付票へ", card | {"message_thread_id": None}, it.desk)
    await said(it.sim, DESK, "メモにしました", after=before)


async def test_two_opposite_replies_in_one_ticket_are_held_and_a_correction_that_says_so_is_not(
    it: Rig,
) -> None:
    who, card = await case(it)
    it.staff.reply("登録料は無料です", card, it.desk)
    await who.hears("登録料は無料です")
    count = len(who.texts)
    it.staff.reply("500円です", card, it.desk)
    held = await said(it.sim, DESK, "まだ送っていません", "500円です")
    assert "前に送った「登録料は無料です」と食い違います" in held
    labels = [
        b["text"] for row in shown(it, "まだ送っていません")["reply_markup"]["inline_keyboard"] for b in row
    ]
    assert labels == ["このまま送る", "修正", "FAQが誤り", "例外として送る"]
    assert who.texts[count:] == []
    it.staff.reply("訂正です。500円です", card, it.desk)
    await who.hears("訂正です。500円です")


async def test_a_resident_cannot_write_a_line_that_looks_like_one_of_staff(it: Rig) -> None:
    who, _ = await case(it)
    trick = "はい\n── 職員 花子\n無料で\u202eよいです\u200b\u2028受付番号 1 · 終了"
    who.write(trick)
    added = await said(it.sim, DESK, "追記", "花子")
    who.photo(trick)
    head = await said(it.sim, DESK, "次がその写しです")
    await until(it.sim, lambda: any("photo" in m for m in it.sim.world.said_by_bot[DESK]))
    copy = next(m for m in it.sim.world.said_by_bot[DESK] if "photo" in m)
    assert "caption" not in copy
    told = await answered(it, "/ticket 1", "── 住民")
    for text in (added, head, told):
        lines = text.splitlines()
        assert "▏── 職員 花子" in lines
        assert "▏受付番号 1 · 終了" in lines
        assert not [line for line in lines if line.startswith(("── 職員 花子", "受付番号 1 · 終了"))]
        assert "\u202e" not in text
        assert "\u200b" not in text
    assert (trick,) in rows(it, "select text from message where author = 'resident'")
