"""Candidates by letters: script-grams, readings, and rapidfuzz for the last word among near ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz

from faq.index import Floats, GramIndex, Phrasing, reading_grams, script_grams
from faq.normalize import Folded, Folder

SCRIPT: Final = "script-grams"
READING: Final = "readings"
SPELLING: Final = "spelling"
_WEIGHTS: Final = {SCRIPT: 0.40, READING: 0.35, SPELLING: 0.25}
_RERANKED: Final = 25


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a question is to one phrasing, in all and by channel."""

    phrasing: int
    score: float
    by_channel: dict[str, float]


class Lexical:
    """All phrasings, folded and indexed."""

    def __init__(self, phrasings: Sequence[Phrasing], folder: Folder) -> None:
        self._folder = folder
        self._folded = [folder.fold(p.text) for p in phrasings]
        self._script = GramIndex(self._folded, script_grams)
        self._reading = GramIndex(self._folded, reading_grams)

    def nearest(self, question: Folded) -> list[Likeness]:
        """The phrasings most alike, best first."""
        script, reading = self._script.scores(question), self._reading.scores(question)
        rough = _WEIGHTS[SCRIPT] * script + _WEIGHTS[READING] * reading
        near = _highest(rough, _RERANKED)
        found = []
        for row in near:
            spelling = fuzz.ratio(question.reading, self._folded[row].reading) / 100
            by_channel = {SCRIPT: float(script[row]), READING: float(reading[row]), SPELLING: spelling}
            found.append(Likeness(row, float(rough[row]) + _WEIGHTS[SPELLING] * spelling, by_channel))
        return sorted(found, key=lambda likeness: (-likeness.score, likeness.phrasing))


def _highest(scores: Floats, count: int) -> list[int]:
    """Rows with the highest scores above zero; ties go to the earlier row, so that the order never varies."""
    if len(scores) > count:
        floor = np.partition(scores, -count)[-count]
        rows = np.flatnonzero((scores >= floor) & (scores > 0))
    else:
        rows = np.flatnonzero(scores > 0)
    order = np.lexsort((rows, -scores[rows]))
    return [int(row) for row in rows[order][:count]]
