"""Everything that staff write or press at their desk gets a visible sign: the real process, seen from both sides."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.at_the_desk import ROLES, answered, case, crosses, desk, newest, popped_up, rows, shown
from tests.drill.rig import Rig
from tests.tgsim.driver import answering, as_channel, as_group, person, said, until
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with desk() as made:
        yield made


async def test_staff_who_show_no_name_are_heard_and_speak_as_staff(it: Rig) -> None:
    who, card = await case(it)
    thread = card["message_thread_id"]
    it.staff.reply("グループとして答えます", card, it.desk, **as_group(it.desk))
    await who.hears("職員から(受付番号 1)", "グループとして答えます")
    it.staff.write("/r 1 チャンネルとして答えます", it.desk, **as_channel(-1009))
    await who.hears("職員から(受付番号 1)", "チャンネルとして答えます")
    await until(it.sim, lambda: len(it.sim.world.reactions) >= 2)
    await answered(it, "/note 1 覚え書き", "メモしました", **as_group(it.desk))
    it.staff.write("相談しましょう", it.desk, thread=thread, **as_group(it.desk))
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.send({"text": "/r 1 自動で届く投稿"}, it.desk, **as_channel(-1009, automatic=True))
    await answered(it, "/ticket 1", "── メモ 職員", "覚え書き", "相談しましょう", **as_group(it.desk))
    assert len(it.sim.world.said_by_bot[DESK]) == before + 1
    mine = max(n for n, m in it.desk.messages.items() if m.get("text") == "グループとして答えます")
    it.staff.edit(mine, "訂正します", it.desk)
    await who.hears("訂正", "訂正します")
    assert ("職員",) in rows(it, "select name from audit where action = 'Replied'")
    assert not any("Group" in text or "花子" in text or "自動で届く" in text for text in who.texts)


async def test_where_roles_are_set_nobody_without_a_name_is_let_in_and_every_refusal_is_said() -> None:
    async with desk(roles=ROLES) as it:
        who, card = await case(it)
        count = len(who.texts)
        for line in ("/r 1 こっそり", "/note 1 こっそり", "/queue"):
            told = await answered(it, line, "匿名の投稿", **as_group(it.desk))
            assert "「匿名で投稿」" in told
            assert str(DESK) in told
        before = len(it.sim.world.said_by_bot[DESK])
        it.staff.reply("こっそり", card, it.desk, **as_channel(-1009))
        await said(it.sim, DESK, "匿名の投稿", "-1009", after=before)
        await until(it.sim, lambda: len(crosses(it)) == 4)
        guest = person(it.sim, 77, "客")
        guest.press("対応完了", it.desk, card)
        assert "roles にいる職員だけ" in await popped_up(it, 2)
        assert rows(it, "select name, action, detail from audit order by id desc limit 1") == [
            ("客", "Resolve", "refused")
        ]
        assert who.texts[count:] == []
    async with desk(roles=ROLES | {"staff": {8: "花子", DESK: "窓口のだれか"}}) as it:
        who, card = await case(it)
        it.staff.reply("届きます", card, it.desk, **as_group(it.desk))
        await who.hears("届きます")


async def test_every_typed_command_answers_whatever_is_wrong_with_it(it: Rig) -> None:
    who, card = await case(it, 41)
    await case(it, 42)
    count, thread = len(who.texts), card["message_thread_id"]
    taro = person(it.sim, 9, "太郎")
    for line, heard in (
        ("/claim 99", "見つかりません"),
        ("/done 99", "見つかりません"),
        ("/takeover 99", "見つかりません"),
        ("/release 99", "見つかりません"),
        ("/ticket 99", "見つかりません"),
        ("/r 99 はい", "見つかりません"),
        ("/exception 99 理由", "見つかりません"),
        ("/claim 1", "もう担当しています"),
        ("/claim", "書き方: /claim 番号"),
        ("/claim 1番を", "書き方: /claim 番号"),
        ("/claim1", "書き方: /claim 番号"),
        ("/r1 はい", "書き方: /r 番号"),
        ("/find", "書き方: /find"),
        ("/merge 1", "書き方: /merge"),
        ("/calim 1", "/claim ですか"),
        ("/dance", "/help で"),
        ("／r 1 全角です", "半角の「/」"),
        ("／Claim 1", "半角の「/」"),
        ("/Queue", "受付 2件"),
        ("/QUEUE@Sim_Bot", "受付 2件"),
        ("/ticket\n１", "受付番号 1 ·"),
        ("/tag　＃1　急ぎ", "#急ぎ"),
    ):
        await answered(it, line, heard)
    before = len(it.sim.world.said_by_bot[DESK])
    taro.write("/claim 1", it.desk)
    await said(it.sim, DESK, "花子 が担当中です", after=before)
    it.staff.photo("/r 1 見てください", it.desk, thread=thread)
    await said(it.sim, DESK, "添えた /r は使えません", after=before)
    assert who.texts[count:] == []


async def test_in_its_room_and_in_a_reply_to_its_card_a_command_needs_no_number(it: Rig) -> None:
    who, card = await case(it, claimed=False)
    thread = card["message_thread_id"]
    await answered(it, "/claim", "花子 が担当しました", thread=thread)
    await who.hears("ここからは人が答えます")
    await answered(it, "/ticket", "受付番号 1 · 担当中", thread=thread)
    await answered(it, "/release", "手放しました", thread=thread)
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.reply("/claim", card, it.desk)
    await said(it.sim, DESK, "花子 が担当しました", after=before)
    before = len(it.sim.world.said_by_bot[DESK])
    person(it.sim, 9, "太郎").write("/takeover", it.desk, thread=thread)
    await said(it.sim, DESK, "花子 から 太郎 が引き継ぎました", after=before)
    await answered(it, "/done", "対応完了", thread=thread)
    await who.hears("解決")
    await answered(it, "/help", "番号を省けます(/done")


async def test_every_press_of_staff_pops_something_up(it: Rig) -> None:
    _, card = await case(it, claimed=False)
    presses = 0
    for label in ("定型文", "履歴", "返信", "担当する"):
        it.staff.press(label, it.desk, card)
        presses += 1
        assert await popped_up(it, presses), label
    await until(it.sim, lambda: "担当中" in card["text"])
    for label in ("回答を送る: 白鳥ボートの料金", "手放す"):
        it.staff.press(label, it.desk, card)
        presses += 1
        assert await popped_up(it, presses), label
    for data in ("zz:unknown", "h", "c:99", "v:1:7"):
        it.staff.press_data(data, card, it.desk)
        presses += 1
        assert await popped_up(it, presses), data


async def test_what_cannot_be_sent_is_said_not_to_be_sent(it: Rig) -> None:
    who, card = await case(it)
    count = len(who.texts)
    for content in (
        {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9,
                     "is_animated": False, "is_video": False}},
        {"location": {"latitude": 35.6, "longitude": 139.7}},
        {"contact": {"phone_number": "+8190", "first_name": "太郎"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"poll": {"id": "1", "question": "いつ?", "options": [{"text": "今日", "voter_count": 0, "persistent_id": "1"}],
                  "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular",
                  "allows_multiple_answers": False, "allows_revoting": False, "members_only": False}},
        {"story": {"chat": {"id": 8, "type": "private", "first_name": "花子"}, "id": 1}},
    ):  # fmt: skip
        before = len(it.sim.world.said_by_bot[DESK])
        it.staff.send(content, it.desk, **answering(card))
        await said(it.sim, DESK, "住民に送れません", next(iter(content)), after=before)
    assert who.texts[count:] == []


async def test_what_a_message_answers_is_seen_on_the_other_side(it: Rig) -> None:
    who, card = await case(it)
    it.staff.reply("朝ならA、昼ならBです", card, it.desk)
    await who.hears("朝ならA、昼ならBです")
    offer = next(m for m in who.received if "朝ならA" in m["text"])
    who.reply("はい、それで", offer, quote="昼ならB")
    line = await said(it.sim, DESK, "追記", "はい、それで")
    assert "▏「昼ならB」への返事:\n▏はい、それで" in line
    who.reply("やっぱり全部", offer)
    assert "への返事:\n▏やっぱり全部" in await said(it.sim, DESK, "やっぱり全部")
    mine = newest(it, 41, chat=who.chat)
    who.edit(mine, "やっぱり両方")
    assert "昼ならBです」への返事:\n▏やっぱり両方" in await said(it.sim, DESK, "直しました", "やっぱり両方")
    told = await answered(it, "/ticket 1", "はい、それで")
    assert "▏「昼ならB」への返事:\n▏はい、それで" in told

    # Staff reply to one message of the resident: it arrives as a reply to that message.
    it.staff.reply("/r かしこまりました", shown(it, "追記", "▏はい、それで"), it.desk)
    await who.hears("かしこまりました")
    got = who.received[-1]
    assert got["reply_to_message"]["text"] == "はい、それで"
    it.staff.reply("これはメモ", shown(it, "直しました", "▏やっぱり両方"), it.desk)
    await said(it.sim, DESK, "メモにしました")
    it.staff.press("この文を住民へ送る", it.desk)
    await who.hears("これはメモ")
    assert who.received[-1]["reply_to_message"]["text"] == "やっぱり両方"
    it.staff.reply("値段のことですね", card, it.desk, quote="▏白鳥ボート いくら")
    await who.hears("「白鳥ボート いくら」について", "値段のことですね")
    it.staff.reply("内部の言葉は見せない", card, it.desk, quote="担当中 · 花子")
    assert "花子" not in await who.hears("内部の言葉は見せない")
    edited = newest(it, 8)
    it.staff.edit(edited, "もっと見せない", it.desk)
    await who.hears("訂正", "もっと見せない")


async def test_an_edit_of_whatever_staff_sent_travels_or_is_said_not_to(it: Rig) -> None:
    who, card = await case(it)
    it.staff.write("/r 1 9時です", it.desk)
    await who.hears("9時です")
    typed = newest(it, 8)
    it.staff.edit(typed, "/r 1 10時です", it.desk)
    await who.hears("訂正", "10時です")
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.edit(typed, "/r 2 11時です", it.desk)
    await said(it.sim, DESK, "宛先を変えることはできません", after=before)
    it.staff.photo("地図です", it.desk, **answering(card))
    await until(it.sim, lambda: any("photo" in m for m in who.received))
    it.staff.edit(newest(it, 8), "地図(9階)です", it.desk)
    await who.hears("訂正", "地図(9階)です")
    await answered(it, "/note 1 古いメモ", "メモしました")
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.edit(newest(it, 8), "/note 1 新しいメモ", it.desk)
    await said(it.sim, DESK, "メモを直しました", after=before)
    it.staff.write("ただの話", it.desk, thread=card["message_thread_id"])
    it.staff.edit(newest(it, 8), "直した話", it.desk)
    told = await answered(it, "/ticket 1", "新しいメモ", "直した話")
    assert "古いメモ" not in told
    assert "ただの話" not in told
    it.staff.write("/quote 1 swan-fee", it.desk)
    await who.hears("swan-fee 第1版", after=4)
    before, count = len(it.sim.world.said_by_bot[DESK]), len(who.texts)
    it.staff.edit(newest(it, 8), "/quote 1 swan-register", it.desk)
    await said(it.sim, DESK, "住民に送っていません", after=before)
    it.staff.write("/hello", it.desk)
    await said(it.sim, DESK, "分かりませんでした", after=before)
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.edit(newest(it, 8), "/queue", it.desk)
    await said(it.sim, DESK, "書き直しただけでは、何もしません", after=before)
    it.staff.reply("https://example.invalid/a を見て", card, it.desk)
    await said(it.sim, DESK, "まだ送っていません", after=before)
    assert who.texts[count:] == []
    it.staff.edit(newest(it, 8), "しおりを見て", it.desk)
    await who.hears("しおりを見て")
    it.staff.write("/done 1", it.desk)
    await who.hears("解決", after=count)
    who.press("解決した")
    await said(it.sim, DESK, "終了")
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.edit(typed, "/r 1 12時です", it.desk)
    await said(it.sim, DESK, "対応を終えているので、訂正は送っていません", after=before)
    assert not any("12時" in text or "11時" in text for text in who.texts)


async def test_a_reason_typed_as_talk_is_said_not_to_be_one(it: Rig) -> None:
    who, card = await case(it)
    it.staff.reply("090-1111-2222 に電話してください", card, it.desk)
    await said(it.sim, DESK, "まだ送っていません")
    it.staff.press("例外として送る", it.desk)
    assert await popped_up(it, 2)
    await said(it.sim, DESK, "理由を")
    thread = card["message_thread_id"]
    await answered(it, "本人の希望です", "理由としては受け取っていません", "/exception 1 理由", thread=thread)
    await answered(it, "/exception 本人の希望です", "例外として送信待ち", thread=thread)
    await who.hears("090-1111-2222")


async def test_an_answer_to_what_is_no_card_is_said_not_to_be_sent(it: Rig) -> None:
    await case(it)
    await answered(it, "/queue", "受付 1件")
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.reply("これを送って", shown(it, "受付 1件"), it.desk)
    await said(it.sim, DESK, "住民には送っていません", after=before)
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.photo("", it.desk, **answering(shown(it, "受付 1件")))
    await said(it.sim, DESK, "住民には送っていません", after=before)
