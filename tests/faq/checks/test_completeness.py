"""What is there in each language, and what is missing."""

from __future__ import annotations

from faq.checks.completeness import parts
from faq.knowledge import KnowledgeBase
from faq.language import Language
from tests.small_faq import knowledge


def test_the_shipped_faq_lacks_nothing_in_any_language(shipped: KnowledgeBase) -> None:
    found = list(parts(shipped))
    assert {part.name for part in found} == {
        "core",
        "detail",
        "question",
        "button",
        "menu",
        "window",
        "reply",
    }
    for part in found:
        assert part.total > 0
        assert {language: missing for language, missing in part.missing.items() if missing} == {}, part.name


def test_a_missing_text_is_named() -> None:
    core = next(part for part in parts(knowledge()) if part.name == "core")
    assert core.missing[Language.JA] == ()
    assert "swan-fee" in core.missing[Language.KO]
