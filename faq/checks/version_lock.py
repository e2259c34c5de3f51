"""versions.lock: a hash of every answer published under a version, and each window's number by checking date, so
that no published text changes unnoticed.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from faq.content.entry import Entry
from faq.content.parse import Parsed
from faq.content.problem import Problem, Severity
from faq.content.syntax import conflict, unprintable
from faq.content.window import Window

LOCK_NAME: Final = "versions.lock"
Lock = dict[str, dict[str, str]]
"""Entry id → version → hash; and ``window:`` plus a window's id → date checked → number."""
_WINDOW: Final = "window:"
_BACK: Final = "版管理から前の内容に戻してください"


def fingerprint(entry: Entry) -> str:
    """Hash of the answer in all languages; line endings do not count. A core alone counts as an older answer does."""
    texts = {
        f"detail-{language.value}" if key == "detail" else language.value: text.replace("\r\n", "\n").strip()
        for key, language, text in entry.texts()
    }
    packed = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(packed.encode()).hexdigest()[:16]


def read(text: str | None) -> Lock | Problem:
    """The lock, empty where there is none, or why it cannot be read."""
    if text is None or not text.strip():
        return {}
    broken = unprintable(text) or conflict(text)
    if broken is not None:
        hint = f"{_BACK}。両方の版の行を残すと、履歴が失われません" if "conflict" in broken.code else _BACK
        return _fault(broken.line, broken.column, "lock-broken", broken.message, hint)
    try:
        lock = json.loads(text)
    except json.JSONDecodeError as error:
        told = f"{LOCK_NAME} がここから読めません"
        return _fault(error.lineno, error.colno, "lock-broken", told, _BACK)
    except (ValueError, RecursionError):  # numbers or nesting beyond the parser's limits
        return _fault(1, 1, "lock-broken", f"{LOCK_NAME} が読めません", _BACK)
    if not isinstance(lock, dict) or not all(_is_sound(key, versions) for key, versions in lock.items()):
        return _fault(1, 1, "lock-broken", f"{LOCK_NAME} の中身の形が違います", _BACK)
    return lock


def _is_sound(key: str, versions: object) -> bool:
    """Versions for an entry; dates of checking for a window."""
    return isinstance(versions, dict) and all(
        isinstance(value, str) and (key.startswith(_WINDOW) or (version.isdecimal() and len(version) < 10))
        for version, value in versions.items()
    )


def _fault(line: int, column: int, code: str, message: str, hint: str) -> Problem:
    return Problem(f"entries/{LOCK_NAME}", line, column, code, message, hint)


def check(
    parsed: Sequence[Parsed], text: str | None, faulty: Collection[tuple[str, int]] = ()
) -> list[Problem]:
    """Answers that changed without a new version, versions without a note, numbers that changed unnoticed.

    ``faulty`` are the lines (file, line) with other faults.
    """
    lock = read(text)
    if isinstance(lock, Problem):
        return [lock]
    entries = [
        (part, n, entry) for part in parsed for n, entry in enumerate(part.file.entries if part.file else ())
    ]
    if entries and not lock:
        told = f"{LOCK_NAME} が{'ありません' if text is None else '空です'}"
        hint = f"前からあったのなら{_BACK}。はじめてなら madoguchi check --write-lock で作れます"
        return [_fault(1, 1, "lock-absent", told, hint)]
    twice = {key for key, count in Counter(entry.id for _, _, entry in entries).items() if count > 1}
    problems = [
        problem
        for part, number, entry in entries
        # Entries with other faults, or with the id of another, are told as that first.
        if entry.id not in twice and not _is_faulty(part, number, faulty)
        for problem in _of_entry(part, number, entry, lock.get(entry.id, {}))
    ]
    for part in parsed:
        for number, window in enumerate(part.file.windows if part.file else ()):
            problems += _of_window(part, number, window, lock.get(_WINDOW + window.id, {}))
    return _gathered(problems)


def _is_faulty(part: Parsed, number: int, faulty: Collection[tuple[str, int]]) -> bool:
    """Whether another fault is in the entry, or in its phrasings in another file."""
    spans = [_span(part, "entries", number, number + 1)] if faulty else []
    for lent in part.lent.get(("entries", number), ()) if faulty else ():
        keys = list((lent.part.named or {}).get("phrasings", ()))
        following = keys[keys.index(lent.path[1]) + 1 :] if lent.path[1] in keys else []
        spans.append(_span(lent.part, "phrasings", lent.path[1], following[0] if following else ""))
    return any(name == where and first <= line < end for name, line in faulty for where, first, end in spans)


def _span(part: Parsed, section: str, item: str | int, following: str | int) -> tuple[str, int, float]:
    """The file, the first line of an item, and the first line of the next."""
    after = part.places.get((section, following))
    return part.name, part.place(section, item)[0], math.inf if after is None else after[0]


def _gathered(problems: list[Problem]) -> list[Problem]:
    """All findings that one ``--write-lock`` mends, as one."""
    new = [problem for problem in problems if problem.code == "lock-missing"]
    if len(new) < 2:
        return problems
    told = f"{new[0].message} (ほかにも{len(new) - 1}件)"
    return [replace(new[0], message=told), *(p for p in problems if p.code != "lock-missing")]


def _of_window(part: Parsed, number: int, window: Window, days: Mapping[str, str]) -> list[Problem]:
    known = days.get(window.checked_on.isoformat())
    if known is None or known == (window.phone or ""):
        return []
    line, column = part.place("windows", number, "phone")
    told = f"窓口「{window.id}」の電話番号が「{known or 'なし'}」から「{window.phone or 'なし'}」に変わりましたが、確認日が前のままです"
    hint = "番号を確かめた日を checked_on に書いてください。まちがいなら番号を戻してください"
    return [Problem(part.name, line, column, "phone-changed", told, hint, Severity.WARNING)]


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
    elif known is None and not problems:
        problems.append(
            Problem(
                part.name, line, column, "lock-missing",
                f"{entry.id}: 第{entry.version}版が versions.lock にありません",
                "madoguchi check --write-lock で書き込んでください",
            )
        )  # fmt: skip
    return problems


def write(entries: Sequence[Entry], text: str | None, windows: Sequence[Window] = ()) -> str:
    """The lock with the current versions added; existing lines stay, also for removed entries.

    Raises ``ValueError`` where the old lock cannot be read: a new one would lose its content.
    """
    lock = read(text)
    if isinstance(lock, Problem):
        raise ValueError(str(lock))
    for entry in entries:
        lock.setdefault(entry.id, {}).setdefault(str(entry.version), fingerprint(entry))
    for window in windows:
        lock.setdefault(_WINDOW + window.id, {}).setdefault(window.checked_on.isoformat(), window.phone or "")
    return json.dumps(lock, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
