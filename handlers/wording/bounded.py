"""Shortening texts to a number of UTF-16 units, as Telegram counts them."""

from __future__ import annotations


def units(text: str) -> int:
    """UTF-16 units, which Telegram's limit of 4096 counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def beginning(text: str, at_most: int) -> str:
    """The text, or its longest fitting prefix with an ellipsis."""
    if units(text) <= at_most:
        return text
    room, used = at_most - 1, 0
    for position, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > room:
            return f"{text[:position]}…"
    return text
