"""What happened: frozen, past tense, without a word about Telegram."""

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
    """What a resident may ask for by name."""

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
    """What staff may look at."""

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
    """Written where the FAQ's editors are, and no desk is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromResident:
    """``id`` is unique per event (an update's id); ``resident`` is the channel's name for a person (``tg:123``)."""

    id: str
    resident: str
    language: Language | None = None
    """What the resident's app is set to; a hint, weaker than what they write in."""
    place: str = ""
    """The channel's name of the message."""
    quoted: str = ""
    """What the message answers: the words that were picked out, or those of the whole message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(FromResident):
    """``/start``, with what a deep link carried, or words that were written behind it."""

    payload: str = ""
    withheld: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(FromResident):
    """A text; ``withheld`` names what was masked in it before it was stored.

    Where several messages are read as one, the event has the id of the first, and ``pieces`` are those of the others.
    """

    text: str
    withheld: tuple[Secret, ...] = ()
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(FromResident):
    """A message that was already sent now says ``text``."""

    text: str
    withheld: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMedia(FromResident):
    """Something that is not text; ``caption`` is the text that came with it, if any.

    ``title`` is what it is called: the name of a file without its ending, a title, the question of a poll.
    """

    kind: str
    caption: str = ""
    title: str = ""
    withheld: tuple[Secret, ...] = ()
    album: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded(FromResident):
    """A command by name; ``word`` is what was typed where it is a command of the desk, ``text`` are the words after it."""

    command: Command
    word: str = ""
    text: str = ""
    withheld: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(FromResident):
    """A button. ``original`` is the withheld text when the press lets it through and it is still in memory."""

    press: ResidentPress
    original: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedUnknown(FromResident):
    """A button whose code this build does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromDesk:
    """``staff`` is the channel's name for a person at the desk, ``name`` what colleagues call them.

    ``room`` is the channel's name of where it was said, ``topic`` the same if that is a ticket's own room, ``place`` that
    of the message. ``desk`` says whose group it is. ``answers`` is the message of ours that was replied to, ``quoted`` the
    words of it that were picked out. Who is anonymous writes as a group or a channel, whose name ``staff`` then is.
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
    """A button on a ticket's card, or the command that means the same.

    A command without a number has 0 for its ticket's: the room or the card that it answers says which.
    """

    press: DeskPress
    is_typed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(FromDesk):
    """Words for the resident: the one event of the desk whose text leaves it.

    The ticket is named by number, by the card (``chat:message``) that was replied to, or by its topic.
    """

    text: str
    ticket: int | None = None
    card: str | None = None
    named: int | None = None
    """The number that a command's text begins with where its place names a ticket already: either may be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted(FromDesk):
    """Send an entry's fixed text, so that staff and bot say the same words."""

    entry: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(FromDesk):
    """A remark for colleagues. It is kept with the ticket and never leaves."""

    text: str
    ticket: int | None = None
    is_chat: bool = False
    """Said in the ticket's room without a command and without //: kept without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyEdited(FromDesk):
    """Staff edited a message in their group; if it was a reply that went out, the resident gets the corrected text.

    ``verb`` is the command that the message is now, without which it is plain words, or a caption; ``is_note`` where
    that is a note, which leaves for nobody whatever it was before.
    """

    text: str
    verb: str = ""
    kind: str = ""
    """What is sent with the words, where they are a caption."""
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
    """Send the reply that is held, for this reason."""

    reason: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged(FromDesk):
    """Put tags on a ticket; one that begins with ``-`` is taken off."""

    tags: tuple[str, ...]
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(FromDesk):
    """Put a ticket aside until a time, as staff wrote it."""

    until: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred(FromDesk):
    """Give a ticket to a colleague, or to the other desk."""

    to: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(FromDesk):
    """Two tickets of one resident are one matter."""

    into: int
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(FromDesk):
    """No answers for a while; ``text`` is the notice, behind its end if that stands first. Empty: the standard notice."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(FromDesk):
    """Answers again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerSet(FromDesk):
    """A text above every answer; ``--off`` ends it."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOffFor(FromDesk):
    """The resident of a ticket is not served for a time; ``text`` is how long, and why."""

    text: str
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOffEnded(FromDesk):
    """The resident of a ticket is served again."""

    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched(FromDesk):
    """Look for tickets by words, tag or number."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked(FromDesk):
    """Staff want to see something."""

    view: View
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownDeskCommand(FromDesk):
    """A command of the desk that could not be understood; ``text`` is the command alone, ``verb`` its name if it has one."""

    text: str
    verb: str = ""
    slip: Slip = Slip.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminCommanded(FromDesk):
    """Somebody wants something of the FAQ's editors' group; the answer says whether they may."""

    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeReloaded:
    """The files on disk are without faults, and serve from now on."""

    id: str
    revision: str
    changed: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    is_mended: bool = False
    """They had faults before; also where all is as it was before those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeRejected:
    """The files on disk are broken; the knowledge base of before goes on serving."""

    id: str
    problems: tuple[Problem, ...]
    revision: str = ""
    """Which one that is, and since when it serves; empty where nobody asks."""
    since: datetime | None = None
    is_kept_copy: bool = False
    """It was kept on disk by an earlier run, and ``since`` is when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed:
    """A tick of the clock: claims lapse, settled tickets close."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLost:
    """A ticket's topic was gone and has been made anew; its card is not in the new one yet."""

    id: str
    ticket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateFailed:
    """What came in could not be handled and is set aside; ``resident`` is there where one sent it."""

    id: str
    resident: str | None
    language: Language | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slowed:
    """A resident has written so much at once that their messages are answered one by one from now on."""

    id: str
    resident: str
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchesChecked:
    """Now and then: what was switched for a time, and whether the time is over."""

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
