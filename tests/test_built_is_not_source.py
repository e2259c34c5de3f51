"""What a run leaves behind in the checkout is seen, and what does not belong into the wheel keeps it from being built."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.checkout


def tree(folder: Path) -> str:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "tree.py")], cwd=folder, capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one file, and what may be ignored in it."""
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "entries.yaml").write_text("entries: []\n")
    (tmp_path / ".gitignore").write_text("__pycache__/\n.venv/\n.hypothesis/\n.coverage\n*.db\ndist/\n")
    (tmp_path / "config.yaml").write_text("changed by hand before\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", ".gitignore", "faq"], cwd=tmp_path, check=True)
    identity = ["-c", "user.name=a test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *identity, "commit", "-q", "-m", "one file"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize(
    "left",
    ["faq/index-0123.npz", ".cache/madoguchi/vectors.npz", "madoguchi.db", "dist/a.whl", "bot.log", "faq/entries.yaml", "config.yaml"],
)
def test_a_file_that_a_run_leaves_or_changes_is_seen_whatever_git_ignores(left: str, checkout: Path) -> None:
    before = tree(checkout)
    path = checkout / left
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("left behind")
    assert left in str(set(tree(checkout).splitlines()) ^ set(before.splitlines()))


@pytest.mark.parametrize("kept", [".venv/bin/python", "faq/__pycache__/a.pyc", ".hypothesis/examples/a", ".coverage", ".coverage.host.1", ".mypy_cache/a"])
def test_what_tools_keep_for_themselves_does_not_count(kept: str, checkout: Path) -> None:
    before = tree(checkout)
    (checkout / kept).parent.mkdir(parents=True, exist_ok=True)
    (checkout / kept).write_text("a tool's")
    assert tree(checkout) == before


def test_a_file_that_is_removed_is_seen(checkout: Path) -> None:
    before = tree(checkout)
    (checkout / "faq" / "entries.yaml").unlink()
    assert tree(checkout) != before
