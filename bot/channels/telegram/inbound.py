"""Updates become events: pure functions over Telegram's types. A person's role depends on the chat they write in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final

from telegram import CallbackQuery, Chat, ExternalReplyInfo, Message, Update, User

from bot.channels.telegram.names import resident_of, update_of
from bot.places import Place
from faq.language import Language
from handlers.desk import commands as desk_commands
from handlers.model.buttons import DeskPress, NotMyNumber, decode
from handlers.model.events import (
    AdminCommanded,
    Asked,
    DeskEvent,
    DeskPressed,
    Edited,
    Event,
    Noted,
    Pressed,
    PressedUnknown,
    Replied,
    RepliedMedia,
    ReplyEdited,
    Secret,
    SentMedia,
    Slip,
    UnknownDeskCommand,
)
from handlers.model.tickets import Desk
from handlers.resident import commands
from handlers.wording import desk
from handlers.wording.marked import forwarded

ADMIN_COMMANDS: Final = frozenset({"reload", "check"})
_FOR_STAFF: Final = desk_commands.VERBS | ADMIN_COMMANDS
_STEM: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")
"""The ending of a file's name."""
_SLASHES: Final = ("/", "／")
_WORD_AT_MOST: Final = 40
UNNAMED: Final = "職員"
"""Name of an author who writes as the group or as a channel."""
_MEDIA: Final = ("photo", "document", "voice", "audio", "video", "video_note", "sticker", "animation", "contact",
                 "location", "poll", "dice", "story", "venue", "game", "paid_media", "checklist", "invoice", "giveaway")  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroupChats:
    """Which chats are the desk's, the admins' and the ward's; ``None`` where the operator has set none."""

    desk_chat: int | None
    admin_chat: int | None
    ward_chat: int | None = None

    def is_desk(self, chat: int) -> bool:
        """Whether staff work in this chat."""
        return chat in (self.desk_chat, self.ward_chat)

    def desk_of(self, chat: int) -> Desk:
        """The desk whose group it is."""
        return Desk.WARD if chat == self.ward_chat else Desk.FACILITY


@dataclass(frozen=True, slots=True)
class Inbound:
    """What an update leads to: an event, a message to admins or the operator, or nothing (all fields empty)."""

    event: Event | None = None
    unknown_chat: int | None = None
    toast: str = ""
    """Text that pops up after a button press that makes no event."""


@dataclass(frozen=True, slots=True)
class _Author:
    """The author of a message in a group: a person, or the group or channel in whose name it was written."""

    id: int
    name: str
    is_anonymous: bool = False


def language_of(user: User | None) -> Language:
    """The language of the person's app; English where we do not have it."""
    code = (user.language_code or "ja").lower() if user is not None else "ja"
    if code.startswith("ja"):
        return Language.JA
    if code.startswith("ko"):
        return Language.KO
    if code.startswith("zh"):
        traditional = any(mark in code for mark in ("hant", "tw", "hk", "mo"))
        return Language.ZH_HANT if traditional else Language.ZH_HANS
    return Language.EN


def to_inbound(
    update: Update, roles: GroupChats, withheld: tuple[Secret, ...], original: str | None
) -> Inbound:
    """The event of an update. ``original`` is the withheld text, for the button that lets it through."""
    event_id = update_of(update.update_id)
    if update.callback_query is not None:
        return _from_press(update.callback_query, event_id, roles, original)
    message = update.message or update.edited_message
    author = _author(message) if message is not None else None
    if message is None or author is None:
        return Inbound()
    if message.chat.type == Chat.PRIVATE and message.from_user is not None:
        is_edit = update.edited_message is not None
        return Inbound(_from_resident(message, message.from_user, event_id, is_edit, withheld))
    if update.edited_message is not None:
        return _edited_by_staff(message, author, event_id, roles)
    if message.chat.id == roles.admin_chat and (command := _admin_command(message)):
        # before the desk: one chat may be both
        return Inbound(AdminCommanded(**_who(message, author, event_id, roles), command=command))
    if roles.is_desk(message.chat.id):
        return Inbound(_from_desk(message, _who(message, author, event_id, roles)))
    if message.chat.id == roles.admin_chat:
        return Inbound(_among_admins(message, _who(message, author, event_id, roles)))
    return Inbound(unknown_chat=message.chat.id)


