"""Vectors of phrasings in this machine's cache, keyed by the hash of their text, so that no text is encoded twice.

The file may be missing, damaged or of another encoder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.knowledge import cache_files
from bot.knowledge.encoder import SIZE
from faq.matching.meaning import Encoder, Steps, Vectors, from_steps, in_steps

VECTORS_NAME: Final = "vectors.npz"


class VectorCache:
    """Encodes new texts and keeps the vectors that were requested."""

    def __init__(self, encoder: Encoder, made_by: str, cache: Path | None) -> None:
        self._encoder = encoder
        self._made_by = made_by
        self._cache = cache
        self._rows: dict[int, int] = {}
        self._steps = np.zeros((0, SIZE), dtype=np.int8)
        self._read_yet = False

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Float32 array of shape (len(texts), d), one row per text; only new texts are encoded."""
        if not self._read_yet:
            self._read_yet = True
            if (kept := cache_files.read(self._cache, self._sound)) is not None:
                self._take(*kept)
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if missing:
            self._take(list(missing), np.stack([in_steps(self._encoder([t]))[0] for t in missing.values()]))
            self._forget_all_but(list(dict.fromkeys(keys)))
            if self._cache is not None:
                self._write(self._cache)
        return from_steps(self._steps[[self._rows[key] for key in keys]])

    def _write(self, path: Path) -> None:
        """Write all kept vectors, completely or not at all."""
        keys = np.array(list(self._rows), dtype=np.uint64)
        cache_files.write(
            path,
            lambda file: np.savez_compressed(
                file, made_by=np.array(self._made_by), keys=keys, steps=self._steps
            ),
        )

    def _sound(self, kept: Mapping[str, Any]) -> tuple[list[int], Steps] | None:
        keys, steps = kept["keys"].tolist(), kept["steps"]
        is_whole = steps.shape == (len(keys), SIZE) and steps.dtype == np.int8
        return (keys, steps) if is_whole and str(kept["made_by"]) == self._made_by else None

    def _take(self, keys: Sequence[int], steps: Steps) -> None:
        new = [number for number, key in enumerate(keys) if key not in self._rows]
        self._rows.update({keys[number]: len(self._rows) + n for n, number in enumerate(new)})
        self._steps = np.concatenate([self._steps, steps[new]])

    def _forget_all_but(self, keys: Sequence[int]) -> None:
        self._steps = self._steps[[self._rows[key] for key in keys]]
        self._rows = {key: number for number, key in enumerate(keys)}


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
