"""Joining several messages of one resident: which may be joined, and how their texts are combined."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from telegram import Update

from bot.channels.telegram.inbound import written
from bot.inbox.gathering import ReceivedText
from bot.ports import RawUpdate
from handlers.model.events import Secret
from handlers.wording.marked import FORWARDED

LONGEST_UNITS: Final = 4096
"""UTF-16 units of one message; apps split longer texts."""
_CUT_UNITS: Final = 4000
"""Apps split at a space or line break where one is near, and drop that character."""
_NOT_ALONE: Final = (
    "reply_to_message",
    "quote",
    "external_reply",
    "sender_chat",
    "via_bot",
    "media_group_id",
)
_SPACED: Final = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that write spaces between words."""

Read = tuple[Update, tuple[Secret, ...]]
"""An update, and the secrets masked in it."""


def piece_of(raw: RawUpdate) -> ReceivedText | None:
    """A plain text in a private chat, or an edit of one; ``None`` for what is handled alone: commands, presses,
    media, replies, messages in groups, and what cannot be read.
    """
    try:
        update = json.loads(raw.body)["update"]
        message = update.get("message") or update.get("edited_message")
        if not isinstance(message, dict) or message["chat"]["type"] != "private":
            return None
        return _piece(message, is_edit="edited_message" in update)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        # handling the update reports the fault
        return None


def _piece(message: dict[str, Any], *, is_edit: bool) -> ReceivedText | None:
    text: str = message.get("text") or ""
    if not text.strip() or text.startswith("/") or any(message.get(key) for key in _NOT_ALONE):
        return None
    sent = message["edit_date"] if is_edit else message["date"]
    return ReceivedText(int(message["message_id"]), int(sent), len(text), _units(text) >= _CUT_UNITS, is_edit)


def joined(parts: Sequence[Read]) -> tuple[str, tuple[Secret, ...]]:
    """The text of all parts in order, and the secrets masked in them; an edit replaces its message."""
    texts: dict[int, str] = {}
    masked: dict[int, tuple[Secret, ...]] = {}
    for update, secrets in parts:
        message = update.message or update.edited_message
        if message is not None:
            texts[message.message_id] = written(message)
            masked[message.message_id] = secrets
    whole = ""
    before = ""
    for text in texts.values():
        whole += (_gap(before, text) if before else "") + text
        before = text
    return whole, tuple(dict.fromkeys(secret for secrets in masked.values() for secret in secrets))


def _gap(before: str, after: str) -> str:
    """A line break between messages; where an app split a text, nothing, or the dropped space between two words."""
    units = _units(before)
    if units < _CUT_UNITS or FORWARDED in (before[: len(FORWARDED)], after[: len(FORWARDED)]):
        return "\n"
    lost_a_space = units < LONGEST_UNITS and _SPACED.match(before[-1]) and _SPACED.match(after[:1])
    return " " if lost_a_space else ""


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
