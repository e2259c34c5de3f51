"""The last FAQ without faults is kept and serves a start with a faulty folder; the watcher survives every fault."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import stat
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import LibraryError
from bot.knowledge import folder as folders
from bot.knowledge.last_good import Keeper, Kept, folder_for
from bot.knowledge.library import Examined, Library
from bot.knowledge.offline import OfflineKnowledge, keeper_of, kept_files
from bot.root import Root
from bot.settings.settings import Settings, load
from bot.storage.store import SqliteStore
from handlers.model.actions import Say, ToAdmins
from tests.fakes_channel import RememberingChannel
from tests.fakes_desk import RememberingMessenger
from tests.small_faq import TODAY, TOKYO, lock_of, texts

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=TOKYO)
KEPT = Kept({"entries/a.yaml": "ours: [白鳥]\n"}, "{}", None, "abc", NOON)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """Settings over a folder with the small FAQ."""
    for name, text in (texts() | {"entries/versions.lock": lock_of(texts())}).items():
        (tmp_path / "faq" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "faq" / name).write_text(text, encoding="utf-8")
    loaded = load(None, faq_folder=tmp_path / "faq")
    return replace(
        loaded, database=tmp_path / "data" / "bot.db", cache_folder=tmp_path / "cache", encoder=False
    )


def spoil(settings: Settings, old: str = "group: swans", new: str = "group： swans") -> None:
    ponds = settings.faq_folder / "entries" / "ponds.yaml"
    ponds.write_text(ponds.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_what_is_kept_comes_back_as_it_was_for_this_user_alone(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "states", tmp_path / "faq")
    assert keeper.read() is None
    keeper.keep(KEPT)
    assert keeper.read() == KEPT
    assert stat.S_IMODE(keeper.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keeper.path.parent.stat().st_mode) == 0o700
    assert [path.name for path in keeper.path.parent.iterdir()] == [keeper.path.name]


@pytest.mark.parametrize("harm", ["cut", "changed", "empty", "foreign", "not text"])
def test_a_copy_that_is_not_whole_is_no_copy(tmp_path: Path, harm: str) -> None:
    keeper = Keeper(tmp_path / "states", tmp_path / "faq")
    keeper.keep(KEPT)
    text = keeper.path.read_text(encoding="utf-8")
    harmed = {
        "cut": text[:-20].encode(), "changed": text.replace("白鳥", "黒鳥").encode(), "empty": b"",
        "foreign": b"[1]", "not text": b"\xff\xfe",
    }[harm]  # fmt: skip
    keeper.path.write_bytes(harmed)
    assert keeper.read() is None


def test_a_copy_belongs_to_its_folder(tmp_path: Path) -> None:
    keeper, other = (Keeper(tmp_path / "states", tmp_path / name) for name in ("faq", "other"))
    keeper.keep(KEPT)
    assert other.read() is None
    shutil.copy(keeper.path, other.path)
    assert other.read() is None


def test_nothing_is_kept_inside_the_faq_folder(tmp_path: Path) -> None:
    assert folder_for(tmp_path / "a.db", tmp_path / "cache", tmp_path / "faq") == tmp_path / "a-faq"
    assert (
        folder_for(tmp_path / "faq" / "a.db", tmp_path / "cache", tmp_path / "faq")
        == tmp_path / "cache" / "faq"
    )
    assert folder_for(tmp_path / "a.db", tmp_path / "cache", tmp_path) is None


def test_a_disk_that_refuses_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "states").write_text("a file where a folder should be")
    Keeper(tmp_path / "states", tmp_path / "faq").keep(KEPT)


def test_a_start_with_faults_and_nothing_kept_tells_every_fault(home: Settings, store: SqliteStore) -> None:
    spoil(home)
    with pytest.raises(LibraryError) as caught:
        Root(home, store, RememberingChannel())
    assert "entries/ponds.yaml:3:10: コロンが全角の「：」です" in str(caught.value)
    assert "直してください" in str(caught.value)


async def test_a_start_with_faults_serves_what_was_kept_for_this_folder_only(
    home: Settings, store: SqliteStore, tmp_path: Path
) -> None:
    sound = Root(home, store, RememberingChannel()).serving.knowledge
    spoil(home)
    again = Root(home, store, RememberingChannel())
    assert again.serving.knowledge.revision == sound.revision
    assert set(again.serving.knowledge.entries) == set(sound.entries)
    shutil.copytree(home.faq_folder, tmp_path / "other")
    with pytest.raises(LibraryError):
        Root(replace(home, faq_folder=tmp_path / "other"), store, RememberingChannel())
    with pytest.raises(LibraryError):
        _ = OfflineKnowledge(home).knowledge


@contextlib.asynccontextmanager
async def watched(root: Root) -> AsyncIterator[None]:
    running = asyncio.create_task(root.run())
    try:
        yield
        assert not running.done()
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


def told(messenger: RememberingMessenger) -> list[str]:
    return [r.action.text for r in messenger.sent if isinstance(r.action, Say) and r.action.to == ToAdmins()]


async def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - a watcher notices it, there is no event
            await asyncio.sleep(0.05)


async def test_the_admins_hear_which_copy_serves_and_then_that_all_is_well(
    home: Settings, store: SqliteStore
) -> None:
    Root(home, store, RememberingChannel())
    sound = (home.faq_folder / "entries" / "ponds.yaml").read_text(encoding="utf-8")
    spoil(home)
    messenger = RememberingMessenger()
    root = Root(home, store, RememberingChannel(messenger))
    async with watched(root):
        await until(lambda: told(messenger))
        first = told(messenger)[0]
        assert "FAQ集に1件の誤りがあり、起動のときに読めませんでした。" in first
        assert f"に取っておいた版 ({root.serving.knowledge.revision}) で答えています" in first
        assert "entries/ponds.yaml:3:10: コロンが全角の「：」です" in first
        (home.faq_folder / "entries" / "ponds.yaml").write_text(sound, encoding="utf-8")
        await until(lambda: len(told(messenger)) == 2)
        assert told(messenger)[1].startswith("FAQ集の誤りはなくなりました。")


async def test_going_back_to_the_same_text_is_an_all_clear_and_vanishing_is_told_and_survived(
    home: Settings, store: SqliteStore, tmp_path: Path
) -> None:
    messenger = RememberingMessenger()
    root = Root(home, store, RememberingChannel(messenger))
    before = root.serving.knowledge
    async with watched(root):
        home.faq_folder.rename(tmp_path / "away")
        await until(lambda: told(messenger))
        assert "FAQ集のフォルダ (entries/) がありません" in told(messenger)[0]
        assert "前の版のまま動いています" in told(messenger)[0]
        assert root.serving.knowledge is before
        (tmp_path / "away").rename(home.faq_folder)
        await until(lambda: len(told(messenger)) == 2)
        assert told(messenger)[1].startswith("FAQ集の誤りはなくなりました。")
        assert "変わった回答: なし" in told(messenger)[1]


async def test_a_changed_number_of_a_window_is_named_to_the_admins(
    home: Settings, store: SqliteStore
) -> None:
    messenger = RememberingMessenger()
    root = Root(home, store, RememberingChannel(messenger))
    async with watched(root):
        common = home.faq_folder / "entries" / "_common.yaml"
        common.write_text(
            common.read_text(encoding="utf-8").replace("03-0000-0001", "03-0000-0002"), encoding="utf-8"
        )
        await until(lambda: told(messenger))
    assert "変わった回答: 窓口 pond" in told(messenger)[0]
    assert "「03-0000-0001」から「03-0000-0002」" in told(messenger)[0]


async def test_a_watcher_outlives_looks_verdicts_and_tellings_that_fail(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(home.faq_folder, lambda: TODAY)
    library.judge()
    heard: list[Examined] = []
    failing = {"look": 2, "judge": 1, "tell": 1}
    look, judge = folders.stamp, library.judge

    def fails(what: str) -> None:
        if failing[what]:
            failing[what] -= 1
            raise OSError(what)

    def failing_look(folder: Path) -> folders.Stamp:
        fails("look")
        return look(folder)

    def failing_judge() -> Examined:
        fails("judge")
        return judge()

    async def hear(examined: Examined) -> None:
        fails("tell")
        heard.append(examined)

    monkeypatch.setattr("bot.knowledge.library._LOOK_EVERY_SECONDS", 0.02)
    monkeypatch.setattr("bot.knowledge.library.folders.stamp", failing_look)
    monkeypatch.setattr(library, "judge", failing_judge)
    watching = asyncio.create_task(library.watch(hear, hear))
    await asyncio.sleep(0.05)
    spoil(home)
    await until(lambda: heard)
    assert failing == {"look": 0, "judge": 0, "tell": 0}
    assert heard[0].knowledge is None
    assert not watching.done()
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching


def test_an_edit_during_the_start_is_not_missed(home: Settings) -> None:
    library = Library(home.faq_folder, lambda: TODAY)
    library.judge()
    spoil(home)  # after the first verdict, before the watcher starts
    heard: list[Examined] = []

    async def hear(examined: Examined) -> None:
        heard.append(examined)

    async def look() -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(30):
                watching = asyncio.create_task(library.watch(hear, hear))
                await until(lambda: heard)
                watching.cancel()

    asyncio.run(look())
    assert [examined.knowledge for examined in heard] == [None]


def test_a_lock_that_cannot_be_read_is_never_written_over_and_an_emptied_one_remembers(
    home: Settings,
) -> None:
    lock = home.faq_folder / "entries" / "versions.lock"
    text = lock.read_text(encoding="utf-8")
    old = json.loads(text) | {"goose": {"1": "0123456789abcdef"}}
    for raw in (f"<<<<<<< a\n{text}=======\n>>>>>>> b\n".encode(), text.encode("utf-16"), b"{"):
        lock.write_bytes(raw)
        with pytest.raises(LibraryError, match=r"versions\.lock:1:"):
            OfflineKnowledge(home).write_lock()
        assert lock.read_bytes() == raw
    keeper = keeper_of(home)
    assert keeper is not None
    keeper.keep(replace(KEPT, lock=json.dumps(old), since=NOON + timedelta(days=1)))
    assert kept_files(home) == KEPT.files
    lock.write_text("")
    OfflineKnowledge(home).write_lock()
    assert json.loads(lock.read_text(encoding="utf-8")) == old
