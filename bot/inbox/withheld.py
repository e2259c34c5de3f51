"""Masked and announced secrets, in memory only and for minutes.

A button may let a masked text through; and the next message may hold the second half of a number.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from handlers.privacy.announced import Begun

_KEPT_FOR: Final = timedelta(minutes=10)
_KEPT_AT_MOST: Final = 1000

Kept = TypeVar("Kept")


class _Minutes(Generic[Kept]):
    """One value per resident; the oldest is dropped when there are too many."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[datetime, Kept]] = OrderedDict()

    def put(self, resident: str, what: Kept, now: datetime) -> None:
        self._kept.pop(resident, None)
        self._kept[resident] = (now, what)
        self._drop_old(now)
        while len(self._kept) > _KEPT_AT_MOST:
            self._kept.popitem(last=False)

    def pop(self, resident: str, now: datetime) -> Kept | None:
        self._drop_old(now)
        kept = self._kept.pop(resident, None)
        return kept[1] if kept else None

    def drop(self, resident: str) -> None:
        self._kept.pop(resident, None)

    def _drop_old(self, now: datetime) -> None:
        while self._kept:
            oldest = next(iter(self._kept))
            if now - self._kept[oldest][0] <= _KEPT_FOR:
                return
            del self._kept[oldest]


class Withheld:
    """The last withheld text of each resident, and what they have begun to tell. Never stored, never logged."""

    def __init__(self) -> None:
        self._texts = _Minutes[str]()
        self._begun = _Minutes[Begun]()

    def hold(self, resident: str, text: str, now: datetime) -> None:
        """Keep a resident's last withheld text."""
        self._texts.put(resident, text, now)

    def take(self, resident: str, now: datetime) -> str | None:
        """The text, which is then removed; ``None`` where there is none any more."""
        return self._texts.pop(resident, now)

    def begin(self, resident: str, begun: Begun | None, now: datetime) -> None:
        """What the resident's next message may complete; ``None`` where nothing is open any more."""
        if begun is None:
            self._begun.drop(resident)
        else:
            self._begun.put(resident, begun, now)

    def begun(self, resident: str, now: datetime) -> Begun | None:
        """What a resident has begun to tell. Reading the message decides what remains open."""
        return self._begun.pop(resident, now)

    def drop(self, resident: str) -> None:
        """Remove everything of a resident who is forgotten."""
        self._texts.drop(resident)
        self._begun.drop(resident)
