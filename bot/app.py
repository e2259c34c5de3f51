"""The composition root: builds every part from the settings, and owns start and stop."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
import threading
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import structlog
from rich.console import Console

from bot import logs, streams
from bot.channels.terminal import Terminal, TerminalMessenger
from bot.clock import TOKYO, SystemClock
from bot.errors import BotError
from bot.runtime import Machine
from bot.settings.calendar_check import odd
from bot.settings.settings import TOKEN_VARIABLE, Settings
from bot.standing import NOTHING, in_the_way
from bot.storage.store import SqliteStore
from bot.supervise import cancel, until_stopped
from handlers.model.roles import Roles

_TICK_SECONDS: Final = 30.0
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
    from bot.telegram_app import serve  # noqa: PLC0415 - the terminal must start without Telegram's library

    logs.set_up(verbose=verbose, secret=settings.token)
    for one in odd(settings.rules.hours, settings.lines, settings.source, SystemClock().now().date()):
        _log.warning("settings.odd", at=f"{one.source}:{one.line}", told=one.message, remedy=one.hint)
    asyncio.run(serve(settings))


def chat(settings: Settings, database: Path | None, *, verbose: bool) -> bool:
    """Resident and staff seats at this terminal; whether anybody sat there: a terminal, or at least one line."""
    logs.set_up(verbose=verbose)
    if sys.stdin is None:
        raise BotError(_NOBODY)
    was_used = True

    async def work() -> None:
        nonlocal was_used
        was_used = await _chat(settings, database or settings.chat_database)

    asyncio.run(until_stopped(work()))
    return was_used


async def _chat(settings: Settings, database: Path) -> bool:
    interactive, lines = sys.stdin.isatty(), 0
    console = Console(highlight=False, soft_wrap=True)
    messenger = TerminalMessenger(console)
    async with contextlib.AsyncExitStack() as stack:
        store = await SqliteStore.open(database, label="madoguchi chat", zone=TOKYO)
        stack.push_async_callback(store.close)
        # Whoever sits at this terminal may do everything, and there is one desk.
        rules = replace(settings.rules, roles=Roles(), has_ward_desk=False)
        machine = Machine(replace(settings, rules=rules), store, messenger, database=database)
        terminal = Terminal(
            messenger,
            machine.dispatcher.dispatch,
            machine.courier.drain,
            machine.guard,
            machine.withheld,
            machine.clock.now,
            _event_ids(),
        )
        background = [asyncio.create_task(loop) for loop in machine.loops()]
        stack.push_async_callback(cancel, background)
        await machine.courier.drain()
        if interactive:
            await terminal.welcome()
        async for line in _typed(terminal, interactive):
            lines += 1
            if not await terminal.line(line):
                break
    return interactive or lines > 0


async def _typed(terminal: Terminal, interactive: bool) -> AsyncIterator[str]:
    """Lines as they come. Read in a thread that nobody waits for: a wish to stop counts while nothing is typed."""
    lines: asyncio.Queue[bytes] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        # Not sys.stdin: a thread that waits in its buffer would hold its lock at the end of the program.
        with contextlib.suppress(OSError, RuntimeError), open(0, "rb", buffering=0, closefd=False) as raw:
            for line in raw:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, b"")

    threading.Thread(target=read, daemon=True).start()
    while True:
        if interactive:
            print(f"{terminal.seat.title}> ", end="", flush=True)
        line = await lines.get()
        if not line:
            return
        yield streams.decoded(line)


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
    if (found := in_the_way(path)) is not None:
        told = "no such database" if found is NOTHING else found.english
        raise BotError(f"{path}: {told}; name another with --database")
    return asyncio.run(read())
