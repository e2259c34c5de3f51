"""``python -m tests.drill [--full]``: the promise table; exit code 1 when one is broken."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time

from tests.drill import losing
from tests.drill.report import Line


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    options = parser.parse_args()
    broken = 0
    for work in (losing.kills(options.kills), losing.replays()):
        begun = time.monotonic()
        found = await work
        for line in [found] if isinstance(found, Line) else found:
            broken += not line.kept
            print(f"{line}  [{time.monotonic() - begun:.0f} s]", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
