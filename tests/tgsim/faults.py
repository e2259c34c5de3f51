"""Faults on demand, by method and chat, each a given number of times."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Kinds of trouble."""

    DELAY = "delay"
    DROP_AFTER = "dropped after it was accepted"
    FLOOD = "429"
    SERVER = "502"
    HTML = "HTML instead of JSON"


@dataclass
class Planned:
    """A fault that occurs ``times`` more times, for a method (empty: any) and a chat (``None``: any)."""

    fault: Fault
    method: str = ""
    chat: int | None = None
    times: int = 1
    seconds: float = 1.0


class Faults:
    """The planned faults."""

    def __init__(self) -> None:
        self.planned: list[Planned] = []
        self.happened: list[Planned] = []

    def plan(
        self, fault: Fault, method: str = "", chat: int | None = None, times: int = 1, seconds: float = 1.0
    ) -> None:
        self.planned.append(Planned(fault, method.lower(), chat, times, seconds))

    def take(self, method: str, chat: int | None) -> Planned | None:
        """The first planned fault that applies."""
        for planned in self.planned:
            if planned.method in ("", method) and planned.chat in (None, chat):
                planned.times -= 1
                if planned.times <= 0:
                    self.planned.remove(planned)
                self.happened.append(planned)
                return planned
        return None
