"""Minimal echo bots for comparison, which store nothing. ``python benchmarks/echoes.py KIND API_URL PORT``

A message is answered by one sendMessage, a press by answerCallbackQuery and one sendMessage.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import web

TOKEN: Final = "123456789:SIMULATED-token-of-the-tests-000000"  # noqa: S105 - no secret: nobody answers to it
KINDS: Final = ("ptb-httpx", "ptb-aiohttp", "aiogram")
_TEXT: Final = "こだま " * 30

Feed = Callable[[dict[str, Any]], Awaitable[None]]


async def _ptb(url: str, *, over_aiohttp: bool) -> Feed:
    from telegram import Update
    from telegram.ext import Application, CallbackContext, CallbackQueryHandler, MessageHandler, filters

    async def echo(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        if update.effective_chat is not None:
            await update.get_bot().send_message(update.effective_chat.id, _TEXT)

    async def pressed(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        if update.callback_query is not None and update.effective_chat is not None:
            await update.callback_query.answer()
            await update.get_bot().send_message(update.effective_chat.id, _TEXT)

    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot").concurrent_updates(True).updater(None)
    if over_aiohttp:
        from bot.channels.telegram.transport import AiohttpRequest

        builder = builder.request(AiohttpRequest(connections=256)).get_updates_request(AiohttpRequest(1))
    application = builder.build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.add_handler(CallbackQueryHandler(pressed))
    await application.initialize()
    await application.start()

    async def feed(body: dict[str, Any]) -> None:
        await application.update_queue.put(Update.de_json(body, application.bot))

    return feed


async def _aiogram(url: str) -> Feed:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery, Message

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    tasks: set[asyncio.Task[Any]] = set()

    async def echo(message: Message) -> None:
        await bot.send_message(message.chat.id, _TEXT)

    async def pressed(query: CallbackQuery) -> None:
        await query.answer()
        await bot.send_message(query.from_user.id, _TEXT)

    dispatcher.message.register(echo)
    dispatcher.callback_query.register(pressed)

    async def feed(body: dict[str, Any]) -> None:
        task = asyncio.create_task(dispatcher.feed_raw_update(bot, body))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    return feed


async def main(kind: str, url: str, port: int) -> None:
    """A webhook on loopback that passes updates to the library and answers 200 at once."""
    feed = await (_aiogram(url) if kind == "aiogram" else _ptb(url, over_aiohttp=kind == "ptb-aiohttp"))

    async def hook(request: web.Request) -> web.Response:
        await feed(json.loads(await request.read()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
