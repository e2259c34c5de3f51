"""Sparse inverted index of weighted grams over all phrasings: TF-IDF with cosine (Salton and Buckley 1988)."""

from __future__ import annotations

import hashlib
import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.matching.match import Kind
from faq.matching.normalize import Folded

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
    """A phrasing and its target."""

    text: str
    kind: Kind
    target: str

    @property
    def label(self) -> str:
        """The target as one word: ``kind:id``."""
        return f"{self.kind.value}:{self.target}"

    @property
    def key(self) -> int:
        """Of text and target, 64 bits: whether a network has learned it."""
        return int.from_bytes(hashlib.sha256(f"{self.label}\0{self.text}".encode()).digest()[:8], "little")


def script_grams(folded: Folded) -> list[str]:
    """Kanji and their pairs, katakana and Latin words whole and in pieces; hiragana carries little meaning and is
    dropped.
    """
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
    """Bigrams and trigrams of the reading, ignoring spaces."""
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


@dataclass(frozen=True, slots=True)
class Postings:
    """An inverted index: which texts contain which gram. This part is kept between starts.

    ``bounds`` is int64 of shape (grams + 1,). ``rows`` (int32: a text's number) and ``weights`` (float32: the gram's
    weight in it) have shape (cells,); the cells of ``grams[n]`` are ``bounds[n]:bounds[n + 1]``.
    """

    count: int
    grams: list[str]
    bounds: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Sequence[Folded], grams: Grams) -> Postings:
        """Index the grams of all texts: (1 + log count) × log rarity, each text normalised to length 1."""
        numbers: dict[str, int] = {}
        rows, columns, times = array("i"), array("i"), array("i")
        for row, text in enumerate(texts):
            for gram, seen in Counter(grams(text)).items():
                rows.append(row)
                columns.append(numbers.setdefault(gram, len(numbers)))
                times.append(seen)
        row_of, column_of = np.frombuffer(rows, dtype=np.int32), np.frombuffer(columns, dtype=np.int32)
        spread = np.bincount(column_of, minlength=len(numbers))
        weights = np.frombuffer(times, dtype=np.int32).astype(np.float32)
        weights = (1 + np.log(weights)) * _rarity(len(texts), spread)[column_of].astype(np.float32)
        lengths = np.sqrt(np.bincount(row_of, weights**2, len(texts))).astype(np.float32)
        order = np.argsort(column_of, kind="stable").astype(np.int32)
        bounds = np.concatenate([[0], np.cumsum(spread)]).astype(np.int64)
        return cls(len(texts), list(numbers), bounds, row_of[order], (weights / lengths[row_of])[order])


def _rarity(count: int, spread: NDArray[np.int64]) -> Floats:
    rarity: Floats = np.log(1 + count / (1 + spread))
    return rarity


class GramIndex:
    """Cosine similarity between a question and every text, over one kind of weighted grams."""

    def __init__(self, postings: Postings, grams: Grams) -> None:
        self.postings = postings
        self._grams = grams
        self._count = postings.count
        self._numbers = {gram: number for number, gram in enumerate(postings.grams)}
        self._rarity = _rarity(postings.count, np.diff(postings.bounds))
        self._unseen = math.log(1 + postings.count)
        self._bounds, self._rows, self._weights = postings.bounds, postings.rows, postings.weights

    def __len__(self) -> int:
        return self._count

    def weigh(self, question: Folded) -> dict[str, float]:
        """The question's grams with normalised weights; unknown grams count, too, and so lower the similarity."""
        weights = {
            gram: (1 + math.log(seen)) * self._rarity_of(gram)
            for gram, seen in Counter(self._grams(question)).items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    def scores(self, weighed: Mapping[str, float]) -> Floats:
        """Cosine to every text, in order: float64 of shape (texts,), each 0 to 1."""
        parts = [
            (self._rows[found], self._weights[found] * np.float32(weight))
            for gram, weight in weighed.items()
            if (found := self._found(gram)) is not None
        ]
        if not parts:
            return np.zeros(self._count)
        rows, values = (np.concatenate(side) for side in zip(*parts, strict=True))
        return np.bincount(rows, values, self._count).astype(np.float64, copy=False)

    def unknown(self, weighed: Mapping[str, float]) -> float:
        """Share of the question (0 to 1) that no text contains."""
        return float(sum(weight * weight for gram, weight in weighed.items() if self._found(gram) is None))

    def _found(self, gram: str) -> slice | None:
        number = self._numbers.get(gram)
        return None if number is None else slice(int(self._bounds[number]), int(self._bounds[number + 1]))

    def _rarity_of(self, gram: str) -> float:
        number = self._numbers.get(gram)
        return self._unseen if number is None else float(self._rarity[number])
