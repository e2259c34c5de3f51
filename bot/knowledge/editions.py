"""Which edition of the FAQ serves: the newest without faults, also when the folder has faults at a start."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.knowledge.folder import Texts
from bot.knowledge.last_good import Keeper, Kept
from bot.knowledge.library import Examined, Library
from bot.knowledge.offline import served
from faq.content.problem import errors
from faq.knowledge import KnowledgeBase
from handlers.model.events import KnowledgeRejected, KnowledgeReloaded
from handlers.wording import admin

_log = structlog.get_logger()

Swap = Callable[[KnowledgeBase], tuple[str, ...]]
"""Makes a base serve; returns the ids of what differs in it."""
Tell = Callable[[KnowledgeReloaded | KnowledgeRejected], Awaitable[object]]


class Editions:
    """A library, the edition that serves, and its copy on disk."""

    def __init__(self, library: Library, keeper: Keeper | None, now: Callable[[], datetime]) -> None:
        self._library = library
        self._keeper = keeper
        self._now = now
        self._revision = ""
        self._since = now()
        self._rejected: Examined | None = None
        """The folder's faults at the last look; ``None`` where it had none."""
        self._is_kept_copy = False

    def first(self) -> KnowledgeBase:
        """The base that serves from the start. Raises :class:`LibraryError` with every fault where none can."""
        examined = self._library.judge(ask_examples_again=False)
        if examined.knowledge is not None:
            self._accept(examined, examined.knowledge)
            self._keep(examined)
            return examined.knowledge
        kept = self._keeper.read() if self._keeper is not None else None
        if kept is None:
            return served(examined, self._library.folder)
        texts = Texts(kept.files, kept.lock, kept.fitted)
        knowledge = self._library.judge_texts(texts, ask_examples_again=False).knowledge
        if knowledge is None:  # the kept copy passed only the checks of another program version
            return served(examined, self._library.folder)
        self._revision, self._since, self._is_kept_copy = knowledge.revision, kept.since, True
        self._library.remember(kept.files)
        self._rejected = examined
        _log_faults(examined)
        _log.warning("faq.kept_copy_serves", revision=self._revision, since=kept.since.isoformat())
        return knowledge

    async def watch(self, swap: Swap, tell: Tell) -> None:
        """Report a start with a faulty folder, then follow the folder until cancelled. Continues after any fault."""

        async def on_good(examined: Examined) -> None:
            if examined.knowledge is None:
                return
            is_news = examined.knowledge.revision != self._revision or self._rejected is not None
            was_rejected = self._rejected is not None
            changed = self._take(examined, examined.knowledge, swap)
            await asyncio.to_thread(self._keep, examined)
            if is_news:
                _log.info("faq.reloaded", revision=self._revision, changed=len(changed))
                await tell(self._reloading(examined, changed, is_mended=was_rejected))
            self._rejected = None

        async def on_bad(examined: Examined) -> None:
            self._rejected = examined
            _log_faults(examined)
            await tell(self._rejection(examined))

        if self._rejected is not None:
            try:
                await tell(self._rejection(self._rejected))
            except Exception as error:  # the watcher goes on and reports the next fault as well
                _log.error("faq.telling_failed", error=type(error).__name__)
        await self._library.watch(on_good, on_bad)

    async def reload(self, swap: Swap) -> str:
        """Judge the folder now and return the result as text."""
        examined = await asyncio.to_thread(self._library.judge)
        if examined.knowledge is None:
            self._rejected = examined
            return admin.rejected(self._rejection(examined))
        was_rejected, self._rejected = self._rejected is not None, None
        changed = self._take(examined, examined.knowledge, swap)
        await asyncio.to_thread(self._keep, examined)
        return admin.reloaded(self._reloading(examined, changed, is_mended=was_rejected))

    async def check(self) -> str:
        """Judge the folder now and return the findings as text; what serves does not change."""
        examined = await asyncio.to_thread(self._library.judge)
        if examined.knowledge is None:
            return admin.rejected(self._rejection(examined))
        return admin.checked(examined.problems, self._revision, examined.knowledge.revision)

    def _take(self, examined: Examined, knowledge: KnowledgeBase, swap: Swap) -> tuple[str, ...]:
        changed: tuple[str, ...] = ()
        if knowledge.revision != self._revision:
            changed = swap(knowledge)
            self._since = self._now()
        self._accept(examined, knowledge)
        return changed

    def _accept(self, examined: Examined, knowledge: KnowledgeBase) -> None:
        self._revision, self._is_kept_copy = knowledge.revision, False
        self._library.remember(examined.texts.files)

    def _keep(self, examined: Examined) -> None:
        if self._keeper is not None:
            texts = examined.texts
            self._keeper.keep(Kept(texts.files, texts.lock, texts.fitted, self._revision, self._now()))

    def _reloading(
        self, examined: Examined, changed: tuple[str, ...], *, is_mended: bool
    ) -> KnowledgeReloaded:
        return KnowledgeReloaded(
            id=f"faq:{uuid.uuid4()}",
            revision=self._revision,
            changed=changed,
            warnings=examined.problems,
            is_mended=is_mended,
        )

    def _rejection(self, examined: Examined) -> KnowledgeRejected:
        return KnowledgeRejected(
            id=f"faq:{uuid.uuid4()}",
            problems=examined.problems,
            revision=self._revision,
            since=self._since,
            is_kept_copy=self._is_kept_copy,
        )


def _log_faults(examined: Examined) -> None:
    for problem in errors(examined.problems):
        _log.error(
            "faq.rejected", place=f"{problem.source}:{problem.line}:{problem.column}", code=problem.code
        )
