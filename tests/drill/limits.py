"""P7: Telegram's limits are never exceeded, nothing is lost, order is kept, with a crowd and a busy desk."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import Final

from tests.drill.report import Line
from tests.drill.rig import Rig, rig
from tests.tgsim.driver import until

_FIRST: Final = 30_000
_SPEED: Final = 60.0
_EVERY: Final = 3
_ARRIVE_EVERY_SECONDS: Final = 0.008


async def crowd(residents: int, tickets: int) -> Line:
    """``residents`` write within seconds, ``tickets`` of them want a person; the group takes 20 actions a minute."""
    async with rig(
        speed=_SPEED, settings={"desk": {"first_response_minutes": 44_640, "resolution_hours": 8_784}}
    ) as it:
        stories = []
        staff = asyncio.create_task(_staff(it, tickets // _EVERY))
        for number in range(_FIRST, _FIRST + residents):
            stories.append(asyncio.create_task(_story(it, number, wants_person=number - _FIRST < tickets)))
            await asyncio.sleep(_ARRIVE_EVERY_SECONDS)
        ended = await asyncio.gather(*stories, return_exceptions=True)
        lost = sum(isinstance(story, BaseException) for story in ended)
        cards = await _cards(it, tickets)
        answered = await staff
        limits = it.sim.limits
        in_order = all(_is_in_order(it, number, tickets) for number in range(_FIRST, _FIRST + residents))
        minutes = (it.sim.calls[-1][0] - it.sim.calls[0][0]) / 60
        clean = it.violations()
    return Line(
        "P7", f"{residents} residents, {tickets} tickets, {minutes:.0f} simulated minutes",
        f"at most {limits.highest['overall']}/s, {limits.highest['chat']}/s a chat, {limits.highest['group']}/min a group, "
        f"{len(limits.exceeded)} above, {lost} residents and {tickets - cards} cards lost, {answered} claimed and answered, "
        f"order {'kept' if in_order else 'broken'}" + clean,
        not limits.exceeded and lost == 0 and cards == tickets and answered == tickets // _EVERY and in_order and not clean,
    )  # fmt: skip


async def _staff(it: Rig, wanted: int) -> int:
    """A member of staff claims and answers every third ticket when its card appears; returns how many residents
    were told.
    """
    done: set[int] = set()
    async with asyncio.timeout(600):
        while len(done) < wanted:
            await asyncio.sleep(0.1)
            for card in list(it.sim.world.said_by_bot[it.desk.id]):
                match = re.match(r"受付番号 (\d+) · 未担当", str(card.get("text", "")))
                number = int(match[1]) if match else 0
                if number and number % _EVERY == 0 and number not in done:
                    done.add(number)
                    it.staff.press("担当する", it.desk, card)
                    it.staff.reply(f"{number} へのお返事です", card, it.desk)
    heard = 0
    for number in done:
        await until(it.sim, partial(_has_answer, it, number), 600)
        heard += 1
    return heard


def _has_answer(it: Rig, number: int) -> bool:
    said, words = it.sim.world.said_by_bot, f"{number} へのお返事"
    return any(words in str(m.get("text")) for chat in list(said) if chat > 0 for m in said[chat])


async def _story(it: Rig, number: int, *, wants_person: bool) -> None:
    who = it.resident(number)
    who.write("白鳥ボート いくら")
    await who.hears("確認できません", seconds=120)
    if wants_person:
        who.write("職員と話したい")
        await who.hears("受付番号", seconds=120)


async def _cards(it: Rig, tickets: int) -> int:
    """Number of cards at the desk in the end; they arrive at their own pace."""
    known, patience = -1, 0
    while known < tickets and patience < 40:
        await asyncio.sleep(0.5)
        now = len(_numbers(it))
        patience = patience + 1 if now == known else 0
        known = now
    return known


def _numbers(it: Rig) -> list[int]:
    found = [
        re.match(r"受付番号 (\d+) · (?:未担当|担当中)", str(m.get("text", "")))
        for m in it.sim.world.said_by_bot[it.desk.id]
    ]
    return [int(match[1]) for match in found if match]


def _is_in_order(it: Rig, number: int, tickets: int) -> bool:
    texts = [str(m.get("text")) for m in it.sim.world.said_by_bot[number]]
    wanted = ["確認できません"] + (["受付番号"] if number - _FIRST < tickets else [])
    if len(texts) > len(wanted):
        wanted += ["ここからは人が答えます", "へのお返事です"]
    return len(texts) == len(wanted) and all(word in text for word, text in zip(wanted, texts, strict=True))
