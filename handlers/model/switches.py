"""Switches: a pause of the answers, a banner above them, and putting a resident off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SwitchKind(StrEnum):
    """The effect of a notice to all residents."""

    PAUSE = "pause"
    BANNER = "banner"


@dataclass(frozen=True, slots=True)
class Notice:
    """``text`` may be empty for a pause, which then uses the standard text. ``until`` is ``None`` where it has no end."""

    kind: SwitchKind
    text: str
    who: str
    since: datetime
    until: datetime | None = None

    def holds_at(self, now: datetime) -> bool:
        """Whether it is in force."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class PutOff:
    """A resident who is not served for a time, except for a danger. ``told_at`` is when they were last told so.

    If they have been forgotten since, ``resident`` is a pseudonym, and ``who`` and ``reason`` are empty.
    """

    resident: str
    ticket: int
    who: str
    reason: str
    until: datetime
    told_at: datetime | None = None
