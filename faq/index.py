"""The phrasings of the whole FAQ as sparse weighted grams, built once and searched with a few sums."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.match import Kind
from faq.normalize import Folded

_RUNS: Final = re.compile(
    r"(?P<han>[\u3400-\u9fff々〆]+)|(?P<kata>[ァ-ヺー]+)|(?P<latin>[a-z]+)|(?P<digit>[0-9]+)|(?P<hangul>[가-힣]+)"
)
_STOP: Final = frozenset(
    {
        "a",
        "an",
        "the",
        "i",
        "is",
        "are",
        "am",
        "be",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "do",
        "does",
        "did",
        "my",
        "me",
        "it",
        "you",
        "your",
        "can",
        "could",
        "would",
        "please",
        "have",
        "has",
        "had",
        "with",
        "this",
        "that",
        "there",
        "not",
        "no",
        "if",
        "we",
        "was",
        "will",
        "what",
        "how",
    }
)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way of asking, and what it asks for."""

    text: str
    kind: Kind
    target: str


def script_grams(folded: Folded) -> list[str]:
    """Kanji singly and in pairs, katakana and latin words whole and in pieces; hiragana says little and is dropped."""
    grams: list[str] = []
    for run in _RUNS.finditer(folded.plain):
        text = run[0]
        match run.lastgroup:
            case "han":
                grams += text
                grams += _pairs(text, 2)
            case "kata":
                word = text.replace("ー", "")
                grams.append(f"w{word}")
                grams += _pairs(word, 2)
            case "latin":
                if text not in _STOP:
                    stem = _stem(text)
                    grams.append(f"w{stem}")
                    grams += _pairs(stem, 4)
            case "hangul":
                grams += _pairs(text, 2) or [text]
            case _:
                grams.append(f"n{text}")
    return grams


def reading_grams(folded: Folded) -> list[str]:
    """Pairs and triples of the reading; spaces bind nothing."""
    text = folded.reading.replace(" ", "")
    return _pairs(text, 2) + _pairs(text, 3)


def _pairs(text: str, size: int) -> list[str]:
    return [text[i : i + size] for i in range(len(text) - size + 1)]


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ing", "ers", "er", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


Grams = Callable[[Folded], list[str]]
Floats = NDArray[np.float64]


class GramIndex:
    """Cosine between a question and every text, over one kind of grams weighted by rarity."""

    def __init__(self, texts: Sequence[Folded], grams: Grams) -> None:
        self._grams = grams
        self._count = len(texts)
        counted = [Counter(grams(text)) for text in texts]
        spread: Counter[str] = Counter()
        for counts in counted:
            spread.update(counts.keys())
        self._rarity = {gram: math.log(1 + self._count / (1 + seen)) for gram, seen in spread.items()}
        self._unseen = math.log(1 + self._count)
        rows: dict[str, list[tuple[int, float]]] = {}
        for row, counts in enumerate(counted):
            weights = {gram: (1 + math.log(n)) * self._rarity[gram] for gram, n in counts.items()}
            norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
            for gram, weight in weights.items():
                rows.setdefault(gram, []).append((row, weight / norm))
        self._rows = {gram: np.array([r for r, _ in pairs], dtype=np.int64) for gram, pairs in rows.items()}
        self._weights = {
            gram: np.array([w for _, w in pairs], dtype=np.float64) for gram, pairs in rows.items()
        }

    def scores(self, question: Folded) -> Floats:
        """One score between 0 and 1 per text, in their order. Grams nobody ever wrote count against all."""
        weights = {
            gram: (1 + math.log(n)) * self._rarity.get(gram, self._unseen)
            for gram, n in Counter(self._grams(question)).items()
        }
        norm = math.sqrt(sum(w * w for w in weights.values()))
        known = [gram for gram in weights if gram in self._rows]
        if not known or not norm:
            return np.zeros(self._count)
        rows = np.concatenate([self._rows[gram] for gram in known])
        values = np.concatenate([self._weights[gram] * (weights[gram] / norm) for gram in known])
        return np.bincount(rows, values, self._count).astype(np.float64, copy=False)
