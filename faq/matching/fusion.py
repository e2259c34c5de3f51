"""Many channels, one probability: a conditional logit over the candidates and the answer "none of them"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from faq.matching.hearing import Ears
from faq.matching.index import Floats


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities: of the first candidate to be answered, of all offered together, of a matter that is not ours."""

    answer: float = 0.7
    offer: float = 0.1
    elsewhere: float = 0.7


@dataclass(frozen=True, slots=True)
class Weights:
    """``channels`` weigh what speaks for a candidate, ``outside`` what speaks for none, in the order of both lists."""

    channels: tuple[float, ...]
    outside: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tuned:
    """What one way of matching (with or without the encoder) decides by."""

    weights: Weights
    thresholds: Thresholds
    ears: Ears | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """What ``madoguchi fit`` found, for both ways of matching."""

    with_encoder: Tuned
    without_encoder: Tuned

    def tuned(self, *, encoder: bool) -> Tuned:
        """The set for what is there."""
        return self.with_encoder if encoder else self.without_encoder


UNFITTED: Final = Fitted(
    Tuned(Weights((1.0, 2.0, 10.0, 10.0, 0.0, 0.0), (11.0, -3.0, 0.0, -0.5)), Thresholds()),
    Tuned(Weights((4.0, 6.0, 0.0, 8.0, 0.0, 0.0), (6.0, -1.0, 0.0, 0.0)), Thresholds()),
)
"""For an FAQ that was never fitted: round numbers near what most bases come to."""


def probabilities(candidates: Floats, outside: Floats, weights: Weights) -> Floats:
    """Of each candidate, in order, and of "none" as the last; they sum to one."""
    utility = np.append(
        candidates @ np.array(weights.channels) if len(candidates) else [],
        outside @ np.array(weights.outside),
    )
    spread: Floats = np.exp(utility - utility.max())
    shares: Floats = spread / spread.sum()
    return shares
