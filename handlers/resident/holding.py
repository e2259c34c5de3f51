"""Words that nobody sees until the resident has said whether they are a complaint, or whether they may be read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from handlers.model.conversation import Conversation, Held, Piece, Went, stepped
from handlers.resident.short import meaning_of

WAITS_FOR: Final = timedelta(hours=1)
"""After this time without a decision the ward's desk gets them; without a ward's desk nobody does."""
DIRECTLY: Final = timedelta(minutes=3)
"""A message written this soon after words that wait may continue them."""
ASKED: Final = "ward?"
"""Step of a talk: the resident was asked, and their words are not sent yet."""
AT_MOST: Final = 20
"""Most pieces that are kept waiting."""
_ASKS: Final = re.compile(
    r"[?？]|(?:か|かな|かね|でしょう|ますよね)[。．.!！\s]*$|[吗嗎呢]$|(?:까|까요|나요)$"
)
_POINTS_BACK: Final = re.compile(
    r"(?:その|あの|この|さっきの)(?:人|ひと|方|かた|職員|おじさん|おばさん|とき|時)|あいつ|という人|っていう人|さん(?:という|でした)"
    r"|名前は|なまえは|名札|彼女|彼[がはをに]|証拠|録音"
    r"|\b(?:that|the) (?:man|woman|person|guy|lady)\b|\b(?:his|her) name\b|\b(?:he|she)\b"
    r"|那个人|那個人|她|他[是叫说說还還们們的]|名字是?叫?|그 ?(?:사람|직원|분)|이름은",
    re.IGNORECASE,
)
"""Words that point back to a person or time mentioned before."""


def pending(talk: Conversation) -> Held | None:
    """What waits; ``None`` where nothing does."""
    return talk.held if talk.held is not None and talk.held.went is Went.WAITS else None


def waiting(talk: Conversation) -> tuple[Piece, ...]:
    """The pieces that wait, oldest first."""
    held = pending(talk)
    return held.pieces if held is not None else ()


def is_asked(talk: Conversation) -> bool:
    """Whether the question was the last step."""
    return talk.path[-1:] == (ASKED,) and pending(talk) is not None


def asked(talk: Conversation) -> Conversation:
    """The talk with the question as its last step."""
    return stepped(unasked(talk), ASKED)


def unasked(talk: Conversation) -> Conversation:
    """The talk without the question as its last step."""
    return replace(talk, path=tuple(step for step in talk.path if step != ASKED))


def begun(talk: Conversation, ticket: int, now: datetime, *, for_facility: bool = False) -> Conversation:
    """The talk in which the question is asked; the number stays where it was asked before."""
    held = pending(talk)
    if held is not None and (held.ticket, held.for_facility) == (ticket, for_facility):
        return replace(talk, held=replace(held, since=now))
    number = talk.held.question + 1 if talk.held is not None else 1
    pieces = held.pieces if held is not None else ()
    return replace(talk, held=Held(now, number, ticket, pieces, for_facility=for_facility))


def with_piece(talk: Conversation, ticket: int, piece: Piece, *, for_facility: bool = False) -> Conversation:
    """The talk with one more piece that waits, in order."""
    talk = begun(talk, ticket, piece.at, for_facility=for_facility)
    if talk.held is None:
        raise AssertionError("just begun")
    return replace(talk, held=replace(talk.held, pieces=(*talk.held.pieces, piece)))


def edited(talk: Conversation, place: str, text: str) -> Conversation | None:
    """The talk with a waiting message replaced by its edit; ``None`` where no such message waits."""
    pieces = waiting(talk)
    is_it = [bool(place) and piece.place == place and not piece.is_joined for piece in pieces]
    if talk.held is None or not any(is_it):
        return None
    now = tuple(replace(piece, text=text) if it else piece for piece, it in zip(pieces, is_it, strict=True))
    return replace(talk, held=replace(talk.held, pieces=now))


def done(talk: Conversation, went: Went, ticket: int) -> Conversation:
    """The talk after a decision; the words are removed from it."""
    if talk.held is None:
        return talk
    return replace(talk, held=replace(talk.held, pieces=(), went=went, ticket=ticket))


def lapsed(talk: Conversation) -> Conversation:
    """The talk after the time is over, where nothing is sent without a decision: the words are kept."""
    if talk.held is None:
        return talk
    return replace(talk, held=replace(talk.held, went=Went.UNANSWERED))


def opened(talk: Conversation, went: Went, ticket: int) -> Conversation:
    """The talk after a ticket was opened with everything said: the question is void."""
    held = talk.held
    is_open = held is not None and held.went in (Went.WAITS, Went.UNANSWERED)
    return done(talk, went, ticket) if held is not None and is_open and not held.ticket else talk


def goes_on(talk: Conversation, piece: Piece, now: datetime, *, is_answered: bool) -> bool:
    """Whether a message or file continues what waits."""
    if not waiting(talk):
        return False
    return bool(piece.kind) or belongs(piece.text, talk, now, is_answered=is_answered)


def belongs(text: str, talk: Conversation, now: datetime, *, is_answered: bool) -> bool:
    """Whether a message that is no complaint by itself continues one that waits.

    Thanks, まだ, a question, and what the FAQ answers are separate, unless they point back to somebody.
    """
    pieces = waiting(talk)
    if not pieces or meaning_of(text) is not None:
        return False
    if _ASKS.search(text.strip()):
        return False
    if _POINTS_BACK.search(text):
        return True
    return not is_answered and now - pieces[-1].at <= DIRECTLY
