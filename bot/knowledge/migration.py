"""``madoguchi migrate-content``: moves the phrasings of an older FAQ folder into files of their own, or changes
nothing.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.errors import LibraryError, both
from bot.knowledge.folder import PROFILE_BORROWED, Texts
from bot.knowledge.library import Library
from bot.knowledge.offline import served
from faq.content.document import PHRASINGS
from faq.content.problem import Problem
from faq.content.profile import PROFILE_NAME
from faq.content.schema import schema
from faq.content.separating import MeaningChangedError, Separated, plain, separated
from faq.knowledge import KnowledgeBase
from faq.training import fitted_file

_SCHEMA: Final = "entries/schema.json"
_UNTOUCHED: Final = both("何も変えていません", "nothing was changed")


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was moved and what stays; ``revision`` is the same before and after.

    ``wrote_profile``: the folder had no profile, and the one used instead was written into it.
    """

    separated: Separated
    revision: str
    wrote_profile: bool = False

    def told(self, folder: Path) -> list[str]:
        """What was done, one line each, for the command line."""
        lines = [
            f"moved {here} -> {there}: {phrasings} phrasings of {items} items"
            for here, there, items, phrasings in self.separated.moved
        ]
        lines += [f"stays: {problem}" for problem in self.separated.left]
        if self.wrote_profile:
            lines.append(
                f"wrote {folder / PROFILE_NAME}: names, numbers and clock of the town; change them to your own"
            )
        if not self.separated.moved:
            lines.append(f"{folder}: nothing to move; phrasings stand apart from answers already")
        return [*lines, f"revision {self.revision}, as before"]


def migrate(library: Library) -> Migrated:
    """Move the phrasings. Raises :class:`LibraryError`, with nothing changed, where the folder has faults or its
    meaning would change.
    """
    examined = library.judge(ask_examples_again=False)
    is_borrowed = any(problem.code == PROFILE_BORROWED for problem in examined.problems)
    try:
        before = served(examined, library.folder)
        stands = {
            name: _raw(library.folder / name, name, text)
            for name, text in examined.texts.files.items()
            if not (is_borrowed and name == PROFILE_NAME)
        }
        found = separated(stands)
    except (LibraryError, MeaningChangedError) as error:
        raise LibraryError(f"{error}\n{_UNTOUCHED}") from None
    files = dict(found.texts)
    if is_borrowed:
        files[PROFILE_NAME] = examined.texts.files[PROFILE_NAME]
    elif not found.moved:
        return Migrated(found, before.revision)
    texts = _after(examined.texts, files)
    after = library.judge_texts(texts, ask_examples_again=False).knowledge
    if after is None or not _same(before, after):
        told = both("移すと読まれる内容が変わります", "what is read would not be the same")
        raise LibraryError(f"{library.folder}: {told}; {_UNTOUCHED}")
    beside = {f"entries/{fitted_file.FITTED_NAME}": texts.fitted, _SCHEMA: schema()}
    stood = {
        name: path.read_text(encoding="utf-8") for name in beside if (path := library.folder / name).is_file()
    }
    _write(library.folder, stands | stood, files | {name: beside[name] or "" for name in stood})
    return Migrated(found, after.revision, wrote_profile=is_borrowed)


def _raw(path: Path, name: str, text: str) -> str:
    """The file with its own line endings; its text must be the one that was judged."""
    raw = path.read_bytes().decode("utf-8")
    if plain(raw) != text:
        hint = "保存し終えてから、もう一度実行してください"
        raise LibraryError(str(Problem(name, 1, 1, "file-changed", "調べているあいだに変わりました", hint)))
    return raw


def _after(texts: Texts, files: Mapping[str, str]) -> Texts:
    """The texts after the move. Example results carry over, because the FAQ is the same in other files."""
    read = {name: plain(text) for name, text in files.items()}
    was, now = (f'"judged": "{fitted_file.digest(each)}"' for each in (texts.files, read))
    return replace(texts, files=read, fitted=None if texts.fitted is None else texts.fitted.replace(was, now))


def _same(before: KnowledgeBase, after: KnowledgeBase) -> bool:
    return (
        before.revision == after.revision
        and before.entries == after.entries
        and before.phrasings == after.phrasings
    )


def _write(folder: Path, stands: Mapping[str, str], files: Mapping[str, str]) -> None:
    """Write everything to temporary files before moving any into place; new files first, so that a concurrent
    reader misses nothing.
    """
    changed = sorted((n for n in files if files[n] != stands.get(n)), key=lambda name: (name in stands, name))
    made: dict[Path, Path] = {}
    state = _UNTOUCHED
    try:
        for name in changed:
            real = Path(os.path.realpath(folder / name))
            made[real] = _beside(real, files[name])
        state = both(
            "途中まで移りました。版管理から戻してください", "moved in part; restore it from version control"
        )
        for real, new in made.items():
            new.replace(real)
        for name in set(stands) - set(files):
            (folder / name).unlink()
    except OSError as error:
        for new in made.values():
            new.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # the folder is kept where it still holds something
            (folder / PHRASINGS).rmdir()
        told = both(
            f"書けません ({error.strerror})。権限と空きを見直してください",
            f"cannot be written ({error.strerror}); check its rights and space",
        )
        raise LibraryError(f"{folder}: {told}; {state}") from error


def _beside(path: Path, text: str) -> Path:
    """Write the text to a new file beside its target, with the permissions of the existing one."""
    path.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        new.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return new
