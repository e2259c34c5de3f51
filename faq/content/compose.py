"""YAML text to plain data, with each part's place and limits on size.

The text is read as a stream of events, and limits are checked before parts are built: aliases that would expand to
millions of parts cost no more memory than their lines. Reading never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from faq.content.oddities import Oddity, Written, hidden_characters, in_plain, in_quoted
from faq.content.syntax import Broken, Position, conflict, explain, unprintable

Path = tuple[str | int, ...]

MOST_CHARACTERS: Final = 20_000_000
MOST_PARTS: Final = 200_000
"""Scalars, lists and mappings; an alias counts as everything it stands for."""
DEEPEST: Final = 40

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST_NUMBER_BITS: Final = 63
_STR: Final = "tag:yaml.org,2002:str"
_TYPED: Final = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp")}


@dataclass(frozen=True, slots=True)
class Composed:
    """A YAML text as plain data with the place of each part. Keys are texts, as written."""

    data: Any
    places: Mapping[Path, tuple[int, int]]
    duplicates: Sequence[tuple[str, int, int]] = ()
    """Repeated keys: name, line, column."""
    overwritten: Sequence[tuple[Path, Any]] = ()
    """The first values of repeated keys, by path."""
    oddities: Sequence[Oddity] = ()
    broken: Broken | None = None
    """Why and where the text cannot be read; ``data`` is then empty."""


def compose(text: str) -> Composed:
    """Read YAML; never raises."""
    if len(text) > MOST_CHARACTERS:
        hint = f"{MOST_CHARACTERS // 1_000_000}MBより小さいファイルに分けてください"
        return Composed({}, {}, broken=Broken(1, 1, "file-too-large", "ファイルが大きすぎます", hint))
    if broken := unprintable(text) or conflict(text):
        return Composed({}, {}, broken=broken)
    composer = _Composer(text)
    try:
        data = composer.compose()
    except _TooMuchError as error:
        return Composed({}, {}, broken=error.broken)
    except yaml.YAMLError as error:
        return Composed({}, {}, broken=_explained(text, error, composer.spanning))
    return Composed(
        {} if data is None else data,
        composer.places,
        tuple(composer.duplicates),
        tuple(composer.overwritten),
        (*hidden_characters(text), *composer.oddities),
    )


def _explained(text: str, error: yaml.YAMLError, spanning: tuple[Position, Position] | None) -> Broken:
    at, since = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    return explain(
        text,
        None if at is None else (at.line + 1, at.column + 1),
        None if since is None else (since.line + 1, since.column + 1),
        str(getattr(error, "problem", "") or ""),
        str(getattr(error, "context", "") or ""),
        spanning,
    )


class _TooMuchError(Exception):
    def __init__(self, broken: Broken) -> None:
        super().__init__(broken.code)
        self.broken = broken


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been reached."""

    path: Path
    value: list[Any] | dict[str, Any]
    anchor: str | None
    first_part: int
    key: str | None = None
    keys: set[str] = field(default_factory=set)
    merged: list[dict[str, Any]] = field(default_factory=list)
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    value: Any
    parts: int
    height: int


