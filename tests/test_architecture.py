"""The import contracts hold, and violations are detected."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handlers.model.tickets import diagram
from tests.conftest import ROOT

pytestmark = pytest.mark.checkout


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(folder)}
    )


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("faq/matching/search.py", "import sqlite3", "handlers and faq touch nothing outside the process"),
        ("handlers/decision.py", "import bot.clock", "bot runs it, handlers decide, faq knows"),
        ("bot/delivery/courier.py", "import telegram", "only the Telegram rim knows Telegram"),
        ("bot/extra.py", "", "inside bot"),
    ],
)
def test_a_planted_violation_is_caught(module: str, line: str, contract: str, tmp_path: Path) -> None:
    for name in ("bot", "handlers", "faq"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.yaml"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    judged = lint_imports(tmp_path)
    assert judged.returncode == 1
    assert contract in judged.stdout + judged.stderr or "bot.extra" in judged.stdout


def test_no_module_is_longer_than_450_lines() -> None:
    long = {
        p.name: n
        for p in ROOT.rglob("*.py")
        if ".venv" not in p.parts and (n := len(p.read_text().splitlines())) > 450
    }
    assert long == {}


def test_the_ticket_diagram_in_the_papers_is_the_table() -> None:
    assert diagram() in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
