"""Actions: immutable orders. Texts are plain and addresses are roles; only a channel knows chats and markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.model.buttons import Button
from handlers.model.tickets import Desk

AHEAD: Final = 1
"""Sent before other messages that wait for the same person."""
AHEAD_OF_ALL: Final = 2
"""Priority of emergency numbers."""

Buttons = tuple[tuple[Button, ...], ...]
"""Rows of buttons, top to bottom."""


@dataclass(frozen=True, slots=True)
class ToResident:
    """One person."""

    resident: str


@dataclass(frozen=True, slots=True)
class ToDesk:
    """Everybody at a desk; ``room`` is the channel's name of the room of the request, if it came from one."""

    room: str = ""
    desk: Desk = Desk.FACILITY


@dataclass(frozen=True, slots=True)
class ToTicket:
    """The place where staff follow one ticket: a topic, or a reply to its card."""

    ticket: int


@dataclass(frozen=True, slots=True)
class ToAdmins:
    """The FAQ's editors."""


Address = ToResident | ToDesk | ToTicket | ToAdmins


@dataclass(frozen=True, slots=True)
class Say:
    """Send a text.

    ``reply_to`` is the channel's name of the message that it replies to; ``tick`` is the staff message to be marked
    as arrived, ``cross`` the one to be marked as without effect. ``draft`` is the draft that a reply to this message
    gives the reason for. ``origin`` is the resident's message whose words it shows. ``about`` is the ticket of words
    for a resident, which are kept where the resident cannot be reached. ``is_theirs``: it holds a resident's words,
    which staff have to see. ``tickets`` are tickets that the text tells staff about outside their own rooms: it is
    deleted when one of them is forgotten. ``is_last`` is the last message to somebody of whom nothing is kept. A
    higher ``ahead`` is sent before waiting messages to the same place with a lower one; 0 is sent in turn. What
    stands from character ``fold`` on is one tap away; 0 where all is shown.
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
    fold: int = 0


@dataclass(frozen=True, slots=True)
class PostCard:
    """Show a new ticket to the desk; the channel stores its place, so that a reply finds the ticket."""

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
    """Copy a photo, file or voice. ``source`` is the channel's name of the message (``chat:message``).

    Parts with the same ``album`` are sent together. A non-empty ``text`` replaces the original caption; ``is_bare``
    omits the caption, where it was sent already.
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
    """Show the resident that somebody is writing."""

    to: ToResident
    text: str = ""
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Erase:
    """Remove a forgotten resident's ticket from the desk: its topic and its messages (``places``,
    ``chat:message``).

    Where some cannot be deleted, ``resident`` is sent ``text`` ({count}), and the desk is told the number of the
    ``ticket``.
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
    """Empty the card of a ticket that has left a desk and remove its buttons; ``text`` replaces the card's text.

    ``erases`` also deletes the other messages about it; ``closes`` closes its topic after posting ``text`` there.
    """

    ticket: int
    desk: str
    text: str
    erases: bool = True
    closes: bool = True
    buttons: Buttons = ()


Action = Say | PostCard | EditCard | Relay | ShowTyping | Erase | Retire
