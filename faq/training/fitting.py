"""Fits the weights of fusion from the base's own phrasings (leave-one-out) and from labelled examples.

A phrasing left out of the base must find its target; one whose whole target is left out must find "none". This gives
the weights. Labelled examples, which are not phrasings, then give a scale and a shift that make the probabilities
true (as in Platt 1999), and the line for answering.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.content.example import NONE, Example
from faq.language_detection import detect
from faq.matching.candidates import Candidates, CandidateSearch
from faq.matching.fusion import Thresholds, Tuned, Weights, probabilities
from faq.matching.index import Floats
from faq.matching.match import Kind
from faq.matching.search import Search

WRONG_AIM: Final = 0.02
"""Greatest share of wrong answers among questions answered at once."""
_EVERY_THIRD: Final = 3
_SCALES: Final = np.arange(0.7, 1.61, 0.05)
_SHIFTS: Final = np.arange(-1.5, 1.51, 0.25)
_ROUNDS: Final = 50
_PRIOR: Final = 0.01
_LINES: Final = tuple(round(0.40 + 0.01 * n, 2) for n in range(56))
FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled question with n candidates: ``scores`` is float64 of shape (n, FEATURES), ``outside`` of
    (OUTSIDE,).

    ``right`` are the rows of right candidates; empty where "none" is right.
    """

    scores: Floats
    outside: Floats
    right: tuple[int, ...]
    entries: tuple[bool, ...]
    """Which rows are entries; the others are decoys and replies."""
    group: str
    """The right entry, or "none"."""
    language: str = ""
    decided: bool = False
    """Words alone decide, overriding the scores."""


def left_out(gatherer: CandidateSearch) -> list[Sample]:
    """Every phrasing as a question to a base without it, and some to a base without their whole target."""
    samples = []
    for number in range(len(gatherer.phrasings)):
        own = int(gatherer.owners[number])
        found = gatherer.gather_without(number, whole_target=False)
        kind, name = gatherer.targets[own]
        if own in found.targets:
            asked = name if kind is Kind.ENTRY else NONE
            samples.append(_sample(gatherer, found, (found.targets.index(own),), asked))
        if kind is not Kind.ENTRY or number % _EVERY_THIRD == 0:
            found = gatherer.gather_without(number, whole_target=True)
            samples.append(_sample(gatherer, found, (), NONE))
    return samples


def labelled(search: Search, examples: Sequence[Example]) -> list[Sample]:
    """Labelled examples as questions to the whole base, with its word rules."""
    gatherer, samples = search.gatherer, []
    for example in examples:
        found = gatherer.gather(example.text)
        names = {example.entry, *example.also} - {NONE}
        right = tuple(row for row, target in enumerate(found.targets)
                      if gatherer.targets[target][0] is Kind.ENTRY and gatherer.targets[target][1] in names)  # fmt: skip
        sample = _sample(gatherer, found, right, example.entry)
        language = detect(example.text)
        samples.append(replace(sample, language=language or "?", decided=search.words_decide(example.text)))
    return samples


def _sample(gatherer: CandidateSearch, found: Candidates, right: tuple[int, ...], group: str) -> Sample:
    entries = tuple(gatherer.targets[target][0] is Kind.ENTRY for target in found.targets)
    return Sample(found.scores, found.outside, right, entries, group)


def fit(samples: Sequence[Sample]) -> Weights:
    """Maximum likelihood weights of the conditional logit (McFadden 1974), by Newton's method with step halving.

    A small L2 penalty makes the solution unique.
    """
    rows = max(len(s.scores) for s in samples) + 1
    channels, outside = samples[0].scores.shape[1], len(samples[0].outside)
    features = np.zeros((len(samples), rows, channels + outside))
    there = np.zeros((len(samples), rows), dtype=bool)
    right = np.zeros(len(samples), dtype=np.int64)
    for number, sample in enumerate(samples):
        count = len(sample.scores)
        features[number, :count, :channels] = sample.scores
        features[number, -1, channels:] = sample.outside
        there[number, :count] = there[number, -1] = True
        right[number] = sample.right[0] if sample.right else rows - 1
    theta = np.zeros(channels + outside)
    value, share = _likelihood(features, there, right, theta)
    for _ in range(_ROUNDS):
        mean = np.einsum("srf,sr->sf", features, share)
        gradient = (features[np.arange(len(samples)), right] - mean).sum(0) - _PRIOR * theta
        weighted = (features * share[:, :, None]).reshape(-1, len(theta))
        hessian = weighted.T @ features.reshape(-1, len(theta)) - mean.T @ mean
        step = np.linalg.solve(hessian + _PRIOR * np.eye(len(theta)), gradient)
        while True:
            new_value, new_share = _likelihood(features, there, right, theta + step)
            if new_value >= value or float(np.abs(step).max()) < 1e-6:
                break
            step = step / 2
        theta, value, share = theta + step, new_value, new_share
        if float(np.abs(step).max()) < 1e-4:
            break
    return _weights(theta[:channels], theta[channels:])


