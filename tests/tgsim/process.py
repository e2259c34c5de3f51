"""The real bot as a separate process using the simulator: started, stopped, killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from tests import small_town
from tests.processes import inherited
from tests.tgsim.server import TOKEN, Simulator

DESK, ADMINS = -1001000, -1002000
_START_AT_MOST_SECONDS = 120  # eight bots may start in parallel on a slow machine
_STOP_SECONDS = 20
SECRET = "a-long-random-word"


class BotProcess:
    """``madoguchi run`` in a folder with the FAQ of a fictional town, its own database, and settings for the simulator."""

    def __init__(self, sim: Simulator, folder: Path, settings: dict[str, Any] | None = None) -> None:
        self.sim = sim
        self.folder = folder
        self.log = folder / "bot.log"
        self.process: asyncio.subprocess.Process | None = None
        small_town.written_to(folder / "faq")
        config: dict[str, Any] = {
            "faq": {"folder": "faq", "encoder": "off"},
            "telegram": {"desk_chat": DESK, "admin_chat": ADMINS, "api_url": sim.url},
            "desk": {"weekdays": ["月", "火", "水", "木", "金", "土", "日"], "hours": ["0:00-23:59"],
                     "public_holidays": "open", "closed_from": "02-29", "closed_until": "02-29"},
            "storage": {"path": "bot.db"},
        }  # fmt: skip
        for section, values in (settings or {}).items():
            config[section] = config.get(section, {}) | values
        (folder / "config.yaml").write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")

    @property
    def database(self) -> Path:
        return self.folder / "bot.db"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "bot", "--config", str(self.folder / "config.yaml"), *arguments]

    def environment(self) -> dict[str, str]:
        own = {
            "MADOGUCHI_TELEGRAM_TOKEN": TOKEN,
            "MADOGUCHI_DRILL_SPEED": str(self.sim.clock.speed),
            "MADOGUCHI_WEBHOOK_SECRET": SECRET,
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(self.folder / "cache")),
        }
        return (
            inherited()
            | own
            | ({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {})
        )

    async def start(self, *, wait: bool = True) -> None:
        """Start; with ``wait`` return when it fetches updates, or has set its webhook."""
        before = len([name for _, name in self.sim.calls if name in ("getupdates", "setwebhook")])
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command("run"), stdout=log, stderr=log, env=self.environment(), cwd=self.folder
            )
        async with asyncio.timeout(_START_AT_MOST_SECONDS):
            while wait and len([n for _, n in self.sim.calls if n in ("getupdates", "setwebhook")]) == before:
                if self.process.returncode is not None:
                    raise AssertionError(f"the bot stopped: {self.log.read_text(encoding='utf-8')[-2000:]}")
                await asyncio.sleep(0.02)

    async def verb(self, *arguments: str) -> tuple[int, str]:
        """Run another verb beside the bot; returns exit code and output."""
        process = await asyncio.create_subprocess_exec(
            *self.command(*arguments), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            env=self.environment(), cwd=self.folder,
        )  # fmt: skip
        told, _ = await process.communicate()
        return process.returncode or 0, told.decode()

    async def kill(self) -> None:
        """Kill at once."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Stop as an operator does; returns the exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        if self.process is None:
            return 0
        if self.process.returncode is None:
            self.process.send_signal(how)
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                return await self.process.wait()
        except TimeoutError:
            self.process.kill()
            raise AssertionError(f"did not stop: {self.log.read_text(encoding='utf-8')[-2000:]}") from None
