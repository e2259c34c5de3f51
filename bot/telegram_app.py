"""Telegram put together: poller, intake, courier, reload and clock side by side."""

from __future__ import annotations

import structlog
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.inbound import Roles
from bot.channels.telegram.outbound import TelegramMessenger
from bot.channels.telegram.poller import Poller
from bot.channels.telegram.routes import TelegramChannel
from bot.clock import TOKYO
from bot.config import Settings
from bot.errors import BotError
from bot.intake import Intake
from bot.machine import Machine, until_stopped
from bot.storage.store import SqliteStore

_log = structlog.get_logger()


async def serve(settings: Settings) -> None:
    """Serve until stopped. Raises :class:`BotError` where starting is pointless (token, database, FAQ)."""
    polling = HTTPXRequest(connection_pool_size=2)
    bot = Bot(settings.token, request=HTTPXRequest(connection_pool_size=16), get_updates_request=polling)
    store = await SqliteStore.open(settings.database, label="madoguchi run", zone=TOKYO)
    try:
        machine = Machine(settings, store, TelegramMessenger(bot, settings.desk_chat, settings.admin_chat))
        await _start(bot)
        channel = TelegramChannel(
            bot,
            Roles(settings.desk_chat, settings.admin_chat),
            machine.dispatcher.dispatch,
            machine.guard,
            machine.withheld,
            machine.clock.now,
            _met,
            lambda _: machine.reload(),
        )
        await _menus(channel)
        intake = Intake(store, channel.handle, channel.apologise)
        poller = Poller(
            bot, polling, machine.guard, intake.receive,
            lambda resident, text: machine.withheld.hold(resident, text, machine.clock.now()),
        )  # fmt: skip
        if settings.desk_chat is None:
            _log.warning(
                "telegram.desk_chat_not_set",
                remedy="add the bot to the staff group; its id will be shown here",
            )
        _log.info("telegram.serving", bot=bot.username, revision=machine.knowledge.revision)
        await until_stopped(
            poller.run(), intake.run(), machine.courier.run(), machine.watch(), machine.tick()
        )
    finally:
        await store.close()
        await bot.shutdown()
    _log.info("telegram.stopped")


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


async def _menus(channel: TelegramChannel) -> None:
    try:
        await channel.set_commands()
    except TelegramError as error:  # menus are a comfort: serving goes on without them
        _log.warning("telegram.menus_not_set", error=type(error).__name__)


def _met(chat: int, title: str) -> None:
    _log.warning("telegram.unknown_chat", chat=chat, kind=title,
                 remedy=f"if this is the desk, write `desk_chat: {chat}` under `telegram:` in config.yaml and restart")  # fmt: skip
