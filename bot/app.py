"""The verbs that serve: which channel they hand to the root, and what they print when there is none."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

import structlog

from bot import logs
from bot.channels.terminal.app import TerminalChannel
from bot.errors import BotError
from bot.knowledge.offline import clock_of
from bot.root import serve
from bot.settings.calendar_check import odd
from bot.settings.settings import TOKEN_VARIABLE, Settings
from bot.standing import NOTHING, in_the_way
from bot.storage.store import SqliteStore
from bot.supervise import until_stopped
from handlers.model.roles import Roles

_NOBODY: Final = (
    f"{TOKEN_VARIABLE} is not set, and nobody types here (standard input is closed); put the token from @BotFather into "
    "that variable, or start it in a terminal"
)
_log = structlog.get_logger()


def run(settings: Settings, *, verbose: bool) -> None:
    """Telegram with a token, the terminal desk without one."""
    if not settings.token:
        print(
            f"{TOKEN_VARIABLE} is not set, so this is the desk in your terminal. "
            "To serve Telegram, put the token from @BotFather into that variable.",
            file=sys.stderr,
        )
        if not chat(settings, None, verbose=verbose):
            raise BotError(_NOBODY)
        return
    logs.set_up(verbose=verbose, secret=settings.token)
    for one in odd(settings.rules.hours, settings.lines, settings.source, clock_of(settings).now().date()):
        _log.warning("settings.odd", at=f"{one.source}:{one.line}", told=one.message, remedy=one.hint)
    asyncio.run(serve_telegram(settings))


async def serve_telegram(settings: Settings) -> None:
    """Serve until stopped. Raises :class:`BotError` where starting is pointless (token, database, FAQ, port)."""
    from bot.channels.telegram.app import Telegram  # noqa: PLC0415 - the terminal must start without Telegram's library

    await until_stopped(serve(settings, Telegram(settings), label="madoguchi run"))
    _log.info("telegram.stopped")


def chat(settings: Settings, database: Path | None, *, verbose: bool) -> bool:
    """Resident and staff seats at this terminal. Returns whether anybody used them: a terminal, or at least one line."""
    logs.set_up(verbose=verbose)
    if sys.stdin is None:
        raise BotError(_NOBODY)
    terminal = TerminalChannel()
    # The person at this terminal may do everything, and there is only one desk.
    rules = replace(settings.rules, roles=Roles(), has_ward_desk=False)
    work = serve(
        replace(settings, rules=rules),
        terminal,
        label="madoguchi chat",
        database=database or settings.chat_database,
    )
    asyncio.run(until_stopped(work))
    return terminal.was_used


def list_tickets(settings: Settings, database: Path | None) -> list[str]:
    """Number, state and age of every ticket; no words of residents."""

    async def read() -> list[str]:
        store = await SqliteStore.open(
            database or settings.database, label="madoguchi tickets", zone=clock_of(settings).zone
        )
        try:
            return [f"{t.id}\t{t.status.value}\t{t.opened_at:%Y-%m-%d %H:%M}" for t in await store.tickets()]
        finally:
            await store.close()

    path = database or settings.database
    if (found := in_the_way(path)) is not None:
        told = "no such database" if found is NOTHING else found.english
        raise BotError(f"{path}: {told}; name another with --database")
    return asyncio.run(read())
