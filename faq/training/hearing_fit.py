"""How the ears are fitted: detectors from labelled messages, lines from what they say of messages they never saw.

The messages of one writer resemble one another, and folds over them promise too much. The lines are therefore drawn on
messages of other writers (``held``): where few look-alikes are taken for the real thing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.content.document import Document, profile_of
from faq.content.signal import SignalKind
from faq.content.window import Directory
from faq.matching.detector import NONE, SLOTS, Detector, trained
from faq.matching.hearing import COMPLAINT, Ears, Lines, complaint_shares, pattern_of, risks, without_names
from faq.matching.index import Floats, Phrasing
from faq.matching.match import Kind
from faq.matching.meaning import Vectors
from faq.matching.parts import all_parts_of
from faq.training.evaluation import Share

_TAKEN: Final = 0.04
"""Share of look-alikes that may be taken for a danger: one tap leads back from the numbers, and nothing from their absence."""
_TAKEN_BY_LETTERS: Final = 0.005
"""The same where there is no encoder: letters alone tell little, and words of danger are heard beside them."""
_UNASKED: Final = 0.03
"""Share of look-alikes that may go to the ward without a question."""
_OFFERED: Final = 0.17
"""Share of look-alikes that may be shown the entry on complaints first."""
_MISSED: Final = 0.004
"""Share of complaints that may be sent to the facility without a question."""
_MARGIN: Final = 0.01
"""How much lower that line is than it was drawn: strangers resemble the writers held back less than these each other."""
_LINES: Final = tuple(round(0.01 * n, 2) for n in range(1, 96))
_PHRASINGS: Final = 20_000
_BESIDE: Final = 0.5
"""The FAQ's own phrasings carry no signal; each counts half of a message that somebody labelled."""

Rows = Callable[[Sequence[str]], Vectors]
"""Texts to what the detectors look at, one row a text."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message; ``label`` is a class of the detector, ``weight`` how much it teaches. One that is ``held`` judges."""

    text: str
    label: str
    weight: float = 1.0
    held: bool = False


@dataclass(frozen=True, slots=True)
class HearingFit:
    """The ears, and how they did on writers who gave no training data."""

    ears: Ears
    heard: Share
    alarms: Share
    complaints_first: Share
    complaints_unasked: Share
    lookalikes_to_ward: Share


def fit_hearing(files: Sequence[Document], phrasings: Sequence[Phrasing], rows: Rows) -> HearingFit | None:
    """Both detectors with their lines; ``None`` where the FAQ has no messages for one of the two.

    The writers' messages are not learned from: thousands of quiet ones more cost three of 151 dangers of others.
    """
    danger, complaint = dangers(files, phrasings), complaints(files, phrasings)
    if not all(_is_complete(messages) for messages in (danger, complaint)):
        return None
    loud, risk, is_danger = _fitted(danger, rows, risks)
    directory = Directory.of((w for f in files for w in f.windows), (p for f in files for p in f.purposes))
    names = pattern_of(directory.names(profile_of(files).municipality.values()))

    def listened_to(text: str) -> list[str]:
        """A complaint is heard in any part of a message, and in the whole without names of places."""
        nameless = without_names(text, names)
        return [*all_parts_of(text), *(all_parts_of(nameless)[:1] if nameless else ())]

    sore, share, is_complaint = _fitted(complaint, rows, complaint_shares, listened_to)
    likely = _line(share[~is_complaint], _OFFERED)
    lines = Lines(
        danger=_line(risk[~is_danger], _TAKEN if rows([""]).shape[1] > SLOTS else _TAKEN_BY_LETTERS),
        possible=min(likely, max(_LINES[0], round(_line_for(share[is_complaint], _MISSED) - _MARGIN, 2))),
        likely=likely,
        sure=_line(share[~is_complaint], _UNASKED),
    )
    return HearingFit(
        Ears(loud, sore, lines),
        heard=_share(risk[is_danger], lines.danger),
        alarms=_share(risk[~is_danger], lines.danger),
        complaints_first=_share(share[is_complaint], lines.likely),
        complaints_unasked=_share(-share[is_complaint], -lines.possible),
        lookalikes_to_ward=_share(share[~is_complaint], lines.sure),
    )


