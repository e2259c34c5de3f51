"""Faults of the machine with the real process: only a refused token or a request to stop ends it, and no resident's
words are lost without notice.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from bot.channels.telegram.webhook import SECRET_HEADER
from tests.drill.rig import Rig, rig
from tests.full_disk import small_disk_at
from tests.tgsim.driver import said, until
from tests.tgsim.process import ADMINS, SECRET
from tests.tgsim.world import Pending

pytestmark = pytest.mark.checkout

UNLIMITED: Final = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}
QUICK: Final[dict[str, Any]] = {"telegram": {"limits": UNLIMITED}, "rules": {"messages_per_minute": 0}}
SPEED: Final = 10.0
"""Speed of the bot's waits: the thirty seconds before a trouble counts as over take three."""


def log_of(it: Rig) -> str:
    return it.bot.log.read_text(encoding="utf-8", errors="replace")


def runs(it: Rig) -> bool:
    return it.bot.process is not None and it.bot.process.returncode is None


async def logged(it: Rig, words: str, times: int = 1, seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while log_of(it).count(words) < times:  # noqa: ASYNC110 - the file belongs to another process
            await asyncio.sleep(0.05)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three mebibytes."""
    with small_disk_at(tmp_path / "small", 3) as place:
        yield place


def fill(disk: Path) -> Path:
    """Leave no free block."""
    ballast = disk / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    return ballast


async def test_a_full_disk_ends_nothing_admins_hear_of_it_and_everybody_is_answered_once_there_is_room(
    small_disk: Path,
) -> None:
    settings = QUICK | {"storage": {"path": str(small_disk / "bot.db")}}
    async with rig(speed=SPEED, settings=settings, started=False) as it:
        it.sim.limits.enforced = False
        it.bot.log = small_disk / "bot.log"
        await it.bot.start()
        first = it.resident(40)
        first.write("白鳥ボート いくら")
        await first.hears("確認できません")
        ballast = fill(small_disk)
        people = [it.resident(number) for number in range(100, 160)]
        for who in people:
            who.write("白鳥ボート いくら")
        await said(it.sim, ADMINS, "ディスクがいっぱい", seconds=30)
        await asyncio.sleep(3)
        assert runs(it)
        assert len(it.sim.world.said_by_bot[ADMINS]) == 1
        ballast.unlink()
        for who in people:
            await who.hears("確認できません", seconds=60)
        await said(it.sim, ADMINS, "また記録できるように", seconds=30)
        answers = Counter(len([text for text in who.texts if "確認できません" in text]) for who in people)
        assert answers[1] >= len(people) - 1, answers
        assert set(answers) <= {1, 2}
        fill(small_disk)
        assert await it.bot.stop() == 0
        assert "Traceback" not in log_of(it)


async def test_another_programs_lock_is_waited_for_and_told(tmp_path: Path) -> None:
    async with rig(speed=SPEED, settings=QUICK) as it:
        it.sim.limits.enforced = False
        other = sqlite3.connect(it.bot.database, isolation_level=None)
        other.execute("begin immediate")
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        await said(it.sim, ADMINS, "ほかのプログラムがデータベースを使っている", seconds=15)
        await asyncio.sleep(3)
        assert runs(it)
        other.execute("rollback")
        other.close()
        await who.hears("確認できません", seconds=20)
        await said(it.sim, ADMINS, "また記録できるように", seconds=30)
        assert len([text for text in who.texts if "確認できません" in text]) == 1
        assert "Traceback" not in log_of(it)
        assert await it.bot.stop() == 0


async def test_a_database_damaged_while_it_is_used_ends_nothing_and_the_way_back_works() -> None:
    async with rig(speed=SPEED, settings=QUICK) as it:
        it.sim.limits.enforced = False
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません")
        copy = it.bot.folder / "copy.db"
        assert (await it.bot.verb("backup", str(copy)))[0] == 0
        with contextlib.closing(sqlite3.connect(it.bot.database, isolation_level=None)) as other:
            other.execute("update counter set value = value")  # makes the bot read the file again
            other.execute("pragma wal_checkpoint(truncate)")
        with it.bot.database.open("r+b") as file:
            file.seek(4096)
            file.write(random.Random(1).randbytes(it.bot.database.stat().st_size - 4096))
        for number in range(50, 60):
            it.resident(number).write("白鳥ボート いくら")
        await said(it.sim, ADMINS, "データベースが壊れている", "madoguchi restore FILE", seconds=30)
        await asyncio.sleep(1)
        assert runs(it)
        assert await it.bot.stop() == 0
        assert "Traceback" not in log_of(it)

        status, told = await it.bot.verb("run")
        assert status == 2, told
        assert "madoguchi restore FILE" in told.strip().splitlines()[-1]
        assert "Traceback" not in told
        status, told = await it.bot.verb("doctor")
        assert status == 1
        assert "FAULT database" in told
        assert "madoguchi restore FILE" in told
        status, told = await it.bot.verb("restore", str(copy))
        assert status == 0, told
        await it.bot.start()
        late = it.resident(42)
        late.write("白鳥ボート いくら")
        await late.hears("確認できません", seconds=20)


async def test_without_a_network_the_start_waits_says_so_and_goes_on_when_it_is_there() -> None:
    async with rig(speed=20, settings=QUICK, started=False) as it:
        listening = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        listening.close()
        await listening.wait_closed()
        config = it.bot.folder / "config.yaml"
        config.write_text(config.read_text().replace(it.sim.url, f"http://127.0.0.1:{port}"))
        await it.bot.start(wait=False)
        await logged(it, "telegram.not_reached")
        assert "check the connection to the internet" in log_of(it)
        assert await it.bot.stop() == 0  # a request to stop takes effect while it waits
        assert "telegram.stopped" in log_of(it)

        before = log_of(it).count("telegram.not_reached")
        await it.bot.start(wait=False)
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        await logged(it, "telegram.not_reached", before + 2)
        async with forwarded(port, it.sim.url):
            await who.hears("確認できません", seconds=30)
            assert "telegram.reached" in log_of(it)
            assert await it.bot.stop() == 0
        assert "Traceback" not in log_of(it)


@contextlib.asynccontextmanager
async def forwarded(port: int, url: str) -> AsyncIterator[None]:
    """Forward a port to the simulator, until the connections are cut."""
    target = int(url.rpartition(":")[2])
    ends: list[asyncio.StreamWriter] = []

    async def pipe(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
        sink.close()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", target)
        ends.extend((writer, back))
        await asyncio.gather(pipe(reader, back), pipe(there, writer))

    server = await asyncio.start_server(accept, "127.0.0.1", port)
    try:
        yield
    finally:
        server.close()
        for writer in ends:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for writer in ends), return_exceptions=True)


async def test_what_makes_starting_pointless_ends_with_2_and_one_message() -> None:
    taken = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    faults = {
        f"127.0.0.1:{port}": ("Address already in use", "ss -ltnp"),
        "192.0.2.1:8443": ("Cannot assign requested address", "use 127.0.0.1"),
    }
    async with rig(settings=QUICK, started=False) as it:
        config = it.bot.folder / "config.yaml"
        plain = config.read_text()
        for place, (fault, remedy) in faults.items():
            webhook = (
                f'"telegram": {{"webhook_url": "https://example.org/hook", "webhook_listen": "{place}", '
            )
            config.write_text(plain.replace('"telegram": {', webhook))
            status, told = await it.bot.verb("run")
            assert status == 2, told
            assert f"telegram.webhook_listen: {place} cannot be listened on ({fault})" in told
            assert remedy in told
            assert "Traceback" not in told
            if place.startswith("127"):
                status, told = await it.bot.verb("doctor")
                assert status == 1
                assert "FAULT webhook port" in told
        config.write_text(plain.replace(it.sim.url, it.sim.url + "/nobody"))
        status, told = await it.bot.verb("run")
        assert status == 2
        assert "does not accept the token" in told
    taken.close()


DEEP: Final = "[" * 900 + "]" * 900


def poison(it: Rig) -> list[dict[str, Any]]:
    """Updates that cannot be handled, each with its own number."""
    sender = {"id": 77, "is_bot": False, "first_name": "x"}
    message = {"message_id": 1, "date": 0, "chat": {"id": 77, "type": "private"}, "from": sender}
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    return [
        {"message": message | {"text": deep}},
        {"message": message | {"text": {"a": 1}}},
        {"message": {"broken": True}},
        {"message": [1, 2]},
        {"message": message | {"chat": {"id": "abc", "type": "private"}, "text": "白鳥ボート いくら"}},
        {"message": message | {"from": sender | {"id": 2**70}, "text": "x"}},
        {"callback_query": {"id": 5, "from": None, "data": [1]}},
        {"edited_message": 5},
    ]


async def test_updates_that_nobody_can_handle_become_dead_letters_and_polling_goes_on() -> None:
    async with rig(settings=QUICK, judged=False, speed=SPEED) as it:
        it.sim.limits.enforced = False
        for body in poison(it):
            it.sim.world.enqueue(body, 77)
        world = it.sim.world
        for number in (2**63, -5, True, 1.5, "7", None):
            world.updates.append(
                Pending(0, {"update_id": number, "message": {}}, 77, world.clock.now() + 999)
            )
        surrogate = it.resident(41)
        surrogate.write("白鳥ボート\ud800 いくら")
        who = it.resident(42)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません", seconds=20)
        await surrogate.hears("確認できません", seconds=20)
        await said(it.sim, ADMINS, "読めない形のメッセージ", seconds=30)
        late = it.resident(43)
        late.write("白鳥ボート いくら")
        await late.hears("確認できません", seconds=20)
        assert runs(it)
        dead = "select count(*) from inbox where state = 'failed'"
        await until(it.sim, lambda: ask(it, dead) >= 6, 30)
        assert ask(it, "select count(*) from inbox where number < 0") == 6
        assert ask(it, "select count(*) from inbox where lane = 'tg:unreadable' and body like '%白鳥%'") == 0
        assert await it.bot.stop() == 0
        assert "Traceback" not in log_of(it)


def ask(it: Rig, question: str) -> int:
    with contextlib.closing(sqlite3.connect(it.bot.database)) as connection:
        found: int = connection.execute(question).fetchone()[0]
        return found


@contextlib.asynccontextmanager
async def webhook_rig(handles: int = 0) -> AsyncIterator[tuple[Rig, str]]:
    """The bot behind a webhook; with ``handles`` it may open no more files than that."""
    taken = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    taken.close()
    await taken.wait_closed()
    address = f"http://127.0.0.1:{port}/hook"
    own = {"webhook_url": address, "webhook_listen": f"127.0.0.1:{port}", "limits": UNLIMITED}
    async with rig(settings=QUICK | {"telegram": own}, judged=False, started=False, speed=SPEED) as it:
        it.sim.limits.enforced = False
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        if handles:
            resource.setrlimit(resource.RLIMIT_NOFILE, (handles, before[1]))
        try:
            await it.bot.start()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
        yield it, address


async def test_whatever_comes_to_the_webhook_is_answered_200_or_403_and_serving_goes_on() -> None:
    async with webhook_rig() as (it, address):
        port = int(address.split(":")[2].partition("/")[0])
        for secret, status in ((b"\xff", b"403"), (b"wrong\xff\xfe", b"403"), (SECRET.encode(), b"200")):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n")
            writer.write(SECRET_HEADER.encode() + b": " + secret + b"\r\n\r\n{}")
            assert status in await reader.readline()
            writer.close()
        bodies = [
            b'{"update_id": 9223372036854775808, "message": {}}', b'{"update_id": true}', b'{"update_id": -1}',
            b'{"update_id": 1.5}', b'{"update_id": 1e999}', b'{"update_id": ' + b"9" * 9000 + b"}",
            b'{"update_id": 901, "message": {"text": "\\ud800", "chat": {"id": 1}}}', b"\xff\xfe\x00", b"", b"null",
            b'{"update_id": 902, "update_id": 903, "message": {"text": "a", "text": [1]}}', DEEP.encode(),
            b'{"update_id": 904, "message": ' + DEEP.encode() + b"}", b"[" * 200_000, b'{"update_id": NaN}',
        ]  # fmt: skip
        async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as session:
            for body in bodies:
                async with session.post(address, data=body) as answer:
                    assert answer.status == 200, (body[:60], answer.status)
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません", seconds=20)
        await said(it.sim, ADMINS, "読めない形のメッセージ", seconds=20)
        assert runs(it)
        assert "Traceback" not in log_of(it)
        assert await it.bot.stop() == 0


async def test_a_thousand_half_open_connections_keep_telegram_waiting_for_nothing() -> None:
    async with webhook_rig(handles=256) as (it, address):
        port = int(address.split(":")[2].partition("/")[0])
        held: list[asyncio.StreamWriter] = []
        try:
            for number in range(1100):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(
                    b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n" + b"\r\n" * (number % 2)
                )
                held.append(writer)
                if number == 600:
                    early = it.resident(40)
                    early.write("白鳥ボート いくら")
            who = it.resident(41)
            who.write("白鳥ボート いくら")
            await early.hears("確認できません", seconds=20)
            await who.hears("確認できません", seconds=20)
            assert it.bot.process is not None
            assert len(list(Path(f"/proc/{it.bot.process.pid}/fd").iterdir())) < 150
        finally:
            for writer in held:
                writer.close()
        assert runs(it)
        assert "Traceback" not in log_of(it)
        assert await it.bot.stop() == 0


async def test_where_nothing_can_be_stored_the_webhook_says_503_and_telegram_brings_it_again(
    small_disk: Path,
) -> None:
    async with webhook_rig() as (it, _):
        await it.bot.stop()
        config = it.bot.folder / "config.yaml"
        config.write_text(config.read_text().replace('"bot.db"', f'"{small_disk / "bot.db"}"'))
        it.sim.webhook = {}
        await it.bot.start()
        ballast = fill(small_disk)
        people = [it.resident(number) for number in range(100, 140)]
        for who in people:
            who.write("白鳥ボート いくら")
        await until(it.sim, lambda: any(status == 503 for _, status in it.sim.deliveries), 30)
        assert runs(it)
        ballast.unlink()
        for who in people:
            await who.hears("確認できません", seconds=60)
        assert {status for _, status in it.sim.deliveries} <= {200, 503}
        assert await it.bot.stop() == 0
        assert "Traceback" not in log_of(it)
