"""One finding per cause: consequences of a missing file or a wrong id are reported together with it, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from faq.checks.cross_reference import SECTIONS, DeadEnd, Survey
from faq.checks.gone import BACK, CHANGED, GONE, Memory, lost, stands_elsewhere
from faq.content.near import near
from faq.content.parse import Parsed, parse
from faq.content.problem import Problem, Severity, errors, in_order

_USUAL_FILE: Final = {
    "group": "_common.yaml", "source": "sources.yaml", "purpose": "windows.yaml", "window": "windows.yaml",
    "kind": "decoys.yaml", "entry": "booking.yaml", "reply": "replies.yaml", "decoy": "decoys.yaml",
    "phrasing": "phrasings/booking.yaml",
}  # fmt: skip
_OF_A_PART: Final = ("group-empty", "purpose-unhandled")
"""Codes that follow for other parts from a missing part."""
_SUSPECTS: Final = ("file-missing", "fitted-absent", GONE)
_WHOLE_BASE: Final = 20


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an FAQ besides its readable texts."""

    unread: Sequence[Problem] = ()
    """Faults of the disk: files that cannot be read as text, or that are where no file is read."""
    before: Mapping[str, str] = field(default_factory=dict)
    """The texts of the last base without faults, by file name; empty where there is none."""


def fold(
    found: list[Problem],
    broken: Sequence[Problem],
    base: Survey,
    locked: frozenset[str],
    texts: Mapping[str, str],
    known: Known,
) -> list[Problem]:
    """``found`` with findings about dead references added, causes first.

    ``broken`` are the files that are not YAML, ``locked`` the ids of all entries ever published.
    """
    ends = base.dead_ends
    if causes := [*errors(known.unread), *broken]:
        if ends:
            waiting = f"{causes[0].message} (ほかのファイルの{len(ends)}か所が、この中の項目を待っています)"
            causes[0] = replace(causes[0], message=waiting)
        return [*causes, *in_order(p for p in found if p.code not in _OF_A_PART)]
    for problem in gone(texts, known, base.parsed):
        named = parse(known.before[problem.source], problem.source).named or {}
        into = [end for end in ends if end.value in named.get(SECTIONS[end.what], ())]
        if into:
            told = f"{problem.message} (ほかのファイルの{len(into)}か所が、この中の項目を使っています)"
            causes.append(replace(missed(problem), message=told))
            ends = [end for end in ends if end not in into]
    ends = _renamed_to_a_double(found, ends, locked)
    causes += _sections(base, ends)
    ends = [end for end in ends if base.ids[end.what]]
    for cause, missing in lost(base, ends, Memory(known.before, texts, base), locked):
        causes.append(cause)
        ends = [end for end in ends if end not in missing]
    if any(cause.code in (GONE, CHANGED) for cause in causes):  # a renamed entry is not a new entry
        found = [problem for problem in found if problem.code != "lock-missing"]
    found = [*found, *_by_id(base, ends)]
    return [*causes, *in_order(p for p in found if not causes or p.code not in _OF_A_PART)]


def gone(texts: Mapping[str, str], known: Known, parsed: Sequence[Parsed]) -> list[Problem]:
    """Files of the last good base that are missing now: warnings, unless something refers to their content."""
    elsewhere = {problem.source for problem in known.unread}
    hint = f"わざと消したのなら、そのままで構いません。そうでなければ{BACK}"
    return [
        Problem(name, 1, 1, "file-missing", "ファイルがなくなりました", hint, Severity.WARNING)
        for name in sorted(set(known.before) - set(texts) - elsewhere)
        if not stands_elsewhere(known.before[name], name, texts, parsed)
    ]


def missed(problem: Problem) -> Problem:
    """The finding as an error, because something is wrong as its consequence."""
    hint = BACK if problem.code == "file-missing" else problem.hint
    return replace(problem, severity=Severity.ERROR, hint=hint)


def why_examples_fail(
    failed: list[Problem], suspects: Sequence[Problem], problems: Sequence[Problem]
) -> list[Problem]:
    """Report examples that fail because a part of the FAQ is missing as a consequence of that."""
    causes = [p for p in suspects if p.code in _SUSPECTS]
    if not errors(failed) or not causes:
        return [*problems, *failed]
    told = f"{causes[0].message} (そのため、例の指摘が{len(errors(failed))}件あります)"
    cause = replace(missed(causes[0]), message=told)
    return [cause, *(p for p in problems if p.code not in _SUSPECTS)]


def first(problems: Iterable[Problem]) -> list[Problem]:
    """Causes first; otherwise the order is kept."""
    return sorted(problems, key=lambda p: p.code not in (*_SUSPECTS, "fitted-broken"))


def _renamed_to_a_double(
    found: list[Problem], ends: Sequence[DeadEnd], locked: frozenset[str]
) -> list[DeadEnd]:
    """Dead references to an id that was changed to another entry's: the finding about the double names the old id."""
    double = next((n for n, p in enumerate(found) if p.code == "id-duplicate"), None)
    lost = {end.value for end in ends if end.what == "entry" and end.value in locked}
    if double is None or len(lost) != 1:
        return list(ends)
    old = next(iter(lost))
    found[double] = replace(
        found[double], hint=f"前にあった「{old}」がなくなっています。片方を「{old}」に戻してください"
    )
    return [end for end in ends if end.value != old]


def _by_id(base: Survey, ends: Sequence[DeadEnd]) -> Iterator[Problem]:
    by_id: dict[tuple[str, str], list[DeadEnd]] = {}
    for end in ends:
        by_id.setdefault((end.what, end.value), []).append(end)
    for (what, value), same in by_id.items():
        if what == "phrasing":
            yield same[0].spot.at("utterances").problem(
                "utterances-few", f"{value}: 言い方が1つもありません",
                f"phrasings/ の、このファイルと同じ名前のファイルに「{value}:」を書き、住民が実際に書く言い方をその下に並べてください",
            )  # fmt: skip
            continue
        guess = near(value, base.ids[what])
        hint = f"「{guess}」のことですか" if guess else "id を直すか、この参照を消してください"
        more = f" (ほか{len(same) - 1}か所)" if len(same) > 1 else ""
        yield same[0].spot.problem(f"{what}-unknown", f"{same[0].name}「{value}」はありません{more}", hint)


def _sections(base: Survey, ends: Sequence[DeadEnd]) -> list[Problem]:
    """Sections that are empty although they are required or referred to."""
    names = dict.fromkeys((end.name, end.what) for end in ends if not base.ids[end.what])
    told = [(f"{name} ({SECTIONS[what]}:)", _USUAL_FILE[what]) for name, what in names if what != "reply"]
    if (len(base.entries) >= _WHOLE_BASE or base.signals) and base.is_sound and not base.replies:
        told.append(("あいさつ・緊急の返事 (replies:)", "replies.yaml"))
    if not told:
        return []
    place = told[0][1]
    files = "、".join(dict.fromkeys(file for _, file in told))
    places = sum(not base.ids[end.what] for end in ends)
    used = f" (使っている所: {places}か所)" if places else ""
    return [
        Problem(
            place if "/" in place else f"entries/{place}", 1, 1, "section-missing",
            f"{'と'.join(name for name, _ in told)}が、どのファイルにもありません{used}",
            f"ふつうは {files} にあります。ファイルが消えたり名前が変わったりしていないか見てください",
        )
    ]  # fmt: skip
