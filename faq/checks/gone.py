"""What the last FAQ without faults had and this one lacks: reported with its old place, without guessing a replacement."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from faq.checks.cross_reference import SECTIONS, DeadEnd, Survey
from faq.content.document import Document
from faq.content.parse import Parsed, parse
from faq.content.problem import Problem

GONE: Final = "items-gone"
CHANGED: Final = "id-changed"
BACK: Final = "版管理から戻すか、名前を元に戻してください"
_MANY_USES: Final = 3
"""From this many equal uses on, a wrong id is not treated as a typing error."""
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a thing was: the file, and the corresponding line today."""

    source: str
    line: int
    now: str
    """The id that is there instead, where it is new; otherwise empty."""


class Memory:
    """The last texts without faults, parsed only where they differ from today's."""

    def __init__(self, before: Mapping[str, str], texts: Mapping[str, str], base: Survey) -> None:
        changed = {name: text for name, text in before.items() if texts.get(name) != text}
        self._before = [parse(text, name) for name, text in changed.items()]
        self._now = {part.name: part for part in base.parsed}
        self._base = base

    def stood(self, what: str, value: str) -> Stood | None:
        """Where ``value`` was; ``None`` where it was not, as far as is remembered."""
        section = SECTIONS[what]
        for part in self._before:
            ids = _ids(part, section)
            if value in ids:
                return self._place(part, what, ids, ids.index(value))
        return None

    def _place(self, before: Parsed, what: str, ids: Sequence[str], number: int) -> Stood:
        section, now = SECTIONS[what], self._now.get(before.name)
        today = _ids(now, section) if now is not None else []
        if now is None or not today:
            return Stood(before.name, 1, "")
        known = {name for part in self._before for name in _ids(part, section)}
        above = next((i for i in reversed(ids[:number]) if i in today), None)
        at = today.index(above) + 1 if above is not None else 0
        if at < len(today):
            new = today[at] if today[at] not in known else ""
            return Stood(before.name, _line(now, section, today, at), new)
        return Stood(before.name, _line(now, section, today, len(today) - 1), "")


def lost(
    base: Survey, ends: Sequence[DeadEnd], memory: Memory, locked: frozenset[str]
) -> Iterator[tuple[Problem, list[DeadEnd]]]:
    """One finding for each file that lost something, with the dead references to it."""
    by_id: dict[tuple[str, str], list[DeadEnd]] = {}
    for end in ends:
        by_id.setdefault((end.what, end.value), []).append(end)
    by_file: dict[tuple[str, str], list[tuple[str, Stood | None, list[DeadEnd]]]] = {}
    for (what, value), same in by_id.items():
        stood = memory.stood(what, value)
        is_locked = (value if what == "entry" else f"{what}:{value}") in locked
        if stood is None and not is_locked and len(same) < _MANY_USES:
            continue
        file = stood.source if stood is not None else ""
        by_file.setdefault((what, file if stood or is_locked else f"?{value}"), []).append(
            (value, stood, same)
        )
    for (what, file), found in by_file.items():
        missing = [end for _, _, same in found for end in same]
        yield _told(base, what, found, missing, was_there=not file.startswith("?")), missing


def _told(
    base: Survey,
    what: str,
    found: Sequence[tuple[str, Stood | None, list[DeadEnd]]],
    missing: Sequence[DeadEnd],
    *,
    was_there: bool,
) -> Problem:
    value, stood, _ = found[0]
    name, used = missing[0].name, f"(使っている所: {len(missing)}か所)"
    home = _home(base, what)
    source, line = (stood.source, stood.line) if stood else (home or missing[0].spot.part.name, 1)
    column = 1
    if stood is None and home is None:
        line, column = missing[0].spot.part.place(*missing[0].spot.path)
    some = "、".join(sorted(v for v, _, _ in found)[:_SHOWN]) + (" など" if len(found) > _SHOWN else "")
    if not was_there:
        told = f"{name}「{value}」が、どのファイルにもありません {used}"
        return Problem(
            source,
            line,
            column,
            GONE,
            told,
            f"消したのなら{BACK}。使っている所は、初めが {missing[0].spot} です",
        )
    told = (
        f"前にはあった{name}「{value}」が、どのファイルにもありません {used}"
        if len(found) == 1
        else f"前にはあった{name}{len(found)}件 ({some}) が、どのファイルにもありません {used}"
    )
    if len(found) == 1 and stood is not None and stood.now:
        return Problem(
            source, line, column, CHANGED, f"{name}の id が「{value}」から「{stood.now}」に変わっています {used}",
            f"id を「{value}」に戻すか、使っている所も「{stood.now}」に直してください",
        )  # fmt: skip
    where = f"{stood.source} にありました。" if stood is not None else ""
    hint = f"{where}版管理から戻してください。わざと消したのなら、使っている所 (初めは {missing[0].spot}) も直してください"
    return Problem(source, line, column, GONE, told, hint)


def _home(base: Survey, what: str) -> str | None:
    """The file that has all things of a kind, if there is just one."""
    section = SECTIONS[what]
    homes = [part.name for part in base.parsed if (part.named or {}).get(section)]
    return homes[0] if len(homes) == 1 and what != "entry" else None


def _line(part: Parsed, section: str, ids: Sequence[str], number: int) -> int:
    return part.place(section, ids[number] if section == "phrasings" else number)[0]


def _ids(part: Parsed, section: str) -> Sequence[str]:
    """Ids in the order of the file; empty for an item without one."""
    return (part.named or {}).get(section, ())


def stands_elsewhere(text: str, name: str, texts: Mapping[str, str], parsed: Sequence[Parsed]) -> bool:
    """Whether other files now have everything a file had: it was renamed, or its items were moved."""
    if text in texts.values():
        return True
    before = parse(text, name).file
    return before is not None and not (_items(before) - {i for p in parsed if p.file for i in _items(p.file)})


def _items(file: Document) -> set[str]:
    items: set[str] = set()
    for section, value in file.model_dump(mode="json", exclude_defaults=True).items():
        rows: Any = value.items() if isinstance(value, dict) else value
        items |= {f"{section}:{_key(row)}" for row in rows}
    return items


def _key(row: Any) -> str:
    """An item's id, or its content where it has none."""
    named = (row.get("id") or row.get("key")) if isinstance(row, dict) and "messages" not in row else None
    return str(named) if named else json.dumps(row, ensure_ascii=False, sort_keys=True)
