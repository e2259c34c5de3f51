"""A database that cannot be used, at start or later: what is reported, what is stored, and how it recovers."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.ports import RawUpdate, StoreUnavailableError, Trouble
from bot.storage.backup import backup, restore, verify
from bot.storage.store import SqliteStore
from bot.tools.doctor import has_wal_reset_fault
from tests.full_disk import small_disk_at
from tests.small_faq import TOKYO
from tests.updates import an_update

_OPEN: list[SqliteStore] = []


@pytest.fixture(autouse=True)
async def _closed() -> AsyncIterator[None]:
    """Close what a failing test leaves open: it would keep the process alive."""
    yield
    while _OPEN:
        await _OPEN.pop().close()


async def opened(path: Path) -> SqliteStore:
    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    _OPEN.append(store)
    return store


async def made(path: Path) -> Path:
    """A database with one update in it."""
    store = await opened(path)
    await store.ingest([an_update(1, "tg:1", "{}")], "t")
    await store.close()
    return path


def update(number: int, size: int = 10) -> RawUpdate:
    return an_update(number, f"tg:{number}", "x" * size)


def damaged(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[4096 : 4096 * 3] = os.urandom(4096 * 2)
    path.write_bytes(whole)


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 999")
    connection.close()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("create table contact (name)")
    connection.close()


def missing_beside_its_log(path: Path) -> None:
    path.with_name(path.name + "-wal").write_bytes(b"words that are not in the database yet")
    path.unlink()


UNUSABLE: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "no database": (lambda path: path.write_text("Dear database, " * 99), "is damaged", "madoguchi restore FILE"),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:5000]), "is damaged", "madoguchi restore FILE"),
    "damaged within": (damaged, "is damaged", "madoguchi restore FILE"),
    "empty": (lambda path: path.write_bytes(b""), "is empty (0 bytes)", "delete the empty file"),
    "somebody else's": (foreign, "not one of ours", "storage.path"),
    "of a newer version": (newer, "written by a newer version (schema 999", "either install that newer version again"),
    "gone, its log left": (missing_beside_its_log, "somebody moved or deleted", "bring the file back"),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNUSABLE)
async def test_what_cannot_be_used_is_refused_with_the_way_back_and_restore_is_that_way(
    kind: str, tmp_path: Path
) -> None:
    spoil, fault, remedy = UNUSABLE[kind]
    path = await made(tmp_path / "desk.db")
    backup(path, tmp_path / "copy.db")
    spoil(path)
    spoiled = path.read_bytes() if path.exists() else None
    with pytest.raises(StorageError) as caught:
        await opened(path)
    told = str(caught.value)
    assert told.startswith(f"{path}: ")
    assert fault in told
    assert remedy in told
    assert "\n" not in told
    assert (path.read_bytes() if path.exists() else None) == spoiled

    _, kept = restore(tmp_path / "copy.db", path)
    assert kept is not None
    assert spoiled is None or kept.read_bytes() == spoiled
    store = await opened(path)
    assert [lease.update.number for lease in await store.pending(9)] == [1]
    await store.close()
    _, second = restore(tmp_path / "copy.db", path)
    assert second != kept
    assert spoiled is None or kept.read_bytes() == spoiled


async def test_somebody_elses_database_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "contacts.db"
    path.touch()
    foreign(path)
    with pytest.raises(StorageError):
        await opened(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("select count(*) from sqlite_master").fetchone() == (1,)
        assert connection.execute("pragma journal_mode").fetchone() == ("delete",)
    connection.close()


async def test_a_start_cut_short_leaves_no_empty_database(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.with_name("desk.db.new").write_bytes(b"half")
    await made(path)
    assert not path.with_name("desk.db.new").exists()
    assert verify(path).rows["inbox"] == 1


async def test_nobody_else_may_read_the_files_and_old_rights_are_taken_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = os.umask(0)
    try:
        path = await made(tmp_path / "desk.db")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        store = await opened(path)
        await store.ingest([update(2)], "t")
        files = sorted(tmp_path.glob("desk.db*"))
        assert {file.name for file in files} == {"desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lock"}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        await store.close()
        path.chmod(0o644)
        folder = stat.S_IMODE(tmp_path.stat().st_mode)
        store = await opened(path)
        await store.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == folder
    assert "was_open_to_others" in capsys.readouterr().out


async def test_while_another_program_writes_works_wait_it_is_told_and_they_are_done(tmp_path: Path) -> None:
    store = await opened(await made(tmp_path / "desk.db"))
    told: list[Trouble | None] = []
    heard = asyncio.Event()

    def hear(trouble: Trouble | None) -> None:
        told.append(trouble)
        heard.set()

    store.on_trouble(hear)
    other = sqlite3.connect(tmp_path / "desk.db", isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    waiting = asyncio.create_task(store.ingest([update(2)], "t"))
    await asyncio.wait_for(heard.wait(), 20)
    assert not waiting.done()
    other.execute("rollback")
    assert await waiting == ["tg:2"]
    assert told == [Trouble.LOCKED, None]
    other.close()
    await store.close()


async def test_a_full_file_refuses_what_it_cannot_keep_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    store = await opened(await made(tmp_path / "desk.db"))
    told: list[Trouble | None] = []
    store.on_trouble(told.append)
    pages = await store._database.run(lambda raw: raw.execute("pragma page_count").fetchone()[0])
    await store._database._connection.visit(lambda raw: raw.execute(f"pragma max_page_count = {pages + 2}"))
    with pytest.raises(StoreUnavailableError) as caught:
        await store.ingest([update(number, 50_000) for number in range(10, 20)], "t")
    assert caught.value.trouble is Trouble.FULL
    assert len(await store.pending(99)) == 1  # reading goes on, and nothing is half stored
    assert told == [Trouble.FULL]
    await store._database._connection.visit(lambda raw: raw.execute("pragma max_page_count = 100000"))
    assert len(await store.ingest([update(number, 50_000) for number in range(10, 20)], "t")) == 10
    assert told == [Trouble.FULL, None]
    await store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two mebibytes."""
    with small_disk_at(tmp_path / "small", 2) as place:
        yield place


