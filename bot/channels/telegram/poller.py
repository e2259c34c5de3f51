"""Long polling: updates are masked, stored and committed before they are confirmed to Telegram."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any, Final
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.door import Door, id_of
from bot.channels.telegram.transport import TooDeepAnswerError
from bot.errors import TokenRefusedError
from bot.ports import StoreUnavailableError

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
REFUSED: Final = "Telegram does not accept the token; copy it again from @BotFather into MADOGUCHI_TELEGRAM_TOKEN and restart"
_POLL_SECONDS: Final = 30
_AT_ONCE: Final = 100
_LONGEST_WAIT_SECONDS: Final = 60.0
_LONGEST_STORE_WAIT_SECONDS: Final = 5.0
_STUCK_SECONDS: Final = 1.0
_FIRST_ID: Final = re.compile(rb'"update_id"\s*:\s*(\d{1,15})\b')

_log = structlog.get_logger()


class Poller:
    """Fetches raw updates with a request object reserved for that, and hands them to the door to be stored."""

    def __init__(self, bot: Bot, request: BaseRequest, door: Door, *, speed: float = 1.0) -> None:
        """``speed`` multiplies the clock of waits, for drills."""
        self._bot = bot
        self._request = request
        self._door = door
        self._speed = speed
        self._offset = 0
        self._limit = _AT_ONCE

    async def run(self) -> None:
        """Poll until cancelled. Raises :class:`TokenRefusedError`, which waiting cannot mend."""
        failures = 0
        while True:
            try:
                await self.poll(_POLL_SECONDS)
                failures = 0
            except InvalidToken:
                raise TokenRefusedError(REFUSED) from None
            except RetryAfter as error:
                wait = error.retry_after
                await asyncio.sleep(wait if isinstance(wait, (int, float)) else wait.total_seconds())
            except StoreUnavailableError as error:
                failures += 1
                _log.warning("telegram.not_confirmed", trouble=error.trouble.value,
                             remedy="Telegram keeps the updates and sends them again")  # fmt: skip
                await self._wait(failures, _LONGEST_STORE_WAIT_SECONDS)
            except TelegramError as error:
                failures += 1
                _log.warning("telegram.poll_failed", error=type(error).__name__, failures=failures,
                             remedy=remedy(error))  # fmt: skip
                await self._wait(failures, _LONGEST_WAIT_SECONDS)

    async def _wait(self, failures: int, longest: float) -> None:
        await asyncio.sleep(min(longest, 2.0 ** min(failures, 6)) / self._speed)

    async def poll(self, timeout: int) -> int:  # noqa: ASYNC109 - Telegram's own word: how long the server may wait
        """One round; returns the number of updates. The next round confirms them, so they are stored before it."""
        try:
            updates = await self._get_updates(timeout)
        except TooDeepAnswerError as error:
            return await self._skip(error.content)
        self._limit = _AT_ONCE
        if updates:
            await self._door.take(updates)
            numbers = [number for update in updates if (number := id_of(update)) is not None]
            self._offset = max([self._offset, *(number + 1 for number in numbers)])
            if not numbers:  # nothing that could be confirmed: Telegram sends the same again at once
                await asyncio.sleep(_STUCK_SECONDS)
        return len(updates)

    async def _skip(self, content: bytes) -> int:
        """One update makes the whole answer unreadable: fetch them one by one, and set that one aside."""
        if self._limit > 1:
            self._limit = 1
            return 0
        first = _FIRST_ID.search(content)
        number = int(first[1]) if first is not None else None
        await self._door.refuse(number, "too deep", content)
        if number is not None:
            self._offset = number + 1
        else:
            await asyncio.sleep(_STUCK_SECONDS)
        return 1

    async def _get_updates(self, timeout: int) -> list[Any]:  # noqa: ASYNC109 - see poll
        # Bot.get_updates parses its answer: an update that cannot be parsed would come back in every round.
        query = {
            "timeout": timeout,
            "offset": self._offset,
            "limit": self._limit,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        url = f"{self._bot.base_url}/getUpdates?{urlencode(query)}"
        result = await self._request.post(url, read_timeout=timeout + 10)
        return result if isinstance(result, list) else []


def remedy(error: TelegramError) -> str:
    """What an operator can do about it."""
    if isinstance(error, Conflict):
        return "another program polls with this token; stop it, or give this one a token of its own"
    if isinstance(error, NetworkError):
        return "check the connection to the internet; trying again by itself"
    return "trying again by itself"
