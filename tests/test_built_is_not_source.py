"""Files that a run leaves in the checkout are reported, and a wheel with files that do not belong in it is refused."""

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
        [sys.executable, str(ROOT / "scripts" / "tree.py")],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one file, and ignored files in it."""
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
    [
        "faq/index-0123.npz",
        ".cache/madoguchi/vectors.npz",
        "madoguchi.db",
        "dist/a.whl",
        "bot.log",
        "faq/entries.yaml",
        "config.yaml",
    ],
)
def test_a_file_that_a_run_leaves_or_changes_is_seen_whatever_git_ignores(left: str, checkout: Path) -> None:
    before = tree(checkout)
    path = checkout / left
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("left behind")
    assert left in str(set(tree(checkout).splitlines()) ^ set(before.splitlines()))


@pytest.mark.parametrize(
    "kept",
    [
        ".venv/bin/python",
        "faq/__pycache__/a.pyc",
        ".hypothesis/examples/a",
        ".coverage",
        ".coverage.host.1",
        ".mypy_cache/a",
    ],
)
def test_what_tools_keep_for_themselves_does_not_count(kept: str, checkout: Path) -> None:
    before = tree(checkout)
    (checkout / kept).parent.mkdir(parents=True, exist_ok=True)
    (checkout / kept).write_text("a tool's")
    assert tree(checkout) == before


def test_a_file_that_is_removed_is_seen(checkout: Path) -> None:
    before = tree(checkout)
    (checkout / "faq" / "entries.yaml").unlink()
    assert tree(checkout) != before


SOUND = (
    "bot/cli.py",
    "bot/py.typed",
    "bot/storage/sql/001_first.sql",
    "faq/entries/booking.yaml",
    "faq/voices/01-polite.tsv",
    "faq/entries/fitted.json",
)
ABOUT = ("madoguchi-1.dist-info/METADATA", "madoguchi-1.dist-info/licenses/LICENSE")


def judged(folder: Path, held: tuple[str, ...], size: int = 0) -> str:
    """The verdict on a wheel with these files, beside a checkout with the right ones."""
    for name in SOUND:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    with zipfile.ZipFile(folder / "a.whl", "w") as wheel:
        for name in held:
            wheel.writestr(name, b"\0" * size)
    command = [sys.executable, str(ROOT / "scripts" / "wheel.py"), "a.whl"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is (done.stderr == "")
    return done.stderr


def test_a_wheel_with_its_own_files_alone_is_sound(tmp_path: Path) -> None:
    assert judged(tmp_path, SOUND + ABOUT) == ""


@pytest.mark.parametrize(
    "stray",
    ["faq/index-0123.npz", "faq/entries/index-0123.npz", "bot/madoguchi.db", "bot/__pycache__/cli.pyc", "tests/conftest.py",
     "config.yaml", "faq/entries/notes.txt", "faq/entries/vectors.npz", "faq/voices/README.md", "bot/.cache/a", "faq/entries/.booking.yaml.swp"],
)  # fmt: skip
def test_a_stray_file_is_named(stray: str, tmp_path: Path) -> None:
    assert judged(tmp_path, (*SOUND, *ABOUT, stray)) == f"{stray}: does not belong into the wheel\n"


@pytest.mark.parametrize("lost", SOUND)
def test_a_file_that_was_not_packed_is_named(lost: str, tmp_path: Path) -> None:
    held = tuple(name for name in SOUND + ABOUT if name != lost)
    assert judged(tmp_path, held) == f"{lost}: is not in the wheel\n"


def test_a_wheel_that_is_too_large_is_told(tmp_path: Path) -> None:
    assert "more than 8,000,000" in judged(tmp_path, SOUND + ABOUT, size=1_200_000)
