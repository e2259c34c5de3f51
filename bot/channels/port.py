"""What a channel is to the program, and what it may use of it."""

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
"""Messages that no event decides: they take the same way out as all others."""
AdminCommand = Callable[[str], Awaitable[str]]
"""``reload`` or ``check``: what came of it."""
Receive = Callable[[Sequence[RawUpdate]], Awaitable[None]]
"""Keep updates, already masked; durable on return."""
Loop = Callable[[], Coroutine[Any, Any, None]]
RunAll = Callable[[Mapping[str, Loop]], Coroutine[Any, Any, None]]
"""Run loops side by side, by their names, until cancelled; each goes on after its faults, of which the admins hear."""


class Receiver(Protocol):
    """A channel's receiving half: what its stored updates mean."""

    async def handle(self, leases: Sequence[Lease]) -> bool:
        """Updates, several where they are read as one; whether they were settled with what they changed."""
        ...

    async def set_aside(self, lease: Lease, fault: str) -> None:
        """An update cannot be handled: whoever it concerns hears of it."""
        ...

    async def slowed(self, lease: Lease) -> None:
        """Whoever sent it has to wait for their turn."""
        ...

    def piece_of(self, update: RawUpdate) -> ReceivedText | None:
        """What an update is among others; ``None`` where it stands for itself. Never raises."""
        ...

    def words_of(self, update: RawUpdate) -> str:
        """What a resident says in it, listened to while it waits; empty where there is nothing. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Core:
    """What a channel may use of the program. It never sees the record itself."""

    dispatch: Dispatch
    put_out: PutOut
    drain: Callable[[], Awaitable[None]]
    """Send what may go now, and wait for it: for a channel that ``drains``."""
    inbox: Callable[[Receiver], Receive]
    """A durable inbox of the channel's own; what it holds is handled from the time on at which the channel is open."""
    guard: Guard
    withheld: Withheld
    now: Callable[[], datetime]
    on_admin_command: AdminCommand
    try_now: Callable[[GroupName], None]
    """A group may take now what it did not."""
    moved: Callable[[], Awaitable[Mapping[int, int]]]
    """Ids of groups that have moved, and where to."""
    note_moved: Callable[[int, int], Coroutine[Any, Any, None]]
    revision: Callable[[], str]
    """Which edition of the FAQ serves."""
    run_all: RunAll


class Channel(Protocol):
    """A way to people. It is opened once, then runs, and is closed whatever became of it."""

    @property
    def name(self) -> str:
        """Stands in front of the names of its people, lanes and updates (``tg:123``); without a colon."""
        ...

    @property
    def messenger(self) -> Messenger:
        """Its sending half, there from the beginning."""
        ...

    @property
    def limits(self) -> Limits:
        """How fast it may be spoken to."""
        ...

    @property
    def drains(self) -> bool:
        """Whether it asks for what is to be sent when it can show it; otherwise that leaves as soon as it may."""
        ...

    async def open(self, core: Core) -> Loop:
        """All that comes before the first update is handled. Raises :class:`BotError` where starting is pointless.

        What it returns is run from then on, until cancelled or until the channel is over, and the program with it.
        """
        ...

    async def close(self) -> None:
        """Give back what it holds, also where it was never opened."""
        ...


class DeskChannel(Channel, Protocol):
    """The channel in which the desks' and the admins' groups are."""

    async def say_straight(self, text: str) -> bool:
        """A text to the admins, past the record; whether no more is to be tried."""
        ...

    async def tick(self, place: str, arrived: bool) -> None:
        """Show staff at a message of theirs whether it arrived."""
        ...
