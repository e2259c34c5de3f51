"""Cache files: each is written completely or not at all, and a missing or damaged one only costs time."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import numpy as np

from bot.standing import in_the_way

_UNFINISHED: Final = ".unfinished-"
_ABANDONED_SECONDS: Final = 3600

T = TypeVar("T")


def read(path: Path | None, take: Callable[[Mapping[str, Any]], T | None]) -> T | None:
    """What ``take`` makes of a file's arrays; ``None`` where the file is missing, incomplete, or holds something else."""
    if path is None or in_the_way(path) is not None:
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return take(arrays)
    except Exception:  # damage may show in zip, in numpy, or in what is made of the arrays
        return None


def write(path: Path, save: Callable[[IO[bytes]], object]) -> None:
    """Write completely or not at all. A folder that cannot be written only makes the next start slower."""
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
        with os.fdopen(handle, "wb") as file:
            save(file)
        Path(name).chmod(0o644)
        _sweep(path.parent, Path(name).stat().st_mtime)
        Path(name).replace(path)
    except OSError:
        if name:
            _remove(Path(name))


def used(path: Path) -> None:
    """Mark a file as used now: what serves does not count as old."""
    with contextlib.suppress(OSError):
        os.utime(path)


def keep_newest(folder: Path, pattern: str, most: int) -> None:
    """Remove all but the most recently used files."""
    by_use = sorted(_listed(folder, pattern), key=lambda found: found[0])
    for _, path in by_use[:-most]:
        _remove(path)


def _sweep(folder: Path, now: float) -> None:
    """Remove partial files left by a process that was killed while writing."""
    for changed, path in _listed(folder, f"{_UNFINISHED}*"):
        if changed < now - _ABANDONED_SECONDS:
            _remove(path)


def _listed(folder: Path, pattern: str) -> list[tuple[float, Path]]:
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                found.append((path.stat().st_mtime, path))
    return found


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