def _author(message: Message) -> _Author | None:
    """The author; ``None`` for other bots. Telegram names a placeholder bot where somebody writes as a group or a
    channel.

    Posts of a linked channel are copied into its group by Telegram itself: nobody at the desk wrote them.
    """
    if message.sender_chat is not None:
        if message.is_automatic_forward:
            return None
        return _Author(message.sender_chat.id, UNNAMED, is_anonymous=True)
    user = message.from_user
    return _Author(user.id, user.first_name) if user is not None and not user.is_bot else None


def _from_resident(
    message: Message, user: User, event_id: str, is_edit: bool, withheld: tuple[Secret, ...]
) -> Event | None:
    resident, language = resident_of(user.id), language_of(user)
    where: dict[str, Any] = {"place": _place(message), "quoted": _quoted(message)}
    if is_edit:
        if message.location is not None:
            return None  # live locations are updated every few seconds; the first one was answered
        text = message.text or message.caption or ""
        return Edited(
            id=event_id, resident=resident, language=language, text=text, withheld=withheld, **where
        )
    if message.text is None:
        kind = _kind(message) or "other"
        return SentMedia(
            id=event_id,
            resident=resident,
            language=language,
            kind=kind,
            caption=written(message),
            title=_title(message),
            withheld=withheld,
            album=message.media_group_id or "",
            **where,
        )
    who: dict[str, Any] = {"id": event_id, "resident": resident, "language": language, **where}
    text = written(message)
    command = commands.parse(text, _FOR_STAFF, withheld, **who)
    return command or Asked(**who, text=text, withheld=withheld)


def written(message: Message) -> str:
    """A message's text or caption. Forwarded text is marked: somebody else may have written it, and it is no command."""
    text = message.text or message.caption or ""
    return forwarded(text) if message.forward_origin is not None else text


def _from_press(query: CallbackQuery, event_id: str, roles: GroupChats, original: str | None) -> Inbound:
    press = decode(query.data or "")
    chat = query.message.chat if query.message is not None else None
    if chat is not None and roles.is_desk(chat.id):
        if isinstance(press, DeskPress):
            place = _at(chat.id, query.message.message_id) if query.message is not None else ""
            return Inbound(
                DeskPressed(
                    id=event_id,
                    staff=resident_of(query.from_user.id),
                    name=query.from_user.first_name,
                    desk=roles.desk_of(chat.id),
                    place=place,
                    press=press,
                )
            )
        return Inbound(toast=desk.OLD_BUTTON)
    if chat is not None and chat.type != Chat.PRIVATE:
        return Inbound(toast=desk.OLD_BUTTON)
    resident, language = resident_of(query.from_user.id), language_of(query.from_user)
    if press is None or isinstance(press, DeskPress):
        return Inbound(PressedUnknown(id=event_id, resident=resident, language=language))
    kept = original if isinstance(press, NotMyNumber) else None
    return Inbound(Pressed(id=event_id, resident=resident, language=language, press=press, original=kept))


def _from_desk(message: Message, who: dict[str, Any]) -> DeskEvent | None:
    """A reply to a card, a command, or talk among staff: only replies and commands can leave the group."""
    text = message.text or message.caption or ""
    kind = _kind(message)
    if text.startswith(_SLASHES) and (command := _desk_command(text, who)) is not None:
        if isinstance(command, Noted) and desk_commands.is_note(text):
            return replace(command, text=f"({kind}) {command.text}") if kind else command
        if message.text is None:  # a command under a photo would lose the photo
            return UnknownDeskCommand(**who, text=text.split()[0][:_WORD_AT_MOST], slip=Slip.CAPTION)
        return command
    answered = who["answers"]
    if answered:
        if message.text is None:
            return RepliedMedia(
                **who,
                kind=kind or "other",
                card=answered,
                caption=message.caption or "",
                album=message.media_group_id or "",
            )
        return Replied(**who, text=text, card=answered)
    said = text.strip()
    if not said or not who["topic"]:
        return None
    return Noted(**who, text=f"({kind}) {said}" if kind else said, is_chat=True)


def _among_admins(message: Message, who: dict[str, Any]) -> UnknownDeskCommand | None:
    """A desk command in the admins' group: its author is told where it belongs. Anything else is ignored."""
    text = message.text or message.caption or ""
    command = (
        _desk_command(text, who) if text.startswith(_SLASHES) and not desk_commands.is_note(text) else None
    )
    if command is None:
        return None
    return UnknownDeskCommand(**who, text=text.split()[0][:_WORD_AT_MOST], slip=Slip.ADMINS_ROOM)


