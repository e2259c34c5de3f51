"""Moves an older folder's phrasings, line by line, from the files of answers into files of their own.

Lines stay as they are except for their indentation: comments, quotes and line endings are kept. The result is parsed
and compared with the original.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from faq.content.document import ENTRIES, PHRASINGS, Document
from faq.content.joining import asked_for, joined
from faq.content.parse import Parsed, parse
from faq.content.problem import Problem, Severity

_KEY: Final = re.compile(r"([\"']?)utterances\1 *:(?= |\r?\n|$)")
_MODELINE: Final = re.compile(r"\A(\ufeff?# yaml-language-server: \$schema=)schema\.json")
_STAY: Final = "このままでも読まれます。移すなら、手で {there} に書き写してください"
_HEARD: Final = frozenset({"signals", "lookalikes"})
"""Sections of labelled messages: a file with nothing else is moved as a whole."""


@dataclass(slots=True)
class Separated:
    """``texts`` are all files after the move, by name; ``moved`` lists source, target, and numbers of items and
    phrasings.
    """

    texts: dict[str, str]
    moved: list[tuple[str, str, int, int]] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)
    """What is not moved, and why."""


class MeaningChangedError(Exception):
    """Moving the lines would change the meaning of the files; ``problem`` tells where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def separated(texts: Mapping[str, str]) -> Separated:
    """The files with phrasings and labelled messages in ``phrasings/``; unchanged where there is nothing to move.

    ``texts`` are as on disk, without faults. Raises :class:`MeaningChangedError` where lines cannot be moved.
    """
    before = _read(texts)
    found = Separated(dict(texts))
    taken = {key for part in before for key in (part.file.phrasings if part.file else ())}
    for part in before:
        if part.file is None or not part.name.startswith(ENTRIES):
            continue
        there = PHRASINGS + part.name.removeprefix(ENTRIES)
        if set(part.file.model_dump(exclude_defaults=True)) <= _HEARD:
            _move_whole(part, there, found)
        else:
            _move_phrasings(part, there, taken, found)
    if (name := _first_difference(before, _read(found.texts))) is not None:
        told = "言い方の行を移すと、読まれる内容が変わってしまいます"
        hint = "この中の「&」「*」「<<」の印か、そろっていない字下げを直してから、もう一度実行してください"
        raise MeaningChangedError(Problem(name, 1, 1, "phrasings-tangled", told, hint))
    return found


