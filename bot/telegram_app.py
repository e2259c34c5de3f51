"""Telegram put together: intake by polling or webhook, courier, reload and clock side by side."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.channels.telegram.admission import Admission
from bot.channels.telegram.menus import set_commands
from bot.channels.telegram.outbound import Group, TelegramMessenger
from bot.channels.telegram.poller import ALLOWED_UPDATES, Poller
from bot.channels.telegram.routes import TelegramChannel
from bot.channels.telegram.transport import AiohttpRequest
from bot.channels.telegram.webhook import WebhookServer, application
from bot.clock import TOKYO
from bot.config import SECRET_VARIABLE, Settings
from bot.errors import BotError, ConfigError
from bot.intake import Intake
from bot.machine import Machine, until_stopped
from bot.storage.store import SqliteStore
from handlers.actions import Action

_log = structlog.get_logger()


async def serve(settings: Settings) -> None:
    """Serve until stopped. Raises :class:`BotError` where starting is pointless (token, database, FAQ)."""
    if settings.webhook_url and not settings.webhook_secret:
        raise ConfigError(
            f"telegram.webhook_url is set, but {SECRET_VARIABLE} is not; put a long random word into it"
        )
    polling = AiohttpRequest(connections=2)
    bot = Bot(
        settings.token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=polling,
    )
    store = await SqliteStore.open(settings.database, label="madoguchi run", zone=TOKYO)
    try:
        desk, admins, ward = await _groups(settings, store)

        async def ticked(place: str, arrived: bool) -> None:
            await channel.tick(place, arrived)

        machine = Machine(settings, store, TelegramMessenger(bot, desk, admins, ward), ticked)
        await _start(bot)
        for group in (desk, ward):
            await _look_at(bot, group)

        async def put_out(actions: Sequence[Action]) -> None:
            machine.courier.wake(await store.put_out(actions, machine.clock.now()))

        channel = TelegramChannel(
            bot, desk, admins, ward, machine.dispatcher.dispatch, put_out, machine.guard, machine.withheld,
            machine.clock.now, _met, lambda _: machine.reload(),
        )  # fmt: skip
        desks = [group.chat for group in (desk, ward) if group.chat is not None]
        if failed := await set_commands(
            bot, desks, admins.chat
        ):  # menus are a comfort: serving goes on without them
            _log.warning("telegram.menus_not_set", menus=failed)
        intake = Intake(
            store, channel.handle, channel.set_aside, token=uuid.uuid4().hex,
            per_minute=settings.messages_per_minute, speed=settings.drill_speed,
        )  # fmt: skip
        admission = Admission(
            machine.guard, lambda resident, text: machine.withheld.hold(resident, text, machine.clock.now())
        )
        if settings.desk_chat is None:
            _log.warning(
                "telegram.desk_chat_not_set",
                remedy="add the bot to the staff group; its id will be shown here",
            )
        _log.info("telegram.serving", bot=bot.username, revision=machine.knowledge.revision)
        await until_stopped(
            _listen(settings, bot, polling, admission, intake),
            intake.run(),
            machine.courier.run(),
            machine.watch(),
            machine.tick(),
        )
    finally:
        await store.close()
        await bot.shutdown()
    _log.info("telegram.stopped")


async def _groups(settings: Settings, store: SqliteStore) -> tuple[Group, Group, Group]:
    """The desk's, the admins' and the ward's; where one has moved since config.yaml was written, its new id."""
    moved, notes = await store.moved(), set[asyncio.Task[None]]()

    def on_moved(old: int, new: int) -> None:
        task = asyncio.create_task(store.note_moved(old, new))
        notes.add(task)
        task.add_done_callback(notes.discard)

    def group(chat: int | None) -> Group:
        ids = {chat}
        while chat in moved:
            chat = moved[chat]
            ids.add(chat)
        found = Group(chat, on_moved)
        found.ids |= ids
        return found

    return group(settings.desk_chat), group(settings.admin_chat), group(settings.ward_chat)


async def _listen(
    settings: Settings, bot: Bot, polling: AiohttpRequest, admission: Admission, intake: Intake
) -> None:
    """Polling by default; the webhook where the operator has set its address."""
    if not settings.webhook_url:
        with contextlib.suppress(TelegramError):  # a webhook of old would refuse every poll
            await bot.delete_webhook()
        await Poller(bot, polling, admission, intake.receive).run()
        return
    path = urlsplit(settings.webhook_url).path or "/"
    app = application(path, settings.webhook_secret, admission, intake.receive)
    server = WebhookServer(app, settings.webhook_host, settings.webhook_port)
    port = await server.start()
    try:
        await bot.set_webhook(
            settings.webhook_url, allowed_updates=ALLOWED_UPDATES, secret_token=settings.webhook_secret,
            max_connections=100,
        )  # fmt: skip
        _log.info("telegram.webhook_listening", host=settings.webhook_host, port=port)
        await asyncio.Event().wait()
    finally:
        await server.stop()


async def _start(bot: Bot) -> None:
    try:
        await bot.initialize()
    except InvalidToken:
        raise BotError(
            "Telegram does not accept the token; copy it again from @BotFather into MADOGUCHI_TELEGRAM_TOKEN"
        ) from None
    except NetworkError as error:
        raise BotError(
            f"Telegram cannot be reached ({type(error).__name__}); check the connection to the internet and start again"
        ) from None


async def _look_at(bot: Bot, desk: Group) -> None:
    """Whether the desk has topics; without an answer it is treated as a plain group."""
    if desk.chat is None:
        return
    try:
        desk.is_forum = bool((await bot.get_chat(desk.chat)).is_forum)
    except TelegramError as error:
        _log.warning("telegram.desk_not_seen", error=type(error).__name__,
                     remedy="add the bot to the staff group as an administrator")  # fmt: skip


def _met(chat: int, title: str) -> None:
    _log.warning("telegram.unknown_chat", chat=chat, kind=title,
                 remedy=f"if this is the desk, write `desk_chat: {chat}` under `telegram:` in config.yaml and restart")  # fmt: skip
