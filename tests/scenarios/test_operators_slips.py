"""Mistakes of an operator with the real process: the record survives a copy onto itself, an order waits for its
bot, folders keep their permissions, and who was told of a trouble is told of its end.
"""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from bot.storage.backup import verify
from tests.drill.rig import Rig, rig
from tests.full_disk import small_disk_at
from tests.scenarios.test_operating import QUICK, fill, logged
from tests.tgsim.driver import said
from tests.tgsim.process import ADMINS

pytestmark = pytest.mark.checkout


def reset(it: Rig, **sections: dict[str, Any]) -> None:
    """Rewrite sections of config.yaml."""
    config = it.bot.folder / "config.yaml"
    whole = json.loads(config.read_text(encoding="utf-8"))
    for name, values in sections.items():
        whole[name] = whole.get(name, {}) | values
    config.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")


async def test_a_copy_onto_the_database_in_use_is_refused_and_every_word_is_kept() -> None:
    async with rig(settings=QUICK) as it:
        it.sim.limits.enforced = False
        entry = it.bot.folder / "faq" / "entries" / "ponds.yaml"
        first = entry.read_bytes()
        link = it.bot.folder / "link.db"
        link.symlink_to(it.bot.database)
        for target in (
            it.bot.database, link, it.bot.folder / "bot.db-wal", it.bot.folder / "bot.db.lock",
            entry, it.bot.folder / "config.yaml", it.bot.folder, Path("/dev/full"),
        ):  # fmt: skip
            status, told = await it.bot.verb("backup", str(target), "--replace")
            assert status == 2, (target, told)
            assert str(target) in told
        assert entry.read_bytes() == first
        people = [it.resident(number) for number in range(100, 110)]
        for who in people:
            who.write("職員に聞く")
        for who in people:
            await who.hears("ください", seconds=30)
        status, told = await it.bot.verb("backup", str(it.bot.folder / "copy.db"))
        assert status == 0, told
        assert await it.bot.stop() == 0
        assert verify(it.bot.database).rows["conversation"] == len(people)
        status, told = await it.bot.verb("restore", str(it.bot.folder))
        assert status == 2
        assert "is a folder, not a file" in told


async def test_an_order_outlives_a_run_in_the_terminal_and_a_folder_named_as_the_record_keeps_its_rights() -> (
    None
):
    async with rig(settings=QUICK, started=False) as it:
        it.sim.limits.enforced = False
        status, told = await it.bot.verb("pause", "--until", "明日")
        assert status == 0, told
        orders = it.bot.folder / "bot.db.orders"
        whole = it.bot.environment
        it.bot.environment = lambda: {k: v for k, v in whole().items() if k != "MADOGUCHI_TELEGRAM_TOKEN"}  # type: ignore[method-assign]
        process = await asyncio.create_subprocess_exec(
            *it.bot.command("run"), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT, env=it.bot.environment(), cwd=it.bot.folder,
        )  # fmt: skip
        assert process.stdin is not None
        process.stdin.write("白鳥ボート いくら\n".encode())
        await process.stdin.drain()
        await asyncio.sleep(3)
        process.stdin.close()
        async with asyncio.timeout(20):
            told = (await process.communicate())[0].decode()
        assert "池の窓口" in told or "確認できません" in told
        assert len(list(orders.glob("*.json"))) == 1
        it.bot.environment = whole  # type: ignore[method-assign]

        precious = it.bot.folder / "precious"
        precious.mkdir(mode=0o755)
        precious.chmod(0o755)
        reset(it, storage={"path": "precious"})
        status, told = await it.bot.verb("run")
        assert status == 2
        assert "precious: is a folder, not a file" in told
        status, told = await it.bot.verb("doctor")
        assert "chmod" not in told
        assert "is a folder, not a file" in told
        assert stat.S_IMODE(precious.stat().st_mode) == 0o755

        reset(it, storage={"path": "bot.db"}, desk={"closed_from": "01-03", "closed_until": "12-29"})
        await it.bot.start()
        assert "settings.odd" in it.bot.log.read_text(encoding="utf-8")
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        await who.hears("ここの案内を休んでいます", seconds=20)
        assert not list(orders.glob("*.json"))
        assert await it.bot.stop() == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three mebibytes."""
    with small_disk_at(tmp_path / "small", 3) as place:
        yield place


async def test_on_a_full_disk_an_order_names_the_disk_and_a_stop_soon_after_still_says_that_all_is_well(
    small_disk: Path,
) -> None:
    settings = QUICK | {"storage": {"path": str(small_disk / "bot.db")}}
    async with rig(settings=settings, started=False) as it:
        it.sim.limits.enforced = False
        await it.bot.start()
        who = it.resident(40)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません")
        ballast = fill(small_disk)
        it.resident(41).write("白鳥ボート いくら")
        await said(it.sim, ADMINS, "ディスクがいっぱい", seconds=30)
        status, told = await it.bot.verb("pause")
        assert status == 2
        assert "the disk is full: make room" in told
        assert "as the user" not in told
        ballast.unlink()
        await logged(it, "database.well_again")
        assert await it.bot.stop() == 0  # half a minute has not passed
        await said(it.sim, ADMINS, "また記録できるように", seconds=5)
