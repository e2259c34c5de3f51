"""Judges a network by writers who gave it nothing to learn, and draws its lines on them.

One author's lines resemble one another, so that folds over them promise too much. Each part of the writers is held back
once from a network trained on all else; what those networks say of them is pooled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.content.example import NONE, Example
from faq.knowledge import KnowledgeBase
from faq.matching.fusion import Thresholds, Tuned
from faq.matching.index import Floats
from faq.matching.match import Found
from faq.matching.meaning import Encoder
from faq.matching.message_reader import MessageReader
from faq.matching.network import Calibration, Network, is_entry
from faq.matching.parts import whole_of
from faq.matching.targets import Targets
from faq.training.evaluation import Share
from faq.training.forecast import Forecast, forecast
from faq.training.lessons import Lesson, all_lessons, folds
from faq.training.network_fit import SparseRows, trained
from faq.training.voices import Voices

WRONG_AIM: Final = 0.02
"""Share of wrong answers that the number of questions must prove, at the upper end of its interval."""
_OFFERED_AIM: Final = 0.07
"""Share of messages for nobody here that may get an offer."""
_TOGETHER: Final = 2
"""Networks trained at once; their products run in parallel."""
_FOLDS: Final = 4
_LINES: Final = tuple(round(0.20 + 0.01 * n, 2) for n in range(76))
_FLOORS: Final = tuple(round(0.02 * n, 2) for n in range(21))
_TEMPERATURES: Final = tuple(round(0.4 + 0.02 * n, 2) for n in range(56))
_BLOCK: Final = 512
_EDGE: Final = 1e-9
_ROUNDS: Final = 30
_RIDGE: Final = 1.0
"""Keeps slope and shift near 1 and 0 where few messages speak."""
_ELSEWHERE: Final = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
"""From here on what is not an entry and leads may speak for itself."""

Scored = tuple[Floats, NDArray[np.int64]]
"""Scores of n messages, of shape (n, classes), and their right classes, of shape (n,)."""


@dataclass(frozen=True, slots=True)
class MatchingFit:
    """``tuned`` is the result; ``held`` are forecasts for writers held back, ``examples`` for the FAQ's examples."""

    tuned: Tuned
    held: tuple[Forecast, ...]
    examples: tuple[Forecast, ...]


def run(knowledge: KnowledgeBase, voices: Voices, vectors: Encoder | None, *, units: int) -> MatchingFit:
    """Train, calibrate and draw the lines. Without writers the FAQ's examples, which nothing learns from, take their place.

    ``vectors`` encodes many texts at once, ``None`` without an encoder.
    """
    whole = all_lessons(knowledge.phrasings, voices)
    parts = folds(knowledge.phrasings, voices, _FOLDS) if voices.writers else []
    texts = dict.fromkeys(lesson.text for fold in (whole, *parts) for lesson in (*fold.taught, *fold.held))
    numbers = {text: number for number, text in enumerate(texts)}
    reader = knowledge.finder.reader
    if vectors is not None:
        reader = reader.having_encoded([whole_of(text) for text in texts], vectors)
    rows = SparseRows.of([reader.row(whole_of(text)) for text in texts])
    learned = frozenset(phrasing.key for phrasing in knowledge.phrasings)

    def taught(lessons: Sequence[Lesson]) -> Network:
        chosen = np.array([numbers[lesson.text] for lesson in lessons])
        network = trained(rows.chosen(chosen), [lesson.label for lesson in lessons], units=units)
        return replace(network, learned=learned)

    with ThreadPoolExecutor(_TOGETHER) as pool:
        whole_network, *networks = pool.map(taught, (fold.taught for fold in (whole, *parts)))
    scored = [
        _scores(n, rows, [numbers[m.text] for m in f.held], [m.label for m in f.held])
        for n, f in zip(networks, parts, strict=True)
    ]
    held: list[Forecast] = []
    for part, (network, fold) in enumerate(zip(networks, parts, strict=True)):
        others = [scores for number, scores in enumerate(scored) if number != part]
        search = _searching(
            knowledge, reader, replace(network, calibration=calibration(others, network.classes))
        )
        held += [
            forecast(search(m.text), {m.entry} - {NONE}, m.entry, writer=m.writer, style=m.style)
            for m in fold.held
        ]
    network = whole_network
    if scored:
        network = replace(network, calibration=calibration(scored, network.classes))
    search = _searching(knowledge, reader, network)
    asked = [_asked(search, example) for example in knowledge.examples]
    return MatchingFit(Tuned(lines(held or asked), network), tuple(held), tuple(asked))


