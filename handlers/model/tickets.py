"""Tickets and the one table of their transitions. The diagram in ARCHITECTURE.md is generated from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from faq.language import Language
from handlers.model.delivery import is_lasting


class Status(StrEnum):
    """A ticket's state. Open and claimed tickets are *active*."""

    OPEN = "open"
    CLAIMED = "claimed"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Desk(StrEnum):
    """The desk that follows a ticket: the facility's, or the ward's own (for complaints about a facility)."""

    FACILITY = "facility"
    WARD = "ward"


class Turn(StrEnum):
    """Whose turn it is. ``AGAIN``: the resident has written after an answer or after 対応完了, and nobody has acted
    yet.
    """

    STAFF = "staff"
    RESIDENT = "resident"
    AGAIN = "again"


class Step(StrEnum):
    """A transition of a ticket."""

    CLAIM = "claim"
    TAKE_OVER = "take over"
    RELEASE = "release"
    LAPSE = "lapse"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    CLOSE = "close"
    WITHDRAW = "withdraw"


TRANSITIONS: Final[Mapping[tuple[Status, Step], Status]] = MappingProxyType(
    {
        (Status.OPEN, Step.CLAIM): Status.CLAIMED,
        (Status.OPEN, Step.WITHDRAW): Status.CLOSED,
        (Status.CLAIMED, Step.TAKE_OVER): Status.CLAIMED,
        (Status.CLAIMED, Step.RELEASE): Status.OPEN,
        (Status.CLAIMED, Step.LAPSE): Status.OPEN,
        (Status.CLAIMED, Step.RESOLVE): Status.RESOLVED,
        (Status.CLAIMED, Step.WITHDRAW): Status.CLOSED,
        (Status.RESOLVED, Step.REOPEN): Status.OPEN,
        (Status.RESOLVED, Step.CLOSE): Status.CLOSED,
    }
)

_TAGS_AT_MOST: Final = 8
ACTIVE: Final = frozenset({Status.OPEN, Status.CLAIMED})
UNHEARD: Final = "unheard"
"""In a ticket's alerts: the desk was reminded of words that nobody has acted on."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person at the desk: the channel's name for them, and what colleagues call them."""

    staff: str
    name: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """The record of a handoff. ``question`` is what the resident wrote, unchanged."""

    id: int
    resident: str
    status: Status
    language: Language
    question: str
    reason: str
    given: tuple[str, ...]
    """Answers already given, ``entry vN`` each, oldest first."""
    opened_at: datetime
    touched_at: datetime
    holder: Holder | None = None
    former_holder: str = ""
    no_reply: bool = False
    desk: Desk = Desk.FACILITY
    path: tuple[str, ...] = ()
    """The steps of the talk before the ticket, oldest first (``handlers.model.conversation``)."""
    chosen: tuple[str, ...] = ()
    """What the resident chose by button, in words for staff."""
    top: tuple[str, ...] = ()
    """The likeliest entries for the question, best first: id, a space, and the button's label."""
    tags: tuple[str, ...] = ()
    ward_tags: tuple[str, ...] = ()
    """Tags of the ward's desk; the facility never sees them."""
    alerts: tuple[str, ...] = ()
    """Reminders and escalations already given."""
    snoozed_until: datetime | None = None
    replied_at: datetime | None = None
    """When a person first answered."""
    earlier: tuple[str, ...] = ()
    """What the resident wrote before the question, since their last ticket, oldest first."""
    turn: Turn = Turn.STAFF
    merged_into: int | None = None
    """The resident's ticket in which this one is continued."""

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def needs_staff(self) -> bool:
        """Active, or finished and the resident has written since."""
        return self.is_active or (self.status is Status.RESOLVED and self.turn is Turn.AGAIN)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The table has no transition: ``step`` is not possible in ``status``."""

    ticket: int
    status: Status
    step: Step


def tagged(ticket: Ticket, on: Iterable[str], off: Iterable[str] = (), *, by: Desk) -> Ticket:
    """The ticket with tags added and removed by a desk. The facility neither sees nor changes the ward's."""
    gone, new = frozenset(off), tuple(on)
    kept = tuple(tag for tag in ticket.tags if tag not in gone)
    if by is Desk.FACILITY:
        return replace(ticket, tags=_few((*kept, *new)))
    wards = tuple(tag for tag in ticket.ward_tags if tag not in gone)
    return replace(ticket, tags=kept, ward_tags=_few((*wards, *(tag for tag in new if tag not in kept))))


