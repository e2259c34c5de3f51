"""Which desk words belong to: what the ward's desk writes, tags and answers stays the ward's when the ticket goes
back.

Three rules. Words of staff and tags belong to the desk where they were written. Words of a resident that came while
the ward had the ticket go along with it, unless a complaint is heard in them. What the card shows (the question and
what stood before it) always goes along: the ward has been asked whether it is a complaint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from faq.knowledge import KnowledgeBase
from faq.matching.match import Complaint
from handlers.decision import COMPLAINT
from handlers.model.events import Event, FromDesk, FromResident, Merged
from handlers.model.snapshot import Author, Message, Outcome, Snapshot
from handlers.model.tickets import Desk, Ticket
from handlers.resident.complaints import heard_in


@dataclass(frozen=True, slots=True)
class Parted:
    """What of a ticket's story goes to the facility and what stays; ``heard``: a complaint was heard somewhere in it."""

    seen: tuple[Message, ...]
    stays: tuple[Message, ...]
    heard: bool


def signed(event: Event, snapshot: Snapshot, outcome: Outcome) -> Outcome:
    """The outcome with every message marked with its desk. Messages copied by a merge keep theirs."""
    if isinstance(event, Merged) or not outcome.messages:
        return outcome
    wards = _at_ward((*_known(snapshot), *outcome.tickets))  # the newest state of a ticket is last and wins

    def owner(message: Message) -> Desk:
        if message.author is not Author.RESIDENT and isinstance(event, FromDesk):
            return event.desk
        return Desk.WARD if message.ticket in wards else Desk.FACILITY

    return replace(outcome, messages=tuple(replace(m, desk=owner(m)) for m in outcome.messages))


def seen_by_facility(messages: Iterable[Message], knowledge: KnowledgeBase) -> tuple[Message, ...]:
    """The part of a story that a facility's staff may see."""
    return tuple(
        replace(m, quoted="") if m.desk is Desk.WARD else m for m in messages if not _stays(m, knowledge)
    )


def parted(ticket: Ticket, messages: Iterable[Message], knowledge: KnowledgeBase) -> Parted:
    """What a transfer to the facility would show there."""
    story = tuple(messages)
    stays = tuple(m for m in story if _stays(m, knowledge))
    words = [m.text for m in story if m.author is Author.RESIDENT]
    heard = (
        ticket.reason == COMPLAINT
        or any(m.author is Author.RESIDENT for m in stays)
        or any(
            heard_in(text, knowledge) is not Complaint.NO
            for text in (ticket.question, *ticket.earlier, *words)
        )
    )
    return Parted(seen_by_facility(story, knowledge), stays, heard)


def given_by_facility(ticket: Ticket, messages: Iterable[Message]) -> tuple[str, ...]:
    """The answers that a ticket shows as given, without those sent by the ward."""
    sent = {m.text.strip("[]") for m in messages if m.author is Author.STAFF and m.desk is Desk.WARD}
    return tuple(given for given in ticket.given if given not in sent)


def unquoted(event: Event, snapshot: Snapshot) -> Event:
    """A resident's event for the facility's desk, without quoted words of the ward."""
    if not isinstance(event, FromResident) or not event.quoted:
        return event
    wards = [m.text for m in snapshot.messages if m.desk is Desk.WARD and m.author is Author.STAFF]
    is_wards = any(text and (text in event.quoted or event.quoted in text) for text in wards)
    ticket = snapshot.active or snapshot.settling
    at_facility = ticket is not None and ticket.desk is Desk.FACILITY
    return replace(event, quoted="") if is_wards and at_facility else event


def _stays(message: Message, knowledge: KnowledgeBase) -> bool:
    if message.desk is not Desk.WARD:
        return False
    if message.author is not Author.RESIDENT or not knowledge.hearing.has_ears:
        return True  # without fitted detectors no complaint is ever heard
    return heard_in(message.text, knowledge) is not Complaint.NO


def _known(snapshot: Snapshot) -> tuple[Ticket, ...]:
    known = (snapshot.ticket, snapshot.active, snapshot.settling)
    return tuple(ticket for ticket in known if ticket is not None)


def _at_ward(tickets: Iterable[Ticket]) -> set[int]:
    desks = {ticket.id: ticket.desk for ticket in tickets}
    return {number for number, desk in desks.items() if desk is Desk.WARD}
