"""A channel in memory: it records what is sent to it, and runs until cancelled."""

from __future__ import annotations

import asyncio

from bot.channels.port import Core, Loop
from bot.ports import Limits
from tests.fakes_desk import RememberingMessenger


class RememberingChannel:
    """A :class:`bot.channels.port.DeskChannel`; ``core`` is set when it is opened."""

    def __init__(self, messenger: RememberingMessenger | None = None, name: str = "r") -> None:
        self.name = name
        self.messenger = messenger or RememberingMessenger()
        self.limits = Limits(0, 0, 0)
        self.drains = False
        self.core: Core | None = None
        self.is_closed = False
        self.straight: list[str] = []
        self.ticks: list[tuple[str, bool]] = []

    async def open(self, core: Core) -> Loop:
        self.core = core
        return self._run

    async def _run(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        self.is_closed = True

    async def say_straight(self, text: str) -> bool:
        self.straight.append(text)
        return True

    async def tick(self, place: str, arrived: bool) -> None:
        self.ticks.append((place, arrived))
