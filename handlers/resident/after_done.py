"""Words of a resident after 対応完了, before they have settled: always added to the ticket, and answered from the
FAQ where it knows.

A longer text does not reopen the ticket by itself: most are thanks or new questions, and staff would have to resolve
the case again. Nor does it close it: the desk sees it as 住民から返事 and is reminded, and only a person or the
resident ends it.
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
    """まだ and 解決した in words count as their buttons; any other text is added, shown to staff, and followed by
    the question.
    """
    decision, meaning = reading.decision, meaning_of(text)
    wants_person = decision.reason == WANTS_PERSON
    if not reading.found.reply and (
        meaning in (Meaning.NOT_YET, Meaning.SOLVED) or (wants_person and not talk.question)
    ):
        done = meaning is Meaning.SOLVED
        return settling.settle(talk, done, settling.of(snapshot, ticket), rules, text)
    if decision.verdict in _GIVEN:  # a new case: the person wanted for it gets these words
        talk = said.heard(talk, text, snapshot.now)
    if decision.verdict in _GIVEN or decision.verdict is Verdict.REPLY:
        outcome = carry_out(reading, talk, snapshot, knowledge, rules)
        is_thanks = meaning is Meaning.THANKS
        return handoff.also_to_ticket(outcome, ticket, text, snapshot, talk.language, is_thanks=is_thanks)
    return handoff.add_to_ticket(talk, ticket, text, snapshot, is_thanks=meaning is Meaning.THANKS)
