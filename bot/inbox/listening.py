"""Listening to waiting updates, so that a message about a danger does not wait behind the sender's other messages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.ports import LOWEST, Lease, RawUpdate, Store, StoreUnavailableError

_AT_ONCE: Final = 10
"""Updates read from one lane before the next lane's turn."""
_AGAIN_SECONDS: Final = 1.0
_FORGET_ABOVE: Final = 4096
_REST_SECONDS: Final = 0.25
_ANY: Final = 2**63 - 1

_log = structlog.get_logger()

IsUrgent = Callable[[RawUpdate], Awaitable[bool]]
"""Whether an update tells of a danger. Called outside transactions; takes as long as reading the text takes."""


class Listening:
    """Asks about waiting updates: each once, oldest first, lanes in turn.

    It reads from the record, so that it needs no memory for them and includes what an earlier run left.
    """

    def __init__(
        self,
        store: Store,
        is_urgent: IsUrgent,
        found: Callable[[Lease], None],
        token: str,
        *,
        speed: float = 1.0,
    ) -> None:
        """``found`` is called with each urgent update that waits; ``speed`` multiplies the clock, for drills."""
        self._store = store
        self._is_urgent = is_urgent
        self._found = found
        self._token = token
        self._speed = speed
        self._lanes: dict[str, int] = {}
        """Lanes to listen to, and the number from which on at the latest."""
        self._heard: dict[str, int] = {}
        """The highest number asked about, by lane."""
        self._woken = asyncio.Event()

    def listen(self, lane: str, number: int = _ANY) -> None:
        """The update with this number waits in this lane; the number may be lower than earlier ones."""
        self._lanes[lane] = min(number, self._lanes.get(lane, _ANY))
        self._woken.set()

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            self._woken.clear()
            while self._lanes:
                lane = next(iter(self._lanes))
                number = self._lanes.pop(lane)
                try:
                    await self._hear(lane, number)
                except StoreUnavailableError:
                    self.listen(lane, number)
                    await asyncio.sleep(_AGAIN_SECONDS / self._speed)
            await self._woken.wait()

    async def _hear(self, lane: str, number: int) -> None:
        last = min(self._heard.get(lane, LOWEST), number - 1)
        waiting = await self._store.pending_after(lane, last, _AT_ONCE, self._token)
        for lease in waiting:
            if await self._asked(lease):
                self._found(lease)
        self._heard.pop(lane, None)  # re-inserted, so that the newest is last
        self._heard[lane] = waiting[-1].update.number if waiting else last
        if len(self._heard) > _FORGET_ABOVE:
            del self._heard[next(iter(self._heard))]  # its waiting updates are asked about once more
        if len(waiting) == _AT_ONCE:
            self.listen(lane)

    async def _asked(self, lease: Lease) -> bool:
        """At most half of the time is spent on listening, so that a flood does not slow down others."""
        begun = time.monotonic()
        try:
            return await self._is_urgent(lease.update)
        except Exception as error:  # handling the update reports the fault
            _log.error("listening.failed", update=lease.update.id, error=type(error).__name__)
            return False
        finally:
            await asyncio.sleep(min(_REST_SECONDS, time.monotonic() - begun))
