"""Common base of all YAML models: frozen, no unknown keys, texts in at least two languages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from faq.content.forms import ID
from faq.language import Language

_LONGEST_TEXT: Final = 20_000


class Model(BaseModel):
    """A part of the FAQ. Unknown keys are faults: a typing error must not silently disable a rule."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, str_strip_whitespace=True)


def _no_number(value: object) -> object:
    """A number is not a date, although pydantic would read it as seconds since 1970."""
    return str(value) if isinstance(value, (int, float)) else value


Text = Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_TEXT)]
Id = Annotated[str, StringConstraints(pattern=ID, max_length=48)]
Day = Annotated[date, BeforeValidator(_no_number)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Terms = Annotated[tuple[Texts, ...], Field(default=())]
"""Groups of words: satisfied if every group has at least one word."""


def _with_japanese_and_english(words: dict[Language, Text]) -> dict[Language, Text]:
    missing = [language for language in (Language.JA, Language.EN) if language not in words]
    if missing:
        raise ValueError(f"words-missing:{','.join(missing)}")
    return words


LocalText = Annotated[dict[Language, Text], AfterValidator(_with_japanese_and_english)]
"""A text by language; Japanese and English are required."""

Phrasings = dict[Language, tuple[Text, ...]]
"""Phrasings by language, as residents write them."""
