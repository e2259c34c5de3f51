"""What a Telegram error means for a message: one function and one table of the server's wordings."""

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

from bot.ports import Delivery, DeliveryResult
from handlers.model.delivery import Cause

_GONE: Final = ("message to edit not found", "message can't be edited")
_NO_TOPIC: Final = (
    "message thread not found",
    "topic_deleted",
    "topic_closed",
    "topic_id_invalid",
    "message_thread_invalid",
)
_SHOWN: Final = 80

_Table = tuple[tuple[str, Cause], ...]

OF_MESSAGE: Final[_Table] = (
    ("voice_messages_forbidden", Cause.VOICE_FORBIDDEN),
    ("restricted receiving of voice", Cause.VOICE_FORBIDDEN),
    ("restricted receiving of video", Cause.VIDEO_FORBIDDEN),
    (
        "rights to send text messages",
        Cause.NO_RIGHT_TO_WRITE,
    ),  # before the media rights: this one concerns the whole group
    ("rights to send a message", Cause.NO_RIGHT_TO_WRITE),
    ("rights to send ", Cause.MEDIA_FORBIDDEN),  # photos, documents, voice notes … to the chat
    ("chat_send_plain_forbidden", Cause.NO_RIGHT_TO_WRITE),
    ("chat_send_", Cause.MEDIA_FORBIDDEN),  # CHAT_SEND_PHOTOS_FORBIDDEN, CHAT_SEND_VOICES_FORBIDDEN …
    ("message is too long", Cause.TOO_LONG),
    ("caption is too long", Cause.TOO_LONG),
    ("caption_too_long", Cause.TOO_LONG),
    ("message_too_long", Cause.TOO_LONG),
    ("text is empty", Cause.EMPTY),
    ("text must be non-empty", Cause.EMPTY),
    ("file is too big", Cause.TOO_BIG),
    ("too large", Cause.TOO_BIG),
    ("message to copy not found", Cause.ORIGINAL_GONE),
    ("message to forward not found", Cause.ORIGINAL_GONE),
    ("no messages to copy", Cause.ORIGINAL_GONE),
    ("message_id_invalid", Cause.ORIGINAL_GONE),
    ("can't be copied", Cause.PROTECTED),
    ("can't be forwarded", Cause.PROTECTED),
    ("protected content", Cause.PROTECTED),
    ("forwards_restricted", Cause.PROTECTED),
    ("wrong file", Cause.WRONG_FILE),
    ("wrong remote file", Cause.WRONG_FILE),
    ("invalid file", Cause.WRONG_FILE),
    ("file_reference", Cause.WRONG_FILE),
    ("wrong type of file", Cause.WRONG_FILE),
)
"""Errors about one message or its kind. Checked first, because some of these wordings also mention rights."""
OF_GROUP: Final[_Table] = (
    ("bot was kicked", Cause.KICKED),
    ("bot is not a member", Cause.KICKED),
    ("channel_private", Cause.KICKED),
    ("chat was deleted", Cause.DELETED),
    ("chat was deactivated", Cause.DELETED),
    ("chat not found", Cause.NOT_FOUND),
    ("peer_id_invalid", Cause.NOT_FOUND),
    ("chat_restricted", Cause.RESTRICTED),
    ("rights", Cause.NO_RIGHT_TO_WRITE),
    ("chat_write_forbidden", Cause.NO_RIGHT_TO_WRITE),
    ("chat_admin_required", Cause.NO_RIGHT_TO_WRITE),
    ("user_banned_in_channel", Cause.NO_RIGHT_TO_WRITE),
)
OF_PERSON: Final[_Table] = (
    ("bot was blocked", Cause.BLOCKED),
    ("user_is_blocked", Cause.BLOCKED),
    ("deactivated", Cause.DEACTIVATED),
    ("can't initiate conversation", Cause.NEVER_STARTED),
    ("chat not found", Cause.NO_SUCH_PERSON),
    ("user not found", Cause.NO_SUCH_PERSON),
    ("peer_id_invalid", Cause.NO_SUCH_PERSON),
    ("user_id_invalid", Cause.NO_SUCH_PERSON),
    ("bot was kicked", Cause.NO_SUCH_PERSON),
)
OF_TOPICS: Final[_Table] = (
    ("not a forum", Cause.NOT_A_FORUM),
    ("not a supergroup", Cause.NOT_A_FORUM),
    ("forum_missing", Cause.NOT_A_FORUM),
    ("create a topic", Cause.NO_RIGHT_TO_TOPICS),
    ("manage topics", Cause.NO_RIGHT_TO_TOPICS),
    ("chat_admin_required", Cause.NO_RIGHT_TO_TOPICS),
)
_OF_ALL: Final = frozenset({Cause.NO_RIGHT_TO_WRITE})
"""Causes listed among the errors of a message that hold for the whole group."""


