"""The current text of an entry: the core that is read first, and the parts that are one tap away."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from faq.answer_labels import labelled, mark
from faq.content.entry import Entry
from faq.content.profile import Profile
from faq.content.provenance import Source
from faq.content.window import Directory, Window
from faq.language import Language, pick
from faq.window_text import fill_windows, source_line, where_to_ask, who_runs

_SENTENCE: Final = re.compile(r"\s*(?:「[^」]*」|.)+?(?:[。！？!?]|[.](?=\s|$)|$)", re.MULTILINE)
_BARE: Final = 7
"""Most characters of a sentence that says yes, no, or how much: はい。 かかりません。"""
_STEP: Final = re.compile(r"\s*1[.．]")
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
FOLD_SIGN: Final = "▼"
"""Stands before the name of each part that is one tap away."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A part of an answer that is one tap away."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Byte for byte the same for everybody, given entry, version, language and directory."""

    entry: str
    version: int
    language: Language
    core: str
    """What fits the screen: the words, one number where there is only one, and the line of evidence."""
    details: tuple[Detail, ...]
    windows: tuple[str, ...]
    receipt: str
    review_overdue: bool

    @property
    def text(self) -> str:
        """All of it."""
        return self.core + self.rest

    @property
    def rest(self) -> str:
        """What follows the core, with what separates it."""
        return "".join(f"\n\n{FOLD_SIGN} {part.name}\n{part.text}" for part in self.details)


def part_names(folded: str) -> list[str]:
    """The names of the parts in what is folded of a text, each with its sign."""
    return [line for line in folded.split("\n") if line.startswith(f"{FOLD_SIGN} ")]


def receipt(entry: str, version: int) -> str:
    """A short code to read out on the phone; it identifies entry and version, and no person."""
    digest = hashlib.sha256(f"{entry}/{version}".encode()).digest()
    number = int.from_bytes(digest[:4], "big")
    letters = []
    for _ in range(5):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(letters)


def first_sentence(core: str) -> str:
    """The first sentence of a core; after a bare yes or no, the next one with it."""
    found = _SENTENCE.match(core.strip())
    if found is None:
        return core.strip()
    after = _SENTENCE.match(core.strip(), found.end())
    return found[0] + after[0].rstrip() if len(found[0]) <= _BARE and after is not None else found[0]


def render(
    entry: Entry,
    directory: Directory,
    sources: Mapping[str, Source],
    town: Profile,
    language: Language,
    today: date,
    *,
    facility: str = "",
    about: str = "",
) -> Answer:
    """The text of this version: core, and the parts 手順, 窓口と電話, 出典・くわしく.

    ``facility`` is the window of the resident's own facility: it is told instead of other facilities' windows.
    ``about`` is the facility whose number is seen at once.
    """
    in_language, body = pick(entry.first, language)
    words, windows = fill_windows(body.strip(), directory, in_language)
    more, further = (
        fill_windows(pick(entry.detail, language)[1].strip(), directory, in_language)
        if entry.detail
        else ("", ())
    )
    windows = _for_facility({w.id: w for w in (*windows, *further)}.values(), directory.windows.get(facility))
    code = receipt(entry.id, entry.version)
    evidence = labelled(
        "evidence", in_language, mark=mark(entry.provenance, in_language), version=entry.version, receipt=code
    )
    parts = [Detail(labelled("steps" if _STEP.match(more) else "more", in_language), more)] if more else []
    if windows:
        told = "\n\n".join(where_to_ask(window, in_language) for window in windows)
        parts.append(Detail(labelled("windows", in_language), told))
    foot = _foot(entry, [sources[key] for key in entry.sources], windows, town, in_language, code)
    parts.append(Detail(labelled("sources", in_language), foot))
    own = [w for w in windows if w.id == about and (w.phone or about == facility)]
    core = "\n\n".join([words, "\n".join([*_one_number(windows, own, in_language), evidence])])
    return Answer(
        entry.id, entry.version, in_language, core, tuple(parts), tuple(w.id for w in windows), code,
        today > entry.review_on,
    )  # fmt: skip


def _for_facility(windows: Collection[Window], own: Window | None) -> tuple[Window, ...]:
    """The windows to be told: the resident's own facility in place of any other ones."""
    if own is None or own.facility is None:
        return tuple(windows)
    others = tuple(window for window in windows if window.facility is None)
    return (own, *others) if len(others) < len(windows) else others


def _one_number(windows: Sequence[Window], own: Sequence[Window], language: Language) -> list[str]:
    """The window to call, where one is known: the resident's own facility, or the only one that is no facility's."""
    of_all = [window for window in windows if window.facility is None and window.phone]
    called = [window for window in own if window.facility is not None][:1] or of_all
    if len(called) != 1:
        return []
    name, window = pick(called[0].name, language)[1], called[0]
    if window.phone:
        return [labelled("call", language, window=name, phone=window.phone)]
    return [f"{name}: {pick(window.phone_note, language)[1]}"] if window.phone_note else []


def _foot(
    entry: Entry,
    sources: Sequence[Source],
    windows: Sequence[Window],
    town: Profile,
    language: Language,
    code: str,
) -> str:
    lines = [caution] if (caution := town.caution(entry.provenance, language)) else []
    lines += [told for window in windows if (told := who_runs(window, language))]
    lines += [source_line(source, language) for source in sources]
    checked = labelled("checked", language, date=entry.checked_on.isoformat())
    if entry.verified_on and entry.verified_by:
        checked += " · " + labelled(
            "verified", language, date=entry.verified_on.isoformat(), who=entry.verified_by
        )
    receipt_line = labelled("receipt", language, receipt=code, entry=entry.id, version=entry.version)
    return "\n".join([*lines, checked, receipt_line])
