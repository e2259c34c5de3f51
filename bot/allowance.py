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
        """Seconds to wait before the lane's next message; the message is counted. Groups never wait."""
        if not self._size or _GROUP_MARK in lane:
            return 0.0
        level, at = self._levels.pop(lane, (self._size, now))
        level = min(self._size, level + (now - at) * self._flow) - 1
        self._levels[lane] = (level, now)
        if len(self._levels) > _FORGET_ABOVE:
            del self._levels[next(iter(self._levels))]  # the one that was quiet for longest
        return max(0.0, -level / self._flow)
