"""A ticket's card at the desk: its text and what can be done with it."""

from __future__ import annotations

from datetime import datetime

from handlers.actions import Buttons, EditCard
from handlers.buttons import Button, Claim, Release, Resolve, StartReply, TakeOver
from handlers.tickets import Status, Ticket
from handlers.wording import desk


def card_buttons(ticket: Ticket) -> Buttons:
    """What can be done with a ticket in its state."""
    if ticket.status is Status.OPEN:
        return ((Button(desk.CLAIM, Claim(ticket.id)), Button(desk.REPLY, StartReply(ticket.id))),)
    if ticket.status is Status.CLAIMED:
        return (
            (Button(desk.REPLY, StartReply(ticket.id)), Button(desk.RESOLVE, Resolve(ticket.id))),
            (Button(desk.RELEASE, Release(ticket.id)), Button(desk.TAKE_OVER, TakeOver(ticket.id))),
        )
    return ()


def edited_card(ticket: Ticket, now: datetime) -> EditCard:
    """The card as it should look now."""
    return EditCard(ticket.id, desk.card(ticket, now), card_buttons(ticket))
