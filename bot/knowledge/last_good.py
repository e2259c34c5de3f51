"""The texts of the last FAQ without faults, kept on disk: a start with a faulty folder serves them and says so."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog

_FORMAT: Final = 1
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kept:
    """Texts by file name, lock and fitted weights as they were, and the time they were kept."""

    files: Mapping[str, str]
    lock: str | None
    fitted: str | None
    revision: str
    since: datetime


class Keeper:
    """One file in a folder beside the database. A copy is only used for the FAQ folder it was read from."""

    def __init__(self, states: Path, faq: Path) -> None:
        self._faq = os.path.realpath(faq)
        self._path = states / f"faq-{hashlib.sha256(self._faq.encode()).hexdigest()[:16]}.json"

    @property
    def path(self) -> Path:
        return self._path

    def keep(self, kept: Kept) -> None:
        """Write completely or not at all, readable only by this user. A disk error is only logged."""
        body = {
            "format": _FORMAT, "folder": self._faq, "files": dict(kept.files), "lock": kept.lock,
            "fitted": kept.fitted, "revision": kept.revision, "since": kept.since.isoformat(),
        }  # fmt: skip
        text = json.dumps(body | {"digest": _digest(body)}, ensure_ascii=False, sort_keys=True)
        name = ""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".faq-", suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except (OSError, ValueError) as error:
            if name:
                Path(name).unlink(missing_ok=True)
            _log.warning("faq.not_kept", folder=str(self._path.parent), error=type(error).__name__)

    def read(self) -> Kept | None:
        """The kept copy; ``None`` where it is missing, incomplete, or of another folder."""
        try:
            body = json.loads(self._path.read_text(encoding="utf-8"))
            digest = body.pop("digest")
            if body["format"] != _FORMAT or body["folder"] != self._faq or digest != _digest(body):
                raise ValueError("not what was written")
            since = datetime.fromisoformat(body["since"])
            return Kept(dict(body["files"]), body["lock"], body["fitted"], str(body["revision"]), since)
        except FileNotFoundError:
            return None
        except Exception as error:  # any content that is not a whole copy of ours
            _log.warning("faq.kept_copy_unusable", file=str(self._path), error=type(error).__name__)
            return None


def folder_for(database: Path, cache: Path, faq: Path) -> Path | None:
    """The folder beside the database; in the cache where that one is inside the FAQ folder; ``None`` where both are."""
    inside = os.path.realpath(faq)  # realpath does not raise for a link that points to itself
    for states in (database.with_name(f"{database.stem}-faq"), cache / "faq"):
        if not Path(os.path.realpath(states)).is_relative_to(inside):
            return states
    return None


def _digest(body: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
