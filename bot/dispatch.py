"""Handling one event: read its texts outside the transaction, then load, decide and store in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from bot.ports import Clock, Decided, Lease, OutboxRow, Store
from faq.readings import Readings, UnreadError
from handlers.engine import Engine
from handlers.model.events import Asked, Commanded, Edited, Event, SentMedia
from handlers.model.snapshot import Outcome, Snapshot

Wake = Callable[[Sequence[OutboxRow]], None]
"""Rows of the outbox are ready to be sent."""
_LETTER: Final = 400
"""From this many characters on, a text is read apart from short ones, so that these do not wait for it."""
_ROUNDS: Final = 3
"""How often an event's texts are read again because its ticket or talk changed meanwhile; after that, inside the
transaction.
"""


class Dispatcher:
    """Brings events to the engine and its decisions into the record. Sending is the courier's work."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        clock: Clock,
        wake: Wake,
        forgotten: Callable[[str], None] | None = None,
    ) -> None:
        """``forgotten`` is called with a resident whose data was erased."""
        self._store = store
        self._engine = engine
        self._clock = clock
        self._wake = wake
        self._forgotten = forgotten
        self._short, self._long = (
            ThreadPoolExecutor(1, thread_name_prefix=f"reading-{name}") for name in ("short", "long")
        )

    @property
    def engine(self) -> Engine:
        """The engine in use."""
        return self._engine

    def replace_engine(self, engine: Engine) -> None:
        """One assignment: an event is decided entirely by the old engine or entirely by the new one."""
        self._engine = engine

    async def dispatch(self, event: Event, leases: Sequence[Lease] = ()) -> str | None:
        """Handle one event once; returns the toast. A repeated event changes nothing."""
        decided = await self._decided(event, leases)
        if decided is None:
            return None
        outcome = decided.outcome
        if outcome.forget is not None and self._forgotten is not None:
            self._forgotten(outcome.forget)
        if decided.rows:
            self._wake(decided.rows)
        return outcome.toast

    async def _decided(self, event: Event, leases: Sequence[Lease]) -> Decided | None:
        """Decide in a transaction that searches nothing: readings that are missing are made outside it, and it
        starts again.
        """
        readings = Readings()
        engine = self._engine.with_readings(readings)
        if isinstance(event, Asked | Commanded | Edited | SentMedia):
            await self._read(event, partial(engine.prepare, event))
        seen: list[Snapshot] = []

        def handle(event: Event, snapshot: Snapshot) -> Outcome:
            seen.append(snapshot)
            return engine.handle(event, snapshot)

        for _ in range(_ROUNDS):
            readings.may_read = False
            try:
                return await self._store.decide(event, self._clock.now(), handle, leases)
            except UnreadError:
                readings.may_read = True
                await self._read(event, partial(engine.handle, event, seen[-1]))
        return await self._store.decide(event, self._clock.now(), engine.handle, leases)

    async def _read(self, event: Event, read: Callable[[], object]) -> None:
        place = self._long if len(getattr(event, "text", "")) > _LETTER else self._short
        await asyncio.get_running_loop().run_in_executor(place, read)
