"""Texts as Telegram takes them: at most 4096 UTF-16 units a message, split at natural breaks; what is folded is an
expandable quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from telegram import MessageEntity

LIMIT_UNITS: Final = 4096
_CUTS: Final = ("\n\n", "\n", "。", " ")


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: its text, and the part of it that is folded."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


def pieces(text: str, fold: int = 0, limit: int = LIMIT_UNITS) -> list[Piece]:
    """The text in messages; what stands from character ``fold`` on is folded, 0 for nothing."""
    if not fold:
        return [Piece(part) for part in split(text, limit)]
    if units(text) <= limit:
        begin = len(text) - len(text[fold:].lstrip())
        return [Piece(text, _folded(units(text[:begin]), units(text[begin:])))]
    rest = split(text[fold:].lstrip(), limit)
    return [
        *(Piece(part) for part in split(text[:fold], limit)),
        *(Piece(p, _folded(0, units(p))) for p in rest),
    ]


def _folded(offset: int, length: int) -> tuple[MessageEntity, ...]:
    return (MessageEntity(MessageEntity.EXPANDABLE_BLOCKQUOTE, offset, length),) if length else ()


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
