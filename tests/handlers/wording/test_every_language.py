"""What residents read is there in all six languages, says the same things of a case, and is easy where it shall be."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from string import Formatter
from types import ModuleType
from typing import Final

import pytest

from bot.settings.settings import packaged_faq
from bot.settings.starter import EMPTY
from faq.content.parse import parse
from faq.content.profile import PROFILE_NAME, Profile
from faq.language import Language, Words
from handlers import wording
from handlers.wording import facility_reads, resident, signals, unsent, withheld

OF_STAFF: Final = frozenset({"admin", "bounded", "cases", "desk", "marked", "operating", "replies", "usage"})
"""Modules whose sentences staff and admins read; every other one is for residents."""
MODULES: Final[tuple[ModuleType, ...]] = tuple(
    import_module(f"{wording.__name__}.{module.name}")
    for module in pkgutil.iter_modules(wording.__path__)
    if module.name not in OF_STAFF
)
LONGEST_SENTENCE: Final = 40
LONGEST_BUTTON: Final = 18
_READING: Final = re.compile(r"\([ぁ-ゖー]+\)")
_ENDS: Final = re.compile(r"[。！？!?\n]")
_OTHERS_WORDS: Final = frozenset(
    {"about", "entries", "given", "label", "named", "question", "quoted", "said", "text", "window"}
)
"""Placeholders for what others wrote, of whatever length."""
_FILLED: Final = {
    "ahead": "12", "but": "", "count": "120", "facility": "芝浦港南区民センター", "day": "2026年11月24日", "kind": "有料の写真や動画",
    "language": "ja-easy",
    "minutes": "10",
    "n": "90", "records": "120", "resident": "123456789", "source": "123", "span": "90分", "talk": "30",
    "target": "124",
    "ticket": "123", "until": "", "ward": "", "when": "11月24日(火) 9:00",
}  # fmt: skip
"""Placeholders for what the program fills in, with a long value of each."""


def _town(text: str) -> Profile:
    parsed = parse(text, PROFILE_NAME)
    assert parsed.file is not None
    assert parsed.file.profile is not None
    return parsed.file.profile


TOWNS: Final = tuple(_town((d / PROFILE_NAME).read_text(encoding="utf-8")) for d in (packaged_faq(), EMPTY))


def _mappings(name: str, value: object) -> Iterator[tuple[str, Words]]:
    if not isinstance(value, Mapping) or not value:
        return
    if all(isinstance(key, Language) for key in value):
        yield name, value
        return
    for key, one in value.items():
        yield from _mappings(f"{name}[{key}]", one)


def _collected() -> dict[str, Words]:
    """Every mapping by its module and name, once: a module may name sentences of another."""
    found = {
        id(words): (f"{module.__name__.rpartition('.')[2]}.{name}", words)
        for module in MODULES
        for attribute, value in vars(module).items()
        for name, words in _mappings(attribute, value)
    }
    return dict(found.values())


WORDS: Final = _collected()
BUTTONS: Final = {
    **{name: words for name, words in WORDS.items() if ".BUTTON_" in name},
    "NO_DANGER": signals.NO_DANGER,
    "WARD_YES": signals.WARD_YES,
    "WARD_NO": signals.WARD_NO,
    "WARD_NEVER": unsent.WARD_NEVER,
    "SEND": facility_reads.SEND,
    "NOT_MY_NUMBER": withheld.NOT_MY_NUMBER,
    "NOT_A_CARD": withheld.NOT_A_CARD,
    "NOT_A_PASSWORD": withheld.NOT_A_PASSWORD,
    "NONE_OF_THEM": withheld.NONE_OF_THEM,
}


def placeholders(sentence: str) -> set[str]:
    """The names in braces; how often a name stands there is up to the language."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def length(sentence: str, town: Profile) -> int:
    """Characters of a sentence in easy Japanese, filled in, without readings and spaces."""
    values = {**dict.fromkeys(_OTHERS_WORDS, ""), **_FILLED, **town.words(Language.JA_EASY)}
    return len("".join(_READING.sub("", sentence.format(**values)).split()))


def too_long(text: str) -> list[str]:
    """The sentences of a text in easy Japanese that pass the limit, in one of the towns."""
    return [s for s in _ENDS.split(text) if any(length(s, town) > LONGEST_SENTENCE for town in TOWNS)]


def test_every_module_for_residents_is_judged() -> None:
    assert {"resident", "start", "tickets", "not_read", "buttons", "own_data", "media"} <= {
        module.__name__.rpartition(".")[2] for module in MODULES
    }
    assert len(WORDS) > 150
    assert "own_data.STATUS[open]" in WORDS


@pytest.mark.parametrize("name", WORDS)
def test_a_sentence_is_there_in_all_six_languages_with_the_same_placeholders(name: str) -> None:
    words = WORDS[name]
    never_said = {Language.JA} if words is resident.IN_ANOTHER_LANGUAGE else set()  # Japanese is always there
    assert {language for language in Language if words.get(language)} == set(Language) - never_said
    assert {language: placeholders(sentence) for language, sentence in words.items()} == dict.fromkeys(
        words, placeholders(words[Language.EN])
    )


@pytest.mark.parametrize("name", WORDS)
def test_a_sentence_in_easy_japanese_has_at_most_40_characters_without_readings(name: str) -> None:
    assert too_long(WORDS[name][Language.JA_EASY]) == []


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_in_easy_japanese_is_short_and_has_kana_rather_than_readings(name: str) -> None:
    label = BUTTONS[name][Language.JA_EASY]
    assert all(length(label, town) <= LONGEST_BUTTON for town in TOWNS)
    assert not _READING.search(label)


@pytest.mark.parametrize("name", WORDS)
def test_a_button_that_a_sentence_names_is_named_as_it_is_labelled(name: str) -> None:
    words = WORDS[name]
    for label in BUTTONS.values():
        if f"「{label[Language.JA]}」" in words.get(Language.JA, ""):
            assert f"「{label[Language.JA_EASY]}」" in words[Language.JA_EASY]


def test_the_limit_counts_neither_readings_nor_spaces_and_begins_anew_with_each_sentence() -> None:
    assert too_long("送(おく)" * 20 + " " + "る" * 20 + "。" + "る" * 40 + "\n" + "る" * 40) == []
    assert too_long("よい。" + "る" * 41) == ["る" * 41]
    assert placeholders("{a} {b} {a}") == {"a", "b"}
