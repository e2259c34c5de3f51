"""Telegram put together: intake by polling or webhook, courier, reload and clock side by side."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.alarms import Alarms
from bot.channels.telegram.admission import Admission
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.door import Door
from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.joining import piece_of
from bot.channels.telegram.lookout import Lookout
from bot.channels.telegram.menus import set_commands
from bot.channels.telegram.outbound import TelegramMessenger
from bot.channels.telegram.poller import ALLOWED_UPDATES, Poller
from bot.channels.telegram.reach import reach
from bot.channels.telegram.transport import AiohttpRequest
from bot.channels.telegram.urgent import words_of
from bot.channels.telegram.webhook import Webhook
from bot.clock import TOKYO
from bot.errors import BotError, ConfigError, both
from bot.inbox.intake import Intake
from bot.ports import RawUpdate
from bot.runtime import Machine
from bot.settings.settings import SECRET_VARIABLE, Settings
from bot.storage.store import SqliteStore
from bot.supervise import side_by_side, until_stopped
from handlers.model.actions import Action
from handlers.model.delivery import GroupName

_log = structlog.get_logger()

_PORT_REMEDIES: Final = {
    errno.EADDRINUSE: "stop the program that has the port (ss -ltnp 'sport = :{port}' names it), or name another in config.yaml",
    errno.EADDRNOTAVAIL: "the address is not one of this machine's; use 127.0.0.1 or 0.0.0.0",
    errno.EACCES: "ports below 1024 are for root; use a higher one, and let the proxy forward to it",
}


async def serve(settings: Settings) -> None:
    """Serve until stopped. Raises :class:`BotError` where starting is pointless (token, database, FAQ, port)."""
    if settings.webhook_url and not settings.webhook_secret:
        raise ConfigError(
            "telegram.webhook_url: "
            + both(
                f"環境変数 {SECRET_VARIABLE} がありません。長い、でたらめな言葉を入れてください (openssl rand -hex 32)",
                f"{SECRET_VARIABLE} is not set; put a long random word into it (openssl rand -hex 32)",
            )
        )
    await until_stopped(_serve(settings))
    _log.info("telegram.stopped")


async def _serve(settings: Settings) -> None:
    polling, sending = AiohttpRequest(connections=2), AiohttpRequest()
    bot = Bot(
        settings.token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=sending,
        get_updates_request=polling,
    )
    async with contextlib.AsyncExitStack() as stack:
        store = await SqliteStore.open(settings.database, label="madoguchi run", zone=TOKYO)
        stack.push_async_callback(store.close)
        for request in (polling, sending):  # a bot that has never reached Telegram does not close them
            stack.push_async_callback(request.shutdown)
        stack.push_async_callback(bot.shutdown)
        desk, admins, ward = await _groups(settings, store)

        async def ticked(place: str, arrived: bool) -> None:
            await channel.tick(place, arrived)

        messenger = TelegramMessenger(bot, desk, admins, ward)
        alarms = Alarms(messenger.say_straight, speed=settings.drill_speed)
        stack.push_async_callback(alarms.end)  # before the bot's connections are closed
        machine = Machine(settings, store, messenger, ticked, alarms)
        lookout = Lookout(
            bot,
            (desk, ward, admins),
            machine.dispatcher.dispatch,
            machine.courier.try_now,
            speed=settings.drill_speed,
        )

        async def put_out(actions: Sequence[Action]) -> None:
            machine.courier.wake(await store.put_out(actions, machine.clock.now()))

        channel = TelegramChannel(
            bot, desk, admins, ward, machine.dispatcher.dispatch, put_out, machine.guard, machine.withheld,
            machine.clock.now, _met, machine.on_admin_command, lookout,
        )  # fmt: skip

        async def is_urgent(update: RawUpdate) -> bool:
            text = words_of(update)
            heard = machine.dispatcher.engine.knowledge.danger_in
            return bool(text) and bool(await asyncio.to_thread(heard, text))

        intake = Intake(
            store, channel.handle, channel.set_aside, token=uuid.uuid4().hex,
            clock=lambda: machine.clock.now().timestamp(), piece_of=piece_of,
            per_minute=settings.messages_per_minute, speed=settings.drill_speed,
            is_urgent=is_urgent, on_slowed=channel.slowed,
        )  # fmt: skip
        admission = Admission(machine.guard, machine.withheld, machine.clock.now)
        door = Door(admission, intake.receive)
        if settings.webhook_url:
            await _open_webhook(settings, door, stack)  # a port that is taken is told before anything else
        await reach(bot, speed=settings.drill_speed)
        await machine.orders.take()  # what was ordered while nothing ran holds from the first answer on
        await lookout.look_at_all()
        desks = [group.chat for group in (desk, ward) if group.chat is not None]
        if failed := await set_commands(bot, desks, admins.chat):  # the commands work without their menus
            _log.warning("telegram.menus_not_set", menus=failed)
        if settings.desk_chat is None:
            _log.warning(
                "telegram.desk_chat_not_set",
                remedy="add the bot to the staff group; its id will be shown here",
            )
        _log.info("telegram.serving", bot=bot.username, revision=machine.knowledge.revision)
        poller = Poller(bot, polling, door, speed=settings.drill_speed)
        await side_by_side(
            [
                machine.supervised("updates", partial(_listen, settings, bot, poller)),
                machine.supervised("intake", intake.run),
                machine.supervised("courier", machine.courier.run),
                machine.supervised("lookout", lookout.run),
                *machine.loops(),
            ]
        )


async def _groups(settings: Settings, store: SqliteStore) -> tuple[OurGroup, OurGroup, OurGroup]:
    """The desk's, the admins' and the ward's; where one has moved since config.yaml was written, its new id."""
    moved, notes = await store.moved(), set[asyncio.Task[None]]()

    def on_moved(old: int, new: int) -> None:
        task = asyncio.create_task(store.note_moved(old, new))
        notes.add(task)
        task.add_done_callback(notes.discard)

    def group(chat: int | None, name: GroupName) -> OurGroup:
        ids = {chat}
        while chat in moved:
            chat = moved[chat]
            ids.add(chat)
        found = OurGroup(chat, on_moved, name=name, speed=settings.drill_speed)
        found.ids |= ids
        return found

    return (
        group(settings.desk_chat, GroupName.FACILITY),
        group(settings.admin_chat, GroupName.ADMINS),
        group(settings.ward_chat, GroupName.WARD),
    )


