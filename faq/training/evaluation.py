"""Evaluation on labelled questions: right, offered, wrong, silent, and answered out of scope."""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from faq.content.example import NONE
from faq.content.model import Model
from faq.matching.fusion import Thresholds
from faq.training.forecast import Forecast

_Z95: Final = 1.959964


class Mark(StrEnum):
    """The result for one question."""

    RIGHT = "right"
    OFFERED = "offered"
    WRONG = "wrong"
    MISOFFERED = "misoffered"
    SILENT = "silent"
    KEPT_OUT = "kept out"
    OUT_OFFERED = "out, offered"
    OUT_ANSWERED = "out, answered"


@dataclass(frozen=True, slots=True)
class Question:
    """A labelled question; ``primary`` is an entry's id or ``none``, ``acceptable`` are other right ids."""

    text: str
    primary: str
    acceptable: tuple[str, ...] = ()
    kind: str = ""
    style: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The bot's decision: its name, and the entries it answered with or offered."""

    decision: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A proportion with its 95 % score interval (Wilson 1927)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        if not self.of:
            return (0.0, 1.0)
        share, n = self.value, self.of
        middle = (share + _Z95**2 / (2 * n)) / (1 + _Z95**2 / n)
        half = _Z95 * math.sqrt(share * (1 - share) / n + _Z95**2 / (4 * n * n)) / (1 + _Z95**2 / n)
        return (max(0.0, middle - half), min(1.0, middle + half))

    def __str__(self) -> str:
        if not self.of:
            return "–"
        low, high = self.interval
        return f"{self.value:.3f} ({self.hits}/{self.of}, {low:.3f}–{high:.3f})"


@dataclass(slots=True)
class Tally:
    """Counts of marks."""

    counts: dict[Mark, int] = field(default_factory=lambda: dict.fromkeys(Mark, 0))

    def add(self, mark: Mark) -> None:
        self.counts[mark] += 1

    @property
    def in_scope(self) -> int:
        marks = (Mark.RIGHT, Mark.OFFERED, Mark.WRONG, Mark.MISOFFERED, Mark.SILENT)
        return sum(self.counts[m] for m in marks)

    @property
    def out_of_scope(self) -> int:
        return sum(self.counts[m] for m in (Mark.KEPT_OUT, Mark.OUT_OFFERED, Mark.OUT_ANSWERED))

    @property
    def right_at_once(self) -> Share:
        return Share(self.counts[Mark.RIGHT], self.in_scope)

    @property
    def found(self) -> Share:
        return Share(self.counts[Mark.RIGHT] + self.counts[Mark.OFFERED], self.in_scope)

    @property
    def wrong_among_answered(self) -> Share:
        """Share of wrong answers; an answered out-of-scope question counts as wrong."""
        wrong = self.counts[Mark.WRONG] + self.counts[Mark.OUT_ANSWERED]
        return Share(wrong, wrong + self.counts[Mark.RIGHT])

    @property
    def out_of_scope_answered(self) -> Share:
        return Share(self.counts[Mark.OUT_ANSWERED], self.out_of_scope)


@dataclass(slots=True)
class Score:
    """All tallies, and the questions that did not come out right."""

    total: Tally = field(default_factory=Tally)
    by_topic: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_kind: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_style: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_language: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[tuple[Question, Prediction, Mark]] = field(default_factory=list)


def mark(question: Question, decided: Prediction) -> Mark:
    """Judge one decision."""
    right = {question.primary, *question.acceptable}
    named = set(decided.entries)
    if question.primary == NONE:
        if decided.decision == "answer":
            return Mark.OUT_ANSWERED
        return Mark.OUT_OFFERED if decided.decision == "offer" else Mark.KEPT_OUT
    if decided.decision == "answer":
        return Mark.RIGHT if named & right else Mark.WRONG
    if decided.decision == "offer":
        return Mark.OFFERED if named & right else Mark.MISOFFERED
    return Mark.SILENT


