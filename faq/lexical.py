"""Likeness by letters: script-grams, readings, and rapidfuzz for the spelling of near ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from faq.index import Floats, GramIndex, reading_grams, script_grams
from faq.normalize import Folded, Folder

SCRIPT: Final = "script-grams"
READING: Final = "readings"
SPELLING: Final = "spelling"


class Lexical:
    """All phrasings, folded and indexed."""

    def __init__(self, texts: Sequence[str], folder: Folder) -> None:
        self._folded = [folder.fold(text) for text in texts]
        self._script = GramIndex(self._folded, script_grams)
        self._reading = GramIndex(self._folded, reading_grams)

    def script(self, question: Folded) -> Floats:
        """One score per phrasing for the words it shares."""
        return self._script.scores(question)

    def reading(self, question: Folded) -> Floats:
        """One score per phrasing for how alike the two sound."""
        return self._reading.scores(question)

    def spelling(self, question: Folded, phrasing: int) -> float:
        """How alike two texts are letter by letter; too slow for all phrasings, good between near ones."""
        return fuzz.ratio(question.reading, self._folded[phrasing].reading) / 100
