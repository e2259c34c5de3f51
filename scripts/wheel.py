"""What a wheel may contain: code, the FAQ's files, SQL and settings, and nothing produced by a run."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path
from typing import Final

_MOST_BYTES: Final = 8_000_000
_ROOMS: Final = ("bot", "faq", "handlers")
_OURS: Final = re.compile(
    r"""(?:bot|faq|handlers)/(?:[a-z_0-9]+/)*[a-z_0-9]+\.py
    | (?:bot|faq|handlers)/py\.typed
    | bot/storage/sql/[a-z_0-9]+\.sql
    | bot/settings/starter_files/config\.yaml
    | bot/settings/starter_files/empty/(?:(?:entries|examples|phrasings)/[a-z0-9_-]+|profile)\.yaml
    | faq/profile\.yaml
    | faq/(?:entries|examples|phrasings)/[a-z0-9_-]+\.yaml
    | faq/voices/[a-z0-9-]+\.tsv
    | faq/entries/(?:versions\.lock|fitted\.json|schema\.json)""",
    re.VERBOSE,
)
_ABOUT: Final = re.compile(
    r"[^/]+\.dist-info/(?:METADATA|WHEEL|RECORD|entry_points\.txt|licenses/LICENSE)",
)


def faults(wheel: Path, checkout: Path) -> list[str]:
    """Unexpected files, missing files, and whether the wheel is too large."""
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    found = [
        f"{name}: does not belong into the wheel"
        for name in held
        if not (_OURS.fullmatch(name) or _ABOUT.fullmatch(name))
    ]
    source = {
        path.relative_to(checkout).as_posix()
        for room in _ROOMS
        for path in (checkout / room).rglob("*")
        if path.is_file()
    }
    found += [f"{name}: is not in the wheel" for name in source if _OURS.fullmatch(name) and name not in held]
    size = wheel.stat().st_size
    if size > _MOST_BYTES:
        found.append(f"{wheel.name}: {size:,} bytes, more than {_MOST_BYTES:,}")
    return sorted(found)


if __name__ == "__main__":
    file = Path(sys.argv[1])
    if told := faults(file, Path.cwd()):
        sys.exit("\n".join(told))
    sys.stdout.write(f"{file.name}: {file.stat().st_size:,} bytes, nothing but {', '.join(_ROOMS)} in it\n")
