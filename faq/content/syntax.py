"""Explains text that is not valid YAML: from the parser's error and the surrounding lines to a remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from faq.content.hidden import described
from faq.content.line_slips import outside_texts, slip_in

_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that YAML rejects, or treats as a line end or end of text although editors do not show them so."""
_MARKER: Final = re.compile(r"^(<{7}|>{7})(?: |$)", re.MULTILINE)
_PARTING: Final = re.compile(r"^={7}$", re.MULTILINE)
_COLON_INSIDE: Final = re.compile(r"^\s*(?:- +)?[\w-]+: +[^\"'\[{|>#\n][^\n]*?(: )")
_TWO_KEYS: Final = re.compile(r"^\s*(?:- +)?[\w-]+: +[^\"'\[{|>#\n]*?[ ,、]([a-z_]+)(: )")
_STRUCTURE: Final = re.compile(r"\s*(?:- |-$|[\w-]+:(?: |$)|#)")
_FINISHED: Final = re.compile(r"\s*(?:- +)?[\w-]+: +[^|>\s].*")
_CUT: Final = re.compile(r"\s(#[^\n]*)")

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a text stops being readable, why, and its remedy."""

    line: int
    column: int
    code: str
    message: str
    hint: str


def unprintable(text: str) -> Broken | None:
    """A character that text files do not have (a NUL byte, an escape), with its place."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return None
    line, column = _place(text, found.start())
    told = f"{described(found[0])}がまざっています"
    return Broken(line, column, "character-invisible", told, "その文字を消して、行を打ち直してください")


def conflict(text: str) -> Broken | None:
    """Git's conflict markers, where two people changed the same lines."""
    found = _MARKER.search(text)
    if found is None or not (_PARTING.search(text) or len(_MARKER.findall(text)) > 1):
        return None
    line, column = _place(text, found.start())
    return Broken(
        line, column, "merge-conflict", "2人の変更がぶつかった印 (<<<<<<< ======= >>>>>>>) が残っています",
        "残す方の行を選び、印の行と、残さない方の行を消してください",
    )  # fmt: skip


def explain(
    text: str,
    at: Position | None,
    since: Position | None,
    problem: str,
    context: str,
    spanning: tuple[Position, Position] | None = None,
) -> Broken:
    """``at`` is where the parser stopped, ``since`` where the current part began; both count from 1.

    ``spanning`` is start and end of the last quoted text that spans several lines.
    """
    lines = text.split("\n")
    line, column = at or since or (1, 1)
    if spanning is not None and spanning[1][0] in (line, line - 1):
        return quote_open(lines, spanning[0])
    yaml_lines = outside_texts(lines)
    looked_at = [line, line - 1]
    if since is not None and "simple key" in context:
        looked_at.insert(0, since[0])
    if (short := _continued(lines, yaml_lines, looked_at[0])) is not None:
        return short
    for near in looked_at:
        if near in yaml_lines and (found := _in_line(_line(lines, near), problem)):
            start, code, message, hint = found
            return Broken(near, start + 1, code, message, hint)
    if since is not None and "quoted scalar" in context and "end of stream" in problem:
        return quote_open(lines, since)
    if "mapping values" in problem and (unnamed := _unnamed(lines, line)) is not None:
        return unnamed
    if "flow" in context:
        return _in_brackets(lines, (line, column), since)
    if since is not None and "simple key" in context and "could not find expected ':'" in problem:
        line, column = since
    return Broken(line, column, *_by_words(lines, line, column, problem))


def _continued(lines: list[str], yaml_lines: set[int], number: int) -> Broken | None:
    """A line of a longer text that is indented too little."""
    line, above = _line(lines, number), number - 1
    if not line.strip() or _STRUCTURE.match(line) or above in yaml_lines or not _line(lines, above).strip():
        return None
    if _line(lines, above).lstrip().startswith("#") or number not in yaml_lines:
        return None
    indent = len(line) - len(line.lstrip(" "))
    should = len(_line(lines, above)) - len(_line(lines, above).lstrip(" "))
    told = "上の行から続く文なら、字下げが足りません"
    return Broken(
        number,
        indent + 1,
        "indent-uneven",
        told,
        f"行の初めに半角の空白を{should}個置いて、上の行とそろえてください",
    )


def _unnamed(lines: list[str], number: int) -> Broken | None:
    """A line indented deeper than the complete line above it: its key is missing."""
    line, above = _line(lines, number), _line(lines, number - 1)
    indent, over = (len(text) - len(text.lstrip(" ")) for text in (line, above))
    if indent <= over or not _FINISHED.match(above):
        return None
    told = "字下げが上の行より深いか、この行の前にあるはずの「名前:」だけの行がありません"
    return Broken(
        number, indent + 1, "name-missing", told, "字下げを上の行とそろえるか、消えた行を書き戻してください"
    )


