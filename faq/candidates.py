"""What every channel says of the likeliest candidates for one message: the numbers that fusion weighs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from faq.index import Floats, Phrasing
from faq.lexical import READING, SCRIPT, SPELLING, Lexical
from faq.match import Evidence
from faq.meaning import CLASSIFIER, NEAREST, Encoder, Meaning, Vectors, rounded
from faq.normalize import Folder
from faq.repair import Repair

CHANNELS: Final = (SCRIPT, READING, SPELLING, NEAREST, CLASSIFIER)
OUTSIDE: Final = ("constant", "unlike", "short")
_CANDIDATES: Final = 16
_SENTENCE: Final = re.compile(r"[^。．.!?！？\n]+[。．.!?！？]*")
_LONG: Final = 25
_MAX_SENTENCES: Final = 12
_SHORT: Final = 4


@dataclass(frozen=True, slots=True)
class Candidates:
    """``scores`` has one row per target of ``targets`` and one column per channel; ``outside`` speaks for none."""

    targets: tuple[int, ...]
    scores: Floats
    outside: Floats
    evidence: tuple[tuple[Evidence, ...], ...]


class Gatherer:
    """Holds every channel's index of the same phrasings, grouped by what they ask for."""

    def __init__(
        self,
        phrasings: Sequence[Phrasing],
        folder: Folder,
        repair: Repair,
        encoder: Encoder | None,
        vectors: Callable[[Sequence[str]], Vectors] | None,
    ) -> None:
        self.targets = list(dict.fromkeys((p.kind, p.target) for p in phrasings))
        numbers = {target: n for n, target in enumerate(self.targets)}
        self.owners = np.array([numbers[p.kind, p.target] for p in phrasings], dtype=np.int64)
        self._starts = np.searchsorted(self.owners, np.arange(len(self.targets)))
        self.phrasings = phrasings
        self._folder = folder
        self._repair = repair
        self._texts = [repair.repair(p.text) for p in phrasings]
        self._lexical = Lexical(self._texts, folder)
        self._encoder = encoder if vectors is not None else None
        self._vectors = vectors(self._texts) if vectors is not None and encoder is not None else None
        self._meaning = (
            Meaning(self._vectors, self.owners.tolist(), len(self.targets))
            if self._vectors is not None
            else None
        )

    @property
    def has_meaning(self) -> bool:
        return self._meaning is not None

    def gather(self, text: str) -> Candidates:
        """The likeliest candidates for a message; long ones are read sentence by sentence as well."""
        parts = [self._of(self._repair.repair(part), None, None, None) for part in parts_of(text)]
        return parts[0] if len(parts) == 1 else _best_of(parts)

    def gather_without(self, phrasing: int, *, whole_target: bool) -> Candidates:
        """What a phrasing of the base would meet if it, or everything its target says, were not in the base."""
        vector = self._vectors[phrasing] if self._vectors is not None else None
        return self._of(
            self._texts[phrasing],
            vector,
            phrasing,
            int(self.owners[phrasing]) if whole_target else None,
        )

    def _of(
        self, text: str, vector: Vectors | None, left_out: int | None, target_out: int | None
    ) -> Candidates:
        question = self._folder.fold(text)
        channels = [self._lexical.script(question), self._lexical.reading(question)]
        classified = np.zeros(len(self.targets))
        if self._meaning is not None and self._encoder is not None:
            if vector is None:
                vector = rounded(self._encoder([text]))[0]
            channels.append(self._meaning.nearness(vector))
            classified = (
                self._meaning.classified(vector)
                if left_out is None or target_out is not None
                else self._meaning.classified_without(left_out)
            )
        if left_out is not None:
            for channel in channels:
                channel[left_out] = 0.0
        best = [np.maximum.reduceat(channel, self._starts) for channel in channels]
        rough = sum(best[1:], best[0]) + classified
        if target_out is not None:
            rough[target_out] = -1.0
        chosen = sorted(
            np.argsort(-rough, kind="stable")[:_CANDIDATES].tolist(), key=lambda t: (-rough[t], t)
        )
        scores = np.zeros((len(chosen), len(CHANNELS)))
        evidence = []
        mixed = sum(channels[1:], channels[0])
        for row, target in enumerate(chosen):
            start = self._starts[target]
            end = self._starts[target + 1] if target + 1 < len(self.targets) else len(self.owners)
            nearest = int(start + np.argmax(mixed[start:end]))
            scores[row, 0], scores[row, 1] = best[0][target], best[1][target]
            scores[row, 2] = self._lexical.spelling(question, nearest)
            if self._meaning is not None:
                scores[row, 3], scores[row, 4] = best[2][target], classified[target]
            text_of = self.phrasings[nearest].text
            evidence.append(tuple(
                Evidence(channel, text_of, round(float(value), 4)) for channel, value in zip(CHANNELS, scores[row], strict=True)
            ))  # fmt: skip
        unlike = 1.0 - float(max((max(b.max(), 0.0) for b in best), default=0.0))
        length = len(question.plain.replace(" ", ""))
        outside = np.array([1.0, unlike, 1.0 if length <= _SHORT else 0.0])
        return Candidates(tuple(chosen), scores, outside, tuple(evidence))


def parts_of(text: str) -> list[str]:
    """The message, and its sentences when it is long."""
    if len(text) <= _LONG:
        return [text]
    sentences = [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
    return [text, *sentences[:_MAX_SENTENCES]] if len(sentences) > 1 else [text]


def _best_of(parts: Sequence[Candidates]) -> Candidates:
    """Every candidate with its best part: two questions in one message are two candidates, not an average."""
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
