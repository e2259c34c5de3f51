"""A desk without a channel: real store, dispatcher and courier; a clock set by tests; a messenger that records."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from bot.delivery.courier import Courier
from bot.dispatch import Dispatcher
from bot.places import Place
from bot.ports import Delivery, DeliveryResult, Limits, OutboxRow
from bot.storage.store import SqliteStore
from handlers.engine import Engine
from handlers.model.actions import Say, ToResident
from handlers.model.buttons import DeskPress, ResidentPress
from handlers.model.events import Asked, DeskPressed, Pressed, Replied
from handlers.model.settings import Rules
from tests.small_faq import OPEN, knowledge


class StandingClock:
    """Moves only when told to."""

    def __init__(self, moment: datetime = OPEN) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


class RememberingMessenger:
    """Records what was sent; returns the given ``answers`` first, then success."""

    def __init__(self) -> None:
        self.sent: list[OutboxRow] = []
        self.answers: list[Delivery] = []
        self._numbers = itertools.count(1)

    async def perform(self, row: OutboxRow) -> Delivery:
        delivery = (
            self.answers.pop(0)
            if self.answers
            else Delivery(DeliveryResult.SENT, Place("desk", str(next(self._numbers))))
        )
        if delivery.result is DeliveryResult.SENT:
            self.sent.append(row)
        return delivery

    def slot(self, row: OutboxRow) -> None:
        del row

    def to(self, resident: str) -> list[str]:
        """The texts one resident has received."""
        return [
            row.action.text
            for row in self.sent
            if isinstance(row.action, Say) and row.action.to == ToResident(resident)
        ]


class DeskUnderTest:
    """One store and one engine, with short methods for what people do."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.clock = StandingClock()
        self.messenger = RememberingMessenger()
        self.dispatcher = Dispatcher(store, Engine(knowledge(), Rules()), self.clock, lambda _: None)
        self.courier = Courier(store, self.dispatcher.dispatch, desk="r")
        for channel in ("r", "tg"):
            self.courier.serve(channel, self.messenger, Limits())
        self._ids = (f"test:{number}" for number in itertools.count(1))

    async def says(self, text: str, resident: str = "r:1") -> str:
        """A resident writes; returns the last text they got."""
        await self.dispatcher.dispatch(Asked(id=next(self._ids), resident=resident, text=text))
        return await self._last(resident)

    async def presses(self, press: ResidentPress, resident: str = "r:1") -> str:
        await self.dispatcher.dispatch(Pressed(id=next(self._ids), resident=resident, press=press))
        return await self._last(resident)

    async def staff_presses(self, press: DeskPress, staff: str = "花子") -> str | None:
        toast = await self.dispatcher.dispatch(
            DeskPressed(id=next(self._ids), staff=staff, name=staff, press=press)
        )
        await self.courier.drain()
        return toast

    async def staff_replies(self, ticket: int, text: str, staff: str = "花子") -> str | None:
        event = Replied(id=next(self._ids), staff=staff, name=staff, ticket=ticket, text=text)
        toast = await self.dispatcher.dispatch(event)
        await self.courier.drain()
        return toast

    async def _last(self, resident: str) -> str:
        await self.courier.drain()
        received = self.messenger.to(resident)
        return received[-1] if received else ""
