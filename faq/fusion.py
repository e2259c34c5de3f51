"""Many channels, one probability: a conditional logit over the candidates and the answer "none of them"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from faq.index import Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """``channels`` weigh what speaks for a candidate, ``outside`` what speaks for none of them."""

    channels: tuple[float, ...]
    outside: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What ``fit`` found: weights with and without the encoder."""

    with_meaning: Weights
    without_meaning: Weights

    def weights(self, *, with_meaning: bool) -> Weights:
        """The set for what is there."""
        return self.with_meaning if with_meaning else self.without_meaning


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled question: rows of channel scores per candidate, outside features, and the right row (or -1)."""

    candidates: Floats
    outside: Floats
    right: int
    weight: float = 1.0


def probabilities(
    candidates: Floats, outside: Floats, channel_weights: Floats, outside_weights: Floats
) -> Floats:
    """Of each candidate, in order, and of "none" as the last; they sum to one."""
    utility = np.append(candidates @ channel_weights, outside @ outside_weights)
    spread: Floats = np.exp(utility - utility.max())
    shares: Floats = spread / spread.sum()
    return shares


def fit(samples: Sequence[Sample], prior: float = 0.01, rounds: int = 30) -> Weights:
    """Weights that make the labels most likely (Newton's method; the problem is convex, so there is one answer)."""
    channels, outside = samples[0].candidates.shape[1], len(samples[0].outside)
    size = channels + outside
    theta = np.zeros(size)
    for _ in range(rounds):
        gradient = -prior * theta
        hessian = -prior * np.eye(size)
        for sample in samples:
            rows = np.zeros((len(sample.candidates) + 1, size))
            rows[:-1, :channels] = sample.candidates
            rows[-1, channels:] = sample.outside
            utility = rows @ theta
            share = np.exp(utility - utility.max())
            share /= share.sum()
            mean = share @ rows
            gradient += sample.weight * (rows[sample.right] - mean)
            hessian -= sample.weight * ((rows * share[:, None]).T @ rows - np.outer(mean, mean))
        step = np.linalg.solve(hessian, -gradient)
        theta = theta + step
        if float(np.abs(step).max()) < 1e-6:
            break
    return Weights(
        tuple(round(float(w), 4) for w in theta[:channels]),
        tuple(round(float(w), 4) for w in theta[channels:]),
    )
