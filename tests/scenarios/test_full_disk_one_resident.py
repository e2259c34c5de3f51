"""One resident's flood by webhook while the disk is full: after room is made, all messages are handled, in order."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.full_disk import small_disk_at
from tests.scenarios.test_operating import fill, log_of, runs, webhook_rig
from tests.tgsim.driver import until
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout

MESSAGES = 60


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three mebibytes."""
    with small_disk_at(tmp_path / "small", 3) as place:
        yield place


def waiting(database: Path) -> int:
    """Updates that are not handled yet."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        count: int = connection.execute("select count(*) from inbox where state = 'new'").fetchone()[0]
        return count


async def test_sixty_messages_of_one_resident_while_the_disk_is_full_all_arrive_once_there_is_room(
    small_disk: Path,
) -> None:
    async with webhook_rig() as (it, _):
        await it.bot.stop()
        config = it.bot.folder / "config.yaml"
        config.write_text(config.read_text().replace('"bot.db"', f'"{small_disk / "bot.db"}"'))
        it.sim.webhook = {}
        await it.bot.start()
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません")
        who.press("職員に聞く")
        await who.hears("受付番号 1")
        ballast = fill(small_disk)
        for number in range(MESSAGES):
            who.write(f"文{number:02d}です")
        await until(it.sim, lambda: any(status == 503 for _, status in it.sim.deliveries), 30)
        assert runs(it)
        ballast.unlink()
        await until(it.sim, lambda: not it.sim.world.updates, 60)
        await until(it.sim, lambda: waiting(small_disk / "bot.db") == 0, 60)

        def shown() -> str:
            return "\n".join(str(m.get("text")) for m in it.sim.world.said_by_bot[DESK])

        await until(it.sim, lambda: all(f"文{n:02d}です" in shown() for n in range(MESSAGES)), 60)
        places = [shown().index(f"文{n:02d}です") for n in range(MESSAGES)]
        assert places == sorted(places)
        assert all(shown().count(f"文{n:02d}です") == 1 for n in range(MESSAGES))
        assert await it.bot.stop() == 0
        assert "Traceback" not in log_of(it)
