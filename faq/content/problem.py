"""A content fault: place, fault, remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SHOWN: Final = 40


class Severity(StrEnum):
    """``ERROR`` prevents a knowledge base from being served; ``WARNING`` does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One content fault. ``line`` and ``column`` count from 1; ``code`` is a stable kebab-case noun."""

    source: str
    line: int
    column: int
    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}: {self.message}; {self.hint}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that prevent a knowledge base from being served."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems sorted by place."""
    return sorted(problems, key=lambda p: (p.source, p.line, p.column, p.code))


def unforeseen(source: str, error: Exception, line: int = 1, column: int = 1) -> Problem:
    """A fault of a check itself while it examined ``source``: reported with its type, never ignored."""
    told = f"ここを調べる途中で、調べる側が止まりました ({type(error).__name__})"
    hint = "このファイルの直前の変更を元に戻し、この指摘をプログラムの担当者に渡してください"
    return Problem(source, line, column, "check-failed", told, hint)


def shown(value: object) -> str:
    """A value as a finding quotes it: one line, shortened."""
    try:
        text = " ".join(str(value)[: _SHOWN * 4].split())
    except ValueError:  # an integer with more digits than Python converts
        return "とても長い数"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
