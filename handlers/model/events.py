"""Events: immutable facts, independent of any channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from faq.content.problem import Problem
from faq.language import Language
from handlers.model.buttons import DeskPress, ResidentPress
from handlers.model.delivery_events import (
    CameBack,
    DeliveriesChecked,
    DeliveryFailed,
    GroupRefused,
    GroupWorks,
    MessageRefused,
)
from handlers.model.tickets import Desk


class Secret(StrEnum):
    """What the guard finds in free text. The first three are masked before anything is stored."""

    MY_NUMBER = "my_number"
    CARD = "card"
    PASSWORD = "password"  # noqa: S105 - the name of a kind
    EMAIL = "email"
    PHONE = "phone"


class Command(StrEnum):
    """Commands of residents."""

    MENU = "menu"
    HELP = "help"
    PRIVACY = "privacy"
    LANGUAGE = "language"
    PERSON = "person"
    STATUS = "status"
    HISTORY = "history"
    MYDATA = "mydata"
    FORGET = "forget"
    STOP = "stop"
    FOR_STAFF = "for-staff"
    UNKNOWN = "unknown"


class View(StrEnum):
    """What staff may request to see."""

    QUEUE = "queue"
    MINE = "mine"
    TICKET = "ticket"
    HISTORY = "history"
    AUDIT = "audit"
    HELP = "help"


class Slip(StrEnum):
    """What is wrong with a command of the desk."""

    UNKNOWN = "unknown"
    ARGUMENTS = "arguments"
    FULL_WIDTH_SLASH = "full-width-slash"
    CAPTION = "caption"
    ADMINS_ROOM = "admins-room"
    """Written in the admins' group, which is not a desk's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromResident:
    """``id`` is unique per event (an update's id); ``resident`` is the channel's name for a person (``tg:123``)."""

    id: str
    resident: str
    language: Language | None = None
    """The language of the resident's app; a hint, weaker than the language they write in."""
    place: str = ""
    """The channel's name of the message."""
    quoted: str = ""
    """What the message replies to: the selected words, or the whole message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(FromResident):
    """``/start``, with the code of a deep link, or words written after it."""

    payload: str = ""
    withheld: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(FromResident):
    """A text; ``withheld`` names what was masked in it before it was stored.

    Where several messages are read as one, the event has the id of the first, and ``pieces`` are the ids of the
    others.
    """

    text: str
    withheld: tuple[Secret, ...] = ()
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(FromResident):
    """A message sent earlier was changed to ``text``."""

    text: str
    withheld: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMedia(FromResident):
    """Something that is not text; ``caption`` is the text sent with it, if any.

    ``title`` is its name: a file name without extension, a title, or the question of a poll.
    """

    kind: str
    caption: str = ""
    title: str = ""
    withheld: tuple[Secret, ...] = ()
    album: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded(FromResident):
    """A command; ``word`` is the typed name where it is a desk command, ``text`` are the words after it."""

    command: Command
    word: str = ""
    text: str = ""
    withheld: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(FromResident):
    """A button. ``original`` is the withheld text that the press accepts, if it is still in memory."""

    press: ResidentPress
    original: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedUnknown(FromResident):
    """A button whose code this build does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromDesk:
    """``staff`` is the channel's name for a person at the desk, ``name`` is what colleagues call them.

    ``room`` is the channel's name of where it was said, ``topic`` the same if that is a ticket's own room, ``place``
    the message's. ``desk`` is the desk of the group. ``answers`` is the message of ours that it replies to,
    ``quoted`` the selected words of it. An anonymous author writes as a group or channel, whose name is then in
    ``staff``.
    """

    id: str
    staff: str
    name: str
    desk: Desk = Desk.FACILITY
    room: str = ""
    topic: str = ""
    place: str = ""
    answers: str = ""
    quoted: str = ""
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPressed(FromDesk):
    """A button on a ticket's card, or the equivalent command.

    A command without a number has ticket 0: the room or the card that it replies to names the ticket.
    """

    press: DeskPress
    is_typed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(FromDesk):
    """Words for the resident: the desk's only event whose text is sent to them.

    The ticket is named by number, by the card (``chat:message``) that was replied to, or by its topic.
    """

    text: str
    ticket: int | None = None
    card: str | None = None
    named: int | None = None
    """A number at the start of the text where the place names a ticket, too: either ticket may be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted(FromDesk):
    """Send an entry's fixed text, so that staff and bot use the same words."""

    entry: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(FromDesk):
    """A note for colleagues, kept with the ticket and never sent."""

    text: str
    ticket: int | None = None
    is_chat: bool = False
    """Said in the ticket's room without a command or //: kept without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyEdited(FromDesk):
    """Staff edited a message in their group; if it was a reply that was sent, the resident gets the corrected text.

    ``verb`` is the command that the message is now; empty for plain words or a caption. ``is_note``: it is now a
    note, which is not sent, whatever it was before.
    """

    text: str
    verb: str = ""
    kind: str = ""
    """The kind of file, where the words are a caption."""
    named: int | None = None
    """The ticket that the command names."""
    is_note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliedMedia(FromDesk):
    """A photo, file or voice for the resident, sent as a reply to the card."""

    kind: str
    card: str | None = None
    caption: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeted(FromDesk):
    """Send a saved greeting."""

    greeting: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excepted(FromDesk):
    """Send the held reply, for this reason."""

    reason: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged(FromDesk):
    """Put tags on a ticket; a tag that begins with ``-`` is removed."""

    tags: tuple[str, ...]
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(FromDesk):
    """Snooze a ticket until a time, as staff wrote it."""

    until: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred(FromDesk):
    """Transfer a ticket to a colleague or to the other desk."""

    to: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(FromDesk):
    """Merge two tickets of one resident."""

    into: int
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(FromDesk):
    """Pause the answers; ``text`` is the notice, after its end time if one is given. Empty: the standard notice."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(FromDesk):
    """Resume the answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerSet(FromDesk):
    """Show a text above every answer; ``--off`` ends it."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOffFor(FromDesk):
    """Put off the resident of a ticket; ``text`` is how long, and why."""

    text: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOffEnded(FromDesk):
    """End putting off the resident of a ticket."""

    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched(FromDesk):
    """Search tickets by words, tag or number."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked(FromDesk):
    """Staff request to see something."""

    view: View
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownDeskCommand(FromDesk):
    """A command of the desk that was not understood; ``text`` is the command alone, ``verb`` its name if it has one."""

    text: str
    verb: str = ""
    slip: Slip = Slip.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminCommanded(FromDesk):
    """A command in the admins' group; the outcome says whether its author may use it."""

    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeReloaded:
    """The files on disk have no errors, and serve from now on."""

    id: str
    revision: str
    changed: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    is_mended: bool = False
    """They had errors before; also set where they equal the revision before those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeRejected:
    """The files on disk have errors; the previous knowledge base goes on serving."""

    id: str
    problems: tuple[Problem, ...]
    revision: str = ""
    """The revision that serves, and since when; empty where it is not to be shown."""
    since: datetime | None = None
    is_kept_copy: bool = False
    """It was kept on disk by an earlier run, at ``since``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed:
    """A tick of the clock: claims lapse, settled tickets close."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLost:
    """A ticket's topic was gone and has been made again; its card is not in the new one yet."""

    id: str
    ticket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateFailed:
    """An update could not be handled and is a dead letter; ``resident`` is set where one sent it."""

    id: str
    resident: str | None
    language: Language | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slowed:
    """A resident has sent so much at once that their messages are answered one by one from now on."""

    id: str
    resident: str
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchesChecked:
    """Periodic check for switches whose time is over."""

    id: str


ResidentEvent = Started | Asked | Edited | SentMedia | Commanded | Pressed | PressedUnknown
SwitchEvent = Paused | Resumed | BannerSet | PutOffFor | PutOffEnded
DeskEvent = (
    DeskPressed | Replied | RepliedMedia | ReplyEdited | Quoted | Greeted | Excepted | Noted | Tagged | Snoozed
    | Transferred | Merged | Searched | Looked | UnknownDeskCommand | SwitchEvent
)  # fmt: skip
AdminEvent = AdminCommanded | KnowledgeReloaded | KnowledgeRejected
DeliveryEvent = DeliveryFailed | CameBack | MessageRefused | GroupRefused | GroupWorks | DeliveriesChecked
UpkeepEvent = TimePassed | SwitchesChecked | TopicLost | UpdateFailed | Slowed | DeliveryEvent
Event = ResidentEvent | DeskEvent | AdminEvent | UpkeepEvent
