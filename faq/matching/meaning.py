"""Similarity by sense: cosine of vectors from a given encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.matching.index import Floats

Vectors = NDArray[np.float32]
Steps = NDArray[np.int8]
Encoder = Callable[[Sequence[str]], Vectors]
"""n texts to unit vectors, float32 of shape (n, d). A text's row must not depend on the other texts."""

NEAREST: Final = "meaning"
_STEPS: Final = 400
"""Steps per unit (8-bit quantisation): one step is an eighth of a typical component. Batches differ in the 7th decimal."""


def in_steps(vectors: Vectors) -> Steps:
    """Vectors for storing: int8 of the same shape."""
    return np.clip(np.rint(vectors * _STEPS), -127, 127).astype(np.int8)


def from_steps(steps: Steps) -> Vectors:
    """Stored vectors for comparing: float32 of the same shape."""
    vectors = steps.astype(np.float32)
    vectors /= np.float32(_STEPS)
    return vectors


def rounded(vectors: Vectors) -> Vectors:
    """Vectors rounded to steps, same shape and dtype: equal whether new from the encoder or stored."""
    return from_steps(in_steps(vectors))


class Meaning:
    """The vectors of all phrasings: float32 of shape (phrasings, d)."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def nearness(self, question: Vectors) -> Floats:
        """Cosine of ``question``, of shape (d,), to every phrasing: float64 of shape (phrasings,)."""
        return (self._vectors @ question).astype(np.float64)
