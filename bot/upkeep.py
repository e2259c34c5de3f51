"""What happens without a message: the clock's events, erasing by age, and emptying the write-ahead log."""

from __future__ import annotations

import asyncio
import uuid
from datetime import date
from typing import Final

from bot.ports import Clock, Dispatch, Store
from handlers.model.delivery_events import DeliveriesChecked
from handlers.model.events import SwitchesChecked, TimePassed
from handlers.model.settings import Retention

_WIPE_AGAIN_SECONDS: Final = 0.5
_TICK_SECONDS: Final = 30.0


class Upkeep:
    """Loops over one record, each until cancelled."""

    def __init__(
        self, store: Store, dispatch: Dispatch, clock: Clock, retention: Retention, *, speed: float = 1.0
    ) -> None:
        """``speed`` multiplies the clock of waits, for drills."""
        self._store = store
        self._dispatch = dispatch
        self._clock = clock
        self._retention = retention
        self._speed = speed
        self._retained_on: date | None = None
        self._is_to_wipe = asyncio.Event()
        self._is_to_wipe.set()  # data erased by an earlier run may still be in the log

    def wipe_soon(self) -> None:
        """Something was erased that must not remain in the write-ahead log."""
        self._is_to_wipe.set()

    async def tick(self) -> None:
        """Send the clock's events."""
        while True:
            await asyncio.sleep(_TICK_SECONDS / self._speed)
            await self._dispatch(TimePassed(id=f"tick:{uuid.uuid4()}"))
            await self._dispatch(DeliveriesChecked(id=f"checked:{uuid.uuid4()}"))
            await self._dispatch(SwitchesChecked(id=f"switches:{uuid.uuid4()}"))

    async def retain(self) -> None:
        """Erase once a day what is older than its retention period."""
        while True:
            today = self._clock.now().date()
            if today != self._retained_on:
                await self._store.retain(self._retention, self._clock.now())
                self._retained_on = today
            await asyncio.sleep(_TICK_SECONDS / self._speed)

    async def wipe(self) -> None:
        """Empty the write-ahead log after a resident was forgotten; retried while a reader holds it."""
        while True:
            await self._is_to_wipe.wait()
            self._is_to_wipe.clear()
            if not await self._store.wipe_log():
                self._is_to_wipe.set()
                await asyncio.sleep(_WIPE_AGAIN_SECONDS)
