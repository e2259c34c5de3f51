"""YAML text to models. All faults of a file are reported together, with line, column and remedy; nothing is raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from faq.content.compose import Composed, Path, compose
from faq.content.document import PHRASINGS, Document
from faq.content.faults import causes_among, explained, meant_by, path_of
from faq.content.problem import Problem, Severity, errors, shown, unforeseen

_BACK: Final = "版管理から前の内容に戻してください"
_CALLED: Final = {
    "profile": "町のこと", "entries": "回答", "groups": "分類", "sources": "出典", "purposes": "用件", "windows": "窓口",
    "replies": "決まった返事", "kinds": "対象外の種類", "decoys": "対象外の用件", "examples": "例",
    "readings": "読み", "phrasings": "言い方", "synonyms": "言いかえ", "signals": "聞きのがさない文", "lookalikes": "似ている文",
}  # fmt: skip
"""Names of a section's items for people."""
_IDS: Final = ("id", "key")
_MOST_TOLD: Final = 30
"""Most faults reported for one file."""


@dataclass(frozen=True, slots=True)
class Lent:
    """Phrasings of an item that are in another file: below ``path`` there, after ``before`` of each language here."""

    part: Parsed
    path: Path
    before: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's text as a value. ``file`` is ``None`` where it has faults; ``places`` has the place of each part."""

    name: str
    file: Document | None
    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    named: Mapping[str, tuple[str, ...]] | None = None
    """Ids by section, in order, also for a file with faults (empty for an item without one).

    ``None`` where the text is not YAML.
    """
    lent: Mapping[Path, Sequence[Lent]] = field(default_factory=dict)
    """An item's phrasings in other files, by section and number."""

    def place(self, *path: str | int) -> tuple[int, int]:
        """Line and column (from 1) of a part, or of its nearest parent."""
        for length in range(len(path), -1, -1):
            if found := self.places.get(path[:length]):
                return found
        return (1, 1)

    def where(self, *path: str | int) -> tuple[str, int, int]:
        """File, line and column: an item's phrasings may be in another file."""
        language, number = path[3:5] if len(path) == 5 else ("", 0)
        for lent in reversed(self.lent.get(path[:2], ()) if path[2:3] == ("utterances",) else ()):
            first = lent.before.get(str(language))
            if first is not None and isinstance(number, int) and number >= first:
                return (lent.part.name, *lent.part.place(*lent.path, language, number - first))
            if not language and path not in self.places:
                return (lent.part.name, *lent.part.place(*lent.path))
        return (self.name, *self.place(*path))


def parse(text: str, name: str) -> Parsed:
    """Parse one file. ``name`` is used in its problems. Never raises."""
    try:
        return _parse(text, name)
    except Exception as error:
        return Parsed(name, None, {}, (unforeseen(name, error),))


class Reader:
    """Parses and caches each file, so that only changed files are parsed again."""

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
    problems = _doubles(name, composed)
    problems += [
        Problem(name, odd.line, odd.column, odd.code, odd.message, odd.hint,
                Severity.ERROR if odd.is_sure else Severity.WARNING)
        for odd in composed.oddities
    ]  # fmt: skip
    if (nothing := _without_items(name, composed)) is not None:
        return Parsed(name, None, {}, (nothing,))
    named = _named(composed)
    parsed = Parsed(name, None, composed.places, (), named)
    file = None
    try:
        file = Document.model_validate(composed.data)
    except ValidationError as error:
        odd = {problem.line for problem in problems}
        # A misplaced sign explains the line better than pydantic's error.
        faults = (_fault(parsed, detail) for detail in causes_among(error.errors(include_url=False)))
        problems += [fault for fault in faults if fault.line not in odd]
    if errors(problems):
        file = None
    return Parsed(name, file, composed.places, tuple(_shortened(name, problems)), named)


def _shortened(name: str, problems: list[Problem]) -> list[Problem]:
    """The first problems where there are very many, and the number of the rest."""
    if len(problems) <= _MOST_TOLD:
        return problems
    ordered = sorted(problems, key=lambda p: (p.severity is Severity.WARNING, p.line, p.column))
    rest, last = ordered[_MOST_TOLD:], ordered[_MOST_TOLD]
    told = f"このファイルには、ほかに{len(rest)}件の指摘があります"
    more = Problem(
        name, last.line, last.column, "more", told, "上から順に直すと、残りが出ます", last.severity
    )
    return [*ordered[:_MOST_TOLD], more]


def _without_items(name: str, composed: Composed) -> Problem | None:
    """The problem of a file without sections, or with only empty ones."""
    data = composed.data
    if not isinstance(data, dict):
        line, column = composed.places.get((), (1, 1))
        if isinstance(data, list):
            told = "初めの行に、何の一覧かを示す「entries:」などがありません"
            return Problem(
                name,
                line,
                column,
                "section-absent",
                told,
                f"ふつうは {_usual(name)}: の行から始まります。{_BACK}",
            )
        told = "「名前: 値」の形の行がなく、ただの文になっています"
        return Problem(name, line, column, "file-form", told, _BACK)
    if any(items not in (None, [], {}, "") for items in data.values()):
        return None
    sections = [section for section in data if section in Document.model_fields] or [_usual(name)]
    called = "・".join(dict.fromkeys(_CALLED.get(section, "項目") for section in sections))
    return Problem(
        name,
        1,
        1,
        "file-without-items",
        f"{called}が1つもありません",
        f"{_BACK}。要らないファイルなら消してください",
    )


def _usual(name: str) -> str:
    """The usual section of a file with this name."""
    if name.startswith("examples/"):
        return "examples"
    if name.startswith(PHRASINGS):
        return "phrasings"
    stem = name.rpartition("/")[2].removesuffix(".yaml").partition("-")[0]
    return {"_common": "groups"}.get(stem, stem if stem in Document.model_fields else "entries")


def _doubles(name: str, composed: Composed) -> list[Problem]:
    """Repeated keys; where an id is repeated, the dash of the next item is missing."""
    starts = [(key, line, column) for key, line, column in composed.duplicates if key in _IDS]
    if starts and len(starts) < len(composed.duplicates):
        told, hint = (
            "新しい項目の初めの「- 」がありません",
            "この行の初めに「- 」を書き、上の項目の「- 」とそろえてください",
        )
        return [Problem(name, line, column, "dash-missing", told, hint) for _, line, column in starts]
    hint = "どちらかを消してください"
    return [
        Problem(name, line, column, "key-duplicate", f"キー「{shown(key)}」が2回あります", hint)
        for key, line, column in composed.duplicates
    ]


def _named(composed: Composed) -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    first = [
        (path[0], str(value)) for path, value in composed.overwritten if len(path) == 3 and path[-1] in _IDS
    ]
    for written, items in composed.data.items():
        section = written if written in Document.model_fields else meant_by(written, (written,)) or written
        if section == "phrasings" and isinstance(items, dict):
            named[section] = (*named.get(section, ()), *items)
            continue
        rows = items if isinstance(items, list) else [items]
        ids = tuple(str(row.get("id", row.get("key", ""))) if isinstance(row, dict) else "" for row in rows)
        named[section] = named.get(section, ()) + ids + tuple(value for of, value in first if of == written)
    return named


def _fault(parsed: Parsed, detail: ErrorDetails) -> Problem:
    line, column = parsed.place(*path_of(detail))
    return Problem(parsed.name, line, column, *explained(detail))
