"""The fictional town that ``madoguchi init --empty`` writes, unchanged, for stories."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bot.settings.starter import EMPTY, copy_to


def texts() -> dict[str, str]:
    """Its files by name."""
    return {
        path.relative_to(EMPTY).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(EMPTY.rglob("*.yaml"))
    }


def written_to(folder: Path) -> None:
    """Write an FAQ folder of this town, as the command does."""
    with tempfile.TemporaryDirectory() as made:
        copy_to(Path(made) / "own", empty=True)
        shutil.copytree(Path(made) / "own" / "faq", folder, dirs_exist_ok=True)
