"""Figures of speech that speak of danger and mean none: 「凍え死にそうに寒い」 is cold, and what stands beside it is heard."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


class Figures:
    """Built once from the figures as written; the longest is found first."""

    def __init__(self, words: Iterable[str]) -> None:
        keys = sorted({_plain(word) for word in words} - {""}, key=lambda key: (-len(key), key))
        self._pattern = re.compile("|".join(map(re.escape, keys)), re.IGNORECASE) if keys else None

    def without(self, text: str) -> str:
        """The text without its figures; as it is where it has none, empty where it is nothing else."""
        if self._pattern is None:
            return text
        cut = self._pattern.sub(" ", _plain(text))
        return text if cut == _plain(text) else cut.strip()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'")
