"""The lines that a text fills on a phone: 21 full-width or 42 half-width characters a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

COLUMNS: Final = 42
"""Half-width characters in a line; a full-width one takes two."""
_CJK: Final = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]")
_WIDE, _EITHER = frozenset("WF"), "A"
_CHUNK: Final = re.compile(r"[^\S\n]+|[!-~À-ɏ가-힣]+|.")
"""Blanks, a word that is not broken, or one character after which a line may end."""


def phone_lines(text: str) -> int:
    """Lines of a phone's screen, empty ones included."""
    return sum(1 for _ in wrapped(text))


def wrapped(text: str, columns: int = COLUMNS) -> Iterator[str]:
    """The text in lines of at most so many half-width characters; a word is broken only where no line holds it."""
    is_cjk = bool(_CJK.search(text))
    for line in text.split("\n"):
        yield from _wrapped(line, columns, is_cjk)


def _wrapped(line: str, columns: int, is_cjk: bool) -> Iterator[str]:
    shown, used = "", 0
    for chunk in _CHUNK.findall(line):
        width = sum(_width(character, is_cjk) for character in chunk)
        if used + width > columns and chunk.isspace():
            continue
        if used + width > columns and used:
            yield shown.rstrip()
            shown, used = "", 0
        for piece in chunk if width > columns else (chunk,):
            width = sum(_width(character, is_cjk) for character in piece)
            if used + width > columns:
                yield shown
                shown, used = "", 0
            shown, used = shown + piece, used + width
    yield shown.rstrip()


def _width(character: str, is_cjk: bool) -> int:
    """Characters whose width is ambiguous are wide among Chinese and Japanese ones (Unicode annex 11)."""
    kind = unicodedata.east_asian_width(character)
    return (
        0 if unicodedata.combining(character) else 2 if kind in _WIDE or (kind == _EITHER and is_cjk) else 1
    )
