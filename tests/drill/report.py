"""One line per promise: what was done, the result, and whether the promise was kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """``kept`` decides the exit code."""

    promise: str
    done: str
    came: str
    kept: bool

    def __str__(self) -> str:
        return f"{self.promise:<4} {'kept  ' if self.kept else 'BROKEN'} {self.done}: {self.came}"
