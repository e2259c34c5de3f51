"""Where a message or a topic stands: one type, and its one spelling in events, actions and the record."""

from __future__ import annotations

from dataclasses import dataclass


class PlaceError(ValueError):
    """A text, or its parts, name no place."""

    def __init__(self, given: str) -> None:
        super().__init__(f"no place: {given!r} is not chat:message")


@dataclass(frozen=True, slots=True)
class Place:
    """A message, or a topic, of a chat; without a ``message`` the chat as a whole. Raises :class:`PlaceError`.

    Both are the channel's own names. Only a chat's may hold a colon.
    """

    chat: str
    message: str = ""

    def __post_init__(self) -> None:
        if not self.chat or ":" in self.message:
            raise PlaceError(str(self))

    def __str__(self) -> str:
        return f"{self.chat}:{self.message}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """The place that was printed as ``text``. Raises :class:`PlaceError`."""
        chat, colon, message = text.rpartition(":")
        if not colon:
            raise PlaceError(text)
        return cls(chat, message)

    @property
    def number_of_chat(self) -> int:
        """The chat in a channel that numbers its chats. Raises :class:`PlaceError`."""
        return self._number(self.chat)

    @property
    def number(self) -> int:
        """The message or topic in a channel that numbers them. Raises :class:`PlaceError`."""
        return self._number(self.message)

    def _number(self, text: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise PlaceError(str(self)) from None