async def _open_webhook(settings: Settings, door: Door, stack: contextlib.AsyncExitStack) -> None:
    """Listen before Telegram is told where; what arrives is kept at once and handled when the intake runs."""
    host, port = settings.webhook_host, settings.webhook_port
    path = urlsplit(settings.webhook_url).path or "/"
    server = Webhook(path, settings.webhook_secret, door, host, port)
    stack.push_async_callback(server.stop)
    try:
        listening = await server.start()
    except OSError as error:
        raise BotError(
            f"telegram.webhook_listen: {host}:{port} cannot be listened on ({os.strerror(error.errno or 0)}); "
            + _PORT_REMEDIES.get(error.errno or 0, "name another address in config.yaml").format(port=port)
        ) from error
    _log.info("telegram.webhook_listening", host=host, port=listening)


async def _listen(settings: Settings, bot: Bot, poller: Poller) -> None:
    """Polling by default; the webhook where the operator has set its address."""
    if not settings.webhook_url:
        with contextlib.suppress(TelegramError):  # a webhook of old would refuse every poll
            await bot.delete_webhook()
        await poller.run()
        return
    await bot.set_webhook(
        settings.webhook_url, allowed_updates=ALLOWED_UPDATES, secret_token=settings.webhook_secret,
        max_connections=100,
    )  # fmt: skip
    await asyncio.Event().wait()


def _met(chat: int, title: str) -> None:
    _log.warning("telegram.unknown_chat", chat=chat, kind=title,
                 remedy=f"if this is the desk, write `desk_chat: {chat}` under `telegram:` in config.yaml and restart")  # fmt: skip
