"""Reports of unfair use are recognised by their words where a detector hears nothing; plain questions are not."""

from __future__ import annotations

import pytest

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load
from faq.knowledge import KnowledgeBase
from faq.matching.match import Complaint


@pytest.fixture(scope="module")
def shipped() -> KnowledgeBase:
    return OfflineKnowledge(load(None)).knowledge


@pytest.mark.parametrize(
    "text",
    ["コートの枠がヤフオクに出品されてました", "当選した部屋を転売する人がいる", "架空登録で何件も申し込む団体がある",
     "somebody is reselling a court slot", "有人倒卖名额", "有人轉賣場地", "명의 대여로 예약하는 단체가 있어요"],
)  # fmt: skip
def test_words_of_unfair_use_are_at_least_asked_about(shipped: KnowledgeBase, text: str) -> None:
    assert shipped.hear(text).complaint >= Complaint.POSSIBLE


@pytest.mark.parametrize(
    "text",
    ["団体登録に必要な書類は", "抽選の申し込み方", "how do I book a court", "オークションは何時からですか"],
)
def test_one_half_of_the_words_says_nothing(shipped: KnowledgeBase, text: str) -> None:
    assert shipped.hear(text).complaint is Complaint.NO
