"""Whose turn a ticket is, and whose words it has: with the real record and a clock set by the test."""

from __future__ import annotations

import itertools
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.storage.migrations import shipped
from bot.storage.store import SqliteStore
from handlers.model.actions import EditCard, PostCard, Say, ToDesk, ToTicket
from handlers.model.buttons import (
    AskPerson,
    Claim,
    LetFacilityRead,
    Release,
    Resolve,
    Settle,
    TakeOver,
    WantNoReply,
    WantReply,
)
from handlers.model.events import Edited, Looked, SentMedia, Snoozed, TimePassed, View
from handlers.model.tickets import Status, Ticket, Turn
from handlers.wording.bounded import units
from tests.fakes_desk import DeskUnderTest
from tests.small_faq import OPEN, TOKYO

_ids = (f"more:{number}" for number in itertools.count())
EVENING = OPEN.replace(hour=16, minute=55)
MORNING = OPEN.replace(hour=9, second=30) + timedelta(days=1)


async def ticket(desk: DeskUnderTest, number: int = 1) -> Ticket:
    return next(t for t in await desk.store.tickets() if t.id == number)


async def held(desk: DeskUnderTest) -> None:
    """A ticket of r:1 claimed by 花子."""
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    await desk.staff_presses(Claim(1))


async def tick(desk: DeskUnderTest, at: datetime | None = None) -> list[str]:
    """Let the clock tick; returns what the resident and the desk were told."""
    if at is not None:
        desk.clock.moment = at
    before = len(desk.messenger.sent)
    await desk.dispatcher.dispatch(TimePassed(id=next(_ids)))
    await desk.courier.drain()
    return [row.action.text for row in desk.messenger.sent[before:] if isinstance(row.action, Say)]


def told(desk: DeskUnderTest) -> list[str]:
    """The desk's messages about ticket 1."""
    actions = [row.action for row in desk.messenger.sent]
    return [a.text for a in actions if isinstance(a, Say) and a.to == ToTicket(1)]


def card(desk: DeskUnderTest) -> PostCard | EditCard:
    actions = [row.action for row in desk.messenger.sent]
    return next(a for a in reversed(actions) if isinstance(a, (PostCard, EditCard)))


# -- whose turn ---------------------------------------------------------------------------------------------------------


async def test_a_ticket_answered_in_the_evening_is_held_next_morning(desk: DeskUnderTest) -> None:
    desk.clock.moment = EVENING
    await held(desk)
    await desk.staff_replies(1, "9時からです")
    assert "住民の返事待ち" in card(desk).text.splitlines()[0]
    for at in (EVENING + timedelta(hours=4), MORNING, MORNING.replace(hour=16)):
        assert [text for text in await tick(desk, at) if "ほかの職員" in text or "未担当" in text] == []
    assert (await ticket(desk)).holder is not None


async def test_an_unanswered_claim_lapses_in_opening_time_and_nobody_hears_of_it_at_night(
    desk: DeskUnderTest,
) -> None:
    desk.clock.moment = EVENING
    await held(desk)
    heard = len(desk.messenger.to("r:1"))
    for at in (
        EVENING + timedelta(minutes=31),
        EVENING + timedelta(hours=8),
        MORNING,
        MORNING.replace(minute=24),
    ):
        await tick(desk, at)
        assert (await ticket(desk)).status is Status.CLAIMED
    assert len(desk.messenger.to("r:1")) == heard
    await tick(desk, MORNING.replace(minute=26))
    assert (await ticket(desk)).status is Status.OPEN
    assert "担当の職員がまだお返事できていない" in desk.messenger.to("r:1")[-1]


async def test_what_is_put_aside_or_finished_never_lapses(desk: DeskUnderTest) -> None:
    await held(desk)
    snoozed = Snoozed(id=next(_ids), staff="花子", name="花子", ticket=1, until="2日")
    await desk.dispatcher.dispatch(snoozed)
    await tick(desk, OPEN + timedelta(hours=6))
    assert (await ticket(desk)).status is Status.CLAIMED
    await desk.staff_presses(Resolve(1))
    await tick(desk, OPEN + timedelta(days=3))
    assert (await ticket(desk)).status is Status.RESOLVED


async def test_taking_over_keeps_the_turn_and_giving_back_gives_it_to_staff(desk: DeskUnderTest) -> None:
    await held(desk)
    await desk.staff_replies(1, "9時からです")
    await desk.staff_presses(TakeOver(1), "太郎")
    assert (await ticket(desk)).turn is Turn.RESIDENT
    await desk.staff_presses(Release(1), "太郎")
    assert (await ticket(desk)).turn is Turn.STAFF


