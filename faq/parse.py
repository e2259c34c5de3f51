"""YAML text to models. Every fault of a file at once, each with its line, column and remedy; nothing is raised."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from faq.compose import Path, compose
from faq.file import File
from faq.forms import WORDS
from faq.problem import Problem, Severity, errors, shown, unforeseen

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_MOST_TOLD: Final = 30
"""Faults of one file; more of them help nobody."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's text as a value. ``file`` is ``None`` when it has faults; ``places`` tells where each part stands."""

    name: str
    file: File | None
    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    named: Mapping[str, frozenset[str]] | None = None
    """Ids by section, also of a file with faults (empty for an item without one); ``None`` where the text is no YAML and names cannot be known."""

    def place(self, *path: str | int) -> tuple[int, int]:
        """Line and column (from 1) of a part, or of the nearest part around it."""
        for length in range(len(path), -1, -1):
            if found := self.places.get(path[:length]):
                return found
        return (1, 1)


def parse(text: str, name: str) -> Parsed:
    """One file. ``name`` is how the problems call it. Whatever the text holds, nothing is raised."""
    try:
        return _parse(text, name)
    except Exception as error:
        return Parsed(name, None, {}, (unforeseen(name, error),))


class Reader:
    """Parses, and keeps what became of each file: of a folder in which one file was changed only that one is parsed."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Parsed]] = {}

    def parse(self, text: str, name: str) -> Parsed:
        """The same as :func:`parse`."""
        known, parsed = self._kept.get(name, ("", None))
        if parsed is None or known != text:
            parsed = parse(text, name)
            self._kept[name] = (text, parsed)
        return parsed


def _parse(text: str, name: str) -> Parsed:
    if not text.strip():
        hint = "版管理から前の内容に戻すか、要らないファイルなら消してください"
        return Parsed(name, None, {}, (Problem(name, 1, 1, "file-empty", "ファイルが空です", hint),))
    composed = compose(text)
    if (broken := composed.broken) is not None:
        problem = Problem(name, broken.line, broken.column, broken.code, broken.message, broken.hint)
        return Parsed(name, None, {}, (problem,))
    problems = [
        Problem(
            name,
            line,
            column,
            "key-duplicate",
            f"キー「{shown(key)}」が2回あります",
            "どちらかを消してください",
        )
        for key, line, column in composed.duplicates
    ]
    problems += [
        Problem(name, odd.line, odd.column, odd.code, odd.message, odd.hint,
                Severity.ERROR if odd.is_sure else Severity.WARNING)
        for odd in composed.oddities
    ]  # fmt: skip
    named = _named(composed.data)
    parsed = Parsed(name, None, composed.places, (), named)
    file = None
    try:
        file = File.model_validate(composed.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        within = {detail["loc"][:-1] for detail in details}
        odd = {(problem.line, problem.column) for problem in problems}
        # A list whose only item is faulty is reported as empty, too: the item's own fault says it better; and so
        # does a sign that does not belong where it stands.
        faults = (
            _fault(parsed, detail)
            for detail in details
            if not (detail["type"] == "too_short" and detail["loc"] in within)
        )
        problems += [fault for fault in faults if (fault.line, fault.column) not in odd]
    if errors(problems):
        file = None
    return Parsed(name, file, composed.places, tuple(_shortened(name, problems)), named)


def _shortened(name: str, problems: list[Problem]) -> list[Problem]:
    """The first of them where there are very many, and how many more."""
    if len(problems) <= _MOST_TOLD:
        return problems
    ordered = sorted(problems, key=lambda p: (p.severity is Severity.WARNING, p.line, p.column))
    rest, last = ordered[_MOST_TOLD:], ordered[_MOST_TOLD]
    told = f"このファイルには、ほかに{len(rest)}件の指摘があります"
    more = Problem(
        name, last.line, last.column, "more", told, "上から順に直すと、残りが出ます", last.severity
    )
    return [*ordered[:_MOST_TOLD], more]


def _named(data: Any) -> dict[str, frozenset[str]]:
    if not isinstance(data, dict):
        return {}
    named = {}
    for section, items in data.items():
        rows = items if isinstance(items, list) else [items]
        named[str(section)] = frozenset(
            str(row.get("id", row.get("key", ""))) if isinstance(row, dict) else "" for row in rows
        )
    return named


def _fault(parsed: Parsed, detail: ErrorDetails) -> Problem:
    path: Path = tuple(part for part in detail["loc"] if part != "[key]")
    line, column = parsed.place(*path)
    code, message, hint = _explain(detail, path)
    return Problem(parsed.name, line, column, code, message, hint)


def _explain(detail: ErrorDetails, path: Path) -> tuple[str, str, str]:
    what = ".".join(str(part) for part in path if isinstance(part, str)) or "ファイル"
    kind = detail["type"]
    context: Mapping[str, Any] = detail.get("ctx") or {}
    if kind == "extra_forbidden":
        return "key-unknown", f"知らないキー「{shown(path[-1])}」です", _did_you_mean(str(path[-1]), path)
    if kind == "missing":
        return "key-missing", f"「{path[-1]}」がありません", "この項目を書いてください"
    if detail["input"] is None:
        return "value-empty", f"「{what}」に何も書かれていません", "値を書くか、この行を消してください"
    if kind == "enum":
        return (
            "value-unknown",
            f"「{what}」の値「{shown(detail['input'])}」は使えません",
            f"使える値: {_listed(context.get('expected', ''))}",
        )
    if kind == "value_error" and str(context.get("error", "")).startswith("words-missing:"):
        missing = str(context["error"]).partition(":")[2]
        return "words-missing", f"「{what}」に {missing} の文がありません", "ja と en の両方を書いてください"
    if kind == "value_error" and str(context.get("error", "")).startswith("phone-digits:"):
        digits = str(context["error"]).partition(":")[2]
        return (
            "phone-impossible",
            f"電話番号「{shown(detail['input'])}」は{digits}桁で、日本の番号になりません",
            "番号を確かめてください (固定電話は10桁、050・携帯は11桁)",
        )
    if kind == "string_type":
        return "value-not-text", f"「{what}」が文字ではありません", "値を引用符で囲んでください"
    if kind == "string_pattern_mismatch":
        return (
            "value-form",
            f"「{what}」の値「{shown(detail['input'])}」の形が違います",
            f"{WORDS[str(context['pattern'])]}にしてください",
        )
    if kind == "string_too_long":
        return (
            "value-long",
            f"「{what}」が{context.get('max_length')}字より長いです",
            "短くするか、2つに分けてください",
        )
    if kind.startswith("date"):
        written = str(detail["input"])
        if _DATE.fullmatch(written):
            return (
                "value-not-date",
                f"「{what}」の日付「{written}」は暦にありません",
                "正しい日を書いてください",
            )
        return "value-not-date", f"「{what}」が日付ではありません", "2026-11-23 の形で書いてください"
    if kind in ("too_short", "string_too_short"):
        return "value-empty", f"「{what}」が空です", "1つ以上書いてください"
    if kind.startswith(("int", "greater", "less", "finite")):
        return (
            "value-not-number",
            f"「{what}」の数「{shown(detail['input'])}」が使えません",
            "決められた範囲の整数を書いてください",
        )
    return "value-form", f"「{what}」の形が違います", "ほかの項目を見本にして書き直してください"


def _listed(expected: str) -> str:
    """pydantic's «'a', 'b' or 'c'» as a Japanese list."""
    return "、".join(part.strip(" '") for part in expected.replace(" or ", ",").split(","))


def _did_you_mean(key: str, path: Path) -> str:
    known = _known_keys(path)
    near = difflib.get_close_matches(key, known, 1, 0.6)
    return f"「{near[0]}」のことですか" if near else "使えるキー: " + "、".join(known)


def _known_keys(path: Path) -> list[str]:
    """The keys that a model allows at this place, found by following the path through the models."""
    model: Any = File
    for part in path[:-1]:
        if isinstance(part, int):
            continue
        fields = getattr(model, "model_fields", {})
        if part not in fields:
            return []
        model = _model_in(fields[part].annotation)
        if model is None:
            return []
    return sorted(getattr(model, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _model_in(argument)) is not None:
            return found
    return None
