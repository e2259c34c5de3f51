"""Receipts for residents whose words reach a ticket, and what the desk is shown, by the ticket's state."""

from __future__ import annotations

from dataclasses import replace

from faq.language import Language
from handlers.cards import edited_card
from handlers.model import tickets
from handlers.model.actions import Action, Buttons, Say, ToResident, ToTicket
from handlers.model.buttons import Button, Settle, WantReply
from handlers.model.conversation import Conversation
from handlers.model.snapshot import Author, Message, Outcome, Record, Snapshot
from handlers.model.tickets import Status, Ticket
from handlers.wording import desk, receipts
from handlers.wording import resident as words
from handlers.wording.resident import say


def of_ticket(snapshot: Snapshot) -> Ticket | None:
    """The ticket that a resident's words belong to: the active one, otherwise the resolved one."""
    return snapshot.active or snapshot.settling


def receipt(ticket: Ticket, language: Language) -> tuple[str, Buttons]:
    """That words were added, and the buttons in the ticket's state."""
    if ticket.status is Status.RESOLVED:
        return say(receipts.ADDED_AFTER_DONE, language, ticket=ticket.id), settle_buttons(ticket, language)
    if ticket.no_reply:
        return say(receipts.ADDED_NO_REPLY, language, ticket=ticket.id), want_reply_button(ticket, language)
    return say(words.ADDED, language, ticket=ticket.id), ()


def settle_buttons(ticket: Ticket, language: Language) -> Buttons:
    """解決した and まだ."""
    return (
        (
            Button(say(words.BUTTON_DONE, language), Settle(ticket.id, 1)),
            Button(say(words.BUTTON_NOT_YET, language), Settle(ticket.id, 0)),
        ),
    )


def want_reply_button(ticket: Ticket, language: Language) -> Buttons:
    """やっぱり返事がほしい."""
    return ((Button(say(receipts.BUTTON_WANT_REPLY, language), WantReply(ticket.id)),),)


def ask_back(talk: Conversation, ticket: Ticket) -> Outcome:
    """After 対応完了: ask again whether it is solved."""
    text = say(receipts.STILL_SOLVED, talk.language, ticket=ticket.id)
    return Outcome(
        conversation=talk,
        actions=(Say(ToResident(talk.resident), text, settle_buttons(ticket, talk.language)),),
        record=Record(talk.resident, "said", "asked-back"),
    )


def taken(
    outcome: Outcome,
    ticket: Ticket,
    snapshot: Snapshot,
    message: str,
    shown: tuple[Action, ...],
    *,
    name: str = "",
    is_thanks: bool = False,
) -> Outcome:
    """The outcome with words stored in a ticket and shown to the desk, and the turn set to staff's."""
    moved = tickets.thanked(ticket, snapshot.now) if is_thanks else tickets.heard(ticket, snapshot.now)
    card = (edited_card(moved, snapshot.now),) if moved.turn is not ticket.turn else ()
    return replace(
        outcome,
        tickets=(*outcome.tickets, moved) if moved != ticket else outcome.tickets,
        messages=(*outcome.messages, Message(ticket.id, Author.RESIDENT, message, name)),
        actions=(*outcome.actions, *shown, *card),
    )


def added(ticket: Ticket, text: str) -> Say:
    """Further words as the desk sees them; on a resolved ticket with the name of who resolved it."""
    if ticket.status is Status.RESOLVED:
        name = ticket.holder.name if ticket.holder else ""
        return Say(ToTicket(ticket.id), desk.added_after_done(ticket.id, name, text))
    return Say(ToTicket(ticket.id), desk.added(ticket.id, text))


def with_receipt(outcome: Outcome, ticket: Ticket, language: Language) -> Outcome:
    """The same message to the resident, with the receipt below it."""
    return below(outcome, *receipt(ticket, language))


def below(outcome: Outcome, text: str, buttons: Buttons) -> Outcome:
    """The same message to the resident, with a text and its buttons below it."""

    def completed(action: Action) -> Action:
        if not (isinstance(action, Say) and isinstance(action.to, ToResident)):
            return action
        return replace(
            action,
            text=f"{action.text}\n\n{text}" if text else action.text,
            buttons=(*action.buttons, *buttons),
        )

    return replace(outcome, actions=tuple([completed(action) for action in outcome.actions]))
