"""What was true when an event happened, and what shall be: the contract between deciding and doing."""

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
    """What words of staff answer: the resident's own message (the channel's name), and the words in it that are meant."""

    place: str = ""
    words: str = ""
    is_picked: bool = False
    """Whether staff have picked the words out of a longer text."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line of a ticket's story, as written."""

    ticket: int
    author: Author
    text: str
    name: str = ""
    place: str = ""
    """Where it was written (the channel's name), so that an edit of it, or an answer to it, is known again."""
    quoted: str = ""
    """The words that it answers."""
    desk: Desk = Desk.FACILITY
    """Whose it is: what is written at the ward's desk, or while the ward has the ticket, is the ward's (``whose``)."""


@dataclass(frozen=True, slots=True)
class Record:
    """What was decided and why: ids and codes, never words of a resident."""

    resident: str
    decision: str
    reason: str
    entry: str = ""
    version: int = 0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply that has not left: it waits for 修正, for a reason, or for a tap that sends it."""

    id: int
    ticket: int
    staff: str
    name: str
    text: str
    faults: tuple[str, ...] = ()
    place: str = ""
    cited: Cited = Cited()
    is_asked: bool = False
    """Whether the reason of an exception has been asked for."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Who did what: one row for every action of staff and admins, refused ones too. Never words of a resident."""

    actor: str
    name: str
    action: str
    ticket: int = 0
    detail: str = ""
    place: str = ""
    """The message of staff that asked for it, where it was one."""
    desk: Desk = Desk.FACILITY
    """Where it was done; what was done at the ward's desk is listed there alone."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored about one resident, for /mydata."""

    tickets: tuple[Ticket, ...] = ()
    messages: tuple[Message, ...] = ()
    records: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``ticket`` is the one an event names; ``active`` is the open or claimed one of the resident concerned."""

    now: datetime
    conversation: Conversation | None = None
    ticket: Ticket | None = None
    active: Ticket | None = None
    settling: Ticket | None = None
    """The newest ticket of the resident concerned that staff have finished and nobody has settled yet."""
    next_ticket_id: int = 1
    queue: tuple[Ticket, ...] = ()
    """For staff who look, and for the clock: tickets that are not closed, oldest first."""
    messages: tuple[Message, ...] = ()
    """For staff who look at one ticket or write to it: its story, oldest first."""
    is_card: bool = False
    """Whether the message that staff replied to is the ticket's card, or asks for the reason of an exception."""
    is_numbered: bool = False
    """Whether staff have named the ticket by its number."""
    has_stood_here: bool = False
    """Whether the ticket was ever shown in the group where staff act."""
    merged_from: int = 0
    """The number of the ticket that a resident's button names, where it goes on as ``ticket``."""
    cited: Cited = Cited()
    """The resident's message that the one shows which staff replied to."""
    edited: Message | None = None
    """What a message that staff have edited was before: a reply that went out, or a note."""
    was_asked_for: bool = False
    """Whether a message that staff have edited once asked something of us, be it done or refused."""
    other: Ticket | None = None
    """The second ticket of a merge."""
    draft: Draft | None = None
    next_draft_id: int = 1
    cases: tuple[Ticket, ...] = ()
    """All tickets of the resident concerned, newest first; or what a search found."""
    ahead: int = 0
    """Open tickets before the resident's own."""
    waits: tuple[float, ...] = ()
    """Seconds until a person first answered, for the last 20 tickets that were answered."""
    audit: tuple[str, ...] = ()
    kept: Kept | None = None
    places: tuple[Erase, ...] = ()
    """Where the resident's tickets stand at the desk, for a resident who wants to be forgotten."""
    refusals: tuple[Refused, ...] = ()
    """Groups that take nothing, or make no topics, at the moment."""
    pause: Notice | None = None
    banner: Notice | None = None
    """What is switched on for all residents; for :class:`SwitchesChecked` also where its time is over."""
    put_off: PutOff | None = None
    """For a resident, or the ticket of one, who is not served for a time."""
    expired: tuple[PutOff, ...] = ()
    """For :class:`SwitchesChecked`: those whose time is over."""
    unanswered: tuple[Conversation, ...] = ()
    """For the clock: talks in which words have waited for long enough for the resident's word (``handlers.holding``)."""
    waiting: frozenset[int] = frozenset()
    """For events about groups: tickets whose words have not been brought to the desk yet."""

    def refuses(self, desk: Desk) -> bool:
        """Whether a desk's group takes nothing at the moment."""
        return any(one.part is Part.MESSAGES and one.group == desk.value for one in self.refusals)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``None`` and empty mean: unchanged. ``toast`` is shown on the spot and never stored."""

    conversation: Conversation | None = None
    conversations: tuple[Conversation, ...] = ()
    """Talks that change by the clock."""
    tickets: tuple[Ticket, ...] = ()
    messages: tuple[Message, ...] = ()
    actions: tuple[Action, ...] = ()
    toast: str | None = None
    record: Record | None = None
    draft: Draft | None = None
    """A draft to keep."""
    amended: Message | None = None
    """A note whose text is another one from now on, known by its place."""
    draft_done: int | None = None
    """A draft that needs no more keeping."""
    audit: Audit | None = None
    forget: str | None = None
    """The resident of whom nothing is to be kept."""
    refused: Refused | None = None
    """A group that takes nothing, or makes no topics, from now on."""
    works: tuple[GroupName, Part] | None = None
    """A group that does so again."""
    notice: Notice | None = None
    """Switched on for all residents."""
    notices_off: tuple[SwitchKind, ...] = ()
    put_off: PutOff | None = None
    put_off_ended: tuple[str, ...] = ()
    """Residents who are served again."""
    returned: str | None = None
    """The resident for whom what has been kept is to be sent."""
