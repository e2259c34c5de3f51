"""What a resident has written since their last ticket: kept in order and bounded, so that a ticket holds it whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from handlers.model.conversation import Conversation, Said
from handlers.resident.short import is_fragment

TOGETHER: Final = timedelta(seconds=15)
"""Messages that come this close after each other may be one thought."""
SHORT: Final = 40
"""Characters of a message that may be the rest of the one before it."""
_CUT_FROM: Final = 3900
"""Characters from which a message may be a letter that the client has cut in pieces."""
_COUNT_AT_MOST: Final = 20
_CHARACTERS_AT_MOST: Final = 40_000
_KEPT: Final = timedelta(days=3)
LEFT_OUT: Final = "…"
"""Stands first where something older was too much to keep."""


def heard(talk: Conversation, text: str, now: datetime) -> Conversation:
    """The talk with one more message; what is too old goes, and what is too much is marked."""
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
    """Whether a message may be read together with the question before it: a fragment, or the rest of one thought."""
    if not talk.said or not talk.question:
        return False
    last = talk.said[-1]
    is_close = now - last.at <= TOGETHER
    return is_fragment(text) or (is_close and (len(text) <= SHORT or len(last.text) >= _CUT_FROM))


def joined(earlier: str, text: str) -> str:
    """Two texts as one, in order; nothing twice."""
    if not earlier or _holds(text, earlier):
        return text
    return earlier if _holds(earlier, text) else f"{earlier}\n{text}"


def earlier(talk: Conversation) -> tuple[str, ...]:
    """What was written beside the question, oldest first."""
    return tuple(one.text for one in talk.said if not _holds(talk.question, one.text))


def in_order(talk: Conversation) -> tuple[str, ...]:
    """All of it as it was written, oldest first; a question that was picked from the menu stands last."""
    said = tuple(one.text for one in talk.said)
    written = iter("\n".join(said).split("\n"))
    # Line by line: between the lines of a question that was joined, others may have been written.
    is_said = all(line in written for line in talk.question.split("\n"))
    return said if is_said else (*said, talk.question)


def fresh(talk: Conversation, ticket: int) -> Conversation:
    """The talk without what belongs to a ticket; ``ticket`` is the one that staff have now, or 0."""
    return replace(talk, question="", misses=0, given=(), path=(), said=(), ticket=ticket)


def _holds(question: str, text: str) -> bool:
    return f"\n{text}\n" in f"\n{question}\n"
