"""What is remembered of a talk with one resident: as little as the next answer needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from faq.language import Language

STEPS: Final = 8


class Awaiting(StrEnum):
    """What the resident's next text is taken for."""

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
    """One message of the resident's, as written (masked as everywhere), and when it was heard."""

    text: str
    at: datetime


class Went(StrEnum):
    """Where words that had to wait for the resident's word have gone."""

    WAITS = ""
    WARD = "ward"
    FACILITY = "facility"
    NOBODY = "nobody"
    UNANSWERED = "unanswered"
    """To nobody, because time was over; it can be sent still."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One message that waits: its words (of a file: its caption), when it was heard, and the channel's name of it."""

    text: str
    at: datetime
    place: str = ""
    kind: str = ""
    """The kind of a file, whose copy goes where the words go; empty for a text."""
    album: str = ""
    name: str = ""
    """What marks it where it corrects words that were sent before."""
    quoted: str = ""
    is_joined: bool = False
    """Several messages read as one: an edit of one of them does not replace it."""


@dataclass(frozen=True, slots=True)
class Held:
    """What waits until the resident has answered a question about it (``handlers.holding``), or where it went."""

    since: datetime
    """When the newest piece was heard."""
    question: int
    """The number of the question among those this resident has been asked."""
    ticket: int = 0
    """The ticket it is for; 0 for one that is to be opened, whose words are what the resident has said."""
    pieces: tuple[Piece, ...] = ()
    went: Went = Went.WAITS
    for_facility: bool = False
    """The question is whether staff of the facility may read it, as there is no ward's desk (``handlers.facility_reads``)."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """``question`` is the resident's last question word for word; ``misses`` counts turns without an answer."""

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
    """The last steps, oldest first: what staff read when they take over (codes, see :func:`stepped`)."""
    said: tuple[Said, ...] = ()
    """What the resident has written since their last ticket, oldest first, bounded (``handlers.said``)."""
    ticket: int = 0
    """The ticket that staff had when the resident last did something; 0 for none."""
    held: Held | None = None
    """What nobody has seen yet, or where it went last; ``None`` where nothing ever waited."""


def stepped(talk: Conversation, step: str) -> Conversation:
    """The talk one step on; ``step`` is a code such as ``asked``, ``answer:ID vN``, ``menu:GROUP``, ``unsolved:ID``."""
    return replace(talk, path=(*talk.path, step)[-STEPS:])