def plain(text: str) -> str:
    """The text as the checks read it: without byte order mark, with uniform line endings."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _read(texts: Mapping[str, str]) -> list[Parsed]:
    return [parse(plain(text), name) for name, text in sorted(texts.items())]


def _first_difference(before: Sequence[Parsed], after: Sequence[Parsed]) -> str | None:
    """The first file whose meaning differs afterwards, once every item has its phrasings."""
    old, new = (
        [(part.name, said) for part in joined(parts) if (said := _said(part)) != _said_by(Document())]
        for parts in (before, after)
    )
    for (name, was), (_, now) in zip(old, new, strict=False):
        if was != now:
            return name
    return None if len(old) == len(new) else old[-1][0]


def _said(part: Parsed) -> str:
    return _said_by(part.file) if part.file is not None else ""


def _said_by(file: Document) -> str:
    return file.model_dump_json(exclude={"phrasings"})


def _move_whole(part: Parsed, there: str, found: Separated) -> None:
    if there in found.texts:
        found.left.append(_stays(part, 1, f"{there} がもうあります", there))
        return
    text = found.texts.pop(part.name)
    found.texts[there] = _MODELINE.sub(r"\1../entries/schema.json", text)
    rows = [row.messages for row in part.file.signals] if part.file else []
    rows += [row.messages for row in part.file.lookalikes] if part.file else []
    count = sum(len(texts) for row in rows for texts in row.values())
    found.moved.append((part.name, there, len(rows), count))


def _move_phrasings(part: Parsed, there: str, taken: set[str], found: Separated) -> None:
    text = found.texts[part.name]
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    kept = found.texts.get(there)
    indent = _indent_there(kept, there)
    cut: set[int] = set()
    blocks: list[str] = []
    items = count = 0
    for path, item in asked_for(part.file or Document()):
        place = part.places.get((*path, "utterances"))
        if place is None or not item.utterances:
            continue
        if item.id in taken:
            told = f"「{item.id}」の言い方は phrasings/ にもあります"
            found.left.append(_stays(part, place[0], told, there))
            continue
        block = _block(lines, place, item.id, indent) if indent is not None else None
        if block is None:
            told = (
                f"「{item.id}」の言い方は、行に分かれていません"
                if indent is not None
                else f"{there} には、言い方のほかのものもあります"
            )
            found.left.append(_stays(part, place[0], told, there))
            continue
        first, last, moved = block
        cut |= set(range(first, last + 1))
        blocks += moved
        items += 1
        count += sum(len(texts) for texts in item.utterances.values())
    if not items:
        return
    found.texts[part.name] = "".join(line for number, line in enumerate(lines) if number not in cut)
    found.texts[there] = _written(kept, text, part.name, blocks)
    found.moved.append((part.name, there, items, count))


def _indent_there(text: str | None, name: str) -> int | None:
    """Indentation of ids in the existing target file; ``None`` where it has more than phrasings."""
    if text is None:
        return 2
    part = parse(plain(text), name)
    if part.file is None or set(part.file.model_dump(exclude_defaults=True)) != {"phrasings"}:
        return None
    return min(place[1] - 1 for path, place in part.places.items() if len(path) == 2)


def _written(kept: str | None, text: str, name: str, blocks: Sequence[str]) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    if kept is not None:
        return kept + ("" if kept.endswith("\n") else end) + "".join(blocks)
    head = ["# yaml-language-server: $schema=../entries/schema.json"] if _MODELINE.match(text) else []
    head += [f"# {name} にあるものの言い方。id ごと、言語ごとに書きます。", "phrasings:"]
    return "".join(line + end for line in head) + "".join(blocks)


def _block(
    lines: Sequence[str], place: tuple[int, int], key: str, indent: int
) -> tuple[int, int, list[str]] | None:
    """First and last line of an item's phrasings, and their new lines; ``None`` where other things share the lines."""
    first, column = place[0] - 1, place[1] - 1
    named = _KEY.match(lines[first][column:])
    if named is None or lines[first][:column].strip():
        return None
    last = _last(lines, first, column)
    rest = lines[first][column + named.end() :]
    begin = first
    while begin and lines[begin - 1].startswith(" " * column + "#"):
        begin -= 1
    moved = [_shifted(line, indent - column) for line in lines[begin:first]]
    moved.append(f"{' ' * indent}{key}:{rest}")
    moved += [_shifted(line, indent - column) for line in lines[first + 1 : last + 1]]
    if not moved[-1].endswith("\n"):
        moved[-1] += "\n"
    return begin, last, moved


def _last(lines: Sequence[str], first: int, column: int) -> int:
    """The last line that belongs to the key at ``column``: deeper lines and comments between them."""
    last = first
    for number in range(first + 1, len(lines)):
        bare = lines[number].strip()
        depth = len(lines[number]) - len(lines[number].lstrip(" "))
        if bare and depth > column:
            last = number
        elif bare and not bare.startswith("#"):
            break
    return last


def _shifted(line: str, by: int) -> str:
    """The line with this many more leading spaces, or fewer, as far as there are any."""
    if not line.strip():
        return line
    if by >= 0:
        return " " * by + line
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(-by, spaces) :]


def _stays(part: Parsed, line: int, told: str, there: str) -> Problem:
    return Problem(part.name, line, 1, "phrasings-stay", told, _STAY.format(there=there), Severity.WARNING)
