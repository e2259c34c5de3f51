"""What a resident wrote since their last ticket, in order and bounded, to be shown in a ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from handlers.model.conversation import Conversation, Said
from handlers.resident.short import is_fragment

TOGETHER: Final = timedelta(seconds=15)
"""Messages sent within this time may belong together."""
SHORT: Final = 40
"""Most characters of a message that may continue the one before it."""
_CUT_FROM: Final = 3900
"""Characters from which a message may have been split by the app."""
_COUNT_AT_MOST: Final = 20
_CHARACTERS_AT_MOST: Final = 40_000
_KEPT: Final = timedelta(days=3)
LEFT_OUT: Final = "…"
"""First item where older ones were dropped."""


def heard(talk: Conversation, text: str, now: datetime) -> Conversation:
    """The talk with one more message; old ones are dropped, and a dropped excess is marked."""
    said = [one for one in talk.said if now - one.at <= _KEPT and one.text != LEFT_OUT]
    kept, size = [Said(text, now)], len(text)
    for one in reversed(said):
        size += len(one.text)
        if len(kept) == _COUNT_AT_MOST or size > _CHARACTERS_AT_MOST:
            kept.append(Said(LEFT_OUT, one.at))
            break
        kept.append(one)
    else:
        if talk.said and talk.said[0].text == LEFT_OUT:
            kept.append(talk.said[0])
    return replace(talk, said=tuple(reversed(kept)))


def leans(talk: Conversation, text: str, now: datetime) -> bool:
    """Whether a message may be read with the question before it: a fragment, or a quick continuation."""
    if not talk.said or not talk.question:
        return False
    return is_fragment(text) or is_quick(talk, text, now)


def is_quick(talk: Conversation, text: str, now: datetime) -> bool:
    """Whether a message continues the one just before it."""
    if not talk.said or now - talk.said[-1].at > TOGETHER:
        return False
    return len(text) <= SHORT or len(talk.said[-1].text) >= _CUT_FROM


def joined(earlier: str, text: str) -> str:
    """Two texts as one, in order, without repetition."""
    if not earlier or _holds(text, earlier):
        return text
    return earlier if _holds(earlier, text) else f"{earlier}\n{text}"


def earlier(talk: Conversation) -> tuple[str, ...]:
    """What was written besides the question, oldest first."""
    return tuple(one.text for one in talk.said if not _holds(talk.question, one.text))


def in_order(talk: Conversation) -> tuple[str, ...]:
    """Everything as written, oldest first; a question chosen from the menu is last."""
    said = tuple(one.text for one in talk.said)
    written = iter("\n".join(said).split("\n"))
    # Line by line, because other messages may lie between the lines of a joined question.
    is_said = all(line in written for line in talk.question.split("\n"))
    return said if is_said else (*said, talk.question)


def fresh(talk: Conversation, ticket: int) -> Conversation:
    """The talk without what belongs to a ticket; ``ticket`` is the active one, or 0."""
    return replace(talk, question="", misses=0, given=(), path=(), said=(), ticket=ticket)


def _holds(question: str, text: str) -> bool:
    return f"\n{text}\n" in f"\n{question}\n"
