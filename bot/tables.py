"""Tables for people: what `madoguchi score` prints."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.table import Table

from faq.score import Mark, Score, Tally

_COLUMNS: Final = (Mark.RIGHT, Mark.OFFERED, Mark.WRONG, Mark.MISOFFERED, Mark.SILENT, Mark.KEPT_OUT,
                   Mark.OUT_OFFERED, Mark.OUT_ANSWERED)  # fmt: skip


def print_score(score: Score, misses: bool) -> None:
    """The P1 table by topic and by kind, the promises below it, and the misses if wanted."""
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
    """The same for a program."""

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
