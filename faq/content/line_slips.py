"""Typing errors visible in one line of YAML: a full-width sign, a missing space, a character that only looks like a
space.
"""

from __future__ import annotations

import re
from typing import Final

Slip = tuple[int, str, str, str]
"""Column (from 0), code, what is wrong, remedy."""

_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DASHES: Final = "\u2010-\u2015\u2212\u2500\u30fb\u30fc\uff0d\uff65\u2022\u25cf\u25cb\u25a0\u25e6*\uff0a"
_KEY: Final = r"(?:- *)?[\"']?[A-Za-z_][A-Za-z_-]*[\"']?"
_NOTE: Final = re.compile(r"^ *(//|＃|※)")
_TAB: Final = re.compile(r"^ *(\t)")
_INDENT: Final = re.compile(f"^ *([{_SPACES}])")
_DASH: Final = re.compile(f"^ *([{_DASHES}])(?=[ {_SPACES}\"'「\\w])")
_DASH_BARE: Final = re.compile(r"^ *(-)(?=[^\s-])")
_DASH_SPACE: Final = re.compile(f"^ *-([{_SPACES}])")
_COLON_WIDE: Final = re.compile(rf"^ *{_KEY} *([：﹕︓])")
_COLON_SPACE: Final = re.compile(rf"^ *{_KEY}:([{_SPACES}])")
_COLON_BARE: Final = re.compile(rf"^ *{_KEY}(:)(?=[^\s/:])")
_COLON_OTHER: Final = re.compile(rf"^ *{_KEY} ?([;；=＝→])")
_KEY_ALONE: Final = re.compile(r"^ *(?:- +)?([a-z][a-z_]+)() *$")
_BLOCK: Final = re.compile(r"^( *(?:- +)*)([^\s#\"'][^\n\"']*: +)?[|>][-+0-9]* *(?:#.*)?$")


def slip_in(line: str) -> Slip | None:
    """The first slip in the line; it is only a fault if YAML cannot read the text."""
    bare = line.rstrip("\r\n")
    if found := _TAB.match(bare):
        return (
            found.start(1),
            "tab-indent",
            "字下げにタブ文字があります",
            "タブを消し、半角の空白で字下げしてください",
        )
    if found := _INDENT.match(bare):
        what = "空の行に" if not bare.strip() else "字下げに"
        hint = (
            "この行を消してください" if not bare.strip() else "その空白を消し、半角の空白で字下げしてください"
        )
        return (found.start(1), "space-wide", f"{what}{_space(found[1])}があります", hint)
    if found := _NOTE.match(bare):
        return (
            found.start(1),
            "note-mark",
            f"「{found[1]}」ではメモになりません",
            "メモの行は、半角の「# 」で始めてください",
        )
    if found := _DASH.match(bare):
        return (found.start(1), "dash-wide", f"箇条書きの印が「{found[1]}」で、半角の「-」ではありません",
                "半角の「- 」(後ろに半角の空白1つ) にしてください")  # fmt: skip
    if found := _DASH_SPACE.match(bare):
        return (
            found.start(1),
            "space-wide",
            f"「-」の後ろに{_space(found[1])}があります",
            "半角の空白1つにしてください",
        )
    if found := _COLON_WIDE.match(bare):
        return (
            found.start(1),
            "colon-wide",
            f"コロンが全角の「{found[1]}」です",
            "半角の「: 」(後ろに空白1つ) にしてください",
        )
    if found := _COLON_SPACE.match(bare):
        return (
            found.start(1),
            "space-wide",
            f"「:」の後ろに{_space(found[1])}があります",
            "半角の空白1つにしてください",
        )
    if found := _COLON_BARE.match(bare):
        return (
            found.end(1),
            "space-missing",
            "「:」の後ろに空白がありません",
            "「: 」(後ろに半角の空白1つ) にしてください",
        )
    if found := _COLON_OTHER.match(bare):
        return (found.start(1), "colon-wide", f"名前の後ろが「{found[1]}」で、半角のコロンではありません",
                "半角の「: 」(後ろに空白1つ) にしてください")  # fmt: skip
    if found := _DASH_BARE.match(bare):
        return (
            found.end(1),
            "space-missing",
            "「-」の後ろに空白がありません",
            "「- 」(後ろに半角の空白1つ) にしてください",
        )
    if found := _KEY_ALONE.match(bare):
        return (
            found.start(2),
            "colon-missing",
            f"「{found[1]}」の後ろにコロンがありません",
            "半角の「:」を書いてください",
        )
    return None


def outside_texts(lines: list[str]) -> set[int]:
    """Numbers (from 1) of the lines that are YAML, without comments and block texts after ``|`` or ``>``."""
    outside: set[int] = set()
    depth: int | None = None
    for number, line in enumerate(lines, 1):
        bare = line.rstrip("\r")
        indent = len(bare) - len(bare.lstrip(" "))
        if depth is not None:
            if indent > depth or not bare.strip(" "):
                continue
            depth = None
        if bare.lstrip(" ").startswith("#"):
            continue
        outside.add(number)
        if found := _BLOCK.match(bare):
            depth = len(found[1]) if found[2] else found[1].rfind("-")
    return outside


def _space(character: str) -> str:
    if character == "\u3000":
        return "全角の空白"
    return f"半角ではない特別な空白 (U+{ord(character):04X})"
