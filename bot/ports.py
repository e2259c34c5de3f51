"""What the parts of ``bot`` ask of each other. Adapters and fakes bear the names of these ports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from handlers.actions import Action
from handlers.events import Event
from handlers.snapshot import Outcome, Snapshot


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Aware, in the desk's time zone."""
        ...


class Transaction(Protocol):
    """One ``BEGIN IMMEDIATE`` … ``COMMIT``: everything an event changes, or nothing."""

    async def first_time(self, event_id: str) -> bool:
        """Whether this event has not been handled yet; marks it as handled within the transaction."""
        ...

    async def load_snapshot(self, event: Event, now: datetime) -> Snapshot: ...

    async def save(self, event: Event, snapshot: Snapshot, outcome: Outcome) -> None:
        """State, messages, record, and one outbox row per action."""
        ...


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as it arrived, already masked. ``lane`` names the chat: updates of a lane are handled in order."""

    id: int
    lane: str
    body: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message of ours stands: the chat and the message in it."""

    chat: str
    message: str


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message still to be sent. ``card`` is where its ticket's card stands, if it has one already."""

    id: int
    action: Action
    attempts: int
    card: Place | None = None


class Result(StrEnum):
    """What became of a sending."""

    SENT = "sent"
    RETRY = "retry"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The result of one sending; ``retry_after`` in seconds; ``detail`` never holds a text."""

    result: Result
    place: Place | None = None
    retry_after: float = 0.0
    detail: str = ""


class Store(Protocol):
    """The record: one file, one writer."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]: ...

    async def ingest(self, updates: Sequence[RawUpdate]) -> int:
        """Keep what is new; durable on return. How many were new."""
        ...

    async def pending(self, limit: int) -> list[RawUpdate]:
        """Updates not handled yet, oldest first."""
        ...

    async def settle(self, update_id: int, error: str = "") -> None:
        """An update needs no more work; ``error`` names why it could not be handled."""
        ...

    async def due(self, now: datetime, limit: int) -> list[OutboxRow]:
        """Messages to send now, in the order they were decided; none that waits behind another of its address."""
        ...

    async def mark_sent(self, row: OutboxRow, delivery: Delivery) -> None:
        """The row is done; where a card went is remembered."""
        ...

    async def postpone(self, row: OutboxRow, until: datetime, detail: str) -> None: ...

    async def give_up(self, row: OutboxRow, detail: str) -> None: ...


class Messenger(Protocol):
    """A channel's sending half."""

    async def perform(self, row: OutboxRow) -> Delivery:
        """Send one message; never raises for what the other side may answer."""
        ...


Dispatch = Callable[[Event], Awaitable[str | None]]
"""Handle one event; returns the toast, if there is one. What is to be sent is in the outbox by then."""
