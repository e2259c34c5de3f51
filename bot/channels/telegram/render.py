"""Texts as Telegram takes them: at most 4096 UTF-16 units a message, split at natural breaks."""

from __future__ import annotations

from typing import Final

LIMIT_UNITS: Final = 4096
_CUTS: Final = ("\n\n", "\n", "。", " ")


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int = LIMIT_UNITS) -> list[str]:
    """The text in parts that fit, cut at a paragraph, else a line, a sentence, a word, a character."""
    parts = []
    rest = text
    while units(rest) > limit:
        head = _fitting(rest, limit)
        cut = _last_cut(head)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest.strip() or not parts:
        parts.append(rest)
    return [part for part in parts if part.strip()] or [text]


def _fitting(text: str, limit: int) -> str:
    """The longest prefix that fits; a character is never split."""
    used = 0
    for position, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > limit:
            return text[:position]
    return text


def _last_cut(head: str) -> int:
    for cut in _CUTS:
        position = head.rfind(cut)
        if position > len(head) // 3:
            return position + len(cut)
    return len(head)
