"""Figures that are not secret: dates, times, amounts, telephone numbers, postal codes.

Two strengths. Groups that are *certain* to be such figures are not considered further. A *likely* reading clears a
number only where all its groups have one: 「2024-2025-2026」 are years, although twelve digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from datetime import datetime
from itertools import pairwise
from typing import Final

from handlers.privacy.digits import DigitRun

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－ｰ〜～", "-"))
_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE: Final = re.compile(
    rf"(?<!\d){_YEAR}(?P<gap>\s?[-/.]\s?|\s){_MONTH}(?P=gap){_DAY}(?!\d)|(?<!\d){_YEAR}年\s?{_MONTH}月\s?{_DAY}(?!\d)"
    r"|(?<!\d)20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
_PHONE: Final = re.compile(
    r"(?<![0-9])(?:\+81[-\s(]{0,2}\d{1,4}|\(?0\d{1,4}\)?)[-\s(]{0,2}\d{1,4}[-\s)]{0,2}\d{3,4}(?![0-9])"
)
_ABROAD: Final = re.compile(r"\+\s?\(?[1-9][\d\s()-]{7,20}\d|(?<!\d)81[-\s][5-9]0[-\s]\d{4}[-\s]\d{4}(?!\d)")
_DIGITS_AFTER: Final = {
    "81": (9, 10), "82": (8, 9, 10), "886": (8, 9), "86": (10, 11), "84": (9, 10), "63": (10,), "91": (10,), "44": (10,),
    "49": (10, 11), "33": (9,), "61": (9,), "66": (9,), "62": (9, 10, 11), "65": (8,), "852": (8,), "853": (8,),
    "977": (10,), "95": (8, 9, 10), "880": (10,), "1": (10,),
}  # fmt: skip
"""Country codes common here, and how many digits follow."""
_POSTAL: Final = re.compile(r"(?<![\d-])\d{3}-\d{4}(?![\d-])")
_THOUSANDS: Final = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3}){1,2}(?!\d|,\d)")
_LIKELY: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d:])(?:[01]?\d|2\d):[0-5]\d(?::[0-5]\d)?(?![\d:])",  # a time of day
        rf"(?<!\d){_YEAR}[-/.]{_MONTH}(?!\d|[/.]\d)",  # a month
        rf"(?<![\d/.-]){_MONTH}[-/.]{_DAY}(?![\d/.-])",  # a day
        rf"(?<![\d/.-])\d\d([-/.]){_MONTH}\1{_DAY}(?![\d/.-])",  # a day with a short year
        r"(?<![\d-])\d{1,2}-\d{1,2}(?:-\d{1,2})?(?![\d-])",  # a block and house number
        r"[¥￥$]\s?\d{1,7}(?!\d)",
        r"(?<!\d)\d{1,7}(?=円|元|원|yen|名(?![前称義])|人(?![間口])|桁|文字|回(?!答)|年(?![金齢])|月|日(?!本)|時|分(?!館)|歳|才|階|枚|台|号室)",
    )
)
_MONEY: Final = re.compile(
    r"円|料金|金額|費用|使用料|利用料|合計|値段|いくら|¥|￥|\b(?:fee|price|yen|cost)s?\b|费用|價格|价格|元|요금|원",
    re.IGNORECASE,
)
_YEARS: Final = range(1950, 2051)
_STAMP_YEARS: Final = range(2010, 2036)
_LOCAL_PHONE: Final = range(10, 12)
_MAX_PHONE_GROUPS: Final = 5
_LAST_DAY: Final = 31


class Figures:
    """The figures of a text in the form of :func:`handlers.privacy.digits.narrow`; ``known`` are the directory's
    numbers.
    """

    def __init__(self, plain: str, known: Set[str]) -> None:
        self._text = plain
        self._plain = plain.translate(_DASHES)
        self._known = known
        self._certain: set[int] = set()
        for pattern in (_DATE, _POSTAL, _THOUSANDS):
            self._certain.update(_places(pattern.finditer(self._plain)))
        self._certain.update(_places(m for m in _ABROAD.finditer(self._plain) if _is_abroad(m[0])))
        self._certain.update(
            _places(m for m in _PHONE.finditer(self._plain) if len(phone_digits(m[0])) in _LOCAL_PHONE)
        )
        self._likely: set[int] = set()
        for pattern in _LIKELY:
            self._likely.update(_places(pattern.finditer(self._plain)))
        self._is_about_money = bool(_MONEY.search(plain))

    @property
    def phones(self) -> Iterable[str]:
        """Japanese telephone numbers, as digits."""
        written = (phone_digits(m[0]) for m in _PHONE.finditer(self._plain))
        return (digits for digits in written if len(digits) in _LOCAL_PHONE)

    def cut(self, run: Sequence[DigitRun]) -> list[list[DigitRun]]:
        """The stretches of a run that remain without its certain figures."""
        taken = self._known_in(run)
        stretches: list[list[DigitRun]] = [[]]
        for number, group in enumerate(run):
            if number in taken or self._is_certain(group):
                stretches.append([])
            else:
                stretches[-1].append(group)
        return [stretch for stretch in stretches if stretch]

    def is_likely(self, group: DigitRun) -> bool:
        """Whether a group is a year, or part of a recognised figure."""
        if len(group.digits) == 4 and int(group.digits) in _YEARS:
            return True
        return all(place in self._likely for place in group.places)

    def is_amounts(self, groups: Sequence[DigitRun]) -> bool:
        """Whether the groups are round amounts; three groups of four are as likely a My Number, and must be rounder."""
        is_three_fours = [len(group.digits) for group in groups] == [4, 4, 4]
        step = 10 if self._is_about_money else 500 if is_three_fours else 50
        return len(groups) > 1 and all(_is_round(group.digits, step) for group in groups)

    def _is_certain(self, group: DigitRun) -> bool:
        if len(group.digits) in _LOCAL_PHONE and group.digits[0] == "0":
            return True
        return all(place in self._certain for place in group.places)

    def _known_in(self, run: Sequence[DigitRun]) -> set[int]:
        """Groups that together are a number of the directory."""
        found: set[int] = set()
        for first in range(len(run)):
            digits = ""
            for last in range(first, min(first + _MAX_PHONE_GROUPS, len(run))):
                digits += run[last].digits
                if digits in self._known:
                    found.update(range(first, last + 1))
        return found


def is_moment(digits: str) -> bool:
    """Whether twelve digits are a plausible minute: yyyymmddhhmm."""
    if int(digits[:4]) not in _STAMP_YEARS:
        return False
    try:
        datetime.strptime(digits, "%Y%m%d%H%M")  # noqa: DTZ007 - only whether there is such a minute
    except ValueError:
        return False
    return True


def is_counting(groups: Sequence[DigitRun]) -> bool:
    """Whether groups are small increasing numbers: days, ages, hours."""
    values = [int(group.digits) for group in groups if len(group.digits) <= 2]
    return (
        len(values) == len(groups) > 1
        and max(values) <= _LAST_DAY
        and all(small < large for small, large in pairwise(values))
    )


def phone_digits(written: str) -> str:
    """A telephone number's digits in national form."""
    return re.sub(r"\D", "", written.replace("+81", "0"))


def _is_round(digits: str, step: int) -> bool:
    return 2 <= len(digits) <= 6 and digits[0] != "0" and int(digits) % step == 0


def _is_abroad(written: str) -> bool:
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    return any(
        digits.startswith(code) and len(digits) - len(code) in lengths
        for code, lengths in _DIGITS_AFTER.items()
    )


def _places(found: Iterable[re.Match[str]]) -> Iterable[int]:
    return (place for match in found for place in range(*match.span()))
