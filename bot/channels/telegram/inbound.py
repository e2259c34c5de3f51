"""Updates become events: pure functions over Telegram's types. Who somebody is depends on the chat they write in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Chat, Message, Update, User

from bot.channels.telegram.outbound import RESIDENT_PREFIX
from faq.language import Language
from handlers import desk_commands
from handlers.buttons import Claim, DeskPress, NotMyNumber, Release, Resolve, StartReply, TakeOver, decode
from handlers.events import (
    Asked,
    Command,
    Commanded,
    DeskPressed,
    Edited,
    Event,
    Pressed,
    PressedUnknown,
    Replied,
    Secret,
    SentMedia,
    Started,
)

_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z_]+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)
_DESK_PRESSES: Final = (Claim, TakeOver, Release, StartReply, Resolve)
ADMIN_COMMANDS: Final = frozenset({"reload", "check"})
_NOTE_MARK: Final = "//"
_MEDIA: Final = ("photo", "document", "voice", "audio", "video", "video_note", "sticker", "animation", "contact",
                 "location", "poll", "dice", "story", "venue")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roles:
    """Which chats are the desk's and the admins'; ``None`` until the operator has said so."""

    desk_chat: int | None
    admin_chat: int | None


@dataclass(frozen=True, slots=True)
class Inbound:
    """What an update asks for: an event, a word to admins or the operator, or (all empty) nothing."""

    event: Event | None = None
    admin_command: str = ""
    unknown_chat: int | None = None
    media_from_desk: bool = False


def language_of(user: User | None) -> Language:
    """What the app is set to; English where we do not have it."""
    code = (user.language_code or "ja").lower() if user is not None else "ja"
    if code.startswith("ja"):
        return Language.JA
    if code.startswith("ko"):
        return Language.KO
    if code.startswith("zh"):
        traditional = any(mark in code for mark in ("hant", "tw", "hk", "mo"))
        return Language.ZH_HANT if traditional else Language.ZH_HANS
    return Language.EN


def resident_of(user_id: int) -> str:
    """The name of a person in the core."""
    return f"{RESIDENT_PREFIX}{user_id}"


def to_inbound(update: Update, roles: Roles, withheld: tuple[Secret, ...], original: str | None) -> Inbound:
    """What an update means. ``original`` is the withheld text, for the press that lets it through."""
    event_id = f"tg:{update.update_id}"
    if update.callback_query is not None:
        return _from_press(update.callback_query, event_id, roles, original)
    message = update.message or update.edited_message
    if (
        message is None
        or message.from_user is None
        or message.from_user.is_bot
        or message.sender_chat is not None
    ):
        return Inbound()
    if message.chat.type == Chat.PRIVATE:
        is_edit = update.edited_message is not None
        return Inbound(_from_resident(message, message.from_user, event_id, is_edit, withheld))
    if update.edited_message is not None:
        return Inbound()
    if message.chat.id == roles.admin_chat and (command := _admin_command(message)):
        return Inbound(admin_command=command)  # first: one chat may be both the desk and the admins'
    if message.chat.id == roles.desk_chat:
        return _from_desk(message, message.from_user, event_id)
    if message.chat.id == roles.admin_chat:
        return Inbound()
    return Inbound(unknown_chat=message.chat.id)


def _from_resident(
    message: Message, user: User, event_id: str, is_edit: bool, withheld: tuple[Secret, ...]
) -> Event:
    resident, language = resident_of(user.id), language_of(user)
    if message.text is None:
        kind = next((name for name in _MEDIA if getattr(message, name, None)), "other")
        return SentMedia(
            id=event_id,
            resident=resident,
            language=language,
            kind=kind,
            caption=message.caption or "",
            withheld=withheld,
        )
    if is_edit:
        return Edited(id=event_id, resident=resident, language=language, text=message.text, withheld=withheld)
    command = _COMMAND.fullmatch(message.text)
    if command is None:
        return Asked(id=event_id, resident=resident, language=language, text=message.text, withheld=withheld)
    name = command["name"].lower()
    if name == "start":
        return Started(
            id=event_id, resident=resident, language=language, payload=(command["rest"] or "").strip()
        )
    known = Command(name) if name in set(Command) else Command.UNKNOWN
    return Commanded(id=event_id, resident=resident, language=language, command=known)


def _from_press(query: CallbackQuery, event_id: str, roles: Roles, original: str | None) -> Inbound:
    press = decode(query.data or "")
    chat = query.message.chat if query.message is not None else None
    if chat is not None and chat.id == roles.desk_chat:
        if isinstance(press, _DESK_PRESSES):
            return Inbound(_desk_pressed(press, query.from_user, event_id))
        return Inbound()
    if chat is not None and chat.type != Chat.PRIVATE:
        return Inbound()
    resident, language = resident_of(query.from_user.id), language_of(query.from_user)
    if press is None or isinstance(press, _DESK_PRESSES):
        return Inbound(PressedUnknown(id=event_id, resident=resident, language=language))
    kept = original if isinstance(press, NotMyNumber) else None
    return Inbound(Pressed(id=event_id, resident=resident, language=language, press=press, original=kept))


def _desk_pressed(press: DeskPress, user: User, event_id: str) -> DeskPressed:
    return DeskPressed(id=event_id, staff=resident_of(user.id), name=user.first_name, press=press)


def _from_desk(message: Message, user: User, event_id: str) -> Inbound:
    staff, name = resident_of(user.id), user.first_name
    text = message.text or ""
    if text.startswith("/") and not text.startswith(_NOTE_MARK):
        return Inbound(desk_commands.parse(text, event_id=event_id, staff=staff, name=name))
    answered = message.reply_to_message
    to_ours = answered is not None and answered.from_user is not None and answered.from_user.is_bot
    if not to_ours or answered is None or text.startswith(_NOTE_MARK):
        return Inbound()
    if not text:
        return Inbound(media_from_desk=True)
    card = f"{message.chat.id}:{answered.message_id}"
    return Inbound(Replied(id=event_id, staff=staff, name=name, text=text, card=card))


def _admin_command(message: Message) -> str:
    command = _COMMAND.fullmatch(message.text or "")
    name = command["name"].lower() if command is not None else ""
    return name if name in ADMIN_COMMANDS else ""
