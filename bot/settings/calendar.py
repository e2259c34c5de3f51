"""Times and days in config.yaml, and why one is not valid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise
from typing import Any, Final

from bot.errors import both
from bot.settings.values import bare, text
from faq.hours import Closure, Span
from faq.language import Language

_SPAN: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–〜~]\s*([0-9]{1,2}):([0-9]{2})")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_KEYS: Final = ("day", "from", "until", "why")
_why_text: Final = text(1000)
_NEEDED: Final = (Language.JA, Language.EN)


def span(value: object) -> Span:
    """Parse a span like 9:00-17:00; 24:00 is the end of the day."""
    given = bare(value)
    found = _SPAN.fullmatch(given.strip())
    if found is None:
        raise ValueError(
            both(
                f"{given} は時間帯ではありません。9:00-17:00 のように書いてください",
                f"{given} is not a span of time; write it like 9:00-17:00",
            )
        )
    numbers = [int(n) for n in found.groups()]
    is_until_midnight = numbers[2:] == [24, 0]
    try:
        opens = time(numbers[0], numbers[1])
        closes = time(0) if is_until_midnight else time(numbers[2], numbers[3])
    except ValueError:
        raise ValueError(
            both(
                f"{given} は時刻ではありません。9:00-17:00 のように書いてください",
                f"{given} is not a time of day; write it like 9:00-17:00",
            )
        ) from None
    if opens >= closes and not is_until_midnight:
        begin, end = (f"{t.hour}:{t.minute:02d}" for t in (opens, closes))
        late = f"{begin}-24:00" + (f", 0:00-{end}" if closes > time(0) else "")
        raise ValueError(
            both(
                f"{given} は終わりが始まりより後ではありません。入れかえるか、夜の0時をまたぐなら {late} と分けて書いてください",
                f"{given} does not end after it starts; swap the two, or where it goes past midnight write {late}",
            )
        )
    return Span(opens, closes)


def no_overlap(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans in their order. Raises where one begins before the previous one has ended."""
    ordered = sorted(spans, key=lambda one: one.opens)
    if any(a.closes > b.opens or a.closes == time(0) for a, b in pairwise(ordered)):
        raise ValueError(
            both(
                "2つの時間帯が重なっています。1つにまとめるか、分けてください",
                "two spans overlap; make them one or part them",
            )
        )
    return tuple(ordered)


def closure(value: object) -> Closure:
    """Parse a day, or a mapping with day, or with from and until; ``why`` needs Japanese and English at least."""
    given: Mapping[Any, Any] = value if isinstance(value, Mapping) else {"day": value}
    if unknown := [str(key) for key in given if key not in _KEYS]:
        raise ValueError(
            both(
                f"{bare(unknown[0])} は知らない設定です。使えるのは {'、'.join(_KEYS)} です",
                f"{bare(unknown[0])} is not known here; known are {', '.join(_KEYS)}",
            )
        )
    if not ({"day"} == given.keys() - {"why"} or {"from", "until"} == given.keys() - {"why"}):
        raise ValueError(
            both(
                "day (1日だけ) か、from と until (何日から何日まで) のどちらかを書いてください",
                "write either day (one day), or from and until (the first and the last day)",
            )
        )
    first, last = _day(given.get("day", given.get("from"))), _day(given.get("day", given.get("until")))
    if last < first:
        raise ValueError(
            both(
                f"until ({last}) が from ({first}) より前です。入れかえてください",
                f"until ({last}) is before from ({first}); swap the two",
            )
        )
    return Closure(first, last, _why(given["why"]) if "why" in given else {})


def _day(value: object) -> date:
    given = bare(value)
    found = _DAY.fullmatch(given.strip())
    try:
        if found is None:
            raise ValueError
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise ValueError(
            both(
                f"{given} は日付ではありません。2026-12-28 のように年と月と日を書いてください",
                f"{given} is not a day; write year, month and day like 2026-12-28",
            )
        ) from None


def _why(value: object) -> dict[Language, str]:
    words = value if isinstance(value, Mapping) else {}
    unknown = [str(tag) for tag in words if tag not in set(Language)]
    missing = [tag.value for tag in _NEEDED if not str(words.get(tag) or "").strip()]
    if unknown or missing:
        raise ValueError(
            both(
                "why は言語ごとに、日本語 (ja) と英語 (en) をかならず入れて書いてください。例: "
                "{ja: 設備の点検のため、お休みします。, en: We are closed for maintenance.}"
                + (
                    f" (足りない: {'、'.join(missing)})"
                    if missing
                    else f" ({bare(unknown[0])} は言語ではありません)"
                ),
                "why needs a sentence in Japanese (ja) and one in English (en), by language"
                + (
                    f"; missing: {', '.join(missing)}"
                    if missing
                    else f"; {bare(unknown[0])} is not a language"
                ),
            )
        )
    return {Language(tag): _why_text(sentence).strip() for tag, sentence in words.items()}
