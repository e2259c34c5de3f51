"""Scores of every channel for the likeliest candidates of one message: the input of fusion."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np

from faq.matching.classifier import CLASSIFIER, Classifier, GramFeatures
from faq.matching.index import Floats, Phrasing, Postings
from faq.matching.kana_restore import Repair
from faq.matching.lexical import READING, SCRIPT, Lexical
from faq.matching.match import Evidence
from faq.matching.meaning import NEAREST, Encoder, Meaning, Vectors, rounded
from faq.matching.negation import affirmed
from faq.matching.normalize import Folder

CHANNELS: Final = (SCRIPT, READING, NEAREST, CLASSIFIER)
LEADS: Final = (f"{NEAREST}-lead", f"{CLASSIFIER}-lead")
"""A candidate's lead over the best other one in a channel, or (negative) its distance to the leader."""
FEATURES: Final = (*CHANNELS, *LEADS)
OUTSIDE: Final = ("constant", "unlike", "unknown", "length")
_SHORTLIST: Final = 32
"""Number of targets, chosen by letters and classifier, whose phrasings are compared by sense."""
_CANDIDATES: Final = 16
_SENTENCE: Final = re.compile(r"[^。．.!?！？\n]+[。．.!?！？]*")
_LONG: Final = 25
_MAX_SENTENCES: Final = 12
_WHOLE: Final = 400
"""Characters of a message that are compared as a whole; longer texts have no single sense."""
_PIECE: Final = 200
_IN_SENTENCES: Final = 600
"""Most characters compared sentence by sentence, which bounds the cost of a long message."""
_HEARD: Final = 60
"""Most sentences of a long message that are heard, half from each end."""
_PARTS_KEPT: Final = _MAX_SENTENCES + 1
"""Cached vectors of one message's parts, which hearing and matching both use."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates of one message: ``targets`` has n numbers, ``scores`` is float64 of shape (n, len(FEATURES)).

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
    classifier: Vectors


Keeper = Callable[[str, Callable[[], Prepared]], Prepared]
"""From a digest of all inputs and a function that computes the data: the data kept under the digest, or new data."""


class CandidateSearch:
    """All channels' indexes of the same phrasings, which are grouped by target."""

    def __init__(
        self,
        phrasings: Sequence[Phrasing],
        folder: Folder,
        repair: Repair,
        encoder: Encoder | None,
        vectors: Callable[[Sequence[str]], Vectors] | None,
        *,
        keeper: Keeper | None = None,
        for_fitting: bool = False,
    ) -> None:
        self.phrasings = phrasings
        self.targets = list(dict.fromkeys((p.kind, p.target) for p in phrasings))
        numbers = {target: n for n, target in enumerate(self.targets)}
        self.owners = np.array([numbers[p.kind, p.target] for p in phrasings], dtype=np.int64)
        self._bounds = np.searchsorted(self.owners, np.arange(len(self.targets) + 1))
        self._folder, self._repair = folder, repair
        self._encoder = encoder if vectors is not None else None
        self._encoded = lru_cache(_PARTS_KEPT)(self._encode_now)
        known = vectors(self._texts) if vectors is not None and encoder is not None else None
        self._meaning = Meaning(known) if known is not None else None
        if keeper is None or for_fitting:
            self._lexical, self._classifier = self._fitted(known, for_fitting=for_fitting)
        else:
            kept = keeper(self._digest(), lambda: self._prepared(known))
            self._lexical = Lexical(kept.script, kept.reading, folder)
            self._classifier = Classifier(kept.classifier)

    @cached_property
    def _texts(self) -> list[str]:
        return [affirmed(self._repair.repair(p.text)) for p in self.phrasings]

    def _fitted(self, known: Vectors | None, *, for_fitting: bool) -> tuple[Lexical, Classifier]:
        lexical = Lexical.of(self._texts, self._folder)
        features = GramFeatures(lexical)
        return lexical, Classifier.fitted(
            features, known, self.owners, len(self.targets), for_fitting=for_fitting
        )

    def _prepared(self, known: Vectors | None) -> Prepared:
        lexical, classifier = self._fitted(known, for_fitting=False)
        return Prepared(lexical.script.postings, lexical.reading.postings, classifier.weights)

    def _digest(self) -> str:
        hashed = hashlib.sha256(f"{self._folder.digest}\0{self._repair.digest}\0{self.has_encoder}".encode())
        for phrasing, text in zip(self.phrasings, self._texts, strict=True):
            hashed.update(f"\0{phrasing.kind}\0{phrasing.target}\0{text}".encode())
        return hashed.hexdigest()[:24]

    def _encode_now(self, text: str) -> Vectors:
        if self._encoder is None:
            raise ValueError("there is no encoder")
        vector: Vectors = rounded(self._encoder([text]))[0]
        return vector

    @property
    def has_encoder(self) -> bool:
        return self._meaning is not None

    def gather(self, text: str) -> Candidates:
        """The likeliest candidates for a message; a long one is also searched sentence by sentence."""
        parts = [self._of(affirmed(self._repair.repair(part))) for part in parts_of(text)]
        return parts[0] if len(parts) == 1 else _best_of(parts)

    def gather_without(self, phrasing: int, *, whole_target: bool) -> Candidates:
        """Leave-one-out: the candidates of a phrasing if it, or all phrasings of its target, were not in the base."""
        return self._of(self._texts[phrasing], phrasing, whole_target=whole_target)

    def _of(self, text: str, left_out: int | None = None, *, whole_target: bool = False) -> Candidates:
        question = self._lexical.weigh(text)
        script, reading = self._lexical.scores(question)
        vector = self._vector(text, left_out)
        if left_out is None:
            classified = self._classifier.scores(question, vector)
        else:
            script[left_out] = reading[left_out] = 0.0
            classified = self._classifier.without(left_out)
        starts = self._bounds[:-1]
        by_script, by_reading = np.maximum.reduceat(script, starts), np.maximum.reduceat(reading, starts)
        rough = by_script + by_reading + classified
        if left_out is not None and whole_target:
            rough[self.owners[left_out]] = -np.inf
        shortlist = _first(rough, _SHORTLIST)
        near = {target: self._nearest(vector, target, left_out) for target in shortlist}
        again = np.array([by_reading[t] + near[t][0] + classified[t] for t in shortlist])
        chosen = [shortlist[n] for n in _first(again, _CANDIDATES) if rough[shortlist[n]] > -np.inf]
        heard = np.array([[by_script[t], by_reading[t], near[t][0], classified[t]] for t in chosen])
        heard = heard.reshape(len(chosen), len(CHANNELS))
        scores = np.column_stack([heard, _lead(heard[:, 2]), _lead(heard[:, 3])])
        evidence = []
        for row, target in enumerate(chosen):
            begin, end = self._bounds[target], self._bounds[target + 1]
            nearest = (
                begin + int(np.argmax(script[begin:end])), begin + int(np.argmax(reading[begin:end])), near[target][1]
            )  # fmt: skip
            told = [self.phrasings[number].text for number in nearest] + [""]
            evidence.append(
                tuple(
                    Evidence(name, said, round(float(value), 4))
                    for name, said, value in zip(CHANNELS, told, heard[row], strict=True)
                )
            )
        alike = float(heard[:, : len(CHANNELS) - 1].max(initial=0.0))
        unknown = self._lexical.unknown(question, alone=left_out is not None)
        outside = np.array([1.0, 1.0 - alike, unknown, math.log1p(question.length)])
        return Candidates(tuple(chosen), scores, outside, tuple(evidence))

    def encode(self, text: str) -> Vectors | None:
        """A message's vector, float32 of shape (d,), after restoring its words; ``None`` without an encoder."""
        return self._encoded(self._repair.repair(text)) if self.has_encoder else None

    def in_kana(self, text: str) -> str:
        """The hiragana of a message written in kana or romaji only; empty for any other."""
        return self._repair.in_kana(text)

    def spellings(self, text: str) -> tuple[str, ...]:
        """Spellings of a message written in kana or romaji only, without spaces: by sound, and with words restored;
        else none.
        """
        kana = self._repair.in_kana(text)
        return ("".join(kana.split()), "".join(self._repair.repair(kana).split())) if kana else ()

    def _vector(self, text: str, left_out: int | None) -> Vectors | None:
        if self._meaning is None or self._encoder is None:
            return None
        return self._meaning.vector(left_out) if left_out is not None else self._encoded(text)

    def _nearest(self, vector: Vectors | None, target: int, left_out: int | None) -> tuple[float, int]:
        """Highest cosine between the vector and a phrasing of the target, and that phrasing's number."""
        begin, end = int(self._bounds[target]), int(self._bounds[target + 1])
        if vector is None or self._meaning is None:
            return 0.0, begin
        found = self._meaning.nearness(vector, begin, end)
        if left_out is not None and begin <= left_out < end:
            found[left_out - begin] = 0.0
        best = int(np.argmax(found))
        return float(found[best]), begin + best


