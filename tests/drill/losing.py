"""P5 and P6: killed at any moment nothing is lost; repeated updates do not count twice."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from math import inf
from typing import Final

from tests.drill.report import Line
from tests.drill.rig import Rig, rig

_FIRST: Final = 20_000
_UNLIMITED: Final = {"limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}}
_OVERALL: Final = {"limits": {"chat_per_second": 0, "group_per_minute": 0}}
"""Thirty messages a second of an accelerated clock; the other limits are off, because they have their own drill."""
_PATIENCE_SECONDS: Final = 60.0
_AFTER_ALL_SECONDS: Final = 300.0
"""Time for everything that is left after the last kill."""


class Crowd:
    """Residents who ask, want a person, and press twice; each waits for an answer before the next step.

    ``patience``: seconds that each waits for one answer. Between kills a slow machine leaves the bot little time; a
    message is only lost if it does not arrive after the last start.
    """

    def __init__(self, it: Rig, dice: random.Random, patience: float = _PATIENCE_SECONDS) -> None:
        self.it = it
        self.dice = dice
        self.patience = patience
        self.stories: list[asyncio.Task[None]] = []
        self.size = 0

    def joins(self) -> None:
        """One more resident."""
        number = _FIRST + self.size
        self.size += 1
        self.stories.append(asyncio.create_task(self._story(number)))

    async def _story(self, number: int) -> None:
        who = self.it.resident(number)
        asked = who.write("白鳥ボート いくら")
        if self.dice.random() < 0.3:
            self.it.sim.replay(asked)
        await who.hears("確認できません", seconds=self.patience)
        who.press("解決しない")
        await who.hears("職員", seconds=self.patience, after=1)
        wanted = who.press("職員に聞く")
        if self.dice.random() < 0.3:
            self.it.sim.replay(wanted)
        if self.dice.random() < 0.3:
            who.press(
                "職員に聞く"
            )  # a second press: an update of its own for Telegram, the same request for the bot
        await who.hears("受付番号", seconds=self.patience)

    def received(self) -> Counter[tuple[int, str]]:
        """How often each text has reached each resident and the desk so far."""
        said = self.it.sim.world.said_by_bot
        chats = [*range(_FIRST, _FIRST + self.size), self.it.desk.id]
        return Counter(
            (chat, text)
            for chat in chats
            for text in (str(message.get("text")) for message in said[chat])
            if chat == self.it.desk.id or "もう届いています" not in text
        )

    def repeated(self) -> int:
        """Messages that somebody got twice, including the desk."""
        return sum(count - 1 for count in self.received().values())


def most_repeated_by_one_kill(received: list[Counter[tuple[int, str]]]) -> int:
    """The most messages repeated because of one kill.

    ``received``: totals at each kill, in order, and at the end. A repeated message is attributed to the kill that
    followed its earlier copy, even where only a later run lives long enough to send it.
    """
    at_the_end = received[-1]
    worst, before = 0, Counter[tuple[int, str]]()
    for until in received:
        came = until - before
        worst = max(worst, sum(n - (until[key] == at_the_end[key]) for key, n in came.items()))
        before = until
    return worst


async def kills(count: int, seed: int = 5) -> list[Line]:
    """Residents write and press continuously; the bot is killed at random moments and restarted."""
    dice = random.Random(seed)
    async with rig(speed=20, settings={"telegram": _OVERALL}, started=False) as it:
        it.sim.limits.enforced = False
        crowd, received = Crowd(it, dice, inf), list[Counter[tuple[int, str]]]()
        for _ in range(count):
            await it.bot.start()
            until = asyncio.get_running_loop().time() + dice.uniform(0.0, 0.35)
            while asyncio.get_running_loop().time() < until:
                crowd.joins()
                await asyncio.sleep(dice.uniform(0.0, 0.1))
            await it.bot.kill()
            await it.sim.settled()
            received.append(crowd.received())
        await it.bot.start()
        ended, waiting = await asyncio.wait(crowd.stories, timeout=_AFTER_ALL_SECONDS)
        for story in waiting:
            story.cancel()
        await asyncio.gather(*crowd.stories, return_exceptions=True)
        received.append(crowd.received())
        worst = most_repeated_by_one_kill(received)
        lost = len(waiting) + sum(story.exception() is not None for story in ended)
        await it.bot.stop()
        tickets, doubled, dead = _record(it)
        clean = it.violations()
    return [
        Line("P5", f"{count} kills, {crowd.size} residents with {3 * crowd.size} messages and presses",
             f"{lost} lost, {tickets} tickets, {dead} dead letters" + clean, lost == 0 and dead == 0 and not clean),
        Line("P6", f"{count} kills, updates brought again, buttons pressed twice",
             f"{doubled} doubled tickets, {crowd.repeated()} repeated messages in all, at most {worst} a kill",
             doubled == 0 and tickets == crowd.size and worst <= 1),
    ]  # fmt: skip


def _record(it: Rig) -> tuple[int, int, int]:
    connection = sqlite3.connect(it.bot.database)
    try:
        tickets = connection.execute("select count(*) from ticket").fetchone()[0]
        people = connection.execute("select count(distinct resident) from ticket").fetchone()[0]
        dead = connection.execute("select count(*) from inbox where state = 'failed'").fetchone()[0]
    finally:
        connection.close()
    return tickets, tickets - people, dead


async def replays() -> Line:
    """Every update of a whole story is delivered three times."""
    async with rig(settings={"telegram": _UNLIMITED}) as it:
        it.sim.limits.enforced = False
        it.sim.replay_all = 2
        crowd = Crowd(it, random.Random(1))
        for _ in range(50):
            crowd.joins()
        await asyncio.gather(*crowd.stories)
        await it.bot.stop()
        tickets, doubled, dead = _record(it)
    return Line("P6", "50 residents, every update three times",
                f"{tickets} tickets, {doubled} doubled, {crowd.repeated()} repeated messages, {dead} dead letters",
                tickets == 50 and doubled == 0 and crowd.repeated() == 0)  # fmt: skip
