"""What is heard in languages the FAQ does not speak, and in unusual letters, with the FAQ as shipped.

``heard-scripts.tsv`` holds messages that no detector has learned from; a cry may be known by its words.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load
from faq.knowledge import KnowledgeBase
from faq.matching.match import Complaint

HERE = Path(__file__).parent.parent / "data"
ROWS = [line.split("\t") for line in (HERE / "heard-scripts.tsv").read_text(encoding="utf-8").splitlines()]
QUIET = [(kind, text) for label, kind, text in ROWS if label == "quiet"]
LOUD = [(kind, text) for label, kind, text in ROWS if label == "loud"]


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return OfflineKnowledge(load(None)).knowledge


def test_there_are_enough_messages_of_every_kind() -> None:
    assert len(QUIET) >= 150
    assert len(LOUD) >= 100


@pytest.mark.parametrize(("kind", "text"), QUIET)
def test_an_ordinary_message_in_any_script_is_no_danger(
    kind: str, text: str, knowledge: KnowledgeBase
) -> None:
    assert not knowledge.hear(text).danger, kind


@pytest.mark.parametrize(("kind", "text"), LOUD)
def test_a_cry_in_any_script_is_heard(kind: str, text: str, knowledge: KnowledgeBase) -> None:
    assert knowledge.hear(text).danger, kind


def test_an_ordinary_message_in_any_script_does_not_likely_complain(knowledge: KnowledgeBase) -> None:
    assert [text for _, text in QUIET if knowledge.hear(text).complaint >= Complaint.LIKELY] == []


@pytest.mark.parametrize(
    "text",
    [
        "Nhân viên quát tôi trước mặt mọi người",
        "Bastos po yung staff sa counter",
        "Quiero presentar una queja",
        "Мне нагрубили на стойке, хочу пожаловаться",
        "เจ้าหน้าที่พูดจาหยาบคายมาก",
    ],
)
def test_a_complaint_in_a_language_nobody_has_taught_is_asked_about(
    text: str, knowledge: KnowledgeBase
) -> None:
    assert knowledge.hear(text).complaint >= Complaint.POSSIBLE


@pytest.mark.parametrize(
    ("kana", "kanji"),
    [
        ("ｶｲｷﾞｼﾂ ﾉ ﾘﾖｳﾘｮｳ ﾊ ｲｸﾗ ﾃﾞｽｶ", "会議室の利用料はいくらですか"),
        ("ダンタイ ノ ダイヒョウシャ ヲ カエタイ", "団体の代表者を変えたい"),
    ],
)
def test_katakana_alone_is_asked_like_the_same_in_kanji(
    kana: str, kanji: str, knowledge: KnowledgeBase
) -> None:
    assert knowledge.search(kana).matches[0].id == knowledge.search(kanji).matches[0].id
