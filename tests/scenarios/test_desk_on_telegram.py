"""A day at the desk: the real process and the simulated Telegram, seen from both sides."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import Rig, rig
from tests.tgsim.driver import Person, person, said, until
from tests.tgsim.process import ADMINS, DESK

pytestmark = pytest.mark.checkout

WARD = -1003000
UNLIMITED = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}
SETTINGS: dict[str, Any] = {
    "telegram": {"limits": UNLIMITED, "ward_chat": WARD},
    "roles": {"staff": {8: "花子", 9: "太郎"}, "leads": {10: "課長"}, "admins": {11: "管理"}},
    "rules": {"messages_per_minute": 0},
}
SHORT = 1.0


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS, started=False) as made:
        made.sim.limits.enforced = False
        made.sim.world.group(WARD, "町の窓口", is_forum=True)
        await made.bot.start()
        yield made
        assert not made.violations()


async def case(it: Rig, number: int = 41, *, claimed: bool = True) -> tuple[Person, dict[str, Any]]:
    """A resident with a ticket, and its card."""
    who = it.resident(number)
    who.write("白鳥ボート いくら")
    await who.hears("確認できません")
    who.write("職員と話したい")
    await who.hears("受付番号")
    await said(it.sim, DESK, "受付番号", "未担当")
    card = next(m for m in reversed(it.sim.world.said_by_bot[DESK]) if "未担当" in str(m.get("text")))
    if claimed:
        it.staff.press("担当する", it.desk, card)
        await who.hears("ここからは人が答えます")
        await until(it.sim, lambda: "担当中" in card["text"])
    return who, card


async def settled(it: Rig, who: Person) -> list[str]:
    """The resident's messages, once everything sent before has had its effect."""
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.write("/dance", it.desk)
    await said(it.sim, DESK, "分かりませんでした: /dance", after=before, seconds=20)
    await asyncio.sleep(0.2)
    return who.texts