def _desk_command(text: str, who: dict[str, Any]) -> DeskEvent | None:
    where = {key: value for key, value in who.items() if key != "id"}
    return desk_commands.parse(text, event_id=who["id"], **where)


def _quoted(message: Message) -> str:
    """The text a message replies to, in this chat or another: the selected part, or else all of it."""
    if message.quote is not None:
        return message.quote.text
    answered = message.reply_to_message or message.external_reply
    if answered is None:
        return ""
    words = (answered.text or answered.caption) if isinstance(answered, Message) else None
    kind = _kind(answered)
    return words or (f"({kind})" if kind else "")


def _answered(message: Message) -> str:
    """The message of ours that this one replies to. In a topic every message replies to the one that opened it."""
    answered = message.reply_to_message
    if answered is None or answered.sender_chat is not None:
        return ""
    if answered.from_user is None or not answered.from_user.is_bot:
        return ""
    if answered.forum_topic_created is not None or answered.message_id == message.message_thread_id:
        return ""
    return _at(message.chat.id, answered.message_id)


def _edited_by_staff(message: Message, author: _Author, event_id: str, roles: GroupChats) -> Inbound:
    if not roles.is_desk(message.chat.id):
        return Inbound()
    who, text = _who(message, author, event_id, roles), message.text or message.caption or ""
    kind = _kind(message)
    may_command = text.startswith(_SLASHES) and (not kind or desk_commands.is_note(text))
    command = _desk_command(text, who) if may_command else None
    match command:
        case Replied() | Noted():
            edited = ReplyEdited(
                **who, text=command.text, verb=text.split()[0][:_WORD_AT_MOST], kind=kind, named=command.ticket,
                is_note=isinstance(command, Noted),
            )  # fmt: skip
            return Inbound(edited)
        case None:
            return Inbound(ReplyEdited(**who, text=text, kind=kind))
        case _:
            return Inbound(ReplyEdited(**who, text="", verb=text.split()[0][:_WORD_AT_MOST]))


def _picked(message: Message) -> str:
    """The words that staff selected in the message they reply to."""
    return message.quote.text if message.quote is not None and message.quote.is_manual else ""


def _kind(message: Message | ExternalReplyInfo) -> str:
    return next((name for name in _MEDIA if getattr(message, name, None)), "")


def _title(message: Message) -> str:
    """The name its maker gave a file, a piece of music, a place or a poll, in one line and without the file's
    extension.
    """
    named = (message.document, message.audio, message.video, message.animation)
    found = [_STEM.sub("", one.file_name) for one in named if one is not None and one.file_name]
    if message.audio is not None:
        found += [message.audio.title or "", message.audio.performer or ""]
    if message.venue is not None:
        found += [message.venue.title, message.venue.address]
    if message.poll is not None:
        found += [message.poll.question, *(option.text for option in message.poll.options)]
    if message.checklist is not None:
        found += [message.checklist.title, *(task.text for task in message.checklist.tasks)]
    return "\n".join(dict.fromkeys(one.replace("_", " ").strip() for one in found if one.strip()))


def _who(message: Message, author: _Author, event_id: str, roles: GroupChats) -> dict[str, Any]:
    room = _room(message)
    return {
        "id": event_id, "staff": resident_of(author.id), "name": author.name, "desk": roles.desk_of(message.chat.id),
        "room": room, "topic": room if message.is_topic_message else "", "place": _place(message),
        "answers": _answered(message), "quoted": _picked(message), "is_anonymous": author.is_anonymous,
    }  # fmt: skip


def _room(message: Message) -> str:
    """Chat and topic. In a group without topics a thread id only marks a chain of replies, and is left out."""
    thread = message.message_thread_id if message.is_topic_message else None
    return _at(message.chat.id, thread)


def _place(message: Message) -> str:
    return _at(message.chat.id, message.message_id)


def _at(chat: int, message: int | None) -> str:
    return str(Place(str(chat), "" if message is None else str(message)))


def _admin_command(message: Message) -> str:
    name, _ = commands.split(message.text or "") or ("", "")
    return name if name in ADMIN_COMMANDS else ""
