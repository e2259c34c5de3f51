"""How many lines of a phone's screen each answer takes before it is unfolded, and which take too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from faq.content.entry import Entry
from faq.content.parse import Parsed
from faq.content.problem import Problem, Severity
from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.phone_lines import COLUMNS, phone_lines

BUDGET: Final = 12
EASY_BUDGET: Final = 18
"""Easy Japanese has short sentences and readings, which take room."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines of an answer's core in one language."""

    entry: str
    language: Language
    lines: int

    @property
    def too_many(self) -> int:
        """Lines beyond the budget; 0 or less within it."""
        return self.lines - (EASY_BUDGET if self.language is Language.JA_EASY else BUDGET)


def seen(base: KnowledgeBase, languages: Sequence[Language]) -> Iterator[Seen]:
    """Every answer in every language that it has."""
    for entry in base.entries.values():
        for language in languages:
            answer = base.answer(entry.id, language, _a_day_in_force(entry))
            if answer is not None and answer.language is language:
                yield Seen(entry.id, language, phone_lines(answer.core))


def over(parsed: Sequence[Parsed], base: KnowledgeBase) -> list[Problem]:
    """A warning for each answer that takes too many lines."""
    places = {
        entry.id: (part, number)
        for part in parsed
        for number, entry in enumerate(part.file.entries if part.file else ())
    }
    problems = []
    for one in seen(base, tuple(Language)):
        if one.too_many <= 0:
            continue
        part, number = places[one.entry]
        key = "core" if base.entries[one.entry].core else "answer"
        told = (
            f"{one.entry}: はじめに見える文 ({one.language.value}) がスマートフォンで{one.lines}行になります"
            f" (1行は全角{COLUMNS // 2}字)"
        )
        hint = f"{one.lines - one.too_many}行に入るように短くして、残りを detail に書いてください"
        line, column = part.place("entries", number, key)
        problems.append(Problem(part.name, line, column, "core-long", told, hint, Severity.WARNING))
    return problems


def _a_day_in_force(entry: Entry) -> date:
    """A day on which the entry answers."""
    return entry.valid_from or entry.valid_until or entry.checked_on