def rows(it: Rig, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{it.bot.database}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


LINES = ("これどうする?", "300円だと思う", "住民に送っておいて", "r 1 はい", "reply 1 300円", " /r 300円です", "//返信しない",
         "@madoguchi_bot 300円", "返信: 300円です", "1 300円です", "#1 300円", "了解です!", "OK", "担当する", "送ります",
         "📞 03-1234-5678", "https://example.invalid", "ではそのように伝えます", "／r 300円です", "> 300円")  # fmt: skip


async def test_of_two_hundred_lines_of_talk_in_a_topic_none_reaches_the_resident(it: Rig) -> None:
    who, card = await case(it)
    before, dice = len(who.texts), random.Random(7)
    thread = card["message_thread_id"]
    spoken: list[str] = []
    for number in range(200):
        line = f"{dice.choice(LINES)} {number}"
        spoken.append(line)
        kind = dice.randrange(4)
        if kind == 0:
            it.staff.write(line, it.desk, thread=thread)
        elif kind == 1:
            it.staff.write(line, it.desk)
        elif kind == 2:  # a reply to a colleague
            colleague = it.sim.world.message_from(
                it.staff.user, it.desk, {"text": "どう思う?"}, thread=thread
            )
            it.staff.reply(line, colleague, it.desk)
        else:  # a reply to a message of the bot that is not a card
            other = it.sim.world.message_from(it.sim.world.bot, it.desk, {"text": "一覧"}, thread=thread)
            it.staff.reply(line, other, it.desk)
    leaked = [text for text in (await settled(it, who))[before:] if any(line in text for line in spoken)]
    assert leaked == []
    assert who.texts[before:] == []
    kept = rows(it, "select text from message where author = 'note'")
    assert len(kept) > 60


async def test_only_the_card_the_command_and_a_button_speak_to_the_resident(it: Rig) -> None:
    who, card = await case(it)
    it.staff.reply("受付票への返信です", card, it.desk)
    await who.hears("職員から(受付番号 1)", "受付票への返信です")
    it.staff.write("/r 10 時からです", it.desk, thread=card["message_thread_id"])
    await who.hears("10 時からです")
    it.staff.write("/r #1 番号つきです", it.desk)
    await who.hears("番号つきです")
    who.write("ありがとうございます")
    await said(it.sim, DESK, "追記", "ありがとうございます")
    relayed = next(m for m in it.sim.world.said_by_bot[DESK] if "追記" in str(m.get("text")))
    it.staff.reply("これは届かない", relayed, it.desk)
    await said(it.sim, DESK, "メモにしました")
    assert not any("これは届かない" in text for text in who.texts)
    it.staff.press("この文を住民へ送る", it.desk)
    await who.hears("これは届かない")


async def test_a_tick_shows_at_the_staffs_message_that_it_arrived(it: Rig) -> None:
    who, card = await case(it)
    it.staff.reply("届いた?", card, it.desk)
    await who.hears("届いた?")
    await until(it.sim, lambda: it.sim.world.reactions, 5)
    mine = max(n for n, m in it.desk.messages.items() if m["from"]["id"] == 8)
    assert it.sim.world.reactions[-1]["message_id"] == mine
    who.block()
    it.staff.reply("もう届かない", card, it.desk)
    await said(it.sim, DESK, "届きません")
    await until(it.sim, lambda: "👎" in str(it.sim.world.reactions[-1]["reaction"]))


async def test_a_quote_by_one_tap_carries_id_version_and_the_entrys_own_words(it: Rig) -> None:
    who, card = await case(it)
    answer = who.texts[0]
    it.staff.press("回答を送る: 白鳥ボートの料金", it.desk, card)
    quoted = await who.hears("職員から", "swan-fee 第1版", after=2)
    assert answer in quoted


async def test_the_card_shows_words_path_answers_and_choices_but_no_name(it: Rig) -> None:
    _, card = await case(it, claimed=False)
    text = card["text"]
    for shown in (
        "白鳥ボート いくら",
        "出した案内: swan-fee v1",
        "経路: 質問 → 案内 swan-fee v1",
        "日本語",
        "待ち 0分",
    ):
        assert shown in text
    assert "住民41" not in text
    labels = [b["text"] for row in card["reply_markup"]["inline_keyboard"] for b in row]
    assert "回答を送る: 白鳥ボートの料金" in labels


async def test_a_number_that_is_nobodys_is_held_until_a_reason_is_given(it: Rig) -> None:
    who, card = await case(it)
    it.staff.reply("090-1111-2222 に電話してください", card, it.desk)
    held = await said(it.sim, DESK, "まだ送っていません", "090-1111-2222")
    assert "窓口一覧にありません" in held
    it.staff.press("例外として送る", it.desk)
    await said(it.sim, DESK, "理由を")
    asks = next(m for m in reversed(it.sim.world.said_by_bot[DESK]) if "理由を、この" in str(m.get("text")))
    assert not any("090-1111-2222" in text for text in who.texts)
    it.staff.reply("本人が頼んだ折り返し先", asks, it.desk)
    await who.hears("090-1111-2222 に電話してください")
    assert not any("折り返し先" in text for text in who.texts)
    assert ("Replied", 1) in rows(it, "select action, ticket from audit")
    assert any("本人が頼んだ折り返し先" in row[0] for row in rows(it, "select text from message"))


async def test_a_window_for_a_purpose_it_does_not_handle_is_held_and_can_be_put_right(it: Rig) -> None:
    who = it.resident(41)
    who.write("あひる係の態度がひどい")
    await who.hears("苦情は")
    who.write("職員と話したい")
    await who.hears("受付番号")
    await said(it.sim, WARD, "未担当", "施設の職員には見えません")
    ward = it.sim.world.chats[WARD]
    card = it.sim.world.said_by_bot[WARD][0]
    it.staff.reply("池の窓口(03-0000-0001)に話してください", card, ward)
    await said(it.sim, WARD, "まだ送っていません", "この用件を受ける窓口ではありません")
    it.staff.press("修正", ward)
    it.staff.reply("聞く係に話してください", card, ward)
    await who.hears("聞く係に話してください")
    assert not any("池の窓口(03" in text for text in who.texts)


async def test_a_complaint_about_a_facility_is_not_shown_to_the_facility(it: Rig) -> None:
    who = it.resident(41)
    who.write("あひる係の態度がひどい")
    await who.hears("苦情は")
    who.press("解決しない")
    await who.hears("職員", after=1)
    who.press("職員に聞く")
    await who.hears("受付番号 1")
    await said(it.sim, WARD, "施設の職員には見えません")
    it.staff.write("/queue", it.desk)
    await said(it.sim, DESK, "待っている受付はありません")
    it.staff.write("/ticket 1", it.desk)
    await said(it.sim, DESK, "見つかりません")
    it.staff.write("/queue", it.sim.world.chats[WARD])
    await said(it.sim, WARD, "受付 1件")
    assert not any("態度" in str(m.get("text")) for m in it.sim.world.said_by_bot[DESK])


async def test_faq_is_wrong_reaches_its_editors_and_the_reply_stays_held(it: Rig) -> None:
    who, card = await case(it)
    it.staff.reply("https://example.invalid/new を見てください", card, it.desk)
    await said(it.sim, DESK, "まだ送っていません")
    it.staff.press("FAQが誤り", it.desk)
    told = await said(it.sim, ADMINS, "FAQが誤り", "example.invalid")
    assert "花子" in told
    assert not any("example.invalid" in text for text in await settled(it, who))


async def test_edits_travel_both_ways_and_are_marked(it: Rig) -> None:
    who, card = await case(it)
    it.staff.reply("9時からです", card, it.desk)
    await who.hears("9時からです")
    mine = max(n for n, m in it.desk.messages.items() if m["from"]["id"] == 8)
    it.staff.edit(mine, "10時からです", it.desk)
    await who.hears("訂正", "10時からです")
    who.write("9時ですね")
    await said(it.sim, DESK, "9時ですね")
    theirs = max(n for n, m in who.chat.messages.items() if m["from"]["id"] == 41)
    who.edit(theirs, "10時ですね")
    await said(it.sim, DESK, "直しました", "10時ですね")


async def test_photos_files_and_voice_are_copied_both_ways_and_albums_stay_together(it: Rig) -> None:
    who, card = await case(it)
    who.send({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}})
    for number in range(3):
        who.photo("掲示" if number == 0 else "", media_group_id="album7")
    await until(
        it.sim, lambda: not (len([m for m in it.sim.world.said_by_bot[DESK] if "photo" in m]) < 3), 10
    )
    photos = [m for m in it.sim.world.said_by_bot[DESK] if "photo" in m]
    assert {m["message_thread_id"] for m in photos} == {card["message_thread_id"]}
    assert len({m.get("media_group_id") for m in photos} - {None}) == 1
    assert any("voice" in m for m in it.sim.world.said_by_bot[DESK])
    assert "forward_origin" not in photos[0]
    assert sum("職員に伝えました" in text or "追加" in text for text in who.texts) <= 2
    answered = {k: v for k, v in card.items() if k != "reply_to_message"}
    it.staff.send(
        {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "a.pdf"}}, it.desk,
        reply_to_message=answered, thread=card["message_thread_id"],
    )  # fmt: skip
    await until(it.sim, lambda: any("document" in m for m in who.received), 10)


