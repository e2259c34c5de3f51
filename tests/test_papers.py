"""The documents are true: links, verbs, settings, the desk's commands, and the conversation in the README."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import BaseModel
from typer.main import get_command

from bot import __version__
from bot.cli import app
from bot.knowledge.offline import OfflineKnowledge
from bot.settings.config_file import ConfigFile
from bot.settings.settings import load
from faq.content.document import Document
from faq.content.parse import parse as parse_faq
from handlers.desk.commands import VERBS
from handlers.desk.commands import parse as parse_at_desk
from handlers.model.events import DeskEvent, UnknownDeskCommand
from handlers.preview import ask
from handlers.privacy.personal_data import Guard
from tests.conftest import ROOT
from tests.small_faq import TOKYO

pytestmark = pytest.mark.checkout

PAPERS: Final = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "GLOSSARY.md", "CHANGELOG.md")),
        *(ROOT / "docs").rglob("*.md"),
    ]
)  # fmt: skip
AT_THE_DESK: Final = VERBS | {"help", "start", "history"}
CLI: Any = get_command(app)
"""The verbs by name, with their options."""
_FENCE: Final = re.compile(r"^ *```(?P<kind>\w*)\n(?P<text>.*?)^ *```", re.DOTALL | re.MULTILINE)
_SPAN: Final = re.compile(r"`([^`\n]+)`")
_GLOBAL: Final = r"(?:(?:-v|--verbose) +|--config +\S+ +)*"
_CALLED: Final = re.compile(
    r"(?<!-u )(?<!-t )(?<!-o )(?<!-g )(?<!--name )(?<![\w|=])madoguchi +"
    + _GLOBAL
    + r"(?P<verb>[a-z][a-z-]*)\b(?P<rest>[^\n#]*)"
)


def read(paper: str) -> str:
    return (ROOT / paper).read_text(encoding="utf-8")


def fences(text: str, kind: str) -> list[str]:
    """Blocks of one kind, without the indentation of a list around them."""
    return [textwrap.dedent(found["text"]) for found in _FENCE.finditer(text) if found["kind"] == kind]


def spans(text: str) -> list[str]:
    return _SPAN.findall(_FENCE.sub("", text))


def calls(text: str) -> Iterator[tuple[str, str]]:
    """Every verb that a document tells to type, with its arguments."""
    for code in (*spans(text), *fences(text, "sh")):
        for call in _CALLED.finditer(code):
            if call["verb"] != "madoguchi":  # a container's name before the program's
                yield call["verb"], call["rest"]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_relative_link_leads_to_something(paper: Path) -> None:
    text = _FENCE.sub("", paper.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    missing = [
        target
        for target in targets
        if "://" not in target and not (paper.parent / target.partition("#")[0]).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_verb_and_option_in_the_papers_exists(paper: Path) -> None:
    for verb, rest in calls(paper.read_text(encoding="utf-8")):
        assert verb in CLI.commands, f"{paper.name}: madoguchi {verb}"
        known = {option for parameter in CLI.commands[verb].params for option in parameter.opts}
        given = set(re.findall(r"(?<!\S)--[a-z-]+", rest))
        assert given <= known, f"{paper.name}: madoguchi {verb} {given - known}"


def test_every_verb_stands_in_the_operators_page_and_every_target_in_the_makefile() -> None:
    assert {verb for verb, _ in calls(read("docs/operators.md"))} == set(CLI.commands)
    makefile = read("Makefile")
    for paper in PAPERS:
        text = paper.read_text(encoding="utf-8")
        for code in (*spans(text), *fences(text, "sh")):
            for target in re.findall(r"(?:^|\| )make ([a-z-]+)", code, re.MULTILINE):
                assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{paper.name}: make {target}"


def settings_of(model: type[BaseModel], prefix: str = "") -> set[str]:
    """Every key of a part of config.yaml, with dots between the levels."""
    keys = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            keys |= settings_of(inner, f"{prefix}{name}.")
        else:
            keys.add(f"{prefix}{name}")
    return keys


def test_every_setting_named_exists_and_the_operators_page_names_them_all() -> None:
    keys = settings_of(ConfigFile)
    parts = tuple(f"{part}." for part in ConfigFile.model_fields)
    for paper in PAPERS:
        named = {span for span in spans(paper.read_text(encoding="utf-8")) if span.startswith(parts)}
        named = {
            name for name in named if re.fullmatch(r"[a-z_.]+", name) and not name.endswith((".py", ".yaml"))
        }
        assert named <= keys, paper.name
    assert keys <= set(spans(read("docs/operators.md")))


@pytest.mark.parametrize("paper", ["docs/operators.md", "docs/admins.md"])
def test_every_example_in_yaml_is_taken(paper: str, tmp_path: Path) -> None:
    blocks = fences(read(paper), "yaml")
    assert blocks
    for block in blocks:
        if block.partition(":")[0] in Document.model_fields:
            assert [str(problem) for problem in parse_faq(block, "example.yaml").problems] == []
            continue
        (tmp_path / "config.yaml").write_text(block, encoding="utf-8")
        load(tmp_path / "config.yaml", {})


def typed(line: str, topic: str = "") -> DeskEvent | None:
    return parse_at_desk(line, event_id="1", staff="tg:1", name="花子", topic=topic)


def test_staff_read_about_every_command_and_every_example_is_understood() -> None:
    page = read("docs/staff.md")
    for span in spans(page):
        named = re.match(r"/([a-z]+)", span)
        assert named is None or named[1] in AT_THE_DESK, span
        # The name alone is not an example of a command with a number; followed by more it has to be one.
        assert (
            " " not in span or named is None or not isinstance(typed(span, "room"), UnknownDeskCommand | None)
        )
    rows = re.findall(r"^\| /(\w+) \| `(/(\w+)[^`]*)` \|", page, re.MULTILINE)
    assert {name for name, _, _ in rows} == AT_THE_DESK
    for name, example, used in rows:
        assert used == name
        assert not isinstance(typed(example), UnknownDeskCommand | None), example


def test_the_conversation_in_the_readme_is_what_is_answered() -> None:
    readme = read("README.md")
    day = re.search(r"`madoguchi ask` on (\d{4}-\d{2}-\d{2})", readme)
    assert day is not None
    (conversation,) = fences(readme, "text")
    _, *turns = re.split(r"^> ", conversation, flags=re.MULTILINE)
    assert len(turns) > 1
    noon = datetime.combine(date.fromisoformat(day[1]), time(12), TOKYO)
    settings = load(ROOT / "config.yaml")
    desk = OfflineKnowledge(settings)
    guard = Guard(desk.knowledge.directory.phones())
    for turn in turns:
        question, _, shown = turn.partition("\n")
        said = ask(question, desk.knowledge, guard, settings.rules, noon).core
        assert shown.strip() == said.strip(), question


def test_the_papers_name_the_version_of_the_program() -> None:
    headings = re.findall(r"^## \[(.+)\](.*)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == ("Unreleased", "")
    assert headings[1][0] == __version__
    days = [date.fromisoformat(day.removeprefix(" – ")) for _, day in headings[1:]]
    assert days == sorted(days, reverse=True)
    assert f"Version {__version__}." in read("README.md")


def test_every_name_in_the_glossary_is_in_the_code() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for part in ("bot", "handlers", "faq")
        for path in (ROOT / part).rglob("*.py")
    )
    words = set(re.findall(r"\w+", code))
    rows = [row.split("|") for row in read("GLOSSARY.md").splitlines() if row.startswith("| ")]
    named = [name for row in rows for name in _SPAN.findall(row[3]) if not (ROOT / name).exists()]
    assert len(named) > 100
    assert [name for name in named if not set(name.split(".")) <= words] == []


@pytest.mark.checkout
def test_the_ten_conversations_are_what_is_answered() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/conversations.py", "--check"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, "run: python scripts/conversations.py"
    page = read("docs/conversations.md")
    assert page.count("\n## ") == 10
    for screen in fences(page, "text"):
        assert len(screen.strip("\n").splitlines()) <= 40
