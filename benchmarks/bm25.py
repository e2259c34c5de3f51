"""BM25 (Robertson and Zaragoza 2009) over character bigrams and Latin words, for comparison."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

_K1: Final = 1.2
_B: Final = 0.75
_LATIN: Final = re.compile(r"[a-z0-9]+")
_OTHER: Final = re.compile(r"[^\sa-z0-9]+")
_SHOWN: Final = 10


class Bm25:
    """Built once from the texts to be found."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_terms(text)) for text in texts]
        self._lengths = np.array([sum(count.values()) for count in counts], dtype=float)
        self._mean = float(self._lengths.mean()) if texts else 1.0
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for term, times in count.items():
                postings[term].append((number, times))
        self._postings = postings

    def scores(self, text: str) -> np.ndarray:
        """Scores of all texts: float64 of shape (texts,)."""
        found = np.zeros(len(self._lengths))
        for term in set(_terms(text)):
            for number, times in self._postings.get(term, ()):
                spread = len(self._postings[term])
                rarity = np.log(1 + (len(found) - spread + 0.5) / (spread + 0.5))
                length = 1 - _B + _B * self._lengths[number] / self._mean
                found[number] += rarity * times * (_K1 + 1) / (times + _K1 * length)
        return found

    def ranked(self, text: str, names: Sequence[str]) -> list[tuple[str, float]]:
        """The best names, each with the score of its best text."""
        best: dict[str, float] = {}
        for name, score in zip(names, self.scores(text).tolist(), strict=True):
            best[name] = max(score, best.get(name, 0.0))
        return sorted(best.items(), key=lambda pair: -pair[1])[:_SHOWN]


def _terms(text: str) -> list[str]:
    folded = text.casefold()
    runs = (run[i : i + 2] for run in _OTHER.findall(folded) for i in range(max(1, len(run) - 1)))
    return [*_LATIN.findall(folded), *runs]
