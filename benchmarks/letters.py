"""Waiting time of a short question while others send long texts: the real FAQ, engine and record, in one process.

    python benchmarks/letters.py [--letters 30] [--characters 1000] [--rounds 5]

All long texts reach the dispatcher first, then the short question; measured until its decision is on disk.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `madoguchi run` sets it, before numpy is loaded

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from datetime import UTC
from pathlib import Path
from typing import Final

from bot.clock import SystemClock
from bot.dispatch import Dispatcher
from bot.knowledge.offline import OfflineKnowledge
from bot.settings import settings
from bot.storage.store import SqliteStore
from handlers.engine import Engine
from handlers.model.events import Asked
from handlers.privacy.personal_data import Guard

ROOT: Final = Path(__file__).parent.parent
_QUESTION: Final = "団体登録に必要な書類は"


def letter(dice: random.Random, ways: list[str], characters: int) -> str:
    """Random sentences from the FAQ's own phrasings."""
    text = ""
    while len(text) < characters:
        text += f"{dice.choice(ways)}。"
    return text[:characters]


async def main(letters: int, characters: int, rounds: int) -> None:
    """Print the short question's waiting time, and the cost of one long text alone."""
    loaded = settings.load(ROOT / "config.yaml")
    knowledge = OfflineKnowledge(loaded).knowledge
    ways = [
        way for entry in knowledge.entries.values() for texts in entry.utterances.values() for way in texts
    ]
    dice, engine, guard = (
        random.Random(1),
        Engine(knowledge, loaded.rules),
        Guard(knowledge.directory.phones()),
    )
    knowledge.search(_QUESTION)
    costs, waits = [], []
    with tempfile.TemporaryDirectory() as folder:
        store = await SqliteStore.open(Path(folder) / "bench.db", label="bench", zone=UTC)
        dispatcher = Dispatcher(store, engine, SystemClock(UTC), lambda _: None)
        for number in range(rounds):
            texts = [letter(dice, ways, characters) for _ in range(letters)]
            begun = time.perf_counter()
            guard.inspect(texts[0])
            knowledge.search(texts[0])
            costs.append(time.perf_counter() - begun)
            waiting = [
                asyncio.create_task(
                    dispatcher.dispatch(Asked(id=f"{number}:{n}", resident=f"r:{n}", text=text))
                )
                for n, text in enumerate(texts)
            ]
            await asyncio.sleep(0.01)
            begun = time.perf_counter()
            await dispatcher.dispatch(Asked(id=f"{number}:by", resident="r:by", text=_QUESTION))
            waits.append(time.perf_counter() - begun)
            await asyncio.gather(*waiting)
        await store.close()
    print(
        f"a letter of {characters} characters costs {statistics.median(costs) * 1000:.0f} ms (guard and search)"
    )
    print(f"while {letters} of them wait, a bystander waits {statistics.median(waits) * 1000:.0f} ms "
          f"(longest of {rounds}: {max(waits) * 1000:.0f} ms)")  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--letters", type=int, default=30)
    parser.add_argument("--characters", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    asyncio.run(main(given.letters, given.characters, given.rounds))
