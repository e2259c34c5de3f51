"""The phrasings of the whole FAQ as sparse weighted grams, built once and searched with a few sums."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.match import Kind
from faq.normalize import Folded

_RUNS: Final = re.compile(
    r"(?P<han>[\u3400-\u9fff々〆]+)|(?P<kata>[ァ-ヺー]+)|(?P<latin>[a-z]+)|(?P<digit>[0-9]+)|(?P<hangul>[가-힣]+)"
)
_STOP_WORDS: Final = """
a an the i is are am be to of in on at for and or do does did my me it you your can could would please have has had
with this that there not no if we was will what how
"""
_STOP: Final = frozenset(_STOP_WORDS.split())


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
Posting = tuple[NDArray[np.int32], NDArray[np.float32]]


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
        rows: dict[str, list[int]] = {gram: [] for gram in spread}
        weights: dict[str, list[float]] = {gram: [] for gram in spread}
        for row, counts in enumerate(counted):
            for gram, weight in self._normal(counts).items():
                rows[gram].append(row)
                weights[gram].append(weight)
        self._postings = {
            gram: (np.array(rows[gram], dtype=np.int32), np.array(weights[gram], dtype=np.float32))
            for gram in rows
        }

    def __len__(self) -> int:
        return self._count

    @property
    def postings(self) -> Mapping[str, Posting]:
        """For every gram the rows it stands in and its weight in each; a row's weights have length one."""
        return self._postings

    def weigh(self, question: Folded) -> dict[str, float]:
        """The question's grams with their weights; those nobody ever wrote count too, so they weaken the rest."""
        return self._normal(Counter(self._grams(question)))

    def scores(self, weighed: Mapping[str, float]) -> Floats:
        """One score between 0 and 1 per text, in their order, for a weighed question."""
        known = [(self._postings[gram], weight) for gram, weight in weighed.items() if gram in self._postings]
        if not known:
            return np.zeros(self._count)
        rows = np.concatenate([posting[0] for posting, _ in known])
        values = np.concatenate([posting[1] * np.float32(weight) for posting, weight in known])
        return np.bincount(rows, values, self._count).astype(np.float64, copy=False)

    def unknown(self, weighed: Mapping[str, float], *, seen_once_is_unknown: bool = False) -> float:
        """The share of a question (0 to 1) that stands in no text; what stands in one text only may count as well."""
        least = 2 if seen_once_is_unknown else 1
        strange = [
            weight
            for gram, weight in weighed.items()
            if gram not in self._postings or len(self._postings[gram][0]) < least
        ]
        return float(sum(weight * weight for weight in strange))

    def _normal(self, counts: Mapping[str, int]) -> dict[str, float]:
        weights = {
            gram: (1 + math.log(n)) * self._rarity.get(gram, self._unseen) for gram, n in counts.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}
