"""Mistakes of an operator at the command line: foreign files are not touched, and an obstacle is named."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.alarms import Alarms
from bot.errors import BotError, ConfigError, StorageError
from bot.orders import Order, Orders, give
from bot.ports import Lease, StoreUnavailableError, Trouble
from bot.settings.calendar_check import odd
from bot.settings.settings import load
from bot.standing import remedy_of
from bot.storage.backup import backup, restore, verify
from bot.storage.opening import readable_by_others
from bot.storage.store import SqliteStore
from bot.tools.ordering import order
from faq.hours import Closure, Hours
from handlers.model.events import Event
from handlers.model.settings import Retention, Rules
from handlers.wording import operating
from tests.small_faq import OPEN, TOKYO
from tests.updates import an_update

TODAY = date(2026, 11, 25)


async def opened(path: Path) -> SqliteStore:
    return await SqliteStore.open(path, label="a test", zone=TOKYO)


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Path]:
    """A database in use, with one update that is only in its log."""
    path = tmp_path / "desk.db"
    store = await opened(path)
    await store.ingest([an_update(1, "tg:1", "{}")], "t")
    yield path
    await store.close()


def linked(path: Path, to: Path) -> Path:
    path.symlink_to(to)
    return path


def hard(path: Path, to: Path) -> Path:
    os.link(to, path)
    return path


PARTS: dict[str, Callable[[Path], Path]] = {
    "itself": lambda db: db,
    "by another way": lambda db: db.parent / ".." / db.parent.name / db.name,
    "through a link": lambda db: linked(db.parent / "link.db", db),
    "through a folder's link": lambda db: linked(db.parent / "elsewhere", db.parent) / db.name,
    "under a second name": lambda db: hard(db.parent / "second.db", db),
    "its log": lambda db: db.with_name("desk.db-wal"),
    "its index": lambda db: db.with_name("desk.db-shm"),
    "its journal, not there": lambda db: db.with_name("desk.db-journal"),
    "its lock": lambda db: db.with_name("desk.db.lock"),
}


@pytest.mark.parametrize("kind", PARTS)
async def test_no_copy_is_written_onto_a_part_of_the_database_it_is_of(kind: str, live: Path) -> None:
    target = PARTS[kind](live)
    before = {file: (file.stat().st_ino, file.read_bytes()) for file in live.parent.glob("desk.db*")}
    with pytest.raises(
        StorageError, match=r"is (the database itself|a part of the database).*name another file"
    ):
        backup(live, target, replace=True)
    assert {file: (file.stat().st_ino, file.read_bytes()) for file in live.parent.glob("desk.db*")} == before
    assert verify(live).rows["inbox"] == 1


async def test_the_database_behind_a_link_is_protected_with_its_log(live: Path) -> None:
    link = linked(live.parent / "named.db", live)
    for target in (live, live.with_name("desk.db-wal"), live.with_name("desk.db-journal"), link):
        with pytest.raises(StorageError, match=r"is (the database itself|a part of the database \()"):
            backup(link, target, replace=True)


def foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table contact (name)")
    connection.close()


OTHERS: dict[str, Callable[[Path], object]] = {
    "settings": lambda path: path.write_text("faq:\n  folder: faq\n"),
    "nothing in it": lambda path: path.touch(),
    "bytes": lambda path: path.write_bytes(b"\x00" * 9000),
    "somebody else's database": foreign_database,
}


@pytest.mark.parametrize("kind", OTHERS)
async def test_only_a_copy_of_ours_gives_way_to_another(kind: str, live: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    OTHERS[kind](target)
    before = target.read_bytes()
    with pytest.raises(StorageError, match=r"is no backup of ours.*move this one away"):
        backup(live, target, replace=True)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob("target?*"))
    target.unlink()
    backup(live, target)
    backup(live, target, replace=True)
    assert verify(target).rows["inbox"] == 1


async def test_no_copy_takes_the_place_of_another_desks_database_in_use(live: Path, tmp_path: Path) -> None:
    other = await opened(tmp_path / "other.db")
    await other.ingest([an_update(7, "tg:7", "{}")], "t")
    with pytest.raises(StorageError, match="in use by a test"):
        backup(live, tmp_path / "other.db", replace=True)
    await other.close()
    (tmp_path / "other.db.lock").unlink()
    (tmp_path / "other.db-wal").write_bytes(b"what a crash has left")
    with pytest.raises(StorageError, match="has a log beside it"):
        backup(live, tmp_path / "other.db", replace=True)


async def test_what_stands_in_the_way_of_a_copy_is_named(live: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    for name, told in (
        ("folder", "is a folder, not a file"),
        ("a", "leads back to itself"),
        ("lost", "leads to nothing"),
        ("pipe", "is a device or a pipe"),
    ):
        for replace in (False, True):
            with pytest.raises(StorageError, match=told):
                backup(live, tmp_path / name, replace=replace)
        with pytest.raises(StorageError, match=told):
            restore(tmp_path / name, tmp_path / "new.db")
        with pytest.raises(StorageError, match=told):
            backup(tmp_path / name, tmp_path / "copy.db")
        with pytest.raises(ConfigError, match=told):
            load(tmp_path / name, {})
    with pytest.raises(StorageError, match=r"make the folder first"):
        backup(live, tmp_path / "no" / "such.db")


async def test_a_folder_named_as_the_database_keeps_its_rights_and_its_place(tmp_path: Path) -> None:
    copy, folder = tmp_path / "copy.db", tmp_path / "precious"
    store = await opened(tmp_path / "desk.db")
    await store.close()
    backup(tmp_path / "desk.db", copy)
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "x").write_text("x")
    with pytest.raises(StorageError, match=r"is a folder, not a file; name a file in config\.yaml"):
        await opened(folder)
    with pytest.raises(StorageError, match="is a folder, not a file"):
        restore(copy, folder)
    assert not readable_by_others(folder)  # so nobody is advised to change it
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert [file.name for file in folder.iterdir()] == ["x"]
    assert {file.name for file in tmp_path.glob("precious*")} == {"precious"}


async def test_a_file_that_is_no_database_keeps_its_rights_and_somebodys_lock_file_its_words(
    tmp_path: Path,
) -> None:
    notes = tmp_path / "notes"
    notes.write_text("what I have to do")
    notes.chmod(0o644)
    with pytest.raises(StorageError):
        await opened(notes)
    assert stat.S_IMODE(notes.stat().st_mode) == 0o644
    (tmp_path / "poetry.lock").write_text("# packages\n" * 9)
    with pytest.raises(StorageError, match=r"poetry\.lock: is a file that we have not written"):
        await opened(tmp_path / "poetry")
    assert (tmp_path / "poetry.lock").read_text() == "# packages\n" * 9


def test_the_default_settings_are_no_way_round_a_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").mkdir()
    with pytest.raises(ConfigError, match=r"config\.yaml: フォルダです.* / is a folder, not a file"):
        load(None, {})
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "config.yaml").touch()
    with pytest.raises(ConfigError, match=r"did you mean desk/config\.yaml\?"):
        load(Path("desk"), {})


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EACCES, "as the user who runs the bot"),
        (errno.EROFS, "mounted read-only"),
        (errno.ENAMETOOLONG, "choose a shorter one"),
        (errno.EXDEV, "check the disk"),
    ],
)
def test_what_the_system_refuses_has_the_remedy_of_its_cause(
    number: int, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remedy in remedy_of(OSError(number, os.strerror(number)))

    def refuse(path: Path, *_: object, **__: object) -> int:
        path.touch()
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(BotError, match=remedy):
        order(tmp_path / "desk.db", Rules(), OPEN, "pause")
    assert list((tmp_path / "desk.db.orders").iterdir()) == []


async def test_an_order_is_taken_by_the_one_that_writes_to_its_database(tmp_path: Path) -> None:
    heard: list[Event] = []

    async def dispatch(event: Event, leases: Sequence[Lease] = ()) -> None:
        heard.append(event)

    path = give(tmp_path / "desk.db", Order("pause", "", "hanako"))
    await Orders(tmp_path / "chat.db", dispatch).take()
    assert path.exists()
    assert not heard
    await Orders(tmp_path / "desk.db", dispatch).take()
    assert not path.exists()
    assert len(heard) == 1


async def test_a_fault_in_one_period_of_keeping_leaves_the_others_to_be_done(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    store = await opened(path)
    await store.ingest([an_update(1, "tg:1", "{}")], "t")
    await store.close()
    raw = sqlite3.connect(path)
    raw.execute("update inbox set state = 'done'")
    for table in ("record", "audit"):
        assert raw.execute(f"select count(*) from {table}").fetchone() == (0,)
    raw.commit()
    raw.close()
    store = await opened(path)
    now = datetime(2030, 1, 1, tzinfo=TOKYO)
    with pytest.raises(OverflowError):
        await store.retain(Retention(ticket_days=999_999, record_days=10**10), now)
    await store.close()
    raw = sqlite3.connect(path)
    assert raw.execute("select count(*) from inbox").fetchone() == (0,)
    raw.close()


def warned(hours: Hours) -> list[str]:
    return [problem.code for problem in odd(hours, {}, "config.yaml", TODAY)]


def test_a_calendar_that_can_hardly_be_meant_is_warned_of_and_a_usual_one_is_not() -> None:
    day = timedelta(days=1)
    assert warned(Hours()) == []
    assert warned(Hours(closed_from=(2, 29), closed_until=(2, 29))) == []
    assert warned(Hours(closed_from=(1, 3), closed_until=(12, 29))) == ["season-long"]
    assert warned(Hours(closed_from=(12, 1), closed_until=(1, 15))) == ["season-long"]
    long = Closure(TODAY + 30 * day, TODAY + 60 * day)
    years = Closure(TODAY, date(2036, 11, 25))
    over = Closure(TODAY - 9 * day, TODAY - day)
    assert warned(Hours(closures=[long, years, over])) == ["closure-long", "closure-of-years", "closure-over"]
    assert warned(Hours(closures=[Closure(TODAY, TODAY)])) == []
    two_weeks = [Closure(TODAY + n * day, TODAY + (n + 13) * day) for n in (30, 44)]
    assert warned(Hours(closures=two_weeks)) == ["closed-for-weeks"]


def test_the_warning_of_a_swapped_season_has_its_line_and_the_two_days_the_right_way_round(
    tmp_path: Path,
) -> None:
    (tmp_path / "config.yaml").write_text(
        "desk:\n  weekdays: [月]\n  closed_from: 01-03\n  closed_until: 12-29\n"
        "  closures:\n    - 2026-12-24\n    - 2020-01-01\n",
        encoding="utf-8",
    )
    settings = load(tmp_path / "config.yaml", {})
    season, over = odd(settings.rules.hours, settings.lines, settings.source, TODAY)
    assert str(season).startswith("config.yaml:3:1: 年末年始の休みが、01-03 から 12-29 まで")
    assert "closed_from: 12-29 と closed_until: 01-03 に入れかえて" in season.hint
    assert "closed_from: 12-29 and closed_until: 01-03" in season.hint
    assert str(over).startswith("config.yaml:7:1: 2020-01-01 の休みは、もう終わっています")


async def test_trouble_of_the_whole_file_ends_keeping_at_once(tmp_path: Path) -> None:
    store = await opened(tmp_path / "desk.db")
    tried: list[object] = []

    async def refuse(work: object) -> None:
        tried.append(work)
        raise StoreUnavailableError(Trouble.FULL)

    store._database.run = refuse  # type: ignore[method-assign, assignment]
    with pytest.raises(StoreUnavailableError):
        await store.retain(Retention(), datetime(2030, 1, 1, tzinfo=TOKYO))
    assert len(tried) == 1
    await store._database.close()


async def test_what_is_over_when_the_bot_stops_is_said_at_the_stop() -> None:
    heard: list[str] = []

    async def say(text: str) -> bool:
        heard.append(text)
        return True

    alarms = Alarms(say)
    alarms.trouble(Trouble.FULL)
    running = asyncio.create_task(alarms.run())
    await asyncio.sleep(0.01)
    alarms.trouble(None)  # steady for less than half a minute
    await asyncio.sleep(0.01)
    running.cancel()
    assert heard == [operating.TROUBLES["full"]]
    await alarms.end()
    assert heard == [operating.TROUBLES["full"], operating.WELL_AGAIN]
    await alarms.end()
    assert len(heard) == 2


async def test_a_stop_while_the_trouble_lasts_says_nothing_of_its_end() -> None:
    heard: list[str] = []

    async def say(text: str) -> bool:
        heard.append(text)
        return True

    alarms = Alarms(say)
    alarms.trouble(Trouble.FULL)
    await alarms.end()
    assert heard == []
