"""The likeliest candidates by comparison with single phrasings, for those that no network has learned."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from faq.matching.index import Floats, Phrasing, Postings
from faq.matching.lexical import READING, SCRIPT, Lexical
from faq.matching.match import Evidence
from faq.matching.meaning import NEAREST, Meaning, Vectors
from faq.matching.message_reader import MessageReader
from faq.matching.parts import parts_of

CHANNELS: Final = (SCRIPT, READING, NEAREST)
OUTSIDE: Final = ("constant", "unlike", "unknown", "length")
_CANDIDATES: Final = 16


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates of one message: ``targets`` has n numbers, ``scores`` is float64 of shape (n, len(CHANNELS)).

    ``outside`` is float64 of shape (len(OUTSIDE),): features of the answer "none of them".
    """

    targets: tuple[int, ...]
    scores: Floats
    outside: Floats
    evidence: tuple[tuple[Evidence, ...], ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Data that is slow to compute from the phrasings and can be kept between starts."""

    script: Postings
    reading: Postings


Keeper = Callable[[str, Callable[[], Prepared]], Prepared]
"""From a digest of all inputs and a function that computes the data: the data kept under the digest, or new data."""


class CandidateSearch:
    """All channels' indexes of the same phrasings, which are grouped by target."""

    def __init__(
        self,
        phrasings: Sequence[Phrasing],
        reader: MessageReader,
        vectors: Callable[[Sequence[str]], Vectors] | None,
        *,
        keeper: Keeper | None = None,
    ) -> None:
        """``vectors`` are those of restored texts; without an encoder in the reader they are not used."""
        self.targets = list(dict.fromkeys((p.kind, p.target) for p in phrasings))
        numbers = {target: n for n, target in enumerate(self.targets)}
        self.phrasings = sorted(phrasings, key=lambda p: numbers[p.kind, p.target])
        self._reader = reader
        texts = [reader.restored(p.text) for p in self.phrasings]
        owners = np.array([numbers[p.kind, p.target] for p in self.phrasings], dtype=np.int64)
        self._bounds = np.searchsorted(owners, np.arange(len(self.targets) + 1))
        self._meaning = (
            Meaning(vectors(texts)) if vectors is not None and reader.has_encoder and texts else None
        )

        def prepared() -> Prepared:
            lexical = Lexical.of(texts, reader.folder)
            return Prepared(lexical.script.postings, lexical.reading.postings)

        kept = prepared() if keeper is None else keeper(self._digest(texts), prepared)
        self._lexical = Lexical(kept.script, kept.reading, reader.folder)

    def _digest(self, texts: Sequence[str]) -> str:
        hashed = hashlib.sha256(self._reader.digest.encode())
        for phrasing, text in zip(self.phrasings, texts, strict=True):
            hashed.update(f"\0{phrasing.kind}\0{phrasing.target}\0{text}".encode())
        return hashed.hexdigest()[:24]

    def gather(self, text: str) -> Candidates:
        """The likeliest candidates for a message; a long one is also compared sentence by sentence."""
        parts = [self._of(self._reader.restored(part)) for part in parts_of(text)]
        return parts[0] if len(parts) == 1 else _best_of(parts)

    def _of(self, text: str) -> Candidates:
        question = self._lexical.weigh(text)
        script, reading = self._lexical.scores(question)
        starts = self._bounds[:-1]
        by_script, by_reading = np.maximum.reduceat(script, starts), np.maximum.reduceat(reading, starts)
        sense = self._sense(text)
        by_sense = np.maximum.reduceat(sense, starts)
        together = by_script + by_reading + 2 * by_sense
        chosen = [target for target in _first(together, _CANDIDATES) if together[target] > 0]
        scores = np.array([[by_script[t], by_reading[t], by_sense[t]] for t in chosen])
        scores = scores.reshape(len(chosen), len(CHANNELS))
        evidence = []
        for row, target in enumerate(chosen):
            part = slice(self._bounds[target], self._bounds[target + 1])
            nearest = (int(part.start) + int(np.argmax(found[part])) for found in (script, reading, sense))
            told = (self.phrasings[number].text for number in nearest)
            evidence.append(
                tuple(
                    Evidence(name, said, round(float(value), 4))
                    for name, said, value in zip(CHANNELS, told, scores[row], strict=True)
                )
            )
        alike = float(scores.max(initial=0.0))
        unknown = self._lexical.unknown(question)
        outside = np.array([1.0, 1.0 - alike, unknown, math.log1p(question.length)])
        return Candidates(tuple(chosen), scores, outside, tuple(evidence))

    def _sense(self, text: str) -> Floats:
        """Cosine of the text to every phrasing, float64 of shape (phrasings,); zeros without an encoder."""
        vector = self._reader.vector(text)
        if vector is None or self._meaning is None:
            return np.zeros(len(self.phrasings))
        return self._meaning.nearness(vector)


def _first(scores: Floats, count: int) -> list[int]:
    """Indexes of the highest scores, descending; ties by index."""
    order: list[int] = np.argsort(-scores, kind="stable")[:count].tolist()
    return order


def _best_of(parts: Sequence[Candidates]) -> Candidates:
    """Each candidate with its best part: two questions in one message give two candidates, not an average."""
    best: dict[int, tuple[float, Floats, tuple[Evidence, ...]]] = {}
    for part in parts:
        for target, row, evidence in zip(part.targets, part.scores, part.evidence, strict=True):
            strength = float(row.sum())
            if target not in best or strength > best[target][0]:
                best[target] = (strength, row, evidence)
    order = sorted(best, key=lambda t: (-best[t][0], t))[:_CANDIDATES]
    outside = min((part.outside for part in parts), key=lambda o: float(o[1]))
    return Candidates(
        tuple(order), np.array([best[t][1] for t in order]), outside, tuple(best[t][2] for t in order)
    )
