"""Which of the town's facilities a message names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from faq.content.window import Window
from faq.language import Language, pick
from faq.matching.negation import affirmed
from faq.matching.normalize import fold, to_hiragana

_LIVES_THERE: Final = (
    r"(?!見附|\s*(?:に|で|の|へ|から)?\s*(?:すん|住|勤|つとめ|働|はたら|在住|在勤|通学|通っ|引っ越|ひっこ|会社|駅|図書館|小学校|中学校|総合支所"
    r"|residen|station|library))"
)
"""A person may live or work at a place of the same name."""
_HANGUL: Final = re.compile(r"[가-힣]")
_LATIN: Final = re.compile(r"[a-z0-9 ]+")


class Facilities:
    """Built once from the windows; reading has no state."""

    def __init__(self, windows: Iterable[Window]) -> None:
        of_facilities = tuple(windows)
        self._by_name = {
            to_hiragana(fold(name)): window.id
            for window in of_facilities
            if window.facility is not None
            for name in (*window.facility.called, *window.facility.label.values())
        }
        self._labels = {w.id: w.facility.label for w in of_facilities if w.facility is not None}
        names = sorted((name for name in self._by_name if name), key=len, reverse=True)
        bounded = [
            rf"(?<![a-z]){re.escape(n)}(?![a-z])" if _LATIN.fullmatch(n) else re.escape(n) for n in names
        ]
        self._pattern = (
            re.compile(f"(?<![南西東北元新])({'|'.join(bounded)}){_LIVES_THERE}") if names else None
        )

    def named(self, text: str) -> str:
        """The id of the one facility that a message is about; empty where it names none or several."""
        if self._pattern is None:
            return ""
        found = {self._by_name[m[1]] for m in self._pattern.finditer(to_hiragana(fold(affirmed(text))))}
        return next(iter(found)) if len(found) == 1 else ""

    def put(self, before: str, facility: str) -> str:
        """An earlier message with this facility in place of its own, or in front. Raises ``KeyError`` for no facility."""
        name = pick(self._labels[facility], _tongue_of(before))[1]
        # Positions stay: hiragana replace katakana one by one.
        written = unicodedata.normalize("NFKC", before)
        spans = (
            [m.span(1) for m in self._pattern.finditer(_plain(before))] if self._pattern is not None else []
        )
        for begin, end in reversed(spans):
            written = written[:begin] + name + written[end:]
        return written if spans else f"{name} {before}"

    def without(self, text: str) -> str:
        """The folded message without the facilities it names."""
        folded = to_hiragana(fold(text))
        return self._pattern.sub(" ", folded).strip() if self._pattern is not None else folded


def _tongue_of(text: str) -> Language:
    """The language whose script a text is in, as far as names of places go."""
    return Language.KO if _HANGUL.search(text) else Language.EN if text.isascii() else Language.JA


def _plain(text: str) -> str:
    """NFKC, small letters, hiragana: each character of the NFKC form stays at its place."""
    return to_hiragana(
        "".join(c.lower() if len(c.lower()) == 1 else c for c in unicodedata.normalize("NFKC", text))
    )