def quote_open(lines: list[str], start: Position) -> Broken:
    """A quote that was not closed, although later text may close it by accident."""
    sign = _line(lines, start[0])[start[1] - 1 : start[1]]
    told = f"{start[0]}行目の {sign} が閉じていません"
    return Broken(*start, "quote-open", told, f"{start[0]}行目の文の終わりに {sign} を書いてください")


def _in_line(line: str, problem: str) -> tuple[int, str, str, str] | None:
    """A slip visible in the line itself: column (from 0), code, message, remedy."""
    if "mapping values" in problem and (found := _TWO_KEYS.match(line)):
        return (
            found.start(1),
            "keys-on-line",
            f"1行に名前が2つあります (2つ目は「{found[1]}」)",
            f"「{found[1]}:」からを次の行に分けてください",
        )
    if "mapping values" in problem and (found := _COLON_INSIDE.match(line)):
        return (found.start(1), "colon-in-value", "値の文の中に「: 」があり、そこで切れています",
                '値全体を引用符 " " で囲むか、全角の「：」にしてください')  # fmt: skip
    return slip_in(line)


def _in_brackets(lines: list[str], at: Position, since: Position | None) -> Broken:
    """Inside [ ] or { }: a missing comma, or a bracket that is not closed."""
    above = _line(lines, at[0] - 1).rstrip()
    if _line(lines, at[0]).lstrip().startswith("- ") and above.endswith(("[", "{")):
        since = (at[0] - 1, len(above))
    bracket = _line(lines, since[0])[since[1] - 1 : since[1]] if since is not None else "["
    opened, closed = ("{", "}") if bracket == "{" else ("[", "]")
    within = lines[since[0] - 1 : at[0] - 1] if since is not None else []
    here = _line(lines, at[0])
    if here[at[1] - 1 : at[1]] == "," and here[: at[1] - 1].rstrip().endswith(","):
        return Broken(*at, "comma-double", "カンマが2つ続いています", "カンマを1つ消してください")
    is_open = _line(lines, at[0]).lstrip().startswith("- ") or closed not in "\n".join(within)
    if since is not None and within and is_open:
        return Broken(*since, "bracket-open", f"ここで始まるかっこ「{opened}」が閉じていません",
                      f"終わりに「{closed}」を書いてください")  # fmt: skip
    return Broken(*at, "comma-missing", f"かっこ「{opened} {closed}」の中で、ここの前にカンマがありません",
                  '値と値の間に「, 」を書いてください。「: 」や「,」を含む文は引用符 " " で囲んでください')  # fmt: skip


def _by_words(lines: list[str], line: int, column: int, problem: str) -> tuple[str, str, str]:
    before = _line(lines, line - 1)
    here = _line(lines, line)
    sign = here[column - 1 : column]
    if "alias" in problem or "anchor" in problem or "cannot start any token" in problem:
        return (
            "sign-first",
            f"「{sign or '&'}」で始まる文はそのままでは書けません",
            '値全体を引用符 " " で囲んでください',
        )
    if "tag" in problem or here[column - 2 : column - 1] == "!" or sign == "!":
        return ("tag-used", "「!」で始まる文はそのままでは書けません", '値全体を引用符 " " で囲んでください')
    if "escape" in problem:
        return (
            "escape-unknown",
            "「\\」の後ろの文字が使えません",
            "「\\」を「\\\\」にするか、' ' で囲んでください",
        )
    if "tab character" in problem:
        return ("tab-indent", "字下げにタブ文字があります", "タブを消し、半角の空白で字下げしてください")
    if here[: column - 1].rstrip().endswith(('"', "'")) and sign in (",", "、", "-"):
        return (
            "items-on-line",
            "1行に2つ以上の文があります",
            "1行に1つにして、行ごとに「- 」で始めてください",
        )
    if here[: column - 1].rstrip().endswith(('"', "'")):
        return ("quote-inside", "引用符の後ろに文字が続いています",
                "文の中の引用符は「」にするか、外側を別の引用符 (\" か ') にしてください")  # fmt: skip
    if _CUT.search(before) and "expected key" in problem:
        return (
            "text-cut",
            "前の行の「#」で文が切れ、この行が残っています",
            '値全体を引用符 " " で囲んでください',
        )
    if "could not find expected ':'" in problem or "mapping values" in problem:
        return ("colon-missing", "「名前: 値」の形になっていない行があります",
                "名前の後ろに半角の「: 」(後ろに空白1つ) を書いてください。メモなら行を「# 」で始めてください")  # fmt: skip
    if "expected key" in problem or "expected '-'" in problem:
        return ("indent-uneven", "字下げが、上の行とそろっていません",
                "同じ段の行は、行の初めの空白の数を同じにしてください")  # fmt: skip
    return ("yaml-syntax", "YAMLとして読めません", "この行と前の行の字下げ・コロン・引用符を見直してください")


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


def _place(text: str, index: int) -> Position:
    start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - start + 1
