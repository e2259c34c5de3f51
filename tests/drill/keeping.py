"""P13: a backup made under load and restored elsewhere is equal in every row; the bot continues from it."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.drill.report import Line
from tests.drill.rig import Rig, rig

_MOMENT = "2026-11-24T01:00:00.000000+00:00"
_PER_TICKET = 20


async def restore(messages: int) -> Line:
    """A database of ``messages`` messages; residents keep writing while it is copied."""
    async with rig(settings={"rules": {"messages_per_minute": 0}}) as it:
        it.sim.limits.enforced = False
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません")
        await it.bot.stop()
        await asyncio.to_thread(_fill, it.bot.database, messages)
        await it.bot.start()
        writing = asyncio.create_task(_write_on(it))
        copy = it.bot.folder / "copy.db"
        begun = time.monotonic()
        backed = await it.bot.verb("backup", str(copy))
        took_backup = time.monotonic() - begun
        refused = await it.bot.verb("restore", str(copy))
        writing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writing
        await it.bot.kill()
        for file in it.bot.folder.glob("bot.db*"):
            file.unlink()
        it.bot.database.write_bytes(b"")
        empty = await it.bot.verb("run")
        it.bot.database.write_bytes(b"no database at all" * 999)
        damaged = await it.bot.verb("run")
        begun = time.monotonic()
        restored = await it.bot.verb("restore", str(copy))
        took_restore = time.monotonic() - begun
        same = await asyncio.to_thread(lambda: _digest(copy) == _digest(it.bot.database))
        await it.bot.start()
        late = it.resident(42)
        late.write("白鳥ボート 登録")
        await late.hears("池の窓口", seconds=20)
        clean = it.violations()
    seconds = took_backup + took_restore
    told = all(status == 2 and "madoguchi restore FILE" in words for status, words in (empty, damaged))
    kept = backed[0] == restored[0] == 0 and refused[0] == 2 and same and seconds < 60 and told and not clean
    came = (
        f"backup {took_backup:.1f} s, restore {took_restore:.1f} s, rows {'identical' if same else 'DIFFERENT'}, restore "
        f"while running {'refused' if refused[0] == 2 else 'NOT refused'}, an empty and a damaged database "
        f"{'refused with the way back' if told else 'NOT refused'}, the bot answers from it" + clean
    )
    return Line("P13", f"{messages} messages, copied while residents write", came, kept)


async def _write_on(it: Rig) -> None:
    number = 50
    while True:
        it.resident(number).write("白鳥ボート いくら")
        number += 1
        await asyncio.sleep(0.02)


def _fill(database: Path, messages: int) -> None:
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        tickets = messages // _PER_TICKET
        connection.executemany(
            "insert into ticket (id, resident, status, language, question, reason, given, former_holder, no_reply,"
            " opened_at, touched_at) values (?, ?, 'closed', 'ja', '白鳥ボートはいくらですか', 'asked', '[]', '', 0, ?, ?)",
            ((n, f"tg:{10**6 + n}", _MOMENT, _MOMENT) for n in range(1, tickets + 1)),
        )
        connection.executemany(
            "insert into message (ticket, author, name, text, written_at) values (?, 'resident', '', ?, ?)",
            (
                (1 + n % tickets, f"{n} 番目のことばです。きょうは混んでいますか。", _MOMENT)
                for n in range(messages)
            ),
        )
        connection.execute("update counter set value = ? where name = 'ticket'", (tickets,))


def _digest(database: Path) -> list[Any]:
    return list(_rows(database))


def _rows(database: Path) -> Iterator[Any]:
    with contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        tables = [
            r[0]
            for r in connection.execute("select name from sqlite_master where type = 'table' order by name")
        ]
        for table in tables:
            yield table
            yield from sorted(connection.execute(f'select * from "{table}"').fetchall(), key=repr)
