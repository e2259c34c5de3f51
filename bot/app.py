"""The composition root: builds every part from the settings, and owns start and stop."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import structlog
from rich.console import Console

from bot import logs
from bot.channels.terminal import Terminal, TerminalMessenger
from bot.clock import TOKYO
from bot.config import TOKEN_VARIABLE, Settings
from bot.errors import BotError
from bot.machine import Machine, cancel
from bot.storage.store import SqliteStore
from handlers.roles import Roles

_TICK_SECONDS: Final = 30.0
_log = structlog.get_logger()


def run(settings: Settings, *, verbose: bool) -> None:
    """Telegram with a token, the terminal desk without one."""
    if not settings.token:
        print(
            f"{TOKEN_VARIABLE} is not set, so this is the desk in your terminal. "
            "To serve Telegram, put the token from @BotFather into that variable.",
            file=sys.stderr,
        )
        chat(settings, None, verbose=verbose)
        return
    from bot.telegram_app import serve  # noqa: PLC0415 - the terminal must start without Telegram's library

    logs.set_up(verbose=verbose, secret=settings.token)
    asyncio.run(serve(settings))


def chat(settings: Settings, database: Path | None, *, verbose: bool) -> None:
    """Resident and staff seats at this terminal."""
    logs.set_up(verbose=verbose)
    asyncio.run(_chat(settings, database or settings.chat_database))


async def _chat(settings: Settings, database: Path) -> None:
    interactive = sys.stdin.isatty()
    console = Console(highlight=False, soft_wrap=True)
    messenger = TerminalMessenger(console)
    async with contextlib.AsyncExitStack() as stack:
        store = await SqliteStore.open(database, label="madoguchi chat", zone=TOKYO)
        stack.push_async_callback(store.close)
        # Whoever sits at this terminal may do everything, and there is one desk.
        rules = replace(settings.rules, roles=Roles(), has_ward_desk=False)
        machine = Machine(replace(settings, rules=rules), store, messenger)
        terminal = Terminal(
            messenger,
            machine.dispatcher.dispatch,
            machine.courier.drain,
            machine.guard,
            machine.withheld,
            machine.clock.now,
            _event_ids(),
        )
        background = [asyncio.create_task(machine.watch()), asyncio.create_task(machine.tick())]
        stack.push_async_callback(cancel, background)
        await machine.courier.drain()
        if interactive:
            await terminal.welcome()
        async for line in _typed(terminal, interactive):
            if not await terminal.line(line):
                return


async def _typed(terminal: Terminal, interactive: bool) -> AsyncIterator[str]:
    while True:
        if interactive:
            print(f"{terminal.seat.title}> ", end="", flush=True)
        line = await asyncio.to_thread(sys.stdin.buffer.readline)
        if not line:
            return
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _event_ids() -> Iterator[str]:
    run_id = uuid.uuid4().hex[:12]
    return (f"tty:{run_id}:{number}" for number in itertools.count(1))


def list_tickets(settings: Settings, database: Path | None) -> list[str]:
    """Number, state and age of every ticket; no words of residents."""

    async def read() -> list[str]:
        store = await SqliteStore.open(database or settings.database, label="madoguchi tickets", zone=TOKYO)
        try:
            return [f"{t.id}\t{t.status.value}\t{t.opened_at:%Y-%m-%d %H:%M}" for t in await store.tickets()]
        finally:
            await store.close()

    path = database or settings.database
    if not path.is_file():
        raise BotError(f"{path}: no such database; name another with --database")
    return asyncio.run(read())
