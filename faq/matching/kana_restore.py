"""Kana back into words: 「りようしゃとうろくのしかた」 is asked by people who do not convert, and means 利用者登録の仕方.

A text written almost wholly in hiragana, in katakana alone or in romaji is cut into the FAQ's own words by their readings;
the cut with the least cost wins (Viterbi). Channels that look at kanji or at sense then see what was meant.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from faq.matching.normalize import fold, shortened, to_hiragana
from faq.matching.romaji import has_grammar, text_in_kana
from faq.matching.typos import Typos

_HIRAGANA: Final = re.compile(r"[ぁ-んー]+")
_HAN: Final = re.compile(r"[\u3400-\u9fff々]")
_LEAST_ROMAJI: Final = 4
_LONGEST_OF_ROMAJI: Final = 3
"""Kana of the longest word, where only grammar tells: 「no」, 「me」 and 「to」 are words of many languages."""
_KANA_ALONE: Final = re.compile(r"[ぁ-んァ-ヺー][ぁ-んァ-ヺー\W\d_]*")
_KATAKANA_SENTENCE: Final = re.compile(
    r"(?<!\S)[ノハヲニガデモトヘ](?!\S)|(?:デス|マス|マシタ|マセン|クダサイ)[カガネヨ]?(?!\w)|\s\S*(?:タイ|ナイ|タ|ダ|テ)\W*$"
)
"""Katakana that is no list of foreign words: a particle stands by itself, or it ends as Japanese sentences end."""
_KATAKANA_WORD: Final = re.compile(r"[ァ-ヺ][ァ-ヺー]{2,}")
_MOSTLY: Final = 0.3
"""A text with a larger share of kanji was converted by its writer."""
_SHORT: Final = 14
"""In a longer text some kanji show that the writer does convert; in a short one they may be a slip of the keyboard."""
_LONGEST: Final = 12
_READ_AS_ROMAJI: Final = 0.45
"""Cost per kana below which latin letters are taken for romaji: most of it is words of the FAQ."""
_UNKNOWN: Final = 1.0
_PARTICLES: Final = """
から まで です ます ません ました でき できる できます できない できません して
したい したら する すれば しました たい ない なかった ある あります いる いります
ください おしえて おしえてください って という には では とは のに ので けど だけど
ですか ますか かな どう どうすれば どうやって どこ いつ なに なん だれ いくら これ
それ ここ かかる かかります かかりますか こと もの のです ですが たいこと やりかた
もらえ もらえる もらえます もう まだ すぐ ちょっと ほしい いい だめ ても でも なら
だと どれ たら れば れる られる きた こない いけない なった なくなった なりました なる しまった
された される されました しちゃった おかしい しか まで のに やつ とき たくない つもり はずなのに
"""


class Repair:
    """Knows the FAQ's words by their readings; the first spelling of a reading is the one restored."""

    def __init__(self, readings: Mapping[str, str], texts: Iterable[str]) -> None:
        kept = [fold(text) for text in texts]
        words: dict[str, tuple[str, float]] = {}
        for word, kana in readings.items():
            key = to_hiragana(fold(kana))
            if len(key) >= 2:
                words.setdefault(key, (fold(word), _cost(key)))
        for text in kept:
            for found in _KATAKANA_WORD.findall(text):
                words.setdefault(to_hiragana(found), (found, _cost(found)))
        for particle in _PARTICLES.split():
            words[particle] = (particle, 0.7 + 0.05 * len(particle))
        self._words = words
        self._by_sound: dict[str, tuple[str, float]] = {}
        for key, found_word in words.items():
            self._by_sound.setdefault(shortened(key), found_word)
        self._typos = Typos(kept)
        self.digest = hashlib.sha256(repr(words).encode()).hexdigest()

    def repair(self, text: str) -> str:
        """The text with words restored and slips put right; one that has neither comes back as it is."""
        return self._typos.mend(self._convert(text))

    def in_kana(self, text: str) -> str:
        """A text that its writer put into kana or romaji alone, in hiragana; empty where it has other letters."""
        plain = unicodedata.normalize("NFKC", text).strip()
        return to_hiragana(plain) if _KANA_ALONE.fullmatch(plain) else self._kana_of_romaji(plain)

    def _convert(self, text: str) -> str:
        if kana := self._kana_of_romaji(text):
            return self._from_romaji(kana)
        text = _as_hiragana(text)
        bare = text.replace(" ", "")
        kanji = len(_HAN.findall(bare))
        converts = (
            kanji > _MOSTLY * len(bare) or (kanji and len(bare) > _SHORT) or _KATAKANA_WORD.search(bare)
        )
        if not bare or converts or not _HIRAGANA.search(bare):
            return text
        return _HIRAGANA.sub(lambda run: _restore(run[0], self._words)[0], text)

    def _kana_of_romaji(self, text: str) -> str:
        """Latin letters in kana where they are romaji: most of it is the FAQ's words, or it is joined as Japanese is."""
        folded = unicodedata.normalize("NFKC", text).casefold()
        kana = text_in_kana(folded)
        if len(kana.replace(" ", "")) < _LEAST_ROMAJI:
            return ""
        if has_grammar(folded) and max(map(len, kana.split())) >= _LONGEST_OF_ROMAJI:
            return kana
        return kana if self._by_ear(kana)[1] else ""

    def _from_romaji(self, kana: str) -> str:
        heard, is_known = self._by_ear(kana)
        return heard if is_known else "".join(_restore(word, self._words)[0] for word in kana.split())

    def _by_ear(self, kana: str) -> tuple[str, bool]:
        """Restored by sound, and whether most of it is words of the FAQ."""
        joined = kana.replace(" ", "")
        restored, cost = _restore(shortened(joined), self._by_sound)
        return restored, cost <= _READ_AS_ROMAJI * len(joined)


def _as_hiragana(text: str) -> str:
    """A sentence in katakana alone in hiragana; any other text as it is."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _HIRAGANA.search(plain.replace("ー", "")) or not _KANA_ALONE.fullmatch(plain):
        return text
    return to_hiragana(plain) if _KATAKANA_SENTENCE.search(plain) else text


def _restore(kana: str, words: Mapping[str, tuple[str, float]]) -> tuple[str, float]:
    """The cheapest cut of a run of kana into known words, and its cost."""
    best: list[tuple[float, int, str]] = [(0.0, 0, "")]
    for end in range(1, len(kana) + 1):
        cost, start, piece = best[end - 1][0] + _UNKNOWN, end - 1, kana[end - 1]
        for begin in range(max(0, end - _LONGEST), end - 1):
            word = words.get(kana[begin:end])
            if word is not None and best[begin][0] + word[1] < cost:
                cost, start, piece = best[begin][0] + word[1], begin, word[0]
        best.append((cost, start, piece))
    pieces = []
    end = len(kana)
    while end:
        _, start, piece = best[end]
        pieces.append(piece)
        end = start
    return "".join(reversed(pieces)), best[-1][0]


def _cost(kana: str) -> float:
    """Short words turn up by chance in any run of kana; long ones do not."""
    return 1.7 if len(kana) == 2 else 1.2
