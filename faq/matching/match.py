"""Results of a search: ranked candidates, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from faq.language import Language


class Kind(StrEnum):
    """The kind of a candidate."""

    ENTRY = "entry"
    DECOY = "decoy"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The channel, the phrasing it compared with, and their similarity (0 to 1)."""

    channel: str
    phrasing: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate. ``score`` is a probability; ``blocked`` names the word rule that forbids it as an answer."""

    kind: Kind
    id: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    blocked: str = ""


class Complaint(IntEnum):
    """How surely a message is a complaint about people or a facility."""

    NO = 0
    POSSIBLE = 1
    """Must not be shown to the facility without asking."""
    LIKELY = 2
    """The entry on complaints is offered first."""
    SURE = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """``danger`` is a reply's id, empty where nobody is in danger; ``entry`` is the entry on complaints."""

    danger: str = ""
    complaint: Complaint = Complaint.NO
    entry: str = ""
    near: frozenset[str] = frozenset()
    """Entries with the same window as the entry on complaints: if found surely, they may be meant as well."""


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, best first. ``reply`` is a courtesy that words alone decide (火事 → 119)."""

    language: Language | None
    matches: tuple[Match, ...] = ()
    reply: str = ""
    heard: Heard = Heard()
    """What is heard in the message, whatever it asks."""
    person: str = ""
    """The reply to the wish for a person, whether or not it is a candidate; empty where there is none."""
    nothing: float = 0.0
    """Probability that the message is for nobody here, as far as that was learned."""

    @property
    def not_ours(self) -> float:
        """Probability that the message is about something else, whether or not that has a reply."""
        return self.nothing + sum(m.score for m in self.matches if m.kind is Kind.DECOY)
