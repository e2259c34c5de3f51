"""The root opens and runs the given channels, and releases everything however it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.port import Core, Loop
from bot.errors import BotError
from bot.inbox.gathering import ReceivedText
from bot.ports import Lease, RawUpdate
from bot.root import serve
from bot.settings.settings import Settings, load
from bot.storage.store import SqliteStore
from handlers.model.actions import Say, ToResident
from handlers.model.events import Asked
from tests.fakes_channel import RememberingChannel
from tests.small_faq import TOKYO
from tests.updates import an_update


@pytest.fixture
def settings(home: Path) -> Settings:
    return replace(load(home / "config.yaml"), database=home / "bot.db")


async def is_free(settings: Settings) -> bool:
    """Whether nobody holds the record."""
    await (await SqliteStore.open(settings.database, label="test", zone=TOKYO)).close()
    return True


class AsksOnce(RememberingChannel):
    """One resident asks one question; the channel ends when it is answered."""

    async def open(self, core: Core) -> Loop:
        await super().open(core)
        return self._ask

    async def _ask(self) -> None:
        assert self.core is not None
        await self.core.dispatch(Asked(id="a:1", resident="r:1", text="白鳥ボート いくら"))
        while not self.messenger.to("r:1"):  # noqa: ASYNC110 - the messenger has no event for it
            await asyncio.sleep(0.02)


async def test_a_channel_that_is_over_has_been_answered_is_closed_and_the_record_is_free(
    settings: Settings,
) -> None:
    channel = AsksOnce()
    async with asyncio.timeout(30):
        await serve(settings, channel, label="test")
    assert len(channel.messenger.to("r:1")) == 1
    assert channel.is_closed
    assert await is_free(settings)


class CannotOpen(RememberingChannel):
    async def open(self, core: Core) -> Loop:
        raise BotError("the port is taken")


async def test_a_channel_that_cannot_open_ends_the_start_and_is_closed(settings: Settings) -> None:
    channel = CannotOpen()
    with pytest.raises(BotError, match="the port is taken"):
        await serve(settings, channel, label="test")
    assert channel.is_closed
    assert await is_free(settings)


async def test_a_channel_is_closed_where_no_faq_can_be_served(settings: Settings) -> None:
    (settings.faq_folder / "entries" / "ponds.yaml").write_text("x：", encoding="utf-8")
    channel = RememberingChannel()
    with pytest.raises(BotError):
        await serve(settings, channel, label="test")
    assert channel.core is None
    assert channel.is_closed
    assert await is_free(settings)


async def test_a_stop_closes_the_channel_and_frees_the_record(settings: Settings) -> None:
    channel = RememberingChannel()
    serving = asyncio.create_task(serve(settings, channel, label="test"))
    async with asyncio.timeout(30):
        while channel.core is None:  # noqa: ASYNC110 - opening has no event
            await asyncio.sleep(0.02)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert channel.is_closed
    assert await is_free(settings)


class NeverReached(RememberingChannel):
    async def open(self, core: Core) -> Loop:
        self.core = core
        await asyncio.Event().wait()
        raise AssertionError


class WithInbox(RememberingChannel):
    """Each update is a question of its lane; the channel ends when all are answered."""

    def __init__(self, name: str, bodies: Sequence[str], over: asyncio.Barrier | None = None) -> None:
        """``over``: wait until other channels have all their answers, too."""
        super().__init__(name=name)
        self.bodies = bodies
        self._over = over
        self.handled: list[str] = []

    async def open(self, core: Core) -> Loop:
        await super().open(core)
        self._receive = core.inbox(self)
        return self._brings

    async def _brings(self) -> None:
        who = f"{self.name}:1"
        await self._receive(
            [an_update(number, who, body, self.name) for number, body in enumerate(self.bodies, 1)]
        )
        while len(self.messenger.to(who)) < len(self.bodies):  # noqa: ASYNC110 - the messenger has no event for it
            await asyncio.sleep(0.02)
        if self._over is not None:
            await self._over.wait()

    async def handle(self, leases: Sequence[Lease]) -> bool:
        assert self.core is not None
        (lease,) = leases
        update = lease.update
        self.handled.append(update.id)
        await self.core.dispatch(Asked(id=update.id, resident=update.lane, text=update.body), leases)
        return True

    async def set_aside(self, lease: Lease, fault: str) -> None:
        raise AssertionError(fault)

    async def slowed(self, lease: Lease) -> None:
        raise AssertionError

    def piece_of(self, update: RawUpdate) -> ReceivedText | None:
        return None

    def words_of(self, update: RawUpdate) -> str:
        return update.body


async def test_a_channel_that_cannot_be_reached_holds_up_no_other(settings: Settings) -> None:
    desk, web = NeverReached(name="tg"), WithInbox("web", ["白鳥ボート いくら", "白鳥ボート 登録"])
    async with asyncio.timeout(30):
        await serve(settings, desk, [web], label="test")
    assert web.handled == ["web:1", "web:2"]
    assert desk.messenger.sent == []
    assert desk.is_closed
    assert web.is_closed


async def test_updates_with_the_same_numbers_go_each_to_the_channel_that_brought_them(
    settings: Settings,
) -> None:
    answered = asyncio.Barrier(2)
    desk, web = (WithInbox(name, ["白鳥ボート いくら"] * 3, answered) for name in ("tg", "web"))
    async with asyncio.timeout(30):
        await serve(settings, desk, [web], label="test")
    for channel in (desk, web):
        assert channel.handled == [f"{channel.name}:{number}" for number in (1, 2, 3)]
        assert {row.action.to for row in channel.messenger.sent if isinstance(row.action, Say)} == {
            ToResident(f"{channel.name}:1")
        }
