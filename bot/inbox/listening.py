"""Listening to what waits: a cry for help does not stand behind the other messages of the one who sends it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.ports import LOWEST, Lease, RawUpdate, Store, StoreUnavailableError

_AT_ONCE: Final = 10
"""Updates of a lane that are read before another lane has its turn."""
_AGAIN_SECONDS: Final = 1.0
_FORGET_ABOVE: Final = 4096
_REST_SECONDS: Final = 0.25
_ANY: Final = 2**63 - 1

_log = structlog.get_logger()

IsUrgent = Callable[[RawUpdate], Awaitable[bool]]
"""Whether an update tells of a danger. Asked outside every transaction; may take as long as a text takes to be read."""


class Listening:
    """Asks about what waits in lanes, each update once, oldest first, the lanes in turn.

    It reads from the record, so that nothing has to be kept in memory for it, and what an earlier run left is heard, too.
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
        """``found`` hears of each urgent update that waits; ``speed`` is how fast waits pass, 1 but for drills."""
        self._store = store
        self._is_urgent = is_urgent
        self._found = found
        self._token = token
        self._speed = speed
        self._lanes: dict[str, int] = {}
        """Where to listen, and from which number on at the latest."""
        self._heard: dict[str, int] = {}
        """Of each lane the highest number that was asked about."""
        self._woken = asyncio.Event()

    def listen(self, lane: str, number: int = _ANY) -> None:
        """Something waits in this lane: the update with this number, which may be lower than what came before it."""
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
        self._heard.pop(lane, None)  # the newest last
        self._heard[lane] = waiting[-1].update.number if waiting else last
        if len(self._heard) > _FORGET_ABOVE:
            del self._heard[next(iter(self._heard))]  # what still waits there is asked about once more
        if len(waiting) == _AT_ONCE:
            self.listen(lane)

    async def _asked(self, lease: Lease) -> bool:
        """Half of the time at most, so that a flood is not listened to at the others' cost."""
        begun = time.monotonic()
        try:
            return await self._is_urgent(lease.update)
        except Exception as error:  # its own handling says what is wrong with it
            _log.error("listening.failed", update=lease.update.id, error=type(error).__name__)
            return False
        finally:
            await asyncio.sleep(min(_REST_SECONDS, time.monotonic() - begun))
