"""Indexes of phrasings on disk, keyed by the hash of all their inputs, so that a start need not build them again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

import faq
from bot.knowledge import cache_files
from faq.matching.candidates import Prepared
from faq.matching.index import Postings

_PREFIX: Final = "index-"
_KEPT: Final = 4
"""Number of recently used files kept: with and without the encoder, before and after an edit."""


class IndexCache:
    """A keeper in a folder. Where a file is missing, damaged or outdated, the index is built again."""

    def __init__(self, folder: Path, encoder_name: str) -> None:
        self._folder = folder
        self._salt = _code() + encoder_name

    def __call__(self, digest: str, make: Callable[[], Prepared]) -> Prepared:
        """The index kept for these phrasings; otherwise a new one, which is kept for the next start."""
        name = hashlib.sha256((self._salt + digest).encode()).hexdigest()[:24]
        path = self._folder / f"{_PREFIX}{name}.npz"
        found = cache_files.read(path, _prepared)
        if found is not None:
            cache_files.used(path)
            return found
        made = make()
        cache_files.write(path, lambda file: np.savez(file, **_arrays(made)))
        cache_files.keep_newest(self._folder, f"{_PREFIX}*.npz", _KEPT)
        return made


def _arrays(prepared: Prepared) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    for name, postings in (("script", prepared.script), ("reading", prepared.reading)):
        arrays |= {
            f"{name}_count": np.array(postings.count),
            f"{name}_grams": np.frombuffer("\n".join(postings.grams).encode(), dtype=np.uint8),
            f"{name}_bounds": postings.bounds,
            f"{name}_rows": postings.rows,
            f"{name}_weights": postings.weights,
        }
    return arrays


def _prepared(kept: Mapping[str, Any]) -> Prepared | None:
    found = Prepared(_postings(kept, "script"), _postings(kept, "reading"))
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
    """A digest of the code that builds indexes, so that another version does not use them."""
    hashed = hashlib.sha256()
    for folder in faq.__path__:
        for path in sorted(Path(folder).rglob("*.py")):
            hashed.update(path.read_bytes())
    return hashed.hexdigest()
