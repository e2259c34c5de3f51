"""Telegram as a channel: the bot, its groups, and the ways in and out, by polling or webhook."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.port import Core, Loop
from bot.channels.telegram.admission import Admission
from bot.channels.telegram.door import Door
from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.lookout import Lookout
from bot.channels.telegram.menus import set_commands
from bot.channels.telegram.names import CHANNEL
from bot.channels.telegram.outbound import TelegramMessenger
from bot.channels.telegram.poller import ALLOWED_UPDATES, Poller
from bot.channels.telegram.reach import reach
from bot.channels.telegram.receiving import TelegramReceiver
from bot.channels.telegram.ticks import tick
from bot.channels.telegram.transport import AiohttpRequest
from bot.channels.telegram.webhook import Webhook
from bot.errors import BotError, ConfigError, both
from bot.settings.settings import SECRET_VARIABLE, Settings
from handlers.model.delivery import GroupName

_log = structlog.get_logger()

_PORT_REMEDIES: Final = {
    errno.EADDRINUSE: "stop the program that has the port (ss -ltnp 'sport = :{port}' names it), or name another in config.yaml",
    errno.EADDRNOTAVAIL: "the address is not one of this machine's; use 127.0.0.1 or 0.0.0.0",
    errno.EACCES: "ports below 1024 are for root; use a higher one, and let the proxy forward to it",
}


class Telegram:
    """A :class:`bot.channels.port.DeskChannel`."""

    def __init__(self, settings: Settings) -> None:
        """Raises :class:`ConfigError` where a webhook has no secret."""
        if settings.webhook_url and not settings.webhook_secret:
            raise ConfigError(
                "telegram.webhook_url: "
                + both(
                    f"環境変数 {SECRET_VARIABLE} がありません。長い、でたらめな言葉を入れてください (openssl rand -hex 32)",
                    f"{SECRET_VARIABLE} is not set; put a long random word into it (openssl rand -hex 32)",
                )
            )
        self._settings = settings
        self._polling, sending = AiohttpRequest(connections=2), AiohttpRequest()
        self._bot = Bot(
            settings.token,
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=sending,
            get_updates_request=self._polling,
        )
        self._open = contextlib.AsyncExitStack()
        for request in (self._polling, sending):  # a bot that never reached Telegram does not close them
            self._open.push_async_callback(request.shutdown)
        self._open.push_async_callback(self._bot.shutdown)
        speed = settings.drill_speed
        self._desk = OurGroup(settings.desk_chat, name=GroupName.FACILITY, speed=speed)
        self._admins = OurGroup(settings.admin_chat, name=GroupName.ADMINS, speed=speed)
        self._ward = OurGroup(settings.ward_chat, name=GroupName.WARD, speed=speed)
        self.messenger = TelegramMessenger(self._bot, self._desk, self._admins, self._ward)
        self.name = CHANNEL
        self.limits = settings.limits
        self.drains = False

    async def open(self, core: Core) -> Loop:
        """Connect to Telegram and look at the groups. Raises :class:`BotError`: token refused, port taken."""
        bot, settings = self._bot, self._settings
        await self._follow_moves(core)
        lookout = Lookout(
            bot,
            (self._desk, self._ward, self._admins),
            core.dispatch,
            core.try_now,
            speed=settings.drill_speed,
        )
        receiver = TelegramReceiver(bot, self._desk, self._admins, self._ward, core, _met, lookout)
        door = Door(Admission(core.guard, core.withheld, core.now), core.inbox(receiver))
        if settings.webhook_url:
            await self._open_webhook(
                door
            )  # first, so that a taken port is reported before anything else is done
        await reach(bot, speed=settings.drill_speed)
        await lookout.look_at_all()
        desks = [group.chat for group in (self._desk, self._ward) if group.chat is not None]
        if failed := await set_commands(bot, desks, self._admins.chat):
            _log.warning("telegram.menus_not_set", menus=failed)  # the commands work without their menus
        if settings.desk_chat is None:
            _log.warning(
                "telegram.desk_chat_not_set",
                remedy="add the bot to the staff group; its id will be shown here",
            )
        _log.info("telegram.serving", bot=bot.username, revision=core.revision())
        poller = Poller(bot, self._polling, door, speed=settings.drill_speed)
        return partial(core.run_all, {"updates": partial(self._listen, poller), "lookout": lookout.run})

    async def close(self) -> None:
        """Close the webhook's port and all connections."""
        await self._open.aclose()

    async def say_straight(self, text: str) -> bool:
        """A text to the admins, or to the first desk that takes it."""
        return await self.messenger.say_straight(text)

    async def tick(self, place: str, arrived: bool) -> None:
        """Show staff at their own message that it arrived, or did not."""
        await tick(self._bot, place, arrived)

    async def _follow_moves(self, core: Core) -> None:
        """Use the new ids of groups that have moved since config.yaml was written, and record later moves."""
        moved, notes = await core.moved(), set[asyncio.Task[None]]()

        def on_moved(old: int, new: int) -> None:
            task = asyncio.create_task(core.note_moved(old, new))
            notes.add(task)
            task.add_done_callback(notes.discard)

        for group in (self._desk, self._admins, self._ward):
            group.follow(moved, on_moved)

    async def _open_webhook(self, door: Door) -> None:
        """Listen before Telegram learns the address; what arrives is stored at once and handled when the intake runs."""
        host, port = self._settings.webhook_host, self._settings.webhook_port
        path = urlsplit(self._settings.webhook_url).path or "/"
        server = Webhook(path, self._settings.webhook_secret, door, host, port)
        self._open.push_async_callback(server.stop)
        try:
            listening = await server.start()
        except OSError as error:
            raise BotError(
                f"telegram.webhook_listen: {host}:{port} cannot be listened on ({os.strerror(error.errno or 0)}); "
                + _PORT_REMEDIES.get(error.errno or 0, "name another address in config.yaml").format(
                    port=port
                )
            ) from error
        _log.info("telegram.webhook_listening", host=host, port=listening)

    async def _listen(self, poller: Poller) -> None:
        """Poll; or use the webhook where the operator has set its address."""
        if not self._settings.webhook_url:
            with contextlib.suppress(
                TelegramError
            ):  # while a webhook is still set, Telegram refuses every poll
                await self._bot.delete_webhook()
            await poller.run()
            return
        await self._bot.set_webhook(
            self._settings.webhook_url, allowed_updates=ALLOWED_UPDATES,
            secret_token=self._settings.webhook_secret, max_connections=100,
        )  # fmt: skip
        await asyncio.Event().wait()


def _met(chat: int, title: str) -> None:
    _log.warning("telegram.unknown_chat", chat=chat, kind=title,
                 remedy=f"if this is the desk, write `desk_chat: {chat}` under `telegram:` in config.yaml and restart")  # fmt: skip