def _likelihood(
    features: Floats, there: NDArray[np.bool_], right: NDArray[np.int64], theta: Floats
) -> tuple[float, Floats]:
    utility = np.where(there, features @ theta, -np.inf)
    top = utility.max(1, keepdims=True)
    spread = np.exp(utility - top)
    total = spread.sum(1, keepdims=True)
    chosen = utility[np.arange(len(right)), right] - top[:, 0] - np.log(total[:, 0])
    return float(chosen.sum() - _PRIOR * theta @ theta / 2), spread / total


def calibrate(weights: Weights, samples: Sequence[Sample]) -> Weights:
    """The weights scaled and shifted for the highest likelihood of labelled questions, by grid search (cf. Platt 1999)."""
    tried = [_moved(weights, float(scale), float(shift)) for scale in _SCALES for shift in _SHIFTS]
    return max(tried, key=lambda moved: _sureness(moved, samples))


def _moved(weights: Weights, scale: float, shift: float) -> Weights:
    outside = [w * scale for w in weights.outside]
    outside[0] += shift
    return _weights([w * scale for w in weights.channels], outside)


def _sureness(weights: Weights, samples: Sequence[Sample]) -> float:
    total = 0.0
    for sample in samples:
        if sample.decided or (sample.group != NONE and not sample.right):
            continue
        share = probabilities(sample.scores, sample.outside, weights)
        likely = share[list(sample.right)].sum() if sample.right else share[-1] + _elsewhere(sample, share)
        total += float(np.log(max(likely, 1e-9)))
    return total


def _elsewhere(sample: Sample, share: Floats) -> float:
    return float(sum(p for p, entry in zip(share[:-1], sample.entries, strict=True) if not entry))


@dataclass(frozen=True, slots=True)
class Forecast:
    """The first entry for one question: its probability, whether it is right, and whether one of the first three is."""

    sure: float
    right: bool
    among_three: bool
    group: str
    language: str

    @property
    def ours(self) -> bool:
        return self.group != NONE


def forecast(weights: Weights, sample: Sample) -> Forecast:
    """The forecast of fusion; where words alone decide, no entry is answered."""
    share = probabilities(sample.scores, sample.outside, weights)
    rows = [row for row in np.argsort(-share[:-1], kind="stable").tolist() if sample.entries[row]][:3]
    if not rows or sample.decided:
        return Forecast(0.0, False, False, sample.group, sample.language)
    right = [row in sample.right for row in rows]
    return Forecast(float(share[rows[0]]), right[0], any(right), sample.group, sample.language)


def line(forecasts: Sequence[Forecast]) -> float:
    """The lowest line with at most ``WRONG_AIM`` wrong answers, on questions held out of the fit."""
    for candidate in _LINES:
        answered = [f for f in forecasts if f.sure >= candidate]
        if answered and sum(not f.right for f in answered) <= WRONG_AIM * len(answered):
            return candidate
    return _LINES[-1]


@dataclass(frozen=True, slots=True)
class MatchingFit:
    """``tuned`` is the result; ``examples`` and ``phrasings`` are forecasts for questions held out of the fit."""

    tuned: Tuned
    examples: tuple[Forecast, ...]
    phrasings: tuple[Forecast, ...]


def run(search: Search, examples: Sequence[Example]) -> MatchingFit:
    """Fit, calibrate and choose the line; forecasts use cross-validation with ``FOLDS`` folds."""
    own, asked = left_out(search.gatherer), labelled(search, examples)
    weights = fit(own)
    phrasings = [f for part in range(FOLDS) for f in _held_out(own, part)]
    if not asked:
        return MatchingFit(Tuned(weights, Thresholds()), (), tuple(phrasings))
    held_out = []
    for part in range(FOLDS):
        rest = [s for n, s in enumerate(asked) if n % FOLDS != part]
        calibrated = calibrate(weights, rest)
        held_out += [forecast(calibrated, s) for s in asked[part::FOLDS]]
    thresholds = replace(Thresholds(), answer=line(held_out))
    return MatchingFit(Tuned(calibrate(weights, asked), thresholds), tuple(held_out), tuple(phrasings))


def _held_out(samples: Sequence[Sample], part: int) -> list[Forecast]:
    weights = fit([s for n, s in enumerate(samples) if n % FOLDS != part])
    return [forecast(weights, s) for s in samples[part::FOLDS]]


def _weights(channels: Sequence[float] | Floats, outside: Sequence[float] | Floats) -> Weights:
    return Weights(tuple(round(float(w), 3) for w in channels), tuple(round(float(w), 3) for w in outside))
