"""What a search finds: ranked candidates, each with the evidence that proposed it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

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


class Complaint(IntEnum):
    """How surely a message complains of people or a facility."""

    NO = 0
    POSSIBLE = 1
    """Not to be shown to the facility without asking first."""
    LIKELY = 2
    """The entry on complaints comes first among the offers."""
    SURE = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """``danger`` is the id of a reply, empty where nobody is in danger; ``entry`` the one on complaints."""

    danger: str = ""
    complaint: Complaint = Complaint.NO
    entry: str = ""
    near: frozenset[str] = frozenset()
    """Entries that send people to the same window: they may be meant just as well where they are surely found."""


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, best first. ``reply`` is a courtesy whose own words decide alone (火事 → 119)."""

    language: Language | None
    matches: tuple[Match, ...] = ()
    reply: str = ""
    heard: Heard = Heard()
    """What the message carries whatever it asks."""
    person: str = ""
    """The reply that answers the wish for a person, whether or not it is among the candidates; empty where there is none."""
