"""One channel as the courier uses it: its messenger, its pace, and how many messages are sent at once."""

from __future__ import annotations

from typing import Final

import structlog

from bot.delivery.rate_limit import Pace
from bot.ports import Limits, Messenger, OutboxRow, Slot

_SLOTS: Final = 16
_WEIGHT: Final = 0.2
"""Weight of the newest duration in the moving average of sending durations."""

_log = structlog.get_logger()


class Outlet:
    """The courier's state of a channel. A slow, held or broken channel does not affect another."""

    def __init__(self, messenger: Messenger, limits: Limits, *, speed: float = 1.0) -> None:
        """``speed`` multiplies the pace, for drills."""
        self.messenger = messenger
        self.pace = Pace(limits, speed=speed)
        self.under_way = 0
        """Messages that are being sent."""
        self._overall = limits.overall
        self._takes = 0.0

    def slot(self, row: OutboxRow) -> Slot | None:
        """The limit a message counts against; a message with an invalid place gets none, and fails alone."""
        try:
            return self.messenger.slot(row)
        except Exception as error:
            _log.error("courier.no_place", row=row.id, error=type(error).__name__)
            return None

    def slots(self, waiting: int) -> int:
        """One at a time while less than a second's worth waits; then as many as the limit can use and no more,
        because a crash may repeat every message that is under way.
        """
        if not self._overall:
            return _SLOTS
        if waiting <= self._overall:
            return 1
        return max(1, min(_SLOTS, int(self._overall * self._takes)))

    def note_took(self, seconds: float) -> None:
        """Note how long a sending took."""
        self._takes += _WEIGHT * (seconds - self._takes)
