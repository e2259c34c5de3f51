"""Likeness by sense: vectors from an encoder that is passed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.matching.index import Floats

Vectors = NDArray[np.float32]
Steps = NDArray[np.int8]
Encoder = Callable[[Sequence[str]], Vectors]
"""Texts to unit vectors, one row a text. A text's row may not depend on the texts beside it."""

NEAREST: Final = "meaning"
_STEPS: Final = 400
"""A step is 1/400: an eighth of a usual component, and the same text in another batch differs in the seventh decimal."""


def in_steps(vectors: Vectors) -> Steps:
    """Vectors as they are kept: one byte a component."""
    return np.clip(np.rint(vectors * _STEPS), -127, 127).astype(np.int8)


def from_steps(steps: Steps) -> Vectors:
    """Kept vectors as they are compared."""
    vectors = steps.astype(np.float32)
    vectors /= np.float32(_STEPS)
    return vectors


def rounded(vectors: Vectors) -> Vectors:
    """Vectors as they are compared: the same whether they come fresh from the encoder or from where they were kept."""
    return from_steps(in_steps(vectors))


class Meaning:
    """All phrasings as vectors."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def vector(self, phrasing: int) -> Vectors:
        """One phrasing's own."""
        row: Vectors = self._vectors[phrasing]
        return row

    def nearness(self, question: Vectors, begin: int, end: int) -> Floats:
        """Cosine to the phrasings from ``begin`` to before ``end``."""
        return (self._vectors[begin:end] @ question).astype(np.float64)
