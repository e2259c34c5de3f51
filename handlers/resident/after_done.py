"""Words of a resident after 対応完了, before they have settled: to the ticket always, and to the FAQ where it knows.

A longer text does not reopen by itself: thanks and new questions are the most of what people write then, and a case that
jumps back into the queue for them would have to be finished twice. It does not close by itself either, though: the desk
sees it as 住民から返事, is reminded of it, and only a person or the resident's own word ends it.
"""

from __future__ import annotations

from typing import Final

from faq.knowledge import KnowledgeBase
from handlers.decision import WANTS_PERSON, Verdict
from handlers.model.conversation import Conversation
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Ticket
from handlers.resident import handoff, said, settling
from handlers.resident.answering import carry_out
from handlers.resident.reading import Reading
from handlers.resident.short import Meaning, meaning_of

_GIVEN: Final = frozenset({Verdict.ANSWER, Verdict.OFFER})


def heard_after_done(
    reading: Reading,
    talk: Conversation,
    text: str,
    ticket: Ticket,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
) -> Outcome:
    """まだ and 解決した in words count as the press; anything else is added, shown, and asked back about."""
    decision, meaning = reading.decision, meaning_of(text)
    wants_person = decision.reason == WANTS_PERSON
    if not reading.found.reply and (
        meaning in (Meaning.NOT_YET, Meaning.SOLVED) or (wants_person and not talk.question)
    ):
        done = meaning is Meaning.SOLVED
        return settling.settle(talk, done, settling.of(snapshot, ticket), rules, text)
    if (
        decision.verdict in _GIVEN
    ):  # something new: a person who is wanted for it gets these words as their own
        talk = said.heard(talk, text, snapshot.now)
    if decision.verdict in _GIVEN or decision.verdict is Verdict.REPLY:
        outcome = carry_out(reading, talk, snapshot, knowledge, rules)
        is_thanks = meaning is Meaning.THANKS
        return handoff.also_to_ticket(outcome, ticket, text, snapshot, talk.language, is_thanks=is_thanks)
    return handoff.add_to_ticket(talk, ticket, text, snapshot, is_thanks=meaning is Meaning.THANKS)
