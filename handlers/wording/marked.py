"""Words of others as staff see them: a mark on every line, nothing invisible in it. What is kept stays as written."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MARK: Final = "▏"
"""Begins every line that somebody else wrote; no line of ours begins with it."""
FORWARDED: Final = "↪ "
"""Begins each line of a message that a resident has passed on: others may have written it. Searching passes over it."""
_FORWARDED_SHOWN: Final = "転送: "
_LINES: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LONGEST_LINE: Final = 500
"""A longer line is continued on one of its own: a message that is cut in two still has its mark on each line."""
_BLANKS: Final = re.compile(r"[\s\u2800\u3164\u115f\u1160\uffa0]{4,}")
"""A run of blanks would push what follows to the beginning of a line on a narrow screen."""
_PICTURES: Final = 0x2400
"""From here on Unicode has a picture for each control character."""
_SHOWN_DIRECTION: Final = "⇄"
_DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NAME_AT_MOST: Final = 40
QUOTED_AT_MOST: Final = 200


def marked(text: str) -> str:
    """Every line of a text behind a mark, in the same order; an empty text is one marked line."""
    return "\n".join(f"{MARK}{part}" for line in _LINES.split(text) for part in _parts(_named(visible(line))))


def forwarded(text: str) -> str:
    """A message that somebody has passed on, each line of it marked as such."""
    return "\n".join(FORWARDED + line for line in text.split("\n")) if text.strip() else text


def _named(line: str) -> str:
    return _FORWARDED_SHOWN + line.removeprefix(FORWARDED) if line.startswith(FORWARDED) else line


def quoting(quoted: str) -> str:
    """The line above words that answer others; nothing where they answer none."""
    return f"{MARK}「{short(quoted, QUOTED_AT_MOST)}」への返事:\n" if quoted.strip() else ""


def with_quote(text: str, quoted: str) -> str:
    """A text of ours with words of somebody in it: what they answer stands above their first line."""
    head, mark, rest = text.partition(MARK)
    return head + quoting(quoted) + mark + rest if mark else text


def unmarked(text: str) -> str:
    """What was quoted from a text of ours, as it was written."""
    return "\n".join(line.removeprefix(MARK) for line in text.split("\n")).strip()


def one_line(text: str, at_most: int) -> str:
    """The beginning of a text on one line of at most so many characters, marked."""
    words = " ".join(visible(_named(" ".join(text.split()))).split())
    return MARK + (words if len(words) <= at_most else words[: at_most - 1] + "…")


def short(text: str, at_most: int) -> str:
    """The same without the mark, for words between brackets of ours."""
    return one_line(text, at_most).removeprefix(MARK).replace("「", "『").replace("」", "』")


def name(given: str) -> str:
    """What somebody calls themselves, as it may stand in a line of ours."""
    return short(given, _NAME_AT_MOST).replace(MARK, "").strip() or "職員"


def visible(line: str) -> str:
    """A line without what changes the look of its surroundings: directions are shown, invisible characters removed."""
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
