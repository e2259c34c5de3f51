"""What is heard in a message whatever else it asks: the reply that a danger gets, and how surely somebody complains."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.content.signal import Signal, SignalKind
from faq.matching.detector import NONE, Detector
from faq.matching.features import Features
from faq.matching.index import Floats
from faq.matching.match import Complaint, Heard
from faq.matching.meaning import Vectors
from faq.matching.word_rules import Lexicon, folded_groups, satisfied

COMPLAINT: Final = "complaint"
_BELIEVED: Final = 0.005
"""Words of danger are believed from here on."""
_BY_ITSELF: Final = 0.6
"""One sentence of a longer message has to be this sure: out of its place it says less."""
_FEW, _OF_FEW = 16, 0.5
"""A few letters without a word of danger have to be surer: they say little."""
_BESIDE_COMPLAINT: Final = 0.5
"""Where somebody surely complains, hard words are no danger below this."""
_FOREIGN: Final = 0.3
"""A text in a language that nothing was learned in has to be this sure: its sense alone speaks."""

Parts = Callable[[str], Sequence[str]]
"""A message, and its sentences where it is long."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Probabilities from which a danger is heard, and a complaint is possible, likely, sure."""

    danger: float = 0.5
    possible: float = 0.1
    likely: float = 0.4
    sure: float = 0.7


@dataclass(frozen=True, slots=True)
class Ears:
    """The two detectors and their lines: what ``madoguchi fit`` finds, for one way of matching."""

    danger: Detector
    complaint: Detector
    lines: Lines


class Hearing:
    """Built once; hearing has no state. Without ``ears`` nothing is heard but what words alone decide."""

    def __init__(
        self,
        signals: Sequence[Signal],
        ears: Ears | None,
        features: Features,
        parts: Parts,
        near: frozenset[str] = frozenset(),
        names: frozenset[str] = frozenset(),
    ) -> None:
        """``near`` are the entries that send people to the same window as the one on complaints, ``names`` those of places."""
        self._near = near
        self._names = pattern_of(names)
        self._ears = ears
        self.features = features
        self._parts = parts
        self._replies = {s.id: s.reply for s in signals if s.kind is SignalKind.DANGER and s.reply}
        told = [folded_groups(s.words) for s in signals if s.kind is SignalKind.COMPLAINT and s.words]
        self._lexicon = Lexicon(word for groups in told for group in groups for word in group)
        self._told = told
        self._entry = next((s.entry for s in signals if s.kind is SignalKind.COMPLAINT and s.entry), "")

    @property
    def has_ears(self) -> bool:
        return self._ears is not None

    @property
    def entry(self) -> str:
        """The id of the entry on complaints; empty where no message to learn from names one."""
        return self._entry

    def hear(self, text: str, by_words: str = "") -> Heard:
        """The message as a whole, and sentence by sentence where it is long: a cry stands in the middle of a letter.

        ``by_words`` is the reply to a danger that words name; the detector may know them for a figure of speech, but not
        where somebody likely complains (who was treated badly and wants to die is believed), nor in a foreign language.
        """
        if self._ears is None or not text.strip():
            return Heard(by_words)
        parts = self._parts(text)
        rows, foreign = self.features.rows(parts), self.features.are_foreign(parts)
        shares, lines = self._ears.danger.probabilities(rows), self._ears.lines
        classes = self._ears.danger.classes
        risk = 1.0 - shares[:, classes.index(NONE)]
        risk[foreign & (risk < _FOREIGN)] = 0.0
        complaint = self._complaint(text, rows, foreign)
        line = lines.danger if len(text.strip()) > _FEW else max(lines.danger, _OF_FEW)
        is_loud = risk[0] >= line or (len(risk) > 1 and float(risk[1:].max()) >= _BY_ITSELF)
        if by_words and (float(risk.max()) >= _BELIEVED or foreign.any() or complaint >= Complaint.LIKELY):
            return Heard(by_words, complaint, self._entry, self._near)
        if is_loud and not (complaint is Complaint.SURE and float(risk.max()) < _BESIDE_COMPLAINT):
            signal = _loudest(shares[int(np.argmax(risk))], classes)
            return Heard(self._replies.get(signal, ""), complaint, self._entry, self._near)
        return Heard("", complaint, self._entry, self._near)

    def _complaint(self, text: str, rows: Vectors, foreign: NDArray[np.bool_]) -> Complaint:
        """By every part, and by the whole without names of places, which sound like a question about them."""
        if self._ears is None:
            return Complaint.NO
        loudest = self._complains(self._ears, rows, foreign)
        if nameless := without_names(text, self._names):
            whole = self._parts(nameless)[:1]
            rows, foreign = self.features.rows(whole), self.features.are_foreign(whole)
            loudest = max(loudest, self._complains(self._ears, rows, foreign))
        found = level(loudest, self._ears.lines)
        return max(found, Complaint.POSSIBLE) if self._is_told(text) else found

    @staticmethod
    def _complains(ears: Ears, rows: Vectors, foreign: NDArray[np.bool_]) -> float:
        """The loudest part; what is foreign and not sure is possible at most."""
        shares = complaint_shares(ears.complaint, rows)
        unsure = foreign & (shares < _FOREIGN)
        shares[unsure] = np.minimum(shares[unsure], ears.lines.possible)
        return float(shares.max())

    def _is_told(self, text: str) -> bool:
        """Whether the words alone say that it may be a complaint."""
        words = self._lexicon.words_in(text)
        return any(satisfied(groups, words) for groups in self._told)


def pattern_of(names: Collection[str]) -> re.Pattern[str] | None:
    """Names of places, the longest first; ``None`` where there are none."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if longest_first else None


def without_names(text: str, names: re.Pattern[str] | None) -> str:
    """The text without names of places; empty where it has none, or nothing else."""
    nameless = names.sub(" ", text).strip() if names is not None else ""
    return nameless if nameless != text.strip() else ""


def risks(detector: Detector, rows: Vectors) -> Floats:
    """The probability that a row is any danger at all."""
    shares: Floats = 1.0 - detector.probabilities(rows)[:, detector.classes.index(NONE)]
    return shares


def complaint_shares(detector: Detector, rows: Vectors) -> Floats:
    """The probability that a row complains."""
    shares: Floats = detector.probabilities(rows)[:, detector.classes.index(COMPLAINT)]
    return shares


def level(share: float, lines: Lines) -> Complaint:
    """How sure a probability is."""
    return Complaint(sum(share >= line for line in (lines.possible, lines.likely, lines.sure)))


def _loudest(shares: Floats, classes: Sequence[str]) -> str:
    """The likeliest danger of one part."""
    order = np.argsort(-shares, kind="stable")
    return next(classes[int(number)] for number in order if classes[int(number)] != NONE)