def dangers(files: Sequence[Document], phrasings: Sequence[Phrasing]) -> list[Labelled]:
    """What the danger detector learns from: signals, look-alikes of both kinds, complaints, and phrasings."""
    replies = {r.id for f in files for r in f.replies if r.danger}
    quiet = [p for p in phrasings if not (p.kind is Kind.REPLY and p.target in replies)]
    return [
        *_signals(files, SignalKind.DANGER),
        *(replace(m, label=NONE) for m in _signals(files, SignalKind.COMPLAINT) if not m.held),
        *_lookalikes(files, SignalKind.DANGER),
        *(m for m in _lookalikes(files, SignalKind.COMPLAINT) if not m.held),
        *_some(quiet),
    ]


def complaints(files: Sequence[Document], phrasings: Sequence[Phrasing]) -> list[Labelled]:
    """What the complaint detector learns from.

    The entry's own phrasings count as complaints; those of the other entries in its file come near and are left out.
    """
    entries = {s.entry for f in files for s in f.signals if s.kind is SignalKind.COMPLAINT}
    near = [f.entries for f in files if entries & {e.id for e in f.entries}]
    beside = {entry.id for part in near for entry in part}
    replies = {r.id for f in files for r in f.replies if r.danger}
    own = [p for p in phrasings if p.kind is Kind.ENTRY and p.target in entries]
    quiet = [p for p in phrasings if p.target not in beside | replies]
    return [
        *(replace(m, label=COMPLAINT) for m in _signals(files, SignalKind.COMPLAINT)),
        *_lookalikes(files, SignalKind.COMPLAINT),
        *(m for m in _lookalikes(files, SignalKind.DANGER) if not m.held),
        *(Labelled(p.text, COMPLAINT, _BESIDE) for p in own),
        *_some(quiet),
    ]


def _signals(files: Sequence[Document], kind: SignalKind) -> list[Labelled]:
    return [
        Labelled(text, signal.id, held=signal.held)
        for file in files
        for signal in file.signals
        if signal.kind is kind
        for texts in signal.messages.values()
        for text in texts
    ]


def _lookalikes(files: Sequence[Document], kind: SignalKind) -> list[Labelled]:
    return [
        Labelled(text, NONE, held=part.held)
        for file in files
        for part in file.lookalikes
        if part.kind is kind
        for texts in part.messages.values()
        for text in texts
    ]


def _some(phrasings: Sequence[Phrasing]) -> list[Labelled]:
    """Phrasings evenly from all targets, about ``_PHRASINGS``, and every courtesy: those are short and said often."""
    step = max(1, -(-len(phrasings) // _PHRASINGS))
    courtesies = [p for p in phrasings if p.kind is Kind.REPLY]
    return [
        *(Labelled(p.text, NONE, _BESIDE) for p in phrasings[::step] if p.kind is not Kind.REPLY),
        *(Labelled(p.text, NONE) for p in courtesies),
    ]


def _is_complete(messages: Sequence[Labelled]) -> bool:
    """Whether there is something to learn and something to draw lines on, of either sort."""
    return len({(m.held, m.label == NONE) for m in messages}) == 4


def _fitted(
    messages: Sequence[Labelled],
    rows: Rows,
    share: Callable[[Detector, Vectors], Floats],
    parts: Callable[[str], Sequence[str]] = lambda text: (text,),
) -> tuple[Detector, Floats, NDArray[np.bool_]]:
    """The detector, what it says of the loudest part of each message held back, and which of those carry the signal."""
    taught, held = [m for m in messages if not m.held], [m for m in messages if m.held]
    texts = [m.text for m in taught]
    labels = [m.label for m in taught]
    classes = [NONE, *dict.fromkeys(label for label in labels if label != NONE)]
    weights = np.array([m.weight for m in taught])
    found = trained(rows(texts), labels, weights, classes)
    loudest = [float(share(found, rows(those)).max()) for those in map(parts, (m.text for m in held))]
    return found, np.array(loudest), np.array([m.label != NONE for m in held])


def _line(quiet: Floats, allowed: float) -> float:
    """The lowest line that at most this share of what carries no signal reaches."""
    return next((line for line in _LINES if float((quiet >= line).mean()) <= allowed), _LINES[-1])


def _line_for(loud: Floats, missed: float) -> float:
    """The highest line that at most this share of what carries the signal stays below."""
    return next((line for line in reversed(_LINES) if float((loud < line).mean()) <= missed), _LINES[0])


def _share(shares: Floats, line: float) -> Share:
    return Share(int((shares >= line).sum()), len(shares))
