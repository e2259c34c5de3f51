"""What stands in the checkout beside its last commit, one line a file with a digest: before and after a run to compare.

Left out is what tools keep for themselves, and nothing else.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Final

_OF_TOOLS: Final = (
    ".venv",
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".import_linter_cache",
    ".hypothesis",
    ".coverage*",
)


def state(folder: Path) -> list[str]:
    """Changed, new and ignored files; nothing where the source is no checkout of git's."""
    if not (folder / ".git").exists():
        return []
    left_out = [f":(exclude,glob)**/{name}{end}" for name in _OF_TOOLS for end in ("", "/**")]
    command = [
        "git",
        "status",
        "--porcelain",
        "-z",
        "--ignored",
        "--untracked-files=all",
        "--no-renames",
        "--",
        ".",
    ]
    told = subprocess.run([*command, *left_out], cwd=folder, capture_output=True, check=True)
    lines = [line.decode(errors="surrogateescape") for line in told.stdout.split(b"\0") if line]
    return [f"{line} {_digest(folder / line[3:])}" for line in lines]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else "-"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in state(Path.cwd()))