def tags_for(ticket: Ticket, desk: Desk) -> tuple[str, ...]:
    """The tags that a desk sees."""
    wards = ticket.ward_tags if desk is Desk.WARD else ()
    return tuple(dict.fromkeys((*ticket.tags, *wards)))


def joined_tags(target: Ticket, source: Ticket) -> Ticket:
    """The target of a merge with the tags of both."""
    return replace(
        target,
        tags=_few((*target.tags, *source.tags)),
        ward_tags=_few((*target.ward_tags, *source.ward_tags)),
    )


def _few(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tags))[:_TAGS_AT_MOST]


def move(ticket: Ticket, step: Step, now: datetime, holder: Holder | None = None) -> Ticket | Refusal:
    """The ticket after a step, or a refusal; only the table decides."""
    status = TRANSITIONS.get((ticket.status, step))
    if status is None:
        return Refusal(ticket.id, ticket.status, step)
    moved = replace(ticket, status=status, touched_at=now)
    if step in (Step.CLAIM, Step.TAKE_OVER):
        return replace(moved, holder=holder)
    if step is Step.RESOLVE:
        return answered(moved, now)
    if step in (Step.RELEASE, Step.LAPSE, Step.REOPEN):
        former = ticket.holder.name if ticket.holder else ticket.former_holder
        moved = replace(moved, holder=None, former_holder=former, turn=Turn.STAFF)
        lasting = tuple(alert for alert in ticket.alerts if is_lasting(alert))
        return replace(moved, alerts=lasting, snoozed_until=None) if step is Step.REOPEN else moved
    return moved


def answered(ticket: Ticket, now: datetime) -> Ticket:
    """The ticket after words of staff: the resident's turn."""
    return replace(ticket, turn=Turn.RESIDENT, touched_at=now, alerts=_without_unheard(ticket))


def heard(ticket: Ticket, now: datetime) -> Ticket:
    """The ticket after words of the resident: staff's turn again from now on, if it was the resident's."""
    if ticket.turn is not Turn.RESIDENT:
        return ticket
    return replace(ticket, turn=Turn.AGAIN, touched_at=now, alerts=_without_unheard(ticket))


def thanked(ticket: Ticket, now: datetime) -> Ticket:
    """The ticket after mere thanks: no turn changes, and the time until it closes starts again."""
    return replace(ticket, touched_at=now) if ticket.status is Status.RESOLVED else ticket


def _without_unheard(ticket: Ticket) -> tuple[str, ...]:
    return tuple(alert for alert in ticket.alerts if alert != UNHEARD)


def claimed_by(ticket: Ticket, holder: Holder, now: datetime) -> Ticket | Refusal:
    """The ticket for this holder, if it is active: claimed when open, otherwise only updated.

    A reply by a second person does not change the holder, and no lock ever prevents a reply.
    """
    if ticket.status is Status.OPEN:
        return move(ticket, Step.CLAIM, now, holder)
    if ticket.status is Status.CLAIMED:
        return replace(ticket, touched_at=now)
    return Refusal(ticket.id, ticket.status, Step.CLAIM)


def resumed(ticket: Ticket, holder: Holder, now: datetime, *, is_free: bool) -> Ticket | Refusal:
    """The ticket claimed. A resolved one on which the resident has written is reopened first, if they have no other."""
    if ticket.needs_staff and not ticket.is_active and is_free:
        opened = move(ticket, Step.REOPEN, now)
        return opened if isinstance(opened, Refusal) else move(opened, Step.CLAIM, now, holder)
    return move(ticket, Step.CLAIM, now, holder)


def diagram() -> str:
    """The table as a Mermaid state diagram, for ARCHITECTURE.md."""
    lines = ["stateDiagram-v2", "    [*] --> open"]
    lines += [f"    {before} --> {after}: {step}" for (before, step), after in TRANSITIONS.items()]
    lines.append("    closed --> [*]")
    return "\n".join(lines)
