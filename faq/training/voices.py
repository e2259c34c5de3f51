"""Writers' messages to learn from: tables beside the FAQ, each by one person who saw only the titles of its entries.

``NN-style.tsv`` has the columns ``text`` and ``primary``; number and style of the writer are in its name. Messages for
nobody here are in ``out-of-scope.tsv``, and composed from ``out-of-scope-nouns.tsv`` and ``out-of-scope-frames.tsv``: the
noun decides what a message is about, whatever the verb.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from faq.language import Language

VOICES: Final = "voices"
"""The folder's name."""
OUT_OF_SCOPE: Final = "out-of-scope"
_WRITER: Final = re.compile(r"(\d{2})-([a-z0-9-]+)\.tsv")
_NOUNS: Final = f"{OUT_OF_SCOPE}-nouns.tsv"
_FRAMES: Final = f"{OUT_OF_SCOPE}-frames.tsv"
_MESSAGES: Final = f"{OUT_OF_SCOPE}.tsv"
_HOLE: Final = "{x}"
_TONGUES: Final = (Language.JA, Language.JA, Language.EN, Language.ZH_HANS, Language.KO)
"""Japanese twice as often as the others."""
_NEEDS: Final = {"account:": "a", "place:": "p", "apply:": "y"}
"""Frames that go only with nouns of this kind."""

Row = Mapping[str, str]


class VoicesError(ValueError):
    """A table cannot be used; the message has a line for every fault, with file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One writer's messages with the ids they ask for."""

    writer: str
    style: str
    messages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """All writers, and what is needed for messages that are for nobody here."""

    writers: tuple[Voice, ...] = ()
    nouns: tuple[Row, ...] = ()
    frames: tuple[Row, ...] = ()
    elsewhere: tuple[str, ...] = ()


def read(texts: Mapping[str, str], known: Collection[str]) -> Voices:
    """Tables by file name. Raises :class:`VoicesError` with all faults: a table is used as a whole or not at all."""
    faults: list[str] = []
    writers = []
    for name, text in sorted(texts.items()):
        if named := _WRITER.fullmatch(name):
            rows = _rows(name, text, ("text", "primary"), faults)
            for number, row in rows.items():
                if row["primary"] not in known:
                    remedy = "use an id of the FAQ, or remove the line"
                    faults.append(f"{name} line {number}: no entry {row['primary']!r}; {remedy}")
            writers.append(Voice(named[1], named[2], tuple((r["text"], r["primary"]) for r in rows.values())))
        elif name not in (_NOUNS, _FRAMES, _MESSAGES):
            faults.append(
                f"{name}: no table of a writer; name it like 01-polite-letters.tsv, or move it away"
            )
    tongues = tuple(dict.fromkeys(tongue.value for tongue in _TONGUES))
    nouns, frames = (
        _rows(name, texts.get(name, ""), (first, *tongues), faults)
        for name, first in ((_NOUNS, "fits"), (_FRAMES, "style"))
    )
    for number, row in frames.items():
        if any(_HOLE not in row[tongue] for tongue in tongues):
            faults.append(f"{_FRAMES} line {number}: no {_HOLE}; every language needs the place of the noun")
    elsewhere = _rows(_MESSAGES, texts.get(_MESSAGES, ""), ("text",), faults)
    if faults:
        raise VoicesError("\n".join(faults))
    return Voices(
        tuple(writers),
        tuple(nouns.values()),
        tuple(frames.values()),
        tuple(row["text"] for row in elsewhere.values()),
    )


def composed(nouns: Sequence[Row], frames: Sequence[Row], count: int, seed: int) -> list[str]:
    """Different messages about nouns, drawn with a seed; fewer where the tables do not give so many."""
    dice, found = np.random.default_rng(seed), dict[str, None]()
    for _ in range(20 * count if nouns and frames else 0):
        noun, frame = nouns[int(dice.integers(len(nouns)))], frames[int(dice.integers(len(frames)))]
        tongue = _TONGUES[int(dice.integers(len(_TONGUES)))]
        need = next((fit for start, fit in _NEEDS.items() if frame["style"].startswith(start)), "")
        if need in noun["fits"]:
            found[frame[tongue.value].replace(_HOLE, noun[tongue.value])] = None
        if len(found) == count:
            break
    return list(found)


def _rows(name: str, text: str, columns: Sequence[str], faults: list[str]) -> dict[int, Row]:
    """The table's rows by their line; every fault is added to ``faults``. An empty text has none."""
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter="\t", quoting=csv.QUOTE_NONE)
    if not text:
        return {}
    if missing := [column for column in columns if column not in (table.fieldnames or ())]:
        faults.append(f"{name} line 1: no column {', '.join(missing)}; the first line names the columns")
        return {}
    rows: dict[int, Row] = {}
    for number, row in enumerate(table, 2):
        empty = [column for column in columns if column != "fits" and not (row[column] or "").strip()]
        if empty or None in row:
            told = f"nothing in {', '.join(empty)}" if empty else "too many columns"
            faults.append(f"{name} line {number}: {told}; write it, or remove the line")
            continue
        rows[number] = {column: (value or "").strip() for column, value in row.items()}
    return rows
