"""A person in danger: numbers to call come before anything else, and nothing comes after them."""

from __future__ import annotations

from dataclasses import replace

from faq.knowledge import KnowledgeBase
from handlers import receipts, said
from handlers.actions import Buttons, Say, ToResident
from handlers.buttons import Button, NoDanger
from handlers.conversation import Awaiting, Conversation, stepped
from handlers.rules import DANGER, Verdict
from handlers.snapshot import Outcome, Record, Snapshot
from handlers.wording import desk
from handlers.wording import signals as words
from handlers.wording.resident import say


def answered(
    talk: Conversation, text: str, reply: str, snapshot: Snapshot, knowledge: KnowledgeBase, name: str = ""
) -> Outcome:
    """The reply alone, whatever the state of the talk. The words are kept, and staff see them where staff have the case.

    No receipt and no promise of a person follow: at night there is none. ``name`` marks an edit.
    """
    language = talk.language
    ticket = receipts.of_ticket(snapshot)
    buttons: Buttons = ((Button(say(words.NO_DANGER, language), NoDanger()),),)
    talk = replace(stepped(talk, DANGER), awaiting=Awaiting.ANYTHING)
    if ticket is None:
        talk = replace(said.heard(talk, text, snapshot.now), question=said.joined(talk.question, text))
    outcome = Outcome(
        conversation=talk,
        actions=(
            Say(
                ToResident(talk.resident), knowledge.reply(reply, language), buttons if ticket is None else ()
            ),
        ),
        record=Record(talk.resident, Verdict.REPLY, f"{DANGER}:{reply}"),
    )
    if ticket is None:
        return outcome
    shown = receipts.added(ticket, text)
    marked = replace(shown, text=f"{desk.DANGER.format(ticket=ticket.id)}\n{shown.text}")
    return receipts.taken(outcome, ticket, snapshot, text, (marked,), name=name)
