"""What waits until a resident has said whether it is a complaint: nobody sees it, and nothing but their word or time ends it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from handlers.model.conversation import Conversation, Held, Piece, Went
from handlers.resident.short import meaning_of

WAITS_FOR: Final = timedelta(hours=1)
"""After this long without a word of the resident's the ward's desk gets what waits."""
DIRECTLY: Final = timedelta(minutes=3)
"""What is written this soon after words that wait may go on with them."""
AT_MOST: Final = 20
"""Pieces; more are not kept waiting."""
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
"""Words about a person or a time that was spoken of before."""


def pending(talk: Conversation) -> Held | None:
    """What waits; ``None`` where nothing does."""
    return talk.held if talk.held is not None and talk.held.went is Went.WAITS else None


def waiting(talk: Conversation) -> tuple[Piece, ...]:
    """The pieces that wait, oldest first."""
    held = pending(talk)
    return held.pieces if held is not None else ()


def begun(talk: Conversation, ticket: int, now: datetime) -> Conversation:
    """The talk in which the question is asked; the same question where it has been asked already."""
    held = pending(talk)
    if held is not None and held.ticket == ticket:
        return replace(talk, held=replace(held, since=now))
    number = talk.held.question + 1 if talk.held is not None else 1
    pieces = held.pieces if held is not None else ()
    return replace(talk, held=Held(now, number, ticket, pieces))


def with_piece(talk: Conversation, ticket: int, piece: Piece) -> Conversation:
    """The talk with one more message that waits, in order."""
    talk = begun(talk, ticket, piece.at)
    if talk.held is None:
        raise AssertionError("just begun")
    return replace(talk, held=replace(talk.held, pieces=(*talk.held.pieces, piece)))


def edited(talk: Conversation, place: str, text: str) -> Conversation | None:
    """The talk with a message that waits as it was corrected; ``None`` where no such message waits."""
    pieces = waiting(talk)
    is_it = [bool(place) and piece.place == place and not piece.is_joined for piece in pieces]
    if talk.held is None or not any(is_it):
        return None
    now = tuple(replace(piece, text=text) if it else piece for piece, it in zip(pieces, is_it, strict=True))
    return replace(talk, held=replace(talk.held, pieces=now))


def done(talk: Conversation, went: Went, ticket: int) -> Conversation:
    """The talk after it was decided; the words are kept here no more."""
    if talk.held is None:
        return talk
    return replace(talk, held=replace(talk.held, pieces=(), went=went, ticket=ticket))


def opened(talk: Conversation, went: Went, ticket: int) -> Conversation:
    """The talk after a ticket was opened with all that had been said: no question about that is left."""
    held = pending(talk)
    return done(talk, went, ticket) if held is not None and not held.ticket else talk


def belongs(text: str, talk: Conversation, now: datetime, *, is_answered: bool) -> bool:
    """Whether a message that complains of nothing by itself goes on with one that waits.

    Thanks, まだ, a question, and what the FAQ answers stand for themselves; what points back to somebody never does.
    """
    pieces = waiting(talk)
    if not pieces or meaning_of(text) is not None:
        return False
    if _ASKS.search(text.strip()):
        return False
    if _POINTS_BACK.search(text):
        return True
    return not is_answered and now - pieces[-1].at <= DIRECTLY
