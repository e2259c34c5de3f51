"""The FAQ folder on disk: read it, judge it, watch it. A broken edit never replaces what serves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot import encoder as encoders
from bot.errors import LibraryError
from bot.kept_index import IndexCache
from bot.vectors import VECTORS_NAME, VectorCache
from faq.file import File
from faq.fitted import FITTED_NAME
from faq.fusion import Fitted
from faq.judge import Judged, judge
from faq.knowledge import KnowledgeBase
from faq.meaning import Encoder
from faq.problem import Problem
from handlers.ask import decide_alone

LOCK_NAME: Final = "versions.lock"
_FOLDERS: Final = ("entries", "examples")
_LOOK_EVERY_SECONDS: Final = 1.0

Stamp = tuple[tuple[str, int, int], ...]
"""Name, size and time of change (ns) of every file: what tells an edit from none."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands on disk. ``files`` are by their path below the folder; ``unreadable`` are faults of the disk."""

    files: Mapping[str, str]
    lock: str | None
    fitted: str | None
    unreadable: tuple[Problem, ...] = ()


class Library:
    """One folder with ``entries/``, ``examples/`` and ``entries/versions.lock``."""

    def __init__(
        self,
        folder: Path,
        today: Callable[[], date],
        encoder: Encoder | None = None,
        cache: Path | None = None,
    ) -> None:
        """``cache`` is the folder for what can be made anew; without it everything is made at every start."""
        self._folder = folder
        self._today = today
        self._encoder = encoder
        self._encoder_name = encoders.name() if encoder is not None else ""
        self._vectors = (
            VectorCache(encoder, self._encoder_name, cache and cache / VECTORS_NAME, self.vectors_path)
            if encoder is not None
            else None
        )
        self._keeper = None if cache is None else IndexCache(cache, self._encoder_name)

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
    def vectors_path(self) -> Path:
        return self._folder / "entries" / VECTORS_NAME

    @property
    def lock_path(self) -> Path:
        return self._folder / "entries" / LOCK_NAME

    def read(self) -> Texts:
        """Every YAML file; a file that is not UTF-8 or cannot be read becomes a problem, not an exception."""
        if not (self._folder / "entries").is_dir():
            raise LibraryError(
                f"{self._folder}: no FAQ here (no entries/ folder); name another with faq.folder or --faq, "
                "or run `madoguchi init DIR`"
            )
        files: dict[str, str] = {}
        faults: list[Problem] = []
        for path in self._paths():
            name = path.relative_to(self._folder).as_posix()
            try:
                files[name] = path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                hint = "エディタで文字コードUTF-8を選んで保存し直してください"
                faults.append(Problem(name, 1, 1, "file-not-utf8", "UTF-8の文字ではありません", hint))
            except OSError:
                hint = "ファイルの権限を見直してください"
                faults.append(Problem(name, 1, 1, "file-unreadable", "ファイルを読めません", hint))
        lock = self.lock_path.read_text(encoding="utf-8") if self.lock_path.is_file() else None
        fitted = self.fitted_path.read_text(encoding="utf-8") if self.fitted_path.is_file() else None
        return Texts(files, lock, fitted, tuple(faults))

    def judge(self, *, ask_examples_again: bool = True) -> Judged:
        """Read and judge; a base only where nothing is wrong."""
        texts = self.read()
        judged = judge(
            texts.files, texts.lock, self._today(), decide_alone, self.build, texts.fitted, self._encoder_name,
            ask_examples_again=ask_examples_again,
        )  # fmt: skip
        if texts.unreadable:
            return Judged(None, (*texts.unreadable, *judged.problems))
        return judged

    async def watch(
        self, on_good: Callable[[Judged], Awaitable[None]], on_bad: Callable[[Judged], Awaitable[None]]
    ) -> None:
        """Look every second until cancelled; two looks must agree, because editors save in steps."""
        judged = last = self._stamp()
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            look = self._stamp()
            if look == last and look != judged:
                judged = look
                try:
                    verdict = await asyncio.to_thread(self.judge)
                except (LibraryError, OSError) as error:
                    fault = Problem(str(self._folder), 1, 1, "folder-unreadable", "FAQ集のフォルダを読めません",
                                    f"フォルダを確かめてください ({type(error).__name__})")  # fmt: skip
                    verdict = Judged(None, (fault,))
                await (on_bad(verdict) if verdict.knowledge is None else on_good(verdict))
            last = look

    def build(
        self,
        files: Mapping[str, File],
        fitted: Fitted,
        *,
        with_encoder: bool = True,
        for_fitting: bool = False,
    ) -> KnowledgeBase:
        """A base from files that were judged good, with this library's encoder unless it is not wanted."""
        if self._vectors is None or not with_encoder:
            return KnowledgeBase.build(files, fitted, keeper=self._keeper, for_fitting=for_fitting)
        return KnowledgeBase.build(
            files, fitted, self._encoder, self._vectors.vectors, keeper=self._keeper, for_fitting=for_fitting
        )

    def keep_fitted(self, text: str) -> None:
        """Write what a fit found, and the vectors it was found with."""
        self.fitted_path.write_text(text, encoding="utf-8")
        if self._vectors is not None:
            self._vectors.write(self.vectors_path)

    def _paths(self) -> list[Path]:
        return sorted(path for name in _FOLDERS for path in (self._folder / name).glob("*.yaml"))

    def _stamp(self) -> Stamp:
        stamps = []
        for path in [*self._paths(), self.lock_path, self.fitted_path]:
            try:
                state = path.stat()
            except OSError:
                continue
            stamps.append((str(path), state.st_size, state.st_mtime_ns))
        return tuple(stamps)
