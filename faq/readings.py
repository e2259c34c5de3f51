"""Caches what was read out of texts for one event: matching needs only the text, and is too slow for a transaction."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Read = TypeVar("Read")


class UnreadError(Exception):
    """A text was needed that has not been read, where reading is not allowed."""


class Readings:
    """Results by text and kind of reading. For one event and one thread at a time.

    While ``may_read`` is false, a text that was not read before raises :class:`UnreadError`.
    """

    def __init__(self) -> None:
        self.may_read = True
        self._known: dict[Hashable, object] = {}

    def once(self, asked: Hashable, read: Callable[[], Read]) -> Read:
        """The result of ``read``, called at most once for the same ``asked``."""
        if asked not in self._known:
            if not self.may_read:
                raise UnreadError
            self._known[asked] = read()
        return cast("Read", self._known[asked])
