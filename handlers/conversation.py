"""What is remembered of a talk with one resident: as little as the next answer needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from faq.language import Language

_STEPS: Final = 8


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


def stepped(talk: Conversation, step: str) -> Conversation:
    """The talk one step on; ``step`` is a code such as ``asked``, ``answer:ID vN``, ``menu:GROUP``, ``unsolved:ID``."""
    return replace(talk, path=(*talk.path, step)[-_STEPS:])