def score(
    questions: Iterable[Question], decide: Callable[[str], Prediction], topic_of: Callable[[str], str]
) -> Score:
    """Ask every question once and count the results."""
    result = Score()
    for question in questions:
        decided = decide(question.text)
        judged = mark(question, decided)
        result.total.add(judged)
        result.by_topic[NONE if question.primary == NONE else topic_of(question.primary)].add(judged)
        for name, tallies in (
            (question.kind, result.by_kind), (question.style, result.by_style), (question.lang, result.by_language)
        ):  # fmt: skip
            if name:
                tallies[name].add(judged)
        if judged not in (Mark.RIGHT, Mark.KEPT_OUT):
            result.misses.append((question, decided, judged))
    return result


def read_questions(text: str, known: Sequence[str]) -> tuple[list[Question], list[str]]:
    """Questions of a TSV text and its faults, each with its line: ``line N: what; what to do``."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [name for name in ("text", "primary") if name not in (rows.fieldnames or ())]
    if missing:
        return [], [
            f"line 1: no column {' and '.join(missing)}; the first line names the columns: text, primary, acceptable"
        ]
    questions: list[Question] = []
    faults: list[str] = []
    ids = {*known, NONE}
    for number, row in enumerate(rows, start=2):
        asked, primary = (row["text"] or "").strip(), (row["primary"] or "").strip()
        acceptable = tuple(part.strip() for part in (row.get("acceptable") or "").split(",") if part.strip())
        if not asked:
            faults.append(f"line {number}: no text; write the question or remove the line")
        unknown = [name for name in (primary, *acceptable) if name not in ids]
        faults += [f"line {number}: no entry {name!r}; use an id of the FAQ or none" for name in unknown]
        kind, style, lang = ((row.get(column) or "").strip() for column in ("kind", "style", "lang"))
        questions.append(Question(asked, primary, acceptable, kind, style, lang))
    return questions, faults


_BINS: Final = 10


class Bin(Model):
    """Questions with similar forecasts: mean prediction, and the observed share."""

    questions: int
    predicted: float
    observed: float


def reliability(forecasts: Sequence[Forecast]) -> tuple[Bin, ...]:
    """Reliability table: forecasts in ten bins of predicted probability, without empty bins (Murphy and Winkler 1977)."""
    bins = []
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        inside = [f for f in forecasts if low <= f.sure < high or (number == _BINS - 1 and f.sure >= high)]
        if inside:
            predicted = sum(f.sure for f in inside) / len(inside)
            observed = sum(f.right for f in inside) / len(inside)
            bins.append(
                Bin(questions=len(inside), predicted=round(predicted, 3), observed=round(observed, 3))
            )
    return tuple(bins)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error (Naeini et al. 2015): the mean distance between predicted and observed, by questions."""
    total = sum(b.questions for b in bins)
    return sum(b.questions * abs(b.predicted - b.observed) for b in bins) / max(1, total)


def shares(forecasts: Sequence[Forecast], lines: Thresholds) -> dict[str, Share]:
    """The required figures: found (answered rightly, or the right entry offered), right at once, wrong, and what is
    answered or offered out of scope.
    """
    ours = [f for f in forecasts if f.ours]
    answered = [f for f in forecasts if f.sure >= lines.answer]
    outside = [f for f in forecasts if not f.ours]
    right = sum(f.right for f in answered)
    offered = sum(f.among_three and f.is_offered(lines) for f in ours)
    return {
        "found": Share(right + offered, len(ours)),
        "right_at_once": Share(right, len(ours)),
        "wrong_among_answered": Share(len(answered) - right, len(answered)),
        "out_of_scope_answered": Share(sum(f.sure >= lines.answer for f in outside), len(outside)),
        "out_of_scope_offered": Share(sum(f.is_offered(lines) for f in outside), len(outside)),
    }
