"""Vectors of phrasings on disk, by the hash of their text: nothing is encoded twice.

Two files: the one that comes with the FAQ (``madoguchi fit`` writes it, so that a first start takes no minute of
encoding), and the machine's own cache beside other caches. Either may be missing, torn or foreign.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bot.knowledge.encoder import SIZE
from faq.matching.meaning import Encoder, Steps, Vectors, from_steps, in_steps

VECTORS_NAME: Final = "vectors.npz"


class VectorCache:
    """Encodes what is new and keeps what is asked for."""

    def __init__(self, encoder: Encoder, made_by: str, cache: Path | None, shipped: Path | None) -> None:
        self._encoder = encoder
        self._made_by = made_by
        self._cache = cache
        self._sources = (shipped, cache)
        self._rows: dict[int, int] = {}
        self._steps = np.zeros((0, SIZE), dtype=np.int8)
        self._read_yet = False

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text; only what is new is encoded."""
        if not self._read_yet:
            self._read_yet = True
            for source in self._sources:
                self._take(*_read(source, self._made_by))
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if missing:
            self._take(list(missing), np.stack([in_steps(self._encoder([t]))[0] for t in missing.values()]))
            self._forget_all_but(list(dict.fromkeys(keys)))
            if self._cache is not None:
                self.write(self._cache)
        return from_steps(self._steps[[self._rows[key] for key in keys]])

    def write(self, path: Path) -> None:
        """Everything that is kept, whole or not at all."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
            with os.fdopen(handle, "wb") as file:
                keys = np.array(list(self._rows), dtype=np.uint64)
                np.savez_compressed(file, made_by=np.array(self._made_by), keys=keys, steps=self._steps)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except OSError:
            return  # a folder that cannot be written costs time at the next start, nothing else

    def _take(self, keys: Sequence[int], steps: Steps) -> None:
        new = [number for number, key in enumerate(keys) if key not in self._rows]
        self._rows.update({keys[number]: len(self._rows) + n for n, number in enumerate(new)})
        self._steps = np.concatenate([self._steps, steps[new]])

    def _forget_all_but(self, keys: Sequence[int]) -> None:
        self._steps = self._steps[[self._rows[key] for key in keys]]
        self._rows = {key: number for number, key in enumerate(keys)}


def _read(path: Path | None, made_by: str) -> tuple[list[int], Steps]:
    nothing: tuple[list[int], Steps] = ([], np.zeros((0, SIZE), dtype=np.int8))
    if path is None:
        return nothing
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            keys, steps = kept["keys"].tolist(), kept["steps"]
            sound = steps.shape == (len(keys), SIZE) and steps.dtype == np.int8
            return (keys, steps) if sound and str(kept["made_by"]) == made_by else nothing
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return nothing  # not there, or torn: it is only a cache


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
