"""Everything that runs behind a channel, on one database: knowledge, dispatcher, courier, reload and clock."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import structlog

from bot.alarms import Alarms
from bot.clock import SystemClock
from bot.delivery.courier import Courier
from bot.dispatch import Dispatcher
from bot.inbox.withheld import Withheld
from bot.knowledge.editions import Editions
from bot.knowledge.offline import keeper_of, library_of
from bot.orders import Orders
from bot.ports import Delivery, DeliveryResult, Messenger, OutboxRow, Store, StoreUnavailableError
from bot.settings.settings import Settings
from bot.supervise import supervised
from faq.knowledge import KnowledgeBase
from handlers.engine import Engine
from handlers.model.actions import Erase, Relay, Say
from handlers.model.delivery_events import DeliveriesChecked
from handlers.model.events import KnowledgeRejected, KnowledgeReloaded, SwitchesChecked, TimePassed
from handlers.privacy.personal_data import Guard
from handlers.resident import own_data
from handlers.wording import admin

_WIPE_AGAIN_SECONDS: Final = 0.5
_TICK_SECONDS: Final = 30.0
_log = structlog.get_logger()

Ticked = Callable[[str, bool], Awaitable[None]]
"""Show at a message of staff (the channel's name of it) whether it arrived."""


class Machine:
    """Everything that runs behind a channel, on one database."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        messenger: Messenger,
        ticked: Ticked | None = None,
        alarms: Alarms | None = None,
        *,
        database: Path | None = None,
    ) -> None:
        """``database`` is the file of ``store`` where that is not the settings' own.

        ``ticked`` shows staff that their message arrived, or did not; ``alarms`` say what is wrong with the machine.
        """
        self.alarms = alarms or Alarms(speed=settings.drill_speed)
        store.on_trouble(self.alarms.trouble)
        self.clock = SystemClock()
        self.library = library_of(settings, self.clock)
        self._rules = settings.rules
        self._speed = settings.drill_speed
        self._retained_on: date | None = None
        self._editions = Editions(self.library, keeper_of(settings), self.clock.now)
        self.knowledge = self._editions.first()
        self.guard = Guard(self.knowledge.directory.phones())
        self.withheld = Withheld()
        self._store = store
        self._is_to_wipe = asyncio.Event()
        self._is_to_wipe.set()  # what an earlier run erased may still stand in the log
        self._ticked = ticked
        engine = Engine(self.knowledge, settings.rules)
        self.dispatcher = Dispatcher(store, engine, self.clock, self._wake, self._on_forgotten)
        self.orders = Orders(database or settings.database, self.dispatcher.dispatch)
        self.courier = Courier(
            store,
            messenger,
            self.dispatcher.dispatch,
            settings.limits,
            speed=settings.drill_speed,
            after=self._after,
        )

    def _wake(self, rows: Sequence[OutboxRow]) -> None:
        self.courier.wake(rows)

    def _on_forgotten(self, resident: str) -> None:
        """What waits for them in memory goes, too; the last word to them is still sent."""
        self.withheld.drop(resident)
        self.courier.reread()
        self._is_to_wipe.set()

    async def _after(self, row: OutboxRow, delivery: Delivery) -> None:
        """A message has left, or never will: its tick is shown; the last word to somebody forgotten leaves no trace."""
        action = row.action
        if isinstance(action, Erase) and delivery.left and action.resident:
            self.courier.wake(
                await self._store.put_out(own_data.not_all(action, delivery.left), self.clock.now())
            )
        if isinstance(action, Erase) or (isinstance(action, Say) and action.is_last):
            self._is_to_wipe.set()
        if self._ticked is not None and isinstance(action, (Say, Relay)) and action.tick:
            await self._ticked(action.tick, delivery.result is DeliveryResult.SENT)
        if self._ticked is not None and isinstance(action, Say) and action.cross:
            await self._ticked(action.cross, False)

    def loops(self) -> list[Coroutine[Any, Any, None]]:
        """What runs beside a channel, each until cancelled, whatever happens to the others."""
        return [
            self.supervised("watch", self.watch),
            self.supervised("tick", self.tick),
            self.supervised("retain", self.retain),
            self.supervised("wipe", self.wipe),
            self.supervised("orders", self.orders.run),
            self.supervised("alarms", self.alarms.run),
        ]

    async def supervised(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """A loop that goes on after its faults, of which the admins hear."""
        await supervised(name, work, self.alarms.loop_failed, speed=self._speed)

    async def watch(self) -> None:
        """Hot reload, until cancelled."""
        await self._editions.watch(self._swap, self._tell)

    async def tick(self) -> None:
        """The clock's events, until cancelled."""
        while True:
            await asyncio.sleep(_TICK_SECONDS / self._speed)
            await self.dispatcher.dispatch(TimePassed(id=f"tick:{uuid.uuid4()}"))
            await self.dispatcher.dispatch(DeliveriesChecked(id=f"checked:{uuid.uuid4()}"))
            await self.dispatcher.dispatch(SwitchesChecked(id=f"switches:{uuid.uuid4()}"))

    async def retain(self) -> None:
        """Once a day what has been kept for long enough is erased."""
        while True:
            today = self.clock.now().date()
            if today != self._retained_on:
                await self._store.retain(self._rules.retention, self.clock.now())
                self._retained_on = today
            await asyncio.sleep(_TICK_SECONDS / self._speed)

    async def wipe(self) -> None:
        """Whenever somebody was forgotten, the log of changes is emptied, as often as it takes: a reader may hold it."""
        while True:
            await self._is_to_wipe.wait()
            self._is_to_wipe.clear()
            if not await self._store.wipe_log():
                self._is_to_wipe.set()
                await asyncio.sleep(_WIPE_AGAIN_SECONDS)

    async def on_admin_command(self, command: str) -> str:
        """``reload``: judge now and let a folder without errors serve; anything else: judge, and change nothing."""
        if command == "reload":
            return await self._editions.reload(self._swap)
        return await self._editions.check()

    async def _tell(self, event: KnowledgeReloaded | KnowledgeRejected) -> None:
        """The admins hear of it, straight where the record cannot be written."""
        try:
            await self.dispatcher.dispatch(event)
        except StoreUnavailableError:
            told = admin.rejected(event) if isinstance(event, KnowledgeRejected) else admin.reloaded(event)
            self.alarms.say("faq", told)

    def _swap(self, knowledge: KnowledgeBase) -> tuple[str, ...]:
        before = self.knowledge.entries
        changed = [i for i, entry in knowledge.entries.items() if before.get(i) != entry]
        changed += [i for i in before if i not in knowledge.entries]
        windows = self.knowledge.directory.windows
        changed += [
            f"窓口 {i}" for i, window in knowledge.directory.windows.items() if windows.get(i) != window
        ]
        changed += [f"窓口 {i}" for i in windows if i not in knowledge.directory.windows]
        self.knowledge = knowledge
        self.guard.know(knowledge.directory.phones())
        self.dispatcher.replace_engine(Engine(knowledge, self._rules))
        return tuple(changed)
