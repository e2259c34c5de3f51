"""A reaction on a message of staff that shows whether it arrived: unlike a message it does not count against the limit."""

from __future__ import annotations

from typing import Final

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.places import Place

_ARRIVED: Final = "👌"
_NOT_ARRIVED: Final = "👎"

_log = structlog.get_logger()


async def tick(bot: Bot, place: str, arrived: bool) -> None:
    """``place`` is the message of staff. What Telegram refuses is only logged."""
    at = Place.parse(place)
    try:
        await bot.set_message_reaction(at.number_of_chat, at.number, _ARRIVED if arrived else _NOT_ARRIVED)
    except TelegramError as error:
        _log.info("telegram.tick_not_shown", error=type(error).__name__)
