"""The FAQ folder: read, judged, watched."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from bot.knowledge.library import Examined, Library
from tests.small_faq import TODAY, lock_of, texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "faq"
    (root / "entries").mkdir(parents=True)
    (root / "examples").mkdir()
    for name, text in texts().items():
        (root / name).write_text(text, encoding="utf-8")
    (root / "entries" / "versions.lock").write_text(lock_of(texts()), encoding="utf-8")
    return root


def library(folder: Path) -> Library:
    return Library(folder, lambda: TODAY)


def test_a_sound_folder_is_served(folder: Path) -> None:
    judged = library(folder).judge()
    assert judged.knowledge is not None
    assert set(judged.knowledge.entries) == {"swan-register", "swan-fee", "duck-complaint"}


def test_a_folder_without_entries_says_what_to_do(tmp_path: Path) -> None:
    told = str(library(tmp_path).judge().problems[0])
    assert "FAQ集のフォルダ (entries/) がありません" in told
    assert "madoguchi init" in told


def test_a_file_in_another_encoding_is_a_finding_not_a_crash(folder: Path) -> None:
    (folder / "entries" / "old.yaml").write_bytes("entries: []  # 古い".encode("shift_jis"))
    judged = library(folder).judge()
    assert judged.knowledge is None
    assert str(judged.problems[0]) == (
        "entries/old.yaml:1:16: UTF-8の文字ではありません (Shift_JISで保存されたようです); エディタで文字コードUTF-8を選んで保存し直してください"
    )


async def test_an_edit_takes_effect_and_a_broken_one_is_told_once_while_the_old_base_serves(
    folder: Path,
) -> None:
    good: asyncio.Queue[Examined] = asyncio.Queue()
    bad: asyncio.Queue[Examined] = asyncio.Queue()
    watching = asyncio.create_task(library(folder).watch(good.put, bad.put))
    await asyncio.sleep(0.1)
    ponds = folder / "entries" / "ponds.yaml"
    sound = ponds.read_text(encoding="utf-8")
    try:
        ponds.write_text(sound.replace("version: 1", "vresion: 1", 1), encoding="utf-8")
        judged = await asyncio.wait_for(bad.get(), 5)
        assert any("「version」のことですか" in str(problem) for problem in judged.problems)

        ponds.write_text(sound.replace("白鳥ボート いくら", "スワンボートって高いの"), encoding="utf-8")
        judged = await asyncio.wait_for(good.get(), 5)
        assert judged.knowledge is not None
        assert bad.empty()
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
