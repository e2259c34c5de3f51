"""versions.lock: a hash of every answer ever given under a version, so that no text changes unnoticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from faq.entry import Entry
from faq.parse import Parsed
from faq.problem import Problem

LOCK_NAME = "versions.lock"
Lock = dict[str, dict[str, str]]
"""Entry id → version → hash."""


def fingerprint(entry: Entry) -> str:
    """Of the answer in all its languages; line ends do not count."""
    texts = {language.value: text.replace("\r\n", "\n").strip() for language, text in entry.answer.items()}
    packed = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(packed.encode()).hexdigest()[:16]


def read(text: str | None) -> Lock | None:
    """The lock, empty where there is none yet, or ``None`` where it cannot be read."""
    if text is None or not text.strip():
        return {}
    try:
        lock = json.loads(text)
    except json.JSONDecodeError:
        return None
    sound = isinstance(lock, dict) and all(
        isinstance(versions, dict) and all(isinstance(v, str) for v in versions.values())
        for versions in lock.values()
    )
    return lock if sound else None


def check(parsed: Sequence[Parsed], text: str | None) -> list[Problem]:
    """Answers that changed without a new version, versions without a note, and entries the lock does not know."""
    lock = read(text)
    if lock is None:
        hint = "版管理から前の内容に戻してください"
        return [Problem(f"entries/{LOCK_NAME}", 1, 1, "lock-broken", "versions.lock が読めません", hint)]
    problems: list[Problem] = []
    for part in parsed:
        for number, entry in enumerate(part.file.entries if part.file else ()):
            problems += _of_entry(part, number, entry, lock.get(entry.id, {}))
    return problems


def _of_entry(part: Parsed, number: int, entry: Entry, versions: Mapping[str, str]) -> list[Problem]:
    known = versions.get(str(entry.version))
    newest = max((int(v) for v in versions), default=0)
    problems = []
    if not any(change.version == entry.version for change in entry.changes):
        line, column = part.place("entries", number, "changes")
        problems.append(
            Problem(
                part.name, line, column, "change-note-missing",
                f"{entry.id}: 第{entry.version}版の変更の理由がありません",
                f"changes に version: {entry.version} の項目を足してください",
            )
        )  # fmt: skip
    line, column = part.place("entries", number, "version")
    if known is not None and known != fingerprint(entry):
        problems.append(
            Problem(
                part.name, line, column, "answer-changed",
                f"{entry.id}: 第{entry.version}版の回答の文が変わっています",
                f"version を {newest + 1} に上げ、changes に理由を書いてください",
            )
        )  # fmt: skip
    elif known is None and entry.version < newest:
        problems.append(
            Problem(
                part.name, line, column, "version-went-back",
                f"{entry.id}: 版が {newest} から {entry.version} に戻っています",
                f"version を {newest + 1} にしてください",
            )
        )  # fmt: skip
    elif known is None:
        problems.append(
            Problem(
                part.name, line, column, "lock-missing",
                f"{entry.id}: 第{entry.version}版が versions.lock にありません",
                "madoguchi check --write-lock で書き込んでください",
            )
        )  # fmt: skip
    return problems


def write(entries: Sequence[Entry], text: str | None) -> str:
    """The lock with today's versions added; what is already locked stays as it is, also for entries that are gone."""
    lock = read(text) or {}
    for entry in entries:
        lock.setdefault(entry.id, {}).setdefault(str(entry.version), fingerprint(entry))
    return json.dumps(lock, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
