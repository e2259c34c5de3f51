"""A linear classifier of targets, fitted in closed form whenever the FAQ is loaded.

Ridge regression (Hoerl and Kennard 1970) on [sentence vector, hashed grams] to one-hot targets. It uses all
phrasings of a target together, while the other channels compare with the nearest single one.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.matching.index import Floats
from faq.matching.lexical import Lexical, Weighed
from faq.matching.meaning import Vectors

CLASSIFIER: Final = "classifier"
_SLOTS: Final = 1024
"""Grams share slots by hashing (Weinberger et al. 2009). Twice as many slots gain 0.2 points and double the load time."""
_GRAMS_BESIDE_SENSE: Final = 0.35
_RIDGE: Final = 0.5
_BLOCK: Final = 1024


class GramFeatures:
    """Hashed grams of both kinds for every phrasing, stored sparsely."""

    def __init__(self, lexical: Lexical) -> None:
        rows, slots, values = [], [], []
        for kind, index in (("s", lexical.script), ("r", lexical.reading)):
            kept = index.postings
            counts = np.diff(kept.bounds)
            places = np.array([_slot(kind, gram) for gram in kept.grams], dtype=np.int32).reshape(-1, 2)
            rows.append(kept.rows)
            slots.append(np.repeat(places[:, 0].astype(np.int16), counts))
            values.append(kept.weights * np.repeat(places[:, 1], counts).astype(np.float32))
        flat = np.concatenate(rows)
        order = np.argsort(flat, kind="stable").astype(np.int32)
        self._count = len(lexical.script)
        self._ends = np.concatenate([[0], np.cumsum(np.bincount(flat, minlength=self._count))])
        self._slots = np.concatenate(slots)[order]
        self._values = np.concatenate(values)[order]

    def __len__(self) -> int:
        return self._count

    def block(self, begin: int, end: int) -> Vectors:
        """Rows ``begin`` to ``end`` (exclusive): float32 of shape (end - begin, _SLOTS)."""
        part = slice(self._ends[begin], self._ends[end])
        rows = np.repeat(np.arange(end - begin) * _SLOTS, np.diff(self._ends[begin : end + 1]))
        places = rows + self._slots[part]
        flat = np.bincount(places, self._values[part], (end - begin) * _SLOTS)
        return flat.astype(np.float32).reshape(end - begin, _SLOTS)

    @staticmethod
    def of(question: Weighed) -> Vectors:
        """The row of a question: float32 of shape (_SLOTS,)."""
        row = np.zeros(_SLOTS, dtype=np.float32)
        for kind, weighed in (("s", question.script), ("r", question.reading)):
            _add(row, kind, weighed)
        return row


def _add(row: Vectors, kind: str, weighed: Mapping[str, float]) -> None:
    for gram, weight in weighed.items():
        slot, sign = _slot(kind, gram)
        row[slot] += sign * weight


def _slot(kind: str, gram: str) -> tuple[int, int]:
    number = zlib.crc32((kind + gram).encode())
    return number % _SLOTS, 1 if number & 0x1000000 else -1


@dataclass(frozen=True, slots=True)
class _Kept:
    grams: GramFeatures
    vectors: Vectors | None
    owners: NDArray[np.int64]
    inverse: Floats


class Classifier:
    """``weights`` is float32 of shape (features, targets); features are d vector components, then ``_SLOTS`` grams."""

    def __init__(self, weights: Vectors, kept: _Kept | None = None) -> None:
        self.weights = weights
        self._kept = kept

    @classmethod
    def fitted(
        cls,
        grams: GramFeatures,
        vectors: Vectors | None,
        owners: NDArray[np.int64],
        count: int,
        *,
        for_fitting: bool = False,
    ) -> Classifier:
        """Fit to n phrasings. ``owners`` is int64 of shape (n,): each phrasing's target; ``vectors`` is float32 of
        shape (n, d), or ``None`` without an encoder; ``count`` is the number of targets.
        """
        size = _SLOTS + (vectors.shape[1] if vectors is not None else 0)
        squares = np.zeros((size, size))
        sums = np.zeros((size, count))
        for begin in range(0, len(grams), _BLOCK):
            block = _block(grams, vectors, begin, min(begin + _BLOCK, len(grams)))
            squares += block.T @ block
            wanted = np.zeros((len(block), count), dtype=np.float32)
            wanted[np.arange(len(block)), owners[begin : begin + len(block)]] = 1.0
            sums += block.T @ wanted
        squares[np.diag_indices(size)] += _RIDGE
        weights = np.linalg.solve(squares, sums).astype(np.float32)
        kept = _Kept(grams, vectors, owners, np.asarray(np.linalg.inv(squares))) if for_fitting else None
        return cls(weights, kept)

    def scores(self, question: Weighed, vector: Vectors | None) -> Floats:
        """Scores of all targets: float64 of shape (targets,); 1 is the value fitted for a target's own phrasings."""
        row = _joined(GramFeatures.of(question)[None, :], None if vector is None else vector[None, :])[0]
        scores: Floats = (row @ self.weights).astype(np.float64)
        return scores

    def without(self, phrasing: int) -> Floats:
        """Scores of a phrasing from a classifier fitted without it: float64 of shape (targets,).

        Exact, by the leave-one-out formula of least squares (leverages; PRESS, Allen 1974). Raises ``ValueError``
        for a classifier that was not fitted with ``for_fitting``.
        """
        kept = self._kept
        if kept is None:
            raise ValueError("built to serve, not to be fitted")
        row = _block(kept.grams, kept.vectors, phrasing, phrasing + 1)[0].astype(np.float64)
        leverage = float(row @ kept.inverse @ row)
        scores = row @ self.weights
        scores[kept.owners[phrasing]] -= leverage
        alone: Floats = scores / (1.0 - leverage)
        return alone


def _block(grams: GramFeatures, vectors: Vectors | None, begin: int, end: int) -> Vectors:
    return _joined(grams.block(begin, end), None if vectors is None else vectors[begin:end])


def _joined(grams: Vectors, vectors: Vectors | None) -> Vectors:
    if vectors is None:
        return grams
    return np.hstack([vectors, grams * np.float32(_GRAMS_BESIDE_SENSE)])
