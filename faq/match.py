"""What a search finds: ranked candidates, each with the evidence that proposed it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from faq.language import Language


class Kind(StrEnum):
    """What a candidate is."""

    ENTRY = "entry"
    DECOY = "decoy"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why: the channel that spoke, the phrasing it compared with, and how alike it found them (0 to 1)."""

    channel: str
    phrasing: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate. ``score`` is between 0 and 1; ``blocked`` names the word rule that forbids answering with it."""

    kind: Kind
    id: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, best first. ``reply`` is a courtesy whose own words decide alone (火事 → 119)."""

    language: Language | None
    matches: tuple[Match, ...] = ()
    reply: str = ""
