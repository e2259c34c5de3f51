"""The verdict on an FAQ folder: files, base, versions, and labelled examples."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from faq.checks import causes, line_budget, version_lock
from faq.checks.causes import Known
from faq.checks.cross_reference import Survey
from faq.checks.lint import lint
from faq.content.document import Document
from faq.content.example import NONE, Example
from faq.content.joining import joined
from faq.content.parse import Parsed, parse
from faq.content.problem import Problem, Severity, errors, unforeseen
from faq.knowledge import KnowledgeBase
from faq.matching.fusion import UNFITTED, Fitted
from faq.training import fitted_file
from faq.training.evaluation import Mark, Prediction, Question, mark

FOUND_FLOOR: Final = 0.80
"""Least share of examples (other than ``must``) that must be answered or offered."""
OUT_ANSWERED_CEILING: Final = 0.05
"""Greatest share of ``none`` examples that may be answered."""
_ENOUGH: Final = 20
"""With fewer examples than this, shares are not judged."""

_NOTHING_KNOWN: Final = Known()
_INCOMPLETE: Final = (
    "section-missing",
    "items-gone",
    "id-changed",
    "file-missing",
    "folder-empty",
    "id-duplicate",
)
"""Findings that a part of the FAQ is missing or doubled; their consequences are not reported in addition."""

Build = Callable[[Mapping[str, Document], Fitted], KnowledgeBase]
Decide = Callable[[KnowledgeBase, str], Prediction]
Parse = Callable[[str, str], Parsed]
NOT_ASKED: Final = frozenset(
    {"core", "detail", "answer", "button", "version", "sources", "checked_on", "verified_on", "verified_by", "provenance", "review_on", "valid_from",
     "valid_until", "must_not_say", "changes"}
)  # fmt: skip
"""Parts of an entry that do not affect what finds it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """``knowledge`` is ``None`` where any problem is an error."""

    knowledge: KnowledgeBase | None
    problems: tuple[Problem, ...]
    asked: str = ""
    """Digest of everything that decides the examples, set where all came out right."""


def judge(
    texts: Mapping[str, str],
    lock_text: str | None,
    today: date,
    decide: Decide,
    build: Build = KnowledgeBase.build,
    fitted_text: str | None = None,
    encoder: str = "",
    known: Known = _NOTHING_KNOWN,
    *,
    ask_examples_again: bool = True,
    parse: Parse = parse,
    asked: str = "",
) -> Judged:
    """Every finding at once, causes first; no content raises an exception. ``texts`` are by file name.

    Examples take about a second. They are skipped where the fitted file says that they came out right for these
    texts, or where ``asked`` (from an earlier verdict) shows that nothing that decides them has changed.
    """
    parsed, problems = read(texts, lock_text, today, known, parse)
    files = {part.name: part.file for part in parsed if part.file is not None}
    weights, about = _weights(files, fitted_text, encoder, known)
    if len(files) < len(parsed) or errors(known.unread) or any(p.code in _INCOMPLETE for p in problems):
        about = [p for p in about if p.code != "fitted-stale" and p.severity is Severity.ERROR]
    gone = causes.gone(texts, known, parsed)
    if any(p.code == "fitted-stale" for p in about) and gone:
        about = [causes.missed(p) for p in gone]
    problems = causes.first([*problems, *about])
    if errors(problems):
        return Judged(None, tuple(problems))
    try:
        knowledge = build(files, UNFITTED if weights is None else weights.fitted())
        asking = _asking(files, fitted_text, encoder)
        is_known = asked == asking or (
            not ask_examples_again and weights is not None and weights.judged == fitted_file.digest(texts)
        )
        problems += line_budget.over(parsed, knowledge)
        if not is_known:
            offered_is_enough = weights is not None and bool(weights.encoder) and not encoder
            failed = _examples(parsed, knowledge, decide, offered_is_enough=offered_is_enough)
            problems = causes.first(causes.why_examples_fail(failed, [*gone, *about], problems))
    except Exception as error:
        return Judged(None, (unforeseen("entries", error), *problems))
    told = [p for p in gone if p not in problems and not errors(problems)]
    return (
        Judged(None, (*told, *problems))
        if errors(problems)
        else Judged(knowledge, (*told, *problems), asking)
    )


def _asking(files: Mapping[str, Document], fitted_text: str | None, encoder: str) -> str:
    """Digest of the examples and everything that decides them: most of each file, without answers and dates."""
    hashed = hashlib.sha256(f"{encoder}\0{fitted_text}".encode())
    for name, file in sorted(files.items()):
        read = file.model_dump_json(exclude={"sources": True, "entries": {"__all__": set(NOT_ASKED)}})
        hashed.update(f"\0{name}\0{read}".encode())
    return hashed.hexdigest()


