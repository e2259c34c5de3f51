"""やさしい日本語: sentences that are too long, and words that are too hard.

Limits and words follow the guideline of the Immigration Services Agency and the Agency for Cultural Affairs
(在留支援のためのやさしい日本語ガイドライン, 2020): short sentences with one idea, and no words of offices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from faq.checks.cross_reference import Spot, Survey
from faq.content.problem import Problem, Severity
from faq.language import Language, Words
from faq.window_text import PLACEHOLDER

SENTENCE: Final = 40
HARD: Final = (
    "申請", "提出", "持参", "該当", "原則", "任意", "交付", "及び", "または", "なお、", "ただし", "可能", "不可", "納付",
    "未満", "以上", "以下", "手続き", "必要", "確認", "使用料",
)  # fmt: skip
_READING: Final = re.compile(r"[(（][ぁ-ゖー・\s]+[)）]")
_QUOTED: Final = re.compile(r"「[^」]*」")
_BRACKETS: Final = re.compile(r"[(（][^()（）]*[)）]")
_END: Final = re.compile(r"(?<=[。！？!?])|\n")


def easy_japanese(base: Survey) -> Iterator[Problem]:
    """A warning for each long sentence and each hard word of the answers and replies."""
    for spot, entry in base.entries:
        for key, language, text in entry.texts():
            if language is Language.JA_EASY:
                yield from _of(spot.at(key, language.value), entry.id, text)
        yield from _words(spot.at("question"), entry.id, entry.question)
    for spot, reply in base.replies:
        yield from _words(spot.at("reply"), reply.id, reply.reply)


def _words(spot: Spot, name: str, words: Words) -> Iterator[Problem]:
    if Language.JA_EASY in words:
        yield from _of(spot.at(Language.JA_EASY.value), name, words[Language.JA_EASY])


def _of(spot: Spot, name: str, text: str) -> Iterator[Problem]:
    for sentence in long_sentences(text):
        yield spot.problem(
            "easy-long",
            f"{name}: やさしい日本語の文が{SENTENCE}字より長いです:「{sentence}」",
            "2つの文に分けてください",
            Severity.WARNING,
        )
    for word in hard_words(text):
        yield spot.problem(
            "easy-hard",
            f"{name}: やさしい日本語に「{word}」があります",
            "やさしい言葉に変えるか、「」に入れて説明を書いてください",
            Severity.WARNING,
        )


def long_sentences(text: str) -> list[str]:
    """Sentences of more than ``SENTENCE`` characters; brackets, numbers of steps and blanks do not count."""
    bare = re.sub(
        r"(?m)^\s*\d+[.．]\s*", "", _BRACKETS.sub("", _READING.sub("", PLACEHOLDER.sub("窓口", text)))
    )
    return [s.strip() for s in _END.split(bare) if len(re.sub(r"\s", "", s)) > SENTENCE]


def hard_words(text: str) -> list[str]:
    """Words of offices, unless they are quoted or in brackets."""
    plain = _BRACKETS.sub("", _QUOTED.sub("", _READING.sub("", text)))
    return [word for word in HARD if word in plain]
