"""What happened: frozen, past tense, without a word about Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from faq.language import Language
from faq.problem import Problem
from handlers.buttons import DeskPress, ResidentPress


class Secret(StrEnum):
    """What the guard finds in free text. The first two are masked before anything is stored."""

    MY_NUMBER = "my_number"
    CARD = "card"
    EMAIL = "email"
    PHONE = "phone"


class Command(StrEnum):
    """What a resident may ask for by name."""

    MENU = "menu"
    HELP = "help"
    PRIVACY = "privacy"
    LANGUAGE = "language"
    PERSON = "person"
    UNKNOWN = "unknown"


class View(StrEnum):
    """What staff may look at."""

    QUEUE = "queue"
    MINE = "mine"
    TICKET = "ticket"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class FromResident:
    """``id`` is unique per event (an update's id); ``resident`` is the channel's name for a person (``tg:123``)."""

    id: str
    resident: str
    language: Language | None = None
    """What the resident's app is set to; a hint, weaker than what they write in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(FromResident):
    """``/start``, with what a deep link carried."""

    payload: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(FromResident):
    """A text; ``withheld`` names what was masked in it before it was stored."""

    text: str
    withheld: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(FromResident):
    """A message that was already sent now says ``text``."""

    text: str
    withheld: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMedia(FromResident):
    """Something that is not text; ``caption`` is the text that came with it, if any."""

    kind: str
    caption: str = ""
    withheld: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded(FromResident):
    """A command by name."""

    command: Command


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
    """``staff`` is the channel's name for a person at the desk, ``name`` what colleagues call them."""

    id: str
    staff: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPressed(FromDesk):
    """A button on a ticket's card."""

    press: DeskPress


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(FromDesk):
    """Words for the resident: the one event of the desk whose text leaves it.

    The ticket is named by number, or by the card (``chat:message``) that was replied to.
    """

    text: str
    ticket: int | None = None
    card: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted(FromDesk):
    """Send an entry's fixed text, so that staff and bot say the same words."""

    ticket: int
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(FromDesk):
    """A remark for colleagues. It is kept with the ticket and never leaves."""

    ticket: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked(FromDesk):
    """Staff want to see something."""

    view: View
    ticket: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misspoke(FromDesk):
    """A command of the desk that could not be understood; ``text`` is the command alone."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeReloaded:
    """A new knowledge base serves from now on."""

    id: str
    revision: str
    changed: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeRejected:
    """The files on disk are broken; the knowledge base of before goes on serving."""

    id: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed:
    """A tick of the clock: claims lapse, settled tickets close."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed:
    """A message could not be brought to a resident, for good."""

    id: str
    resident: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRefused:
    """A message was not taken, or nobody knows whether it arrived; ``resident`` is there where it was for one."""

    id: str
    resident: str | None
    reason: str


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


ResidentEvent = Started | Asked | Edited | SentMedia | Commanded | Pressed | PressedUnknown
DeskEvent = DeskPressed | Replied | Quoted | Noted | Looked | Misspoke
AdminEvent = KnowledgeReloaded | KnowledgeRejected
UpkeepEvent = TimePassed | DeliveryFailed | MessageRefused | TopicLost | UpdateFailed
Event = ResidentEvent | DeskEvent | AdminEvent | UpkeepEvent
