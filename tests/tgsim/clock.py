"""Simulated time, which can be faster than real time, so that limits per minute take seconds."""

from __future__ import annotations

import time


class SimClock:
    """Seconds since the epoch; ``speed`` simulated seconds pass in a real one."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._begun = time.monotonic()
        self._epoch = time.time()
        self._ahead = 0.0

    def now(self) -> float:
        return self._epoch + self._ahead + (time.monotonic() - self._begun) * self.speed

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        self._ahead += seconds

    def real(self, seconds: float) -> float:
        """The real duration of this many simulated seconds."""
        return seconds / self.speed