def classify(error: TelegramError, *, is_group: bool = False) -> Delivery:
    """What an error means for the message. ``is_group``: it was for one of our groups, which may refuse everything.

    The order of the cases matters: BadRequest and TimedOut are subclasses of NetworkError.
    """
    said = error.message.lower()
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            return Delivery(DeliveryResult.RETRY, retry_after=max(1.0, seconds), detail="flood")
        case ChatMigrated():
            return Delivery(DeliveryResult.RETRY, retry_after=1.0, detail="chat-migrated")
        case InvalidToken():
            return Delivery(DeliveryResult.RETRY, retry_after=60.0, detail="token-not-accepted")
        case Forbidden() | BadRequest():
            return _refused(error, said, is_group)
        case TimedOut():
            return Delivery(DeliveryResult.UNKNOWN, detail="no-answer", cause=Cause.NO_ANSWER)
        case NetworkError() if "too large" in said:  # 413, which the library reports as a network error
            return Delivery(DeliveryResult.REFUSED, detail=error.message[:_SHOWN], cause=Cause.TOO_BIG)
        case NetworkError():
            return Delivery(DeliveryResult.RETRY, detail=type(error).__name__)
        case Conflict():
            return Delivery(DeliveryResult.RETRY, detail="conflict")
        case _:  # the answer was not from the Bot API: a proxy, or an HTML page
            return Delivery(DeliveryResult.UNKNOWN, detail=type(error).__name__, cause=Cause.NO_ANSWER)


def topics_refused(error: TelegramError) -> Cause | None:
    """Why a group makes no topic, where only that is refused; ``None`` where the group refuses more than that."""
    said = error.message.lower()
    if cause := _find(OF_TOPICS, said):
        return cause
    if not isinstance(error, BadRequest) or isinstance(error, ChatMigrated) or _find(OF_GROUP, said):
        return None
    return Cause.OTHER


def is_topic_gone(error: TelegramError) -> bool:
    """Whether an existing topic takes no more messages."""
    return any(words in error.message.lower() for words in _NO_TOPIC)


def _refused(error: TelegramError, said: str, is_group: bool) -> Delivery:
    detail = error.message[:_SHOWN]
    if "message is not modified" in said:
        return Delivery(DeliveryResult.SENT, detail="not-modified")
    if any(words in said for words in _GONE):
        return Delivery(DeliveryResult.SENT, detail="card-gone")
    cause = _find(OF_MESSAGE, said)
    if cause is not None and cause not in _OF_ALL:
        return Delivery(DeliveryResult.REFUSED, detail=detail, cause=cause)
    if is_group:
        return Delivery(
            DeliveryResult.HELD, detail=detail, cause=cause or _find(OF_GROUP, said) or Cause.OTHER
        )
    person = _find(OF_PERSON, said)
    if person is not None or isinstance(error, Forbidden):
        return Delivery(DeliveryResult.UNREACHABLE, detail=detail, cause=person or Cause.BLOCKED)
    return Delivery(DeliveryResult.REFUSED, detail=detail, cause=Cause.OTHER)


def _find(table: _Table, said: str) -> Cause | None:
    return next((cause for words, cause in table if words in said), None)
