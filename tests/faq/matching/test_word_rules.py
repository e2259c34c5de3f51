"""Words that an entry requires or forbids, and words that decide alone, override every score."""

from __future__ import annotations

import pytest

from faq.knowledge import KnowledgeBase
from faq.matching.match import Kind
from faq.matching.search import FORBIDDEN, REQUIRED
from faq.matching.word_rules import Lexicon
from handlers.decision import Verdict, decide
from handlers.model.settings import Rules
from tests.small_faq import base

ENTRIES, COMMON = "entries/ponds.yaml", "entries/_common.yaml"


RULED = (
    ENTRIES,
    "    sources: [ZZ]\n",
    "    requires: [[白鳥]]\n    forbids: [模型]\n    sources: [ZZ]\n",
)


def verdict(knowledge: KnowledgeBase, text: str) -> tuple[Verdict, tuple[str, ...], str]:
    decision = decide(knowledge.search(text), knowledge.thresholds, Rules())
    return decision.verdict, tuple(match.id for match in decision.entries), decision.reason


def blocked(knowledge: KnowledgeBase, text: str, name: str) -> str:
    return next(m.blocked for m in knowledge.search(text).matches if m.id == name)


def test_an_entry_without_its_required_word_is_not_answered_however_alike() -> None:
    free, ruled = base(), base(RULED)
    text = "はくちょうぼーととうろく"
    assert verdict(free, text)[:2] == (Verdict.ANSWER, ("swan-register",))
    assert blocked(ruled, text, "swan-register") == REQUIRED
    assert "swan-register" not in verdict(ruled, text)[1]
    assert blocked(ruled, "白鳥の届け出はどこ", "swan-register") == ""


def test_an_entry_with_its_forbidden_word_is_not_even_offered() -> None:
    ruled = base(RULED)
    assert verdict(ruled, "白鳥ボート 登録")[:2] == (Verdict.ANSWER, ("swan-register",))
    assert blocked(ruled, "白鳥ボート 登録 模型", "swan-register") == FORBIDDEN
    assert "swan-register" not in verdict(ruled, "白鳥ボート 登録 模型")[1]


def test_the_longer_rule_word_is_read_so_that_a_part_of_it_does_not_count() -> None:
    ruled = base(
        (
            ENTRIES,
            "    sources: [ZZ]\n",
            "    forbids: [ボートレース]\n    requires: [[ボート]]\n    sources: [ZZ]\n",
        )
    )
    assert blocked(ruled, "白鳥ボートレース 登録", "swan-register") == FORBIDDEN


DECOY = (
    COMMON,
    "    subject: {ja: 天気, en: Weather}\n",
    "    subject: {ja: 天気, en: Weather}\n    any: [[天気], [明日, あした]]\n",
)


def test_a_decoy_whose_words_are_all_there_is_certain() -> None:
    ruled = base(DECOY)
    found = ruled.search("あした白鳥の池の天気が気になる")
    assert [(m.kind, m.id, m.score) for m in found.matches] == [(Kind.DECOY, "weather", 1.0)]
    assert ruled.search("池の天気").matches[0].evidence


def test_a_word_of_ours_keeps_a_decoy_from_being_certain_by_its_words() -> None:
    ruled = base(DECOY, (COMMON, "groups:\n", "ours: [白鳥ボート]\ngroups:\n"))
    assert ruled.search("あしたの天気で白鳥ボート 登録").matches[0].evidence
    assert not ruled.search("あしたの天気").matches[0].evidence


@pytest.mark.parametrize("text", ["白鳥ボート 登録 の途中で火事", "救急車!!料金は?", "かじです、火事"])
def test_the_words_of_an_emergency_come_before_everything(text: str) -> None:
    assert base(RULED, DECOY).search(text).reply == "call-119"


def test_of_two_replies_whose_words_are_there_the_more_urgent_is_said() -> None:
    ruled = base(
        (COMMON, "  - id: hello\n", "  - id: hello\n    priority: 1\n    any: [[こんにちは]]\n"),
    )
    assert ruled.search("こんにちは、火事です").reply == "call-119"
    assert ruled.search("こんにちは、いい天気").reply == "hello"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("he raped her", {"raped"}),
        ("I scraped my knee", set()),
        ("a man is following me!", {"following me"}),
        ("the following members", set()),
        ("we are registering", {"regist"}),
        ("火事fire!!", {"fire"}),
    ],
)
def test_a_latin_word_is_found_where_a_word_begins(text: str, found: set[str]) -> None:
    assert Lexicon(["raped", "following me", "regist", "fire"]).words_in(text) == found
