"""Rate limits of a channel: sliding windows, overall, per private chat and per group."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator
from math import inf
from typing import Final

from bot.ports import Limits, Slot

_SLACK: Final = 1.02
"""Safety factor: the channel's clock and ours may differ slightly."""
_FORGET_ABOVE: Final = 4096


class Pace:
    """Tracks what is under way and when the rest was answered; times are seconds of one monotonic clock.

    An action arrives between being sent and being answered. Its window begins with the answer, so that two actions
    never arrive closer together than allowed, whatever the network's delay.
    """

    def __init__(self, limits: Limits, *, speed: float = 1.0) -> None:
        """``speed`` is how many seconds of the limits' clock pass in one second of the caller's; other than 1 only
        in drills.
        """
        self._limits = limits
        self._second = _SLACK / speed
        self._minute = 60 * _SLACK / speed
        self._overall: list[float] = []
        self._chats: defaultdict[str, list[float]] = defaultdict(list)
        self._blocked: dict[str, float] = {}

    def free_at(self, slot: Slot, now: float) -> float:
        """The earliest time at which this action may be sent; ``now`` or earlier where it may be sent at once.

        Infinity where it has to wait for the answer to another.
        """
        free = self._blocked.get(slot.chat, now)
        for window, limit, length in self._windows(slot):
            _drop_old(window, now - length)
            need = min(slot.cost, limit)
            if len(window) + need > limit:
                free = max(free, window[len(window) + need - limit - 1] + length)
        return free

    def take(self, slot: Slot) -> None:
        """The action is sent now; :meth:`done` must follow."""
        for window, _, _ in self._windows(slot):
            window.extend([inf] * slot.cost)

    def done(self, slot: Slot, now: float) -> None:
        """The action was answered, or never will be."""
        for window, _, _ in self._windows(slot):
            for _ in range(slot.cost):
                window.remove(inf)
                insort(window, now)
        if len(self._chats) > _FORGET_ABOVE:
            old = now - self._minute
            for chat in [chat for chat, window in self._chats.items() if not window or window[-1] < old]:
                del self._chats[chat]

    def free_overall_at(self, now: float) -> float:
        """When any action at all may be sent."""
        if not self._limits.overall:
            return now
        window = self._overall
        _drop_old(window, now - self._second)
        return now if len(window) < self._limits.overall else window[0] + self._second

    def block(self, chat: str, until: float) -> None:
        """Telegram said ``retry_after`` for this chat."""
        self._blocked[chat] = max(until, self._blocked.get(chat, until))

    def _windows(self, slot: Slot) -> Iterator[tuple[list[float], int, float]]:
        if self._limits.overall:
            yield self._overall, self._limits.overall, self._second
        limit, length = (
            (self._limits.group, self._minute) if slot.is_group else (self._limits.chat, self._second)
        )
        if limit:
            yield self._chats[slot.chat], limit, length


def _drop_old(window: list[float], before: float) -> None:
    while window and window[0] <= before:
        del window[0]
