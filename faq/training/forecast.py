"""What a search foretells for one labelled question, and what that comes to under given lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from faq.content.example import NONE
from faq.matching.fusion import Thresholds
from faq.matching.match import Found, Kind


@dataclass(frozen=True, slots=True)
class Forecast:
    """``sure`` is the probability of the first entry where nothing else leads, else 0; ``right`` whether that entry is
    right; ``among_three`` whether one of the first three is.
    """

    sure: float
    right: bool
    among_three: bool
    group: str
    """The right entry, or "none"."""
    language: str
    first: float = 0.0
    """Probability of the first entry, whatever leads."""
    together: float = 0.0
    """Probability of the first three entries together."""
    elsewhere: float = 0.0
    """Probability of what leads, where that is no entry."""
    writer: str = ""
    style: str = ""

    @property
    def ours(self) -> bool:
        return self.group != NONE

    def is_offered(self, lines: Thresholds) -> bool:
        """Whether entries would be offered: not sure enough to answer, nothing else speaks, and not too faint."""
        if self.sure >= lines.answer or self.elsewhere >= lines.elsewhere:
            return False
        return self.first >= lines.floor and self.together >= lines.offer


def forecast(
    found: Found, right: Collection[str], group: str, *, writer: str = "", style: str = ""
) -> Forecast:
    """The forecast of one search; ``right`` are the ids of right entries, ``group`` the first of them or "none"."""
    matches = [m for m in found.matches if not m.blocked]
    entries = [m for m in matches if m.kind is Kind.ENTRY][:3]
    language = (found.language or "?") if found.language is None else found.language.value
    replies = (m.score for m in matches if m.kind is Kind.REPLY)
    leader = 1.0 if found.reply else max(found.not_ours, *replies, 0.0)
    first = entries[0].score if entries else 0.0
    leads = first > leader and not found.reply
    return Forecast(
        sure=first if leads else 0.0,
        right=leads and entries[0].id in right,
        among_three=not found.reply and any(m.id in right for m in entries),
        group=group,
        language=language,
        first=first,
        together=sum(m.score for m in entries),
        elsewhere=0.0 if leads else leader,
        writer=writer,
        style=style,
    )
