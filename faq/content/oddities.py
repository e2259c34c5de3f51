"""Valid YAML that is unlikely to be intended: unpaired quotes, full-width signs, truncated texts, hidden characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from faq.content.hidden import described, hidden_in, hidden_in_value
from faq.content.line_slips import slip_in
from faq.content.syntax import Broken, Position, quote_open

_OPENING, _CLOSING = "“”„‟〝＂‘’", "“”‟〞〟＂‘’"
_AFTER: Final = re.compile(r"( *)(#(\s?)[^\n]*)")
_STRUCTURE: Final = re.compile(r"\s*(?:- |[\w-]+: |[\w-]+:$)")
"""A line that looks like an item or key of its own."""


_NUMBERED: Final = re.compile(r" *(?:[0-9]+[.)．）、] ?|[・※])\S")


@dataclass(frozen=True, slots=True)
class Oddity:
    """Valid YAML that is unlikely to be intended; ``is_sure`` where it certainly is not."""

    line: int
    column: int
    code: str
    message: str
    hint: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """A value as written: start and end (line and column from 1), and its characters."""

    start: Position
    end: Position
    characters: str


def hidden_characters(text: str) -> Iterator[Oddity]:
    """Invisible characters in a file: the first of each line."""
    last = 0
    for index in hidden_in(text):
        line = text.count("\n", 0, index) + 1
        if line != last:
            yield _hidden((line, index - text.rfind("\n", 0, index)), text[index])
        last = line


def in_quoted(value: str, written: Written, lines: list[str]) -> Iterator[Oddity]:
    """Characters written as escapes, and a text whose quote was closed by the next text's quote."""
    hidden = hidden_in_value(value) if "\\" in written.characters else ""
    if hidden and hidden not in written.characters:
        yield _hidden(written.start, hidden)
    if any(_STRUCTURE.match(line) for line in written.characters.split("\n")[1:]):
        yield _odd(quote_open(lines, written.start))


def in_plain(value: str, written: Written, after: str) -> Iterator[Oddity]:
    """A text without quotes; ``after`` is what follows it, at least to the end of the line."""
    yield from _lines_of(written)
    if "\n" in written.characters and (sign := _text_sign(written.characters)):
        told = f"「{sign}」が全角です" if sign in "｜＞" else "何行にもわたる文の前に「|」がありません"
        yield Oddity(
            *written.start,
            "text-mark",
            told,
            "名前の行を半角の「名前: |」で終え、文は次の行から書いてください",
        )
    if len(value) > 1 and value[0] in _OPENING and value[-1] in _CLOSING:
        told = f'引用符が「{value[0]}」「{value[-1]}」で、半角の " ではありません'
        yield Oddity(*written.start, "quotes-curly", told, '両はしを半角の引用符 " に直してください')
    elif stray := _stray_quote(value):
        where = "終わりにだけあります" if value.endswith(stray) else "片方だけです"
        hint = '値の両はしに半角の " を書くか、余分な引用符を消してください'
        yield Oddity(*written.start, "quote-stray", f"引用符 {stray} が{where}", hint)
    cut = _AFTER.match(after)
    if value and cut is not None and len(cut[1]) == 1:
        lost = cut[2].strip()
        shown = f"{lost[:20]}…" if len(lost) > 20 else lost
        yield Oddity(
            written.end[0], written.end[1] + 1, "text-cut",
            f"「{shown}」は読まれません (「#」から後ろはメモになります)",
            '文の一部なら値全体を引用符 " " で囲み、メモなら「#」の前を2つ、後ろを1つ空けてください',
            is_sure=not cut[3],
        )  # fmt: skip


def _lines_of(written: Written) -> Iterator[Oddity]:
    """Lines that YAML reads as part of a text although one was meant as an item or key."""
    for number, line in enumerate(written.characters.split("\n")[1:], written.start[0] + 1):
        if line.lstrip(" ").startswith("- "):
            hint = "同じ段の「-」は、行の初めの空白の数を同じにしてください"
            told = "「-」の字下げが、上の行とそろっていません"
            yield Oddity(number, line.index("-") + 1, "indent-uneven", told, hint)
        elif slip := slip_in(line):
            yield Oddity(number, slip[0] + 1, *slip[1:])


def _text_sign(characters: str) -> str:
    """A full-width | or > for a block text, or a line number that would be lost with its line."""
    if characters[0] in "｜＞":
        return characters[0]
    return next((line.strip()[0] for line in characters.split("\n")[1:] if _NUMBERED.match(line)), "")


def _stray_quote(value: str) -> str:
    """A quote without its pair in an unquoted text; an apostrophe inside a word is none."""
    for sign in ('"', "＂"):
        if value.count(sign) % 2:
            return sign
    if value.endswith("'") and value.count("'") % 2:
        return "'"
    if value.endswith("”") and "“" not in value:
        return "”"
    return "“" if value.startswith("“") and "”" not in value else ""


def _hidden(at: Position, character: str) -> Oddity:
    told, hint = f"{described(character)}があります", "この文字を消して、前後を打ち直してください"
    return Oddity(*at, "character-hidden", told, hint)


def _odd(broken: Broken) -> Oddity:
    return Oddity(broken.line, broken.column, broken.code, broken.message, broken.hint)
