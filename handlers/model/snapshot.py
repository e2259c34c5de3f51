"""Snapshot (stored state when an event happens) and outcome (its changes): what decisions take and return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.model.actions import Action, Erase
from handlers.model.conversation import Conversation
from handlers.model.delivery import GroupName, Part, Refused
from handlers.model.switches import Notice, PutOff, SwitchKind
from handlers.model.tickets import Desk, Ticket


class Author(StrEnum):
    """Who wrote a message of a ticket."""

    RESIDENT = "resident"
    STAFF = "staff"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Cited:
    """What a reply of staff is about: the resident's message (the channel's name), and its words that are meant."""

    place: str = ""
    words: str = ""
    is_picked: bool = False
    """Whether staff selected the words in a longer text."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message in a ticket's story, as written."""

    ticket: int
    author: Author
    text: str
    name: str = ""
    place: str = ""
    """Where it was written (the channel's name), so that edits and replies find it."""
    quoted: str = ""
    """The words that it replies to."""
    desk: Desk = Desk.FACILITY
    """The desk it belongs to: the ward's for what is written there or while the ward has the ticket (``whose``)."""


@dataclass(frozen=True, slots=True)
class Record:
    """What was decided and why: ids and codes, never a resident's words."""

    resident: str
    decision: str
    reason: str
    entry: str = ""
    version: int = 0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply that was not sent: it waits for 修正, a reason, or a button that sends it."""

    id: int
    ticket: int
    staff: str
    name: str
    text: str
    faults: tuple[str, ...] = ()
    place: str = ""
    cited: Cited = Cited()
    is_asked: bool = False
    """Whether the reason for an exception was requested."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Who did what: one row for every action of staff and admins, also refused ones. Never a resident's words."""

    actor: str
    name: str
    action: str
    ticket: int = 0
    detail: str = ""
    place: str = ""
    """The staff message that requested it, if any."""
    desk: Desk = Desk.FACILITY
    """Where it was done; actions at the ward's desk are only listed there."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored about one resident, for /mydata."""

    tickets: tuple[Ticket, ...] = ()
    messages: tuple[Message, ...] = ()
    records: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``ticket`` is the one an event names; ``active`` is the resident's open or claimed one."""

    now: datetime
    conversation: Conversation | None = None
    ticket: Ticket | None = None
    active: Ticket | None = None
    settling: Ticket | None = None
    """The resident's newest ticket that is resolved by staff and not yet settled."""
    next_ticket_id: int = 1
    queue: tuple[Ticket, ...] = ()
    """For staff views and the clock: tickets that are not closed, oldest first."""
    messages: tuple[Message, ...] = ()
    """For staff who view or answer a ticket: its story, oldest first."""
    is_card: bool = False
    """Whether staff replied to the ticket's card, or to the request for an exception's reason."""
    is_numbered: bool = False
    """Whether staff named the ticket by its number."""
    has_stood_here: bool = False
    """Whether the ticket was ever shown in the group where staff act."""
    merged_from: int = 0
    """The number of the ticket that a resident's button names, where it was merged into ``ticket``."""
    cited: Cited = Cited()
    """The resident's message shown in the message that staff replied to."""
    edited: Message | None = None
    """The message before staff edited it: a reply that was sent, or a note."""
    was_asked_for: bool = False
    """Whether the message that staff edited was once a request to the bot, done or refused."""
    other: Ticket | None = None
    """The second ticket of a merge."""
    draft: Draft | None = None
    next_draft_id: int = 1
    cases: tuple[Ticket, ...] = ()
    """All tickets of the resident, newest first; or the results of a search."""
    ahead: int = 0
    """Number of open tickets before the resident's own."""
    waits: tuple[float, ...] = ()
    """Seconds until a person first answered, for the last 20 answered tickets."""
    audit: tuple[str, ...] = ()
    kept: Kept | None = None
    places: tuple[Erase, ...] = ()
    """Where the resident's tickets are at the desk, for erasing."""
    refusals: tuple[Refused, ...] = ()
    """Groups that take nothing, or make no topics, at the moment."""
    pause: Notice | None = None
    banner: Notice | None = None
    """Switched on for all residents; for :class:`SwitchesChecked` also expired ones."""
    put_off: PutOff | None = None
    """Set where the resident, or the ticket's resident, is put off."""
    expired: tuple[PutOff, ...] = ()
    """For :class:`SwitchesChecked`: residents whose time of being put off is over."""
    unanswered: tuple[Conversation, ...] = ()
    """For the clock: talks in which words have waited too long for the resident's decision
    (``handlers.resident.holding``).
    """
    waiting: frozenset[int] = frozenset()
    """For events about groups: tickets whose words the desk has not received yet."""

    def refuses(self, desk: Desk) -> bool:
        """Whether a desk's group takes nothing at the moment."""
        return any(one.part is Part.MESSAGES and one.group == desk.value for one in self.refusals)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``None`` and empty mean: unchanged. ``toast`` is shown immediately and never stored."""

    conversation: Conversation | None = None
    conversations: tuple[Conversation, ...] = ()
    """Talks changed by the clock."""
    tickets: tuple[Ticket, ...] = ()
    messages: tuple[Message, ...] = ()
    actions: tuple[Action, ...] = ()
    toast: str | None = None
    record: Record | None = None
    draft: Draft | None = None
    """A draft to store."""
    amended: Message | None = None
    """A note to change, found by its place."""
    draft_done: int | None = None
    """The id of a draft to delete."""
    audit: Audit | None = None
    forget: str | None = None
    """The resident of whom everything is erased."""
    refused: Refused | None = None
    """A group that takes nothing, or makes no topics, from now on."""
    works: tuple[GroupName, Part] | None = None
    """A group that takes messages, or makes topics, again."""
    notice: Notice | None = None
    """A notice to switch on for all residents."""
    notices_off: tuple[SwitchKind, ...] = ()
    put_off: PutOff | None = None
    put_off_ended: tuple[str, ...] = ()
    """Residents who are no longer put off."""
    returned: str | None = None
    """The resident to whom kept messages are sent."""
