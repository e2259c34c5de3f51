"""Reading a message: alone, or together with the question before it where it depends on that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.matching.match import Complaint, Found, Kind, Match
from handlers.decision import Decision, Verdict, decide
from handlers.model.conversation import Conversation
from handlers.model.settings import Rules
from handlers.model.snapshot import Snapshot
from handlers.resident import said
from handlers.resident.follow_up import Aspect, follow_up_of, paired, was_offered
from handlers.resident.several import questions_in
from handlers.resident.short import is_fragment

SEARCHED: Final = 2000
"""Most characters that are searched; staff get longer texts in full."""
TWO_QUESTIONS: Final = "several-questions"
"""Reason of an offer whose entries are all asked for."""
FOLLOWED: Final = "follow-up"
"""Reason of a decision for a message that leans on the last answer."""
_SURELY_ELSEWHERE: Final = 0.8
"""Probability from which a courtesy or another town's matter is no follow-up: 「今日の天気は」."""
_SHOWN_ALREADY: Final = 0.3
"""What the share of the answer just given counts, because few ask for it once more."""
_FOUND: Final = frozenset({Verdict.ANSWER, Verdict.OFFER})


@dataclass(frozen=True, slots=True)
class Reading:
    """``question`` is the talk's question with this message; ``is_repeat``: the decision is the one just given."""

    found: Found
    decision: Decision
    question: str
    is_repeat: bool = False
    follows: str = ""
    """The entry that the message leans on, where that is not sure: offers are introduced by it."""
    part: Aspect | None = None
    """What of the entry's answer is asked for, where it is only a part of it."""


def found_in(text: str, knowledge: KnowledgeBase) -> Found:
    """What is found and heard in a message alone; hearing covers all of a long text."""
    found = knowledge.search(text[:SEARCHED])
    return replace(found, heard=knowledge.hear(text)) if len(text) > SEARCHED else found


@dataclass(frozen=True, slots=True)
class _Message:
    """A resident's words and what they are read with."""

    text: str
    talk: Conversation
    snapshot: Snapshot
    knowledge: KnowledgeBase
    rules: Rules

    def search(self, text: str) -> tuple[Found, Decision]:
        """What is found for these words at this point of the talk, and what is decided."""
        found = found_in(text, self.knowledge)
        return found, self.decide(found)

    def decide(self, found: Found) -> Decision:
        gone = self.knowledge.not_in_force((m.id for m in found.matches), self.snapshot.now.date())
        return decide(found, self.knowledge.thresholds, self.rules, self.talk.misses, gone)


