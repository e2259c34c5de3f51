"""Figures of speech, mentions of illness and the writer's own apologies with the FAQ as shipped, beside what is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load
from faq.knowledge import KnowledgeBase
from faq.matching.match import Complaint
from tests.one_talk import Talk

HERE = Path(__file__).parent.parent / "data"
ROWS = [line.split("\t") for line in (HERE / "heard-figures.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return OfflineKnowledge(load(None)).knowledge


def test_there_are_enough_messages_of_both_sorts() -> None:
    assert sum(label == "quiet" for label, _, _ in ROWS) >= 70
    assert sum(label == "loud" for label, _, _ in ROWS) >= 20


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for label, kind, text in ROWS if label == "quiet"])
def test_what_only_sounds_like_danger_is_none(kind: str, text: str, knowledge: KnowledgeBase) -> None:
    assert not knowledge.hear(text).danger, kind


@pytest.mark.parametrize("text", [text for label, _, text in ROWS if label == "loud"])
def test_the_same_words_meant_are_heard(text: str, knowledge: KnowledgeBase) -> None:
    assert knowledge.hear(text).danger


@pytest.mark.parametrize(
    "text",
    [
        "死ぬほど並んだ。もう死にたい",
        "凍え死にそうに寒い。子どもが動きません",
        "母がもう長くないので、一緒に逝くつもりです",
    ],
)
def test_what_stands_beside_a_figure_is_heard(text: str, knowledge: KnowledgeBase) -> None:
    assert knowledge.hear(text).danger


@pytest.mark.parametrize(
    "text",
    [
        "失礼しました",
        "すみません、こちらの勘違いでした!",
        "お騒がせしました。失礼いたしました。",
        "Sorry, my mistake.",
        "不好意思，发错了",
        "죄송합니다. 제가 착각했어요",
    ],
)
def test_an_apology_of_ones_own_is_a_courtesy(text: str, knowledge: KnowledgeBase) -> None:
    assert Talk(knowledge).says(text)
    assert knowledge.search(text).reply == "apology"
    assert knowledge.hear(text).complaint is Complaint.NO


@pytest.mark.parametrize(
    "text", ["何度も失礼します。予約の件です", "先ほどは失礼しました。登録の期限を知りたいです"]
)
def test_an_apology_before_a_question_is_no_complaint(text: str, knowledge: KnowledgeBase) -> None:
    assert knowledge.hear(text).complaint is Complaint.NO


@pytest.mark.parametrize(
    "text",
    [
        "失礼しましたの一言もありませんでした",
        "受付で「失礼しました」で済まされました。納得できません",
        "受付の人に失礼なことを言われました",
    ],
)
def test_a_complaint_about_manners_is_one(text: str, knowledge: KnowledgeBase) -> None:
    assert knowledge.hear(text).complaint >= Complaint.LIKELY


def test_a_cry_beside_a_courtesy_is_no_courtesy(knowledge: KnowledgeBase) -> None:
    assert knowledge.finder.said_whole("助けて、失礼しました") != "apology"
