"""A start cancelled while the database is being opened ends quietly: its thread reports nothing to a closed loop."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from bot.storage.store import SqliteStore
from tests.small_faq import TOKYO


def test_no_thread_is_left_with_a_closed_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[object] = []
    begun, connect = threading.Event(), sqlite3.connect

    def slowly(*arguments: object, **options: object) -> sqlite3.Connection:
        begun.set()
        time.sleep(0.3)
        return connect(*arguments, **options)  # type: ignore[call-overload, no-any-return] # as it comes

    async def cut_short() -> None:
        opening = asyncio.create_task(SqliteStore.open(tmp_path / "a.db", label="a test", zone=TOKYO))
        await asyncio.to_thread(begun.wait, 10)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening

    monkeypatch.setattr(threading, "excepthook", faults.append)
    monkeypatch.setattr("bot.storage.database.sqlite3.connect", slowly)
    asyncio.run(cut_short())
    time.sleep(0.6)
    assert faults == []
    monkeypatch.undo()
    asyncio.run(_opened(tmp_path))


async def _opened(folder: Path) -> None:
    store = await SqliteStore.open(folder / "a.db", label="a test", zone=TOKYO)
    await store.close()
