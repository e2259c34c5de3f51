"""Invisible characters and characters that change text direction: no text of an FAQ may have any."""

from __future__ import annotations

import re
from typing import Final

_EMOJI: Final = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_DIRECTION: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_WIDTHLESS: Final = (
    "\u00ad\u115f\u1160\u180e\u200b\u200c\u2060-\u2065\u206a-\u206f\u2800\u3164\uffa0\ufff9-\ufffb"
)
_TAGS: Final = "\U000e0000-\U000e00ff"
_OWN: Final = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_CONTROL: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_CHARACTER: Final = re.compile(
    f"[{_DIRECTION}{_WIDTHLESS}{_TAGS}{_OWN}]|(?<![{_EMOJI}])\u200d"  # joined emoji are one character on screen
)
_ANY: Final = re.compile(f"{_CHARACTER.pattern}|[{_CONTROL}]")
_IS_DIRECTION: Final = re.compile(f"[{_DIRECTION}]")
_IS_OWN: Final = re.compile(f"[{_OWN}]")


def hidden_in(text: str) -> list[int]:
    """Positions of such characters in a file's text, without those that YAML rejects or treats as line breaks."""
    return [found.start() for found in _CHARACTER.finditer(text)]


def hidden_in_value(value: str) -> str:
    """The first such character of a value, including control characters; empty where there is none."""
    found = _ANY.search(value)
    return found[0] if found is not None else ""


def described(character: str) -> str:
    """A character's name for people, with its code point."""
    number = f"U+{ord(character):04X}"
    if _IS_DIRECTION.fullmatch(character):
        return f"文字の向きを変える、目に見えない文字 ({number})"
    if _IS_OWN.fullmatch(character):
        return f"外字 (この機械でしか見えない文字、{number})"
    return f"目に見えない文字 ({number})"
