"""Word rules of an entry: which words a question must hold and which it must not, read longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from faq.matching.normalize import fold, to_hiragana

_PRONOUN: Final = re.compile(r"[a-z].* me")
"""Ends with a word that many others begin with: "following me" is not in "the following members"."""


class Lexicon:
    """Every word any rule knows. Reading longest first keeps インストール from being found in アンインストール.

    A Latin word is found where a word begins, since "scraped" is no other crime; it may go on, as stems do.
    """

    def __init__(self, words: Iterable[str]) -> None:
        keys = sorted({to_hiragana(fold(word)) for word in words} - {""}, key=lambda w: (-len(w), w))
        self._pattern = re.compile("|".join(map(_as_pattern, keys))) if keys else None

    def words_in(self, text: str) -> frozenset[str]:
        """The rule words a text holds, folded; no two overlap."""
        if self._pattern is None:
            return frozenset()
        return frozenset(self._pattern.findall(to_hiragana(fold(text))))


def _as_pattern(key: str) -> str:
    starts = r"(?<![a-z])" if "a" <= key[0] <= "z" else ""
    ends = r"(?![a-z])" if _PRONOUN.fullmatch(key) else ""
    return f"{starts}{re.escape(key)}{ends}"


def folded_groups(groups: Sequence[Sequence[str]]) -> tuple[frozenset[str], ...]:
    """Groups of words as the lexicon reports them."""
    return tuple(frozenset(to_hiragana(fold(word)) for word in group) for group in groups)


def satisfied(groups: Sequence[frozenset[str]], words: frozenset[str]) -> bool:
    """Every group, any word of it."""
    return all(group & words for group in groups)