async def test_a_photo_of_an_identity_document_is_refused_with_the_reason(it: Rig) -> None:
    who, _ = await case(it)
    who.photo("免許証です。裏も要りますか")
    await who.hears("受け取っていません", "書き添えました")
    await said(it.sim, DESK, "裏も要りますか")
    await said(it.sim, DESK, "本人確認書類かもしれない")
    assert not any("photo" in m for m in it.sim.world.said_by_bot[DESK])


async def test_no_reply_wanted_means_no_message_at_all(it: Rig) -> None:
    who, card = await case(it)
    who.press("返信は不要")
    last = await who.hears("返信", after=3)
    count = len(who.received)
    it.staff.reply("お返事です", card, it.desk)
    await said(it.sim, DESK, "返信不要です")
    it.staff.press("対応完了", it.desk, card)
    it.staff.write("/hi 1 お待たせ", it.desk)
    await settled(it, who)
    assert len(who.received) == count, last


async def test_tags_snooze_find_merge_history_and_transfer(it: Rig) -> None:
    who, card = await case(it)
    thread = card["message_thread_id"]
    for line, heard in (
        ("/tag 料金 急ぎ", "#料金 #急ぎ"),
        ("/tag -急ぎ", "のタグ: #料金"),
        ("/find 料金", "#料金"),
        ("/snooze 30分", "まで後回し"),
        ("/snooze いつか", "分かりませんでした"),
        ("/find ない言葉", "見つかりませんでした"),
        ("/history", "ほかの受付はありません"),
        ("/transfer だれか", "見つかりません"),
        ("/transfer 太郎", "花子 から 太郎 に渡しました"),
        ("/transfer 花子", "渡せるのは担当の人か責任者"),
        ("/merge 1 1", "2つ書いて"),
        ("/note 覚え書き", "メモしました"),
    ):
        before = len(it.sim.world.said_by_bot[DESK])
        it.staff.write(line, it.desk, thread=thread)
        await said(it.sim, DESK, heard, after=before)
    edited = it.desk.messages[card["message_id"]]["text"]
    assert "太郎" in edited
    assert "#料金" in edited
    assert "後回し" in edited
    assert len(who.received) == 3


