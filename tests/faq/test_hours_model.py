"""The calendar compared with a model that examines every minute, for any hours, holidays and closures."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import jpholiday
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from faq.hours import Closure, Hours, Span
from faq.language import Language
from tests.small_faq import TOKYO

MINUTE = timedelta(minutes=1)
DAYS = st.dates(date(2026, 4, 25), date(2027, 1, 8))
"""Includes Golden Week and the New Year."""


@st.composite
def calendars(draw: st.DrawFn) -> Hours:
    """Up to three spans that do not overlap, the last maybe until 24:00."""
    minutes = sorted(draw(st.sets(st.integers(0, 24 * 60), min_size=2, max_size=6)))
    pairs = list(zip(minutes[::2], minutes[1::2], strict=False))
    spans = [Span(_clock(a), _clock(b)) for a, b in pairs]
    closures = [
        Closure(first, first + timedelta(days=length))
        for first, length in draw(st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=4))
    ]
    season = draw(
        st.sampled_from([((12, 29), (1, 3)), ((8, 10), (8, 16)), ((2, 29), (2, 29)), ((1, 1), (12, 31))])
    )
    return Hours(
        spans=draw(st.permutations(spans)), weekdays=frozenset(draw(st.sets(st.integers(0, 6)))),
        on_public_holidays=draw(st.booleans()), closed_from=season[0], closed_until=season[1], closures=closures,
    )  # fmt: skip


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


class Model:
    """A literal implementation of the settings' definitions."""

    def __init__(self, hours: Hours) -> None:
        self.hours = hours
        season = [(m, d) for m in range(1, 13) for d in range(1, 32)]
        begin, end = season.index(hours.closed_from), season.index(hours.closed_until)
        self.season = season[begin : end + 1] if begin <= end else season[begin:] + season[: end + 1]
        self.days: dict[date, bool] = {}
        self.minutes = {
            minute
            for s in hours.spans
            for minute in range(
                s.opens.hour * 60 + s.opens.minute, s.closes.hour * 60 + s.closes.minute or 24 * 60
            )
        }

    def is_staffed(self, moment: datetime) -> bool:
        day = moment.date()
        if day not in self.days:
            self.days[day] = (
                day.weekday() in self.hours.weekdays
                and (day.month, day.day) not in self.season
                and (self.hours.on_public_holidays or not jpholiday.is_holiday(day))
                and all(not closure.first <= day <= closure.last for closure in self.hours.closures)
            )
        return self.days[day] and moment.hour * 60 + moment.minute in self.minutes


def at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(0), TOKYO) + minute * MINUTE


@settings(max_examples=80, deadline=None)
@given(hours=calendars(), day=DAYS, minute=st.integers(0, 24 * 60 - 1), length=st.integers(0, 3 * 24 * 60))
def test_what_is_open_and_for_how_long_agrees_with_every_minute(
    hours: Hours, day: date, minute: int, length: int
) -> None:
    begin, model = at(day, minute), Model(hours)
    staffed = [model.is_staffed(begin + n * MINUTE) for n in range(length)]
    assert [hours.is_open(begin + n * MINUTE) for n in range(0, length, 37)] == staffed[::37]
    assert hours.open_between(begin, begin + length * MINUTE) == sum(staffed) * MINUTE


@settings(max_examples=80, deadline=None)
@given(hours=calendars(), day=DAYS, minute=st.integers(0, 24 * 60 - 1))
def test_the_next_opening_is_the_first_minute_at_which_somebody_is_there(
    hours: Hours, day: date, minute: int
) -> None:
    moment, model = at(day, minute), Model(hours)
    assume(not model.is_staffed(moment))
    opening = hours.next_opening(moment)
    horizon = 6 * 24 * 60
    first = next((n for n in range(1, horizon) if model.is_staffed(moment + n * MINUTE)), None)
    if first is not None:
        assert opening == moment + first * MINUTE
    else:
        assert opening is None or opening >= moment + horizon * MINUTE
    if opening is not None:
        assert model.is_staffed(opening)
        assert not hours.open_between(moment, opening)


def test_a_desk_that_is_closed_for_good_names_no_opening_and_says_why() -> None:
    for_ever = Closure(date(2026, 1, 1), date(9998, 12, 31), {Language.JA: "閉じました。"})
    hours = Hours(closures=(for_ever,))
    assert hours.next_opening(at(date(2026, 11, 25), 0)) is None
    assert hours.closures_until(at(date(2026, 11, 25), 0), None) == (for_ever,)


def test_round_the_clock_has_no_closed_minute() -> None:
    hours = Hours(
        spans=(Span(time(0), time(0)),), weekdays=frozenset(range(7)), on_public_holidays=True,
        closed_from=(2, 29), closed_until=(2, 29),
    )  # fmt: skip
    begin = at(date(2026, 12, 28), 0)
    assert all(hours.is_open(begin + n * MINUTE) for n in range(7 * 24 * 60))
    assert hours.is_open(begin - timedelta(microseconds=1))
    assert hours.open_between(begin, begin + timedelta(days=30)) == timedelta(days=30)


def test_only_closures_that_keep_the_desk_closed_are_named() -> None:
    weekend = Closure(date(2026, 11, 28), date(2026, 11, 29))
    monday = Closure(date(2026, 11, 30), date(2026, 11, 30))
    later = Closure(date(2026, 12, 9), date(2026, 12, 9))
    hours = Hours(closures=(weekend, monday, later))
    friday = at(date(2026, 11, 27), 18 * 60)
    opening = hours.next_opening(friday)
    assert opening == at(date(2026, 12, 1), 9 * 60)
    assert hours.closures_until(friday, opening) == (monday,)
    evening = at(date(2026, 11, 30), 17 * 60)
    assert hours.closures_until(evening, hours.next_opening(evening)) == ()
