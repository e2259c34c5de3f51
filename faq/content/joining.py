"""Joins phrasings from any file to the items they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from faq.content.compose import Path
from faq.content.decoy import Decoy, Reply
from faq.content.document import ENTRIES, PHRASINGS, Document
from faq.content.entry import Entry
from faq.content.model import Phrasings
from faq.content.parse import Lent, Parsed
from faq.language import Language

ASKED_FOR: Final = ("entries", "decoys", "replies")
"""Sections whose items have phrasings."""
_Lenders = Mapping[str, Sequence[tuple[Parsed, Phrasings]]]


def joined(parsed: Sequence[Parsed]) -> list[Parsed]:
    """The files in order, each item with all its phrasings: its own first, then those of ``phrasings:`` sections.

    A file of ``phrasings/`` is ordered as if it were in ``entries/``, so that moving phrasings changes nothing.
    """
    ordered = sorted(parsed, key=lambda part: (in_entries(part.name), part.name))
    lenders: dict[str, list[tuple[Parsed, Phrasings]]] = {}
    for part in ordered:
        for key, phrasings in part.file.phrasings.items() if part.file else ():
            lenders.setdefault(key, []).append((part, phrasings))
    return [_with(part, lenders) for part in ordered] if lenders else ordered


def in_entries(name: str) -> str:
    """The name that a file of ``phrasings/`` would have in ``entries/``; any other name unchanged."""
    return ENTRIES + name.removeprefix(PHRASINGS) if name.startswith(PHRASINGS) else name


def asked_for(file: Document) -> list[tuple[Path, Entry | Decoy | Reply]]:
    """Everything in a file that may have phrasings, by section and number."""
    return [((section, n), item) for section in ASKED_FOR for n, item in enumerate(getattr(file, section))]


def _with(part: Parsed, lenders: _Lenders) -> Parsed:
    if part.file is None:
        return part
    lent: dict[Path, list[Lent]] = {}
    changes: dict[str, Any] = {}
    for path, item in asked_for(part.file):
        utterances: dict[Language, tuple[str, ...]] = dict(item.utterances)
        for lender, phrasings in lenders.get(item.id, ()):
            before = {language.value: len(utterances.get(language, ())) for language in phrasings}
            lent.setdefault(path, []).append(Lent(lender, ("phrasings", item.id), before))
            for language, texts in phrasings.items():
                utterances[language] = (*utterances.get(language, ()), *texts)
        if path in lent:
            section, number = path
            items = changes.setdefault(str(section), list(getattr(part.file, str(section))))
            items[number] = item.model_copy(update={"utterances": utterances})
    if not lent:
        return part
    file = part.file.model_copy(update={section: tuple(items) for section, items in changes.items()})
    return replace(part, file=file, lent=lent)
