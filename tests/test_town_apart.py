"""What belongs to one town is in its FAQ: no Python file names the town, its places, or an id of the FAQ."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge.folder import read
from bot.settings.settings import packaged_faq
from bot.settings.starter import EMPTY
from faq.content.document import Document
from faq.content.parse import parse
from faq.content.window import Directory

PARTS = re.compile(r"[A-Za-z0-9_:|-]+")
GENERIC = {"コールセンター"}
"""A part of a window's name that is not a place."""
ROOT = Path(__file__).parents[1]
OF_THE_PROGRAM = {
    "complaint": "a kind of signal and the reason of a ticket",
    "contact": "a kind of message on Telegram",
    "greeting": "what staff did, in the record of the desk",
    "LN": "two classes of characters in Unicode",
    "ok": "yes in English, and what SQLite says of a sound file",
    "person": "a command, and a step of a talk",
    "phone": "a sentence's name, a window's field, and a kind of figure",
    "private": "a kind of chat on Telegram",
    "start": "a command, and a step of a talk",
    "thanks": "what a short message means",
    "type": "a key of YAML's faults and of Telegram's messages",
}
"""Words that are also used as ids, and their meaning in Python."""


def files(folder: Path) -> list[Document]:
    return [file for name, text in read(folder).files.items() if (file := parse(text, name).file) is not None]


def ids(documents: list[Document]) -> set[str]:
    """Everything that can be referred to by an id."""
    found: set[str] = set()
    for one in documents:
        for items in (one.entries, one.windows, one.purposes, one.replies, one.decoys, one.kinds, one.groups):
            found |= {item.id for item in items}
        found |= {source.key for source in one.sources}
    return found


def places(documents: list[Document]) -> set[str]:
    """Names of the town and its windows' places, in every language."""
    towns = {name for one in documents if one.profile for name in one.profile.municipality.values()}
    windows = (window for one in documents for window in one.windows)
    return towns | set(Directory.of(windows, ()).names(towns)) - GENERIC


def sources() -> Iterator[tuple[str, str]]:
    for room in ("bot", "faq", "handlers", "scripts"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.checkout
@pytest.mark.parametrize("folder", [packaged_faq(), EMPTY], ids=["shipped", "fictional"])
def test_no_python_holds_an_id_that_an_editor_gave(folder: Path) -> None:
    names = ids(files(folder)) - set(OF_THE_PROGRAM)
    assert len(names) > 10
    held = [
        f"{name}:{node.lineno}: {node.value}"
        for name, text in sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if PARTS.fullmatch(node.value) and names & {node.value, *re.split(r"[:|]", node.value)}
    ]
    assert held == []


@pytest.mark.checkout
@pytest.mark.parametrize("folder", [packaged_faq(), EMPTY], ids=["shipped", "fictional"])
def test_no_python_names_the_town_or_its_places(folder: Path) -> None:
    names = places(files(folder))
    assert len(names) > 3
    named = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![A-Za-z])(?:{named})(?![A-Za-z])", re.IGNORECASE)
    held = [f"{name}: {found[0]}" for name, text in sources() for found in pattern.finditer(text)]
    assert held == []


def test_the_fictional_town_shares_no_name_with_the_shipped_one() -> None:
    shared = ids(files(packaged_faq())) & ids(files(EMPTY))
    assert shared <= {"registration", "weather"}, (
        "so that a story on the one does not pass by the other's names"
    )