async def test_words_after_an_answer_are_rung_for_once_and_the_claim_stays(desk: DeskUnderTest) -> None:
    await held(desk)
    await desk.staff_replies(1, "9時からです")
    await desk.says("何時までですか")
    assert "住民から返事" in card(desk).text.splitlines()[0]
    assert not any("応えていません" in text for text in await tick(desk, OPEN + timedelta(minutes=29)))
    rung = [text for text in await tick(desk, OPEN + timedelta(minutes=31)) if "応えていません" in text]
    assert len(rung) == 2, "in the ticket's room and for everybody"
    assert "担当は 花子" in rung[0]
    assert not any("応えていません" in text for text in await tick(desk, OPEN + timedelta(minutes=45)))
    assert (await ticket(desk)).status is Status.CLAIMED
    await desk.staff_replies(1, "17時までです")
    assert "住民の返事待ち" in card(desk).text.splitlines()[0]


# -- after 対応完了 ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def done(desk: DeskUnderTest) -> DeskUnderTest:
    """Ticket 1 of r:1 resolved by 花子."""
    await held(desk)
    await desk.staff_presses(Resolve(1))
    return desk


async def test_words_after_done_are_never_closed_over(done: DeskUnderTest) -> None:
    answer = await done.says("まだ解決していません。窓口でも分からないと言われました")
    assert "書き添えました" in answer
    assert "解決しましたか" in answer
    buttons = [b.press for row in done.messenger.sent[-3:] for line in row.action.buttons for b in line]
    assert Settle(1, 0) in buttons
    assert any("対応完了(担当 花子)のあと" in t and "窓口でも分からない" in t for t in told(done))
    await tick(done, OPEN + timedelta(days=62))
    assert (await ticket(done)).status is Status.RESOLVED
    assert any(
        isinstance(row.action, Say) and isinstance(row.action.to, ToDesk) for row in done.messenger.sent
    )


async def test_an_edit_and_a_photo_after_done_reach_the_desk_too(done: DeskUnderTest) -> None:
    await done.dispatcher.dispatch(Edited(id=next(_ids), resident="r:1", text="10時でした"))
    photo = SentMedia(id=next(_ids), resident="r:1", kind="photo", caption="掲示板です", place="1:2")
    await done.dispatcher.dispatch(photo)
    await done.courier.drain()
    shown = told(done)
    assert any("10時でした" in text for text in shown)
    assert any("掲示板です" in text for text in shown)
    assert all("解決しましたか" in text for text in done.messenger.to("r:1")[-2:])
    assert (await ticket(done)).turn is Turn.AGAIN


async def test_the_faq_answers_a_new_question_after_done_and_the_desk_has_it_as_well(
    done: DeskUnderTest,
) -> None:
    answer = await done.says("白鳥ボート 登録")
    assert "池の窓口" in answer
    assert "書き添えました" in answer
    assert any("白鳥ボート 登録" in text for text in told(done))
    handed = await done.presses(AskPerson())
    assert "受付番号 2 で" in handed
    assert "いくら" not in handed, "a matter of its own does not carry the words of the one before"
    assert (await ticket(done, 2)).given == ("swan-register v1",)


async def test_a_person_wanted_after_done_without_a_new_question_is_for_the_same_matter(
    done: DeskUnderTest,
) -> None:
    assert "もう一度開きました" in await done.presses(AskPerson())
    assert (await ticket(done)).status is Status.OPEN
    assert len(await done.store.tickets()) == 1


@pytest.mark.parametrize("words", ["まだです", "not yet", "还没有", "還沒", "아직이요", "職員と話したい"])
async def test_not_yet_in_words_is_the_press(done: DeskUnderTest, words: str) -> None:
    await done.says(words)
    assert (await ticket(done)).status is Status.OPEN
    assert any("「まだ」と答えました" in text and words in text for text in told(done))


@pytest.mark.parametrize(
    "words", ["解決しました", "ありがとう解決しました", "solved", "已解决", "해결됐어요"]
)
async def test_solved_in_words_is_the_press(done: DeskUnderTest, words: str) -> None:
    await done.says(words)
    assert (await ticket(done)).status is Status.CLOSED


async def test_mere_thanks_need_nobody_and_start_the_clock_anew(done: DeskUnderTest) -> None:
    done.clock.moment = OPEN + timedelta(days=6)
    assert "解決しましたか" in await done.says("ありがとうございました")
    assert any("ありがとうございました" in text for text in told(done))
    await tick(done, OPEN + timedelta(days=8))
    assert (await ticket(done)).status is Status.RESOLVED
    await tick(done, OPEN + timedelta(days=13, hours=1))
    assert (await ticket(done)).status is Status.CLOSED


