"""Opening hours of the desk: calendar arithmetic over weekdays, public holidays and the turn of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import jpholiday

_LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class Span:
    """From ``opens`` until ``closes``, the latter not included."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Hours:
    """When the desk is staffed. Weekdays count from Monday = 0; ``closed_from``/``closed_until`` are (month, day)."""

    spans: Sequence[Span] = (Span(time(9), time(17)),)
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    on_public_holidays: bool = False
    closed_from: tuple[int, int] = (12, 29)
    closed_until: tuple[int, int] = (1, 3)

    def is_open_day(self, day: date) -> bool:
        """Whether the desk opens at all on that day."""
        if day.weekday() not in self.weekdays or self._is_in_closed_season(day):
            return False
        return self.on_public_holidays or not jpholiday.is_holiday(day)

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is at the desk at that moment (aware, in the desk's zone)."""
        clock = moment.time()
        return self.is_open_day(moment.date()) and any(s.opens <= clock < s.closes for s in self.spans)

    def next_opening(self, moment: datetime) -> datetime | None:
        """The next moment at which the desk opens, later than ``moment``; ``None`` if not within 60 days."""
        for ahead in range(_LOOK_AHEAD_DAYS):
            day = moment.date() + timedelta(days=ahead)
            if not self.is_open_day(day):
                continue
            for span in sorted(self.spans, key=lambda s: s.opens):
                opening = datetime.combine(day, span.opens, tzinfo=moment.tzinfo)
                if opening > moment:
                    return opening
        return None

    def open_between(self, begin: datetime, end: datetime) -> timedelta:
        """How long the desk was open between two moments: the time that counts for a promise to answer."""
        total, day = timedelta(), begin.date()
        while day <= end.date():
            if self.is_open_day(day):
                for span in self.spans:
                    opens = datetime.combine(day, span.opens, tzinfo=begin.tzinfo)
                    closes = datetime.combine(day, span.closes, tzinfo=begin.tzinfo)
                    total += max(timedelta(), min(end, closes) - max(begin, opens))
            day += timedelta(days=1)
        return total

    def _is_in_closed_season(self, day: date) -> bool:
        today = (day.month, day.day)
        if self.closed_from <= self.closed_until:
            return self.closed_from <= today <= self.closed_until
        return today >= self.closed_from or today <= self.closed_until