def lines(held: Sequence[Forecast]) -> Thresholds:
    """Where few wrong answers and few offers for messages that are for nobody here are to be expected."""
    if not held:
        return Thresholds()
    answer = next((line for line in _LINES if _is_kept(held, line)), _LINES[-1])
    ours, outside = [f for f in held if f.ours], [f for f in held if not f.ours]

    def worth(drawn: Thresholds) -> tuple[bool, int, float]:
        """Few offers for nobody first; then as many right offers as can be, or else as few wrong ones."""
        wrong = sum(f.is_offered(drawn) for f in outside)
        few = wrong <= _OFFERED_AIM * len(outside)
        right = sum(f.among_three and f.is_offered(drawn) for f in ours)
        return few, right if few else -wrong, drawn.floor

    drawn = [
        Thresholds(answer=answer, elsewhere=elsewhere, floor=floor, offer=floor)
        for elsewhere in _ELSEWHERE
        for floor in _FLOORS
    ]
    return max(drawn, key=worth)


def calibration(scored: Sequence[Scored], classes: Sequence[str]) -> Calibration:
    """The temperature with the highest likelihood, then slope and shift for entries that lead (Platt 1999)."""
    divisor = max(
        _TEMPERATURES, key=lambda value: sum(float(_log_shares(*each, value)[1].sum()) for each in scored)
    )
    said, came = [], []
    for scores, right in scored:
        shares = np.exp(_log_shares(scores, right, divisor)[0])
        first = shares.argmax(axis=1)
        leads = np.array([is_entry(classes[number]) for number in first], dtype=bool)
        said.append(shares.max(axis=1)[leads])
        came.append((first == right)[leads].astype(float))
    return Calibration(divisor, *_platt(np.concatenate(said), np.concatenate(came)))


def _log_shares(scores: Floats, right: NDArray[np.int64], divisor: float) -> tuple[Floats, Floats]:
    """Logarithms of all shares, of shape (n, classes), and of the right classes', of shape (n,)."""
    shares = (scores - scores.max(axis=1, keepdims=True)) / divisor
    shares -= np.log(np.exp(shares).sum(axis=1, keepdims=True))
    return shares, shares[np.arange(len(right)), right]


def _platt(said: Floats, came: Floats) -> tuple[float, float]:
    """Slope and shift of the log-odds by Newton's method; unchanged where there is too little to fit to."""
    if not 0 < came.sum() < len(came):
        return 1.0, 0.0
    inner = np.clip(said, _EDGE, 1 - _EDGE)
    rows = np.stack([np.log(inner / (1 - inner)), np.ones(len(inner))], axis=1)
    found = np.array([1.0, 0.0])
    for _ in range(_ROUNDS):
        shares = 1 / (1 + np.exp(-rows @ found))
        curve = (rows * (shares * (1 - shares))[:, None]).T @ rows + _RIDGE * np.eye(2)
        found = found + np.linalg.solve(
            curve, rows.T @ (came - shares) - _RIDGE * (found - np.array([1.0, 0.0]))
        )
    return float(found[0]), float(found[1])


def _scores(network: Network, rows: SparseRows, chosen: Sequence[int], labels: Sequence[str]) -> Scored:
    numbers = {name: number for number, name in enumerate(network.classes)}
    some = rows.chosen(np.array(chosen))
    blocks = [some.block(begin, min(begin + _BLOCK, len(some))) for begin in range(0, len(some), _BLOCK)]
    scores = np.concatenate([network.scores(block) for block in blocks])
    return scores.astype(np.float64), np.array([numbers[label] for label in labels])


def _searching(knowledge: KnowledgeBase, reader: MessageReader, network: Network) -> Callable[[str], Found]:
    targets = Targets(knowledge.phrasings, reader, network, None)
    return knowledge.finder.with_targets(reader, targets).search


def _asked(search: Callable[[str], Found], example: Example) -> Forecast:
    right = {example.entry, *example.also} - {NONE}
    return forecast(search(example.text), right, example.entry)


def _is_kept(held: Sequence[Forecast], line: float) -> bool:
    """Whether few answers are wrong, and few messages for nobody here are answered."""
    answered, outside = [f for f in held if f.sure >= line], [f for f in held if not f.ours]
    wrong = Share(sum(not f.right for f in answered), len(answered))
    absurd = sum(f.sure >= line for f in outside)
    return bool(answered) and wrong.interval[1] <= WRONG_AIM and absurd <= WRONG_AIM * len(outside)
