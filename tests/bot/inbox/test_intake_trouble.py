"""The record fails while updates wait: they stay, are retried by the same run, and are answered once."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from bot.inbox.attempts import ATTEMPTS
from bot.inbox.gathering import ReceivedText
from bot.inbox.intake import Intake
from bot.ports import Lease, RawUpdate, StoreUnavailableError, Trouble
from bot.storage.store import SqliteStore
from handlers.model.actions import Say, ToResident
from handlers.model.events import Started
from handlers.model.snapshot import Outcome
from tests.full_disk import small_disk_at
from tests.small_faq import OPEN, TOKYO
from tests.updates import an_update

RESIDENTS = 60
WORDS = "とても長いお返事です。" * 400


class Desk:
    """Answers each group of updates in the transaction that settles it; counts what the record refused."""

    def __init__(self, store: SqliteStore, fill: Callable[[], object]) -> None:
        """``fill`` fills the disk just before the first update is handled; the others wait until it is full."""
        self.store = store
        self.is_full = asyncio.Event()
        self.fill: Callable[[], object] | None = fill
        self.refused: Counter[int] = Counter()
        self.dead: list[tuple[int, str]] = []

    async def handle(self, leases: Sequence[Lease]) -> bool:
        if self.fill is not None:
            fill, self.fill = self.fill, None
            await asyncio.to_thread(fill)
            self.is_full.set()
        await self.is_full.wait()
        lane, first = leases[0].update.lane, leases[0].update.number
        said = tuple(Say(ToResident(lane), f"{lease.update.number} {WORDS}") for lease in leases)
        event = Started(id=f"e:{first}", resident=lane)
        try:
            await self.store.decide(event, OPEN, lambda _, __: Outcome(actions=said), leases)
        except StoreUnavailableError:
            self.refused[first] += 1
            raise
        return True

    async def set_aside(self, lease: Lease, fault: str) -> None:
        self.dead.append((lease.update.number, fault))

    async def answered(self) -> Counter[int]:
        rows = await self.store.outbox_after(0, 10_000)
        return Counter(int(row.action.text.split()[0]) for row in rows if isinstance(row.action, Say))


async def goes_on(store: SqliteStore, fill: Callable[[], object], make_room: Callable[[], object]) -> None:
    """Serve while the record is full, make room, and wait until nothing waits."""
    desk = Desk(store, fill)
    await store.ingest(updates(), "an earlier run")
    intake = Intake(
        store,
        desk.handle,
        desk.set_aside,
        channel="tg",
        token="run",
        piece_of=lambda u: ReceivedText(u.number, 0, 1),
        speed=20,
    )
    task = asyncio.create_task(intake.run())
    async with asyncio.timeout(90):
        while sum(desk.refused.values()) < RESIDENTS // 2 + 2 * ATTEMPTS:  # noqa: ASYNC110 - there is no event for a refusal
            await asyncio.sleep(0.02)
    waiting = await store.pending(1000)
    assert len(waiting) > RESIDENTS / 2
    assert desk.dead == []
    await asyncio.to_thread(make_room)
    async with asyncio.timeout(90):
        while await store.pending(1):  # noqa: ASYNC110 - the store has no event for being empty
            await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert desk.dead == []
    assert await desk.answered() == dict.fromkeys(range(1, 3 * RESIDENTS + 1), 1)


def updates() -> list[RawUpdate]:
    """Three of each resident."""
    return [an_update(n, f"tg:{n % RESIDENTS}", "{}") for n in range(1, 3 * RESIDENTS + 1)]


async def test_what_a_full_file_kept_from_being_handled_is_handled_when_there_is_room(
    store: SqliteStore,
) -> None:
    loop = asyncio.get_running_loop()

    def limit(pages: int) -> None:
        """SQLite's own limit of the file; below the current size it forbids any further page."""
        asked = f"pragma max_page_count = {pages}"
        visit = store._database._connection.visit(lambda raw: raw.execute(asked).fetchone())
        asyncio.run_coroutine_threadsafe(visit, loop).result()

    await goes_on(store, lambda: limit(1), lambda: limit(1_000_000))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of twenty mebibytes."""
    with small_disk_at(tmp_path / "small", 20) as place:
        yield place


async def test_what_a_full_disk_kept_from_being_handled_is_handled_when_there_is_room(
    small_disk: Path,
) -> None:
    store = await SqliteStore.open(small_disk / "inbox.db", label="a test", zone=TOKYO)
    ballast = small_disk / "ballast"

    def fill() -> None:
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)

    await goes_on(store, fill, ballast.unlink)
    await store.close()


async def test_while_the_record_is_down_one_attempt_at_a_time_looks_whether_it_is_back(
    store: SqliteStore,
) -> None:
    """However many updates wait, a failed record gets one attempt at a time, and no attempt counts against an update."""
    await store.ingest([an_update(n, f"tg:{n}", "{}") for n in range(1, 501)], "an earlier run")
    is_down, tries, seen = True, 0, list[int]()

    async def handle(leases: Sequence[Lease]) -> bool:
        nonlocal tries
        if is_down:
            tries += 1
            raise StoreUnavailableError(Trouble.LOCKED)
        seen.extend(lease.update.number for lease in leases)
        return False

    async def set_aside(lease: Lease, fault: str) -> None:
        raise AssertionError(fault)

    task = asyncio.create_task(Intake(store, handle, set_aside, channel="tg", token="run", speed=100).run())
    async with asyncio.timeout(30):
        while tries < 64 + 10:  # noqa: ASYNC110 - first one attempt per lane, then one at a time
            await asyncio.sleep(0.01)
    assert tries < 64 + 40
    is_down = False
    async with asyncio.timeout(30):
        while await store.pending(1):  # noqa: ASYNC110 - the store has no event for being empty
            await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert sorted(seen) == list(range(1, 501))
