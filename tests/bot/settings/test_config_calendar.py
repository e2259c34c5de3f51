"""Hours and planned closures as operators write them: accepted, or refused with line and remedy."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.settings.settings import load
from faq.hours import Closure, Span
from faq.language import Language
from handlers.model.snapshot import Snapshot
from handlers.resident.handoff import expectation
from tests.small_faq import TOKYO

CLOSED = """desk:
  closures:
    - 2026-12-28
    - {day: 2026-12-25, why: {ja: 設備の点検のため、お休みします。, en: The desk is closed for maintenance.}}
    - {from: 2026-12-21, until: 2026-12-24, why: {ja: 工事中です。, en: Building work.}}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_days_and_ranges_are_taken_and_residents_read_why(tmp_path: Path) -> None:
    rules = load(written(tmp_path, CLOSED), {}).rules
    assert [(c.first, c.last) for c in rules.hours.closures] == [
        (date(2026, 12, 28), date(2026, 12, 28)),
        (date(2026, 12, 25), date(2026, 12, 25)),
        (date(2026, 12, 21), date(2026, 12, 24)),
    ]
    friday = Snapshot(datetime(2026, 12, 18, 18, 0, tzinfo=TOKYO))
    # The 26th and 27th are a weekend, the 28th is a closure without a reason, on the 29th the yearly closure begins.
    assert expectation(friday, rules, Language.JA).splitlines() == [
        "次の受付は1月4日(月) 9:00です。それまでは、職員がいません。",
        "工事中です。",
        "設備の点検のため、お休みします。",
    ]
    assert "Building work.\nThe desk is closed for maintenance." in expectation(friday, rules, Language.KO)
    before = Snapshot(datetime(2026, 12, 17, 18, 0, tzinfo=TOKYO))
    assert "工事" not in expectation(before, rules, Language.JA)


def test_without_closures_nothing_is_said_of_them(tmp_path: Path) -> None:
    rules = load(written(tmp_path, "desk:\n  closures:\n"), {}).rules
    assert rules.hours.closures == ()
    friday = Snapshot(datetime(2026, 12, 18, 18, 0, tzinfo=TOKYO))
    assert (
        expectation(friday, rules, Language.JA)
        == "次の受付は12月21日(月) 9:00です。それまでは、職員がいません。"
    )


def test_the_whole_day_is_0_00_to_24_00(tmp_path: Path) -> None:
    hours = load(written(tmp_path, 'desk:\n  hours: ["13:00-24:00", "0:00-12:00"]\n'), {}).rules.hours
    assert hours.spans == (Span(time(0), time(12)), Span(time(13), time(0)))


@pytest.mark.parametrize(
    ("text", "line", "japanese", "english"),
    [
        ("hours: [22:00-2:00]", 2, "22:00-24:00, 0:00-2:00 と分けて", "write 22:00-24:00, 0:00-2:00"),
        ("hours: [22:00-0:00]", 2, "22:00-24:00 と分けて", "write 22:00-24:00"),
        ("hours: [9:00-9:00]", 2, "始まりより後ではありません", "does not end after it starts"),
        ("hours: [24:00-9:00]", 2, "時刻ではありません", "is not a time of day"),
        ("hours: [9:00-24:30]", 2, "時刻ではありません", "is not a time of day"),
        ("hours: [9:00-24:00, 23:00-23:30]", 2, "重なっています", "two spans overlap"),
        ("closures:\n    - 2026-02-30", 3, "2026-02-30 は日付ではありません", "write year, month and day like 2026-12-28"),
        ("closures:\n    - 12-28", 3, "2026-12-28 のように", "12-28 is not a day"),
        ("closures:\n    - 2026-12-28\n    - {from: 2026-12-30, until: 2026-12-28}", 4, "入れかえて", "swap the two"),
        ("closures:\n    - {from: 2026-12-30}", 3, "from と until", "write either day (one day), or from and until"),
        ("closures:\n    - {day: 2026-12-30, until: 2026-12-31}", 3, "どちらか", "either day"),
        ("closures:\n    - {on: 2026-12-30}", 3, "知らない設定です", "known are day, from, until, why"),
        ("closures:\n    - {day: 2026-12-30, why: 点検}", 3, "英語 (en) をかならず", "missing: ja, en"),
        ("closures:\n    - {day: 2026-12-30, why: {ja: 点検です。}}", 3, "足りない: en", "missing: en"),
        ("closures:\n    - {day: 2026-12-30, why: {ja: 点検, en: x, xx: y}}", 3, "xx は言語ではありません", "xx is not a language"),
        ("closures:\n    - {day: 2026-12-30, why: }", 3, "why は言語ごとに", "missing: ja, en"),
        ("closures:\n    -", 3, "日付ではありません", "is not a day"),
    ],
)  # fmt: skip
def test_what_is_not_a_time_or_a_day_is_refused_with_line_and_remedy(
    text: str, line: int, japanese: str, english: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, f"desk:\n  {text}\n"), {})
    told = str(caught.value).splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"config.yaml:{line}: desk.")
    assert japanese in told[0]
    assert english in told[0]


def test_a_closure_is_a_value(tmp_path: Path) -> None:
    rules = load(written(tmp_path, "desk:\n  closures: [2026-12-28]\n"), {}).rules
    assert rules.hours.closures == (Closure(date(2026, 12, 28), date(2026, 12, 28)),)
