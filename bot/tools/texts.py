"""What `madoguchi ask`, `check` and `lines` print about texts."""

from __future__ import annotations

import json
from statistics import median
from typing import Final

from rich.console import Console
from rich.table import Table

from faq.checks import completeness, line_budget
from faq.content.problem import Problem
from faq.knowledge import KnowledgeBase
from handlers.preview import Asking

_NAMED: Final = 5
_SHOWN: Final = 5
"""Candidates shown without --explain."""


def as_row(problem: Problem) -> dict[str, object]:
    """A finding as plain values with stable keys."""
    return {
        "source": problem.source,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def turns_of(line: str) -> list[str]:
    """The messages of a line: ``{"turns": ["…", "…"]}``, or the line itself as one message."""
    if line.lstrip().startswith("{"):
        try:
            turns = json.loads(line)["turns"]
        except (ValueError, KeyError, TypeError):
            return [line]
        if isinstance(turns, list) and turns and all(isinstance(turn, str) for turn in turns):
            return turns
    return [line]


def print_completeness(base: KnowledgeBase) -> None:
    """One line for each language: how many texts of each kind it has, and some of those that are missing."""
    parts = list(completeness.parts(base))
    for language in base.profile.languages:
        told = [f"{part.name} {part.total - len(part.missing[language])}/{part.total}" for part in parts]
        absent = [f"{part.name}:{key}" for part in parts for key in part.missing[language]]
        more = f" など{len(absent)}件" if len(absent) > _NAMED else ""
        gaps = f"  ない: {'、'.join(absent[:_NAMED])}{more}" if absent else ""
        Console(width=200, highlight=False).print(
            f"言語 {language.value:<8} {'  '.join(told)}{gaps}", markup=False, soft_wrap=True
        )


def print_lines(base: KnowledgeBase) -> None:
    """Lines of a phone's screen that an answer fills at first sight, by language."""
    seen = list(line_budget.seen(base, base.profile.languages))
    table = Table(box=None, pad_edge=False)
    for name in ("language", "answers", "median", "p95", "max", f"over {line_budget.BUDGET}", "longest"):
        table.add_column(name, justify="left" if name in ("language", "longest") else "right")
    for language in base.profile.languages:
        lines = sorted((one.lines, one.entry) for one in seen if one.language is language)
        if not lines:
            continue
        counts = [count for count, _ in lines]
        table.add_row(
            language.value, str(len(counts)), f"{median(counts):g}", str(counts[int(0.95 * (len(counts) - 1))]),
            str(counts[-1]), str(sum(count > line_budget.BUDGET for count in counts)), lines[-1][1],
        )  # fmt: skip
    Console(width=100, highlight=False).print(table)


def print_asking(asking: Asking, explain: bool) -> None:
    """What a message gets, and why."""
    console = Console(highlight=False, soft_wrap=True)

    def say(text: str) -> None:
        console.print(text, markup=False)

    say(asking.spoken)
    for row in asking.buttons:
        say("  ".join(f"[{button.label}]" for button in row))
    say(f"\n-- {asking.decision.verdict.value} ({asking.decision.reason}), {asking.language.value}")
    if asking.guard:
        say("   guard: " + ", ".join(asking.guard))
    if asking.found.reply:
        say(f"   rule: the words alone decide for {asking.found.reply}")
    for match in asking.found.matches if explain else asking.found.matches[:_SHOWN]:
        blocked = f" [{match.blocked}]" if match.blocked else ""
        best = max(match.evidence, key=lambda e: e.score, default=None)
        why = f"{best.channel}: {best.phrasing}" if best is not None else "rule: the words alone decide"
        say(f"   {match.score:.3f} {match.kind.value} {match.id}{blocked}  {why}")
        for evidence in match.evidence if explain else ():
            say(f"         {evidence.channel:<14} {evidence.score:.3f}  {evidence.phrasing}")
