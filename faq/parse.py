"""YAML text to models. Every fault of a file at once, each with its line, column and remedy; nothing is raised."""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from faq.file import File
from faq.problem import Problem

Path = tuple[str | int, ...]
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's text as a value. ``file`` is ``None`` when it has faults; ``places`` tells where each part stands."""

    name: str
    file: File | None
    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    named: Mapping[str, frozenset[str]] | None = None
    """Ids by section, also of a file with faults; ``None`` where the text is no YAML and names cannot be known."""

    def place(self, *path: str | int) -> tuple[int, int]:
        """Line and column (from 1) of a part, or of the nearest part around it."""
        for length in range(len(path), -1, -1):
            if found := self.places.get(path[:length]):
                return found
        return (1, 1)


@dataclass(frozen=True, slots=True)
class Composed:
    """A YAML text as plain data, and where each part of it stands."""

    data: Any
    places: Mapping[Path, tuple[int, int]]
    duplicates: Sequence[tuple[str, int, int]] = ()
    """Keys written twice: name, line, column."""
    broken_at: tuple[int, int] | None = None
    """Where the text stops being YAML; ``data`` is empty then."""


def compose(text: str) -> Composed:
    """Read YAML; nothing is raised."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            data = loader.construct_document(node) if node is not None else {}
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return Composed({}, {}, (), (mark.line + 1, mark.column + 1) if mark is not None else (1, 1))
    places: dict[Path, tuple[int, int]] = {}
    duplicates: list[tuple[str, int, int]] = []
    if node is not None:
        _walk(node, (), places, duplicates)
    return Composed({} if data is None else data, places, tuple(duplicates))


def parse(text: str, name: str) -> Parsed:
    """One file. ``name`` is how the problems call it."""
    composed = compose(text)
    if composed.broken_at is not None:
        line, column = composed.broken_at
        hint = "この行と前の行の字下げ・コロン・引用符を見直してください"
        return Parsed(
            name, None, {}, (Problem(name, line, column, "yaml-syntax", "YAMLとして読めません", hint),)
        )
    problems = [
        Problem(
            name, line, column, "key-duplicate", f"キー「{key}」が2回あります", "どちらかを消してください"
        )
        for key, line, column in composed.duplicates
    ]
    named = _named(composed.data)
    parsed = Parsed(name, None, composed.places, (), named)
    try:
        file = File.model_validate(composed.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        within = {detail["loc"][:-1] for detail in details}
        # A list whose only item is faulty is reported as empty, too: the item's own fault says it better.
        problems += [
            _fault(parsed, detail)
            for detail in details
            if not (detail["type"] == "too_short" and detail["loc"] in within)
        ]
        return Parsed(name, None, composed.places, tuple(problems), named)
    return Parsed(name, None if problems else file, composed.places, tuple(problems), named)


def _named(data: Any) -> dict[str, frozenset[str]]:
    if not isinstance(data, dict):
        return {}
    named = {}
    for section, items in data.items():
        rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        named[str(section)] = frozenset(str(row.get("id", row.get("key", ""))) for row in rows)
    return named


def _walk(
    node: yaml.Node, path: Path, places: dict[Path, tuple[int, int]], duplicates: list[tuple[str, int, int]]
) -> None:
    places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _walk(child, (*path, index), places, duplicates)
    elif isinstance(node, yaml.MappingNode):
        seen: set[Hashable] = set()
        for key, value in node.value:
            label = str(key.value)
            at = (key.start_mark.line + 1, key.start_mark.column + 1)
            if label in seen:
                duplicates.append((label, *at))
            seen.add(label)
            _walk(value, (*path, label), places, duplicates)
            places[(*path, label)] = at


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
        return "key-unknown", f"知らないキー「{path[-1]}」です", _did_you_mean(str(path[-1]), path)
    if kind == "missing":
        return "key-missing", f"「{path[-1]}」がありません", "この項目を書いてください"
    if kind == "enum":
        return (
            "value-unknown",
            f"「{what}」の値「{detail['input']}」は使えません",
            f"使える値: {_listed(context.get('expected', ''))}",
        )
    if kind == "value_error" and str(context.get("error", "")).startswith("words-missing:"):
        missing = str(context["error"]).partition(":")[2]
        return "words-missing", f"「{what}」に {missing} の文がありません", "ja と en の両方を書いてください"
    if kind == "string_type":
        return "value-not-text", f"「{what}」が文字ではありません", "値を引用符で囲んでください"
    if kind == "string_pattern_mismatch":
        return (
            "value-form",
            f"「{what}」の値「{detail['input']}」の形が違います",
            f"形: {context.get('pattern', '')}",
        )
    if kind.startswith("date"):
        return "value-not-date", f"「{what}」が日付ではありません", "2026-11-23 の形で書いてください"
    if kind in ("too_short", "string_too_short"):
        return "value-empty", f"「{what}」が空です", "1つ以上書いてください"
    if kind.startswith(("int", "greater", "less")):
        return (
            "value-not-number",
            f"「{what}」の数「{detail['input']}」が使えません",
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
