"""``fitted.json``: the result of ``madoguchi fit``, its origin, and whether it still fits this FAQ."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Final

from pydantic import ValidationError

from faq.content.document import Document
from faq.content.model import Model
from faq.content.problem import Problem, Severity, shown
from faq.content.syntax import conflict, unprintable
from faq.knowledge import phrasings_of
from faq.matching import detector, network
from faq.matching.fusion import Fitted, Thresholds, Tuned
from faq.matching.hearing import Ears, Lines
from faq.matching.message_reader import SLOTS
from faq.training.evaluation import Bin, reliability, shares
from faq.training.hearing_fit import HearingFit
from faq.training.writers import MatchingFit

FITTED_NAME: Final = "fitted.json"
_PLACE: Final = f"entries/{FITTED_NAME}"
_AGAIN: Final = "madoguchi fit をもう一度実行してください"
_BACK: Final = "版管理から前の内容に戻すか、madoguchi fit をもう一度実行してください"
_OF_OLD: Final = '"channels"'
"""A key of files before networks."""
_NETWORK: Final = '"network"'
_NAMED: Final = 3
_LINES: Final = tuple(field.name for field in fields(Thresholds))
_WORTH_A_WORD: Final = 0.05
_STALE: Final = 0.25
"""Share of phrasings added or removed since the fit from which the weights count as outdated."""


class EarsFile(Model):
    """Detectors of danger and complaints, their lines, and their results on writers not used for training."""

    danger: dict[str, str]
    complaint: dict[str, str]
    lines: dict[str, float]
    danger_heard: str
    danger_false: str
    complaint_offered_first: str
    complaint_sent_unasked: str
    lookalike_to_ward: str

    def ears(self) -> Ears:
        """The detectors for hearing. Raises ``ValueError`` where the weights are not valid."""
        return Ears(detector.unpacked(self.danger), detector.unpacked(self.complaint), Lines(**self.lines))


class Half(Model):
    """One way of matching: the network, its lines, and results on writers that gave it nothing to learn."""

    network: dict[str, str]
    thresholds: dict[str, float]
    judged_by: int
    """Messages of those writers; the FAQ's examples where there are no writers."""
    reliability: tuple[Bin, ...]
    found: str
    right_at_once: str
    wrong_among_answered: str
    out_of_scope_answered: str
    out_of_scope_offered: str
    hearing: EarsFile | None = None


class FittedFile(Model):
    """The whole file; ``phrasings`` counts the phrasings per entry, decoy and reply used in the fit."""

    made_by: str
    made_on: date
    judged: str
    """Digest of the texts for which every example came out right with these weights; empty where one did not."""
    encoder: str
    examples: int
    with_encoder: Half
    without_encoder: Half
    phrasings: dict[str, int]

    def fitted(self) -> Fitted:
        """The values for matching."""
        return Fitted(_tuned(self.with_encoder), _tuned(self.without_encoder))


def read(text: str) -> FittedFile | Problem:
    """The file's content, or why it cannot be used."""
    if broken := unprintable(text) or conflict(text):
        return Problem(_PLACE, broken.line, broken.column, "fitted-broken", broken.message, _BACK)
    try:
        found = FittedFile.model_validate_json(text)
    except ValidationError as error:
        if _OF_OLD in text and _NETWORK not in text:
            return _foreign()
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "1行目"
        told = f"{FITTED_NAME} が読めません ({shown(place)})"
        return Problem(_PLACE, 1, 1, "fitted-broken", told, _BACK)
    halves = (found.with_encoder, found.without_encoder)
    try:
        networks = [tuned.network for tuned in map(_tuned, halves)]
    except (ValueError, TypeError):
        told = f"{FITTED_NAME} が読めません (network, hearing, thresholds)"
        return Problem(_PLACE, 1, 1, "fitted-broken", told, _BACK)
    sizes = [len(made.hidden) - SLOTS - 1 for made in networks if made is not None]
    if sizes[0] <= 0 or sizes[1] != 0:
        return _foreign()
    return found


def _foreign() -> Problem:
    return Problem(_PLACE, 1, 1, "fitted-foreign", f"{FITTED_NAME} は別の版の照合のものです", _AGAIN)


