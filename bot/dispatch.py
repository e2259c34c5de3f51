"""Gather, decide, keep: one event, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.ports import Clock, Lease, OutboxRow, Store
from handlers.engine import Engine
from handlers.model.events import Event

Wake = Callable[[Sequence[OutboxRow]], None]
"""Rows of the outbox want to be sent."""


class Dispatcher:
    """Brings events to the engine and what it decides into the record. Sending is the courier's work."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        clock: Clock,
        wake: Wake,
        forgotten: Callable[[str], None] | None = None,
    ) -> None:
        """``forgotten`` hears of a resident of whom nothing is kept any more."""
        self._store = store
        self._engine = engine
        self._clock = clock
        self._wake = wake
        self._forgotten = forgotten

    @property
    def engine(self) -> Engine:
        """What decides at the moment."""
        return self._engine

    def replace_engine(self, engine: Engine) -> None:
        """One assignment: an event is decided wholly by the old engine or wholly by the new one."""
        self._engine = engine

    async def dispatch(self, event: Event, leases: Sequence[Lease] = ()) -> str | None:
        """Handle one event, once; returns the toast. An event seen before changes nothing."""
        decided = await self._store.decide(event, self._clock.now(), self._engine.handle, leases)
        if decided is None:
            return None
        outcome = decided.outcome
        if outcome.forget is not None and self._forgotten is not None:
            self._forgotten(outcome.forget)
        if decided.rows:
            self._wake(decided.rows)
        return outcome.toast
