"""Further messages of a person in danger, messages that are only a call for help, and danger in the words of a
complaint.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load
from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.whole_message import WholeMessages
from handlers.model.actions import Relay
from handlers.model.buttons import AskPerson, NoDanger
from handlers.model.events import SentMedia
from handlers.model.tickets import Desk, Status, Ticket, Turn
from tests.one_talk import Talk
from tests.small_faq import OPEN

NUMBERS = "いますぐ119"
NEXT = [
    "電話できない",
    "はやくきて",
    "どうすればいいの",
    "まだ動きません",
    "3階の卓球室です",
    "予約の取り消し方を教えて",
]


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return OfflineKnowledge(load(None)).knowledge


def a_ticket(turn: Turn = Turn.STAFF) -> Ticket:
    return Ticket(7, "r:1", Status.OPEN, Language.JA, "登録のこと", "asked", (), OPEN, OPEN, turn=turn)


@pytest.mark.parametrize("text", NEXT)
def test_what_follows_a_danger_gets_the_numbers_again_and_one_tap_leads_on(
    text: str, knowledge: KnowledgeBase
) -> None:
    talk = Talk(knowledge)
    talk.says("友達が息をしていません")
    assert talk.says(text).startswith(NUMBERS)
    assert talk.buttons == [NoDanger()]
    assert not talk.presses(NoDanger()).startswith(NUMBERS)
    assert not talk.says("団体の登録に必要な書類は").startswith(NUMBERS)


@pytest.mark.parametrize("text", NEXT)
def test_what_follows_a_danger_reaches_the_desk_that_has_the_case_and_nothing_is_asked_first(
    text: str, knowledge: KnowledgeBase
) -> None:
    talk = Talk(knowledge)
    talk.ticket = a_ticket()
    talk.says("友達が息をしていません")
    assert talk.says(text).startswith(NUMBERS)
    assert not talk.buttons
    assert text in talk.shown


def test_words_for_a_person_hold_all_of_it(knowledge: KnowledgeBase) -> None:
    talk = Talk(knowledge, ward=False)
    talk.says("友達が息をしていません")
    talk.says("3階の卓球室です")
    talk.presses(AskPerson())
    assert "息をしていません" in talk.shown
    assert "卓球室" in talk.shown


def test_the_talk_goes_on_after_a_while_after_thanks_and_after_a_persons_answer(
    knowledge: KnowledgeBase,
) -> None:
    later = Talk(knowledge)
    later.says("友達が息をしていません")
    later.now += timedelta(minutes=16)
    assert not later.says("予約の取り消し方を教えて").startswith(NUMBERS)
    thanks = Talk(knowledge)
    thanks.says("友達が息をしていません")
    assert not thanks.says("ありがとうございます").startswith(NUMBERS)
    answered = Talk(knowledge)
    answered.ticket = a_ticket()
    answered.says("友達が息をしていません")
    assert answered.ticket is not None
    answered.ticket = a_ticket(Turn.RESIDENT)
    assert not answered.says("3階の卓球室です").startswith(NUMBERS)


@pytest.mark.parametrize(
    "text",
    [
        "たすけて", "助けて!!!", "たすけてええええ", "助けて助けて助けて", "だれか助けてください", "🆘", "SOS", "S.O.S.", "ヘルプ", "tasukete",
        "help", "HELP ME PLEASE", "somebody help me!!", "救命啊", "救救我", "快救我!", "살려주세요", "도와주세요", "socorro", "cứu tôi với",
    ],
)  # fmt: skip
def test_a_cry_and_nothing_else_gets_the_numbers_and_the_way_to_say_what_the_trouble_is(
    text: str, knowledge: KnowledgeBase
) -> None:
    talk = Talk(knowledge)
    answer = talk.says(text)
    assert "119" in answer
    assert "110" in answer
    assert talk.buttons == [NoDanger()]


@pytest.mark.parametrize(
    "text",
    ["助けて、登録できません", "help with registration please", "ヘルプの電話番号は", "登録を助けてください"],
)
def test_a_cry_with_its_matter_is_answered_as_its_matter(text: str, knowledge: KnowledgeBase) -> None:
    assert not knowledge.hear(text).danger


def test_a_whole_message_is_read_by_its_letters_and_costs_little() -> None:
    cries = WholeMessages([("たすけて", "a"), ("help me", "b"), ("🆘", "c")])
    said = [
        "タスケテ！",
        "たすけて たすけて",
        "Help me",
        "help, me!!",
        "🆘 ",
        "たすけての",
        "help me book",
        "",
        "た" * 60,
        "たすけて" * 40,
    ]
    assert [cries.id_of(text) for text in said] == ["a", "a", "b", "b", "c", "", "", "", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "職員の態度がひどくて死にたい",
        "受付の人にひどいことを言われて消えてしまいたい",
        "受付の人にいじめられてもう生きていたくない",
        "受付の職員に殴られました 血が出ています",
        "館長に首を絞められた",
    ],
)
def test_danger_from_the_facility_gets_the_numbers_first_and_the_wards_desk_alone(
    text: str, knowledge: KnowledgeBase
) -> None:
    talk = Talk(knowledge)
    talk.ticket = a_ticket()
    answer = talk.says(text)
    assert "119" in answer
    assert "苦情" not in answer
    assert talk.ticket.desk is Desk.WARD
    assert text in talk.shown


def test_a_picture_of_it_goes_where_the_words_go(knowledge: KnowledgeBase) -> None:
    talk = Talk(knowledge)
    talk.ticket = a_ticket()
    talk.happens(
        SentMedia(id="m", resident="r:1", kind="photo", caption="職員に殴られて血が出ています", place="1:2")
    )
    assert talk.ticket.desk is Desk.WARD
    assert any(isinstance(action, Relay) for action in talk.last.actions)
