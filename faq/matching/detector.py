"""A linear classifier of whole messages: softmax regression on [sentence vector, hashed grams].

Fitted by L-BFGS from zero. The loss is convex and nothing is random, so that the same messages give the same weights
on one machine. Grams are hashed with a sign (Weinberger et al. 2009).
"""

from __future__ import annotations

import base64
import re
import zlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from faq.matching.index import Floats
from faq.matching.meaning import Vectors
from faq.matching.normalize import fold, to_hiragana

NONE: Final = "none"
SLOTS: Final = 2048
_STEPS: Final = 50
_MEMORY: Final = 10
_HALVINGS: Final = 20
_ENOUGH: Final = 1e-4
_TINY: Final = 1e-12
_RIDGE: Final = 2e-5
_GRAMS_BESIDE_SENSE: Final = 1.0
_LONGEST: Final = 4
_WORD: Final = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_RUN: Final = re.compile(r"[^\sa-z0-9]+")
_HALF: Final = 127


def grams(text: str) -> Vectors:
    """Hashed character n-grams (n = 1 to 4), Latin words, their parts and pairs: a unit vector, float32 of shape
    (SLOTS,).
    """
    folded = to_hiragana(fold(text))
    words = _WORD.findall(folded)
    found = {f"w{word}" for word in words}
    found |= {f"p{first} {second}" for first, second in pairwise(words)}
    for word in words:
        spelled = f"<{word}>"
        found |= {spelled[i : i + n] for n in (3, 4) for i in range(len(spelled) - n + 1)}
    for run in _RUN.findall(folded):
        found |= {run[i : i + n] for n in range(1, _LONGEST + 1) for i in range(len(run) - n + 1)}
    row = np.zeros(SLOTS, dtype=np.float32)
    for gram in found:
        number = zlib.crc32(gram.encode())
        row[number % SLOTS] += 1.0 if number & 0x1000000 else -1.0
    length = float(np.linalg.norm(row))
    return row / np.float32(length) if length else row


def rows_of(texts: Sequence[str], vectors: Vectors | None) -> Vectors:
    """Features: float32 of shape (texts, d + SLOTS), from ``vectors`` of shape (texts, d); without vectors (texts,
    SLOTS).
    """
    letters = np.stack([grams(text) for text in texts]) if texts else np.zeros((0, SLOTS), dtype=np.float32)
    if vectors is None:
        return letters
    return np.hstack([vectors, letters * np.float32(_GRAMS_BESIDE_SENSE)]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Detector:
    """``weights`` is float32 of shape (features + 1, classes), the last row being the bias."""

    classes: tuple[str, ...]
    weights: Vectors

    def probabilities(self, rows: Vectors) -> Floats:
        """Class probabilities: float64 of shape (texts, classes) from ``rows`` of shape (texts, features); rows sum
        to one.
        """
        scores = (rows @ self.weights[:-1] + self.weights[-1]).astype(np.float64)
        return _softmax(scores)

    def packed(self) -> dict[str, str]:
        """The weights as text: 8 bits per weight, one scale per class."""
        scales = np.abs(self.weights).max(axis=0) / _HALF
        steps = np.rint(self.weights / np.where(scales > 0, scales, 1)).astype(np.int8)
        return {
            "classes": " ".join(self.classes),
            "scales": " ".join(f"{scale:.8g}" for scale in scales),
            "steps": base64.b64encode(zlib.compress(steps.tobytes(), 9)).decode(),
        }


def unpacked(packed: dict[str, str]) -> Detector:
    """The detector of a packed text. Raises ``ValueError`` where the text is not one."""
    try:
        classes = tuple(packed["classes"].split())
        scales = np.array([float(scale) for scale in packed["scales"].split()], dtype=np.float32)
        steps = np.frombuffer(zlib.decompress(base64.b64decode(packed["steps"])), dtype=np.int8)
        weights = steps.reshape(-1, len(classes)).astype(np.float32) * scales
    except (KeyError, zlib.error) as error:
        raise ValueError(f"no detector: {error}") from error
    return Detector(classes, weights)


def trained(rows: Vectors, labels: Sequence[str], weights: Floats, classes: Sequence[str]) -> Detector:
    """Fit to ``rows`` (float32, shape (n, features)), n labels, and ``weights`` (float64, shape (n,)), normalised
    to sum 1.

    Minimises cross-entropy with an L2 penalty (multinomial logistic regression).
    """
    count, size = rows.shape
    numbers = {name: number for number, name in enumerate(classes)}
    wanted = np.zeros((count, len(classes)), dtype=np.float32)
    wanted[np.arange(count), [numbers[label] for label in labels]] = 1.0
    heavy = (weights / weights.sum()).astype(np.float32)[:, None]
    padded = np.hstack([rows, np.ones((count, 1), dtype=np.float32)])

    def slope_at(flat: Floats) -> tuple[float, Floats]:
        found = flat.reshape(size + 1, len(classes)).astype(np.float32)
        shares = _softmax(padded @ found)
        loss = -float((heavy * wanted * np.log(np.maximum(shares, _TINY))).sum(dtype=np.float64))
        loss += _RIDGE / 2 * float((found[:-1] ** 2).sum(dtype=np.float64))
        slope = padded.T @ ((shares - wanted) * heavy)
        slope[:-1] += np.float32(_RIDGE) * found[:-1]
        return loss, slope.astype(np.float64).ravel()

    flat = minimum(slope_at, np.zeros((size + 1) * len(classes)), _STEPS)
    return Detector(tuple(classes), flat.reshape(size + 1, len(classes)).astype(np.float32))


def minimum(slope_at: Callable[[Floats], tuple[float, Floats]], start: Floats, steps: int) -> Floats:
    """The minimum of a smooth convex function, approximately: L-BFGS (Nocedal 1980) with backtracking (Armijo
    1966).

    ``slope_at`` gives value and gradient at a point; ``start`` and the result are float64 of shape (n,).
    """
    at = start
    value, slope = slope_at(at)
    moves: deque[tuple[Floats, Floats, float]] = deque(maxlen=_MEMORY)
    for _ in range(steps):
        direction = -_along(slope, moves)
        fall = float(direction @ slope)
        if fall >= 0:
            break
        length = 1.0 if moves else 1.0 / max(1.0, float(np.abs(slope).sum()))
        for _ in range(_HALVINGS):
            there = at + length * direction
            new_value, new_slope = slope_at(there)
            if new_value <= value + _ENOUGH * length * fall:
                break
            length /= 2
        else:
            break
        step, change = there - at, new_slope - slope
        if float(step @ change) > 0:
            moves.append((step, change, 1.0 / float(step @ change)))
        at, value, slope = there, new_value, new_slope
    return at


def _along(slope: Floats, moves: Sequence[tuple[Floats, Floats, float]]) -> Floats:
    """The gradient times the approximate inverse Hessian of the last steps (two-loop recursion, Nocedal 1980)."""
    direction = slope.copy()
    shares = []
    for step, change, scale in reversed(moves):
        share = scale * float(step @ direction)
        shares.append(share)
        direction -= share * change
    if moves:
        step, change, _ = moves[-1]
        direction *= float(step @ change) / float(change @ change)
    for (step, change, scale), share in zip(moves, reversed(shares), strict=True):
        direction += (share - scale * float(change @ direction)) * step
    return direction


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
