"""Any terminal and any end of standard input: text is shown as well as possible, and nothing ends in a traceback."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.streams import Dropping, decoded
from tests.conftest import ROOT
from tests.processes import inherited

POSIX = {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
TERMINALS = {
    "cp932": {"PYTHONIOENCODING": "cp932"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "POSIX locale": POSIX,
}
QUESTION = "白鳥ボート 登録🙂한국"


def environment(**more: str) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), *sys.path])
    return inherited() | {"PYTHONPATH": path, "HOME": "/nonexistent"} | more


def run(
    home: Path, *words: str, typed: bytes = b"", close: bool = False, **more: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-P", "-m", "bot", *words]
    if close:
        command = ["/bin/sh", "-c", '"$@" <&-', "sh", *command]
        return subprocess.run(
            command, cwd=home, capture_output=True, check=False, env=environment(**more), timeout=60
        )
    return subprocess.run(
        command, cwd=home, input=typed, capture_output=True, check=False, env=environment(**more), timeout=60
    )


VERBS: dict[str, tuple[list[str], int]] = {
    "help": (["--help"], 0),
    "ask": (["ask", QUESTION, "--explain"], 0),
    "ask --json": (["ask", QUESTION, "--json"], 0),
    "ask --jsonl": (["ask", "--jsonl"], 0),
    "check": (["check"], 0),
    "chat": (["chat"], 0),
    "run": (["run"], 0),
    "doctor": (["doctor"], 0),
    "score": (["score", "q.tsv", "--misses"], 0),
    "schema": (["schema"], 0),
    "tickets": (["tickets", "--database", "madoguchi-chat.db"], 0),
    "backup": (["backup", "写し.db", "--database", "madoguchi-chat.db", "--replace"], 0),
    "restore": (["restore", "写し.db", "--database", "別.db"], 0),
    "fit": (["fit", "--no-write"], 2),
    "init": (["init", "新しい"], 0),
    "diagram": (["diagram"], 0),
    "a fault of the settings": (["--config", "無い.yaml", "check"], 2),
    "a fault of the command line": (["asc"], 2),
}
EVERY_VERB = """
import json, os, sys
from bot import cli
for name, (words, _) in json.load(open("verbs.json", encoding="utf-8")).items():
    os.dup2(os.open("typed", os.O_RDONLY), 0)
    sys.stdin = open(0, encoding=sys.stdin.encoding, closefd=False)
    sys.argv = ["madoguchi", *(os.fsdecode(word.encode()) for word in words)]
    print("@@", name, file=sys.stderr, flush=True)
    print("@@", name, flush=True)
    status = 0
    try:
        cli.main()
    except SystemExit as stop:
        status = stop.code or 0
    print("status", status, file=sys.stderr, flush=True)
"""


@pytest.mark.parametrize("terminal", TERMINALS)
def test_no_verb_ends_because_a_terminal_lacks_a_character(terminal: str, home: Path) -> None:
    (home / "q.tsv").write_text("text\tprimary\tacceptable\n白鳥🙂\tnone\t\n", encoding="utf-8")
    (home / "typed").write_text(f"{QUESTION}\n1\n", encoding="utf-8")
    (home / "verbs.json").write_text(json.dumps(VERBS), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-c", EVERY_VERB], cwd=home, capture_output=True, check=False, timeout=120,
        env=environment(**TERMINALS[terminal]),
    )  # fmt: skip
    shown = sections(done.stdout.decode("cp932" if terminal == "cp932" else "ascii"))
    told = sections(done.stderr.decode("cp932" if terminal == "cp932" else "ascii"))
    assert list(shown) == list(told) == list(VERBS)
    for name, (_, status) in VERBS.items():
        assert told[name].rstrip().endswith(f"status {status}"), (name, told[name])
        assert "Traceback" not in shown[name] + told[name]
        assert "UnicodeEncodeError" not in shown[name] + told[name]
    assert json.loads(shown["ask --json"])["message"] == QUESTION
    assert json.loads(shown["ask --jsonl"].splitlines()[0])["message"] == QUESTION
    assert ("池の窓口" in shown["ask"]) is (terminal == "cp932")


def sections(text: str) -> dict[str, str]:
    """What each verb printed."""
    parts = (part.partition("\n") for part in text.split("@@ ")[1:])
    return {name: rest for name, _, rest in parts}


def test_a_line_typed_in_the_terminals_own_encoding_is_understood(home: Path) -> None:
    done = run(home, "chat", typed="白鳥ボート 登録\n".encode("cp932"), PYTHONIOENCODING="cp932")
    assert "池の窓口" in done.stdout.decode("cp932")
    assert decoded("白鳥\r\n".encode()) == "白鳥"
    assert decoded(b"\xff\xfe\n").endswith("\ufffd")


@pytest.mark.parametrize("close", [True, False], ids=["closed", "empty"])
def test_no_token_and_nobody_at_the_terminal_cannot_run(home: Path, close: bool) -> None:
    done = run(home, "run", close=close)
    assert done.returncode == 2
    last = done.stderr.decode().strip().splitlines()[-1]
    assert "MADOGUCHI_TELEGRAM_TOKEN is not set, and nobody types here" in last
    assert b"Traceback" not in done.stderr


def test_the_desk_in_a_terminal_ends_when_told_to_while_nothing_is_typed(home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "bot", "run"], cwd=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=environment(),
    )  # fmt: skip
    lock = home / "madoguchi-chat.db.lock"
    deadline = time.monotonic() + 20
    while not (lock.is_file() and lock.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 0, told
    assert b"Traceback" not in told


def test_the_token_never_appears_though_telegram_cannot_be_reached(home: Path) -> None:
    log = home / "log"
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "bot", "-v", "run"], cwd=home, stdout=stderr, stderr=stderr,
            env=environment(MADOGUCHI_TELEGRAM_TOKEN="123456:very-secret-token", HTTPS_PROXY="http://127.0.0.1:9"),
        )  # fmt: skip
    deadline = time.monotonic() + 30
    while "telegram.not_reached" not in log.read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert "telegram.not_reached" in log.read_text()
    assert "very-secret-token" not in log.read_text()


def test_a_log_that_cannot_be_written_is_lost_and_nothing_else() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        stream = Dropping(full)
        stream.write("words\n")
        stream.flush()
        with contextlib.suppress(OSError):
            full.close()
    code = (
        "from bot import logs, streams; import structlog\nlogs.set_up()\n"
        "structlog.get_logger().error('x')\nstreams.leave()"
    )
    with Path("/dev/full").open("wb") as full_disk:
        done = subprocess.run(
            [sys.executable, "-P", "-c", code],
            stderr=full_disk, stdout=full_disk, check=False, env=environment(), cwd=ROOT,
        )  # fmt: skip
    assert done.returncode == 0
