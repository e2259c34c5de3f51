"""What to do: frozen, imperative. Texts are plain and addresses are roles; only a channel knows chats and markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.model.buttons import Button
from handlers.model.tickets import Desk

AHEAD: Final = 1
"""Said before what waits for the same person."""
AHEAD_OF_ALL: Final = 2
"""The numbers to call."""

Buttons = tuple[tuple[Button, ...], ...]
"""Rows of buttons, top to bottom."""


@dataclass(frozen=True, slots=True)
class ToResident:
    """One person."""

    resident: str


@dataclass(frozen=True, slots=True)
class ToDesk:
    """Everybody at a desk; ``room`` is the channel's name of the room where it was asked, if it was asked in one."""

    room: str = ""
    desk: Desk = Desk.FACILITY


@dataclass(frozen=True, slots=True)
class ToTicket:
    """The place where staff follow one ticket: a topic, or a reply to its card."""

    ticket: int


@dataclass(frozen=True, slots=True)
class ToAdmins:
    """Those who edit the FAQ."""


Address = ToResident | ToDesk | ToTicket | ToAdmins


@dataclass(frozen=True, slots=True)
class Say:
    """Send a text.

    ``reply_to`` is the channel's name of a message that it answers, ``tick`` that of the message of staff which is to
    show that it arrived, ``cross`` that of one which is to show that it went nowhere. ``draft`` is the draft a reply to
    this message gives the reason for. ``origin`` is the resident's message whose words it shows. ``about`` is the ticket
    of words for a resident that wait for them where they cannot be reached. ``is_theirs``: it holds a resident's words,
    which staff have to see. ``tickets`` are those whose matters the text tells staff beside their own rooms: it is taken
    back where one of them is forgotten. ``is_last`` is the last word to somebody of whom nothing is kept. ``ahead`` of 0 is
    said in turn, a higher one before all that waits for the same place with a lower one.
    """

    to: Address
    text: str
    buttons: Buttons = ()
    reply_to: str = ""
    tick: str = ""
    draft: int = 0
    cross: str = ""
    origin: str = ""
    about: int = 0
    is_theirs: bool = False
    tickets: tuple[int, ...] = ()
    is_last: bool = False
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class PostCard:
    """Show a new ticket to the desk; the channel remembers where, so that a reply finds its ticket."""

    ticket: int
    text: str
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class EditCard:
    """Show a ticket's new state on its card."""

    ticket: int
    text: str
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Relay:
    """Copy somebody's photo, file or voice. ``source`` is the channel's name of the message (``chat:message``).

    Parts with the same ``album`` go together. ``text`` stands in place of the original caption where it is not empty;
    ``is_bare`` leaves the caption away, where it has been said already.
    """

    to: Address
    source: str
    album: str = ""
    text: str = ""
    tick: str = ""
    buttons: Buttons = ()
    is_bare: bool = False
    origin: str = ""
    followers: tuple[str, ...] = ()
    """Further parts of the album, gathered by the courier."""
    about: int = 0


@dataclass(frozen=True, slots=True)
class ShowTyping:
    """The resident sees that somebody is writing."""

    to: ToResident
    text: str = ""
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Erase:
    """Take a forgotten resident's ticket off the desk: its topic and its messages (``places``, ``chat:message``).

    Where some cannot be taken off, ``resident`` is told with ``text`` ({count}), and the desk with the ``ticket``'s number.
    """

    desk: str
    topic: str = ""
    places: tuple[str, ...] = ()
    ticket: int = 0
    resident: str = ""
    text: str = ""
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Retire:
    """Empty a ticket's card where it stands no more, and take its buttons off; ``text`` stands in its place.

    ``erases`` takes the other messages about it away as well, ``closes`` its topic, which hears ``text`` before.
    """

    ticket: int
    desk: str
    text: str
    erases: bool = True
    closes: bool = True
    buttons: Buttons = ()


Action = Say | PostCard | EditCard | Relay | ShowTyping | Erase | Retire