def read(
    texts: Mapping[str, str],
    lock_text: str | None,
    today: date,
    known: Known = _NOTHING_KNOWN,
    parse: Parse = parse,
) -> tuple[list[Parsed], list[Problem]]:
    """The files, and every finding that needs no search: causes first, then by file and line."""
    parsed = joined([parse(text, name) for name, text in sorted(texts.items())])
    if not parsed and not errors(known.unread):
        told, hint = "FAQ集のファイルが1つもありません", "版管理から戻すか、フォルダの名前を確かめてください"
        return [], [Problem("entries", 1, 1, "folder-empty", told, hint)]
    base = Survey(parsed)
    found = [problem for part in parsed if part.named is not None for problem in part.problems]
    found += lint(base, today)
    locked: frozenset[str] = frozenset()
    if f"entries/{version_lock.LOCK_NAME}" not in {problem.source for problem in known.unread}:
        dead = {(end.spot.part.name, end.spot.part.place(*end.spot.path)[0]) for end in base.dead_ends}
        found += version_lock.check(parsed, lock_text, dead | {(p.source, p.line) for p in errors(found)})
        read_lock = version_lock.read(lock_text)
        locked = frozenset() if isinstance(read_lock, Problem) else frozenset(read_lock)
    broken = [problem for part in parsed if part.named is None for problem in part.problems]
    found += [problem for problem in known.unread if problem.severity is Severity.WARNING]
    return parsed, causes.fold(found, broken, base, locked, texts, known)


def _weights(
    files: Mapping[str, Document], text: str | None, encoder: str, known: Known
) -> tuple[fitted_file.FittedFile | None, list[Problem]]:
    """The fitted weights, if usable, and the findings about them."""
    place = f"entries/{fitted_file.FITTED_NAME}"
    if text is not None:
        found = fitted_file.read(text)
        if isinstance(found, Problem):
            return None, [found]
        return found, fitted_file.check(found, list(files.values()), encoder)
    if any(problem.source == place for problem in known.unread):
        return None, []
    if sum(len(file.entries) for file in files.values()) < _ENOUGH:
        return None, []
    told, hint = (
        f"{fitted_file.FITTED_NAME} がありません",
        "版管理から戻すか、madoguchi fit を実行してください",
    )
    return None, [Problem(place, 1, 1, "fitted-absent", told, hint, Severity.WARNING)]


def _examples(
    parsed: Sequence[Parsed], knowledge: KnowledgeBase, decide: Decide, *, offered_is_enough: bool
) -> list[Problem]:
    """``offered_is_enough``: the encoder used for the fit is missing, so that an offer passes where an answer is
    required.
    """
    good = {Mark.RIGHT, Mark.KEPT_OUT, Mark.OUT_OFFERED} | ({Mark.OFFERED} if offered_is_enough else set())
    problems: list[Problem] = []
    marks: list[tuple[Example, Mark]] = []
    first: tuple[str, int, int] | None = None
    for part in parsed:
        for number, example in enumerate(part.file.examples if part.file else ()):
            place = (part.name, *part.place("examples", number))
            first = first or place
            decided = decide(knowledge, example.text)
            judged = mark(Question(example.text, example.entry, example.also), decided)
            if not example.must:
                marks.append((example, judged))
            elif judged not in good:
                came = f"{decided.decision} {'、'.join(decided.entries)}".strip()
                problems.append(
                    Problem(
                        *place,
                        "must-failed",
                        f"必ず正しいはずの例「{example.text}」が {example.entry} になりません (結果: {came})",
                        f"{example.entry} の言い方か、requires・forbids を見直してください",
                    )
                )
    if first is None:
        return problems
    entries = [judged for example, judged in marks if example.entry != NONE]
    found = sum(judged in (Mark.RIGHT, Mark.OFFERED) for judged in entries)
    if len(entries) >= _ENOUGH and found < FOUND_FLOOR * len(entries):
        problems.append(
            Problem(
                *first,
                "examples-found",
                f"例のうち、答えか候補に出たのは{len(entries)}個中{found}個です",
                f"{FOUND_FLOOR:.0%}以上になるように、言い方を足してください",
            )
        )
    outside = [judged for example, judged in marks if example.entry == NONE]
    answered = sum(judged is Mark.OUT_ANSWERED for judged in outside)
    if len(outside) >= _ENOUGH and answered > OUT_ANSWERED_CEILING * len(outside):
        problems.append(
            Problem(
                *first,
                "examples-out-answered",
                f"none の例{len(outside)}個のうち{answered}個に答えてしまいました",
                f"{OUT_ANSWERED_CEILING:.0%}以下になるように、decoys に言い方を足してください",
            )
        )
    return problems
