"""The whole verdict on a FAQ folder: files, base, versions, and the examples that must come out right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from faq import fitted, lock
from faq.example import NONE, Example
from faq.file import File
from faq.fusion import UNFITTED, Fitted
from faq.knowledge import KnowledgeBase
from faq.lint import lint
from faq.parse import Parsed, parse
from faq.problem import Problem, errors, in_order
from faq.score import Decided, Mark, Question, mark

FOUND_FLOOR: Final = 0.80
"""Share of examples (beside the ``must`` ones) that have to be answered or offered."""
OUT_ANSWERED_CEILING: Final = 0.05
"""Share of ``none`` examples that may be answered."""
_ENOUGH: Final = 20
"""With fewer examples a share says nothing."""

Build = Callable[[Mapping[str, File], Fitted], KnowledgeBase]
Decide = Callable[[KnowledgeBase, str], Decided]


@dataclass(frozen=True, slots=True)
class Judged:
    """``knowledge`` is there only where no problem is an error."""

    knowledge: KnowledgeBase | None
    problems: tuple[Problem, ...]


def judge(
    texts: Mapping[str, str],
    lock_text: str | None,
    today: date,
    decide: Decide,
    build: Build = KnowledgeBase.build,
    fitted_text: str | None = None,
    encoder: str = "",
    *,
    ask_examples_again: bool = True,
) -> Judged:
    """Every finding at once; nothing is raised for content. ``texts`` are by file name.

    Examples may be left out (a second at start) where the fitted file says that they came out right for these texts.
    """
    parsed, problems = read(texts, lock_text, today)
    files = {part.name: part.file for part in parsed if part.file is not None}
    found = None if fitted_text is None else fitted.read(fitted_text)
    if isinstance(found, Problem):
        problems.append(found)
    elif found is not None:
        problems += fitted.check(found, list(files.values()), encoder)
    if errors(problems):
        return Judged(None, tuple(in_order(problems)))
    usable = found if isinstance(found, fitted.FittedFile) else None
    knowledge = build(files, UNFITTED if usable is None else usable.fitted())
    if ask_examples_again or usable is None or usable.judged != fitted.digest(texts):
        offered_is_enough = usable is not None and bool(usable.encoder) and not encoder
        problems += _examples(parsed, knowledge, decide, offered_is_enough=offered_is_enough)
    return Judged(None if errors(problems) else knowledge, tuple(in_order(problems)))


def read(texts: Mapping[str, str], lock_text: str | None, today: date) -> tuple[list[Parsed], list[Problem]]:
    """The files, and every finding that needs no search."""
    parsed = [parse(text, name) for name, text in sorted(texts.items())]
    problems = [problem for part in parsed for problem in part.problems]
    problems += lint(parsed, today)
    problems += lock.check(parsed, lock_text)
    return parsed, problems


def _examples(
    parsed: Sequence[Parsed], knowledge: KnowledgeBase, decide: Decide, *, offered_is_enough: bool
) -> list[Problem]:
    """``offered_is_enough``: the encoder that the FAQ was fitted with is not there, and less is asked."""
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
