"""A network with one hidden layer: from a message's features to the probability of every target.

Trained by ``madoguchi fit``; here it only reads. Its outputs are divided by a temperature (Guo et al. 2017), and the
probability of a leading entry is moved by a slope and a shift (Platt 1999), all fitted on writers that gave no training data,
so that it comes true.
"""

from __future__ import annotations

import base64
import math
import zlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Final

import numpy as np

from faq.matching.index import Floats
from faq.matching.match import Kind
from faq.matching.meaning import Vectors

NOTHING: Final = "none"
"""The class of messages that are for nobody here."""
_ENTRY: Final = f"{Kind.ENTRY.value}:"
_HALF: Final = 127
_EDGE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Calibration:
    """Divisor of the scores; slope and shift of a leading entry's log-odds."""

    temperature: float = 1.0
    slope: float = 1.0
    shift: float = 0.0

    def moved(self, share: float) -> float:
        """The probability that comes true where this one was said."""
        inner = min(max(share, _EDGE), 1 - _EDGE)
        odds = self.slope * math.log(inner / (1 - inner)) + self.shift
        return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """``hidden`` is float32 of shape (features + 1, units), ``output`` (units + 1, classes); the last rows are biases.

    ``classes`` are ``kind:id`` of the targets, and ``NOTHING``; ``learned`` are the keys of phrasings it was trained on.
    """

    classes: tuple[str, ...]
    hidden: Vectors
    output: Vectors
    calibration: Calibration = Calibration()
    learned: frozenset[int] = frozenset()

    def shares(self, row: Vectors) -> Floats:
        """Probabilities of the classes, float64 of shape (classes,), for one row of shape (features,)."""
        scores = self.scores(row[None, :])[0].astype(np.float64) / self.calibration.temperature
        powers = np.exp(scores - scores.max())
        shares: Floats = powers / powers.sum()
        first = int(shares.argmax())
        if is_entry(self.classes[first]) and shares[first] < 1:
            sure = self.calibration.moved(float(shares[first]))
            rest: Floats = shares * ((1 - sure) / (1 - shares[first]))
            rest[first] = sure
            return rest
        return shares

    def scores(self, rows: Vectors) -> Vectors:
        """Outputs before softmax and temperature: float32 of shape (n, classes) for rows of shape (n, features)."""
        units = np.maximum(rows @ self.hidden[:-1] + self.hidden[-1], 0)
        scores: Vectors = units @ self.output[:-1] + self.output[-1]
        return scores

    def packed(self) -> dict[str, str]:
        """As text: 8 bits a weight, one scale a column."""
        return {
            "classes": " ".join(self.classes),
            "calibration": " ".join(f"{value:.4f}" for value in astuple(self.calibration)),
            "learned": _text(np.array(sorted(self.learned), dtype=np.uint64).tobytes()),
            **_layer("hidden", self.hidden),
            **_layer("output", self.output),
        }


def is_entry(name: str) -> bool:
    """Whether a class is an entry."""
    return name.startswith(_ENTRY)


def unpacked(packed: Mapping[str, str]) -> Network:
    """The network of a packed text. Raises ``ValueError`` where the text is not one."""
    try:
        classes = tuple(packed["classes"].split())
        hidden, output = (_weights(packed, name) for name in ("hidden", "output"))
        learned = np.frombuffer(_bytes(packed["learned"]), dtype=np.uint64)
        calibration = Calibration(*(float(value) for value in packed["calibration"].split()))
    except (KeyError, TypeError, zlib.error) as error:
        raise ValueError(f"no network: {error}") from error
    is_whole = output.shape == (hidden.shape[1] + 1, len(classes)) and calibration.temperature > 0
    if not is_whole:
        raise ValueError("no network: its layers do not fit together")
    return Network(classes, hidden, output, calibration, frozenset(learned.tolist()))


def _layer(name: str, weights: Vectors) -> dict[str, str]:
    scales = np.abs(weights).max(axis=0) / _HALF
    steps = np.rint(weights / np.where(scales > 0, scales, 1)).astype(np.int8)
    return {
        f"{name}_scales": " ".join(f"{scale:.8g}" for scale in scales),
        f"{name}_steps": _text(steps.tobytes()),
    }


def _weights(packed: Mapping[str, str], name: str) -> Vectors:
    scales = np.array([float(scale) for scale in packed[f"{name}_scales"].split()], dtype=np.float32)
    steps = np.frombuffer(_bytes(packed[f"{name}_steps"]), dtype=np.int8)
    weights: Vectors = steps.reshape(-1, len(scales)).astype(np.float32) * scales
    return weights


def _text(plain: bytes) -> str:
    return base64.b64encode(zlib.compress(plain, 9)).decode()


def _bytes(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))
