"""What may be stored of an update: secrets in it are masked first, for polling and webhook alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.channels.telegram.names import lane_of, resident_of, update_of
from bot.inbox.withheld import Withheld
from bot.ports import RawUpdate
from handlers.privacy.announced import Begun
from handlers.privacy.personal_data import Guard, Inspected

_PROTOCOL: Final = frozenset(
    {
        "id", "file_id", "file_unique_id", "media_group_id", "chat_instance", "inline_message_id", "custom_emoji_id",
        "persistent_id", "custom_emoji_sticker_set_name", "type", "status", "language_code", "emoji",
    }
)  # fmt: skip
"""Keys whose strings Telegram's server makes: ids, and words of a closed list. People may have written any other
string.
"""
_DEGREES: Final = 5
"""Decimals of a latitude that are kept: about a metre. More digits could encode a message."""


class Admission:
    """Raw updates in, masked ones out."""

    def __init__(self, guard: Guard, withheld: Withheld, now: Callable[[], datetime]) -> None:
        self._guard = guard
        self._withheld = withheld
        self._now = now

    def __call__(self, update: dict[str, Any]) -> RawUpdate:
        """``update`` must have an ``update_id``."""
        own, who = _own_text(update), _sender(update)
        inspected = self._own(own, resident_of(who)) if who is not None else self._guard.inspect(own)
        masked = mask(update, self._guard, {own: inspected.text}, inspected.begun)
        body = json.dumps(
            {"update": masked, "withheld": [secret.value for secret in inspected.masked]}, ensure_ascii=False
        )
        number = update["update_id"]
        return RawUpdate(update_of(number), number, _lane(update), body)

    def _own(self, text: str, resident: str) -> Inspected:
        """Inspect somebody's own words together with what they announced before; keeps in memory what was masked
        and what is open.
        """
        now = self._now()
        begun = self._withheld.begun(resident, now)
        inspected = self._guard.inspect(text, begun=begun)
        self._withheld.begin(resident, inspected.begun, now)
        if inspected.masked:
            self._withheld.hold(resident, text, now)
        return inspected


def mask(
    update: dict[str, Any], guard: Guard, known: dict[str, str] | None = None, begun: Begun | None = None
) -> dict[str, Any]:
    """A copy in which only strings made by the protocol may hold a secret.

    ``known`` maps texts to their masked form; what was told in parts (``begun``) is masked wherever it is quoted.
    """
    read = dict(known or {})
    said = replace(begun, is_whole=True) if begun is not None and begun.digits else None

    def walk(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {name: walk(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [walk(part, key) for part in value]
        if isinstance(value, float):
            return round(value, _DEGREES)
        if not isinstance(value, str) or key in _PROTOCOL:
            return value
        if value not in read:
            read[value] = guard.inspect(value, begun=said).text
        return read[value]

    copy: dict[str, Any] = walk(update, "")
    return copy


def _message(update: dict[str, Any]) -> dict[str, Any]:
    message = update.get("message") or update.get("edited_message")
    return message if isinstance(message, dict) else {}


def _own_text(update: dict[str, Any]) -> str:
    message = _message(update)
    text = message.get("text") or message.get("caption") or ""
    return text if isinstance(text, str) else ""


def _sender(update: dict[str, Any]) -> int | None:
    sender = _message(update).get("from")
    return sender.get("id") if isinstance(sender, dict) else None


def _lane(update: dict[str, Any]) -> str:
    """The chat. A button press belongs to the chat of its message, so that it is handled after earlier messages."""
    press = update.get("callback_query")
    message = press.get("message") if isinstance(press, dict) else _message(update)
    chat = message.get("chat") if isinstance(message, dict) else None
    return lane_of(chat.get("id") if isinstance(chat, dict) else "other")
