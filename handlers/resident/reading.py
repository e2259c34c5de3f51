"""Reading a message: alone, or together with the question before it where it depends on that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.matching.match import Found
from handlers.decision import Decision, Verdict, decide
from handlers.model.conversation import Conversation
from handlers.model.settings import Rules
from handlers.model.snapshot import Snapshot
from handlers.resident import said
from handlers.resident.short import is_fragment

SEARCHED: Final = 2000
"""Most characters that are searched; staff get longer texts in full."""
_FOUND: Final = frozenset({Verdict.ANSWER, Verdict.OFFER})


@dataclass(frozen=True, slots=True)
class Reading:
    """``question`` is the talk's question with this message; ``is_repeat``: the decision is the one just given."""

    found: Found
    decision: Decision
    question: str
    is_repeat: bool = False


def found_in(text: str, knowledge: KnowledgeBase) -> Found:
    """What is found and heard in a message alone; hearing covers all of a long text."""
    found = knowledge.search(text[:SEARCHED])
    return replace(found, heard=knowledge.hear(text)) if len(text) > SEARCHED else found


def read(
    talk: Conversation, text: str, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Reading:
    """What is found for a message. A sure answer to it alone is used; otherwise it is read with the earlier words."""
    found, alone = _search(text, talk, snapshot, knowledge, rules)
    if not said.leans(talk, text, snapshot.now):
        return Reading(found, alone, text)
    if found.reply or alone.courtesy or (alone.verdict is Verdict.ANSWER and not is_fragment(text)):
        return Reading(found, alone, text)
    question = said.joined(talk.question, text)
    together, both = _search(_searched(talk.question, text), talk, snapshot, knowledge, rules)
    if together.reply or both.verdict not in _FOUND:
        return Reading(found, alone, text if alone.verdict in _FOUND else question)
    return Reading(found, both, question, _is_repeat(both, talk, snapshot, knowledge, rules))


def without_danger(
    reading: Reading, talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Reading:
    """The reading of a message whose author says that nobody is in danger."""
    if not reading.found.heard.danger:
        return reading
    found = knowledge.search_without_danger(reading.question[:SEARCHED])
    gone = knowledge.not_in_force((match.id for match in found.matches), snapshot.now.date())
    decision = decide(found, knowledge.thresholds, rules, talk.misses, gone)
    return Reading(found, decision, reading.question)


def _search(
    text: str, talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> tuple[Found, Decision]:
    found = found_in(text, knowledge)
    gone = knowledge.not_in_force((match.id for match in found.matches), snapshot.now.date())
    return found, decide(found, knowledge.thresholds, rules, talk.misses, gone)


def _searched(question: str, text: str) -> str:
    """Both texts within the limit; the newer one is kept."""
    room = SEARCHED - min(len(text), SEARCHED) - 1
    return f"{question[:room]}\n{text}"[:SEARCHED] if room > 0 else text[:SEARCHED]


def _is_repeat(
    decision: Decision, talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> bool:
    last = talk.path[-1] if talk.path else ""
    if decision.verdict is Verdict.ANSWER:
        return (
            last.startswith("answer:")
            and talk.given[-1:] != ()
            and talk.given[-1].entry == decision.entries[0].id
        )
    if last != "offer":
        return False
    _, before = _search(talk.question[:SEARCHED], talk, snapshot, knowledge, rules)
    return {m.id for m in before.entries} == {m.id for m in decision.entries}
