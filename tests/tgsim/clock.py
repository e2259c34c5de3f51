"""Simulated time: it can run ahead, so that twenty actions a minute need no minutes."""

from __future__ import annotations

import time


class SimClock:
    """Seconds since the epoch, ``speed`` of them in a real one."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._begun = time.monotonic()
        self._epoch = time.time()
        self._ahead = 0.0

    def now(self) -> float:
        return self._epoch + self._ahead + (time.monotonic() - self._begun) * self.speed

    def advance(self, seconds: float) -> None:
        """Jump."""
        self._ahead += seconds

    def real(self, seconds: float) -> float:
        """Real seconds that this many simulated ones take."""
        return seconds / self.speed
