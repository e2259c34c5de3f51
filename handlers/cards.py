"""A ticket's card at the desk: its text and its buttons."""

from __future__ import annotations

from datetime import datetime

from faq.content.profile import Profile
from handlers.model.actions import Action, Buttons, EditCard, PostCard, Retire
from handlers.model.buttons import (
    Button,
    Claim,
    QuoteEntry,
    Release,
    Resolve,
    ShowGreetings,
    ShowHistory,
    StartReply,
    TakeOver,
)
from handlers.model.tickets import Status, Ticket
from handlers.wording import cases, desk


def card_buttons(ticket: Ticket) -> Buttons:
    """The actions possible in the ticket's state; the likeliest entries can be sent with one button."""
    if ticket.needs_staff and not ticket.is_active:
        return (
            (Button(desk.CLAIM, Claim(ticket.id)), Button(desk.SEEN, Resolve(ticket.id))),
            (Button(desk.REPLY, StartReply(ticket.id)), Button(desk.HISTORY, ShowHistory(ticket.id))),
        )
    if not ticket.is_active:
        return ()
    likely = [entry.partition(" ") for entry in ticket.top]
    quotes = tuple(
        (Button(desk.QUOTE.format(label=label or i), QuoteEntry(ticket.id, i)),) for i, _, label in likely
    )
    if ticket.no_reply:
        quotes = ()
    reply = Button(desk.REPLY, StartReply(ticket.id))
    more = (Button(desk.GREETINGS, ShowGreetings(ticket.id)), Button(desk.HISTORY, ShowHistory(ticket.id)))
    if ticket.status is Status.OPEN:
        return ((Button(desk.CLAIM, Claim(ticket.id)), reply), *quotes, more)
    return (
        (reply, Button(desk.RESOLVE, Resolve(ticket.id))),
        (Button(desk.RELEASE, Release(ticket.id)), Button(desk.TAKE_OVER, TakeOver(ticket.id))),
        *quotes,
        more,
    )


def moved(before: Ticket, after: Ticket, now: datetime, town: Profile) -> tuple[Action, ...]:
    """Show the card at the ticket's new desk, and empty it at the old one."""
    told = cases.CARD_MOVED.format(ticket=before.id, desk=desk.desk_called(after.desk, town))
    card = edited_card(after, now)
    return (
        Retire(before.id, before.desk.value, told),
        PostCard(after.id, card.text, card.buttons),
    )


def edited_card(ticket: Ticket, now: datetime) -> EditCard:
    """The card in its current state."""
    return EditCard(ticket.id, desk.card(ticket, now), card_buttons(ticket))
