"""Names that differ by a slip of the finger, and no more: a guess at another name would lead to another thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_SEPARATORS = re.compile(r"[-_\s]+")
_DIGITS = re.compile(r"\d+")
_LONG, _LEAST = 10, 4


def near(written: str, known: Iterable[str]) -> str:
    """The one known name that ``written`` is a slip for; empty where there is none, or more than one.

    One character may be wrong, missing, too many or exchanged with its neighbour, two in a name of ten or more; width,
    case and the kind of separator do not count; figures must be the same.
    """
    folded = _folded(written)
    found: list[tuple[int, str]] = []
    for name in known:
        other = _folded(name)
        longest = max(len(folded), len(other))
        allowed = 0 if longest < _LEAST else 1 if longest < _LONG else 2
        distance = OSA.distance(folded, other, score_cutoff=allowed)
        if distance <= allowed and _DIGITS.findall(folded) == _DIGITS.findall(other):
            found.append((distance, name))
    found.sort()
    is_clear = bool(found) and (len(found) == 1 or found[0][0] < found[1][0])
    return found[0][1] if is_clear else ""


def _folded(name: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold())