async def test_staff_take_up_words_after_done_or_say_that_they_have_seen_them(done: DeskUnderTest) -> None:
    await done.says("窓口の人は知らないそうですが、どうしたものでしょう")
    labels = [button.label for row in card(done).buttons for button in row]
    assert labels[:2] == ["担当する", "確認した"]
    heard = len(done.messenger.to("r:1"))
    assert "確認しました" in (await done.staff_presses(Resolve(1), "太郎") or "")
    assert len(done.messenger.to("r:1")) == heard
    assert (await ticket(done)).turn is Turn.RESIDENT
    await done.says("窓口の人は知らないそうですが、どうしたものでしょうか")
    looked = Looked(id=next(_ids), staff="太郎", name="太郎", view=View.QUEUE)
    await done.dispatcher.dispatch(looked)
    await done.courier.drain()
    assert "対応完了(住民から返事)" in done.messenger.sent[-1].action.text
    await done.staff_presses(Claim(1), "太郎")
    taken = await ticket(done)
    assert taken.status is Status.CLAIMED
    assert taken.holder is not None
    assert taken.holder.name == "太郎"


# -- whole words --------------------------------------------------------------------------------------------------------


async def test_a_question_answered_before_a_person_was_wanted_is_in_the_ticket(desk: DeskUnderTest) -> None:
    for text in ("白鳥ボート 登録", "白鳥のお金", "団体です"):
        await desk.says(text)
        desk.clock.advance(minutes=1)
    handed = await desk.presses(AskPerson())
    opened = await ticket(desk)
    lines = [*opened.earlier, *opened.question.split("\n")]
    for text in ("白鳥ボート 登録", "白鳥のお金", "団体です"):
        assert text in handed
        assert text in lines
        assert text in card(desk).text
    assert handed.index("白鳥ボート 登録") < handed.index("白鳥のお金") < handed.index("団体です")
    await desk.dispatcher.dispatch(Looked(id=next(_ids), staff="花", name="花", view=View.TICKET, ticket=1))
    await desk.courier.drain()
    story = desk.messenger.sent[-1].action.text
    assert story.index("白鳥ボート 登録") < story.index("白鳥のお金") < story.index("団体です")


async def test_three_quick_messages_are_read_together_and_no_answer_is_given_twice(
    desk: DeskUnderTest,
) -> None:
    answer = await desk.says("白鳥ボートのことで")
    assert "確認できませんでした" in answer
    desk.clock.advance(seconds=3)
    assert "合わせて読みました" in await desk.says("いくらですか")
    desk.clock.advance(seconds=3)
    await desk.says("子どもが二人います")
    handed = await desk.presses(AskPerson())
    assert "白鳥ボートのことで\nいくらですか\n子どもが二人います" in handed


async def test_a_second_ticket_has_its_own_words_even_if_nothing_was_said_beside_the_first(
    desk: DeskUnderTest,
) -> None:
    await held(desk)
    await desk.staff_presses(Resolve(1))
    await desk.presses(Settle(1, 1))
    assert "書いて送ってください" in await desk.presses(AskPerson())
    assert "いくら" not in await desk.says("あひるに会えますか")


async def test_a_second_ticket_has_its_own_words_and_answers(desk: DeskUnderTest) -> None:
    await held(desk)
    await desk.says("これは一件目の続き")
    await desk.staff_presses(Resolve(1))
    await desk.presses(Settle(1, 1))
    await desk.says("あひる係の態度がひどい")
    await desk.presses(AskPerson())
    handed = await desk.presses(LetFacilityRead(0, 1, 1))
    second = await ticket(desk, 2)
    assert second.question == "あひる係の態度がひどい"
    assert second.given == ("duck-complaint v1",)
    assert second.earlier == ()
    for old in ("いくら", "一件目", "swan-fee"):
        assert old not in handed
        assert old not in card(desk).text


