"""The example talks of the FAQ: what cannot stand alone is read with what came before, or asked back about."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load, packaged_faq
from faq.content.talk import Talk
from faq.training.talks import Mark, TalkScore, Understood, mark, score


@pytest.fixture(scope="module")
def played() -> TalkScore:
    return OfflineKnowledge(load(None, faq_folder=packaged_faq())).score_talks()


def test_there_are_150_talks_of_every_kind(played: TalkScore) -> None:
    assert played.total.total() >= 150
    assert set(played.by_kind) >= {
        "money", "time", "documents", "place", "phone", "deadline", "who", "facility", "choose", "action", "answers"
    }  # fmt: skip


def test_most_are_right_or_asked_back_and_no_facility_is_mistaken(played: TalkScore) -> None:
    assert played.good >= 0.88, played.by_kind
    assert played.wrong_facility == 0


def test_a_new_question_in_a_talk_is_answered_as_one(played: TalkScore) -> None:
    assert played.by_kind["answers"] == Counter({Mark.RIGHT: played.by_kind["answers"].total()})


@pytest.mark.parametrize(
    ("talk", "found", "wanted"),
    [
        (Talk(turns=("a", "b"), entries=("x",)), Understood("answer", ("x",), "", ""), Mark.RIGHT),
        (Talk(turns=("a", "b"), entries=("x",)), Understood("answer", ("y", "x"), "", ""), Mark.WRONG),
        (Talk(turns=("a", "b"), entries=("x",)), Understood("offer", ("y", "x"), "", ""), Mark.ASKED_BACK),
        (Talk(turns=("a", "b"), entries=("x",)), Understood("offer", ("y",), "", ""), Mark.WRONG),
        (Talk(turns=("a", "b"), entries=("x",)), Understood("rephrase", (), "", ""), Mark.SILENT),
        (Talk(turns=("a", "b"), entries=("x",)), Understood("answer", ("x",), "repeat", ""), Mark.WRONG),
        (Talk(turns=("a", "b"), action="back"), Understood("answer", ("x",), "back", ""), Mark.RIGHT),
        (Talk(turns=("a", "b"), action="back"), Understood("offer", ("x",), "", ""), Mark.ASKED_BACK),
        (Talk(turns=("a", "b"), action="back"), Understood("answer", ("x",), "repeat", ""), Mark.WRONG),
    ],
)
def test_a_mark_says_whether_anything_wrong_was_done(talk: Talk, found: Understood, wanted: Mark) -> None:
    assert mark(talk, found) is wanted


def test_another_facility_than_the_talk_s_is_counted() -> None:
    talk = Talk(turns=("a", "b"), entries=("x",), facility="here")
    assert score([talk], lambda _: Understood("answer", ("x",), "", "there")).wrong_facility == 1
    assert score([talk], lambda _: Understood("answer", ("x",), "", "here")).wrong_facility == 0
