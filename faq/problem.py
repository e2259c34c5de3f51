"""A fault in content, said once and well: place, fault, remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """``ERROR`` keeps a knowledge base from being served; ``WARNING`` does not."""

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
    """Those that keep a knowledge base from being served."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By place, so that a person can walk through a file from top to bottom."""
    return sorted(problems, key=lambda p: (p.source, p.line, p.column, p.code))
