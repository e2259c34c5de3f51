"""Similarity by letters: script grams for spelling, reading grams for sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from faq.matching.index import Floats, GramIndex, Postings, reading_grams, script_grams
from faq.matching.normalize import Folder

SCRIPT: Final = "script-grams"
READING: Final = "readings"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question's grams of both kinds, weighed once for all channels that compare letters."""

    script: Mapping[str, float]
    reading: Mapping[str, float]
    length: int
    """Characters without spaces."""


class Lexical:
    """All phrasings, folded and indexed."""

    def __init__(self, script: Postings, reading: Postings, folder: Folder) -> None:
        self._folder = folder
        self.script = GramIndex(script, script_grams)
        self.reading = GramIndex(reading, reading_grams)

    @classmethod
    def of(cls, texts: Sequence[str], folder: Folder) -> Lexical:
        """Fold and index the texts."""
        folded = [folder.fold(text) for text in texts]
        return cls(Postings.of(folded, script_grams), Postings.of(folded, reading_grams), folder)

    def weigh(self, text: str) -> Weighed:
        """A question's grams, weighed for both indexes."""
        question = self._folder.fold(text)
        return Weighed(
            self.script.weigh(question), self.reading.weigh(question), len(question.plain.replace(" ", ""))
        )

    def scores(self, question: Weighed) -> tuple[Floats, Floats]:
        """Similarity of spelling and of sound to every phrasing: two float64 arrays of shape (phrasings,)."""
        return self.script.scores(question.script), self.reading.scores(question.reading)

    def unknown(self, question: Weighed) -> float:
        """Share of the question's words that no phrasing has."""
        return self.script.unknown(question.script)
