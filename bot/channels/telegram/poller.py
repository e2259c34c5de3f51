"""Long polling of our own: what arrives is masked, stored and committed before Telegram is told that it arrived."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.errors import BotError
from bot.ports import RawUpdate

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
_POLL_SECONDS: Final = 30
_LONGEST_WAIT_SECONDS: Final = 60.0

_log = structlog.get_logger()

Receive = Callable[[Sequence[RawUpdate]], Awaitable[None]]
Admit = Callable[[dict[str, Any]], RawUpdate]


class Poller:
    """Fetches raw updates with the request object meant for it, and hands them over masked."""

    def __init__(self, bot: Bot, request: BaseRequest, admit: Admit, receive: Receive) -> None:
        self._bot = bot
        self._request = request
        self._admit = admit
        self._receive = receive
        self._offset = 0

    async def run(self) -> None:
        """Poll until cancelled. Raises :class:`BotError` only where waiting cannot help: the token is not accepted."""
        failures = 0
        while True:
            try:
                await self.poll(_POLL_SECONDS)
                failures = 0
            except InvalidToken:
                raise BotError(
                    "Telegram does not accept the token; copy it again from @BotFather into "
                    "MADOGUCHI_TELEGRAM_TOKEN and start anew"
                ) from None
            except RetryAfter as error:
                wait = error.retry_after
                await asyncio.sleep(wait if isinstance(wait, (int, float)) else wait.total_seconds())
            except TelegramError as error:
                failures += 1
                wait_seconds = min(_LONGEST_WAIT_SECONDS, 2.0 ** min(failures, 6))
                _log.warning("telegram.poll_failed", error=type(error).__name__, wait_seconds=wait_seconds,
                             remedy=_remedy(error))  # fmt: skip
                await asyncio.sleep(wait_seconds)

    async def poll(self, timeout: int) -> int:  # noqa: ASYNC109 - Telegram's own word: how long the server may wait
        """One round; how many updates came. The next round confirms them, so they are stored by then."""
        result = await self._get_updates(timeout)
        updates = [update for update in result if isinstance(update.get("update_id"), int)]
        if updates:
            await self._receive([self._admit(update) for update in updates])
            self._offset = max(update["update_id"] for update in updates) + 1
        return len(updates)

    async def _get_updates(self, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109 - see poll
        # Bot.get_updates would parse: one update that cannot be parsed would then come back for ever.
        query = {"timeout": timeout, "offset": self._offset, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        url = f"{self._bot.base_url}/getUpdates?{urlencode(query)}"
        result = await self._request.post(url, read_timeout=timeout + 10)
        return result if isinstance(result, list) else []


def _remedy(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return "another program polls with this token; stop it, or give this one a token of its own"
    if isinstance(error, NetworkError):
        return "check the connection to the internet; trying again by itself"
    return "trying again by itself"