async def test_who_has_no_role_is_refused_and_recorded(it: Rig) -> None:
    who, card = await case(it)
    guest = person(it.sim, 77, "客")
    guest.reply("こっそり", card, it.desk)
    guest.press("対応完了", it.desk, card)
    guest.write("/queue", it.desk)
    await said(it.sim, DESK, "config.yaml の roles にいる職員だけです")
    it.staff.write("/audit", it.desk)
    await said(it.sim, DESK, "責任者")
    who.write("/queue")
    await who.hears("職員の指示です")
    person(it.sim, 10, "課長").write("/audit", it.desk)
    told = await said(it.sim, DESK, "最近の操作", "refused")
    assert "客 Replied #1 refused" in told
    assert "客 Resolve #1 refused" in told
    assert "花子 Claim #1" in told
    assert not any("こっそり" in text for text in who.texts)
    admin = person(it.sim, 11, "管理")
    for command in ("/reload", "/check"):
        before = len(it.sim.world.said_by_bot[ADMINS])
        admin.write(command, it.admins)
        await said(it.sim, ADMINS, "版", after=before)
        before = len(it.sim.world.said_by_bot[ADMINS])
        guest.write(command, it.admins)
        await said(it.sim, ADMINS, "FAQ管理者", after=before)


async def test_status_history_mydata_and_stop_tell_the_resident_where_they_stand(it: Rig) -> None:
    who, _ = await case(it, claimed=False)
    other, _ = await case(it, 42, claimed=False)
    other.write("/status")
    told = await other.hears("受付番号 2", "前に 1 件")
    assert "分かりません" in told
    who.write("/history")
    await who.hears("これまでの受付", "1 ·", "白鳥ボート いくら")
    who.write("/mydata")
    mine = await who.hears("あなたについて保存しているもの", "白鳥ボート いくら")
    assert "受付番号 2" not in mine
    other.write("/stop")
    await other.hears("受付番号 2 を取り下げました")
    await said(it.sim, DESK, "受付番号 2", "取り下げました")
    assert rows(it, "select status from ticket where id = 2") == [("closed",)]


async def test_forgotten_means_no_byte_of_it_is_left_on_disk_or_at_the_desk(it: Rig, tmp_path: Path) -> None:
    who, card = await case(it)
    secret = "とても個人的なことばABC987"
    who.write(secret)
    await said(it.sim, DESK, secret)
    it.staff.reply("秘密の返事XYZ654", card, it.desk)
    await who.hears("秘密の返事XYZ654")
    thread = card["message_thread_id"]
    who.write("/forget")
    await who.hears("消しますか")
    who.press("消す")
    await who.hears("消しました")
    await until(it.sim, lambda: thread not in it.desk.topics, 5)
    await asyncio.sleep(0.3)
    backup = tmp_path / "after.db"
    with sqlite3.connect(it.bot.database) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    for file in [*it.bot.folder.glob("bot.db*"), backup, it.bot.log]:
        content = file.read_bytes()
        for trace in (secret, "XYZ654", "白鳥ボート いくら", "tg:41", "住民41"):
            assert trace.encode() not in content, (file.name, trace)
    assert rows(it, "select id, status, resident, question from ticket") == [(1, "closed", "", "")]
    who.write("白鳥ボート 登録")
    await who.hears("池の窓口")


async def test_a_flood_is_slowed_for_its_sender_alone_and_nothing_is_lost() -> None:
    async with rig(settings=SETTINGS | {"rules": {"messages_per_minute": 60}}, started=False) as it:
        it.sim.limits.enforced = False
        await it.bot.start()
        flood = it.resident(41)
        for _ in range(65):
            flood.write("/help")  # commands are never joined
        calm = it.resident(42)
        calm.write("白鳥ボート いくら")
        await calm.hears("確認できません", seconds=8)
        assert len(flood.received) < 65
        await until(it.sim, lambda: not (len(flood.received) < 65), 20)


async def test_in_a_plain_group_everything_hangs_on_the_card() -> None:
    async with rig(settings={"telegram": {"limits": UNLIMITED}}, is_forum=False, started=False) as it:
        it.sim.limits.enforced = False
        await it.bot.start()
        who, card = await case(it)
        assert "message_thread_id" not in card
        it.staff.write("ひとりごと", it.desk)
        it.staff.reply("返信です", card, it.desk)
        await who.hears("返信です")
        who.write("追加です")
        await said(it.sim, DESK, "追加です")
        relayed = next(m for m in it.sim.world.said_by_bot[DESK] if "追加です" in str(m.get("text")))
        assert relayed["reply_to_message"]["message_id"] == card["message_id"]
        who.write("/forget")
        await who.hears("消しますか")
        who.press("消す")
        await who.hears("消しました")
        await until(it.sim, lambda: card["message_id"] not in it.desk.messages, 5)
        assert not any("ひとりごと" in text for text in who.texts)
