"""The durable inbox: stored before it is confirmed, handled in order within a chat and side by side across chats."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from bot.ports import RawUpdate, Store

_BATCH: Final = 100
_TICK_SECONDS: Final = 1.0
_SIDE_BY_SIDE: Final = 8

_log = structlog.get_logger()

Handle = Callable[[RawUpdate], Awaitable[None]]


class Intake:
    """Takes updates in, and brings each to ``handle`` once it is safe on disk."""

    def __init__(self, store: Store, handle: Handle, on_failure: Handle) -> None:
        self._store = store
        self._handle = handle
        self._on_failure = on_failure
        self._woken = asyncio.Event()
        self._slots = asyncio.Semaphore(_SIDE_BY_SIDE)

    async def receive(self, updates: Sequence[RawUpdate]) -> int:
        """Durable on return: only then may the sender of the updates be told that they arrived."""
        new = await self._store.ingest(updates)
        if new:
            self._woken.set()
        return new

    async def run(self) -> None:
        """Work until cancelled; what a crash left behind is taken up first."""
        while True:
            self._woken.clear()
            try:
                if await self.work_off():
                    continue
            except Exception as error:
                _log.error("intake.failed", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _TICK_SECONDS)

    async def work_off(self) -> int:
        """Handle everything that waits now; how many that were."""
        waiting = await self._store.pending(_BATCH)
        lanes: dict[str, list[RawUpdate]] = {}
        for update in waiting:
            lanes.setdefault(update.lane, []).append(update)
        async with asyncio.TaskGroup() as group:
            for updates in lanes.values():
                group.create_task(self._serve(updates))
        return len(waiting)

    async def _serve(self, updates: Sequence[RawUpdate]) -> None:
        async with self._slots:
            for update in updates:
                error = ""
                try:
                    await self._handle(update)
                except Exception as fault:
                    error = type(fault).__name__
                    _log.error("intake.update_failed", update=update.id, error=error)
                    await self._apologise(update)
                await self._store.settle(update.id, error)

    async def _apologise(self, update: RawUpdate) -> None:
        try:
            await self._on_failure(update)
        except Exception as fault:
            _log.error("intake.apology_failed", update=update.id, error=type(fault).__name__)
