"""How fast Telegram may be spoken to: sliding windows, overall, per private chat and per group."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SLACK: Final = 1.05
"""Messages may arrive closer together than they were sent; windows are kept this much longer than promised."""
_FORGET_ABOVE: Final = 4096


@dataclass(frozen=True, slots=True)
class Limits:
    """Actions per window: ``overall`` and ``chat`` per second, ``group`` per minute; 0 means no limit."""

    overall: int = 30
    chat: int = 1
    group: int = 20


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an action counts, and for how many: a new topic with its card is two actions of its group."""

    chat: str
    is_group: bool
    cost: int = 1


class Pace:
    """Remembers when what was sent; times are seconds of one steady clock."""

    def __init__(self, limits: Limits, *, speed: float = 1.0) -> None:
        """``speed`` is how many seconds of the limits' clock pass in one of the caller's: 1 but for drills."""
        self._limits = limits
        self._second = _SLACK / speed
        self._minute = 60 * _SLACK / speed
        self._overall: deque[float] = deque()
        self._chats: defaultdict[str, deque[float]] = defaultdict(deque)
        self._blocked: dict[str, float] = {}

    def free_at(self, slot: Slot, now: float) -> float:
        """The earliest time at which this action may go; ``now`` or before where it may go at once."""
        free = self._blocked.get(slot.chat, now)
        for window, limit, length in self._windows(slot):
            while window and window[0] <= now - length:
                window.popleft()
            need = min(slot.cost, limit)
            if len(window) + need > limit:
                free = max(free, window[len(window) + need - limit - 1] + length)
        return free

    def take(self, slot: Slot, now: float) -> None:
        """The action goes now."""
        for window, _, _ in self._windows(slot):
            window.extend([now] * slot.cost)
        if len(self._chats) > _FORGET_ABOVE:
            old = now - self._minute
            for chat in [chat for chat, window in self._chats.items() if not window or window[-1] < old]:
                del self._chats[chat]

    def free_overall_at(self, now: float) -> float:
        """When anything at all may go."""
        if not self._limits.overall:
            return now
        window = self._overall
        while window and window[0] <= now - self._second:
            window.popleft()
        return now if len(window) < self._limits.overall else window[0] + self._second

    def block(self, chat: str, until: float) -> None:
        """Telegram said ``retry_after`` for this chat."""
        self._blocked[chat] = max(until, self._blocked.get(chat, until))

    def _windows(self, slot: Slot) -> Iterator[tuple[deque[float], int, float]]:
        if self._limits.overall:
            yield self._overall, self._limits.overall, self._second
        limit, length = (
            (self._limits.group, self._minute) if slot.is_group else (self._limits.chat, self._second)
        )
        if limit:
            yield self._chats[slot.chat], limit, length
