"""Corrects typing errors in words spelled with letters: 「パスワド」, 「キャンセリ」, "regsitration".

A rare katakana or Latin word is replaced by a frequent one within a small optimal string alignment distance (OSA,
the restricted Damerau-Levenshtein distance: Damerau 1964). Words in kanji and hiragana stay, because one character
makes another word there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from faq.matching.normalize import fold

_WORD: Final = re.compile(r"[ァ-ヺ][ァ-ヺー]{2,}|[a-z]{4,}")
_LETTERS: Final = re.compile(r"[ァ-ヺｦ-ﾟA-Za-zＡ-Ｚａ-ｚ]{3}")
_LEAST_KATAKANA: Final = 3
_LEAST_LATIN: Final = 6
_TWO_SLIPS_FROM: Final = 9
_TIMES_AS_USUAL: Final = 5
"""How many times as frequent a correction must be; phrasings contain typing errors on purpose."""


class Typos:
    """Katakana and Latin words of the phrasings by first and by last letter, assuming that one of these is right."""

    def __init__(self, folded: Iterable[str]) -> None:
        self._seen = Counter(word for text in folded for word in _WORD.findall(text))
        self._begin: dict[str, list[tuple[str, str]]] = {}
        self._end: dict[str, list[tuple[str, str]]] = {}
        for word in sorted(self._seen):
            key = _key(word)
            if len(key) >= _least(word):
                self._begin.setdefault(key[0], []).append((key, word))
                self._end.setdefault(key[-1], []).append((key, word))

    def mend(self, text: str) -> str:
        """The text with typing errors corrected; unchanged where there are none."""
        if not _LETTERS.search(text):
            return text
        folded = fold(text)
        mended = {word: self._meant(word) for word in _WORD.findall(folded)}
        if all(word == meant for word, meant in mended.items()):
            return text
        return _WORD.sub(lambda found: mended[found[0]], folded)

    def _meant(self, word: str) -> str:
        key = _key(word)
        if len(key) < _least(word):
            return word
        slips = 2 if len(key) >= _TWO_SLIPS_FROM else 1
        usual = max(1, _TIMES_AS_USUAL * self._seen[word])
        near = [
            (distance, -self._seen[known], known)
            for other, known in (*self._begin.get(key[0], ()), *self._end.get(key[-1], ()))
            if known != word
            and self._seen[known] >= usual
            and (distance := OSA.distance(key, other, score_cutoff=slips)) <= slips
        ]
        return min(near)[2] if near else word


def _key(word: str) -> str:
    return word.replace("ー", "")


def _least(word: str) -> int:
    return _LEAST_LATIN if word[0].isascii() else _LEAST_KATAKANA