async def test_what_was_said_while_a_ticket_was_open_does_not_begin_the_next_one(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    await desk.says("白鳥ボート 登録")
    await desk.staff_presses(Resolve(1))
    await desk.presses(Settle(1, 1))
    assert "書いて送ってください" in await desk.presses(AskPerson())
    handed = await desk.says("おむつを替える部屋")
    assert "受付番号 2 で" in handed
    assert "白鳥" not in handed


async def test_long_words_are_on_the_card_in_part_and_in_the_tickets_place_whole(desk: DeskUnderTest) -> None:
    letter = "".join(f"第{n:04d}文です。😀\n" for n in range(360))
    await desk.says(letter)
    await desk.says("それから、" + "あ" * 3990)
    await desk.presses(AskPerson())
    shown = card(desk).text
    assert units(shown) <= 4096
    whole = next(text for text in told(desk) if "全文" in text)
    for part in ("第0000文", "第0200文", "第0359文", "あ" * 400):
        assert part in whole
    messages = [m for m in desk.messenger.to("r:1") if "第0000文" in m]
    assert all(part in messages[-1] for part in ("第0359文", "それから、"))
    await desk.staff_presses(Claim(1))
    assert units(card(desk).text) <= 4096
    await desk.dispatcher.dispatch(Looked(id=next(_ids), staff="花", name="花", view=View.TICKET, ticket=1))
    await desk.courier.drain()
    story = desk.messenger.sent[-1].action.text
    assert all(story.count(part) == 1 for part in ("第0000文", "第0359文", "それから、"))


async def test_what_was_written_is_shown_to_its_writer_and_erased_with_them(
    desk: DeskUnderTest, tmp_path: Path
) -> None:
    from handlers.model.buttons import ForgetMe
    from handlers.model.events import Command, Commanded

    await desk.says("ひみつの前置きQQ11")
    await desk.says("白鳥 いくら")
    await desk.dispatcher.dispatch(Commanded(id=next(_ids), resident="r:1", command=Command.MYDATA))
    await desk.courier.drain()
    assert "ひみつの前置きQQ11" in desk.messenger.to("r:1")[-1]
    await desk.presses(AskPerson())
    assert (await ticket(desk)).earlier == ("ひみつの前置きQQ11",)
    await desk.presses(ForgetMe(1))
    await desk.store.wipe_log()
    for file in tmp_path.glob("test.db*"):
        assert "ひみつの前置きQQ11".encode() not in file.read_bytes(), file.name


async def test_a_database_of_before_says_whose_turn_it_is_and_begins_the_next_ticket_clean(
    tmp_path: Path,
) -> None:
    path, moment = tmp_path / "old.db", "2026-11-24T01:00:00.000000+00:00"
    old = sqlite3.connect(path)
    for migration in shipped():
        if migration.number < 7:
            old.executescript(migration.script)
    for number, status, answered in (
        (1, "closed", None),
        (2, "resolved", moment),
        (3, "claimed", moment),
        (4, "claimed", None),
    ):
        old.execute(
            "insert into ticket (id,resident,status,language,question,reason,given,former_holder,no_reply,opened_at,touched_at,"
            "replied_at,holder,holder_name) values (?,?,?,'ja','問','asked','[]','',0,?,?,?,'s','花子')",
            (number, f"r:{number}", status, moment, moment, answered),
        )
        old.execute(
            "insert into conversation (resident,language,language_chosen,question,misses,given,awaiting,reachable,updated_at)"
            " values (?,'ja',0,'問',1,'[[\"swan-fee\",1]]','anything',1,?)", (f"r:{number}", moment),
        )  # fmt: skip
    old.execute("pragma user_version = 6")
    old.commit()
    old.close()
    store = await SqliteStore.open(path, label="x", zone=TOKYO)
    try:
        turns = [t.turn for t in await store.tickets()]
        assert turns == [Turn.STAFF, Turn.RESIDENT, Turn.RESIDENT, Turn.STAFF]
        connection = sqlite3.connect(path)
        kept = connection.execute(
            "select question, given, said, ticket from conversation order by resident"
        ).fetchall()
        connection.close()
        assert kept == [("", "[]", "[]", 0), ("", "[]", "[]", 0), ("", "[]", "[]", 3), ("", "[]", "[]", 4)]
    finally:
        await store.close()


# -- 返信不要, revoked
# -------------------------------------------------------------------------------------------------


async def test_a_reply_wanted_after_all_lets_staff_answer_again(desk: DeskUnderTest) -> None:
    await held(desk)
    assert "やっぱり返事がほしい" in await desk.presses(WantNoReply(1))
    assert "返事は届きません" in await desk.says("追伸です")
    assert "返信不要" in (await desk.staff_replies(1, "お返事です") or "")
    assert "職員が返事をします" in await desk.presses(WantReply(1))
    assert "返信不要" not in card(desk).text
    await desk.staff_replies(1, "お返事です")
    assert "お返事です" in desk.messenger.to("r:1")[-1]


@pytest.mark.parametrize(
    "words", ["やっぱり返事がほしいです", "I want a reply after all", "请回复我", "請回覆", "답장 주세요"]
)
async def test_a_reply_wanted_in_words_is_taken_at_once_and_shown(desk: DeskUnderTest, words: str) -> None:
    await held(desk)
    await desk.presses(WantNoReply(1))
    await desk.says(words)
    assert not (await ticket(desk)).no_reply
    assert any("やはり返事がほしい" in text and words in text for text in told(desk))


async def test_a_ticket_that_ended_without_a_reply_is_asked_anew_when_one_is_wanted(
    desk: DeskUnderTest,
) -> None:
    await held(desk)
    await desk.presses(WantNoReply(1))
    await desk.staff_presses(Resolve(1))
    assert "受付番号 2 で" in await desk.presses(WantReply(1))
    assert "返信不要で終わったが、返事がほしい" in card(desk).text
    assert "白鳥 いくら" in card(desk).text
    assert "もう職員に引き継いでいます" in await desk.presses(WantReply(2))
    assert "もう残っていません" in await desk.presses(WantReply(1), "r:2")
