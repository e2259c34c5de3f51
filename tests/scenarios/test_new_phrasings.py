"""What an editor adds between two fits is found when it is saved, and changes little else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.library import Library
from bot.settings.settings import packaged_faq
from bot.settings.starter import copy_faq
from faq.checks.validate import Judged, judge
from faq.knowledge import KnowledgeBase
from faq.training.evaluation import Prediction
from handlers.preview import decide_alone

DAY = date(2026, 12, 1)
NEW = "ひなまつりの飾りつけを前の晩にしておきたい"
OFTEN = 200
"""Examples that are asked before and after."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("shipped") / "faq"
    place.mkdir()
    copy_faq(packaged_faq(), place)
    return place


def base(folder: Path) -> KnowledgeBase:
    texts = Library(folder, lambda: DAY).read()
    found: Judged = judge(
        texts.files, texts.lock, DAY, decide_alone, fitted_text=texts.fitted, ask_examples_again=False
    )
    assert found.knowledge is not None, [str(problem) for problem in found.problems]
    return found.knowledge


def added(folder: Path, entry: str, phrasing: str) -> None:
    path = folder / "phrasings" / "booking.yaml"
    text = path.read_text(encoding="utf-8")
    begin = text.index(f"  {entry}:\n    ja:\n") + len(f"  {entry}:\n    ja:\n")
    path.write_text(f"{text[:begin]}      - {phrasing}\n{text[begin:]}", encoding="utf-8")


def test_a_new_phrasing_is_answered_by_its_entry_and_other_messages_as_before(folder: Path) -> None:
    before = base(folder)
    asked = [example.text for example in before.examples][:OFTEN]
    first = {text: decide_alone(before, text) for text in asked}
    assert decide_alone(before, NEW) != Prediction("answer", ("book-hours",))
    added(folder, "book-hours", NEW)
    after = base(folder)
    assert decide_alone(after, NEW) == Prediction("answer", ("book-hours",))
    changed = [text for text in asked if decide_alone(after, text) != first[text]]
    assert len(changed) <= 0.01 * len(asked), changed