def read(
    talk: Conversation, text: str, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Reading:
    """What is found for a message. A sure answer to it alone is used; otherwise it is read with the earlier words."""
    message = _Message(text, talk, snapshot, knowledge, rules)
    found, alone = message.search(text)
    reading = _followed(message, found, alone) or _several(message, found, alone)
    if reading is not None:
        return reading
    if not said.leans(talk, text, snapshot.now):
        return Reading(found, alone, text)
    if found.reply or alone.courtesy or (alone.verdict is Verdict.ANSWER and not is_fragment(text)):
        return Reading(found, alone, text)
    question = said.joined(talk.question, text)
    together, both = message.search(_searched(talk.question, text))
    if together.reply or both.verdict not in _FOUND:
        return Reading(found, alone, text if alone.verdict in _FOUND else question)
    return Reading(found, both, question, _is_repeat(message, both))


def _followed(message: _Message, found: Found, alone: Decision) -> Reading | None:
    """The reading with the last answer; ``None`` for a message that stands alone."""
    text, talk, knowledge, rules = message.text, message.talk, message.knowledge, message.rules
    is_elsewhere = alone.courtesy is not None and alone.courtesy.score >= _SURELY_ELSEWHERE
    is_spoken_to = found.reply or found.heard.danger
    is_quick = said.is_quick(talk, text, message.snapshot.now)
    follow = None if is_spoken_to or is_elsewhere or is_quick else follow_up_of(talk, text, knowledge)
    if follow is None:
        return None
    # 「麻布の電話番号は？」 holds no word that could complain, however it sounds.
    is_plain = follow.is_facility or follow.aspect in (Aspect.PHONE, Aspect.PLACE, Aspect.WHO)
    if found.heard.complaint >= Complaint.LIKELY and not is_plain:
        return None
    last = Match(Kind.ENTRY, follow.entry, 1.0)
    is_answered = not was_offered(talk)
    has_window = is_answered or bool(knowledge.facilities.named(text))
    if has_window and follow.aspect in (Aspect.PHONE, Aspect.PLACE, Aspect.WHO):
        return Reading(found, Decision(Verdict.ANSWER, FOLLOWED, (last,)), text, part=follow.aspect)
    if is_answered and follow.is_facility and not knowledge.is_about_facility(follow.entry):
        return Reading(found, Decision(Verdict.ANSWER, FOLLOWED, (last,)), text)
    leans = follow.is_facility or follow.aspect is Aspect.OTHER
    if not leans and (alone.verdict is Verdict.ANSWER or alone.courtesy is not None):
        return None
    agreed = {m.id for m in _entries(found)[:3]}
    shares: dict[str, float] = {m.id: m.score for m in _entries(found)[: rules.offers]}
    for pair in paired(talk, text, follow, knowledge):
        together, both = message.search(pair)
        best = both.entries[0].id if both.entries else ""
        is_sure = both.verdict is Verdict.ANSWER and (best != follow.entry or not is_answered)
        if is_sure and (best in agreed or follow.is_facility):
            return Reading(found, replace(both, reason=FOLLOWED), text)
        for match in _entries(together)[: rules.offers]:
            share = match.score * (_SHOWN_ALREADY if match.id == follow.entry else 1.0)
            shares[match.id] = shares.get(match.id, 0.0) + share
    gone = {follow.entry, *knowledge.not_in_force(shares, message.snapshot.now.date())}
    offers = [i for i in sorted(shares, key=lambda i: shares[i], reverse=True) if i not in gone]
    offers = offers[: rules.offers - 1]
    if (
        not leans
        and alone.verdict not in _FOUND
        and not any(share >= knowledge.thresholds.floor for share in shares.values())
    ):
        return None
    chosen = dict.fromkeys([*offers, follow.entry])
    decision = Decision(
        Verdict.OFFER, FOLLOWED, tuple(Match(Kind.ENTRY, i, shares.get(i, 0.0)) for i in chosen)
    )
    return Reading(found, decision, text, follows=follow.entry)


def _several(message: _Message, found: Found, alone: Decision) -> Reading | None:
    """An offer of the answers to each of two or three questions, where every one of them is sure by itself."""
    heard = found.heard
    if alone.verdict not in _FOUND or found.reply or heard.danger or heard.complaint >= Complaint.LIKELY:
        return None
    sure: dict[str, Match] = {}
    for question in questions_in(message.text):
        _, decision = message.search(question)
        if decision.verdict is Verdict.ANSWER:
            sure.setdefault(decision.entries[0].id, decision.entries[0])
    if not 2 <= len(sure) <= message.rules.offers:
        return None
    return Reading(found, Decision(Verdict.OFFER, TWO_QUESTIONS, tuple(sure.values())), message.text)


def _entries(found: Found) -> list[Match]:
    return [match for match in found.matches if match.kind is Kind.ENTRY and not match.blocked]


def without_danger(
    reading: Reading, talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Reading:
    """The reading of a message whose author says that nobody is in danger."""
    if not reading.found.heard.danger:
        return reading
    found = knowledge.search_without_danger(reading.question[:SEARCHED])
    message = _Message(reading.question, talk, snapshot, knowledge, rules)
    return Reading(found, message.decide(found), reading.question)


def _searched(question: str, text: str) -> str:
    """Both texts within the limit; the newer one is kept."""
    room = SEARCHED - min(len(text), SEARCHED) - 1
    return f"{question[:room]}\n{text}"[:SEARCHED] if room > 0 else text[:SEARCHED]


def _is_repeat(message: _Message, decision: Decision) -> bool:
    talk = message.talk
    last = talk.path[-1] if talk.path else ""
    if decision.verdict is Verdict.ANSWER:
        return (
            last.startswith("answer:")
            and talk.given[-1:] != ()
            and talk.given[-1].entry == decision.entries[0].id
        )
    if last != "offer":
        return False
    _, before = message.search(talk.question[:SEARCHED])
    return {m.id for m in before.entries} == {m.id for m in decision.entries}
