"""Loads public data sets from a path: HINT3, CLINC150, corpus/queries/qrels, and any TSV. No data is in the repository."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

NONE: Final = "none"
_HINT3_NONE: Final = "NO_NODES_DETECTED"
_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and all its right entries; empty where none is right."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class DataSet:
    """``phrasings`` are (text, entry) for training; ``questions`` are for testing."""

    phrasings: Sequence[tuple[str, str]]
    questions: Sequence[Asked]


class DataSetError(Exception):
    """A file is not as expected; the message names the file and the expected form."""


def clinc150(path: Path, per_entry: int) -> DataSet:
    """``data_full.json``: train, test and oos_test, lists of [text, intent]; the first phrasings of a seeded order."""
    data = _json(path)
    if not isinstance(data, Mapping) or not {"train", "test", "oos_test"} <= set(data):
        raise DataSetError(f"{path}: expected an object with train, test and oos_test (data_full.json)")
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, intent in data["train"]:
        by_intent[intent].append(text)
    dice = random.Random(0)
    phrasings = []
    for intent, texts in sorted(by_intent.items()):
        chosen = dice.sample(texts, min(per_entry or len(texts), len(texts)))
        phrasings += [(text, intent) for text in chosen]
    questions = [Asked(text, frozenset([intent])) for text, intent in data["test"]]
    return DataSet(phrasings, [*questions, *(Asked(text, frozenset()) for text, _ in data["oos_test"])])


def hint3(train: Path, test: Path) -> DataSet:
    """Two CSV files with the columns sentence and label; NO_NODES_DETECTED stands for none."""
    rows = {path: _rows(path, ",", {"sentence", "label"}) for path in (train, test)}
    phrasings = [(row["sentence"], row["label"]) for row in rows[train]]
    questions = [
        Asked(row["sentence"], frozenset({row["label"]} - {_HINT3_NONE, NONE})) for row in rows[test]
    ]
    return DataSet(phrasings, questions)


def retrieval(path: Path, *, answers: bool) -> DataSet:
    """A folder with corpus, queries and qrels (.json, .jsonl; qrels also .tsv), or one JSON file with the three keys.

    ``answers`` adds the sentences of an entry's answer to its phrasings.
    """
    parts = (
        _json(path)
        if path.is_file()
        else {name: _part(path, name) for name in ("corpus", "queries", "qrels")}
    )
    if not isinstance(parts, Mapping) or not {"corpus", "queries", "qrels"} <= set(parts):
        raise DataSetError(f"{path}: expected the keys corpus, queries and qrels")
    phrasings: list[tuple[str, str]] = []
    for name, document in _documents(parts["corpus"]):
        question = str(document.get("question") or document.get("title") or document.get("text") or "")
        phrasings.append((question, name))
        body = str(document.get("answer") or (document.get("text") if document.get("title") else "") or "")
        if answers:
            phrasings += [(s.strip()[:_LONGEST], name) for s in _SENTENCE.findall(body) if len(s.strip()) > 4]
    right: dict[str, set[str]] = defaultdict(set)
    for query, document_id, grade in _judgements(parts["qrels"]):
        if grade > 0:
            right[query].add(document_id)
    questions = [
        Asked(str(document.get("text") or document.get("query") or ""), frozenset(right[name]))
        for name, document in _documents(parts["queries"])
        if name in right
    ]
    return DataSet(sorted(phrasings, key=lambda p: p[1]), questions)


def tsv(path: Path) -> list[Asked]:
    """Columns text, primary and acceptable (ids separated by commas)."""
    return [
        Asked(
            row["text"],
            frozenset(
                {row["primary"], *(row.get("acceptable") or "").replace(" ", "").split(",")} - {NONE, "", "-"}
            ),
        )
        for row in _rows(path, "\t", {"text", "primary"})
    ]


def _json(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        return json.loads(text)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataSetError(f"{path}: cannot be read as JSON ({type(error).__name__})") from error


def _part(folder: Path, name: str) -> Any:
    for ending in (".json", ".jsonl", ".tsv"):
        path = folder / f"{name}{ending}"
        if path.is_file():
            return _rows(path, "\t", set()) if ending == ".tsv" else _json(path)
    raise DataSetError(f"{folder}: {name}.json, {name}.jsonl or {name}.tsv is not there")


def _rows(path: Path, between: str, columns: set[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(
                file, delimiter=between, quoting=csv.QUOTE_MINIMAL if between == "," else csv.QUOTE_NONE
            )
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise DataSetError(f"{path}: cannot be read ({type(error).__name__})") from error
    if missing := columns - set(reader.fieldnames or ()):
        raise DataSetError(f"{path}: the columns {', '.join(sorted(missing))} are not there")
    return rows


def _documents(found: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """A list of objects with an id, or a mapping of ids to objects or texts."""
    if isinstance(found, Mapping):
        for name, value in found.items():
            yield str(name), value if isinstance(value, Mapping) else {"text": value}
        return
    for number, row in enumerate(found):
        name = next((row[key] for key in ("_id", "id", "docid", "qid") if key in row), number)
        yield str(name), row


def _judgements(found: Any) -> Iterable[tuple[str, str, float]]:
    """A mapping of queries to {document: grade} or [document], or rows with three columns."""
    if isinstance(found, Mapping):
        for query, judged in found.items():
            graded = judged.items() if isinstance(judged, Mapping) else ((document, 1) for document in judged)
            for document, grade in graded:
                yield str(query), str(document), float(grade)
        return
    for row in found:
        values = list(row.values()) if isinstance(row, Mapping) else list(row)
        yield str(values[0]), str(values[1]), float(values[2]) if len(values) > 2 else 1.0
