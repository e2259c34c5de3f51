"""The composition root: builds every part from the settings, and owns start and stop."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import signal
import sys
import uuid
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path
from typing import Any, Final

import structlog
from rich.console import Console

from bot import logs
from bot.channels.terminal import Terminal, TerminalMessenger
from bot.clock import TOKYO, SystemClock
from bot.config import TOKEN_VARIABLE, Settings
from bot.courier import Courier
from bot.dispatch import Dispatcher
from bot.errors import BotError, LibraryError
from bot.library import Library
from bot.ports import Messenger
from bot.storage.store import SqliteStore
from bot.withheld import Withheld
from faq.judge import Judged
from faq.knowledge import KnowledgeBase
from faq.lock import write as write_lock_text
from faq.parse import parse
from faq.problem import errors
from faq.score import Decided, Score, read_questions, score
from handlers.ask import Asking, ask
from handlers.engine import Engine
from handlers.events import KnowledgeRejected, KnowledgeReloaded, TimePassed
from handlers.guard import Guard
from handlers.wording import admin

_TICK_SECONDS: Final = 30.0
_log = structlog.get_logger()


class Desk:
    """Knowledge and rules without any channel: what ``ask``, ``check`` and ``score`` need."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clock = SystemClock()
        self.library = Library(settings.faq_folder, lambda: self._clock.now().date())
        self._knowledge: KnowledgeBase | None = None

    @property
    def knowledge(self) -> KnowledgeBase:
        """The base on disk; :class:`LibraryError` with every fault where it cannot be served."""
        if self._knowledge is None:
            self._knowledge = served(self.library.judge(), self.library.folder)
        return self._knowledge

    def ask(self, text: str) -> Asking:
        """One message, no side effects."""
        guard = Guard(self.knowledge.directory.phones())
        return ask(text, self.knowledge, guard, self._settings.rules, self._clock.now().date())

    def score(self, file: Path) -> Score:
        """Every question of a labelled file."""
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise BotError(
                f"{file}: cannot be read ({type(error).__name__}); give a UTF-8 text file with tabs"
            ) from error
        knowledge = self.knowledge
        questions, faults = read_questions(text, list(knowledge.entries))
        if faults:
            raise BotError("\n".join(f"{file.name}: {fault}" for fault in faults))

        def decided(text: str) -> Decided:
            asking = self.ask(text)
            return Decided(asking.decision.verdict.value, tuple(m.id for m in asking.decision.entries))

        return score(questions, decided, lambda entry: knowledge.topics[entry])

    def write_lock(self) -> None:
        """Add today's versions to versions.lock; hashes that are there stay."""
        texts = self.library.read()
        files = [parse(text, name).file for name, text in sorted(texts.files.items())]
        entries = [entry for file in files if file is not None for entry in file.entries]
        self.library.lock_path.write_text(write_lock_text(entries, texts.lock), encoding="utf-8")


def served(judged: Judged, folder: Path) -> KnowledgeBase:
    """The base, or every fault in one error."""
    if judged.knowledge is None:
        faults = "\n".join(str(problem) for problem in errors(judged.problems))
        raise LibraryError(f"{faults}\n{folder}: the FAQ has faults and is not served; mend the lines above")
    return judged.knowledge


class Machine:
    """Everything that runs behind a channel, on one database."""

    def __init__(self, settings: Settings, store: SqliteStore, messenger: Messenger) -> None:
        self.clock = SystemClock()
        self.library = Library(settings.faq_folder, lambda: self.clock.now().date())
        self._rules = settings.rules
        self.knowledge = served(self.library.judge(), self.library.folder)
        self.guard = Guard(self.knowledge.directory.phones())
        self.withheld = Withheld()
        self.dispatcher = Dispatcher(store, Engine(self.knowledge, settings.rules), self.clock, self._wake)
        self.courier = Courier(store, messenger, self.clock, self.dispatcher.dispatch)

    def _wake(self) -> None:
        self.courier.wake()

    async def watch(self) -> None:
        """Hot reload, until cancelled."""
        await self.library.watch(self._on_good, self._on_bad)

    async def tick(self) -> None:
        """The clock's events, until cancelled."""
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            await self.dispatcher.dispatch(TimePassed(id=f"tick:{uuid.uuid4()}"))

    async def reload(self) -> str:
        """Judge now and say what came of it."""
        judged = await asyncio.to_thread(self.library.judge)
        if judged.knowledge is None:
            return admin.rejected(judged.problems)
        changed = self._swap(judged.knowledge)
        return admin.reloaded(judged.knowledge.revision, changed, judged.problems)

    async def _on_good(self, judged: Judged) -> None:
        if judged.knowledge is None or judged.knowledge.revision == self.knowledge.revision:
            return
        changed = self._swap(judged.knowledge)
        _log.info("faq.reloaded", revision=judged.knowledge.revision, changed=len(changed))
        event = KnowledgeReloaded(
            id=f"faq:{uuid.uuid4()}",
            revision=judged.knowledge.revision,
            changed=changed,
            warnings=judged.problems,
        )
        await self.dispatcher.dispatch(event)

    async def _on_bad(self, judged: Judged) -> None:
        for problem in errors(judged.problems):
            _log.error(
                "faq.rejected", place=f"{problem.source}:{problem.line}:{problem.column}", code=problem.code
            )
        await self.dispatcher.dispatch(KnowledgeRejected(id=f"faq:{uuid.uuid4()}", problems=judged.problems))

    def _swap(self, knowledge: KnowledgeBase) -> tuple[str, ...]:
        before = self.knowledge.entries
        changed = [i for i, entry in knowledge.entries.items() if before.get(i) != entry]
        changed += [i for i in before if i not in knowledge.entries]
        self.knowledge = knowledge
        self.guard.know(knowledge.directory.phones())
        self.dispatcher.replace_engine(Engine(knowledge, self._rules))
        return tuple(changed)


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
        machine = Machine(settings, store, messenger)
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
        stack.push_async_callback(_cancel, background)
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


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def until_stopped(*work: Coroutine[Any, Any, None]) -> None:
    """Run side by side until SIGINT or SIGTERM, or until one of them fails; then stop the others and wait."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    tasks = [asyncio.create_task(part) for part in work]
    waiting = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([*tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    await _cancel([task for task in tasks if task not in done])
    for task in done - {waiting}:
        task.result()


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
