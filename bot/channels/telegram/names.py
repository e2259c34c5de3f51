"""Names of Telegram's people, chats and updates in the core: the channel's name and Telegram's number."""

from __future__ import annotations

from typing import Final

CHANNEL: Final = "tg"


def resident_of(user: int) -> str:
    """A person, whose private chat has the same number."""
    return f"{CHANNEL}:{user}"


def chat_of(resident: str) -> int:
    """The private chat of a person."""
    return int(resident.removeprefix(f"{CHANNEL}:"))


def lane_of(chat: object) -> str:
    """The lane of a chat's updates; for a private chat it is the person's name."""
    return f"{CHANNEL}:{chat}"


def update_of(number: int) -> str:
    """The id of an update and of its event: the same each time Telegram delivers it."""
    return f"{CHANNEL}:{number}"
