"""The root opens what it is handed, runs it, and gives everything back, however it ends."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.port import Core, Loop
from bot.clock import TOKYO
from bot.errors import BotError
from bot.root import serve
from bot.settings.settings import Settings, load
from bot.storage.store import SqliteStore
from handlers.model.events import Asked
from tests.fakes_channel import RememberingChannel


@pytest.fixture
def settings(home: Path) -> Settings:
    return replace(load(home / "config.yaml"), database=home / "bot.db")


async def is_free(settings: Settings) -> bool:
    """Whether nobody holds the record."""
    await (await SqliteStore.open(settings.database, label="test", zone=TOKYO)).close()
    return True


class AsksOnce(RememberingChannel):
    """One resident asks one thing, and the channel is over when it was answered."""

    async def open(self, core: Core) -> Loop:
        await super().open(core)
        return self._ask

    async def _ask(self) -> None:
        assert self.core is not None
        await self.core.dispatch(Asked(id="a:1", resident="r:1", text="白鳥ボート いくら"))
        while not self.messenger.to("r:1"):  # noqa: ASYNC110 - the messenger tells nobody
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
        while channel.core is None:  # noqa: ASYNC110 - the channel is opened when it is, there is no event
            await asyncio.sleep(0.02)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert channel.is_closed
    assert await is_free(settings)