def check(found: FittedFile, files: Sequence[Document], encoder: str) -> list[Problem]:
    """Findings where the fit is outdated for these files; ``encoder`` is the one in use, empty for none."""
    problems = []
    now = _counts(files)
    names = set(now) | set(found.phrasings)
    moved = sum(abs(now.get(name, 0) - found.phrasings.get(name, 0)) for name in names)
    drift = moved / max(1, sum(found.phrasings.values()))
    lost = sorted(name.partition(":")[2] for name in found.phrasings if name not in now)
    if drift >= _WORTH_A_WORD:
        is_stale = drift >= _STALE
        code = "fitted-stale" if is_stale else "items-gone" if lost else "fitted-old"
        told, hint = f"{FITTED_NAME} を作ったあとに、言い方の{drift:.0%}が変わりました", _AGAIN
        if lost:
            some = "、".join(lost[:_NAMED]) + (" など" if len(lost) > _NAMED else "")
            told = f"{FITTED_NAME} を作ったときにあった{len(lost)}件 ({some}) がなくなりました。言い方の{drift:.0%}が変わっています"
            hint = f"消えたファイルがないか見てください。わざと消したのなら、{_AGAIN}"
        severity = Severity.ERROR if is_stale else Severity.WARNING
        problems.append(Problem(_PLACE, 1, 1, code, told, hint, severity))
    if encoder and found.encoder and encoder != found.encoder:
        told = f"{FITTED_NAME} は {found.encoder} で作られましたが、いまは {encoder} です"
        problems.append(Problem(_PLACE, 1, 1, "fitted-other-encoder", told, _AGAIN))
    return problems


def made(
    with_encoder: MatchingFit,
    without_encoder: MatchingFit,
    files: Sequence[Document],
    encoder: str,
    today: date,
    ears: tuple[HearingFit | None, HearingFit | None] = (None, None),
) -> FittedFile:
    """New content from two fits; ``ears`` are those with the encoder and without."""
    return FittedFile(
        made_by="madoguchi fit",
        made_on=today,
        judged="",
        encoder=encoder,
        examples=sum(len(f.examples) for f in files),
        with_encoder=_half(with_encoder, ears[0]),
        without_encoder=_half(without_encoder, ears[1]),
        phrasings=dict(sorted(_counts(files).items())),
    )


def digest(texts: Mapping[str, str]) -> str:
    """Digest of all files of an FAQ, by name."""
    hashed = hashlib.sha256()
    for name, text in sorted(texts.items()):
        hashed.update(f"{name}\0{text}\0".encode())
    return hashed.hexdigest()[:16]


def _half(outcome: MatchingFit, heard: HearingFit | None) -> Half:
    tuned = outcome.tuned
    if tuned.network is None:
        raise ValueError("a fit has a network")
    judges = outcome.held or outcome.examples
    return Half(
        network=tuned.network.packed(),
        thresholds={name: getattr(tuned.thresholds, name) for name in _LINES},
        judged_by=len(judges),
        reliability=reliability(judges),
        hearing=_ears_file(heard) if heard is not None else None,
        **{name: str(share) for name, share in shares(judges, tuned.thresholds).items()},
    )


def _ears_file(found: HearingFit) -> EarsFile:
    lines = found.ears.lines
    return EarsFile(
        danger=found.ears.danger.packed(),
        complaint=found.ears.complaint.packed(),
        lines={
            "danger": lines.danger,
            "possible": lines.possible,
            "likely": lines.likely,
            "sure": lines.sure,
        },
        danger_heard=str(found.heard),
        danger_false=str(found.alarms),
        complaint_offered_first=str(found.complaints_first),
        complaint_sent_unasked=str(found.complaints_unasked),
        lookalike_to_ward=str(found.lookalikes_to_ward),
    )


def _tuned(half: Half) -> Tuned:
    ears = half.hearing.ears() if half.hearing is not None else None
    return Tuned(Thresholds(**half.thresholds), network.unpacked(half.network), ears)


def _counts(files: Sequence[Document]) -> Mapping[str, int]:
    return Counter(p.label for p in phrasings_of(files))
