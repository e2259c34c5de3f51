"""Which texts exist in which language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from faq.knowledge import KnowledgeBase
from faq.language import Language, Words


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of text: how many there are, and what lacks each language."""

    name: str
    total: int
    missing: dict[Language, tuple[str, ...]]


def parts(base: KnowledgeBase) -> Iterator[Part]:
    """Answers, titles, menu, windows, and fixed replies, with the ids of those that lack a language of the town."""
    entries, windows = base.entries.values(), base.directory.windows.values()
    kinds: dict[str, list[tuple[str, Words]]] = {
        "core": [(e.id, e.first) for e in entries],
        "detail": [(e.id, e.detail) for e in entries if e.detail],
        "question": [(e.id, e.question) for e in entries],
        "button": [(e.id, e.button) for e in entries],
        "menu": [(g.id, g.label) for g in base.groups],
        "window": [(w.id, w.name) for w in windows],
        "reply": [*((r.id, r.reply) for r in base.replies.values()), *((k.id, k.reply) for k in base.kinds.values())],
    }  # fmt: skip
    for name, texts in kinds.items():
        missing = {
            language: tuple(key for key, words in texts if language not in words)
            for language in base.profile.languages
        }
        yield Part(name, len(texts), missing)
