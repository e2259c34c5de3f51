"""Tables for people: what `madoguchi score` and `madoguchi fit` print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

from bot.knowledge.fit import Fit
from faq.matching.candidates import FEATURES, OUTSIDE
from faq.training.evaluation import Mark, Score, Tally, calibration_error, reliability, shares
from faq.training.fitting import Forecast, MatchingFit

_COLUMNS: Final = (Mark.RIGHT, Mark.OFFERED, Mark.WRONG, Mark.MISOFFERED, Mark.SILENT, Mark.KEPT_OUT,
                   Mark.OUT_OFFERED, Mark.OUT_ANSWERED)  # fmt: skip


def print_score(score: Score, misses: bool) -> None:
    """The table by topic and by kind, the required figures below it, and the misses if wanted."""
    console = Console(width=120, highlight=False)
    _print_tallies(console, "topic", score.by_topic, score.total)
    if score.by_kind:
        _print_tallies(console, "kind", score.by_kind, score.total)
    total = score.total
    console.print(f"found (answered or offered)   {total.found}")
    console.print(f"right at once                 {total.right_at_once}")
    console.print(f"wrong among answered          {total.wrong_among_answered}")
    console.print(f"out-of-scope answered         {total.out_of_scope_answered}")
    console.print("shares with counts and 95 % intervals (Wilson)")
    for question, decided, judged in score.misses if misses else ():
        named = ", ".join(decided.entries)
        console.print(
            f"{judged.value}: {question.text} → {decided.decision} {named} (wanted {question.primary})",
            markup=False,
        )


def _print_tallies(console: Console, name: str, tallies: dict[str, Tally], total: Tally) -> None:
    table = Table(title=None, box=None, pad_edge=False)
    table.add_column(name)
    for column in _COLUMNS:
        table.add_column(column.value, justify="right")
    for key in sorted(tallies):
        table.add_row(key, *(str(tallies[key].counts[column]) for column in _COLUMNS))
    table.add_row("all", *(str(total.counts[column]) for column in _COLUMNS), style="bold")
    console.print(table)
    console.print()


def score_as_row(score: Score) -> dict[str, object]:
    """The score as a JSON row."""

    def tally_as_row(tally: Tally) -> dict[str, int]:
        return {mark.value: count for mark, count in tally.counts.items()}

    total = score.total
    return {
        "all": tally_as_row(total),
        "topics": {key: tally_as_row(tally) for key, tally in sorted(score.by_topic.items())},
        "kinds": {key: tally_as_row(tally) for key, tally in sorted(score.by_kind.items())},
        "found": total.found.value,
        "right_at_once": total.right_at_once.value,
        "wrong_among_answered": total.wrong_among_answered.value,
        "out_of_scope_answered": total.out_of_scope_answered.value,
    }


def print_fit(fit: Fit) -> None:
    """Weights, reliability table, and figures measured on questions held out of the fit."""
    console = Console(width=150, highlight=False)
    for title, outcome in (("with the encoder", fit.with_encoder), ("without it", fit.without_encoder)):
        console.print(f"== {title}", style="bold")
        weights, thresholds = outcome.tuned.weights, outcome.tuned.thresholds
        named = [*zip(FEATURES, weights.channels, strict=True), *zip(OUTSIDE, weights.outside, strict=True)]
        console.print("weights   " + "  ".join(f"{name} {weight:g}" for name, weight in named))
        console.print(f"answered from a probability of {thresholds.answer:g}\n")
        _print_reliability(console, "examples, 5-fold cross-validation", outcome.examples)
        _print_reliability(console, "phrasings, each left out", outcome.phrasings)
        _print_shares(console, outcome)


def _print_reliability(console: Console, title: str, forecasts: Sequence[Forecast]) -> None:
    bins = reliability(forecasts)
    table = Table(title=f"{title}: first entry, predicted against observed", title_justify="left", box=None)
    for column in ("questions", "predicted", "observed"):
        table.add_column(column, justify="right")
    for each in bins:
        table.add_row(str(each.questions), f"{each.predicted:.3f}", f"{each.observed:.3f}")
    console.print(table)
    console.print(f"expected calibration error {calibration_error(bins):.3f}\n")


def _print_shares(console: Console, outcome: MatchingFit) -> None:
    line = outcome.tuned.thresholds.answer
    table = Table(title="measured on questions not fitted to (95 % intervals, Wilson)",
                  title_justify="left", box=None)  # fmt: skip
    for column in ("", "found in three", "right at once", "wrong among answered", "out of scope answered"):
        table.add_column(column)
    by_language: dict[str, list[Forecast]] = defaultdict(list)
    for each in outcome.examples:
        by_language[f"examples, {each.language}"].append(each)
    by_entry: dict[str, list[Forecast]] = defaultdict(list)
    for each in outcome.phrasings:
        by_entry[each.group].append(each)
    for name, forecasts in [("examples", outcome.examples), *sorted(by_language.items()),
                            ("phrasings", outcome.phrasings), *sorted(by_entry.items())]:  # fmt: skip
        table.add_row(name, *(str(share) for share in shares(forecasts, line).values()))
    console.print(table)
    console.print()
