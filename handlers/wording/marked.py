"""Other people's words as staff see them: every line marked, invisible characters removed. Stored text is unchanged."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MARK: Final = "▏"
"""Starts every line written by somebody else; no line of ours starts with it."""
FORWARDED: Final = "↪ "
"""Starts each line of a forwarded message, which others may have written. Searching skips these lines."""
_FORWARDED_SHOWN: Final = "転送: "
_LINES: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LONGEST_LINE: Final = 500
"""Longer lines are split, so that each line of a message cut in two still has its mark."""
_BLANKS: Final = re.compile(r"[\s\u2800\u3164\u115f\u1160\uffa0]{4,}")
"""A run of blanks could push text to the start of a line on a narrow screen."""
_PICTURES: Final = 0x2400
"""Unicode's pictures of control characters start here."""
_SHOWN_DIRECTION: Final = "⇄"
_DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NAME_AT_MOST: Final = 40
QUOTED_AT_MOST: Final = 200


def marked(text: str) -> str:
    """Every line of a text with the mark in front; an empty text is one marked line."""
    return "\n".join(f"{MARK}{part}" for line in _LINES.split(text) for part in _parts(_named(visible(line))))


def forwarded(text: str) -> str:
    """A forwarded message, each line marked as such."""
    return "\n".join(FORWARDED + line for line in text.split("\n")) if text.strip() else text


def _named(line: str) -> str:
    return _FORWARDED_SHOWN + line.removeprefix(FORWARDED) if line.startswith(FORWARDED) else line


def quoting(quoted: str) -> str:
    """The line above words that reply to others; empty where they reply to none."""
    return f"{MARK}「{short(quoted, QUOTED_AT_MOST)}」への返事:\n" if quoted.strip() else ""


def with_quote(text: str, quoted: str) -> str:
    """A text of ours that holds somebody's words; what they reply to is inserted above their first line."""
    head, mark, rest = text.partition(MARK)
    return head + quoting(quoted) + mark + rest if mark else text


def unmarked(text: str) -> str:
    """A quoted part of our text without the marks."""
    return "\n".join(line.removeprefix(MARK) for line in text.split("\n")).strip()


def one_line(text: str, at_most: int) -> str:
    """The beginning of a text on one marked line of at most ``at_most`` characters."""
    words = " ".join(visible(_named(" ".join(text.split()))).split())
    return MARK + (words if len(words) <= at_most else words[: at_most - 1] + "…")


def short(text: str, at_most: int) -> str:
    """The same without the mark, for use in brackets."""
    return one_line(text, at_most).removeprefix(MARK).replace("「", "『").replace("」", "』")


def name(given: str) -> str:
    """A person's chosen name, made safe for a line of ours."""
    return short(given, _NAME_AT_MOST).replace(MARK, "").strip() or "職員"


def visible(line: str) -> str:
    """A line with direction characters made visible and invisible characters removed."""
    shown = "".join(_shown(character) for character in line)
    return _BLANKS.sub("   ", shown)


def _shown(character: str) -> str:
    if character in _DIRECTIONS:
        return _SHOWN_DIRECTION
    if character == "\t":
        return " "
    match unicodedata.category(character):
        case "Cc":
            return chr(_PICTURES + ord(character)) if ord(character) < 0x20 else "\ufffd"
        case "Cf":
            return ""
        case "Cs":
            return "\ufffd"
        case _:
            return character


def _parts(line: str) -> list[str]:
    return [line[at : at + _LONGEST_LINE] for at in range(0, len(line), _LONGEST_LINE)] or [""]
