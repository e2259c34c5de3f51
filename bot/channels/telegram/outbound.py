"""Actions become calls of the Bot API, and what Telegram answers becomes a delivery."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import structlog
from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.keyboards import to_markup
from bot.channels.telegram.render import split
from bot.pace import Slot
from bot.ports import Delivery, OutboxRow, Place, Result
from handlers.actions import Action, EditCard, PostCard, Say, ToAdmins, ToResident, ToTicket

RESIDENT_PREFIX: Final = "tg:"
_NO_DESK_WAIT_SECONDS: Final = 60.0
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_GONE: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")
_UNREACHABLE: Final = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was kicked")
_NO_TOPIC: Final = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
_TOPIC_NAME: Final = "受付番号 {ticket}"

_log = structlog.get_logger()


class Group:
    """A group of ours: its id, which a migration changes, and whether it has topics."""

    def __init__(self, chat: int | None) -> None:
        self.chat = chat
        self.is_forum = False

    def moved(self, new: int) -> None:
        """A group became a supergroup under another id."""
        _log.warning(
            "telegram.chat_moved", old=self.chat, new=new, remedy="write the new id into config.yaml"
        )
        self.chat = new


class TelegramMessenger:
    """Sends. The groups' ids are ``None`` while the operator has not set them."""

    def __init__(self, bot: Bot, desk: Group, admins: Group) -> None:
        self._bot = bot
        self._desk = desk
        self._admins = admins

    def slot(self, row: OutboxRow) -> Slot | None:
        """The chat a message counts in; a new ticket in a forum is a topic and a card."""
        chat = self._chat(row.action)
        if chat is None:
            return None
        cost = 2 if isinstance(row.action, PostCard) and self._desk.is_forum else 1
        return Slot(str(chat), is_group=chat < 0, cost=cost)

    async def perform(self, row: OutboxRow) -> Delivery:
        """One message; never raises for what Telegram may answer."""
        chat = self._chat(row.action)
        if chat is None:
            return Delivery(Result.RETRY, retry_after=_NO_DESK_WAIT_SECONDS, detail="desk-chat-not-set")
        try:
            return await self._send(row, chat)
        except TelegramError as error:
            if isinstance(error, ChatMigrated):
                for group in (self._desk, self._admins):
                    if group.chat == chat:
                        group.moved(error.new_chat_id)
            delivery = classify(error)
            if delivery.detail == "card-gone" and isinstance(row.action, EditCard):
                return replace(delivery, topic_lost=row.action.ticket)
            return delivery

    def _chat(self, action: Action) -> int | None:
        if isinstance(action, Say):
            if isinstance(action.to, ToResident):
                return int(action.to.resident.removeprefix(RESIDENT_PREFIX))
            if isinstance(action.to, ToAdmins) and self._admins.chat is not None:
                return self._admins.chat
        return self._desk.chat

    async def _send(self, row: OutboxRow, chat: int) -> Delivery:
        action = row.action
        if isinstance(action, EditCard):
            return await self._edit(row, action)
        ticket = action.ticket if isinstance(action, PostCard) else _ticket_of(action)
        if ticket is not None and self._desk.is_forum:
            return await self._in_topic(row, chat, ticket)
        reply_to = row.card if ticket is not None and not isinstance(action, PostCard) else None
        answers = _place(action.reply_to) if isinstance(action, Say) else None
        return await self._text(row, chat, action, answers or reply_to)

    async def _in_topic(self, row: OutboxRow, chat: int, ticket: int) -> Delivery:
        """Where the topic is gone, or was never made, it is made; what had to be said is not lost."""
        action, topic, made = row.action, row.topic, None
        if topic is None or topic.chat != str(chat):
            topic = made = await self._new_topic(chat, ticket)
        try:
            sent = await self._text(row, chat, action, None, int(topic.message))
        except BadRequest as error:
            if made is not None or not any(words in error.message.lower() for words in _NO_TOPIC):
                raise
            topic = made = await self._new_topic(chat, ticket)
            sent = await self._text(row, chat, action, None, int(topic.message))
        lost = ticket if made is not None and not isinstance(action, PostCard) else None
        return replace(sent, topic=made, topic_lost=lost)

    async def _new_topic(self, chat: int, ticket: int) -> Place:
        made = await self._bot.create_forum_topic(chat, _TOPIC_NAME.format(ticket=ticket))
        return Place(str(chat), str(made.message_thread_id))

    async def _edit(self, row: OutboxRow, card: EditCard) -> Delivery:
        if row.card is None:
            return Delivery(Result.SENT, detail="no-card")  # not posted here: nothing to bring up to date
        await self._bot.edit_message_text(
            split(card.text)[0],
            chat_id=int(row.card.chat),
            message_id=int(row.card.message),
            reply_markup=to_markup(card.buttons),
            link_preview_options=_NO_PREVIEW,
        )
        return Delivery(Result.SENT, row.card)

    async def _text(
        self, row: OutboxRow, chat: int, action: Action, reply_to: Place | None, thread: int | None = None
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
            reply_parameters=ReplyParameters(int(reply_to.message), allow_sending_without_reply=True)
            if reply_to is not None and number == 0
            else None,
        )
        return Delivery(Result.SENT, Place(str(sent.chat_id), str(sent.message_id)), more=more)


def _ticket_of(action: Say) -> int | None:
    return action.to.ticket if isinstance(action.to, ToTicket) else None


def _place(name: str) -> Place | None:
    chat, _, message = name.rpartition(":")
    return Place(chat, message) if chat else None


def classify(error: TelegramError) -> Delivery:
    """What an error means for the message. The order matters: BadRequest and TimedOut are NetworkErrors."""
    said = error.message.lower()
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            return Delivery(Result.RETRY, retry_after=max(1.0, seconds), detail="flood")
        case ChatMigrated():
            return Delivery(Result.RETRY, retry_after=1.0, detail="chat-migrated")
        case Forbidden():
            return Delivery(Result.UNREACHABLE, detail="forbidden")
        case InvalidToken():
            return Delivery(Result.RETRY, retry_after=60.0, detail="token-not-accepted")
        case BadRequest() if "message is not modified" in said:
            return Delivery(Result.SENT, detail="not-modified")
        case BadRequest() if any(words in said for words in _GONE):
            return Delivery(Result.SENT, detail="card-gone")
        case BadRequest() if any(words in said for words in _UNREACHABLE):
            return Delivery(Result.UNREACHABLE, detail="chat-not-found")
        case BadRequest():
            return Delivery(Result.REFUSED, detail=f"bad-request: {error.message[:80]}")
        case TimedOut():
            return Delivery(Result.UNKNOWN, detail="no-answer")
        case NetworkError():
            return Delivery(Result.RETRY, detail=type(error).__name__)
        case Conflict():
            return Delivery(Result.RETRY, detail="conflict")
        case _:  # what answered was not the Bot API: a proxy, a page in HTML
            return Delivery(Result.UNKNOWN, detail=type(error).__name__)
