"""Languages of residents, and which text they get when theirs is missing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    """BCP 47-like tags; ``ja-easy`` is やさしい日本語, chosen by the reader and never detected."""

    JA = "ja"
    JA_EASY = "ja-easy"
    EN = "en"
    ZH_HANS = "zh-Hans"
    ZH_HANT = "zh-Hant"
    KO = "ko"


Words = Mapping[Language, str]
"""The same text in several languages; ``ja`` and ``en`` always exist."""

_INSTEAD: dict[Language, tuple[Language, ...]] = {
    Language.JA: (Language.JA,),
    Language.JA_EASY: (Language.JA_EASY, Language.JA),
    Language.EN: (Language.EN, Language.JA),
    Language.ZH_HANS: (Language.ZH_HANS, Language.EN, Language.JA),
    Language.ZH_HANT: (Language.ZH_HANT, Language.EN, Language.JA),
    Language.KO: (Language.KO, Language.EN, Language.JA),
}


def pick(words: Words, language: Language) -> tuple[Language, str]:
    """The text for this reader, with the language it is in."""
    for candidate in _INSTEAD[language]:
        if text := words.get(candidate):
            return candidate, text
    raise KeyError(f"no text for {language}")


# Forms that one script of Chinese writes and Japanese does not; shared shapes (開, 費, 会, 号, 机) tell nothing.
# Shapes that traditional Chinese shares with Japanese: they choose the script once Chinese is certain.
