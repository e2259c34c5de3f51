"""What Telegram's people, chats and updates are called in the core: the channel's name, and Telegram's number."""

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
    """Updates of one chat; of a private chat it is the person's own name."""
    return f"{CHANNEL}:{chat}"


def update_of(number: int) -> str:
    """An update, and the event it becomes: the same however often it comes."""
    return f"{CHANNEL}:{number}"
