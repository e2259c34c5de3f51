"""What was true when an event happened, and what shall be: the contract between deciding and doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.actions import Action
from handlers.conversation import Conversation
from handlers.tickets import Ticket


class Author(StrEnum):
    """Who wrote a message of a ticket."""

    RESIDENT = "resident"
    STAFF = "staff"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Message:
    """One line of a ticket's story, as written."""

    ticket: int
    author: Author
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What was decided and why: ids and codes, never words of a resident."""

    resident: str
    decision: str
    reason: str
    entry: str = ""
    version: int = 0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``ticket`` is the one an event names; ``active`` is the open or claimed one of the resident concerned."""

    now: datetime
    conversation: Conversation | None = None
    ticket: Ticket | None = None
    active: Ticket | None = None
    next_ticket_id: int = 1
    queue: tuple[Ticket, ...] = ()
    """For staff who look, and for the clock: tickets that are not closed, oldest first."""
    messages: tuple[Message, ...] = ()
    """For staff who look at one ticket: its story, oldest first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``None`` and empty mean: unchanged. ``toast`` is shown on the spot and never stored."""

    conversation: Conversation | None = None
    tickets: tuple[Ticket, ...] = ()
    messages: tuple[Message, ...] = ()
    actions: tuple[Action, ...] = ()
    toast: str | None = None
    record: Record | None = None
