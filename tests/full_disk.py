"""A small file system that can be filled, for tests of what a full disk does."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk_at(place: Path, mebibytes: int) -> Iterator[Path]:
    """A file system in memory, mounted at a new folder; skips the test where nothing can be mounted."""
    place.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None or os.geteuid():
        pytest.skip("a file system can be mounted by root alone")
    command = [mount, "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(place)]
    if subprocess.run(command, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    yield place
    subprocess.run([umount, "-l", str(place)], check=True)
