"""The one sender: drains the outbox in order, waits where it is told to, and says so when it must give up."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from typing import Final

import structlog

from bot.ports import Clock, Delivery, Dispatch, Messenger, OutboxRow, Result, Store
from handlers.actions import Say, ToResident, ToTicket
from handlers.events import DeliveryFailed

_BATCH: Final = 20
_TICK_SECONDS: Final = 1.0
_LONGEST_WAIT_SECONDS: Final = 60.0

_log = structlog.get_logger()


class Courier:
    """Sends what the outbox holds. No message leaves while a transaction is open."""

    def __init__(self, store: Store, messenger: Messenger, clock: Clock, dispatch: Dispatch) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._dispatch = dispatch
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There is something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled. A fault of ours is logged and tried again; the loop never dies of it."""
        while True:
            self._woken.clear()
            try:
                await self.drain()
            except Exception as error:
                _log.error("courier.failed", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _TICK_SECONDS)

    async def drain(self) -> None:
        """Send everything that is due now."""
        while rows := await self._store.due(self._clock.now(), _BATCH):
            waiting: set[object] = set()
            settled = 0
            for row in rows:
                address = _address(row)
                if address in waiting:
                    continue  # an earlier message to the same place has to go first
                if await self._send(row):
                    settled += 1
                else:
                    waiting.add(address)
            if not settled:
                return

    async def _send(self, row: OutboxRow) -> bool:
        try:
            delivery = await self._messenger.perform(row)
        except Exception as error:
            _log.error("courier.messenger_failed", row=row.id, error=type(error).__name__)
            delivery = Delivery(Result.RETRY, detail=type(error).__name__)
        match delivery.result:
            case Result.SENT:
                await self._store.mark_sent(row, delivery)
                return True
            case Result.RETRY:
                wait = delivery.retry_after or min(_LONGEST_WAIT_SECONDS, 2.0**row.attempts)
                await self._store.postpone(row, self._clock.now() + timedelta(seconds=wait), delivery.detail)
                _log.warning("courier.postponed", row=row.id, seconds=wait, detail=delivery.detail)
                return False
            case Result.UNREACHABLE:
                await self._store.give_up(row, delivery.detail)
                _log.warning("courier.unreachable", row=row.id, detail=delivery.detail)
                if isinstance(row.action, Say) and isinstance(row.action.to, ToResident):
                    failed = DeliveryFailed(
                        id=f"delivery:{row.id}", resident=row.action.to.resident, reason=delivery.detail
                    )
                    await self._dispatch(failed)
                return True
            case Result.REFUSED:
                await self._store.give_up(row, delivery.detail)
                _log.error("courier.refused", row=row.id, detail=delivery.detail)
                return True


def _address(row: OutboxRow) -> object:
    action = row.action
    return action.to if isinstance(action, Say) else ToTicket(action.ticket)
