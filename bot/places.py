"""The place of a message or topic: one type, with one text form in events, actions and the record."""

from __future__ import annotations

from dataclasses import dataclass


class PlaceError(ValueError):
    """A text, or its parts, are not a valid place."""

    def __init__(self, given: str) -> None:
        super().__init__(f"no place: {given!r} is not chat:message")


@dataclass(frozen=True, slots=True)
class Place:
    """A message or topic of a chat; without ``message`` the whole chat. Raises :class:`PlaceError`.

    Both parts are the channel's own ids. Only the chat's may contain a colon.
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
        """Parse the form that ``str`` gives. Raises :class:`PlaceError`."""
        chat, colon, message = text.rpartition(":")
        if not colon:
            raise PlaceError(text)
        return cls(chat, message)

    @property
    def number_of_chat(self) -> int:
        """The chat's id as an integer. Raises :class:`PlaceError` where it is none."""
        return self._number(self.chat)

    @property
    def number(self) -> int:
        """The message's or topic's id as an integer. Raises :class:`PlaceError` where it is none."""
        return self._number(self.message)

    def _number(self, text: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise PlaceError(str(self)) from None
