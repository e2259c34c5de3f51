"""Texts in languages that nothing was learned in: their letters say nothing, and of some not even the sense is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from faq.matching.normalize import fold

_OWN: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々〆\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_LATIN_WORD: Final = re.compile(r"[a-z\u00df-\u024f]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_WEIGHT: Final = 3
"""One kana, one character or one syllable is worth this many letters: a name in Latin letters makes no text foreign."""
_MOSTLY: Final = 0.5
_VIETNAMESE: Final = re.compile(r"[ăđơưắằẳẵặấầẩẫậẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


class KnownWords:
    """Every Latin word of the given texts; the FAQ's languages beside English and romaji have scripts of their own."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = frozenset(word for text in texts for word in _LATIN_WORD.findall(text.casefold()))

    def is_foreign(self, text: str) -> bool:
        """Whether most letters of a text stand in words that are none of these, or in a script that is none of ours."""
        folded = fold(text)
        words = _WORD.findall(_OWN.sub(" ", folded))
        unknown = sum(len(word) for word in words if word not in self._words)
        letters = sum(map(len, words)) + _WEIGHT * len(_OWN.findall(folded))
        return unknown > _MOSTLY * letters


def is_senseless(text: str) -> bool:
    """Whether the encoder has not learned the text's language, as far as its letters tell: it hears anything in Vietnamese."""
    return bool(_VIETNAMESE.search(fold(text)))
