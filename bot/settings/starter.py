"""A starter folder for an admin to change: the settings, and the shipped FAQ or a small one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from bot.errors import ConfigError, both
from bot.settings.settings import FILE_NAME, packaged_faq
from faq.checks import version_lock
from faq.content.document import FOLDERS
from faq.content.parse import parse
from faq.content.profile import PROFILE_NAME
from faq.content.schema import schema
from faq.training.voices import VOICES

WISHES: Final = Path("phrasings") / "wishes.yaml"
EMPTY: Final = Path(__file__).parent / "starter_files" / "empty"
"""The smallest working FAQ: three answers of a fictional town."""


def copy_to(folder: Path, *, empty: bool = False) -> list[Path]:
    """Copy without overwriting anything; returns what was written.

    ``empty``: the FAQ of a fictional town instead of the shipped one.
    """
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
        source = EMPTY if empty else packaged_faq()
        copy_faq(source, folder / "faq")
        if empty:
            _complete(folder / "faq")
    except OSError as error:
        raise ConfigError(
            f"{folder}: "
            + both(
                f"書けません ({error.strerror})。権限と空きを見直してください",
                f"cannot be written ({error.strerror}); check its rights and space",
            )
        ) from error
    return [settings, folder / "faq"]


def copy_faq(source: Path, target: Path) -> None:
    """Copy an FAQ's files and nothing else beside them. Raises ``OSError`` where they cannot be written."""
    for name in (*FOLDERS, VOICES):
        if (source / name).is_dir() or name != VOICES:
            shutil.copytree(source / name, target / name)
    shutil.copy(source / PROFILE_NAME, target / PROFILE_NAME)


def _complete(faq: Path) -> None:
    """Write the generated files (the schema for editors, and the lock), and the wishes, which are the same in every town."""
    shutil.copy(packaged_faq() / WISHES, faq / WISHES)
    (faq / "entries" / "schema.json").write_text(schema(), encoding="utf-8")
    files = [parse(path.read_text(encoding="utf-8"), path.name).file for path in faq.rglob("*.yaml")]
    sound = [file for file in files if file is not None]
    lock = version_lock.write(
        [e for file in sound for e in file.entries], None, [w for file in sound for w in file.windows]
    )
    (faq / "entries" / version_lock.LOCK_NAME).write_text(lock, encoding="utf-8")


def _starter_settings() -> Path:
    """In the wheel it is beside this module; in a checkout, at the root."""
    packaged = Path(__file__).parent / "starter_files" / FILE_NAME
    return packaged if packaged.is_file() else Path(__file__).parents[2] / FILE_NAME
