"""What the bot has sent, as answers: parts of one long text are one, and what it sent again for want of an answer is known."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.telegram.render import LIMIT_UNITS, units
from tests.drill.rig import Rig

_NO_ANSWER = "detail=no-answer"


def answers(texts: Sequence[str]) -> list[str]:
    """One text for each answer: what would not fit into one message with the text before it is that one's next part."""
    found: list[str] = []
    for number, text in enumerate(texts):
        fits = number == 0 or units(texts[number - 1]) + units(text) < LIMIT_UNITS - 2
        if fits or text in texts[:number]:
            found.append(text)
    return found


def repeated(it: Rig) -> int:
    """How often the bot, so far, had no answer to a sending in time, so that it had to send it again: on a machine that gives
    the simulator no time for ten seconds.
    """
    return sum(_NO_ANSWER in line for line in _postponed(it))


def failed(it: Rig) -> list[str]:
    """Sendings that were put off for any other cause, as the log has them."""
    return [line for line in _postponed(it) if _NO_ANSWER not in line]


def _postponed(it: Rig) -> list[str]:
    return [
        line for line in it.bot.log.read_text(encoding="utf-8").splitlines() if "courier.postponed" in line
    ]
