"""Vectors of phrasings on disk, by the hash of their text: nothing is encoded twice.

Two files: the one that comes with the FAQ (``madoguchi fit`` writes it, so that a first start takes no minute of
encoding), and the machine's own cache beside other caches. Either may be missing, torn or foreign.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bot.encoder import SIZE
from faq.meaning import Encoder, Steps, Vectors, from_steps, in_steps

VECTORS_NAME: Final = "vectors.npz"


class VectorCache:
    """Encodes what is new and keeps what is asked for."""

    def __init__(self, encoder: Encoder, made_by: str, cache: Path | None, shipped: Path | None) -> None:
        self._encoder = encoder
        self._made_by = made_by
        self._cache = cache
        self._steps = {**_read(shipped, made_by), **_read(cache, made_by)}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text; only what is new is encoded."""
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._steps}
        for key, text in missing.items():
            self._steps[key] = in_steps(self._encoder([text]))[0]
        if missing:
            self._steps = {key: self._steps[key] for key in dict.fromkeys(keys)}
            if self._cache is not None:
                write(self._cache, self._made_by, self._steps)
        if not keys:
            return np.zeros((0, SIZE), dtype=np.float32)
        return from_steps(np.stack([self._steps[key] for key in keys]))

    def ship(self, path: Path) -> None:
        """Write what is known beside the FAQ it belongs to."""
        write(path, self._made_by, self._steps)


def _read(path: Path | None, made_by: str) -> dict[int, Steps]:
    if path is None:
        return {}
    try:
        with np.load(path, allow_pickle=False) as kept:
            if str(kept["made_by"]) != made_by:
                return {}
            keys, steps = kept["keys"].tolist(), kept["steps"]
            if steps.shape != (len(keys), SIZE) or steps.dtype != np.int8:
                return {}
            return dict(zip(keys, steps, strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}  # not there, or torn: it is only a cache


def write(path: Path, made_by: str, steps: dict[int, Steps]) -> None:
    """Whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(
                file, made_by=np.array(made_by), keys=np.array(list(steps), dtype=np.uint64),
                steps=np.stack(list(steps.values())) if steps else np.zeros((0, SIZE), dtype=np.int8),
            )  # fmt: skip
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        return  # a folder that cannot be written costs time at the next start, nothing else


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
