"""Texts that must fit where they stand: a beginning of so many units, as Telegram counts them."""

from __future__ import annotations


def units(text: str) -> int:
    """UTF-16 units: what a limit of 4096 is about."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def beginning(text: str, at_most: int) -> str:
    """The text, or as many of its first characters as fit, with a sign that there is more."""
    if units(text) <= at_most:
        return text
    room, used = at_most - 1, 0
    for position, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > room:
            return f"{text[:position]}…"
    return text
