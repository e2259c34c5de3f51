"""What an error of Telegram's means for a message: one function, tested as a table."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.ports import Delivery, Result

_GONE: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")
_UNREACHABLE: Final = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was kicked")


def classify(error: TelegramError) -> Delivery:
    """What an error means for the message. The order matters: BadRequest and TimedOut are NetworkErrors."""
    said = error.message.lower()
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            return Delivery(Result.RETRY, retry_after=max(1.0, seconds), detail="flood")
        case ChatMigrated():
            return Delivery(Result.RETRY, retry_after=1.0, detail="chat-migrated")
        case Forbidden():
            return Delivery(Result.UNREACHABLE, detail="forbidden")
        case InvalidToken():
            return Delivery(Result.RETRY, retry_after=60.0, detail="token-not-accepted")
        case BadRequest() if "message is not modified" in said:
            return Delivery(Result.SENT, detail="not-modified")
        case BadRequest() if any(words in said for words in _GONE):
            return Delivery(Result.SENT, detail="card-gone")
        case BadRequest() if any(words in said for words in _UNREACHABLE):
            return Delivery(Result.UNREACHABLE, detail="chat-not-found")
        case BadRequest():
            return Delivery(Result.REFUSED, detail=f"bad-request: {error.message[:80]}")
        case TimedOut():
            return Delivery(Result.UNKNOWN, detail="no-answer")
        case NetworkError():
            return Delivery(Result.RETRY, detail=type(error).__name__)
        case Conflict():
            return Delivery(Result.RETRY, detail="conflict")
        case _:  # what answered was not the Bot API: a proxy, a page in HTML
            return Delivery(Result.UNKNOWN, detail=type(error).__name__)
