"""What the parts of ``bot`` ask of each other. Adapters and fakes bear the names of these ports."""

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
        """Aware, in the desk's time zone."""
        ...


Decide = Callable[[Event, Snapshot], Outcome]
"""Decides about one event, given everything it may look at."""


LOWEST: Final = -(2**63)
"""No update has a lower number; those that cannot be read have negative ones."""


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as it arrived, already masked.

    ``id`` begins with the channel's name; what comes again has the same. ``number`` is its own in its channel and says
    when it came: those of a lane, which names the chat, are handled in that order.
    """

    id: str
    number: int
    lane: str
    body: str


@dataclass(frozen=True, slots=True)
class Lease:
    """An update that one run of the program may handle; ``attempts`` may have been made by earlier runs, which ended."""

    update: RawUpdate
    token: str
    attempts: int = 0


class StaleLeaseError(Exception):
    """Another run has taken the update over; what was decided here is not kept."""


class Trouble(StrEnum):
    """Why the record cannot be written or read at the moment."""

    FULL = "full"
    LOCKED = "locked"
    DAMAGED = "damaged"
    UNUSABLE = "unusable"
    """The disk or its rights: input and output errors, a file that may only be read."""


class StoreUnavailableError(Exception):
    """Nothing was kept, and what was asked is not at fault: the same can be asked again when the trouble is over."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


OnTrouble = Callable[[Trouble | None], None]
"""The record cannot be written, and why; ``None`` when it can again."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message still to be sent. Rows of a lane go in order; a lower ``priority`` goes first among lanes.

    ``part`` is the next piece of a text that is too long for one message.
    ``card`` and ``topic`` are where its ticket's card and topic stand, if it has them already.
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
    """For a ticket that goes away from a desk: every message of ours about it, wherever it stands."""
    topics: tuple[Place, ...] = ()
    """Likewise every topic it has had."""
    desk: str = ""
    """Whose group its ticket belongs to, where it is about one: when it was decided, and after ``placed`` by now."""
    has_moved_on: bool = False
    """Whether its ticket has gone from the ward to the facility since: what was the ward's is shown to nobody else."""
    followers: tuple[OutboxRow, ...] = ()
    """Rows that are done with this one: further parts of an album, newer states of the same card."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided and is on disk by now, with its rows of the outbox."""

    outcome: Outcome
    rows: tuple[OutboxRow, ...] = ()


class DeliveryResult(StrEnum):
    """What became of a sending. ``UNKNOWN``: it left, and no answer came. ``REFUSED``: surely not taken, this message alone.

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

    ``more``: a further piece has to follow. ``gone_from`` are ids of a chat in which its ticket does not stand any more.
    ``topic`` is a topic that was made for it; ``topic_lost`` the ticket whose topic had to be made anew.
    """

    result: DeliveryResult
    place: Place | None = None
    retry_after: float = 0.0
    detail: str = ""
    more: bool = False
    topic: Place | None = None
    topic_lost: int | None = None
    cause: Cause = Cause.OTHER
    """Why it was not taken, where it was not."""
    group: GroupName | None = None
    """The group of ours that it was for."""
    no_topics: Cause | None = None
    """It stands as a plain message, because the group made no topic for it."""
    also: tuple[Place, ...] = ()
    """Where further messages of the same sending stand: the other parts of an album."""
    left: int = 0
    """Messages that were to be taken back and could not be."""
    gone_from: tuple[str, ...] = ()


class Store(Protocol):
    """The record: one file, one writer."""

    async def decide(
        self, event: Event, now: datetime, handle: Decide, leases: Sequence[Lease] = ()
    ) -> Decided | None:
        """Snapshot, decision, and everything it changes, in one transaction: all on disk on return, or nothing.

        ``None`` where the event was handled before. The updates of ``leases`` are settled in the same transaction;
        raises :class:`StaleLeaseError` where another run has one of them. ``handle`` runs in the record's thread.
        """
        ...

    async def ingest(self, updates: Sequence[RawUpdate], token: str) -> list[str]:
        """Keep what is new, leased to ``token``; durable on return. The ids that were new."""
        ...

    def on_trouble(self, told: OnTrouble) -> None:
        """``told`` hears when the record cannot be written, and when it can again."""
        ...

    async def take_over(self, token: str, channel: str) -> None:
        """All of a channel's that is not handled belongs to this run; the oldest of each chat counts one attempt more."""
        ...

    async def pending(self, limit: int, first: int = LOWEST, token: str = "") -> list[Lease]:
        """Updates not handled yet with the number ``first`` or a higher one, oldest first; with a ``token`` that run's."""
        ...

    async def pending_in(self, lane: str, limit: int, token: str) -> list[Lease]:
        """Updates of one lane that are not handled yet and are that run's, oldest first."""
        ...

    async def pending_after(self, lane: str, last: int, limit: int, token: str) -> list[Lease]:
        """Likewise those with a higher number than ``last``."""
        ...

    async def note_tried(self, lease: Lease) -> None:
        """One attempt more is on record, in case it ends the program."""
        ...

    async def settle(self, lease: Lease, error: str = "") -> None:
        """An update needs no more work; with an ``error`` it is a dead letter. Raises :class:`StaleLeaseError`."""
        ...

    async def outbox_after(self, last: int, limit: int) -> list[OutboxRow]:
        """Messages still to be sent with a higher number than ``last``, in the order they were decided."""
        ...

    async def placed(self, row: OutboxRow) -> OutboxRow:
        """The row with whose desk its ticket belongs to by now, and where it stands there."""
        ...

    async def keep_deliveries(self, done: Sequence[tuple[OutboxRow, Delivery]]) -> None:
        """Rows that need no more sending, all in one transaction; where cards and topics went is remembered."""
        ...

    async def keep_part(self, row: OutboxRow, place: Place) -> None:
        """A piece of a long message stands there, and more follows."""
        ...

    async def note_attempt(self, row: OutboxRow, detail: str) -> None:
        """A sending did not work yet."""
        ...

    async def refusals(self) -> list[Refused]:
        """Groups that took nothing, or no topics, when this was last known."""
        ...

    async def retain(self, retention: Retention, now: datetime) -> None:
        """Erase what has been kept for long enough."""
        ...

    async def wipe_log(self) -> bool:
        """What was erased shall not stand in the write-ahead log either; ``False`` where a reader still holds it."""
        ...

    async def put_out(self, actions: Sequence[Action], now: datetime) -> tuple[OutboxRow, ...]:
        """Messages that no event decides: receipts to staff, reports to admins."""
        ...


class Messenger(Protocol):
    """A channel's sending half."""

    async def perform(self, row: OutboxRow) -> Delivery:
        """Send one message; never raises for what the other side may answer."""
        ...

    def slot(self, row: OutboxRow) -> Slot | None:
        """Where the message counts against the other side's limits; ``None`` where there are none."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Actions per window: ``overall`` and ``chat`` per second, ``group`` per minute; 0 means no limit."""

    overall: int = 30
    chat: int = 1
    group: int = 20


class Dispatch(Protocol):
    """Handle one event; returns the toast, if there is one. What is to be sent is in the outbox by then."""

    async def __call__(self, event: Event, leases: Sequence[Lease] = ()) -> str | None:
        """The updates of ``leases`` are settled in the same transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an action counts, and for how many: a new topic with its card is two actions of its group.

    ``group`` names a group of ours, whatever its id is at the moment.
    """

    chat: str
    is_group: bool
    cost: int = 1
    group: str = ""
