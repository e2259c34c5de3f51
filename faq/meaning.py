"""Candidates by sense: vectors from an encoder that is passed in, and a linear classifier fitted on them at load."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.index import Floats

Vectors = NDArray[np.float32]
Encoder = Callable[[Sequence[str]], Vectors]
"""Texts to unit vectors, one row a text. A text's row may not depend on the texts beside it."""

NEAREST: Final = "meaning"
CLASSIFIER: Final = "classifier"
_RIDGE: Final = 1.0
_DECIMALS: Final = 5
"""The same text in another batch differs in the seventh decimal; rounded vectors do not."""


def rounded(vectors: Vectors) -> Vectors:
    """Vectors as they are compared: the same for the same text, whatever it was encoded with."""
    return np.round(vectors, _DECIMALS).astype(np.float32, copy=False)


class Meaning:
    """All phrasings as vectors. ``targets[i]`` is the number of what phrasing ``i`` asks for."""

    def __init__(self, vectors: Vectors, targets: Sequence[int], count: int) -> None:
        self._vectors = vectors
        wanted = np.zeros((len(targets), count))
        wanted[np.arange(len(targets)), targets] = 1.0
        rows = vectors.astype(np.float64)
        size = rows.shape[1]
        self._inverse = np.linalg.inv(rows.T @ rows + _RIDGE * np.eye(size))
        self._weights = self._inverse @ rows.T @ wanted
        self._rows, self._wanted = rows, wanted

    def nearness(self, question: Vectors) -> Floats:
        """Cosine to every phrasing, in their order."""
        return (self._vectors @ question).astype(np.float64)

    def classified(self, question: Vectors) -> Floats:
        """The classifier's score for every target."""
        scores: Floats = question.astype(np.float64) @ self._weights
        return scores

    def classified_without(self, phrasing: int) -> Floats:
        """The score a phrasing would get from a classifier that had not seen it: exact, without fitting anew."""
        row = self._rows[phrasing]
        leverage = float(row @ self._inverse @ row)
        fitted = row @ self._weights
        alone: Floats = (fitted - leverage * self._wanted[phrasing]) / (1.0 - leverage)
        return alone
