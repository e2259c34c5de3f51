"""Interfaces between the parts of ``bot``. Adapters and fakes are named after these ports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from bot.places import Place
from handlers.model.actions import Action
from handlers.model.delivery import Cause, GroupName, Refused
from handlers.model.events import Event
from handlers.model.settings import Retention
from handlers.model.snapshot import Outcome, Snapshot


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The time with its zone, the desk's."""
        ...


Decide = Callable[[Event, Snapshot], Outcome]
"""Decides one event, given everything it may look at."""


LOWEST: Final = -(2**63)
"""No update has a lower number; unreadable updates have negative ones."""


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as it arrived, already masked.

    ``id`` begins with the channel's name and is the same when the update is delivered again. ``number`` gives its
    order of arrival in its channel: updates of a ``lane``, the chat, are handled in that order.
    """

    id: str
    number: int
    lane: str
    body: str


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one run to handle an update; ``attempts`` counts those of earlier runs that ended in it, too."""

    update: RawUpdate
    token: str
    attempts: int = 0


class StaleLeaseError(Exception):
    """Another run has taken the update over; this run's decision is not kept."""


class Trouble(StrEnum):
    """Why the record cannot be written or read."""

    FULL = "full"
    LOCKED = "locked"
    DAMAGED = "damaged"
    UNUSABLE = "unusable"
    """Disk or permissions: input/output errors, a read-only file."""


class StoreUnavailableError(Exception):
    """Nothing was stored, and the request is not at fault: it can be repeated when the trouble is over."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


OnTrouble = Callable[[Trouble | None], None]
"""Called with the reason when the record cannot be written, and with ``None`` when it can again."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message still to be sent. Rows of a lane are sent in order; among lanes a lower ``priority`` is first.

    ``part`` is the next part of a text that is too long for one message. ``card`` and ``topic`` are the places of
    its ticket's card and topic, if they exist.
    """

    id: int
    action: Action
    lane: str = ""
    priority: int = 0
    attempts: int = 0
    part: int = 0
    card: Place | None = None
    topic: Place | None = None
    places: tuple[Place, ...] = ()
    """For a ticket that leaves a desk: the places of all our messages about it."""
    topics: tuple[Place, ...] = ()
    """Likewise the places of all its topics."""
    desk: str = ""
    """The desk of its ticket, if it has one: as decided, and current after ``placed``."""
    has_moved_on: bool = False
    """Whether its ticket has gone from the ward to the facility since the decision; the ward's words are then not
    shown.
    """
    followers: tuple[OutboxRow, ...] = ()
    """Rows that are done together with this one: further parts of an album, newer states of the same card."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is stored, with its rows of the outbox."""

    outcome: Outcome
    rows: tuple[OutboxRow, ...] = ()


