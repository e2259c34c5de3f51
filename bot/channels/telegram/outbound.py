"""Actions become calls of the Bot API, and what Telegram answers becomes a delivery."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import structlog
from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    ChatMigrated,
    TelegramError,
)

from bot.channels.telegram.classify import classify
from bot.channels.telegram.keyboards import to_markup
from bot.channels.telegram.render import split
from bot.pace import Slot
from bot.ports import Delivery, OutboxRow, Place, Result
from handlers.actions import (
    Action,
    EditCard,
    Erase,
    PostCard,
    Relay,
    Say,
    ShowTyping,
    ToAdmins,
    ToDesk,
    ToResident,
    ToTicket,
)
from handlers.tickets import Desk

RESIDENT_PREFIX: Final = "tg:"
_NO_DESK_WAIT_SECONDS: Final = 60.0
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_NO_TOPIC: Final = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
_CAPTION_UNITS, _DELETED_AT_ONCE = 1024, 100
_TOPIC_NAME: Final = "受付番号 {ticket}"

_log = structlog.get_logger()


class Group:
    """A group of ours: its id, which a migration changes, and whether it has topics."""

    def __init__(self, chat: int | None, on_moved: Callable[[int, int], None] | None = None) -> None:
        self.chat = chat
        self.ids = {chat}
        """All ids it has had."""
        self.is_forum = False
        self._on_moved = on_moved

    def moved(self, new: int) -> None:
        """A group became a supergroup under another id."""
        _log.warning(
            "telegram.chat_moved", old=self.chat, new=new, remedy="write the new id into config.yaml"
        )
        if self._on_moved is not None and self.chat is not None:
            self._on_moved(self.chat, new)
        self.chat = new
        self.ids.add(new)


class TelegramMessenger:
    """Sends. The groups' ids are ``None`` while the operator has not set them."""

    def __init__(self, bot: Bot, desk: Group, admins: Group, ward: Group | None = None) -> None:
        self._bot = bot
        self._desk = desk
        self._admins = admins
        self._ward = ward or Group(None)

    async def say_straight(self, text: str) -> bool:
        """A text to the admins, or to the desk without them, past the record and the queue; whether it arrived."""
        group = self._admins if self._admins.chat is not None else self._desk
        if group.chat is None:
            return True  # nobody to tell: the log has it
        try:
            await self._bot.send_message(group.chat, text, link_preview_options=_NO_PREVIEW)
        except TelegramError as error:
            if isinstance(error, ChatMigrated):
                group.moved(error.new_chat_id)
            _log.warning("telegram.alarm_not_sent", error=type(error).__name__)
            return classify(error).result in (Result.REFUSED, Result.UNREACHABLE)  # again would not help
        return True

    def slot(self, row: OutboxRow) -> Slot | None:
        """The chat a message counts in; a new ticket in a forum is a topic and a card."""
        group = self._group(row)
        chat = self._chat(row, group)
        if chat is None or isinstance(row.action, ShowTyping):
            return None
        is_new_topic = isinstance(row.action, PostCard) and group is not None and group.is_forum
        cost = 2 if is_new_topic else len(row.followers) + 1
        return Slot(str(chat), is_group=chat < 0, cost=cost)

    async def perform(self, row: OutboxRow) -> Delivery:
        """One message; never raises for what Telegram may answer."""
        group = self._group(row)
        chat = self._chat(row, group)
        if chat is None:
            return Delivery(Result.RETRY, retry_after=_NO_DESK_WAIT_SECONDS, detail="desk-chat-not-set")
        try:
            return await self._send(row, chat, group)
        except TelegramError as error:
            if isinstance(error, ChatMigrated):
                for known in (self._desk, self._admins, self._ward):
                    if known.chat == chat:
                        known.moved(error.new_chat_id)
            delivery = classify(error)
            if delivery.detail == "card-gone" and isinstance(row.action, EditCard):
                return replace(delivery, topic_lost=row.action.ticket)
            return delivery

    def _group(self, row: OutboxRow) -> Group | None:
        """The group a message is for; ``None`` where it is for one person. Without a ward's group the desk's is it."""
        action = row.action
        to = action.to if isinstance(action, (Say, Relay, ShowTyping)) else None
        if isinstance(to, ToResident):
            return None
        if isinstance(to, ToAdmins):
            return self._admins if self._admins.chat is not None else self._desk
        if isinstance(to, ToDesk) and to.room:
            here = int(to.room.partition(":")[0])
            known = (self._desk, self._ward, self._admins)
            return next((group for group in known if here in group.ids), Group(here))
        named = to.desk.value if isinstance(to, ToDesk) else row.desk
        desk = action.desk if isinstance(action, Erase) else named
        return self._ward if desk == Desk.WARD.value and self._ward.chat is not None else self._desk

    @staticmethod
    def _chat(row: OutboxRow, group: Group | None) -> int | None:
        if group is not None:
            return group.chat
        to = row.action.to if isinstance(row.action, (Say, Relay, ShowTyping)) else None
        return int(to.resident.removeprefix(RESIDENT_PREFIX)) if isinstance(to, ToResident) else None

    async def _send(self, row: OutboxRow, chat: int, group: Group | None) -> Delivery:
        action = row.action
        match action:
            case EditCard():
                return await self._edit(row, action, group)
            case Erase():
                return await self._erase(action)
            case ShowTyping():
                with contextlib.suppress(TelegramError):  # nothing depends on it
                    await self._bot.send_chat_action(chat, ChatAction.TYPING)
                return Delivery(Result.SENT)
            case _:
                ticket = action.ticket if isinstance(action, PostCard) else _ticket_of(action)
        if ticket is not None and group is not None and group.is_forum:
            return await self._in_topic(row, chat, ticket)
        reply_to = row.card if ticket is not None and not isinstance(action, PostCard) else None
        if reply_to is not None and reply_to.chat != str(chat):
            reply_to = None  # the card stands in another group by now
        answers = _place(action.reply_to) if isinstance(action, Say) else None
        return await self._put(row, chat, action, answers or reply_to, _thread_of(action))

    async def _in_topic(self, row: OutboxRow, chat: int, ticket: int) -> Delivery:
        """Where the topic is gone, or was never made, it is made; what had to be said is not lost."""
        action, topic, made = row.action, row.topic, None
        if topic is None or topic.chat != str(chat):
            topic = made = await self._new_topic(chat, ticket)
        answers = _place(action.reply_to) if isinstance(action, Say) and made is None else None
        try:
            sent = await self._put(row, chat, action, answers, int(topic.message))
        except BadRequest as error:
            if made is not None or not any(words in error.message.lower() for words in _NO_TOPIC):
                raise
            topic = made = await self._new_topic(chat, ticket)
            sent = await self._put(row, chat, action, None, int(topic.message))
        lost = ticket if made is not None and not isinstance(action, PostCard) else None
        return replace(sent, topic=made, topic_lost=lost)

    async def _put(
        self, row: OutboxRow, chat: int, action: Action, reply_to: Place | None, thread: int | None
    ) -> Delivery:
        if isinstance(action, Relay):
            return await self._copy(action, chat, reply_to, thread)
        return await self._text(row, chat, action, reply_to, thread)

    async def _copy(self, action: Relay, chat: int, reply_to: Place | None, thread: int | None) -> Delivery:
        """A copy has no name on it; an album stays one."""
        source, message = action.source.rsplit(":", 1)
        if action.followers:
            numbers = [int(message), *(int(place.rsplit(":", 1)[1]) for place in action.followers)]
            await self._bot.copy_messages(
                chat, int(source), sorted(numbers), message_thread_id=thread, remove_caption=action.is_bare
            )
            return Delivery(Result.SENT)
        sent = await self._bot.copy_message(
            chat,
            int(source),
            int(message),
            caption="" if action.is_bare else action.text[:_CAPTION_UNITS] or None,
            message_thread_id=thread,
            reply_parameters=_answering(reply_to),
        )
        return Delivery(Result.SENT, Place(str(chat), str(sent.message_id)))

    async def _erase(self, action: Erase) -> Delivery:
        """The topic goes whole; without one every message of the ticket's, as far as Telegram allows."""
        if action.topic:
            chat, thread = action.topic.split(":")
            with contextlib.suppress(BadRequest):  # it is gone already, or this is no forum any more
                await self._bot.delete_forum_topic(int(chat), int(thread))
        by_chat: dict[str, list[int]] = {}
        for place in action.places:
            chat, message = place.rsplit(":", 1)
            by_chat.setdefault(chat, []).append(int(message))
        for chat, messages in by_chat.items():
            for first in range(0, len(messages), _DELETED_AT_ONCE):
                with contextlib.suppress(BadRequest):  # older than Telegram lets a bot delete
                    await self._bot.delete_messages(int(chat), messages[first : first + _DELETED_AT_ONCE])
        return Delivery(Result.SENT)

    async def _new_topic(self, chat: int, ticket: int) -> Place:
        made = await self._bot.create_forum_topic(chat, _TOPIC_NAME.format(ticket=ticket))
        return Place(str(chat), str(made.message_thread_id))

    async def _edit(self, row: OutboxRow, card: EditCard, group: Group | None) -> Delivery:
        """The card where it stands; one that another desk's group still shows is not to learn anything new."""
        if row.card is None or group is None or int(row.card.chat) not in group.ids:
            return Delivery(Result.SENT, detail="no-card")
        await self._bot.edit_message_text(
            split(card.text)[0],
            chat_id=int(row.card.chat),
            message_id=int(row.card.message),
            reply_markup=to_markup(card.buttons),
            link_preview_options=_NO_PREVIEW,
        )
        return Delivery(Result.SENT, row.card)

    async def _text(
        self, row: OutboxRow, chat: int, action: Action, reply_to: Place | None, thread: int | None
    ) -> Delivery:
        """One piece of a text; the buttons stand under the last."""
        parts = split(action.text)
        number = min(row.part, len(parts) - 1)
        more = number < len(parts) - 1
        sent = await self._bot.send_message(
            chat,
            parts[number],
            message_thread_id=thread,
            reply_markup=None if more else to_markup(action.buttons),
            link_preview_options=_NO_PREVIEW,
            reply_parameters=_answering(reply_to) if number == 0 else None,
        )
        return Delivery(Result.SENT, Place(str(sent.chat_id), str(sent.message_id)), more=more)


def _ticket_of(action: Action) -> int | None:
    return action.to.ticket if isinstance(action, (Say, Relay)) and isinstance(action.to, ToTicket) else None


def _thread_of(action: Action) -> int | None:
    """The topic of the room where it was asked."""
    room = action.to.room if isinstance(action, Say) and isinstance(action.to, ToDesk) else ""
    thread = room.partition(":")[2]
    return int(thread) if thread else None


def _answering(reply_to: Place | None) -> ReplyParameters | None:
    return (
        ReplyParameters(int(reply_to.message), allow_sending_without_reply=True)
        if reply_to is not None
        else None
    )


def _place(name: str) -> Place | None:
    chat, _, message = name.rpartition(":")
    return Place(chat, message) if chat else None
