"""From scores to one of five decisions: answer · offer · rephrase · hand off · reply."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.matching.fusion import Thresholds
from faq.matching.match import Complaint, Found, Kind, Match
from handlers.model.settings import Rules

WANTS_PERSON: Final = "wants-person"
"""Reason of a handoff that the resident asked for."""

NOT_IN_FORCE: Final = "not-in-force"
"""Reason of an offer whose first entry is certainly meant but not in force today: the resident is told so, with its
window.
"""

DANGER: Final = "danger"
NO_DANGER: Final = "no-danger"
"""Step of a talk in which the resident said that nobody is in danger."""
COMPLAINT: Final = "complaint"
_MAY_BE_ASKED: Final = 0.1
"""Probability from which an entry is offered beside the entry on complaints."""
_NAMED: Final = 0.3
"""Share of what is not ours that one matter must have for its reply."""
_LIKELIER_THAN_NOT: Final = 0.5
"""Probability from which a courtesy or decoy is answered where no entry competes."""


class Verdict(StrEnum):
    """The five decisions."""

    ANSWER = "answer"
    OFFER = "offer"
    REPHRASE = "rephrase"
    HANDOFF = "handoff"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Decision:
    """``entries`` are the one to answer with or those to offer; ``courtesy`` is the reply or decoy to give."""

    verdict: Verdict
    reason: str
    entries: tuple[Match, ...] = ()
    courtesy: Match | None = None


def decide(
    found: Found,
    thresholds: Thresholds,
    rules: Rules,
    misses: int = 0,
    not_in_force: Collection[str] = (),
) -> Decision:
    """One decision for one message; the same findings always give the same decision.

    Entries that are ``not_in_force`` are never given as the answer. Their share of the probability does not count
    against a current entry that is at least as likely.
    """
    if found.heard.danger:
        danger = Match(Kind.REPLY, found.heard.danger, 1.0)
        return Decision(Verdict.REPLY, f"{DANGER}:{danger.id}", courtesy=danger)
    decision = (
        _speak(Match(Kind.REPLY, found.reply, 1.0), "words", found)
        if found.reply
        else _asked(found, thresholds, rules, misses, not_in_force)
    )
    if found.heard.entry and found.heard.entry not in not_in_force:
        return _complained(decision, found, rules)
    return decision


def _asked(
    found: Found, thresholds: Thresholds, rules: Rules, misses: int, not_in_force: Collection[str]
) -> Decision:
    """The decision by what the message asks, without regard to danger and complaints."""
    if not found.matches:
        return _miss("nothing-alike", rules, misses)
    best = found.matches[0]
    if best.kind is Kind.REPLY and best.score >= thresholds.elsewhere:
        return _speak(best, best.kind.value, found)
    if found.not_ours >= max(
        thresholds.elsewhere, *(m.score for m in found.matches if m.kind is not Kind.DECOY), 0.0
    ):
        return _not_ours(found, rules, misses)
    entries = tuple(m for m in found.matches if m.kind is Kind.ENTRY and not m.blocked)
    usable = tuple(m for m in entries if m.id not in not_in_force)
    if (
        best.kind is Kind.ENTRY
        and best.id in not_in_force
        and not best.blocked
        and best.score >= thresholds.answer
    ):
        return Decision(Verdict.OFFER, NOT_IN_FORCE, (best, *usable[: rules.offers - 1]))
    left = 1.0 - sum(m.score for m in entries if m.id in not_in_force)
    if usable and usable[0] is best and best.score >= thresholds.answer * left:
        return Decision(Verdict.ANSWER, "sure", usable[:1])
    offers = tuple(sorted(entries[: rules.offers], key=lambda m: m.id in not_in_force))
    if offers and offers[0].score >= thresholds.floor and sum(m.score for m in offers) >= thresholds.offer:
        return Decision(Verdict.OFFER, "blocked" if best.blocked else "unsure", offers)
    if best.kind is not Kind.ENTRY and best.score >= _LIKELIER_THAN_NOT:
        return _speak(best, best.kind.value, found)
    return _miss("blocked" if best.blocked else "weak", rules, misses)


def _not_ours(found: Found, rules: Rules, misses: int) -> Decision:
    """The reply to what the message is about, where one thing is likely enough; no absurd one otherwise."""
    decoy = next((m for m in found.matches if m.kind is Kind.DECOY), None)
    if decoy is not None and decoy.score >= _NAMED * found.not_ours:
        return _speak(decoy, decoy.kind.value, found)
    return _miss("nothing", rules, misses)


def _complained(decision: Decision, found: Found, rules: Rules) -> Decision:
    """The decision with the entry on complaints where a complaint is heard: alone, or first of the offers; last if
    only possible.

    A sure complaint outranks a courtesy, a decoy, and a sure answer that sends people to another window where the entry
    on complaints may be asked, too, because naming a facility is not a question about it. Where that is not asked at all
    the answer is given: people who have been sent around and officials' letters sound alike, and before anything is
    handed over they are asked who may read it. A wish for a person is kept, unless a sure complaint only resembles it:
    「担当の人が目を見て話してくれません」. A likely complaint outranks a courtesy
    recognised only by its score if the entry on complaints may be asked, too: 「失礼すぎる」 is no goodbye,
    「それでは失礼します」 is one.
    """
    complaint, verdict = found.heard.complaint, decision.verdict
    is_wish = decision.reason == WANTS_PERSON and (complaint is not Complaint.SURE or bool(found.reply))
    if complaint is Complaint.NO or is_wish:
        return decision
    if complaint is Complaint.SURE:
        is_answered = verdict is Verdict.ANSWER and (
            decision.entries[0].id in found.heard.near or _own(found).score < _MAY_BE_ASKED
        )
        return decision if is_answered else _first(found, decision, rules)
    if complaint is Complaint.LIKELY and _is_rival(decision, found):
        return _first(found, decision, rules)
    if decision.courtesy is not None or verdict is Verdict.ANSWER:
        return decision
    if complaint is Complaint.LIKELY:
        return _first(found, decision, rules)
    return _last(found, decision) if verdict is Verdict.OFFER else decision


def _is_rival(decision: Decision, found: Found) -> bool:
    """Whether the entry on complaints may be asked beside a courtesy that is recognised only by its score."""
    if found.reply or decision.courtesy is None or decision.courtesy.kind is not Kind.REPLY:
        return False
    return any(m.id == found.heard.entry and m.score >= _MAY_BE_ASKED for m in found.matches)


def _first(found: Found, decision: Decision, rules: Rules) -> Decision:
    own, entry = _own(found), found.heard.entry
    asked = decision.entries or tuple(m for m in found.matches if m.kind is Kind.ENTRY and not m.blocked)
    others = tuple(m for m in asked if m.id != entry)[: rules.offers]
    is_alone = all(m.score < min(own.score, _MAY_BE_ASKED) for m in others)
    if found.heard.complaint is Complaint.SURE and is_alone:
        return Decision(Verdict.ANSWER, COMPLAINT, (own,))
    return Decision(Verdict.OFFER, COMPLAINT, (own, *others))


def _own(found: Found) -> Match:
    """The entry on complaints as a candidate."""
    entry = found.heard.entry
    return next((m for m in found.matches if m.id == entry), Match(Kind.ENTRY, entry, 0.0))


def _last(found: Found, decision: Decision) -> Decision:
    """The same offers with the entry on complaints as the last one."""
    entry = found.heard.entry
    if any(match.id == entry for match in decision.entries):
        return decision
    return Decision(decision.verdict, decision.reason, (*decision.entries, Match(Kind.ENTRY, entry, 0.0)))


def _speak(match: Match, reason: str, found: Found) -> Decision:
    if match.kind is Kind.REPLY and match.id == found.person:
        return Decision(Verdict.HANDOFF, WANTS_PERSON, courtesy=match)
    return Decision(Verdict.REPLY, f"{reason}:{match.id}", courtesy=match)


def _miss(reason: str, rules: Rules, misses: int) -> Decision:
    if misses + 1 >= rules.misses_before_person:
        return Decision(Verdict.HANDOFF, f"{reason}-again")
    return Decision(Verdict.REPHRASE, reason)


def is_complaint(entry: str, knowledge: KnowledgeBase) -> bool:
    """Whether an entry's first window is one for what the town counts as complaints."""
    return knowledge.first_purpose_of(entry) in knowledge.profile.complaint_purposes
