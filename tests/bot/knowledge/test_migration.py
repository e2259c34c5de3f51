"""``migrate-content``: an older folder is moved in place with the same meaning, or is not changed."""

from __future__ import annotations

import asyncio
import resource
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.errors import LibraryError
from bot.knowledge.library import Examined, Library
from bot.knowledge.migration import migrate
from bot.settings.settings import packaged_faq
from bot.settings.starter import copy_faq
from faq.content.profile import PROFILE_NAME
from faq.content.separating import separated
from faq.knowledge import KnowledgeBase
from faq.training import fitted_file
from tests.small_faq import lock_of, texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "faq"
    for name, text in (texts() | {"entries/versions.lock": lock_of(texts())}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def library(folder: Path) -> Library:
    shipped = (packaged_faq() / PROFILE_NAME).read_text(encoding="utf-8")
    return Library(folder, lambda: date(2026, 12, 1), profile=shipped)


def served(folder: Path) -> KnowledgeBase:
    knowledge = library(folder).judge().knowledge
    assert knowledge is not None
    return knowledge


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def as_it_was_written_before(folder: Path) -> None:
    """The shipped FAQ with every phrasing moved back beside its answer, as in older folders."""
    copy_faq(packaged_faq(), folder)
    (folder / PROFILE_NAME).unlink()
    for path in sorted((folder / "phrasings").glob("*.yaml")):
        answers = folder / "entries" / path.name
        text = path.read_text(encoding="utf-8")
        if path.name.startswith(("signals-", "wishes")):
            answers.write_text(text, encoding="utf-8")
            continue
        written = answers.read_text(encoding="utf-8")
        for block in _blocks(text):
            key, _, rest = block[0].strip().partition(":")
            lines = [f"    utterances:{rest}", *(f"  {line}" for line in block[1:])]
            written = written.replace(f"  - id: {key}\n", f"  - id: {key}\n" + "\n".join(lines) + "\n", 1)
        answers.write_text(written, encoding="utf-8")
    shutil.rmtree(folder / "phrasings")


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = []
    for line in text.split("\nphrasings:\n")[1].splitlines():
        if line.startswith("  ") and line[2] != " ":
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def test_the_shipped_faq_as_older_folders_have_it_says_the_same_afterwards(tmp_path: Path) -> None:
    old, shipped = tmp_path / "faq", served(packaged_faq())
    as_it_was_written_before(old)
    before, lock = served(old), (old / "entries" / "versions.lock").read_bytes()
    assert len(before.phrasings) == len(shipped.phrasings)
    done = migrate(library(old))
    after = served(old)
    assert done.revision == before.revision == after.revision == shipped.revision
    assert done.wrote_profile
    assert (old / PROFILE_NAME).read_bytes() == (packaged_faq() / PROFILE_NAME).read_bytes()
    assert dict(after.entries) == dict(before.entries)
    assert (after.decoys, after.replies) == (before.decoys, before.replies)
    assert after.phrasings == before.phrasings
    assert (old / "entries" / "versions.lock").read_bytes() == lock
    answers = "".join(p.read_text(encoding="utf-8") for p in (old / "entries").glob("*.yaml"))
    assert "utterances:" not in answers
    assert "signals:" not in answers


def test_nothing_is_left_to_move_the_second_time(folder: Path) -> None:
    assert [row[:2] for row in migrate(library(folder)).separated.moved] == [
        ("entries/_common.yaml", "phrasings/_common.yaml"), ("entries/ponds.yaml", "phrasings/ponds.yaml"),
    ]  # fmt: skip
    once = bytes_in(folder)
    assert migrate(library(folder)).separated.moved == []
    assert bytes_in(folder) == once


def test_a_folder_with_faults_is_refused_with_all_of_them_and_not_touched(folder: Path) -> None:
    ponds = folder / "entries" / "ponds.yaml"
    ponds.write_text(
        ponds.read_text(encoding="utf-8").replace("group: swans", "grop: swans"), encoding="utf-8"
    )
    stood = bytes_in(folder)
    with pytest.raises(LibraryError) as refused:
        migrate(library(folder))
    assert "entries/ponds.yaml:3:5: 知らないキー「grop」です; 「group」のことですか" in str(refused.value)
    assert str(refused.value).endswith("何も変えていません / nothing was changed")
    assert bytes_in(folder) == stood


def test_where_the_disk_refuses_everything_stands_as_it_was(folder: Path) -> None:
    stood, new = bytes_in(folder), separated(texts()).texts
    small, large = (len(new[f"phrasings/{name}.yaml"].encode()) for name in ("_common", "ponds"))
    assert small < large
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (small, before[1]))
    try:
        with pytest.raises(LibraryError, match=r"何も変えていません / nothing was changed$"):
            migrate(library(folder))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert bytes_in(folder) == stood
    assert not (folder / "phrasings").exists()


def test_examples_that_came_out_right_are_known_to_come_out_right_afterwards(folder: Path) -> None:
    shipped = fitted_file.read((packaged_faq() / "entries" / "fitted.json").read_text(encoding="utf-8"))
    assert isinstance(shipped, fitted_file.FittedFile)
    counted = Counter(f"{p.kind.value}:{p.target}" for p in served(folder).phrasings)
    weights = shipped.model_copy(update={"judged": fitted_file.digest(texts()), "phrasings": dict(counted)})
    path = folder / "entries" / "fitted.json"
    path.write_text(weights.model_dump_json(indent=1) + "\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    migrate(library(folder))
    now = fitted_file.digest(library(folder).read().files)
    assert path.read_text(encoding="utf-8") == before.replace(fitted_file.digest(texts()), now)


async def test_a_watcher_sees_a_change_among_the_phrasings(folder: Path) -> None:
    migrate(library(folder))
    good: asyncio.Queue[Examined] = asyncio.Queue()
    bad: asyncio.Queue[Examined] = asyncio.Queue()
    watching = asyncio.create_task(library(folder).watch(good.put, bad.put))
    await asyncio.sleep(0.1)
    ponds = folder / "phrasings" / "ponds.yaml"
    sound = ponds.read_text(encoding="utf-8")
    try:
        ponds.write_text(sound.replace("白鳥ボート いくら", "スワンって高いの"), encoding="utf-8")
        judged = await asyncio.wait_for(good.get(), 5)
        assert judged.knowledge is not None
        assert "スワンって高いの" in {p.text for p in judged.knowledge.phrasings}
        ponds.write_text(sound.replace("  swan-fee:", "  swan-fees:"), encoding="utf-8")
        told = "\n".join(map(str, (await asyncio.wait_for(bad.get(), 5)).problems))
        assert "phrasings/ponds.yaml:6:3: 回答「swan-fees」はありません" in told
    finally:
        watching.cancel()


async def test_a_running_bot_is_told_of_no_loss_while_a_folder_is_moved(folder: Path) -> None:
    good: asyncio.Queue[Examined] = asyncio.Queue()
    bad: asyncio.Queue[Examined] = asyncio.Queue()
    running = library(folder)
    running.remember(running.judge().texts.files)
    watching = asyncio.create_task(running.watch(good.put, bad.put))
    await asyncio.sleep(0.1)
    try:
        revision = migrate(library(folder)).revision
        judged = await asyncio.wait_for(good.get(), 5)
        assert judged.knowledge is not None
        assert judged.knowledge.revision == revision
        assert "file-missing" not in {problem.code for problem in judged.problems}
        assert bad.empty()
    finally:
        watching.cancel()
