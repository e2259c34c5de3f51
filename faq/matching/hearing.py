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
from faq.matching.figures import Figures
from faq.matching.index import Floats
from faq.matching.match import Complaint, Heard
from faq.matching.meaning import Vectors
from faq.matching.word_rules import Lexicon, folded_groups, satisfied

COMPLAINT: Final = "complaint"
NO_FIGURES: Final = Figures(())
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


@dataclass(frozen=True, slots=True)
class _Read:
    """Some parts of a message as the detectors see them, and which of them are foreign."""

    rows: Vectors
    foreign: NDArray[np.bool_]


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
        figures: Figures = NO_FIGURES,
        courtesies: Figures = NO_FIGURES,
    ) -> None:
        """``near`` are the entries that send people to the same window as the one on complaints, ``names`` those of places."""
        self._near = near
        self._names = pattern_of(names)
        self._ears = ears
        self.features = features
        self._figures = figures
        self._courtesies = courtesies
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
        ears, whole = self._ears, self._read(self._parts(text))
        meant, told = self._figures.without(text), self._courtesies.without(text)
        complaint, danger = Complaint.NO, ""
        if told:
            complaint = self._complaint(ears, told, whole if told == text else self._read(self._parts(told)))
        if meant:
            read = whole if meant == text else self._read(self._parts(meant))
            danger = self._danger(ears, meant, read, by_words, complaint)
        return Heard(danger, complaint, self._entry, self._near)

    def _danger(self, ears: Ears, said: str, read: _Read, by_words: str, complaint: Complaint) -> str:
        """The reply to the danger in what is said without figures of speech; empty where there is none."""
        shares, classes = ears.danger.probabilities(read.rows), ears.danger.classes
        risk = 1.0 - shares[:, classes.index(NONE)]
        risk[read.foreign & (risk < _FOREIGN)] = 0.0
        loudest = float(risk.max())
        if by_words and (loudest >= _BELIEVED or read.foreign.any() or complaint >= Complaint.LIKELY):
            return by_words
        line = ears.lines.danger if len(said.strip()) > _FEW else max(ears.lines.danger, _OF_FEW)
        is_loud = risk[0] >= line or (len(risk) > 1 and float(risk[1:].max()) >= _BY_ITSELF)
        if not is_loud or (complaint is Complaint.SURE and loudest < _BESIDE_COMPLAINT):
            return ""
        return self._replies.get(_loudest(shares[int(np.argmax(risk))], classes), "")

    def _complaint(self, ears: Ears, text: str, read: _Read) -> Complaint:
        """By every part, and by the whole without names of places, which sound like a question about them."""
        loudest = self._complains(ears, read)
        if nameless := without_names(text, self._names):
            loudest = max(loudest, self._complains(ears, self._read(self._parts(nameless)[:1])))
        found = level(loudest, ears.lines)
        return max(found, Complaint.POSSIBLE) if self._is_told(text) else found

    @staticmethod
    def _complains(ears: Ears, read: _Read) -> float:
        """The loudest part; what is foreign and not sure is possible at most."""
        shares = complaint_shares(ears.complaint, read.rows)
        unsure = read.foreign & (shares < _FOREIGN)
        shares[unsure] = np.minimum(shares[unsure], ears.lines.possible)
        return float(shares.max())

    def _read(self, parts: Sequence[str]) -> _Read:
        return _Read(self.features.rows(parts), self.features.are_foreign(parts))

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
