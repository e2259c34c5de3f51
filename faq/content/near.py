"""Names that differ only by a typing error; anything further is not guessed, because it could be another thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_SEPARATORS = re.compile(r"[-_\s]+")
_DIGITS = re.compile(r"\d+")
_LEAST = 4
"""In shorter words one character makes another word."""


def near(written: str, known: Iterable[str]) -> str:
    """The one known name that ``written`` is a slip for; empty where there is none, or more than one.

    Each word may have one wrong, missing, extra or swapped character; width, case and separators do not count;
    digits must be equal.
    """
    words = _words(written)
    found = sorted((slips, name) for name in known if (slips := _slips(words, _words(name))) is not None)
    is_clear = bool(found) and (len(found) == 1 or found[0][0] < found[1][0])
    return found[0][1] if is_clear else ""


def _slips(words: list[str], others: list[str]) -> int | None:
    """How many words differ by one character; ``None`` where one differs by more."""
    if "".join(words) == "".join(others):
        return 0
    if len(words) != len(others) or _DIGITS.findall(" ".join(words)) != _DIGITS.findall(" ".join(others)):
        return None
    differing = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    is_near = all(max(len(a), len(b)) >= _LEAST and OSA.distance(a, b) == 1 for a, b in differing)
    return len(differing) if is_near else None


def _words(name: str) -> list[str]:
    return _SEPARATORS.split(unicodedata.normalize("NFKC", name).casefold().strip())
