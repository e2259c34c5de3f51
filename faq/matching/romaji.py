"""Kana from Latin letters, as residents type Japanese without a Japanese keyboard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_SYLLABLES: Final[Mapping[str, str]] = {
    **{
        consonant + vowel: kana
        for consonant, row in {
            "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
            "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
            "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
        }.items()
        for vowel, kana in zip("aiueo", row, strict=True)
    },
    **{
        consonant + "y" + vowel: row + small
        for consonant, row in {
            "k": "き", "s": "し", "t": "ち", "n": "に", "h": "ひ", "m": "み", "r": "り", "g": "ぎ", "z": "じ",
            "b": "び", "p": "ぴ", "j": "じ",
        }.items()
        for vowel, small in zip("auo", "ゃゅょ", strict=True)
    },
    **{"sh" + v: "し" + k for v, k in zip("auo", "ゃゅょ", strict=True)},
    **{"ch" + v: "ち" + k for v, k in zip("auo", "ゃゅょ", strict=True)},
    **{"j" + v: "じ" + k for v, k in zip("auo", "ゃゅょ", strict=True)},
    "shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "fa": "ふぁ", "fi": "ふぃ", "fe": "ふぇ",
    "fo": "ふぉ", "ya": "や", "yu": "ゆ", "yo": "よ", "wa": "わ", "wo": "を", "n": "ん", "nn": "ん", "che": "ちぇ",
    "she": "しぇ", "je": "じぇ", "ti": "てぃ", "di": "でぃ",
}  # fmt: skip

_LONGEST_SYLLABLE: Final = 3
_BETWEEN: Final = re.compile(r"[\s.,!?'’…~/-]+")
_SIGNS: Final = re.compile(r"[\W\d_]+")
_SOUNDED: Final = {"wa": "は", "o": "を", "e": "へ"}
"""Particles that are spelled otherwise than they sound."""
_JAPANESE: Final = re.compile(
    r"(?:ga|wo|no|ni|wa|ha|desu|masu)|[a-z]*(?:desu|masu|masen|mashita|kudasai|shita|shimau|tai|nai)(?:ka|yo|ne|ga|kara|node)?"
)
"""Particles, and what Japanese sentences end on."""


def text_in_kana(text: str) -> str:
    """A folded text that is all romaji, in kana word by word; empty where any word cannot be romaji."""
    read = [_SOUNDED.get(word) or kana_of(word) for word in _words_of(text) if not _SIGNS.fullmatch(word)]
    return "" if None in read else " ".join(word for word in read if word is not None)


def has_grammar(text: str) -> bool:
    """Whether a word of a folded text in romaji is one that Japanese sentences are joined or ended with."""
    return any(_JAPANESE.fullmatch(word) for word in _words_of(text))


def _words_of(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]


def kana_of(word: str) -> str | None:
    """A latin word read as romaji, or ``None`` where it cannot be one (``cancel``)."""
    kana: list[str] = []
    position = 0
    while position < len(word):
        letter = word[position]
        if letter not in "aiueon" and word[position : position + 2] == letter * 2:
            kana.append("っ")
            position += 1
            continue
        for length in range(_LONGEST_SYLLABLE, 0, -1):
            syllable = word[position : position + length]
            if len(syllable) == length and (read := _SYLLABLES.get(syllable)):
                kana.append(read)
                position += length
                break
        else:
            return None
    return "".join(kana)
