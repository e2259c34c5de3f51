"""What was masked, and what was announced, in memory alone and for minutes.

One tap may let a masked text through after all; and the second half of a number may come with the next message.
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
    """One thing for each resident; the oldest of all gives way when there are too many."""

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
    """The last withheld text of each resident, and what they have begun to tell. Nothing here is ever stored or logged."""

    def __init__(self) -> None:
        self._texts = _Minutes[str]()
        self._begun = _Minutes[Begun]()

    def hold(self, resident: str, text: str, now: datetime) -> None:
        """Keep a resident's last withheld text."""
        self._texts.put(resident, text, now)

    def take(self, resident: str, now: datetime) -> str | None:
        """The text, once; ``None`` when it is gone."""
        return self._texts.pop(resident, now)

    def begin(self, resident: str, begun: Begun | None, now: datetime) -> None:
        """What the next message of a resident may complete; ``None`` where nothing is open any more."""
        if begun is None:
            self._begun.drop(resident)
        else:
            self._begun.put(resident, begun, now)

    def begun(self, resident: str, now: datetime) -> Begun | None:
        """What a resident has begun to tell; the message that is read now says what is open afterwards."""
        return self._begun.pop(resident, now)

    def drop(self, resident: str) -> None:
        """A person is forgotten."""
        self._texts.drop(resident)
        self._begun.drop(resident)