def _lead(scores: Floats) -> Floats:
    if len(scores) < 2:
        return np.zeros(len(scores))
    second, first = np.sort(scores)[-2:]
    lead: Floats = np.where(scores >= first, scores - second, scores - first)
    return lead


def _first(scores: Floats, count: int) -> list[int]:
    """Indexes of the highest scores, descending; ties by index."""
    order: list[int] = np.argsort(-scores, kind="stable")[:count].tolist()
    return order


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; without full stops it is split into pieces of fixed length."""
    sentences = [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
    if len(text) > _WHOLE:
        sentences = [s[at : at + _PIECE] for s in sentences for at in range(0, len(s), _PIECE)]
    return sentences


def all_parts_of(text: str) -> list[str]:
    """The message and, when it is long, its sentences, for hearing: a signal may be anywhere in it."""
    sentences = sentences_of(text)
    if len(sentences) > _HEARD:
        sentences = [*sentences[: _HEARD // 2], *sentences[-_HEARD // 2 :]]
    return [text[:_WHOLE], *sentences] if len(sentences) > 1 else [text[:_WHOLE]]


def parts_of(text: str) -> list[str]:
    """The message and, when it is long, as many of its sentences as the limits allow, for matching."""
    if len(text) <= _LONG:
        return [text]
    sentences = sentences_of(text)
    if len(sentences) < 2:
        return [text[:_WHOLE]]
    parts, room = [text[:_WHOLE]], _IN_SENTENCES
    for sentence in sentences[:_MAX_SENTENCES]:
        if room <= 0:
            break
        parts.append(sentence[:room])
        room -= len(sentence)
    return parts


def _best_of(parts: Sequence[Candidates]) -> Candidates:
    """Each candidate with its best part: two questions in one message give two candidates, not an average."""
    best: dict[int, tuple[float, Floats, tuple[Evidence, ...]]] = {}
    for part in parts:
        for target, row, evidence in zip(part.targets, part.scores, part.evidence, strict=True):
            strength = float(row[: len(CHANNELS)].sum())
            if target not in best or strength > best[target][0]:
                best[target] = (strength, row, evidence)
    order = sorted(best, key=lambda t: (-best[t][0], t))[:_CANDIDATES]
    outside = min((part.outside for part in parts), key=lambda o: float(o[1]))
    return Candidates(
        tuple(order), np.array([best[t][1] for t in order]), outside, tuple(best[t][2] for t in order)
    )
