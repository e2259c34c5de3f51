"""The words that are listened to while an update waits: only a resident's, in a private chat."""

from __future__ import annotations

import json

from bot.ports import RawUpdate
from handlers.resident import commands


def words_of(raw: RawUpdate) -> str:
    """A text, a caption or an edit of one, without a command before it; empty where there is none. Never raises."""
    try:
        update = json.loads(raw.body)["update"]
        message = update.get("message") or update.get("edited_message")
        if not isinstance(message, dict) or message["chat"]["type"] != "private":
            return ""
        text = str(message.get("text") or message.get("caption") or "")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""  # handling the update reports the fault
    _, words = commands.split(text) or ("", text)
    return words.strip()
