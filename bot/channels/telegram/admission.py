"""What may be stored of an update: secrets in it are masked first, by polling and webhook alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from bot.channels.telegram.inbound import resident_of
from bot.ports import RawUpdate
from handlers.events import Secret
from handlers.guard import Guard

_TEXT_KEYS: Final = frozenset({"text", "caption"})

Hold = Callable[[str, str], None]
"""Keep a text that was masked in memory for some minutes: who wrote it, and what."""


class Admission:
    """Raw updates in, masked ones out."""

    def __init__(self, guard: Guard, hold: Hold) -> None:
        self._guard = guard
        self._hold = hold

    def __call__(self, update: dict[str, Any]) -> RawUpdate:
        """``update`` must have an ``update_id``."""
        masked, secrets = mask(update, self._guard)
        who = _sender(update)
        if secrets and who is not None and (text := _own_text(update)):
            self._hold(resident_of(who), text)
        body = json.dumps(
            {"update": masked, "withheld": [secret.value for secret in secrets]}, ensure_ascii=False
        )
        return RawUpdate(update["update_id"], _lane(update), body)


def mask(update: dict[str, Any], guard: Guard) -> tuple[dict[str, Any], tuple[Secret, ...]]:
    """A copy in which no text holds a secret, and what was masked in the text that is this update's own."""
    found: list[Secret] = []
    own = _own_text(update)

    def walk(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {name: walk(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [walk(part, key) for part in value]
        if isinstance(value, str) and key in _TEXT_KEYS:
            inspected = guard.inspect(value)
            if value == own:
                found.extend(inspected.masked)
            return inspected.text
        return value

    return walk(update, ""), tuple(dict.fromkeys(found))


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
    """The chat; a press belongs to the chat of its message, so that it waits for what was said before."""
    press = update.get("callback_query")
    message = press.get("message") if isinstance(press, dict) else _message(update)
    chat = message.get("chat") if isinstance(message, dict) else None
    return f"tg:{chat.get('id')}" if isinstance(chat, dict) else "tg:other"
