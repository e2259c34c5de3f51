"""What a network learns from: the FAQ's phrasings, the writers' messages, and messages for nobody here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from faq.content.example import NONE
from faq.matching.index import Phrasing
from faq.matching.match import Kind
from faq.matching.network import NOTHING
from faq.training.voices import OUT_OF_SCOPE, Voices, composed

AUTHORS: Final = "authors"
"""The writer of the FAQ's own phrasings."""
_COMPOSED: Final = 4_000
_COMPOSED_HELD: Final = 400
_SEED: Final = 10


@dataclass(frozen=True, slots=True)
class Lesson:
    """A message and its class: ``kind:id`` of a target, or ``NOTHING``."""

    text: str
    label: str
    writer: str = AUTHORS
    style: str = ""

    @property
    def entry(self) -> str:
        """The entry's id; ``none`` for any other class."""
        kind, _, name = self.label.partition(":")
        return name if kind == Kind.ENTRY.value else NONE


@dataclass(frozen=True, slots=True)
class Fold:
    """Lessons, and messages of writers (and about nouns) that are not in them."""

    taught: tuple[Lesson, ...]
    held: tuple[Lesson, ...] = ()


def all_lessons(phrasings: Sequence[Phrasing], voices: Voices) -> Fold:
    """Everything there is to learn from."""
    return _fold(phrasings, voices, 0, 1)


def folds(phrasings: Sequence[Phrasing], voices: Voices, count: int) -> list[Fold]:
    """``count`` parts of the writers, each held back from the lessons once; so are nouns and messages for nobody."""
    return [_fold(phrasings, voices, part, count) for part in range(count)]


def _fold(phrasings: Sequence[Phrasing], voices: Voices, part: int, count: int) -> Fold:
    own = [Lesson(p.text, p.label) for p in phrasings]
    sides: tuple[list[Lesson], list[Lesson]] = ([], [])
    for number, voice in enumerate(voices.writers):
        side = sides[count > 1 and number % count == part]
        side += [
            Lesson(text, Phrasing(text, Kind.ENTRY, entry).label, voice.writer, voice.style)
            for text, entry in voice.messages
        ]
    nouns = [noun for n, noun in enumerate(voices.nouns) if count == 1 or n % count != part]
    held_nouns = [noun for n, noun in enumerate(voices.nouns) if count > 1 and n % count == part]
    elsewhere = [
        t for n, t in enumerate(voices.elsewhere) if count == 1 or n * count // len(voices.elsewhere) != part
    ]
    held_elsewhere = [
        t for n, t in enumerate(voices.elsewhere) if count > 1 and n * count // len(voices.elsewhere) == part
    ]
    for side, names, size, told in (
        (sides[0], nouns, _COMPOSED, elsewhere), (sides[1], held_nouns, _COMPOSED_HELD, held_elsewhere)
    ):  # fmt: skip
        side += [
            Lesson(t, NOTHING, OUT_OF_SCOPE, "composed") for t in composed(names, voices.frames, size, _SEED)
        ]
        side += [Lesson(text, NOTHING, OUT_OF_SCOPE, "written") for text in told]
    return Fold((*own, *sides[0]), tuple(sides[1]))
