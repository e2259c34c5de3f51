"""P14: hours at five messages a second; memory stays constant and nobody waits for the database."""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path
from statistics import fmean
from typing import Final

from tests.drill.report import Line
from tests.drill.rig import rig

_EVERY_SECONDS: Final = 0.2
_SAMPLES: Final = 60
_GROWTH_MIB: Final = 16
_TEXTS: Final = (
    "白鳥ボート いくら",
    "白鳥に乗りたい",
    "あひる係の態度がひどい",
    "今日の天気は",
    "なにか別のこと",
)


async def soak(minutes: float) -> Line:
    """Residents come and go; every twentieth wants a person."""
    async with rig(settings={"rules": {"messages_per_minute": 0}}) as it:
        it.sim.limits.enforced = False
        process = it.bot.process
        assert process is not None
        loop, memory, sent = asyncio.get_running_loop(), [], 0
        end, next_sample = loop.time() + minutes * 60, loop.time()
        for number in count(100):
            if loop.time() >= end:
                break
            who = it.resident(number % 5000 + 100)
            who.write("職員と話したい" if number % 20 == 0 else _TEXTS[number % len(_TEXTS)])
            sent += 1
            if loop.time() >= next_sample:
                memory.append(resident_mib(process.pid))
                next_sample += minutes * 60 / _SAMPLES
            await asyncio.sleep(_EVERY_SECONDS)
        await asyncio.sleep(3)
        heard = sum(len(said) for chat, said in it.sim.world.said_by_bot.items() if chat > 0)
        log = it.bot.log.read_text(encoding="utf-8")
        await it.bot.stop()
        clean = it.violations()
    third = len(memory) // 3
    early, late = fmean(memory[third : 2 * third]), fmean(memory[2 * third :])
    locked, failed = log.count("database is locked"), log.count("failed")
    came = (
        f"{sent} messages, {heard} answers, memory {memory[0]:.0f} MiB at first, {early:.1f} in the middle third, "
        f"{late:.1f} in the last, {locked} times locked, {failed} failures in the log" + clean
    )
    kept = late - early < _GROWTH_MIB and locked == 0 and failed == 0 and heard >= sent and not clean
    return Line("P14", f"{minutes:g} minutes at 5 messages/s", came, kept)


def resident_mib(process: int) -> float:
    """Resident memory of a process in MiB."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
