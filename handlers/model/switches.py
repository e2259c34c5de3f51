"""What people can switch: a pause of the answers, a banner above them, and a time without one resident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SwitchKind(StrEnum):
    """What a notice to all residents means."""

    PAUSE = "pause"
    BANNER = "banner"


@dataclass(frozen=True, slots=True)
class Notice:
    """``text`` may be empty for a pause: the standard words are said then. ``until`` is ``None`` where it has no end."""

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
    """A resident who is not served for a time, but for a danger. ``told_at`` is when they were last told so.

    ``resident`` is a pseudonym, and ``who`` and ``reason`` are empty, where they have had themselves forgotten meanwhile.
    """

    resident: str
    ticket: int
    who: str
    reason: str
    until: datetime
    told_at: datetime | None = None
