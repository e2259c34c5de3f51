"""The FAQ folder on disk: read, judged and watched. A faulty edit never replaces what serves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import structlog

from bot.errors import LibraryError
from bot.knowledge import encoder as encoders
from bot.knowledge import folder as folders
from bot.knowledge.folder import Stamp, Texts
from bot.knowledge.index_cache import IndexCache
from bot.knowledge.vector_cache import VECTORS_NAME, VectorCache
from faq.checks.causes import Known
from faq.checks.validate import judge
from faq.checks.version_lock import LOCK_NAME
from faq.content.document import Document
from faq.content.parse import Reader
from faq.content.problem import Problem, unforeseen
from faq.knowledge import KnowledgeBase
from faq.matching.fusion import Fitted
from faq.matching.meaning import Encoder
from faq.training.fitted_file import FITTED_NAME
from faq.training.voices import VOICES
from handlers.preview import decide_alone

_FIT_VECTORS_NAME: Final = f"fit-{VECTORS_NAME}"
_LOOK_EVERY_SECONDS: Final = 0.25
_LONGEST_PAUSE_SECONDS: Final = 60.0
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Examined:
    """A verdict and the texts it is about. ``knowledge`` is ``None`` where any problem is an error."""

    knowledge: KnowledgeBase | None
    problems: tuple[Problem, ...]
    texts: Texts


class Library:
    """One folder with ``profile.yaml``, ``entries/``, ``phrasings/``, ``examples/`` and ``entries/versions.lock``."""

    def __init__(
        self,
        folder: Path,
        today: Callable[[], date],
        encoder: Encoder | None = None,
        cache: Path | None = None,
        before: Callable[[], Mapping[str, str]] = dict,
        profile: str = "",
    ) -> None:
        """``cache`` is the folder for what can be rebuilt; without it everything is rebuilt at every start.

        ``profile`` is the text used in a folder that is older than profiles and has none.

        ``before`` gives the texts of the last base without faults, to find what is missing since.
        """
        self._folder = folder
        self._cache = cache
        self._today = today
        self._encoder = encoder
        self._encoder_name = encoders.name() if encoder is not None else ""
        self._vectors = (
            VectorCache(encoder, self._encoder_name, cache and cache / VECTORS_NAME)
            if encoder is not None
            else None
        )
        self._keeper = None if cache is None else IndexCache(cache, self._encoder_name)
        self._before = before
        self._profile = profile
        self._one_at_a_time = threading.Lock()
        self._judged: Stamp | None = None
        """The stamp when the folder was first judged: a watcher begins with it, so that an edit during a start is
        not missed.
        """
        self._last_good: tuple[date, Examined] | None = None
        self._reader = Reader()
        self._asked = ""
        """Digest of the base for which the examples last came out right."""

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def encoder_name(self) -> str:
        """The encoder in use, with its version; empty where none is."""
        return self._encoder_name

    @property
    def fitted_path(self) -> Path:
        return self._folder / "entries" / FITTED_NAME

    @property
    def lock_path(self) -> Path:
        return self._folder / "entries" / LOCK_NAME

    def read(self) -> Texts:
        """Read every file of the FAQ; an unreadable file becomes a problem, not an exception."""
        return folders.with_profile(folders.read(self._folder), self._profile, self._before())

    def remember(self, files: Mapping[str, str]) -> None:
        """Treat these texts as the last base without faults from now on."""
        self._before = lambda: files

    def judge(self, *, ask_examples_again: bool = True) -> Examined:
        """Read and judge; returns a base only where there is no error. Never raises, whatever is on disk."""
        with self._one_at_a_time:
            seen = folders.stamp(self._folder)
            self._judged = seen if self._judged is None else self._judged
            return self.judge_texts(self.read(), ask_examples_again=ask_examples_again)

    def judge_texts(self, texts: Texts, *, ask_examples_again: bool) -> Examined:
        """Judge texts that were read already."""
        today = self._today()
        if self._last_good is not None and self._last_good[0] == today and self._last_good[1].texts == texts:
            return self._last_good[1]
        try:
            judged = judge(
                texts.files, texts.lock, today, decide_alone, self.build, texts.fitted, self._encoder_name,
                Known(texts.unreadable, self._before()), ask_examples_again=ask_examples_again, parse=self._reader.parse,
                asked=self._asked,
            )  # fmt: skip
        except Exception as error:
            _log.exception("faq.check_failed")
            return Examined(None, (unforeseen("entries", error),), texts)
        examined = Examined(judged.knowledge, judged.problems, texts)
        if judged.knowledge is not None:
            self._asked = judged.asked
            # A missing file is reported once: afterwards the base without it is the reference.
            lasting = tuple(p for p in judged.problems if p.code != "file-missing")
            self._last_good = (
                today,
                replace(examined, problems=lasting) if lasting != judged.problems else examined,
            )
        return examined

    async def watch(
        self,
        on_good: Callable[[Examined], Awaitable[None]],
        on_bad: Callable[[Examined], Awaitable[None]],
    ) -> None:
        """Look four times a second until cancelled. Two looks must agree, because editors save in steps. Faults of
        files that changed while they were judged are not reported: the newer content is judged instead.

        A look or a report that fails is tried again, after growing pauses.
        """
        told, failures = self._judged, 0
        last = told if told is not None else folders.stamp(self._folder)
        told = last
        while True:
            await asyncio.sleep(min(_LOOK_EVERY_SECONDS * 2**failures, _LONGEST_PAUSE_SECONDS))
            try:
                look = await asyncio.to_thread(folders.stamp, self._folder)
                if look == last and look != told:
                    examined = await asyncio.to_thread(self.judge)
                    if examined.knowledge is not None:
                        await on_good(examined)
                        told = look
                    elif await asyncio.to_thread(folders.stamp, self._folder) == look:
                        await on_bad(examined)
                        told = look
                last, failures = look, 0
            except Exception as error:  # one failed look does not end the watch
                failures = min(failures + 1, 6)
                _log.error("faq.watch_failed", error=type(error).__name__)

    def build(
        self,
        files: Mapping[str, Document],
        fitted: Fitted,
        *,
        with_encoder: bool = True,
    ) -> KnowledgeBase:
        """A base from files without errors, with this library's encoder unless ``with_encoder`` is false."""
        if self._vectors is None or not with_encoder:
            return KnowledgeBase.build(files, fitted, keeper=self._keeper)
        return KnowledgeBase.build(files, fitted, self._encoder, self._vectors.vectors, keeper=self._keeper)

    def many_vectors(self, *, encoder: bool) -> Encoder | None:
        """Encodes many texts, and keeps the vectors for the next fit; ``None`` without an encoder."""
        if self._encoder is None or not encoder:
            return None
        kept = None if self._cache is None else self._cache / _FIT_VECTORS_NAME
        return VectorCache(self._encoder, self._encoder_name, kept).vectors

    def keep_fitted(self, text: str) -> None:
        """Write the result of a fit."""
        self.fitted_path.write_text(text, encoding="utf-8")

    def voices(self) -> Mapping[str, str]:
        """The writers' tables by name; empty where the folder has none. Raises :class:`LibraryError` where one cannot be
        read.
        """
        try:
            return {
                p.name: p.read_text(encoding="utf-8") for p in sorted((self._folder / VOICES).glob("*.tsv"))
            }
        except (OSError, UnicodeDecodeError) as error:
            raise LibraryError(f"{self._folder / VOICES}: cannot be read ({type(error).__name__})") from error
