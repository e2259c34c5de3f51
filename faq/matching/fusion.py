"""From channels to one probability: a conditional logit (McFadden 1974) over the candidates and "none of them".

The weights are constants for all towns: they were fitted once on the shipped phrasings, asked of bases from which they
were left out alone or with their whole target, and rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from faq.matching.hearing import Ears
from faq.matching.index import Floats
from faq.matching.network import Network


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Lines, as probabilities: for answering the first candidate, for offering several together, and for a decoy or
    reply.
    """

    answer: float = 0.7
    offer: float = 0.1
    elsewhere: float = 0.7
    floor: float = 0.1
    """The least probability of the first offer."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of ``CHANNELS`` (``channels``) and of ``OUTSIDE`` (``outside``), in their order."""

    channels: tuple[float, ...]
    outside: tuple[float, ...]


ALONE: Final = (
    Weights((8.0, 6.0, 0.0), (2.5, -1.5, 0.5, 0.4)),
    Weights((1.0, 2.0, 15.0), (7.5, -1.5, 0.5, 0.0)),
)
"""For a base without a network, by letters alone and with sense: fitted on bases of 4 to 30 targets."""
BEHIND_NETWORK: Final = (
    Weights((8.0, 6.0, 0.0), (11.5, 0.0, 0.0, 0.0)),
    Weights((3.0, 4.0, 14.0), (18.5, 0.0, 0.0, 0.0)),
)
"""For phrasings beside a network, which knows all others: only what is nearly the same is believed before it, and what is not
takes nothing from it.
"""


@dataclass(frozen=True, slots=True)
class Tuned:
    """What ``madoguchi fit`` made for one way of reading (with or without the encoder)."""

    thresholds: Thresholds = Thresholds()
    network: Network | None = None
    ears: Ears | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """The same for both ways."""

    with_encoder: Tuned = Tuned()
    without_encoder: Tuned = Tuned()

    def tuned(self, *, encoder: bool) -> Tuned:
        """The set for reading with or without the encoder."""
        return self.with_encoder if encoder else self.without_encoder


UNFITTED: Final = Fitted()
"""For an FAQ without a fit."""


def weights_for(*, encoder: bool, learned: bool) -> Weights:
    """Weights for comparing with single phrasings, all of them or those that a network has not ``learned``."""
    return (BEHIND_NETWORK if learned else ALONE)[encoder]


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
