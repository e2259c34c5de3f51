"""Tables for people: what `madoguchi score` and `madoguchi fit` print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

from bot.knowledge.fit import Fit
from faq.matching.network import Calibration
from faq.training.evaluation import Mark, Score, Tally, calibration_error, reliability, shares
from faq.training.forecast import Forecast
from faq.training.talks import Mark as TalkMark
from faq.training.talks import TalkScore
from faq.training.writers import MatchingFit

_COLUMNS: Final = (Mark.RIGHT, Mark.OFFERED, Mark.WRONG, Mark.MISOFFERED, Mark.SILENT, Mark.KEPT_OUT,
                   Mark.OUT_OFFERED, Mark.OUT_ANSWERED)  # fmt: skip


def print_score(score: Score, misses: bool) -> None:
    """The table by topic and by kind, the required figures below it, and the misses if wanted."""
    console = Console(width=120, highlight=False)
    _print_tallies(console, "topic", score.by_topic, score.total)
    for name, tallies in (
        ("kind", score.by_kind),
        ("language", score.by_language),
        ("style", score.by_style),
    ):
        if tallies:
            _print_tallies(console, name, tallies, score.total)
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


def print_talks(score: TalkScore, misses: bool) -> None:
    """The talks by kind, the share that was right or asked back, and the misses if wanted."""
    console = Console(width=120, highlight=False)
    table = Table(title=None, box=None, pad_edge=False)
    table.add_column("talks")
    for mark in TalkMark:
        table.add_column(mark.value, justify="right")
    for kind in sorted(score.by_kind):
        table.add_row(kind, *(str(score.by_kind[kind][mark]) for mark in TalkMark))
    table.add_row("all", *(str(score.total[mark]) for mark in TalkMark), style="bold")
    console.print(table)
    console.print(f"right or asked back           {score.good:.3f}")
    console.print(f"with a wrong facility         {score.wrong_facility}")
    for talk, found, mark in score.misses if misses else ():
        wanted = talk.action or ", ".join(talk.entries)
        got = found.action or f"{found.decision} {', '.join(found.entries)}"
        console.print(f"{mark.value}: {' / '.join(talk.turns)} → {got} (wanted {wanted})", markup=False)


def score_as_row(score: Score) -> dict[str, object]:
    """The score as a JSON row."""

    def tally_as_row(tally: Tally) -> dict[str, int]:
        return {mark.value: count for mark, count in tally.counts.items()}

    total = score.total
    return {
        "all": tally_as_row(total),
        "topics": {key: tally_as_row(tally) for key, tally in sorted(score.by_topic.items())},
        "kinds": {key: tally_as_row(tally) for key, tally in sorted(score.by_kind.items())},
        "languages": {key: tally_as_row(tally) for key, tally in sorted(score.by_language.items())},
        "styles": {key: tally_as_row(tally) for key, tally in sorted(score.by_style.items())},
        "found": total.found.value,
        "right_at_once": total.right_at_once.value,
        "wrong_among_answered": total.wrong_among_answered.value,
        "out_of_scope_answered": total.out_of_scope_answered.value,
    }


def print_fit(fit: Fit) -> None:
    """Reliability table, and figures by writer and language, measured on writers that gave nothing to learn."""
    console = Console(width=170, highlight=False)
    for title, outcome in (("with the encoder", fit.with_encoder), ("without it", fit.without_encoder)):
        console.print(f"== {title}", style="bold")
        lines, network = outcome.tuned.thresholds, outcome.tuned.network
        made = network.calibration if network is not None else Calibration()
        console.print(
            f"answered from {lines.answer:g}, offered from {lines.floor:g}, others speak from {lines.elsewhere:g}; "
            f"temperature {made.temperature:g}, slope {made.slope:.3f}, shift {made.shift:.3f}\n"
        )
        _print_reliability(console, "writers held back", outcome.held)
        _print_reliability(console, "the FAQ's examples", outcome.examples)
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
    lines = outcome.tuned.thresholds
    table = Table(title="measured on what nothing was learned from (95 % intervals, Wilson)",
                  title_justify="left", box=None)  # fmt: skip
    for column in ("", "found", "right at once", "wrong among answered", "out of scope answered", "offered"):
        table.add_column(column)
    groups: dict[str, list[Forecast]] = defaultdict(list)
    for each in outcome.held:
        groups["all writers"].append(each)
        groups[f"language {each.language}"].append(each)
        groups[f"writer {each.writer} {each.style}"].append(each)
    for each in outcome.examples:
        groups["the FAQ's examples"].append(each)
        groups[f"examples, {each.language}"].append(each)
    for name, forecasts in sorted(groups.items()):
        table.add_row(name, *(str(share) for share in shares(forecasts, lines).values()))
    console.print(table)
    console.print()
