"""A simulator with a desk, a bot process using it, and a temporary folder."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.tgsim.driver import Person, person
from tests.tgsim.process import ADMINS, DESK, BotProcess
from tests.tgsim.server import Simulator
from tests.tgsim.world import Chat


@dataclass
class Rig:
    """Everything a drill needs."""

    sim: Simulator
    bot: BotProcess
    desk: Chat
    admins: Chat

    def resident(self, number: int, language: str = "ja") -> Person:
        return person(self.sim, number, f"住民{number}", language)

    @property
    def staff(self) -> Person:
        return person(self.sim, 8, "花子")

    def violations(self) -> str:
        found = self.sim.judge.violations if self.sim.judge else []
        return f"{len(found)} violations of the Bot API ({found[0]})" if found else ""


@contextlib.asynccontextmanager
async def rig(
    *,
    speed: float = 1.0,
    is_forum: bool = True,
    settings: dict[str, Any] | None = None,
    started: bool = True,
    judged: bool = True,
) -> AsyncIterator[Rig]:
    """``settings`` are sections of config.yaml over the drill's own."""
    with tempfile.TemporaryDirectory() as folder:
        sim = Simulator(speed=speed, judged=judged)
        await sim.start()
        desk = sim.world.group(DESK, "窓口", is_forum=is_forum)
        admins = sim.world.group(ADMINS, "FAQ管理者")
        bot = BotProcess(sim, Path(folder), settings)
        try:
            if started:
                await bot.start()
            yield Rig(sim, bot, desk, admins)
        finally:
            await bot.kill()
            await sim.stop()
