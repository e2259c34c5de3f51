"""Reading a message in its talk, and what is kept of it until the next ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.decision import Verdict
from handlers.model.conversation import Conversation, Given, Said
from handlers.model.settings import Rules
from handlers.model.snapshot import Snapshot
from handlers.resident import said
from handlers.resident.reading import Reading, read
from tests.small_faq import OPEN, knowledge

KNOWLEDGE = knowledge()
BOTH = "白鳥ボートの登録と料金を知りたい"


def after(*texts: str, question: str = "", **about: object) -> Conversation:
    """A talk with these texts, the last one just now."""
    talk = Conversation("r:1", OPEN)
    for text in texts:
        talk = said.heard(talk, text, OPEN)
    return replace(talk, question=question or texts[-1], **about)  # type: ignore[arg-type]


def reading(text: str, talk: Conversation, *, seconds: float = 1) -> Reading:
    return read(talk, text, Snapshot(OPEN + timedelta(seconds=seconds)), KNOWLEDGE, Rules())


def test_a_fragment_is_read_with_the_question_before_it_and_offers_are_not_just_repeated() -> None:
    found = reading("両方です", after(BOTH, path=("asked", "offer")), seconds=600)
    assert found.decision.verdict is Verdict.OFFER
    assert found.is_repeat
    assert found.question == f"{BOTH}\n両方です"


def test_the_rest_of_a_thought_is_read_with_its_beginning_and_an_answer_is_not_repeated() -> None:
    talk = after("白鳥ボートのことで", given=(Given("swan-fee", 1),), path=("asked", "answer:swan-fee v1"))
    found = reading("いくらですか", talk)
    assert [m.id for m in found.decision.entries] == ["swan-fee"]
    assert found.is_repeat
    assert found.question == "白鳥ボートのことで\nいくらですか"


def test_a_minute_later_the_same_words_are_a_question_of_their_own() -> None:
    found = reading("いくらですか", after("白鳥ボートのことで"), seconds=61)
    assert found.question == "いくらですか"
    assert not found.is_repeat
    assert found.decision.verdict is not Verdict.ANSWER


@pytest.mark.parametrize(
    "text", ["白鳥ボート 登録", "火事です", "職員と話したい", "こんにちは", "今日の天気は"]
)
def test_what_is_sure_by_itself_is_not_read_with_anything(text: str) -> None:
    talk = after("白鳥のお金", given=(Given("swan-fee", 1),), path=("asked", "answer:swan-fee v1"))
    alone = reading(text, Conversation("r:1", OPEN))
    assert reading(text, talk) == alone


def test_the_same_question_asked_again_gets_the_same_answer() -> None:
    talk = after("白鳥のお金", given=(Given("swan-fee", 1),), path=("asked", "answer:swan-fee v1"))
    assert not reading("白鳥のお金", talk).is_repeat


def test_a_long_question_leaves_room_for_the_words_that_lean_on_it() -> None:
    found = reading("いくらですか", after("白鳥ボートのことで。" + "あ" * 5000))
    assert found.question.endswith("いくらですか")


def test_what_is_kept_is_bounded_in_number_size_and_age_and_says_that_something_is_missing() -> None:
    talk = Conversation("r:1", OPEN)
    for number in range(50):
        talk = said.heard(talk, f"{number}", OPEN + timedelta(seconds=number))
    assert len(talk.said) == 21
    assert talk.said[0].text == said.LEFT_OUT
    assert [one.text for one in talk.said[-2:]] == ["48", "49"]
    for letter in "abcdefghijklmnop":
        talk = said.heard(talk, letter * 4096, OPEN + timedelta(minutes=2))
    assert sum(len(one.text) for one in talk.said) <= 40_001
    assert talk.said[0].text == said.LEFT_OUT
    assert said.heard(talk, "x", OPEN + timedelta(days=4)).said[-1:] == (Said("x", OPEN + timedelta(days=4)),)
    assert len(said.heard(talk, "x", OPEN + timedelta(days=4)).said) <= 2


def test_one_message_that_is_longer_than_everything_is_kept_all_the_same() -> None:
    talk = said.heard(Conversation("r:1", OPEN), "あ" * 50_000, OPEN)
    assert [len(one.text) for one in talk.said] == [50_000]


def test_words_stand_in_order_and_none_twice() -> None:
    talk = after("一", "二", "三", question="二\n三")
    assert said.in_order(talk) == ("一", "二", "三")
    assert said.earlier(talk) == ("一",)
    picked = replace(talk, question="白鳥ボートの料金")
    assert said.in_order(picked) == ("一", "二", "三", "白鳥ボートの料金")
    assert said.joined("一", "二") == "一\n二"
    assert said.joined("一\n二", "二") == "一\n二"
    assert said.joined("一", "一\n二") == "一\n二"
    assert said.fresh(talk, 7) == Conversation("r:1", OPEN, ticket=7)
