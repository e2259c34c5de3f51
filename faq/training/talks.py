"""How well talks are understood: the last message of each, by what it asks about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from faq.content.talk import Talk


class Mark(StrEnum):
    """``ASKED_BACK``: offers with a right entry among them, or offers instead of an action; nothing wrong is done."""

    RIGHT = "right"
    ASKED_BACK = "asked_back"
    WRONG = "wrong"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Understood:
    """What became of the last message."""

    decision: str
    entries: tuple[str, ...]
    action: str
    facility: str


@dataclass
class TalkScore:
    """Marks by kind, and what was not right."""

    by_kind: dict[str, Counter[Mark]] = field(default_factory=lambda: defaultdict(Counter))
    wrong_facility: int = 0
    misses: list[tuple[Talk, Understood, Mark]] = field(default_factory=list)

    @property
    def total(self) -> Counter[Mark]:
        return sum(self.by_kind.values(), Counter())

    @property
    def good(self) -> float:
        """Share that is right or asked back."""
        total = self.total
        return (total[Mark.RIGHT] + total[Mark.ASKED_BACK]) / max(1, total.total())


def score(talks: Sequence[Talk], understood: Callable[[Sequence[str]], Understood]) -> TalkScore:
    """Marks of all talks; ``understood`` reads the messages of one."""
    result = TalkScore()
    for talk in talks:
        found = understood(talk.turns)
        given = mark(talk, found)
        result.by_kind[talk.kind][given] += 1
        result.wrong_facility += bool(talk.facility and found.facility not in ("", talk.facility))
        if given is not Mark.RIGHT:
            result.misses.append((talk, found, given))
    return result


def mark(talk: Talk, found: Understood) -> Mark:
    """The mark of one talk."""
    if talk.action or found.action:
        if found.action == talk.action:
            return Mark.RIGHT
        return Mark.ASKED_BACK if found.decision == "offer" else Mark.WRONG
    if found.decision == "answer":
        return Mark.RIGHT if found.entries[:1] and found.entries[0] in talk.entries else Mark.WRONG
    if found.decision == "offer":
        return Mark.ASKED_BACK if set(found.entries) & set(talk.entries) else Mark.WRONG
    return Mark.SILENT
