"""A verdict only costs what has changed: one file is parsed, and examples are asked only where results may differ."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.knowledge.library import Examined, Library
from faq.checks.validate import NOT_ASKED, judge
from faq.content import parse as parsing
from faq.content.document import Document
from faq.content.parse import Parsed, Reader, parse
from faq.knowledge import KnowledgeBase
from faq.training.evaluation import Prediction
from handlers.preview import decide_alone
from tests.small_faq import TODAY, lock_of, texts

PONDS = "entries/ponds.yaml"
EXAMPLES = "examples: [{text: 白鳥の登録はどこ, entry: swan-register}]\n"


def test_of_a_folder_only_the_file_that_changed_is_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noticed(text: str, name: str) -> Parsed:
        read.append(name)
        return parse(text, name)

    monkeypatch.setattr(parsing, "parse", noticed)
    files, reader = texts(), Reader()
    first = [reader.parse(text, name) for name, text in files.items()]
    read.clear()
    files[PONDS] += "\n# 覚え\n"
    again = [reader.parse(text, name) for name, text in files.items()]
    assert read == [PONDS]
    assert [part.file for part in again] == [part.file for part in first]
    assert again == [parse(text, name) for name, text in files.items()]


@pytest.mark.parametrize(
    ("old", "new", "is_asked"),
    [
        ("review_on: ", "valid_until: 2026-01-01\n    review_on: ", False),
        ("白鳥ボート いくら", "スワンボートって高いの", True),
        ("entry: swan-register}", "entry: swan-fee}", True),
    ],
)
def test_examples_are_asked_again_only_where_they_can_come_out_otherwise(
    old: str, new: str, *, is_asked: bool
) -> None:
    asked: list[str] = []

    def decide(knowledge: KnowledgeBase, text: str) -> Prediction:
        asked.append(text)
        return decide_alone(knowledge, text)

    files = texts() | {"examples/more.yaml": EXAMPLES}
    first = judge(files, lock_of(files), TODAY, decide)
    assert first.asked
    assert asked
    asked.clear()
    changed = {name: text.replace(old, new, 1) for name, text in files.items()}
    assert changed != files
    second = judge(changed, lock_of(changed), TODAY, decide, asked=first.asked)
    assert second.knowledge is not None, second.problems
    assert bool(asked) is is_asked


def test_whatever_search_looks_at_in_an_entry_makes_the_examples_be_asked_again() -> None:
    looked_at = {"id", "group", "question", "utterances", "requires", "forbids", "windows"}
    entry = Document.model_fields["entries"].annotation.__args__[0]  # type: ignore[union-attr]
    assert set(entry.model_fields) - NOT_ASKED == looked_at


async def test_faults_of_a_file_that_is_still_being_written_are_told_to_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "faq"
    for name, text in texts().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "entries" / "versions.lock").write_text(lock_of(texts()), encoding="utf-8")
    ponds, sound = folder / PONDS, texts()[PONDS]
    library = Library(folder, lambda: TODAY)
    library.judge()
    judge_now = library.judge
    good: asyncio.Queue[Examined] = asyncio.Queue()
    bad: asyncio.Queue[Examined] = asyncio.Queue()

    def slow(**how: bool) -> Examined:
        """The rest of the file arrives while its first half is judged."""
        examined = judge_now(**how)
        if examined.knowledge is None:
            ponds.write_text(sound + "\n# 書き終えた\n", encoding="utf-8")
        return examined

    monkeypatch.setattr(library, "judge", slow)
    watching = asyncio.create_task(library.watch(good.put, bad.put))
    try:
        ponds.write_text(sound[: len(sound) // 2], encoding="utf-8")
        examined = await asyncio.wait_for(good.get(), 20)
        assert examined.texts.files[PONDS].endswith("# 書き終えた\n")
        assert bad.empty()
    finally:
        watching.cancel()
