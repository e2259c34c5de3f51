"""``python -m tests.drill``: the promise table; exit code 1 when one is broken."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

from tests.drill import complaints, editing, faults, keeping, limits, losing, silence, soak
from tests.drill.report import Line


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--residents", type=int, default=1000)
    parser.add_argument("--tickets", type=int, default=300)
    parser.add_argument("--only", default="", help="promises, with commas between")
    parser.add_argument("--messages", type=int, default=100_000, help="in the database that is backed up")
    parser.add_argument("--soak-minutes", type=float, default=0.0, help="P14 is left out without")
    options = parser.parse_args()
    drills: list[tuple[str, Callable[[], Awaitable[Line | list[Line]]]]] = [
        ("P5", lambda: losing.kills(options.kills)),
        ("P6", losing.replays),
        ("P7", lambda: limits.crowd(options.residents, options.tickets)),
        ("P8", faults.faults),
        ("P11", faults.webhook),
        ("P12", editing.edits),
        ("P13", lambda: keeping.restore(options.messages)),
        ("P14", lambda: soak.soak(options.soak_minutes)),
        ("P16", complaints.complaints),
        ("P17", silence.silence),
    ]
    broken = 0
    for promise, drill in drills:
        if (options.only and promise not in options.only.split(",")) or (
            promise == "P14" and not options.soak_minutes
        ):
            continue
        begun = time.monotonic()
        found = await drill()
        for line in [found] if isinstance(found, Line) else found:
            broken += not line.kept
            print(f"{line}  [{time.monotonic() - begun:.0f} s]", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
