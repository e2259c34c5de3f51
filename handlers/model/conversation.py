"""The state of a talk with one resident: only what the next answer needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from faq.language import Language

STEPS: Final = 8


class Awaiting(StrEnum):
    """How the resident's next text is to be understood."""

    ANYTHING = "anything"
    QUESTION_FOR_PERSON = "question_for_person"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given."""

    entry: str
    version: int

    def __str__(self) -> str:
        return f"{self.entry} v{self.version}"


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the resident, as written (masked as everywhere), and when it arrived."""

    text: str
    at: datetime


class Went(StrEnum):
    """Where words went that had waited for the resident's decision."""

    WAITS = ""
    WARD = "ward"
    FACILITY = "facility"
    NOBODY = "nobody"
    UNANSWERED = "unanswered"
    """To nobody, because the time was over; they can still be sent."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One message that waits: its words (of a file: its caption), when it arrived, and the channel's name of it."""

    text: str
    at: datetime
    place: str = ""
    kind: str = ""
    """The kind of a file, whose copy is sent with the words; empty for a text."""
    album: str = ""
    name: str = ""
    """A mark for words that correct earlier ones."""
    quoted: str = ""
    is_joined: bool = False
    """Several messages read as one: an edit of one of them does not replace it."""


@dataclass(frozen=True, slots=True)
class Held:
    """What waits for the resident's answer to a question about it (``handlers.resident.holding``), or where it went."""

    since: datetime
    """When the newest piece arrived."""
    question: int
    """The number of the question, counted per resident."""
    ticket: int = 0
    """The ticket it is for; 0 for a new ticket, whose words are in ``Conversation.said``."""
    pieces: tuple[Piece, ...] = ()
    went: Went = Went.WAITS
    for_facility: bool = False
    """The question is whether the facility's staff may read it, because there is no ward's desk (``facility_reads``)."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """``question`` is the resident's last question as written; ``misses`` counts turns without an answer."""

    resident: str
    updated_at: datetime
    language: Language = Language.JA
    language_chosen: bool = False
    question: str = ""
    misses: int = 0
    given: tuple[Given, ...] = ()
    awaiting: Awaiting = Awaiting.ANYTHING
    reachable: bool = True
    path: tuple[str, ...] = ()
    """The last steps as codes, oldest first (see :func:`stepped`); staff see them on the card."""
    said: tuple[Said, ...] = ()
    """What the resident has written since their last ticket, oldest first, bounded (``handlers.resident.said``)."""
    ticket: int = 0
    """The ticket that staff had at the resident's last event; 0 for none."""
    held: Held | None = None
    """What waits unseen, or where it went last; ``None`` where nothing ever waited."""
    facility: str = ""
    """The window of the facility that the resident has named or chosen."""
    offered: tuple[str, ...] = ()
    """The entries offered last, in the order of their numbers, until something else is shown."""


def stepped(talk: Conversation, step: str) -> Conversation:
    """The talk with one more step; ``step`` is a code such as ``asked``, ``answer:ID vN``, ``menu:GROUP``,
    ``unsolved:ID``.
    """
    return replace(talk, path=(*talk.path, step)[-STEPS:])
