"""What is learned from: every writer whole, and nothing by which matching is judged."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from rapidfuzz import fuzz, process

from bot.knowledge.fit import documents
from bot.knowledge.offline import OfflineKnowledge
from bot.settings import settings
from faq.knowledge import phrasings_of
from faq.matching.normalize import fold
from faq.training import voices
from faq.training.lessons import all_lessons
from tests.conftest import ROOT

pytestmark = pytest.mark.checkout

LONG: Final = 14
"""Shorter messages are alike by chance: people say 「登録証をなくした」."""
CONTRAST: Final = "other-things-named"
"""The writer whose messages are ours although they name what usually is not."""
ALIKE: Final = 92
"""Of 100: the same but for a slip or a mark."""


def told_by(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Every writer's texts with their entries."""
    files = sorted(folder.glob("[0-9][0-9]-*.tsv"))
    rows = {
        f.stem: [line.split("\t") for line in f.read_text(encoding="utf-8").splitlines()[1:]] for f in files
    }
    return {name: [(text, entry) for text, entry in lines] for name, lines in rows.items()}


@pytest.mark.parametrize(("folder", "writers", "each"), [("faq/voices", 42, 6), ("benchmarks/voices", 6, 3)])
def test_each_writer_has_messages_for_every_entry_of_the_catalogue(
    folder: str, writers: int, each: int, shared: Path
) -> None:
    catalogue = [
        line.split("\t")[0]
        for line in (shared / "domain" / "catalogue.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    told = told_by(ROOT / folder)
    assert len(told) == writers
    for name, rows in told.items():
        counts = Counter(entry for _, entry in rows)
        assert set(counts) == set(catalogue), name
        if name.endswith(CONTRAST):
            continue
        # A message that somebody else wrote for judging, too, is taken out.
        assert all(each - 1 <= count <= each for count in counts.values()), name
        assert len({text for text, _ in rows}) == len(rows), name


def learned() -> list[str]:
    """Everything the network learns from, but the titles: those are the questions of the town's own pages."""
    desk = OfflineKnowledge(settings.load(None))
    files = documents(desk.library, desk.today())
    entries = {entry.id for file in files.values() for entry in file.entries}
    told = voices.read(desk.library.voices(), entries)
    titles = {text for file in files.values() for entry in file.entries for text in entry.question.values()}
    lessons = all_lessons(phrasings_of(list(files.values())), told).taught
    return [lesson.text for lesson in lessons if lesson.text not in titles]


def nearly_the_same(asked: Sequence[str], taught: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of messages that are long enough not to be alike by chance."""
    known = [fold(text) for text in taught]
    long = [fold(text) for text in asked if len(fold(text)) >= LONG]
    alike = ((text, process.extractOne(text, known, scorer=fuzz.ratio, score_cutoff=ALIKE)) for text in long)
    return [(text, found[0]) for text, found in alike if found is not None]


def test_nothing_of_the_evaluation_files_and_of_the_writers_who_judge_stands_in_training_data(
    shared: Path,
) -> None:
    asked = []
    for path in sorted((shared / "eval").glob("dev-*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            asked += [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    judges = [text for rows in told_by(ROOT / "benchmarks" / "voices").values() for text, _ in rows]
    taught = learned()
    assert len(asked) > 700
    assert nearly_the_same([*asked, *judges], taught) == []
    copied = max(asked, key=len)
    assert nearly_the_same([copied], [*taught, f"{copied}?"]) == [(fold(copied), fold(copied))]
