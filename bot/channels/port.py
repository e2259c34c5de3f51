"""The interface between a channel and the program."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.inbox.gathering import ReceivedText
from bot.inbox.withheld import Withheld
from bot.ports import Dispatch, Lease, Limits, Messenger, RawUpdate
from handlers.model.actions import Action
from handlers.model.delivery import GroupName
from handlers.privacy.personal_data import Guard

PutOut = Callable[[Sequence[Action]], Awaitable[None]]
"""Queues messages that no event decides; they leave through the outbox like all others."""
AdminCommand = Callable[[str], Awaitable[str]]
"""``reload`` or ``check``; returns the result as text."""
Receive = Callable[[Sequence[RawUpdate]], Awaitable[None]]
"""Stores updates, already masked; durable on return."""
Loop = Callable[[], Coroutine[Any, Any, None]]
RunAll = Callable[[Mapping[str, Loop]], Coroutine[Any, Any, None]]
"""Runs loops side by side, by name, until cancelled. Each goes on after a fault, and the admins are told of the fault."""


class Receiver(Protocol):
    """A channel's receiving half: what its stored updates mean."""

    async def handle(self, leases: Sequence[Lease]) -> bool:
        """Handle updates, several where they are read as one. Returns whether they were settled in the same
        transaction.
        """
        ...

    async def set_aside(self, lease: Lease, fault: str) -> None:
        """An update cannot be handled: tell its sender and the admins."""
        ...

    async def slowed(self, lease: Lease) -> None:
        """Tell the sender that their messages have to wait."""
        ...

    def piece_of(self, update: RawUpdate) -> ReceivedText | None:
        """The update as a text that may be one of several; ``None`` where it is handled alone. Never raises."""
        ...

    def words_of(self, update: RawUpdate) -> str:
        """The resident's words in it, for listening while it waits; empty where there are none. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Core:
    """What a channel may use of the program. A channel has no access to the record itself."""

    dispatch: Dispatch
    put_out: PutOut
    drain: Callable[[], Awaitable[None]]
    """Send what may be sent now, and wait for it: for a channel that ``drains``."""
    inbox: Callable[[Receiver], Receive]
    """Makes a durable inbox for the channel; its updates are handled from when the channel is open."""
    guard: Guard
    withheld: Withheld
    now: Callable[[], datetime]
    on_admin_command: AdminCommand
    try_now: Callable[[GroupName], None]
    """A group that refused messages may take them now."""
    moved: Callable[[], Awaitable[Mapping[int, int]]]
    """Maps the old id of each group that has moved to its new one."""
    note_moved: Callable[[int, int], Coroutine[Any, Any, None]]
    revision: Callable[[], str]
    """The revision of the FAQ that serves."""
    run_all: RunAll


class Channel(Protocol):
    """A way to reach people. It is opened once, then runs, and is closed however it ended."""

    @property
    def name(self) -> str:
        """First part of the names of its people, lanes and updates (``tg:123``); has no colon."""
        ...

    @property
    def messenger(self) -> Messenger:
        """Its sending half, usable from the start."""
        ...

    @property
    def limits(self) -> Limits:
        """How fast messages may be sent to it."""
        ...

    @property
    def drains(self) -> bool:
        """Whether it calls :attr:`Core.drain` when it can show messages; otherwise they are sent as soon as they
        may be.
        """
        ...

    async def open(self, core: Core) -> Loop:
        """Everything before the first update is handled. Raises :class:`BotError` where starting is pointless.

        The returned loop runs until cancelled. When it ends by itself, the program ends.
        """
        ...

    async def close(self) -> None:
        """Release what it holds, also where it was never opened."""
        ...


class DeskChannel(Channel, Protocol):
    """The channel in which the desks' and the admins' groups are."""

    async def say_straight(self, text: str) -> bool:
        """Send a text to the admins without the record. Returns whether no more attempts are useful."""
        ...

    async def tick(self, place: str, arrived: bool) -> None:
        """Mark a message of staff as arrived, or as not arrived."""
        ...
