"""A caption counts as words whatever happens to its file, and the resident is told what happened to the file."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load
from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.model.actions import Relay, ToTicket
from handlers.model.buttons import AskPerson, ForWard
from handlers.model.events import SentMedia
from handlers.model.snapshot import Author
from handlers.model.tickets import Desk, Holder, Status, Ticket
from handlers.wording import resident as words
from tests.one_talk import Talk
from tests.scenarios.test_heard import an_unsure_one
from tests.small_faq import OPEN

PLAIN = "登録のことで、画面にエラーと出ます"
IDENTITY = "免許証です。これで登録できますか"
_ids = (f"m:{number}" for number in itertools.count())


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return OfflineKnowledge(load(None)).knowledge


def held(status: Status) -> Ticket:
    holder = Holder("tg:8", "花子")
    return Ticket(7, "r:1", status, Language.JA, "登録のこと", "asked", (), OPEN, OPEN, holder=holder)


def file(caption: str = "", kind: str = "photo") -> SentMedia:
    return SentMedia(id=next(_ids), resident="r:1", kind=kind, caption=caption, place="1:2")


def with_case(knowledge: KnowledgeBase, status: Status = Status.CLAIMED) -> Talk:
    talk = Talk(knowledge)
    talk.ticket = held(status)
    return talk


def copies(talk: Talk) -> list[Relay]:
    return [action for action in talk.last.actions if isinstance(action, Relay)]


def kept(talk: Talk) -> list[str]:
    return [message.text for message in talk.last.messages if message.author is Author.RESIDENT]


@pytest.mark.parametrize("kind", ["photo", "document", "video"])
def test_words_under_a_refused_file_reach_the_person_who_has_the_case(
    kind: str, knowledge: KnowledgeBase
) -> None:
    talk = with_case(knowledge)
    heard = talk.happens(file(IDENTITY, kind))
    assert heard.startswith("この写真は受け取っていません")
    assert "受付番号 7 に書き添えました" in heard
    assert copies(talk) == []
    assert kept(talk) == [IDENTITY]
    assert IDENTITY in talk.shown
    assert "本人確認書類かもしれない" in talk.shown


def test_words_under_a_refused_file_are_answered_and_stay_for_a_person_who_is_asked_later(
    knowledge: KnowledgeBase,
) -> None:
    question = "団体登録に必要な書類は、免許証ですか"
    talk = Talk(knowledge, ward=False)
    answer = talk.says(question)
    talk = Talk(knowledge, ward=False)
    assert talk.happens(file(question)) == f"{words.NO_IDENTITY_PHOTO[Language.JA]}\n\n{answer}"
    talk.presses(AskPerson())
    assert question in talk.shown


def test_during_the_online_identity_check_the_picture_is_refused_and_the_error_is_read(
    knowledge: KnowledgeBase,
) -> None:
    topic = next(entry for entry, topic in knowledge.topics.items() if topic == "ekyc")
    talk = Talk(knowledge)
    talk.ticket = replace(held(Status.CLAIMED), given=(f"{topic} v1",))
    assert talk.happens(file(PLAIN)).startswith("この写真は受け取っていません")
    assert (copies(talk), kept(talk)) == ([], [PLAIN])


@pytest.mark.parametrize("kind", ["photo", "voice", "contact"])
def test_where_nobody_has_a_case_the_file_is_not_taken_and_its_words_are_answered(
    kind: str, knowledge: KnowledgeBase
) -> None:
    talk = Talk(knowledge)
    heard = talk.happens(file("団体登録に必要な書類は", kind))
    named = (
        "連絡先は、ここでは受け取れません"
        if kind == "contact"
        else "写真やファイルは、ここでは読めないので受け取っていません"
    )
    assert heard.startswith(named)
    assert "添えてあった文だけを読みました。" in heard.partition("\n\n")[0]
    assert talk.last.record is not None
    assert talk.last.record.decision in ("answer", "offer")


def test_a_file_of_a_kind_that_is_not_copied_is_told_to_both_sides_with_its_words(
    knowledge: KnowledgeBase,
) -> None:
    talk = with_case(knowledge)
    assert "連絡先は受け取れないので、職員に渡していません" in talk.happens(file(PLAIN, "contact"))
    assert kept(talk) == [PLAIN]
    assert "受け取っていません" in talk.shown


def test_words_under_a_file_of_a_danger_are_heard_and_an_identity_is_not_copied_for_it(
    knowledge: KnowledgeBase,
) -> None:
    talk = with_case(knowledge)
    assert talk.happens(file("人が倒れて息をしていません")).startswith("いますぐ119")
    assert len(copies(talk)) == 1
    assert talk.happens(file("免許証の人が倒れて息をしていません")).startswith("いますぐ119")
    assert copies(talk) == []
    assert "倒れて息をしていません" in talk.shown


@pytest.mark.parametrize("says", [Talk.says, lambda talk, text: talk.happens(file(text))])
@pytest.mark.parametrize(("text", "status"), [("まだです", Status.OPEN), ("解決しました", Status.CLOSED)])
def test_after_done_a_word_is_the_press_and_no_complaint_and_a_file_above_it_goes_along(
    says: Callable[[Talk, str], str], text: str, status: Status, knowledge: KnowledgeBase
) -> None:
    talk = with_case(knowledge, Status.RESOLVED)
    says(talk, text)
    assert talk.ticket is not None
    assert talk.ticket.status is status
    assert {copy.to for copy in copies(talk)} <= {ToTicket(7)}
    assert len(copies(talk)) == (says is not Talk.says)


def test_a_wish_for_a_reply_under_a_file_is_heard(knowledge: KnowledgeBase) -> None:
    talk = with_case(knowledge)
    talk.ticket = replace(held(Status.CLAIMED), no_reply=True)
    talk.happens(file("やっぱり返事がほしいです"))
    assert talk.ticket is not None
    assert not talk.ticket.no_reply
    assert len(copies(talk)) == 1


def test_while_it_is_asked_whether_it_is_a_complaint_no_file_goes_to_the_facility_and_no_word_is_lost(
    knowledge: KnowledgeBase,
) -> None:
    unsure = an_unsure_one(knowledge)
    for yes, desk in ((1, Desk.WARD), (0, Desk.FACILITY)):
        talk = with_case(knowledge)
        assert "まだ送っていません" in talk.says(unsure)
        for caption in ("", PLAIN):
            heard = talk.happens(file(caption))
            assert "写真やファイルは、まだだれにも渡していません" in heard
            assert ForWard(7, 1, 1) in talk.buttons
            assert (copies(talk), kept(talk), talk.shown) == ([], [], "")
        talk.presses(ForWard(7, yes))
        assert talk.ticket is not None
        assert talk.ticket.desk is desk
        assert kept(talk) == [unsure, "(photo)", f"(photo) {PLAIN}"]
        assert len(copies(talk)) == 2


def test_the_answer_to_that_question_may_stand_under_the_file_itself(knowledge: KnowledgeBase) -> None:
    talk = with_case(knowledge)
    talk.says(an_unsure_one(knowledge))
    talk.happens(file("はい"))
    assert talk.at_ward is True
    assert len(copies(talk)) == 1
