"""A person in danger: the answer is the emergency numbers and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from faq.content.profile import Profile
from faq.knowledge import KnowledgeBase
from faq.matching.match import Found
from handlers.decision import DANGER, Verdict
from handlers.model.actions import AHEAD_OF_ALL, Buttons, Say, ToResident
from handlers.model.buttons import Button, NoDanger
from handlers.model.conversation import Awaiting, Conversation, stepped
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.model.tickets import Ticket, Turn
from handlers.resident import complaints, receipts, said
from handlers.resident.short import meaning_of
from handlers.wording import desk
from handlers.wording import signals as words
from handlers.wording.resident import say

_LASTS: Final = timedelta(minutes=15)
"""For this long after the numbers, further messages of the person belong to the danger, whatever they ask."""


def lasting(found: Found, text: str, snapshot: Snapshot) -> str:
    """The reply to a danger that was given a short time ago; empty where the talk has moved on.

    It has after thanks, after the resident says that it is over, and after an answer of staff. A sign without
    letters or figures does not count as a question.
    """
    talk, ticket = snapshot.conversation, receipts.of_ticket(snapshot)
    if talk is None or not talk.path or snapshot.now - talk.updated_at > _LASTS:
        return ""
    if not any(character.isalnum() for character in text):
        return ""
    if found.reply or meaning_of(text) or (ticket is not None and ticket.turn is Turn.RESIDENT):
        return ""
    step, _, reply = talk.path[-1].partition(":")
    return reply if step == DANGER else ""


def answered(
    talk: Conversation,
    text: str,
    reply: str,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
    name: str = "",
) -> Outcome:
    """Give the reply alone, in any state of the talk. The words are kept, and the desk that has the case sees them;
    the ward's desk where they may also be a complaint about the facility.

    No receipt and no promise of a person follow, because at night nobody is there. ``name`` marks an edit.
    """
    language = talk.language
    ticket = receipts.of_ticket(snapshot)
    buttons: Buttons = ((Button(say(words.NO_DANGER, language), NoDanger()),),)
    talk = replace(stepped(talk, f"{DANGER}:{reply}"), awaiting=Awaiting.ANYTHING)
    if ticket is None:
        talk = replace(said.heard(talk, text, snapshot.now), question=said.joined(talk.question, text))
    outcome = Outcome(
        conversation=talk,
        actions=(
            Say(
                ToResident(talk.resident),
                knowledge.reply(reply, language),
                buttons if ticket is None else (),
                ahead=AHEAD_OF_ALL,
            ),
        ),
        record=Record(talk.resident, Verdict.REPLY, f"{DANGER}:{reply}"),
    )
    if ticket is None:
        return outcome
    told = desk.danger(ticket.id, knowledge.reply_called(reply), knowledge.reply(reply, language))
    if complaints.is_for_ward(text, ticket, knowledge, rules):
        return _at_ward(outcome, talk, text, ticket, snapshot, knowledge.profile, told)
    shown = receipts.added(ticket, text)
    return receipts.taken(outcome, ticket, snapshot, text, (_below(told, shown),), name=name)


def _at_ward(
    outcome: Outcome,
    talk: Conversation,
    text: str,
    ticket: Ticket,
    snapshot: Snapshot,
    town: Profile,
    told: str,
) -> Outcome:
    """Move the ticket to the ward with these words; the resident is only told the emergency numbers."""
    moved = complaints.to_ward(talk, ticket, (text,), snapshot, town)
    own = [action for action in moved.actions if not isinstance(getattr(action, "to", None), ToResident)]
    *before, words_shown = own
    if not isinstance(words_shown, Say):
        raise AssertionError("the words are shown last")
    return replace(
        outcome,
        conversation=moved.conversation,
        tickets=moved.tickets,
        messages=moved.messages,
        actions=(*outcome.actions, *before, _below(told, words_shown)),
    )


def _below(told: str, shown: Say) -> Say:
    return replace(shown, text=f"{told}\n{shown.text}")
