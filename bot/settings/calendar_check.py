"""Calendar settings that are valid but unlikely to be intended: reversed seasons, closures of years, closures in
the past.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from bot.errors import both
from faq.content.problem import Problem, Severity
from faq.hours import Hours

Lines = Mapping[tuple[str | int, ...], int]
"""The line of config.yaml of each setting, counted from 1."""

LONGEST_USUAL: Final = timedelta(days=21)
_YEAR: Final = timedelta(days=366)
_AHEAD: Final = 400
_DAY: Final = timedelta(days=1)
_AS_MEANT: Final = ("そのとおりなら、このままでかまいません", "if that is meant, leave it as it is")


def odd(hours: Hours, lines: Lines, source: str, today: date) -> list[Problem]:
    """Warnings, each with its line; none keeps the bot from running."""
    found: list[Problem] = []

    def warn(part: tuple[str | int, ...], code: str, told: tuple[str, str], remedy: tuple[str, str]) -> None:
        line = lines.get(("desk", *part), lines.get(("desk", part[0]), 1))
        message, hint = both(*told), both(*remedy)
        found.append(Problem(source, line, 1, code, message, hint, Severity.WARNING))

    season = _season(hours)
    if season > LONGEST_USUAL:
        first, last = (f"{month:02d}-{day:02d}" for month, day in (hours.closed_from, hours.closed_until))
        is_swapped = _YEAR - season < LONGEST_USUAL
        warn(
            ("closed_from",),
            "season-long",
            (f"年末年始の休みが、{first} から {last} まで、{season.days}日間になっています",
             f"the yearly closure goes from {first} to {last}, which is {season.days} days"),
            (f"逆なら closed_from: {last} と closed_until: {first} に入れかえてください。{_AS_MEANT[0]}",
             f"if it is the wrong way round write closed_from: {last} and closed_until: {first}; {_AS_MEANT[1]}")
            if is_swapped
            else (f"日付を見直してください。{_AS_MEANT[0]}", f"look at the days again; {_AS_MEANT[1]}"),
        )  # fmt: skip
    for number, closure in enumerate(hours.closures):
        part, days = ("closures", number), closure.last - closure.first + _DAY
        named = f"{closure.first}" if closure.first == closure.last else f"{closure.first}〜{closure.last}"
        if closure.last < today:
            warn(part, "closure-over", (f"{named} の休みは、もう終わっています", f"the closure {named} is over"),
                 ("この行を消してください", "remove the line"))  # fmt: skip
        elif days > _YEAR:
            warn(part, "closure-of-years",
                 (f"{named} の休みは、1年より長く ({days.days}日間) なっています",
                  f"the closure {named} is longer than a year ({days.days} days)"),
                 (f"年を見直してください。{_AS_MEANT[0]}", f"look at the years again; {_AS_MEANT[1]}"))  # fmt: skip
        elif days > LONGEST_USUAL:
            warn(part, "closure-long",
                 (f"{named} の休みは、{days.days}日間つづきます", f"the closure {named} lasts {days.days} days"),
                 (f"日付を見直してください。{_AS_MEANT[0]}", f"look at the days again; {_AS_MEANT[1]}"))  # fmt: skip
    run = None if season > LONGEST_USUAL else _closed_run(hours, today)
    if run is not None:
        first_day, last_day = run
        within = [number for number, one in enumerate(hours.closures)
                  if one.first <= last_day and first_day <= one.last]  # fmt: skip
        if not any(closure_of.last - closure_of.first + _DAY > LONGEST_USUAL
                   for closure_of in (hours.closures[number] for number in within)):  # fmt: skip
            count = (last_day - first_day + _DAY).days
            warn(
                ("closures", within[0]) if within else ("weekdays",),
                "closed-for-weeks",
                (f"{first_day} から {last_day} まで、窓口は {count}日つづけて休みです",
                 f"the desk is closed for {count} days in a row, from {first_day} to {last_day}"),
                (f"weekdays、closed_from、closed_until、closures を見直してください。{_AS_MEANT[0]}",
                 f"look at weekdays, closed_from, closed_until and closures again; {_AS_MEANT[1]}"),
            )  # fmt: skip
    return found


def _season(hours: Hours) -> timedelta:
    """Length of the yearly closure, in a leap year."""
    first, last = date(2024, *hours.closed_from), date(2024, *hours.closed_until)
    return (last - first + _DAY) if first <= last else (last - first + _DAY + _YEAR)


def _closed_run(hours: Hours, today: date) -> tuple[date, date] | None:
    """The first unusually long run of closed days from today on; ``None`` where there is none."""
    first: date | None = None
    for ahead in range(_AHEAD + 1):
        day = today + ahead * _DAY
        if ahead < _AHEAD and not hours.is_open_day(day):
            first = first or day
            continue
        if first is not None and day - first > LONGEST_USUAL:
            return first, day - _DAY
        first = None
    return None
