"""The files in deploy/ match the program and the commands on the operators' page."""

from __future__ import annotations

import configparser
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from typer.main import get_command

from bot.cli import CANNOT_RUN, app
from bot.settings.settings import TOKEN_VARIABLE, load
from bot.settings.starter import copy_to
from tests.conftest import ROOT

pytestmark = pytest.mark.checkout

UNIT: Final = ROOT / "deploy" / "madoguchi.service"
CONTAINERFILE: Final = ROOT / "deploy" / "Containerfile"
CLI: Any = get_command(app)
_INSTALLED: Final = "/opt/madoguchi/bin/madoguchi"


def unit() -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[method-assign,assignment] # keys of a unit have capitals
    parsed.read_string(UNIT.read_text(encoding="utf-8"))
    return parsed


def operators_page() -> str:
    return (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, with continued lines joined."""
    text = CONTAINERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def the(name: str) -> str:
    """The last instruction with this name, which is the effective one."""
    return [rest for found, rest in instructions() if found == name][-1]


def test_the_service_is_not_started_again_where_a_start_cannot_help() -> None:
    service = unit()["Service"]
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == str(CANNOT_RUN)


def test_the_service_runs_what_the_operators_page_installs() -> None:
    service, page = unit()["Service"], operators_page()
    program, *arguments = shlex.split(service["ExecStart"])
    assert program == _INSTALLED
    assert CLI.main([*arguments, "--help"], standalone_mode=False) == 0
    assert arguments[-1] in CLI.commands
    config = Path(arguments[arguments.index("--config") + 1])
    assert f"madoguchi init {config.parent}\n" in page
    assert service["EnvironmentFile"] in page
    assert f"useradd --system --home-dir {service['WorkingDirectory']}" in page
    assert f" {service['User']}\n" in page
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"


def test_systemd_takes_the_service(tmp_path: Path) -> None:
    judge = shutil.which("systemd-analyze")
    if judge is None:
        pytest.skip("systemd-analyze is not on this machine")
    text = UNIT.read_text(encoding="utf-8")
    program = tmp_path / "madoguchi"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace(_INSTALLED, str(program)), encoding="utf-8")
    judged = subprocess.run([judge, "verify", str(copy)], capture_output=True, text=True, check=False)
    about_ours = [line for line in judged.stderr.splitlines() if UNIT.name in line]
    assert about_ours == []
    assert judged.returncode == 0


def test_all_that_the_image_copies_stands_in_the_checkout() -> None:
    copied = [rest.split() for name, rest in instructions() if name == "COPY"]
    sources = [source for row in copied if not row[0].startswith("--from") for source in row[:-1]]
    assert {"bot", "handlers", "faq", "pyproject.toml", "constraints.txt"} <= set(sources)
    assert [source for source in sources if not (ROOT / source).exists()] == []
    stages = re.findall(r"^FROM \S+ AS (\w+)", CONTAINERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    asked = [row[0].partition("=")[2] for row in copied if row[0].startswith("--from")]
    assert set(asked) <= set(stages)


def test_all_that_the_image_runs_exists() -> None:
    path = os.pathsep.join(
        [os.environ.get("PATH", ""), str(Path(sys.executable).parent), "/usr/sbin", "/sbin"]
    )
    for _, line in [found for found in instructions() if found[0] == "RUN"]:
        for command in line.split("&&"):
            program, *arguments = shlex.split(command)
            assert shutil.which(program, path=path), program
            if arguments[:1] == ["-m"]:
                assert importlib.util.find_spec(arguments[1]), arguments[1]
            if "pip" in arguments:
                assert {"--only-binary=:all:", "--no-index"} & set(arguments), "something else than wheels"


def test_the_image_starts_a_verb_of_the_program_as_a_user_without_rights() -> None:
    started: list[str] = json.loads(the("ENTRYPOINT")) + json.loads(the("CMD"))
    program, arguments = started[0], started[1:]
    assert program == "madoguchi"
    assert arguments[-1] in CLI.commands
    assert CLI.main([*arguments, "--help"], standalone_mode=False) == 0
    assert the("USER") == "madoguchi"
    assert the("HEALTHCHECK") == "NONE"


def test_the_volumes_of_the_image_are_those_that_the_operators_page_mounts() -> None:
    (run,) = [line for line in operators_page().splitlines() if line.startswith("podman run -d ")]
    assert sorted(re.findall(r"-v [\w-]+:(/\w+)", run)) == sorted(json.loads(the("VOLUME")))
    config = json.loads(the("ENTRYPOINT"))[2]
    assert config == "/faq/config.yaml"
    assert f"{CONTAINERFILE.relative_to(ROOT)} -t {run.split()[-1]} ." in operators_page()


@pytest.mark.parametrize(
    ("starts", "place"), [("sudo sed", "/var/lib/madoguchi"), ("podman run --rm", "/data")]
)
def test_the_line_of_the_page_puts_both_databases_where_they_belong(
    starts: str, place: str, tmp_path: Path
) -> None:
    (line,) = [line for line in operators_page().splitlines() if line.startswith(starts) and " -i 's" in line]
    found = re.search(r"-i 's\|(?P<old>[^|]+)\|(?P<new>[^|]+)\|'", line)
    assert found is not None
    copy_to(tmp_path / "home")
    config = tmp_path / "home" / "config.yaml"
    config.write_text(
        re.sub(found["old"], found["new"], config.read_text(encoding="utf-8")), encoding="utf-8"
    )
    settings = load(config, {})
    assert settings.database == Path(place, "madoguchi.db")
    assert settings.chat_database == Path(place, "madoguchi-chat.db")


def test_the_page_names_the_variable_that_the_program_reads() -> None:
    assert f"{TOKEN_VARIABLE}=…" in operators_page()
