"""Index of everything in the FAQ's files with its place, for the checks across files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from faq.content.forms import ID, SOURCE_KEY
from faq.content.joining import asked_for
from faq.content.parse import Parsed
from faq.content.problem import Problem, Severity
from faq.content.window import Directory


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: the file and the path in it."""

    part: Parsed
    path: tuple[str | int, ...]

    def problem(self, code: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> Problem:
        return Problem(*self.part.where(*self.path), code, message, hint, severity)

    def at(self, *more: str | int) -> Spot:
        return Spot(self.part, (*self.path, *more))

    def __str__(self) -> str:
        name, line, _ = self.part.where(*self.path)
        return f"{name}:{line}"


_NAMES: Final = {"source": re.compile(SOURCE_KEY)}
_NAME: Final = re.compile(ID)
SECTIONS: Final = {"group": "groups", "source": "sources", "purpose": "purposes", "window": "windows",
                   "kind": "kinds", "entry": "entries", "reply": "replies", "decoy": "decoys",
                   "phrasing": "phrasings"}  # fmt: skip
"""The section of each kind of thing that can be referred to."""


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """A reference to something that does not exist."""

    spot: Spot
    what: str
    name: str
    value: str


class Survey:
    """All parts of all files with their places."""

    def __init__(self, parsed: Sequence[Parsed]) -> None:
        self.parsed = tuple(parsed)
        self.parts = [part for part in parsed if part.file is not None]
        self.is_sound = len(self.parts) == len(parsed)
        files = [(part, part.file) for part in self.parts if part.file is not None]
        self.profiles = [(Spot(p, ("profile",)), f.profile) for p, f in files if f.profile is not None]
        self.entries = [(Spot(p, ("entries", i)), e) for p, f in files for i, e in enumerate(f.entries)]
        self.groups = [(Spot(p, ("groups", i)), g) for p, f in files for i, g in enumerate(f.groups)]
        self.sources = [(Spot(p, ("sources", i)), s) for p, f in files for i, s in enumerate(f.sources)]
        self.purposes = [(Spot(p, ("purposes", i)), x) for p, f in files for i, x in enumerate(f.purposes)]
        self.windows = [(Spot(p, ("windows", i)), w) for p, f in files for i, w in enumerate(f.windows)]
        self.replies = [(Spot(p, ("replies", i)), r) for p, f in files for i, r in enumerate(f.replies)]
        self.kinds = [(Spot(p, ("kinds", i)), k) for p, f in files for i, k in enumerate(f.kinds)]
        self.decoys = [(Spot(p, ("decoys", i)), d) for p, f in files for i, d in enumerate(f.decoys)]
        self.signals = [(Spot(p, ("signals", i)), s) for p, f in files for i, s in enumerate(f.signals)]
        self.phrasings = [(Spot(p, ("phrasings", key)), key) for p, f in files for key in f.phrasings]
        self.examples = [(Spot(p, ("examples", i)), x) for p, f in files for i, x in enumerate(f.examples)]
        self.directory = Directory.of((w for _, w in self.windows), (x for _, x in self.purposes))
        self.ids: dict[str, set[str]] = {
            what: {name for part in parsed for name in (part.named or {}).get(section, ())}
            for what, section in SECTIONS.items()
        }
        self.ids["phrasing"] |= {item.id for _, f in files for _, item in asked_for(f) if item.utterances}
        self.unsure = {
            what
            for part in parsed
            if part.file is None
            for what, section in SECTIONS.items()
            if not all(
                _NAMES.get(what, _NAME).fullmatch(name) for name in (part.named or {}).get(section, ())
            )
        }
        """Kinds with an item whose id is faulty: dead references to such kinds are not reported in addition."""
        self.dead_ends: list[DeadEnd] = []

    def without(self, part: Parsed) -> Survey:
        """The survey without one file."""
        return Survey([other for other in self.parts if other is not part])

    def refer(self, spot: Spot, what: str, name: str, value: str) -> None:
        """Record a dead reference. ``name`` is the word that people use for such a thing."""
        if value not in self.ids[what] and what not in self.unsure:
            self.dead_ends.append(DeadEnd(spot, what, name, value))
