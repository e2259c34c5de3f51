"""The composition root: builds every part over one record, opens the given channels, and stops everything."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from bot.alarms import Alarms
from bot.channels.port import Channel, Core, DeskChannel, Loop, Receive, Receiver
from bot.delivery.courier import Courier
from bot.dispatch import Dispatcher
from bot.inbox.intake import Intake
from bot.inbox.withheld import Withheld
from bot.knowledge.editions import Editions
from bot.knowledge.offline import clock_of, keeper_of, library_of
from bot.knowledge.serving import Serving
from bot.orders import Orders
from bot.ports import Delivery, DeliveryResult, OutboxRow, RawUpdate
from bot.settings.settings import Settings
from bot.storage.store import SqliteStore
from bot.supervise import side_by_side, supervised
from bot.upkeep import Upkeep
from handlers.engine import Engine
from handlers.model.actions import Action, Erase, Relay, Say
from handlers.privacy.personal_data import Guard
from handlers.resident import own_data


async def serve(
    settings: Settings,
    desk: DeskChannel,
    others: Sequence[Channel] = (),
    *,
    label: str,
    database: Path | None = None,
) -> None:
    """Serve until a channel ends, or until cancelled. ``label`` tells other processes who holds the record.

    ``database`` overrides the settings' own. Raises :class:`BotError` where starting is pointless.
    """
    path = database or settings.database
    async with contextlib.AsyncExitStack() as stack:
        store = await SqliteStore.open(path, label=label, zone=clock_of(settings).zone)
        stack.push_async_callback(store.close)
        for channel in (desk, *others):
            stack.push_async_callback(channel.close)
        root = Root(settings, store, desk, others, database=path)
        stack.push_async_callback(
            root.alarms.end
        )  # before the desk's channel closes, which sends the last alarms
        await root.run()


class Root:
    """Every part, connected."""

    def __init__(
        self,
        settings: Settings,
        store: SqliteStore,
        desk: DeskChannel,
        others: Sequence[Channel] = (),
        *,
        database: Path | None = None,
    ) -> None:
        """``database`` is the file of ``store`` where it is not the settings' own.

        Raises :class:`LibraryError` where no FAQ can be served.
        """
        self._settings = settings
        self._speed = settings.drill_speed
        self._store = store
        self._desk = desk
        self._channels = (desk, *others)
        self._is_open = asyncio.Event()
        """Set once a channel is open."""
        self.alarms = Alarms(desk.say_straight, speed=self._speed)
        store.on_trouble(self.alarms.trouble)
        clock = self._clock = clock_of(settings)
        editions = Editions(library_of(settings, clock), keeper_of(settings), clock.now)
        knowledge = editions.first()
        self._guard = Guard(knowledge.directory.phones())
        self._withheld = Withheld()
        engine = Engine(knowledge, settings.rules)
        self.dispatcher = Dispatcher(store, engine, clock, self._wake, self._on_forgotten)
        dispatch = self.dispatcher.dispatch
        self.serving = Serving(
            editions, knowledge, settings.rules, self.dispatcher, self._guard, self.alarms.say
        )
        self._orders = Orders(database or settings.database, dispatch)
        self._upkeep = Upkeep(store, dispatch, clock, settings.rules.retention, speed=self._speed)
        self.courier = Courier(store, dispatch, desk=desk.name, speed=self._speed, after=self._after)

    async def run(self) -> None:
        """Run until a channel ends, or until cancelled. A channel that cannot be reached does not delay the others."""
        await side_by_side([*(self._serve(channel) for channel in self._channels), self._keep_up()])

    async def _serve(self, channel: Channel) -> None:
        intakes: list[Intake] = []
        run = await channel.open(self._core(channel, intakes))
        await self._orders.take()  # orders given while nothing ran apply from the first answer on
        self.courier.serve(channel.name, channel.messenger, channel.limits)
        self._is_open.set()
        taking_in = [self._run_all({"intake": intake.run}) for intake in intakes]
        await side_by_side([run(), *taking_in])

    async def _keep_up(self) -> None:
        """The loops that belong to no channel; they begin with the first channel that is open."""
        await self._is_open.wait()
        loops: dict[str, Loop] = {
            "watch": self.serving.watch,
            "tick": self._upkeep.tick,
            "retain": self._upkeep.retain,
            "wipe": self._upkeep.wipe,
            "orders": self._orders.run,
            "alarms": self.alarms.run,
        }
        if not all(channel.drains for channel in self._channels):
            loops["courier"] = self.courier.run
        await self._run_all(loops)

    async def _run_all(self, loops: Mapping[str, Loop]) -> None:
        fault = self.alarms.loop_failed
        await side_by_side([supervised(name, loop, fault, speed=self._speed) for name, loop in loops.items()])

    def _core(self, channel: Channel, intakes: list[Intake]) -> Core:
        return Core(
            dispatch=self.dispatcher.dispatch,
            put_out=self._put_out,
            drain=self.courier.drain,
            inbox=partial(self._inbox, channel, intakes),
            guard=self._guard,
            withheld=self._withheld,
            now=self._clock.now,
            on_admin_command=self.serving.on_admin_command,
            try_now=self.courier.try_now,
            moved=self._store.moved,
            note_moved=self._store.note_moved,
            revision=lambda: self.serving.knowledge.revision,
            run_all=self._run_all,
        )

    def _inbox(self, channel: Channel, intakes: list[Intake], receiver: Receiver) -> Receive:
        intake = Intake(
            self._store, receiver.handle, receiver.set_aside, channel=channel.name, token=uuid.uuid4().hex,
            clock=lambda: self._clock.now().timestamp(), piece_of=receiver.piece_of,
            per_minute=self._settings.messages_per_minute, speed=self._speed,
            is_urgent=partial(self._is_urgent, receiver), on_slowed=receiver.slowed,
        )  # fmt: skip
        intakes.append(intake)
        return intake.receive

    async def _is_urgent(self, receiver: Receiver, update: RawUpdate) -> bool:
        text = receiver.words_of(update)
        return bool(text) and bool(await asyncio.to_thread(self.dispatcher.engine.knowledge.danger_in, text))

    async def _put_out(self, actions: Sequence[Action]) -> None:
        self.courier.wake(await self._store.put_out(actions, self._clock.now()))

    def _wake(self, rows: Sequence[OutboxRow]) -> None:
        self.courier.wake(rows)

    def _on_forgotten(self, resident: str) -> None:
        """Drop what waits in memory for a forgotten resident; the confirmation to them is still sent."""
        self._withheld.drop(resident)
        self.courier.reread()
        self._upkeep.wipe_soon()

    async def _after(self, row: OutboxRow, delivery: Delivery) -> None:
        """A message was sent or given up: show its tick, and leave no trace of a confirmation to somebody forgotten."""
        action = row.action
        if isinstance(action, Erase) and delivery.left and action.resident:
            await self._put_out(own_data.not_all(action, delivery.left))
        if isinstance(action, Erase) or (isinstance(action, Say) and action.is_last):
            self._upkeep.wipe_soon()
        if isinstance(action, (Say, Relay)) and action.tick:
            await self._desk.tick(action.tick, delivery.result is DeliveryResult.SENT)
        if isinstance(action, Say) and action.cross:
            await self._desk.tick(action.cross, False)
