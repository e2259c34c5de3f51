"""Operators' orders to a running bot: one small file each, which the bot takes within a second, or at its start."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import structlog

from bot.ports import Dispatch
from handlers.model.events import BannerSet, Paused, Resumed
from handlers.model.roles import OPERATOR

_SUFFIX: Final = ".orders"
_LOOK_SECONDS: Final = 0.5

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Order:
    """``do`` is ``pause``, ``resume`` or ``notice``; ``who`` gave the order, for the audit."""

    do: str
    text: str
    who: str


def give(database: Path, order: Order) -> Path:
    """Write an order for the bot that uses this database; the file is deleted when the bot has taken it."""
    folder = _folder(database)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{time.time_ns():020d}-{os.getpid()}.json"  # names sort by time
    draft, path = folder / f".{name}", folder / name
    try:
        draft.write_text(json.dumps({"do": order.do, "text": order.text, "who": order.who}), encoding="utf-8")
        draft.chmod(0o600)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


class Orders:
    """The bot's side: takes orders."""

    def __init__(self, database: Path, dispatch: Dispatch) -> None:
        """``database`` is the file that ``dispatch`` writes to: orders for another database are not taken."""
        self._folder = _folder(database)
        self._dispatch = dispatch

    async def run(self) -> None:
        """Take orders until cancelled."""
        while True:
            await self.take()
            await asyncio.sleep(_LOOK_SECONDS)

    async def take(self) -> None:
        """Take every waiting order, oldest first; a file is deleted only when its order is in the record."""
        for path in sorted(self._folder.glob("[0-9]*.json")) if self._folder.is_dir() else ():
            event = _event(path)
            if event is not None:
                await self._dispatch(event)
            with contextlib.suppress(FileNotFoundError):
                path.unlink()


def _event(path: Path) -> Paused | Resumed | BannerSet | None:
    try:
        order = json.loads(path.read_text(encoding="utf-8"))
        who: dict[str, Any] = {
            "id": f"order:{path.stem}",
            "staff": f"{OPERATOR}{order['who']}",
            "name": str(order["who"]),
        }
        text = str(order["text"])
        kinds: dict[str, Paused | Resumed | BannerSet] = {
            "pause": Paused(**who, text=text),
            "resume": Resumed(**who),
            "notice": BannerSet(**who, text=text),
        }
        return kinds[order["do"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.error("orders.unreadable", file=path.name, error=type(error).__name__)
        return None


def _folder(database: Path) -> Path:
    return database.with_name(database.name + _SUFFIX)


def is_taken(path: Path, seconds: float) -> bool:
    """Whether the bot takes an order within this many seconds."""
    return any(not path.exists() for _ in _moments(seconds))


def _moments(seconds: float) -> Iterator[float]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield end
        time.sleep(0.1)
