"""The lock beside a database: one process at a time, and its name."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
from pathlib import Path
from typing import IO, Final

from bot.errors import StorageError
from bot.standing import remedy_of
from bot.storage.opening import OWNER_ONLY, beside

_OURS: Final = re.compile(r"[^\n]{1,100} \(process \d+\)\n?|")
"""The content we write into a lock file; a file with other content is not ours."""


def claim(path: Path, label: str) -> IO[str]:
    """Lock a database against other processes. Raises :class:`StorageError` where one holds it."""
    lock_path = beside(path, ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held = os.fdopen(
            os.open(lock_path, os.O_CREAT | os.O_RDWR | os.O_APPEND, OWNER_ONLY), "a+", encoding="utf-8"
        )
    except OSError as error:
        raise StorageError(
            f"{path.parent}: cannot be written ({error.strerror})", remedy_of(error)
        ) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.seek(0)
        holder = held.read().strip() or "another process"
        held.close()
        raise StorageError(
            f"{path}: held by {holder}; stop it first, or name another database in config.yaml or with --database"
        ) from None
    if not _OURS.fullmatch(os.pread(held.fileno(), 1000, 0).decode(errors="replace")):
        held.close()
        raise StorageError(
            f"{lock_path}: is a file that we have not written, where our lock is to be",
            "move it away, or name another database in config.yaml (storage.path)",
        )
    with contextlib.suppress(OSError):  # on a full disk the lock is held without a name in it
        os.ftruncate(held.fileno(), 0)
        os.write(held.fileno(), f"{label} (process {os.getpid()})\n".encode())
    return held


def holder_of(path: Path) -> str:
    """Name of the holder of a database; empty where nobody holds it."""
    try:
        with beside(path, ".lock").open("r", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return lock.read().strip() or "another process"
    except (OSError, ValueError):  # missing, or not text
        return ""
    return ""


def release(held: IO[str] | None) -> None:
    """Release the lock, so that another process may open the database."""
    if held is not None:
        held.close()  # closing releases the lock; the file stays, because deleting it would race with the next holder
