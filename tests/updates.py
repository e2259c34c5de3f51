"""Updates as stored in the inbox."""

from __future__ import annotations

from bot.ports import RawUpdate


def an_update(number: int, lane: str = "tg:1", body: str = "{}", channel: str = "tg") -> RawUpdate:
    return RawUpdate(f"{channel}:{number}", number, lane, body)
