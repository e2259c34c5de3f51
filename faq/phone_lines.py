"""How many lines a text fills on a phone: 21 full-width or 42 half-width characters a line."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

COLUMNS: Final = 42
"""Half-width characters in a line; a full-width one takes two."""
_CJK: Final = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]")
_WIDE, _EITHER = frozenset("WF"), "A"
_CHUNK: Final = re.compile(r"[^\S\n]+|[!-~À-ɏ가-힣]+|.")
"""Blanks, a word that is not broken, or one character after which a line may end."""


def phone_lines(text: str) -> int:
    """Lines of a phone's screen, empty ones included."""
    is_cjk = bool(_CJK.search(text))
    return sum(_lines(line, is_cjk) for line in text.split("\n"))


def _lines(line: str, is_cjk: bool) -> int:
    lines, used = 1, 0
    for chunk in _CHUNK.findall(line):
        width = sum(_width(character, is_cjk) for character in chunk)
        if used + width <= COLUMNS:
            used += width
        elif not chunk.isspace():
            lines += (used > 0) + (width - 1) // COLUMNS
            used = (width - 1) % COLUMNS + 1
    return lines


def _width(character: str, is_cjk: bool) -> int:
    """Characters whose width is ambiguous are wide among Chinese and Japanese ones (Unicode annex 11)."""
    kind = unicodedata.east_asian_width(character)
    return (
        0 if unicodedata.combining(character) else 2 if kind in _WIDE or (kind == _EITHER and is_cjk) else 1
    )
