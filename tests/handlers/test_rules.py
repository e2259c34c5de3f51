"""From scores to decisions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.matching.fusion import Thresholds
from faq.matching.match import Complaint, Found, Heard, Kind, Match
from handlers.decision import Verdict, decide
from handlers.model.settings import Rules

LIMITS = Thresholds(answer=0.75, offer=0.25, elsewhere=0.6)
RULES = Rules()


def entry(name: str, score: float, blocked: str = "") -> Match:
    return Match(Kind.ENTRY, name, score, (), blocked)


def found(*matches: Match, reply: str = "", person: str = "", nothing: float = 0.0) -> Found:
    return Found(None, matches, reply, person=person, nothing=nothing)


def decoy(name: str, score: float) -> Match:
    return Match(Kind.DECOY, name, score)


@pytest.mark.parametrize(
    ("findings", "verdict", "reason"),
    [
        (found(entry("a", 0.9), entry("b", 0.05)), Verdict.ANSWER, "sure"),
        (found(entry("a", 0.7), entry("b", 0.2)), Verdict.OFFER, "unsure"),
        (found(entry("a", 0.1), entry("b", 0.1), entry("c", 0.1)), Verdict.OFFER, "unsure"),
        (found(entry("a", 0.1)), Verdict.REPHRASE, "weak"),
        (found(), Verdict.REPHRASE, "nothing-alike"),
        (found(entry("a", 0.9, "forbidden-word"), entry("b", 0.3)), Verdict.OFFER, "blocked"),
        (found(entry("a", 0.9, "forbidden-word")), Verdict.REPHRASE, "blocked"),
        (found(Match(Kind.DECOY, "dog", 0.8), entry("a", 0.1)), Verdict.REPLY, "decoy:dog"),
        (found(Match(Kind.DECOY, "dog", 0.4), entry("a", 0.35)), Verdict.OFFER, "unsure"),
        (found(Match(Kind.DECOY, "dog", 0.3), entry("a", 0.05)), Verdict.REPHRASE, "weak"),
        (found(decoy("dog", 0.3), entry("a", 0.25), nothing=0.35), Verdict.REPLY, "decoy:dog"),
        (found(decoy("dog", 0.1), entry("a", 0.25), nothing=0.55), Verdict.REPHRASE, "nothing"),
        (found(entry("a", 0.3), nothing=0.65), Verdict.REPHRASE, "nothing"),
        (found(entry("a", 0.45), nothing=0.5), Verdict.OFFER, "unsure"),
        (found(entry("a", 0.8), decoy("dog", 0.05), nothing=0.1), Verdict.ANSWER, "sure"),
        (found(decoy("dog", 0.35), decoy("cat", 0.35), entry("a", 0.3)), Verdict.REPLY, "decoy:dog"),
        (found(*(decoy(name, 0.12) for name in "defghi"), entry("a", 0.1)), Verdict.REPHRASE, "nothing"),
        (found(Match(Kind.REPLY, "abuse", 0.55), entry("a", 0.05)), Verdict.REPLY, "reply:abuse"),
        (found(Match(Kind.REPLY, "thanks", 0.8)), Verdict.REPLY, "reply:thanks"),
        (found(Match(Kind.REPLY, "person", 0.8), person="person"), Verdict.HANDOFF, "wants-person"),
        (found(entry("a", 0.99), reply="emergency-119"), Verdict.REPLY, "words:emergency-119"),
    ],
)
def test_each_finding_has_its_decision_and_reason(findings: Found, verdict: Verdict, reason: str) -> None:
    decision = decide(findings, LIMITS, RULES)
    assert (decision.verdict, decision.reason) == (verdict, reason)


def test_the_second_miss_leads_to_a_person() -> None:
    decision = decide(found(entry("a", 0.1)), LIMITS, RULES, misses=1)
    assert (decision.verdict, decision.reason) == (Verdict.HANDOFF, "weak-again")


def test_never_more_are_offered_than_the_operator_wants() -> None:
    decision = decide(found(*(entry(name, 0.2) for name in "abcd")), LIMITS, Rules(offers=2))
    assert [match.id for match in decision.entries] == ["a", "b"]


def test_what_is_not_ours_is_a_miss_that_leads_to_a_person_the_second_time() -> None:
    decision = decide(found(entry("a", 0.1), nothing=0.8), LIMITS, RULES, misses=1)
    assert (decision.verdict, decision.reason) == (Verdict.HANDOFF, "nothing-again")


def test_a_first_offer_below_the_floor_is_none() -> None:
    faint = found(*(entry(name, 0.15) for name in "abc"))
    assert decide(faint, replace(LIMITS, floor=0.1), RULES).verdict is Verdict.OFFER
    assert decide(faint, replace(LIMITS, floor=0.2), RULES).verdict is Verdict.REPHRASE


matches = st.lists(
    st.builds(
        Match, st.sampled_from(Kind), st.sampled_from("abcdef"), st.floats(0, 1), st.just(()),
        st.sampled_from(["", "forbidden-word"]),
    ),
    max_size=6,
)  # fmt: skip


@given(matches, st.integers(0, 3))
def test_a_blocked_entry_is_never_answered_nor_offered_and_decisions_repeat(
    found_: list[Match], misses: int
) -> None:
    findings = Found(None, tuple(sorted(found_, key=lambda m: -m.score)))
    decision = decide(findings, LIMITS, RULES, misses)
    assert not any(match.blocked for match in decision.entries)
    assert decision == decide(findings, LIMITS, RULES, misses)
    if decision.verdict is Verdict.ANSWER:
        assert decision.entries[0].score >= LIMITS.answer


@pytest.mark.parametrize(
    ("heard", "reply", "verdict"),
    [
        (Complaint.SURE, "", Verdict.ANSWER),
        (Complaint.SURE, "person", Verdict.HANDOFF),
        (Complaint.LIKELY, "", Verdict.HANDOFF),
    ],
)
def test_a_sure_complaint_that_only_resembles_the_wish_for_a_person_is_a_complaint(
    heard: Complaint, reply: str, verdict: Verdict
) -> None:
    findings = replace(
        found(Match(Kind.REPLY, "person", 0.7), reply=reply, person="person"),
        heard=Heard("", heard, "duck-complaint"),
    )
    decision = decide(findings, LIMITS, RULES)
    assert decision.verdict is verdict
    assert [match.id for match in decision.entries] == (
        ["duck-complaint"] if verdict is Verdict.ANSWER else []
    )


@pytest.mark.parametrize(
    ("own", "others", "verdict", "first"),
    [
        (0.05, 0.93, Verdict.ANSWER, "fee"),
        (0.15, 0.80, Verdict.OFFER, "duck-complaint"),
        (0.05, 0.60, Verdict.OFFER, "duck-complaint"),
        (0.90, 0.05, Verdict.ANSWER, "duck-complaint"),
    ],
)
def test_a_sure_complaint_gives_way_only_to_a_sure_answer_beside_which_it_is_not_asked_at_all(
    own: float, others: float, verdict: Verdict, first: str
) -> None:
    asked = sorted([entry("duck-complaint", own), entry("fee", others)], key=lambda m: -m.score)
    findings = replace(found(*asked), heard=Heard("", Complaint.SURE, "duck-complaint"))
    decision = decide(findings, LIMITS, RULES)
    assert (decision.verdict, decision.entries[0].id) == (verdict, first)
