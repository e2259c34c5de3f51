"""Opening hours of the desk: weekdays, public holidays, the yearly closure and planned closures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

import jpholiday

from faq.language import Language

_LOOK_AHEAD_DAYS = 400
"""How far ahead an opening is searched: more than a year, for a building under renovation."""
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Span:
    """From ``opens`` to ``closes``, exclusive; a span that closes at 0:00 lasts until the end of the day (24:00)."""

    opens: time
    closes: time

    def holds(self, clock: time) -> bool:
        """Whether a time of day is in the span."""
        return self.opens <= clock and (clock < self.closes or self.closes == _MIDNIGHT)

    def on(self, day: date, zone: tzinfo | None) -> tuple[datetime, datetime]:
        """Start and end on that day."""
        last = day + timedelta(days=1) if self.closes == _MIDNIGHT else day
        return datetime.combine(day, self.opens, zone), datetime.combine(last, self.closes, zone)


@dataclass(frozen=True, slots=True)
class Closure:
    """Planned days without anybody at the desk, ``last`` included; ``why`` is a sentence for residents, by language."""

    first: date
    last: date
    why: Mapping[Language, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hours:
    """When the desk is staffed. Weekdays count from Monday = 0; ``closed_from``/``closed_until`` are (month, day)."""

    spans: Sequence[Span] = (Span(time(9), time(17)),)
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    on_public_holidays: bool = False
    closed_from: tuple[int, int] = (12, 29)
    closed_until: tuple[int, int] = (1, 3)
    closures: Sequence[Closure] = ()

    def is_open_day(self, day: date) -> bool:
        """Whether the desk opens at all on that day."""
        return self._is_working_day(day) and self._closure_on(day) is None

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is at the desk at that moment (with the desk's time zone)."""
        clock = moment.time()
        return self.is_open_day(moment.date()) and any(span.holds(clock) for span in self.spans)

    def next_opening(self, moment: datetime) -> datetime | None:
        """Start of the next span after ``moment``; ``None`` if not within 400 days."""
        for ahead in range(_LOOK_AHEAD_DAYS):
            day = moment.date() + timedelta(days=ahead)
            if not self.is_open_day(day):
                continue
            for span in sorted(self.spans, key=lambda s: s.opens):
                opening, _ = span.on(day, moment.tzinfo)
                if opening > moment:
                    return opening
        return None

    def open_between(self, begin: datetime, end: datetime) -> timedelta:
        """Opening time between two moments, which response targets count."""
        total, day = timedelta(), begin.date()
        while day <= end.date():
            if self.is_open_day(day):
                for span in self.spans:
                    opens, closes = span.on(day, begin.tzinfo)
                    total += max(timedelta(), min(end, closes) - max(begin, opens))
            day += timedelta(days=1)
        return total

    def closures_until(self, moment: datetime, opening: datetime | None) -> tuple[Closure, ...]:
        """The planned closures without which the desk would open before ``opening``, each once; without an
        ``opening``, those within the days searched.
        """
        last = opening.date() if opening is not None else moment.date() + timedelta(days=_LOOK_AHEAD_DAYS)
        found: list[Closure] = []
        day = moment.date()
        while day <= last:
            closure = self._closure_on(day)
            is_over = day == moment.date() and all(s.on(day, moment.tzinfo)[1] <= moment for s in self.spans)
            if closure is not None and closure not in found and not is_over and self._is_working_day(day):
                found.append(closure)
            day += timedelta(days=1)
        return tuple(found)

    def _is_working_day(self, day: date) -> bool:
        if day.weekday() not in self.weekdays or self._is_in_closed_season(day):
            return False
        return self.on_public_holidays or not jpholiday.is_holiday(day)

    def _closure_on(self, day: date) -> Closure | None:
        return next((closure for closure in self.closures if closure.first <= day <= closure.last), None)

    def _is_in_closed_season(self, day: date) -> bool:
        today = (day.month, day.day)
        if self.closed_from <= self.closed_until:
            return self.closed_from <= today <= self.closed_until
        return today >= self.closed_from or today <= self.closed_until
