"""Forbidden statements: patterns that contradict an entry, and the questions for which each one applies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from faq.content.entry import Entry


@dataclass(frozen=True, slots=True)
class Ban:
    """``everywhere`` is false where another entry's answer says it: the ban then applies to questions on this entry
    only.
    """

    entry: str
    pattern: re.Pattern[str]
    everywhere: bool

    def broken_by(self, text: str, about: Iterable[str]) -> str:
        """The words in a reply about these entries that break the ban; empty where none do."""
        if not self.everywhere and self.entry not in about:
            return ""
        found = self.pattern.search(text)
        return found[0] if found else ""


def bans_of(entries: Sequence[Entry]) -> tuple[Ban, ...]:
    """The bans of all entries."""
    answers = {entry.id: "\n".join(text for _, _, text in entry.texts()) for entry in entries}
    found = []
    for entry in entries:
        for written in entry.must_not_say:
            pattern = re.compile(written)
            said = any(pattern.search(text) for other, text in answers.items() if other != entry.id)
            found.append(Ban(entry.id, pattern, everywhere=not said))
    return tuple(found)
