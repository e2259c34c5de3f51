"""When the desk is open: weekdays, holidays, the yearly closure, lunch breaks."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from faq.hours import Hours, Span
from faq.language import Language
from handlers.wording.resident import moment
from tests.small_faq import TOKYO


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T10:00", "2026-11-24T09:00"),  # 勤労感謝の日
        ("2026-12-31T17:31", "2027-01-04T09:00"),  # the yearly closure
        ("2026-05-02T12:00", "2026-05-07T09:00"),  # Saturday before Golden Week; 5/6 is a substitute holiday
        ("2026-09-19T12:00", "2026-09-24T09:00"),  # 9/22 is a 国民の休日 between two holidays
        ("2026-11-20T16:59", "2026-11-24T09:00"),  # Friday before a long weekend
        ("2026-11-24T08:59", "2026-11-24T09:00"),
        ("2026-11-24T09:00", "2026-11-25T09:00"),
    ],
)
def test_the_next_opening_is_named(now: str, opens: str) -> None:
    assert Hours().next_opening(at(now)) == at(opens)


def test_closing_time_is_closed_and_opening_time_is_open() -> None:
    assert Hours().is_open(at("2026-11-24T09:00"))
    assert Hours().is_open(at("2026-11-24T16:59"))
    assert not Hours().is_open(at("2026-11-24T17:00"))


def test_lunch_is_a_pause_and_the_afternoon_the_next_opening() -> None:
    hours = Hours(spans=(Span(time(9), time(12)), Span(time(13), time(17))))
    assert not hours.is_open(at("2026-11-24T12:30"))
    assert hours.next_opening(at("2026-11-24T12:30")) == at("2026-11-24T13:00")


def test_a_desk_that_never_opens_names_no_day() -> None:
    assert Hours(weekdays=frozenset()).next_opening(at("2026-11-24T12:30")) is None


def test_holidays_can_be_working_days() -> None:
    assert Hours(on_public_holidays=True).is_open_day(date(2026, 11, 23))


def test_a_closed_season_within_a_year_is_closed() -> None:
    summer = Hours(closed_from=(8, 10), closed_until=(8, 16))
    assert not summer.is_open_day(date(2026, 8, 12))
    assert summer.is_open_day(date(2026, 8, 17))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.JA, "11月24日(火) 9:00"),
        (Language.EN, "Tue 24 November, 9:00 (Tokyo time)"),
        (Language.ZH_HANS, "11月24日(星期二) 9:00"),
        (Language.KO, "11월 24일(화) 9:00"),
    ],
)
def test_a_moment_is_said_as_its_readers_say_it(language: Language, said: str) -> None:
    assert moment(at("2026-11-24T09:00"), language) == said
