"""The first call to Telegram: who this bot is. Without a network it waits, and logs that it waits."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

import structlog
from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.poller import REFUSED, remedy
from bot.errors import TokenRefusedError

_LONGEST_WAIT_SECONDS: Final = 60.0

_log = structlog.get_logger()


async def reach(bot: Bot, *, speed: float = 1.0) -> None:
    """Wait until Telegram answers. Raises :class:`TokenRefusedError`; other errors are retried."""
    failures = 0
    while True:
        try:
            await bot.initialize()
        except InvalidToken:
            raise TokenRefusedError(REFUSED) from None
        except TelegramError as error:
            failures += 1
            wait = min(_LONGEST_WAIT_SECONDS, 2.0 ** min(failures, 6))
            if isinstance(error, RetryAfter):
                given = error.retry_after
                wait = given.total_seconds() if isinstance(given, timedelta) else float(given)
            _log.warning("telegram.not_reached", error=type(error).__name__, again_in_seconds=wait,
                         remedy=remedy(error))  # fmt: skip
            await asyncio.sleep(wait / speed)
        else:
            if failures:
                _log.info("telegram.reached", after_failures=failures)
            return
