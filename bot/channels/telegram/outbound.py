"""Actions become calls of the Bot API, and what Telegram answers becomes a delivery."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import structlog
from telegram import Bot, LinkPreviewOptions, Message, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.keyboards import to_markup
from bot.channels.telegram.render import split
from bot.ports import Delivery, OutboxRow, Place, Result
from handlers.actions import Action, Buttons, EditCard, Say, ToAdmins, ToResident, ToTicket

RESIDENT_PREFIX: Final = "tg:"
_NO_DESK_WAIT_SECONDS: Final = 60.0
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_GONE: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")
_UNREACHABLE: Final = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was kicked")

_log = structlog.get_logger()


class TelegramMessenger:
    """Sends. ``desk_chat`` and ``admin_chat`` are chat ids, or ``None`` while the operator has not set them."""

    def __init__(self, bot: Bot, desk_chat: int | None, admin_chat: int | None) -> None:
        self._bot = bot
        self._desk_chat = desk_chat
        self._admin_chat = admin_chat

    async def perform(self, row: OutboxRow) -> Delivery:
        """One message; never raises for what Telegram may answer."""
        chat = self._chat(row.action)
        if chat is None:
            return Delivery(Result.RETRY, retry_after=_NO_DESK_WAIT_SECONDS, detail="desk-chat-not-set")
        try:
            place = await self._send(row, chat)
        except TelegramError as error:
            if isinstance(error, ChatMigrated):
                self._moved(chat, error.new_chat_id)
            return classify(error)
        return Delivery(Result.SENT, place)

    def _chat(self, action: Action) -> int | None:
        if isinstance(action, Say):
            if isinstance(action.to, ToResident):
                return int(action.to.resident.removeprefix(RESIDENT_PREFIX))
            if isinstance(action.to, ToAdmins) and self._admin_chat is not None:
                return self._admin_chat
        return self._desk_chat

    async def _send(self, row: OutboxRow, chat: int) -> Place | None:
        action = row.action
        if isinstance(action, EditCard):
            return await self._edit(row, action)
        in_thread = isinstance(action, Say) and isinstance(action.to, ToTicket)
        reply_to = row.card if in_thread else None
        return await self._text(chat, action.text, action.buttons, reply_to)

    async def _edit(self, row: OutboxRow, card: EditCard) -> Place | None:
        if row.card is None:
            return None  # the card has not been posted here: there is nothing to bring up to date
        await self._bot.edit_message_text(
            split(card.text)[0],
            chat_id=int(row.card.chat),
            message_id=int(row.card.message),
            reply_markup=to_markup(card.buttons),
            link_preview_options=_NO_PREVIEW,
        )
        return row.card

    async def _text(self, chat: int, text: str, buttons: Buttons, reply_to: Place | None) -> Place:
        parts = split(text)
        sent: Message | None = None
        for number, part in enumerate(parts, start=1):
            sent = await self._bot.send_message(
                chat,
                part,
                reply_markup=to_markup(buttons) if number == len(parts) else None,
                link_preview_options=_NO_PREVIEW,
                reply_parameters=ReplyParameters(int(reply_to.message), allow_sending_without_reply=True)
                if reply_to is not None and number == 1
                else None,
            )
        if sent is None:
            raise AssertionError("a text without parts")
        return Place(str(sent.chat_id), str(sent.message_id))

    def _moved(self, old: int, new: int) -> None:
        if old == self._desk_chat:
            self._desk_chat = new
        if old == self._admin_chat:
            self._admin_chat = new
        _log.warning("telegram.chat_moved", old=old, new=new, remedy="write the new id into config.yaml")


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
            return Delivery(Result.REFUSED, detail="bad-request")
        case NetworkError():
            return Delivery(Result.RETRY, detail=type(error).__name__)
        case _:
            return Delivery(Result.REFUSED, detail=type(error).__name__)
