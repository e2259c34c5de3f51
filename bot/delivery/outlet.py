"""How one channel is spoken to: by its messenger, at its own pace, and so many messages at once."""

from __future__ import annotations

from typing import Final

import structlog

from bot.delivery.rate_limit import Pace
from bot.ports import Limits, Messenger, OutboxRow, Slot

_SLOTS: Final = 16
_WEIGHT: Final = 0.2
"""Of the newest sending in the mean of how long one takes."""

_log = structlog.get_logger()


class Outlet:
    """What the courier knows of a channel. What is slow, held back or broken in one is of no account to another."""

    def __init__(self, messenger: Messenger, limits: Limits, *, speed: float = 1.0) -> None:
        """``speed`` is the pace's, for drills."""
        self.messenger = messenger
        self.pace = Pace(limits, speed=speed)
        self.under_way = 0
        """Messages that are being sent."""
        self._overall = limits.overall
        self._takes = 0.0

    def slot(self, row: OutboxRow) -> Slot | None:
        """Where a message counts; one whose place cannot be is left to fail alone."""
        try:
            return self.messenger.slot(row)
        except Exception as error:
            _log.error("courier.no_place", row=row.id, error=type(error).__name__)
            return None

    def slots(self, waiting: int) -> int:
        """One at once while less than a second's worth waits, then as many as the limit can use and no more: a crash may
        repeat every message that is under way.
        """
        if not self._overall:
            return _SLOTS
        if waiting <= self._overall:
            return 1
        return max(1, min(_SLOTS, int(self._overall * self._takes)))

    def note_took(self, seconds: float) -> None:
        """So long a sending took."""
        self._takes += _WEIGHT * (seconds - self._takes)
