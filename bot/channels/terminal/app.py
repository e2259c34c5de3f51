"""The terminal as a channel: lines from standard input, handled one at a time with all their results."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
import threading
import uuid
from collections.abc import AsyncIterator, Iterator
from functools import partial

from rich.console import Console

from bot import streams
from bot.channels.port import Core, Loop
from bot.channels.terminal.seats import CHANNEL, Terminal, TerminalMessenger
from bot.ports import Limits


class TerminalChannel:
    """A :class:`bot.channels.port.DeskChannel` at a prompt."""

    def __init__(self) -> None:
        self.messenger = TerminalMessenger(Console(highlight=False, soft_wrap=True))
        self.name = CHANNEL
        self.limits = Limits()  # one message at a time, without rate limits
        self.drains = True
        self.was_used = True
        """Whether anybody used it: a terminal, or at least one line. False where the input ended at once."""
        self._is_interactive = sys.stdin.isatty()

    async def open(self, core: Core) -> Loop:
        """Greet the first resident."""
        terminal = Terminal(
            self.messenger, core.dispatch, core.drain, core.guard, core.withheld, core.now, _event_ids()
        )
        return partial(self._run, core, terminal)

    async def close(self) -> None:
        """Nothing to release."""

    async def say_straight(self, text: str) -> bool:
        """The person at the terminal sees the log."""
        del text
        return True

    async def tick(self, place: str, arrived: bool) -> None:
        """Messages that arrived are already on the screen."""

    async def _run(self, core: Core, terminal: Terminal) -> None:
        await core.drain()
        lines = 0
        if self._is_interactive:
            await terminal.welcome()
        async for line in self._typed(terminal):
            lines += 1
            if not await terminal.line(line):
                break
        self.was_used = self._is_interactive or lines > 0

    async def _typed(self, terminal: Terminal) -> AsyncIterator[str]:
        """Lines as they come. They are read in a daemon thread, so that a stop request takes effect while nothing
        is typed.
        """
        lines: asyncio.Queue[bytes] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def read() -> None:
            # Not sys.stdin: a thread blocked in its buffer would hold its lock when the program ends.
            with (
                contextlib.suppress(OSError, RuntimeError),
                open(0, "rb", buffering=0, closefd=False) as raw,
            ):
                for line in raw:
                    loop.call_soon_threadsafe(lines.put_nowait, line)
                loop.call_soon_threadsafe(lines.put_nowait, b"")

        threading.Thread(target=read, daemon=True).start()
        while True:
            if self._is_interactive:
                print(f"{terminal.seat.title}> ", end="", flush=True)
            line = await lines.get()
            if not line:
                return
            yield streams.decoded(line)


def _event_ids() -> Iterator[str]:
    run_id = uuid.uuid4().hex[:12]
    return (f"{CHANNEL}:{run_id}:{number}" for number in itertools.count(1))
