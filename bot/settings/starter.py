"""A folder of the admin's own: settings and FAQ as they came with the program, to be changed freely."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.errors import ConfigError, both
from bot.settings.settings import FILE_NAME, packaged_faq
from faq.content.document import FOLDERS


def copy_to(folder: Path) -> list[Path]:
    """Copy; nothing that is there already is overwritten. Returns what was written."""
    taken = [path for path in (folder / FILE_NAME, folder / "faq") if path.exists()]
    if taken:
        names = ", ".join(str(path) for path in taken)
        raise ConfigError(
            f"{names}: "
            + both(
                "もうあります。ほかのフォルダを選ぶか、先に移してください",
                "there already; choose another folder, or move it away first",
            )
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / FILE_NAME
        text = _starter_settings().read_text(encoding="utf-8")
        settings.write_text(text.replace("\n  folder:\n", "\n  folder: faq\n"), encoding="utf-8")
        for name in FOLDERS:
            shutil.copytree(packaged_faq() / name, folder / "faq" / name)
    except OSError as error:
        raise ConfigError(
            f"{folder}: "
            + both(
                f"書けません ({error.strerror})。権限と空きを見直してください",
                f"cannot be written ({error.strerror}); check its rights and space",
            )
        ) from error
    return [settings, folder / "faq"]


def _starter_settings() -> Path:
    """In the wheel beside this module, in a checkout at its root."""
    packaged = Path(__file__).parent / "starter_files" / FILE_NAME
    return packaged if packaged.is_file() else Path(__file__).parents[2] / FILE_NAME
