"""Which event a failed sending becomes, if any."""

from __future__ import annotations

from bot.ports import Delivery, DeliveryResult, OutboxRow
from handlers.model.actions import (
    EditCard,
    Erase,
    PostCard,
    Relay,
    Retire,
    Say,
    ShowTyping,
    ToResident,
    ToTicket,
)
from handlers.model.delivery_events import DeliveryFailed, MessageRefused
from handlers.model.events import Event


def is_for_a_ticket(row: OutboxRow) -> bool:
    """Whether staff have to see it: a ticket's card, or words in its place."""
    action = row.action
    return isinstance(action, PostCard) or (
        isinstance(action, (Say, Relay)) and isinstance(action.to, ToTicket)
    )


def is_proof(row: OutboxRow, delivery: Delivery) -> bool:
    """Whether it proves that a group takes messages: one of ours was posted there."""
    return (
        delivery.result is DeliveryResult.SENT
        and delivery.place is not None
        and not isinstance(row.action, (EditCard, Erase))
    )


def event_of(row: OutboxRow, delivery: Delivery, *, is_kept: bool = False) -> Event | None:
    """The event for a message that does not arrive, or may not have; ``None`` where nobody needs to know.

    ``is_kept``: it is still being retried.
    """
    action = row.action
    if isinstance(action, (ShowTyping, Erase, EditCard, Retire)):
        return None
    to = action.to if isinstance(action, (Say, Relay)) else None
    resident = to.resident if isinstance(to, ToResident) else None
    if resident is not None and delivery.result is DeliveryResult.UNREACHABLE:
        return DeliveryFailed(
            id=f"delivery:{row.id}", resident=resident, reason=delivery.detail, cause=delivery.cause
        )
    about = action.ticket if isinstance(action, PostCard) else None
    if isinstance(to, ToTicket):
        about = to.ticket
    elif isinstance(action, (Say, Relay)) and action.about:
        about = action.about
    return MessageRefused(
        id=f"refused:{row.id}",
        resident=resident,
        reason=delivery.detail,
        cause=delivery.cause,
        is_sure=delivery.result is not DeliveryResult.UNKNOWN,
        is_kept=is_kept,
        ticket=about,
        is_copy=isinstance(action, Relay),
        place=action.tick if isinstance(action, (Say, Relay)) else "",
    )
