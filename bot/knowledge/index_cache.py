"""Indexes of phrasings on disk, by the hash of all that goes into them: a start reads what an earlier one made."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

import faq
from faq.matching.candidates import Prepared
from faq.matching.index import Postings

_PREFIX: Final = "index-"
_KEPT: Final = 4
"""Files: with and without the encoder, before and after an edit."""


class IndexCache:
    """A keeper in a folder. Any file in it may be missing, torn or old: then the index is made anew."""

    def __init__(self, folder: Path, encoder_name: str) -> None:
        self._folder = folder
        self._salt = _code() + encoder_name

    def __call__(self, digest: str, make: Callable[[], Prepared]) -> Prepared:
        """What was kept for these phrasings, or what is made now and kept for the next start."""
        name = hashlib.sha256((self._salt + digest).encode()).hexdigest()[:24]
        path = self._folder / f"{_PREFIX}{name}.npz"
        found = _read(path)
        if found is None:
            found = make()
            self._write(path, found)
        return found

    def _write(self, path: Path, prepared: Prepared) -> None:
        rows: dict[str, Any] = {"classifier": prepared.classifier}
        for name, postings in (("script", prepared.script), ("reading", prepared.reading)):
            rows |= {
                f"{name}_count": np.array(postings.count),
                f"{name}_grams": np.frombuffer("\n".join(postings.grams).encode(), dtype=np.uint8),
                f"{name}_bounds": postings.bounds,
                f"{name}_rows": postings.rows,
                f"{name}_weights": postings.weights,
            }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                np.savez(file, **rows)
            Path(name).replace(path)
            by_age = sorted(self._folder.glob(f"{_PREFIX}*.npz"), key=lambda p: p.stat().st_mtime)
            for old in by_age[:-_KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            return  # a folder that cannot be written costs time at the next start, nothing else


def _read(path: Path) -> Prepared | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            found = Prepared(_postings(kept, "script"), _postings(kept, "reading"), kept["classifier"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return found if _is_sound(found.script) and _is_sound(found.reading) else None


def _postings(kept: Mapping[str, Any], name: str) -> Postings:
    grams = kept[f"{name}_grams"].tobytes().decode()
    return Postings(
        int(kept[f"{name}_count"]),
        grams.split("\n") if grams else [],
        kept[f"{name}_bounds"],
        kept[f"{name}_rows"],
        kept[f"{name}_weights"],
    )


def _is_sound(postings: Postings) -> bool:
    return len(postings.bounds) == len(postings.grams) + 1 and len(postings.rows) == len(postings.weights)


def _code() -> str:
    """A digest of the code that makes indexes: another version makes its own."""
    hashed = hashlib.sha256()
    for folder in faq.__path__:
        for path in sorted(Path(folder).rglob("*.py")):
            hashed.update(path.read_bytes())
    return hashed.hexdigest()
