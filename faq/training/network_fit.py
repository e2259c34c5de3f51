"""Trains the network: cross-entropy with label smoothing (Szegedy et al. 2016), dropout (Srivastava et al. 2014) and Adam
(Kingma and Ba 2015) with a cosine schedule. The same rows and seed give the same weights on one machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.matching.meaning import Vectors
from faq.matching.network import Network

UNITS: Final = 384
_EPOCHS: Final = 12
_LEAST_STEPS: Final = 400
"""Few rows are learned in more epochs and smaller batches."""
_BATCH: Final = (32, 256)
_BATCHES: Final = 50
"""Batches an epoch, as far as the batch's size allows."""
_RATE: Final = 0.002
_SMOOTHING: Final = 0.05
_DROPPED: Final = (0.2, 0.4)
"""Shares of features and of hidden units that are left out of each step."""
_MOMENTS: Final = (0.9, 0.999)
_TINY: Final = 1e-8
_SPREAD: Final = 3.0
"""First-layer weights begin this much larger than usual, because rows have unit length and few features."""


@dataclass(frozen=True, slots=True)
class SparseRows:
    """n rows of features with few values: ``places`` and ``values`` of row i are ``bounds[i]:bounds[i + 1]``."""

    size: int
    bounds: NDArray[np.int64]
    places: NDArray[np.int32]
    values: Vectors

    @classmethod
    def of(cls, rows: Sequence[Vectors]) -> SparseRows:
        """From dense rows, each of shape (size,)."""
        places = [np.flatnonzero(row).astype(np.int32) for row in rows]
        bounds = np.concatenate([[0], np.cumsum([len(found) for found in places])]).astype(np.int64)
        values = np.concatenate([row[found] for row, found in zip(rows, places, strict=True)])
        return cls(len(rows[0]), bounds, np.concatenate(places), values)

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def chosen(self, numbers: NDArray[np.int64]) -> SparseRows:
        """Some rows, in the given order."""
        parts = [slice(self.bounds[row], self.bounds[row + 1]) for row in numbers]
        bounds = np.concatenate([[0], np.cumsum([part.stop - part.start for part in parts])]).astype(np.int64)
        places = np.concatenate([self.places[part] for part in parts])
        return SparseRows(self.size, bounds, places, np.concatenate([self.values[part] for part in parts]))

    def some(self, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vectors]:
        """Flat places in a dense block of the chosen rows, and the values there."""
        parts = [slice(self.bounds[row], self.bounds[row + 1]) for row in chosen]
        counts = [part.stop - part.start for part in parts]
        flat = np.repeat(np.arange(len(chosen), dtype=np.int64) * self.size, counts)
        return flat + np.concatenate([self.places[p] for p in parts]), np.concatenate(
            [self.values[p] for p in parts]
        )

    def block(self, begin: int, end: int) -> Vectors:
        """Dense rows ``begin`` to ``end`` (exclusive): float32 of shape (end - begin, size)."""
        return _dense(*self.some(np.arange(begin, end)), (end - begin, self.size))


def trained(rows: SparseRows, labels: Sequence[str], *, units: int = UNITS, seed: int = 0) -> Network:
    """A network for n rows and their n labels. Raises ``ValueError`` where there is nothing to tell apart."""
    classes = tuple(sorted(set(labels)))
    if len(classes) < 2 or len(rows) != len(labels):
        raise ValueError("a network needs rows of at least two classes, one label a row")
    numbers = {name: number for number, name in enumerate(classes)}
    right = np.array([numbers[label] for label in labels])
    dice = np.random.default_rng(seed)
    hidden = _begin(dice, rows.size, units, _SPREAD * (2 / rows.size) ** 0.5)
    output = _begin(dice, units, len(classes), units**-0.5)
    adam = _Adam([hidden, output])
    size = min(max(len(rows) // _BATCHES, _BATCH[0]), _BATCH[1])
    batches = -(-len(rows) // size)
    epochs = max(_EPOCHS, -(-_LEAST_STEPS // batches))
    steps = epochs * batches
    for _ in range(epochs):
        order = dice.permutation(len(rows))
        for begin in range(0, len(rows), size):
            chosen = order[begin : begin + size]
            slopes = _slopes(rows, chosen, right[chosen], hidden, output, dice)
            adam.step(slopes, _RATE * 0.5 * (1 + np.cos(np.pi * adam.taken / steps)))
    return Network(classes, hidden, output)


def _begin(dice: np.random.Generator, size: int, columns: int, spread: float) -> Vectors:
    """Random weights and a bias of zero: float32 of shape (size + 1, columns)."""
    weights = dice.standard_normal((size + 1, columns), dtype=np.float32) * np.float32(spread)
    weights[-1] = 0
    return weights


def _slopes(
    rows: SparseRows,
    chosen: NDArray[np.int64],
    right: NDArray[np.int64],
    hidden: Vectors,
    output: Vectors,
    dice: np.random.Generator,
) -> list[Vectors]:
    """Gradients of the loss of one batch for both layers, with dropout."""
    places, values = rows.some(chosen)
    block = _dense(places, values * _kept(dice, values.shape, _DROPPED[0]), (len(chosen), rows.size))
    raw = block @ hidden[:-1] + hidden[-1]
    kept = _kept(dice, raw.shape, _DROPPED[1]) * (raw > 0)
    units = raw * kept
    scores = units @ output[:-1] + output[-1]
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores)
    shares /= shares.sum(axis=1, keepdims=True)
    shares -= np.float32(_SMOOTHING / shares.shape[1])
    shares[np.arange(len(chosen)), right] -= np.float32(1 - _SMOOTHING)
    shares /= np.float32(len(chosen))
    back = (shares @ output[:-1].T) * kept
    return [
        np.vstack([block.T @ back, back.sum(axis=0)]), np.vstack([units.T @ shares, shares.sum(axis=0)])
    ]  # fmt: skip


def _kept(dice: np.random.Generator, shape: tuple[int, ...], dropped: float) -> Vectors:
    """What dropout multiplies by: 0, or so much more that the mean stays."""
    return (dice.random(shape, dtype=np.float32) >= dropped) * np.float32(1 / (1 - dropped))


def _dense(places: NDArray[np.int64], values: Vectors, shape: tuple[int, int]) -> Vectors:
    block = np.zeros(shape, dtype=np.float32)
    block.reshape(-1)[places] = values
    return block


class _Adam:
    """Moments of the gradients of some arrays, which each step changes in place."""

    def __init__(self, arrays: Sequence[Vectors]) -> None:
        self._arrays = arrays
        self._means = [np.zeros_like(array) for array in arrays]
        self._squares = [np.zeros_like(array) for array in arrays]
        self.taken = 0

    def step(self, slopes: Sequence[Vectors], rate: float) -> None:
        self.taken += 1
        first, second = (np.float32(moment) for moment in _MOMENTS)
        pace = np.float32(rate / (1 - _MOMENTS[0] ** self.taken))
        scale = np.float32(1 / (1 - _MOMENTS[1] ** self.taken))
        for number, slope in enumerate(slopes):
            mean, square = self._means[number], self._squares[number]
            np.add(first * mean, (1 - first) * slope, out=mean)
            np.add(second * square, (1 - second) * slope * slope, out=square)
            np.subtract(
                self._arrays[number],
                pace * mean / (np.sqrt(square * scale) + np.float32(_TINY)),
                out=self._arrays[number],
            )