async def test_a_full_disk_keeps_what_was_kept_and_takes_more_when_there_is_room(small_disk: Path) -> None:
    path = await made(small_disk / "desk.db")
    store = await opened(path)
    taken = 0
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 700_000)
    with pytest.raises(StoreUnavailableError) as caught:
        for number in range(10, 200):
            await store.ingest([update(number, 20_000)], "t")
            taken += 1
    assert caught.value.trouble is Trouble.FULL
    assert len(await store.pending(999)) == taken + 1
    with pytest.raises(StoreUnavailableError):
        await store.ingest([update(900, 20_000)], "t")
    with pytest.raises(StorageError, match=r"disk is full.*make room"):
        backup(path, small_disk / "copy.db")
    assert not list(small_disk.glob("*.part*"))
    ballast.unlink()
    assert await store.ingest([update(900, 20_000)], "t") == ["tg:900"]
    assert len(await store.pending(999)) == taken + 2
    await store.close()
    assert verify(path).rows["inbox"] == taken + 2


async def test_restoring_onto_a_full_disk_says_so_and_leaves_all_as_it_was(
    small_disk: Path, tmp_path: Path
) -> None:
    path = await made(small_disk / "desk.db")
    store = await opened(await made(tmp_path / "large.db"))
    await store.ingest([update(number, 20_000) for number in range(10, 200)], "t")
    await store.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"disk is full.*make room"):
        restore(tmp_path / "large.db", path)
    assert path.read_bytes() == before
    assert not list(small_disk.glob("*.part*"))
    (small_disk / "ballast").write_bytes(b"")
    fresh = small_disk / "fresh.db"
    with (small_disk / "ballast").open("wb", buffering=0) as ballast:
        while True:
            try:
                ballast.write(b"x" * 4096)
            except OSError:
                break
    with pytest.raises(StorageError, match=r"fresh\.db: the disk is full"):
        await opened(fresh)
    assert not fresh.exists()


@pytest.mark.parametrize(
    ("version", "has"),
    [((3, 6, 23), False), ((3, 7, 0), True), ((3, 40, 1), True), ((3, 44, 5), True), ((3, 44, 6), False),
     ((3, 45, 0), True), ((3, 50, 6), True), ((3, 50, 7), False), ((3, 51, 2), True), ((3, 51, 3), False),
     ((3, 53, 0), False)],
)  # fmt: skip
def test_versions_with_the_wal_reset_fault_are_known(version: tuple[int, ...], has: bool) -> None:
    assert has_wal_reset_fault(version) is has
