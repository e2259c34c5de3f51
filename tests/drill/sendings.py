"""The bot's messages as answers: parts of one long text are joined, and repeated sendings are recognised."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.telegram.render import LIMIT_UNITS, units
from tests.drill.rig import Rig

_NO_ANSWER = "detail=no-answer"


def answers(texts: Sequence[str]) -> list[str]:
    """One text per answer: text that did not fit into the previous message is its next part."""
    found: list[str] = []
    for number, text in enumerate(texts):
        fits = number == 0 or units(texts[number - 1]) + units(text) < LIMIT_UNITS - 2
        if fits or text in texts[:number]:
            found.append(text)
    return found


def repeated(it: Rig) -> int:
    """How often so far the bot had to repeat a sending for lack of an answer, where the machine gives the simulator
    no time for ten seconds.
    """
    return sum(_NO_ANSWER in line for line in _postponed(it))


def failed(it: Rig) -> list[str]:
    """Sendings that were postponed for any other cause, according to the log."""
    return [line for line in _postponed(it) if _NO_ANSWER not in line]


def _postponed(it: Rig) -> list[str]:
    return [
        line for line in it.bot.log.read_text(encoding="utf-8").splitlines() if "courier.postponed" in line
    ]
