"""Lists files that differ from the last commit, with a digest each, to compare the checkout before and after a run.

Only files that tools keep for themselves are left out.
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
    """Changed, new and ignored files; empty where the folder is not a git checkout."""
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
