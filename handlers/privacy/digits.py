"""Digits as people write them: any width and script, circled, keycaps, with or without separators.

A text is read once from left to right; time is linear in its length.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_KANJI: Final = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壱弐参肆伍陸漆捌玖", "0123456789", strict=True)),
    **dict(zip("壹貳參贰叁陆柒弌弍弎", "1232367123", strict=True)),
}
_ZEROS: Final = frozenset("○◯")
"""Circles mean zero beside kanji digits, and an omitted character elsewhere."""
_DASH_LIKE: Final = "一"
"""The kanji for one between other digits is a mistyped dash."""
_BINDING: Final = frozenset("ーｰのノㅡ")
"""Letters used as dashes between the parts of a number."""
_BLANK_LETTERS: Final = frozenset("\u3164\uffa0\u115f\u1160")
_WIDEST_GAP: Final = 12
"""Most visible characters between two groups of one run."""
_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me", "Mc", "Cs"})


@dataclass(frozen=True, slots=True)
class DigitRun:
    """Digits with nothing visible in between. ``places`` are the positions of their characters in the text.

    ``gap`` is the visible text between the previous group and this one; empty for the first of a run.
    """

    digits: str
    places: tuple[int, ...]
    gap: str


@lru_cache(maxsize=8192)
def digits_of(character: str) -> str:
    """The digits one character stands for: none for most, two for ⑫."""
    if character in _KANJI:
        return _KANJI[character]
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) == "No":
        number = unicodedata.numeric(character, -1.0)
        if 0 <= number <= 99 and number.is_integer():
            return str(int(number))
    return ""


@lru_cache(maxsize=8192)
def _kind(character: str) -> str:
    """``digit``, ``unseen``, ``between`` (a possible separator) or ``letter``."""
    if digits_of(character):
        return "digit"
    category = unicodedata.category(character)
    if category in _INVISIBLE or character in _BLANK_LETTERS:
        return "unseen"
    if character in _BINDING or category[0] not in "LN":
        return "unseen" if category == "Cc" and not character.isspace() else "between"
    return "letter"


def runs(text: str) -> list[list[DigitRun]]:
    """Runs of digit groups that are separated only by signs and spaces."""
    found: list[list[DigitRun]] = [[]]
    digits: list[str] = []
    places: list[int] = []
    before, gap = "", ""

    def close() -> None:
        nonlocal before
        if digits:
            found[-1].append(DigitRun("".join(digits), tuple(places), before))
            before = ""
            digits.clear()
            places.clear()

    for position, character in enumerate(text):
        kind = _kind_at(text, position, character)
        if kind == "unseen":
            continue
        if kind == "digit":
            if gap:
                before, gap = gap, ""
            digits.append("0" if character in _ZEROS else digits_of(character))
            places.append(position)
            continue
        close()
        gap += character
        if kind == "letter" or len(gap) > _WIDEST_GAP or not found[-1]:
            gap = ""
            if found[-1]:
                found.append([])
    close()
    return [run for run in found if run]


def _kind_at(text: str, position: int, character: str) -> str:
    if character == _DASH_LIKE or character in _ZEROS:
        beside = [text[at] for at in (position - 1, position + 1) if 0 <= at < len(text)]
        if character in _ZEROS:
            return "digit" if any(other in _KANJI for other in beside) else "between"
        plain = [other for other in beside if digits_of(other) and other not in _KANJI]
        return "between" if len(plain) == 2 else "digit"
    return _kind(character)


def joined(groups: Iterable[DigitRun]) -> str:
    """The digits of several groups as one number."""
    return "".join(group.digits for group in groups)


def narrow(text: str) -> str:
    """Digits and letters of any width as ASCII, one character for one, so that positions are kept."""
    return "".join(map(_narrowed, text)) if not text.isascii() else text


@lru_cache(maxsize=8192)
def _narrowed(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) != 1:
        return character
    digit = unicodedata.digit(folded, None)
    return str(digit) if digit is not None and folded.isdigit() else folded
