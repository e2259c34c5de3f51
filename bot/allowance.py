"""How much one person may send at a stretch: a flood is slowed down for its sender, and for nobody else."""

from __future__ import annotations

from typing import Final

_FORGET_ABOVE: Final = 4096
_GROUP_MARK: Final = ":-"


class Allowances:
    """A bucket for each lane: full at first, one token for each message, filled again as time passes."""

    def __init__(self, per_minute: int, *, speed: float = 1.0) -> None:
        """``per_minute`` is both the size of a bucket and how much flows back in a minute; 0 means no limit."""
        self._size = float(per_minute)
        self._flow = per_minute * speed / 60
        self._levels: dict[str, tuple[float, float]] = {}

    def wait(self, lane: str, now: float) -> float:
        """Seconds until the lane has a token for its next message. Groups never wait."""
        if not self._size or _GROUP_MARK in lane:
            return 0.0
        return max(0.0, (1 - self._level(lane, now)) / self._flow)

    def take(self, lane: str, count: int, now: float) -> None:
        """So many messages of the lane are handled together; more than there are tokens is owed."""
        if not self._size or _GROUP_MARK in lane:
            return
        level = self._level(lane, now) - count
        self._levels.pop(lane, None)
        self._levels[lane] = (level, now)
        if len(self._levels) > _FORGET_ABOVE:
            del self._levels[next(iter(self._levels))]  # the one that was quiet for longest

    def _level(self, lane: str, now: float) -> float:
        level, at = self._levels.get(lane, (self._size, now))
        return min(self._size, level + (now - at) * self._flow)
