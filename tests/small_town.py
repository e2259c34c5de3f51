"""The fictional town that ``madoguchi init --empty`` writes, unchanged, for stories."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bot.settings.settings import packaged_faq
from bot.settings.starter import EMPTY, WISHES, copy_to


def texts() -> dict[str, str]:
    """Its files by name."""
    own = {
        path.relative_to(EMPTY).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(EMPTY.rglob("*.yaml"))
    }
    return own | {WISHES.as_posix(): (packaged_faq() / WISHES).read_text(encoding="utf-8")}


def written_to(folder: Path) -> None:
    """Write an FAQ folder of this town, as the command does."""
    with tempfile.TemporaryDirectory() as made:
        copy_to(Path(made) / "own", empty=True)
        shutil.copytree(Path(made) / "own" / "faq", folder, dirs_exist_ok=True)
