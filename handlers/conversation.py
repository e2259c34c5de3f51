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


def stepped(talk: Conversation, step: str) -> Conversation:
    """The talk one step on; ``step`` is a code such as ``asked``, ``answer:ID vN``, ``menu:GROUP``, ``unsolved:ID``."""
    return replace(talk, path=(*talk.path, step)[-STEPS:])
