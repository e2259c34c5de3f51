"""A desk's group that refuses messages: the real process and the simulated Telegram; everybody is told the truth."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import Rig, rig
from tests.tgsim.driver import Person, person, said
from tests.tgsim.process import ADMINS, DESK

pytestmark = pytest.mark.checkout

WARD = -1003000
LEAD = 10
SETTINGS: dict[str, Any] = {
    "telegram": {
        "limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0},
        "ward_chat": WARD,
    },
    "roles": {"staff": {8: "花子"}, "leads": {LEAD: "課長"}, "admins": {11: "管理"}},
    "rules": {"messages_per_minute": 0},
}
RESTRICTED = "400 Bad Request: CHAT_RESTRICTED"
NO_RIGHTS = "400 Bad Request: not enough rights to send text messages to the chat"
KICKED = "403 Forbidden: bot was kicked from the supergroup chat"


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS, started=False, speed=10.0) as made:
        made.sim.limits.enforced = False
        made.sim.world.group(WARD, "町の窓口", is_forum=True)
        yield made
        assert not made.violations()


async def ticket(it: Rig, number: int = 41, question: str = "白鳥ボート いくら") -> Person:
    """A resident who wants a person."""
    who = it.resident(number)
    who.write(question)
    await who.hears("確認できません" if "いくら" in question else "苦情は")
    who.write("職員と話したい")
    await who.hears("受付番号")
    return who


def texts(it: Rig, chat: int) -> list[str]:
    return [str(message.get("text", "")) for message in it.sim.world.said_by_bot[chat]]


async def test_a_group_that_refuses_loses_nothing_and_everybody_hears_the_truth(it: Rig) -> None:
    it.desk.refuses = RESTRICTED
    await it.bot.start()
    first = await ticket(it)
    # The resident, who was told earlier that staff have it, is corrected.
    await first.hears("受付番号 1", "職員はまだ読んでいません", "番号も")
    # The admins, at once and with what to do.
    alarm = await said(it.sim, ADMINS, "施設の窓口のグループに送れません", "待っている受付: 1件")
    assert "Telegramがこのグループを制限しています" in alarm
    assert "直し方" in alarm
    # The next resident is told the truth at once.
    second = await ticket(it, 42)
    opened = await second.hears("受付番号 2 でお預かりしました")
    assert "職員に引き継ぎました" not in " ".join(second.texts)
    assert "職員はまだ読んでいません" in opened
    first.write("書き足しです")
    await first.hears("職員はまだ読んでいません", after=3)
    first.write("職員と話したい")
    await first.hears("職員はまだ読んでいません", after=4)
    # The other group goes on, and so do answers.
    third = await ticket(it, 43, "あひる係の態度がひどい")
    await said(it.sim, WARD, "受付番号 3", "未担当")
    assert "職員に引き継ぎました" in " ".join(third.texts)
    # The doctor counts it and ends with a fault, beside the running bot.
    code, told = await it.bot.verb("doctor")
    assert code == 1
    line = next(line for line in told.splitlines() if "waiting for the desk" in line)
    assert "2 cards" in line
    assert "restricted" in line
    # A few trials and never a second alarm, also after a restart.
    await it.bot.stop()
    calls = len(it.sim.calls)
    await it.bot.start()
    await asyncio.sleep(1.0)
    tries = [name for _, name in it.sim.calls[calls:] if name in ("createforumtopic", "sendmessage")]
    assert 1 <= len(tries) <= 12
    assert sum("送れません" in text for text in texts(it, ADMINS)) == 1
    assert texts(it, DESK) == []
    # After the repair: cards in order with their words, the end of the alarm, and a message to those who waited.
    it.desk.refuses = ""
    cards = await said(it.sim, DESK, "受付番号 1", "未担当", seconds=40)
    assert "白鳥ボート いくら" in cards
    await said(it.sim, DESK, "書き足しです", seconds=20)
    await said(it.sim, ADMINS, "また送れるようになりました")
    await first.hears("受付番号 1 が、職員に届きました", seconds=20)
    await second.hears("受付番号 2 が、職員に届きました", seconds=20)
    shown = texts(it, DESK)
    order = [next(n for n, t in enumerate(shown) if words in t)
             for words in ("受付番号 1 ·", "書き足しです")]  # fmt: skip
    assert order == sorted(order)
    assert not any("職員に届きました" in text for text in third.texts)


async def test_the_alarm_goes_by_whatever_still_works_down_to_the_leads_themselves(it: Rig) -> None:
    it.desk.refuses, it.admins.refuses = NO_RIGHTS, NO_RIGHTS
    lead, admin = person(it.sim, LEAD, "課長"), person(it.sim, 11, "管理")
    await it.bot.start()
    await ticket(it)
    told = await said(it.sim, WARD, "施設の窓口のグループに送れません", "FAQ管理者のグループに送れません")
    assert "書き込む権限がありません" in told
    it.sim.world.chats[WARD].refuses = KICKED
    await ticket(it, 43, "あひる係の態度がひどい")
    heard = await lead.hears(
        "苦情を受ける窓口のグループ (ward_chat)に送れません", "グループから外されています"
    )
    assert "直し方" in heard
    await admin.hears("苦情を受ける窓口のグループ (ward_chat)に送れません")


async def test_topics_that_are_switched_off_make_plain_cards_and_come_back(it: Rig) -> None:
    await it.bot.start()
    first = await ticket(it)
    card = await said(it.sim, DESK, "受付番号 1", "未担当")
    assert card
    it.desk.is_forum = False
    first.write("トピックがなくなったあとの追記")
    await said(it.sim, DESK, "トピックがなくなったあとの追記")
    second = await ticket(it, 42)
    await said(it.sim, DESK, "受付番号 2", "未担当")
    plain = next(m for m in it.sim.world.said_by_bot[DESK] if "受付番号 2 ·" in str(m.get("text")))
    assert "message_thread_id" not in plain
    it.staff.press("担当する", it.desk, plain)
    await second.hears("ここからは人が答えます")
    it.staff.reply("ふつうの受付票への返信", plain, it.desk)
    await second.hears("ふつうの受付票への返信")
    told = await said(it.sim, ADMINS, "トピックを作れません")
    assert "トピックが切られています" in told
    assert not any("職員はまだ読んでいません" in text for text in [*first.texts, *second.texts])
    it.desk.is_forum = True
    it.staff.write("トピックを戻しました", it.desk)  # any message from the group shows it
    await said(it.sim, ADMINS, "また受付ごとのトピックを作れます")
    await ticket(it, 44)
    await said(it.sim, DESK, "受付番号 3", "未担当")
    roomy = next(m for m in it.sim.world.said_by_bot[DESK] if "受付番号 3 ·" in str(m.get("text")))
    assert roomy["message_thread_id"] in it.desk.topics
    second.write("部屋に戻れますか")
    await said(it.sim, DESK, "部屋に戻れますか")
    moved = next(m for m in it.sim.world.said_by_bot[DESK] if "部屋に戻れますか" in str(m.get("text")))
    assert moved["message_thread_id"] in it.desk.topics


async def test_without_the_right_to_make_topics_cards_are_plain_and_a_closed_topic_is_opened_again(
    it: Rig,
) -> None:
    await it.bot.start()
    who = await ticket(it)
    await said(it.sim, DESK, "受付番号 1", "未担当")
    thread = it.sim.world.said_by_bot[DESK][0]["message_thread_id"]
    it.desk.closed_topics.add(thread)
    who.write("閉じた部屋への追記")
    await said(it.sim, DESK, "閉じた部屋への追記")
    assert it.sim.world.said_by_bot[DESK][-1]["message_thread_id"] == thread
    it.desk.refuses_topics = "Bad Request: not enough rights to create a topic"
    await ticket(it, 42)
    await said(it.sim, DESK, "受付番号 2", "未担当")
    assert "message_thread_id" not in it.sim.world.said_by_bot[DESK][-1]
    assert "トピックを作る権限がありません" in await said(it.sim, ADMINS, "トピックを作れません")
    who.write("部屋はまだあります")
    await said(it.sim, DESK, "部屋はまだあります")
    assert it.sim.world.said_by_bot[DESK][-1]["message_thread_id"] == thread
    it.desk.refuses_topics = ""
    it.sim.world.membership(it.desk, it.staff.user, "administrator", "administrator")
    await said(it.sim, ADMINS, "また受付ごとのトピックを作れます")


async def test_a_bot_that_is_put_out_of_its_group_says_so_before_anybody_waits(it: Rig) -> None:
    await it.bot.start()
    del it.desk.members[it.sim.world.bot.id]
    it.sim.world.membership(it.desk, it.staff.user, "administrator", "kicked")
    await said(it.sim, ADMINS, "施設の窓口のグループに送れません", "外されています", "待っている受付: 0件")
    who = await ticket(it)
    await who.hears("受付番号 1 でお預かりしました")
    it.desk.members[it.sim.world.bot.id] = "administrator"
    it.sim.world.membership(it.desk, it.staff.user, "kicked", "administrator")
    await said(it.sim, ADMINS, "また送れるようになりました")
    await said(it.sim, DESK, "受付番号 1", "未担当")
    await who.hears("受付番号 1 が、職員に届きました", seconds=20)