class _Composer:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._loader = _Loader(text)
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._parts = 0
        self._root: Any = None
        self.places: dict[Path, tuple[int, int]] = {}
        self.duplicates: list[tuple[str, int, int]] = []
        self.overwritten: list[tuple[Path, Any]] = []
        self.oddities: list[Oddity] = []
        self.spanning: tuple[Position, Position] | None = None
        """Start and end of the last quoted text that spans several lines."""

    def compose(self) -> Any:
        try:
            documents = 0
            for event in self._events():
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise _TooMuchError(_broken(event, "documents-many", "「---」でファイルが2つに分かれています",
                                                    "2つ目の「---」の行を消してください"))  # fmt: skip
                elif isinstance(event, yaml.NodeEvent):
                    self._take(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._close()
            return self._root
        finally:
            self._loader.dispose()

    def _events(self) -> Iterator[yaml.Event]:
        while self._loader.check_event():
            yield self._loader.get_event()

    def _take(self, event: Any) -> None:
        inside = self._open[-1] if self._open else None
        if inside is not None and isinstance(inside.value, dict) and inside.key is None:
            self._take_key(inside, event)
            return
        path: Path = ()
        if inside is not None:
            path = (*inside.path, len(inside.value) if isinstance(inside.value, list) else inside.key or "")
        self.places.setdefault(path, _start(event))
        if isinstance(event, yaml.AliasEvent):
            self._alias(event)
            return
        self._count(event, 1, 1)
        if event.tag not in (None, "!", _STR):
            self._note_tag(event)
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
            self._anchors_or_nothing(event.anchor, value, 1, 0)
            self._put(value, 0)
            return
        opened: list[Any] | dict[str, Any] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        if event.anchor is not None:
            self._anchors.pop(
                event.anchor, None
            )  # not defined before its end, so that it cannot contain itself
        self._open.append(_Open(path, opened, event.anchor, self._parts))

    def _take_key(self, inside: _Open, event: yaml.NodeEvent) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise _TooMuchError(
                _broken(event, "key-form", "項目の名前が文字ではありません",
                        "「名前: 値」の形にしてください。{ } や [ ] で始まる文は引用符 \" \" で囲んでください")
            )  # fmt: skip
        self._count(event, 1, 0)
        self._anchors_or_nothing(event.anchor, event.value, 1, 0)
        key = event.value
        at = _start(event)
        if key in inside.keys:  # not by path: parts of a repeated section share paths without being doubles
            self.duplicates.append((key, *at))
        inside.key = key
        inside.keys.add(key)
        self.places[*inside.path, key] = at

    def _alias(self, event: Any) -> None:
        found = self._anchors.get(event.anchor)
        if found is None:
            itself = any(part.anchor == event.anchor for part in self._open)
            raise _TooMuchError(
                _broken(event, "alias-recursive", f"「*{event.anchor}」が自分自身を指しています",
                        f"「*{event.anchor}」を消して、値をそのまま書いてください")
                if itself
                else _broken(event, "alias-unknown", f"「*{event.anchor}」が指すものがありません",
                             "「*」で始まる文は、値全体を引用符 \" \" で囲んでください")
            )  # fmt: skip
        self._count(event, found.parts, found.height)
        self._put(found.value, found.height)

    def _count(self, event: yaml.NodeEvent, parts: int, height: int) -> None:
        self._parts += parts
        if len(self._open) + height > DEEPEST:
            raise _TooMuchError(
                _broken(event, "nested-too-deep", f"かっこか字下げの入れ子が{DEEPEST}段より深くなっています",
                        "この行のあたりの [ { と字下げを見直してください")
            )  # fmt: skip
        if self._parts > MOST_PARTS:
            raise _TooMuchError(
                _broken(event, "parts-too-many", f"項目の数が{MOST_PARTS}を超えています",
                        "「&」と「*」を使っていれば消し、そうでなければファイルを分けてください")
            )  # fmt: skip

    def _anchors_or_nothing(self, anchor: str | None, value: Any, parts: int, height: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = _Anchored(value, parts, height)

    def _put(self, value: Any, height: int) -> None:
        if not self._open:
            self._root = value
            return
        inside = self._open[-1]
        inside.height = max(inside.height, height + 1)
        if isinstance(inside.value, list):
            inside.value.append(value)
            return
        key, inside.key = inside.key or "", None
        merged = value if isinstance(value, list) else [value]
        if key == "<<" and all(isinstance(part, dict) for part in merged):
            inside.merged += merged
        else:
            if key in inside.value:
                self.overwritten.append(((*inside.path, key), inside.value[key]))
            inside.value[key] = value

    def _close(self) -> None:
        closed = self._open.pop()
        if isinstance(closed.value, dict):
            for merged in closed.merged:
                closed.value.update({k: v for k, v in merged.items() if k not in closed.value})
        self._anchors_or_nothing(
            closed.anchor, closed.value, self._parts - closed.first_part + 1, closed.height
        )
        self._put(closed.value, closed.height)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        """A text, number, date or boolean; a value that only resembles one of these stays a text."""
        tag = event.tag if event.tag in _TYPED else None
        if tag is None and event.tag is None:
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag not in _TYPED:
            self._look_at(event)
            return event.value
        make: Callable[[Any, yaml.ScalarNode], Any] = self._loader.yaml_constructors[tag]
        try:
            value = make(self._loader, yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError, ArithmeticError, LookupError, AttributeError):
            return event.value
        is_endless = isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER_BITS
        return event.value if is_endless else value

    def _look_at(self, event: yaml.ScalarEvent) -> None:
        begin: Any = event.start_mark
        end: Any = event.end_mark
        written = Written(_start(event), (end.line + 1, end.column + 1), self._text[begin.index : end.index])
        if event.style in ("'", '"'):
            if begin.line != end.line:
                self.spanning = (written.start, written.end)
            self.oddities += in_quoted(event.value, written, self._lines)
        elif event.implicit[0]:
            to = self._text.find("\n", end.index)
            after = self._text[end.index : to if to >= 0 else None]
            self.oddities += in_plain(event.value, written, after)

    def _note_tag(self, event: Any) -> None:
        shown = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        self.oddities.append(
            Oddity(*_start(event), "tag-used",
                   f"「{shown}」のような「!」で始まる印は使えません",
                   '「!」で始まる文は、値全体を引用符 " " で囲んでください。印なら消してください')
        )  # fmt: skip


def _start(event: yaml.Event) -> Position:
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1


def _broken(event: yaml.Event, code: str, message: str, hint: str) -> Broken:
    return Broken(*_start(event), code, message, hint)
