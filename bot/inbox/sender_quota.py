"""How much one person may send in a row: a flood is slowed down only for its sender."""

from __future__ import annotations

from typing import Final

_FORGET_ABOVE: Final = 4096
_GROUP_MARK: Final = ":-"
_TELL_AGAIN_SECONDS: Final = 600.0


def is_group(lane: str) -> bool:
    """Whether a lane is a group's; groups have no allowance."""
    return _GROUP_MARK in lane


class Allowances:
    """A token bucket per lane: full at first, one token per message, refilled with time."""

    def __init__(self, per_minute: int, *, speed: float = 1.0) -> None:
        """``per_minute`` is both the bucket's size and its refill per minute; 0 means no limit."""
        self._size = float(per_minute)
        self._flow = per_minute * speed / 60
        self._again = _TELL_AGAIN_SECONDS / speed
        self._levels: dict[str, tuple[float, float]] = {}
        self._told: dict[str, float] = {}

    def wait(self, lane: str, now: float) -> float:
        """Seconds until the lane has a token for its next message. Groups never wait."""
        if not self._size or is_group(lane):
            return 0.0
        return max(0.0, (1 - self._level(lane, now)) / self._flow)

    def take(self, lane: str, count: int, now: float) -> None:
        """Take tokens for messages that are handled together; the level may become negative."""
        if not self._size or is_group(lane):
            return
        level = self._level(lane, now) - count
        self._levels.pop(lane, None)
        self._levels[lane] = (level, now)
        if len(self._levels) > _FORGET_ABOVE:
            del self._levels[next(iter(self._levels))]  # the longest unused one

    def is_to_be_told(self, lane: str, now: float) -> bool:
        """Whether somebody who has to wait should be told; after one call it counts as told for ten minutes."""
        told = self._told.pop(lane, None)
        is_news = told is None or now - told >= self._again
        self._told[lane] = now if told is None or is_news else told
        if len(self._told) > _FORGET_ABOVE:
            del self._told[next(iter(self._told))]
        return is_news

    def _level(self, lane: str, now: float) -> float:
        level, at = self._levels.get(lane, (self._size, now))
        return min(self._size, level + (now - at) * self._flow)
