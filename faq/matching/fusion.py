"""From channels to one probability: a conditional logit (McFadden 1974) over the candidates and "none of them"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from faq.matching.hearing import Ears
from faq.matching.index import Floats


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Lines, as probabilities: for answering the first candidate, for offering several together, and for a decoy or
    reply.
    """

    answer: float = 0.7
    offer: float = 0.1
    elsewhere: float = 0.7


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of ``FEATURES`` (``channels``) and of ``OUTSIDE`` (``outside``), in their order."""

    channels: tuple[float, ...]
    outside: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tuned:
    """Weights, lines and detectors of one way of matching (with or without the encoder)."""

    weights: Weights
    thresholds: Thresholds
    ears: Ears | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """The result of ``madoguchi fit`` for both ways of matching."""

    with_encoder: Tuned
    without_encoder: Tuned

    def tuned(self, *, encoder: bool) -> Tuned:
        """The set for matching with or without the encoder."""
        return self.with_encoder if encoder else self.without_encoder


UNFITTED: Final = Fitted(
    Tuned(Weights((1.0, 2.0, 10.0, 10.0, 0.0, 0.0), (11.0, -3.0, 0.0, -0.5)), Thresholds()),
    Tuned(Weights((4.0, 6.0, 0.0, 8.0, 0.0, 0.0), (6.0, -1.0, 0.0, 0.0)), Thresholds()),
)
"""For an FAQ without a fit: round numbers typical of most bases."""


def probabilities(candidates: Floats, outside: Floats, weights: Weights) -> Floats:
    """Probabilities, float64 of shape (n + 1,), of n candidates and of "none" as the last; they sum to one.

    ``candidates`` has shape (n, len(weights.channels)), ``outside`` (len(weights.outside),).
    """
    utility = np.append(
        candidates @ np.array(weights.channels) if len(candidates) else [],
        outside @ np.array(weights.outside),
    )
    spread: Floats = np.exp(utility - utility.max())
    shares: Floats = spread / spread.sum()
    return shares
