"""Buttons of a ticket's card: claim, take over, release, resolve, quote, greet, history."""

from __future__ import annotations

from faq.content.profile import Profile
from faq.knowledge import KnowledgeBase
from handlers.cards import edited_card
from handlers.desk import replies, ticket_actions
from handlers.model import tickets
from handlers.model.actions import Action, Buttons, Say, ShowTyping, ToResident
from handlers.model.buttons import (
    Button,
    Claim,
    DeskPress,
    FaqIsWrong,
    FixDraft,
    QuoteEntry,
    Release,
    Resolve,
    SendAsException,
    SendDraft,
    SendGreeting,
    Settle,
    ShowGreetings,
    ShowHistory,
    StartReply,
    TakeOver,
)
from handlers.model.delivery import UNREACHABLE
from handlers.model.events import DeskPressed
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Holder, Refusal, Status, Step, Ticket
from handlers.resident import deciding
from handlers.wording import desk
from handlers.wording import resident as words
from handlers.wording.deliveries import CANNOT_BE_ASKED


def on_pressed(event: DeskPressed, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """A button on a ticket's card, or under a held reply."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    match event.press:
        case StartReply():
            typing = (
                () if ticket.no_reply or not ticket.is_active else (ShowTyping(ToResident(ticket.resident)),)
            )
            return Outcome(actions=typing, toast=desk.HOW_TO_REPLY.format(ticket=ticket.id))
        case Claim() | TakeOver():
            return _claim(event, event.press, ticket, snapshot)
        case Release():
            moved = tickets.move(ticket, Step.RELEASE, snapshot.now)
            if isinstance(moved, Refusal):
                return Outcome(toast=desk.refused(moved))
            return _changed(
                moved, snapshot, words.say(words.RELEASED, ticket.language, ticket=ticket.id),
                desk.RELEASED.format(name=event.name),
            )  # fmt: skip
        case Resolve():
            return _resolve(event, ticket, snapshot, knowledge.profile)
        case QuoteEntry(_, entry):
            return replies.quote(event, entry, snapshot, knowledge)
        case ShowHistory():
            return ticket_actions.history(ticket, snapshot)
        case ShowGreetings():
            return replies.show_greetings(event.press, rules)
        case SendGreeting(_, greeting):
            return replies.greet(event, greeting, snapshot, rules)
        case SendDraft():
            return replies.send_note(event, ticket, snapshot, knowledge)
        case FixDraft() | SendAsException() | FaqIsWrong():
            return replies.on_draft_pressed(event, ticket, snapshot)


def _claim(event: DeskPressed, press: DeskPress, ticket: Ticket, snapshot: Snapshot) -> Outcome:
    holder = Holder(event.staff, event.name)
    if ticket.status is Status.CLAIMED and ticket.holder:
        if ticket.holder.staff == event.staff:
            return Outcome(toast=desk.ALREADY_YOURS)
        if isinstance(press, Claim):
            return Outcome(toast=desk.HELD_BY.format(name=ticket.holder.name))
        taken = tickets.move(ticket, Step.TAKE_OVER, snapshot.now, holder)
        if isinstance(taken, Refusal):
            return Outcome(toast=desk.refused(taken))
        toast = desk.TAKEN_OVER.format(former=ticket.holder.name, name=event.name)
        return Outcome(tickets=(taken,), actions=(edited_card(taken, snapshot.now),), toast=toast)
    moved = tickets.resumed(ticket, holder, snapshot.now, is_free=snapshot.active is None)
    if isinstance(moved, Refusal):
        return Outcome(toast=desk.refused(moved))
    told = words.say(words.CLAIMED, ticket.language, ticket=ticket.id)
    return _changed(moved, snapshot, told, desk.CLAIMED.format(name=event.name))


def _resolve(event: DeskPressed, ticket: Ticket, snapshot: Snapshot, town: Profile) -> Outcome:
    if ticket.needs_staff and not ticket.is_active:
        seen = tickets.answered(ticket, snapshot.now)
        toast = desk.READ.format(ticket=ticket.id)
        return Outcome(tickets=(seen,), actions=(edited_card(seen, snapshot.now),), toast=toast)
    held = tickets.claimed_by(ticket, Holder(event.staff, event.name), snapshot.now)
    moved = held if isinstance(held, Refusal) else tickets.move(held, Step.RESOLVE, snapshot.now)
    if isinstance(moved, Refusal):
        return Outcome(toast=desk.refused(Refusal(ticket.id, ticket.status, Step.RESOLVE)))
    if ticket.no_reply:
        closed = tickets.move(moved, Step.CLOSE, snapshot.now)
        if isinstance(closed, Refusal):
            return Outcome(toast=desk.refused(closed))
        return Outcome(
            tickets=(closed,), actions=(edited_card(closed, snapshot.now),),
            toast=desk.RESOLVED_SILENTLY.format(ticket=ticket.id),
        )  # fmt: skip
    language = ticket.language
    buttons: Buttons = (
        (
            Button(words.say(words.BUTTON_DONE, language), Settle(ticket.id, 1)),
            Button(words.say(words.BUTTON_NOT_YET, language), Settle(ticket.id, 0)),
        ),
    )
    told = words.say(words.RESOLVED, language, ticket=ticket.id)
    unsent, choices = deciding.reminder(snapshot.conversation, town)
    if unsent:
        told, buttons = f"{told}\n\n{unsent}", (*buttons, *choices)
    # An unreachable resident is asked when they return; if the ticket closed at once, they could not answer まだ.
    toast = CANNOT_BE_ASKED if UNREACHABLE in ticket.alerts else desk.RESOLVED
    return _changed(moved, snapshot, told, toast.format(ticket=ticket.id), buttons)


def _changed(ticket: Ticket, snapshot: Snapshot, told: str, toast: str, buttons: Buttons = ()) -> Outcome:
    actions: list[Action] = [edited_card(ticket, snapshot.now)]
    if not ticket.no_reply:
        about = ticket.id if buttons else 0
        actions.insert(0, Say(ToResident(ticket.resident), told, buttons, about=about))
    return Outcome(tickets=(ticket,), actions=tuple(actions), toast=toast)
