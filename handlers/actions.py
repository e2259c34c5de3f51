"""What to do: frozen, imperative. Texts are plain and addresses are roles; only a channel knows chats and markup."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.buttons import Button

Buttons = tuple[tuple[Button, ...], ...]
"""Rows of buttons, top to bottom."""


@dataclass(frozen=True, slots=True)
class ToResident:
    """One person."""

    resident: str


@dataclass(frozen=True, slots=True)
class ToDesk:
    """Everybody at the desk."""


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
    """Send a text. ``reply_to`` is the channel's name of a message that it answers, if it answers one."""

    to: Address
    text: str
    buttons: Buttons = ()
    reply_to: str = ""


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


Action = Say | PostCard | EditCard
