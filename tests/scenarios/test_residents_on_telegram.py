"""Residents' words with the real bot and the simulated Telegram: kept whole, shown after 対応完了, never dropped."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import Rig, rig
from tests.on_telegram import OnTelegram
from tests.small_faq import lock_of, texts
from tests.tgsim.driver import Person, said, until
from tests.tgsim.process import DESK
from tests.ticket_states import MESSAGES, STATES

pytestmark = pytest.mark.checkout

UNLIMITED = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}
SETTINGS: dict[str, Any] = {
    "telegram": {"limits": UNLIMITED},
    "roles": {"staff": {8: "花子", 9: "太郎"}},
    "rules": {"messages_per_minute": 0},
}


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS, started=False) as made:
        made.sim.limits.enforced = False
        await made.bot.start()
        yield made
        assert not made.violations()


async def card_of(it: Rig, ticket: int, state: str) -> dict[str, Any]:
    """The card of a ticket, once it shows this state."""
    head = f"受付番号 {ticket} · "

    def found() -> list[dict[str, Any]]:
        shown = [m for m in it.desk.messages.values() if str(m.get("text", "")).startswith(head)]
        return [m for m in shown if state in str(m["text"]).splitlines()[0]]

    await until(it.sim, found)
    return found()[-1]


async def ticket_of(it: Rig, who: Person, ticket: int = 1) -> dict[str, Any]:
    """A ticket that 花子 holds; its card."""
    who.write("白鳥ボート いくら")
    await who.hears("確認できません")
    who.press("職員に聞く")
    await who.hears(f"受付番号 {ticket} で")
    card = await card_of(it, ticket, "未担当")
    it.staff.press("担当する", it.desk, card)
    await who.hears("ここからは人が答えます")
    return await card_of(it, ticket, "担当中")


async def finished(it: Rig, who: Person, ticket: int = 1) -> dict[str, Any]:
    """A ticket after 対応完了; its card."""
    card = await ticket_of(it, who, ticket)
    it.staff.press("対応完了", it.desk, card)
    await who.hears(f"受付番号 {ticket} は、職員が対応を終えました")
    return await card_of(it, ticket, "対応完了")


async def test_words_after_done_reach_the_desk_and_are_answered_with_solved_and_not_yet(it: Rig) -> None:
    who = it.resident(41)
    card = await finished(it, who)
    words = "まだ解決していません。窓口でも分からないと言われました"
    who.write(words)
    await who.hears("書き添えました", "解決しましたか")
    await said(it.sim, DESK, "対応完了(担当 花子)のあと", words)
    await card_of(it, 1, "住民から返事")
    who.photo("窓口の掲示です")
    await until(it.sim, lambda: any("photo" in m for m in it.sim.world.said_by_bot[DESK]))
    await said(it.sim, DESK, "窓口の掲示です")
    theirs = max(n for n, m in who.chat.messages.items() if m.get("text") == words)
    who.edit(theirs, "まだ解決していません。池の窓口でも分からないと言われました")
    await said(it.sim, DESK, "直しました", "池の窓口でも")
    it.staff.write("/queue", it.desk)
    await said(it.sim, DESK, "受付 1件", "住民から返事")
    before = len(who.received)
    who.write("まだです")
    await who.hears("もう一度開きました", after=before)
    await said(it.sim, DESK, "「まだ」と答えました", "前の担当は 花子", "まだです")
    card = await card_of(it, 1, "未担当")
    it.staff.press("担当する", it.desk, card)
    card = await card_of(it, 1, "担当中")
    it.staff.press("対応完了", it.desk, card)
    await card_of(it, 1, "対応完了")
    who.write("白鳥ボート 登録")
    await who.hears("池の窓口", "書き添えました", after=before)
    await said(it.sim, DESK, "対応完了(担当 花子)のあと", "白鳥ボート 登録")
    it.staff.press("担当する", it.desk, await card_of(it, 1, "住民から返事"))
    await card_of(it, 1, "担当中")
    it.staff.press("対応完了", it.desk, await card_of(it, 1, "担当中"))
    await card_of(it, 1, "対応完了")
    who.write("ありがとう解決しました")
    await who.hears("受付番号 1 を終わりにしました")
    await card_of(it, 1, "終了")


async def test_a_letter_in_pieces_three_quick_messages_and_a_fragment_are_in_the_ticket_whole(
    it: Rig,
) -> None:
    letter = it.resident(41)
    first = "".join(f"第{number:04d}文です。" for number in range(500))[:4096]
    letter.write(first)
    letter.write("量子もつれの観測者効果の窓口はどこ")
    await until(it.sim, lambda: letter.received)
    letter.write("/person")
    await letter.hears("受付番号 1 で")
    await card_of(it, 1, "未担当")
    await until(it.sim, lambda: whole(letter.texts).count("第0") >= 455)
    assert whole(letter.texts).index("第0454文") < whole(letter.texts).rindex("窓口はどこ")
    pieces = (first[:100], first[2000:2100], first[-100:], "観測者効果の窓口はどこ")

    def shown() -> str:
        return whole([str(m.get("text", "")) for m in it.sim.world.said_by_bot[DESK]])

    await until(it.sim, lambda: all(piece in shown() for piece in pieces))

    quick = it.resident(42)
    for text in ("白鳥ボートのことで", "いくらですか", "子どもが二人います"):
        quick.write(text)
    await until(it.sim, lambda: quick.received)
    quick.write("/person")
    told = await quick.hears("受付番号 2 で")
    card = await card_of(it, 2, "未担当")
    for text in ("白鳥ボートのことで", "いくらですか", "子どもが二人います"):
        assert text in told
        assert text in card["text"]

    both = it.resident(43)
    both.write("白鳥ボートの登録と料金を知りたい")
    await both.hears("どれですか")
    both.write("両方です")
    await both.hears("◆ 白鳥ボートの登録のしかた", "◆ 白鳥ボートの料金")
    both.press("職員に聞く")
    told = await both.hears("受付番号 3 で", "白鳥ボートの登録と料金を知りたい\n両方です")
    card = await card_of(it, 3, "未担当")
    assert card["text"].index("白鳥") < card["text"].index("両方です")
    both.press("取り下げる")
    await both.hears("取り下げました")
    both.write("あひる係の態度がひどい")
    await both.hears("苦情は")
    both.press("職員に聞く")
    await both.hears("職員に送りますか")
    both.press("送る")
    told = await both.hears("受付番号 4 で")
    second = await card_of(it, 4, "未担当")
    for text in (told, second["text"]):
        assert "あひる係の態度がひどい" in text
        assert "白鳥" not in text
        assert "両方" not in text
        assert "swan" not in text


async def shown_without(it: Rig, card: dict[str, Any], words: str) -> None:
    """Wait until a card no longer shows these words."""
    await until(it.sim, lambda: words not in it.desk.messages[card["message_id"]]["text"])


def whole(texts: list[str]) -> str:
    """The text of several messages, joined without the marks of lines."""
    return "".join(texts).replace("▏", "").replace("\n", "")


async def test_no_reply_wanted_is_taken_back_by_a_press_or_in_words(it: Rig) -> None:
    for number, ticket in ((41, 1), (42, 2)):
        who = it.resident(number)
        card = await ticket_of(it, who, ticket)
        who.press("返信は不要")
        await who.hears("連絡することはありません", "やっぱり返事がほしい")
        who.write("階段の電気も消えています")
        await who.hears("返事は届きません", "やっぱり返事がほしい")
        await said(it.sim, DESK, "階段の電気も消えています")
        if number == 41:
            who.press("やっぱり返事がほしい")
        else:
            who.write("すみません、やっぱり返事がほしいです")
        await who.hears("職員が返事をします")
        await said(it.sim, DESK, f"受付番号 {ticket}", "やはり返事がほしい")
        await shown_without(it, card, "返信不要")
        it.staff.reply("9時からです", card, it.desk)
        await who.hears("職員から", "9時からです")


async def test_an_answered_claim_is_held_and_an_unanswered_one_goes_back_with_the_truth() -> None:
    async with rig(settings=SETTINGS, speed=30.0, started=False) as it:
        it.sim.limits.enforced = False
        await it.bot.start()
        answered, forgotten = it.resident(41), it.resident(42)
        card = await ticket_of(it, answered, 1)
        it.staff.reply("9時からです", card, it.desk)
        await answered.hears("9時からです")
        await card_of(it, 1, "担当中(住民の返事待ち) · 花子")
        await ticket_of(it, forgotten, 2)
        await it.bot.stop()
        with sqlite3.connect(it.bot.database) as connection:  # as if 16 hours had passed
            connection.execute(
                "update ticket set touched_at = strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', 'now', '-16 hours')"
            )
        await it.bot.start()
        await forgotten.hears("担当の職員がまだお返事できていない", "そのまま残っています", seconds=20)
        await card_of(it, 2, "未担当")
        await card_of(it, 1, "担当中(住民の返事待ち) · 花子")
        assert not any("お返事できていない" in text for text in answered.texts)


async def test_a_text_that_is_not_in_force_names_its_end_its_window_and_a_person() -> None:
    async with rig(settings=SETTINGS, started=False) as it:
        it.sim.limits.enforced = False
        today = date.today()  # noqa: DTZ011 - the process reads the machine's clock as well
        old = it.bot.folder / "faq" / "entries" / "ponds.yaml"
        dated = old.read_text(encoding="utf-8").replace(
            "    id: swan-register".replace("    ", "  - "),
            f"  - valid_until: {today - timedelta(days=2)}\n    id: swan-register",
        )
        old.write_text(dated, encoding="utf-8")
        named = texts() | {"entries/ponds.yaml": dated}
        (it.bot.folder / "faq" / "entries" / "versions.lock").write_text(lock_of(named), encoding="utf-8")
        await it.bot.start()
        who = it.resident(41)
        who.write("白鳥ボート 登録")
        told = await who.hears("までのものでした", "池の窓口", "03-0000-0001", "9:00-17:00")
        assert "登録できます" not in told
        who.write("/start swan-register")
        await who.hears("までのものでした", "03-0000-0001", after=1)
        who.press("職員に聞く")
        await who.hears("受付番号 1 で", "白鳥ボート 登録")
        assert not it.violations()


async def test_states_of_a_ticket_are_reached_on_telegram_and_each_answers(it: Rig) -> None:
    for number, state in enumerate(
        ("heard again", "resolved", "no reply, closed", "reply after all", "merged"), 41
    ):
        hands = OnTelegram(it, number)
        for step in STATES[state]:
            await hands.act(step)
        before = len(hands.who.received)
        hands.who.send(MESSAGES["sticker"])
        await hands.who.hears("スタンプは", after=before)
