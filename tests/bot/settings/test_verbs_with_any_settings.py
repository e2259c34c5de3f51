"""`check`, `doctor` and `run` with any config.yaml: a readable answer and an exit code, never an internal error."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import structlog
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.app import serve_telegram
from bot.cli import _options, main
from bot.errors import BotError
from bot.settings.settings import load
from tests.bot.settings.test_any_settings import EVERY, WRONG

_OURS: Final = re.compile(r"Traceback|fault of the program|\.py:\d+")


@dataclass
class Operator:
    """A person who runs the verbs in a folder with settings, and reads the output."""

    home: Path
    read: Callable[[], Any]

    def types(self, *words: str) -> tuple[int, str]:
        """Exit code and output."""
        self.read()
        before, sys.argv = sys.argv, ["madoguchi", *words]
        try:
            main()
            code: Any = 0
        except SystemExit as end:
            code = end.code or 0
        finally:
            sys.argv = before
            _options.config, _options.verbose = None, False
        told = self.read()
        return code, told.out + told.err

    def sets(self, path: Sequence[str], value: Any) -> None:
        """Write config.yaml with the small FAQ and one setting."""
        whole: dict[str, Any] = {"faq": {"folder": "faq", "encoder": "off"}}
        inside = whole
        for part in path[:-1]:
            inside = inside.setdefault(part, {})
        inside[path[-1]] = value
        (self.home / "config.yaml").write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def operator(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Operator]:
    monkeypatch.chdir(home)
    monkeypatch.delenv("MADOGUCHI_TELEGRAM_TOKEN", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setattr("bot.streams.leave", lambda: None)  # the streams belong to the test
    yield Operator(home, capfd.readouterr)
    structlog.reset_defaults()


VERBS: Final = {
    ("storage", "path"): ("doctor", "tickets", "pause", "backup copy.db"),
    ("storage", "chat_path"): ("run",),
    ("faq", "folder"): ("check", "doctor", "run"),
}
"""The verbs that use a setting."""


def check(operator: Operator, what: object, verbs: Sequence[str] = ("check", "doctor", "run")) -> None:
    for verb in verbs:
        code, told = operator.types(*verb.split())
        assert code in (0, 1, 2), (what, verb, code)
        assert not _OURS.search(told), (what, verb, told)
        assert told.strip(), (what, verb)


def foreign(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("create table contact (name)")


PLACES: Final[dict[str, Callable[[Path], object]]] = {
    "a folder": lambda path: path.mkdir(),
    "a link to itself": lambda path: path.symlink_to(path),
    "a lost link": lambda path: path.symlink_to(path.with_name("nowhere")),
    "a pipe": os.mkfifo,
    "a text": lambda path: path.write_text("entries: [" * 9),
    "somebody else's database": foreign,
    "nothing in it": lambda path: path.touch(),
    "not there": lambda path: None,
}


@pytest.mark.parametrize(
    "setting", [("storage", "path"), ("storage", "chat_path"), ("faq", "folder")], ids=".".join
)
@pytest.mark.parametrize("kind", PLACES)
def test_whatever_stands_where_a_setting_points_is_told_and_left_alone(
    kind: str, setting: tuple[str, str], operator: Operator
) -> None:
    place = operator.home / "place"
    PLACES[kind](place)
    before = os.lstat(place) if os.path.lexists(place) else None
    operator.sets(setting, "place")
    check(operator, (kind, setting), VERBS[setting])
    if before is not None and kind != "nothing in it":
        after = os.lstat(place)
        assert (after.st_mode, after.st_ino) == (before.st_mode, before.st_ino)


@pytest.mark.parametrize(
    "place", ["config.yaml/desk.db", "/dev/null", "/dev/full", "/proc/desk.db", "あ" * 60, "x" * 200, "a/b/c.db", "~/x", "%s"]
)  # fmt: skip
def test_odd_places_for_the_record_are_told(place: str, operator: Operator) -> None:
    for name in ("path", "chat_path"):
        operator.sets(("storage", name), place)
        check(operator, place, VERBS["storage", name])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(path=st.sampled_from(EVERY), value=st.sampled_from(WRONG))
def test_no_value_of_any_setting_ends_a_verb_in_a_fault_of_ours(
    path: tuple[str, ...], value: str, operator: Operator
) -> None:
    lines = [f"{'  ' * depth}{part}:" for depth, part in enumerate(path)]
    small = {"folder": "faq", "encoder": "off"}  # the shipped FAQ takes longer
    if path == ("faq", "folder"):
        lines.insert(1, "  encoder: off")
    elif path == ("faq", "encoder"):
        lines.insert(1, "  folder: faq")
    elif path == ("faq",):
        assume(value not in ("null", "{}"))
    else:
        lines.insert(0, f"faq: {json.dumps(small)}")
    (operator.home / "config.yaml").write_text("\n".join(lines) + f" {value}\n", encoding="utf-8")
    check(operator, (path, value))
    for left in operator.home.glob("*.db*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


@pytest.mark.parametrize(
    ("key", "value"),
    [("api_url", "http://127.0.0.1:9"), ("api_url", "https://[::1]:9/%zz"), ("api_url", "http://例え.テスト"),
     ("webhook_listen", "no-such-host.invalid:8080"), ("webhook_listen", "256.1.1.1:80")],
)  # fmt: skip
async def test_addresses_that_lead_nowhere_are_waited_for_or_told(
    key: str, value: str, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator.sets(("telegram", key), value)
    monkeypatch.setenv("MADOGUCHI_WEBHOOK_SECRET", "a-long-random-word")
    text = (operator.home / "config.yaml").read_text(encoding="utf-8")
    if key == "webhook_listen":
        text = text.replace('"telegram": {', '"telegram": {"webhook_url": "https://example.org/hook", ')
        (operator.home / "config.yaml").write_text(text, encoding="utf-8")
    chosen = load(
        operator.home / "config.yaml",
        {"MADOGUCHI_TELEGRAM_TOKEN": "1:a", "MADOGUCHI_WEBHOOK_SECRET": "x" * 20},
    )
    with contextlib.suppress(BotError, TimeoutError):
        await asyncio.wait_for(serve_telegram(chosen), 0.7)


def test_a_calendar_the_wrong_way_round_is_warned_of_by_check_and_doctor(operator: Operator) -> None:
    (operator.home / "config.yaml").write_text(
        "faq: {folder: faq, encoder: off}\ndesk:\n  closed_from: 01-03\n  closed_until: 12-29\n",
        encoding="utf-8",
    )
    code, told = operator.types("check")
    assert code == 0
    assert "config.yaml:3:1: 年末年始の休みが、01-03 から 12-29 まで" in told
    assert "[warning]" in told
    assert json.loads(operator.types("check", "--json")[1])[0]["code"] == "season-long"
    _, told = operator.types("doctor")
    assert "WARN  opening hours: config.yaml:3" in told


def test_no_rights_are_advised_for_a_file_that_is_none_of_ours(operator: Operator) -> None:
    (operator.home / "notes").write_text("what I have to do")
    (operator.home / "notes").chmod(0o644)
    operator.sets(("storage", "path"), "notes")
    _, told = operator.types("doctor")
    assert "FAULT database" in told
    assert "chmod" not in told


def test_a_folder_or_a_lost_link_named_as_settings_is_called_what_it_is(operator: Operator) -> None:
    (operator.home / "loop").symlink_to(operator.home / "loop")
    for name, told in (
        (str(operator.home), "is a folder"),
        ("loop", "leads back to itself"),
        ("none", "no such file"),
    ):
        code, said = operator.types("--config", name, "check")
        assert code == 2
        assert told in said
    code, said = operator.types("restore", str(operator.home))
    assert code == 2
    assert "is a folder, not a file" in said
