"""Texts whose numbers were masked, in memory alone and for minutes: one tap may let a number through after all."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

_KEPT_FOR: Final = timedelta(minutes=10)
_KEPT_AT_MOST: Final = 1000


class Withheld:
    """The last withheld text of each resident. Nothing here is ever stored or logged."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    def hold(self, resident: str, text: str, now: datetime) -> None:
        """Keep a resident's last withheld text; the oldest of all gives way when there are too many."""
        self._texts.pop(resident, None)
        self._texts[resident] = (now, text)
        self._drop_old(now)
        while len(self._texts) > _KEPT_AT_MOST:
            self._texts.popitem(last=False)

    def take(self, resident: str, now: datetime) -> str | None:
        """The text, once; ``None`` when it is gone."""
        self._drop_old(now)
        held = self._texts.pop(resident, None)
        return held[1] if held else None

    def drop(self, resident: str) -> None:
        """A person is forgotten."""
        self._texts.pop(resident, None)

    def _drop_old(self, now: datetime) -> None:
        while self._texts:
            oldest = next(iter(self._texts))
            if now - self._texts[oldest][0] <= _KEPT_FOR:
                return
            del self._texts[oldest]
