"""Folding: what is written in many ways becomes comparable. Two views of a text are kept.

``plain`` keeps the scripts (kanji, katakana and latin words carry the matter), ``reading`` is all hiragana as far
as the FAQ's own words can be read (people type 「とうろく」, 「touroku」 or a wrong kanji for 登録).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_DASHES: Final = re.compile(r"[‐‑‒–—―−ｰ~〜～]")
_NOISE: Final = re.compile(r"[^\w々〆ー]+", re.UNICODE)
_LAUGHS: Final = re.compile(r"(?<![a-z])w{2,}(?![a-z])|(?<=[ぁ-んァ-ン一-龥])w+(?![a-z])")
_MIN_KANA_VARIANT: Final = 4
"""Shorter hiragana spellings turn up inside other words."""


def fold(text: str) -> str:
    """NFKC, case, dashes, punctuation and laughter; words of different scripts stay recognisable."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _DASHES.sub("ー", folded)
    folded = re.sub(r"(?<=[a-z0-9])ー", " ", folded)
    folded = _LAUGHS.sub(" ", folded)
    return _NOISE.sub(" ", folded).strip()


def to_hiragana(text: str) -> str:
    """Katakana as hiragana, one character for one, so that positions stay."""
    return text.translate(_TO_HIRAGANA)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made comparable."""

    plain: str
    reading: str


class Folder:
    """Folds with the FAQ's own synonyms and readings. Build once; folding has no state."""

    def __init__(self, synonyms: Iterable[Sequence[str]], readings: Mapping[str, str]) -> None:
        canonical: dict[str, str] = {}
        for group in synonyms:
            head = fold(group[0])
            for variant in group[1:]:
                key = to_hiragana(fold(variant))
                if _is_usable_variant(key):
                    canonical.setdefault(key, head)
        self._canonical = canonical
        self._variants = _any_of(canonical)
        self._readings = {fold(word): to_hiragana(fold(kana)) for word, kana in readings.items()}
        self._readable = _any_of(self._readings)
        self.digest = hashlib.sha256(repr((canonical, self._readings)).encode()).hexdigest()

    def fold(self, text: str) -> Folded:
        """Both views of a text."""
        plain = self._unify(fold(text))
        read = self._readable.sub(lambda m: self._readings[m[0]], plain) if self._readable else plain
        return Folded(plain, to_hiragana(read).replace("ー", ""))

    def _unify(self, text: str) -> str:
        if self._variants is None:
            return text
        pieces: list[str] = []
        last = 0
        for found in self._variants.finditer(to_hiragana(text)):
            pieces += [text[last : found.start()], self._canonical[found[0]]]
            last = found.end()
        pieces.append(text[last:])
        return "".join(pieces)


def _is_usable_variant(key: str) -> bool:
    only_kana = re.fullmatch(r"[ぁ-んー]+", key)
    return len(key) >= (_MIN_KANA_VARIANT if only_kana else 2)


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Longest first; a latin word only as a whole word."""
    parts = []
    for word in sorted(words, key=lambda w: (-len(w), w)):
        escaped = re.escape(word)
        starts = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", word) else ""
        ends = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", word) else ""
        parts.append(f"{starts}{escaped}{ends}")
    return re.compile("|".join(parts)) if parts else None


_LENGTHENING: Final = re.compile(
    r"(?<=[あかさたなはまやらわがざだばぱゃ])あ|(?<=[いきしちにひみりぎじぢびぴえけせてねへめれげぜでべぺ])い"
    r"|(?<=[うくすつぬふむゆるぐずづぶぷゅおこそとのほもよろごぞどぼぽょ])う|(?<=[おこそとのほもよろごぞどぼぽょ])お|ー"
)


def shortened(kana: str) -> str:
    """Hiragana without lengthened vowels: touroku, toroku and tōroku sound alike to those who type them."""
    return _LENGTHENING.sub("", kana)