class DeliveryResult(StrEnum):
    """The result of a sending. ``UNKNOWN``: sent, and not answered. ``REFUSED``: certainly not taken, this message
    only.

    ``UNREACHABLE``: the person cannot be reached. ``HELD``: its group takes nothing at the moment; it waits.
    """

    SENT = "sent"
    RETRY = "retry"
    HELD = "held"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The result of one sending; ``retry_after`` in seconds; ``detail`` never holds a text.

    ``more``: a further part follows. ``gone_from`` are ids of a chat that no longer has its ticket. ``topic`` is a
    topic made for it; ``topic_lost`` is the ticket whose topic had to be made again.
    """

    result: DeliveryResult
    place: Place | None = None
    retry_after: float = 0.0
    detail: str = ""
    more: bool = False
    topic: Place | None = None
    topic_lost: int | None = None
    cause: Cause = Cause.OTHER
    """Why it was not taken; meaningless where it was."""
    group: GroupName | None = None
    """The group of ours it was sent to."""
    no_topics: Cause | None = None
    """Why the group made no topic, where it was posted as a plain message instead."""
    also: tuple[Place, ...] = ()
    """Places of further messages of the same sending: the other parts of an album."""
    left: int = 0
    """Number of messages that were to be deleted and could not be."""
    gone_from: tuple[str, ...] = ()


class Store(Protocol):
    """The record: one file, one writer."""

    async def decide(
        self, event: Event, now: datetime, handle: Decide, leases: Sequence[Lease] = ()
    ) -> Decided | None:
        """Snapshot, decision and all its changes in one transaction: everything is on disk on return, or nothing.

        ``None`` where the event was handled before. The updates of ``leases`` are settled in the same transaction;
        raises :class:`StaleLeaseError` where another run has one of them. ``handle`` runs in the record's thread.
        """
        ...

    async def ingest(self, updates: Sequence[RawUpdate], token: str) -> list[str]:
        """Store new updates, leased to ``token``; durable on return. Returns the ids that were new."""
        ...

    def on_trouble(self, told: OnTrouble) -> None:
        """``told`` is called when the record cannot be written, and when it can again."""
        ...

    async def take_over(self, token: str, channel: str) -> None:
        """Lease all unhandled updates of a channel to this run; the oldest of each chat counts one more attempt."""
        ...

    async def pending(self, limit: int, first: int = LOWEST, token: str = "") -> list[Lease]:
        """Unhandled updates from number ``first`` on, oldest first; with a ``token`` only those leased to that run."""
        ...

    async def pending_in(self, lane: str, limit: int, token: str) -> list[Lease]:
        """Unhandled updates of one lane leased to that run, oldest first."""
        ...

    async def pending_after(self, lane: str, last: int, limit: int, token: str) -> list[Lease]:
        """Likewise, those with a number above ``last``."""
        ...

    async def note_tried(self, lease: Lease) -> None:
        """Record one more attempt before it is made, in case it ends the program."""
        ...

    async def settle(self, lease: Lease, error: str = "") -> None:
        """Mark an update as done; with an ``error`` as a dead letter. Raises :class:`StaleLeaseError`."""
        ...

    async def outbox_after(self, last: int, limit: int) -> list[OutboxRow]:
        """Messages still to be sent with a number above ``last``, in the order they were decided."""
        ...

    async def placed(self, row: OutboxRow) -> OutboxRow:
        """The row with the current desk of its ticket, and the ticket's places there."""
        ...

    async def keep_deliveries(self, done: Sequence[tuple[OutboxRow, Delivery]]) -> None:
        """Mark rows as done, in one transaction, and store the places of their cards and topics."""
        ...

    async def keep_part(self, row: OutboxRow, place: Place) -> None:
        """Store the place of one part of a long message; more follow."""
        ...

    async def note_attempt(self, row: OutboxRow, detail: str) -> None:
        """Record a failed attempt to send."""
        ...

    async def refusals(self) -> list[Refused]:
        """Groups that took nothing, or made no topics, as last known."""
        ...

    async def retain(self, retention: Retention, now: datetime) -> None:
        """Erase what is older than its retention period."""
        ...

    async def wipe_log(self) -> bool:
        """Remove erased data from the write-ahead log as well; ``False`` where a reader prevents it."""
        ...

    async def put_out(self, actions: Sequence[Action], now: datetime) -> tuple[OutboxRow, ...]:
        """Queue messages that no event decides: receipts to staff, reports to admins."""
        ...


class Messenger(Protocol):
    """A channel's sending half."""

    async def perform(self, row: OutboxRow) -> Delivery:
        """Send one message; never raises for an error that the other side answers."""
        ...

    def slot(self, row: OutboxRow) -> Slot | None:
        """The rate limits the message counts against; ``None`` where there are none."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Actions per window: ``overall`` and ``chat`` per second, ``group`` per minute; 0 means no limit."""

    overall: int = 30
    chat: int = 1
    group: int = 20


class Dispatch(Protocol):
    """Handle one event; returns the toast, if any. Its messages are in the outbox on return."""

    async def __call__(self, event: Event, leases: Sequence[Lease] = ()) -> str | None:
        """The updates of ``leases`` are settled in the same transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Slot:
    """What an action counts against, and how many times: a new topic with its card is two actions in its group.

    ``group`` is the name of a group of ours, whatever its current id.
    """

    chat: str
    is_group: bool
    cost: int = 1
    group: str = ""
