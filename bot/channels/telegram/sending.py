"""One Bot API call per message: texts, copies, edits and deletions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.telegram.keyboards import to_markup
from bot.channels.telegram.render import pieces, split
from bot.places import Place
from bot.ports import Delivery, DeliveryResult, OutboxRow
from handlers.model.actions import Action, EditCard, Erase, Relay, Say

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_GONE: Final = (
    "message thread not found", "topic_deleted", "topic_id_invalid", "message to delete not found", "message_id_invalid",
    "chat not found", "not a forum",
)  # fmt: skip
"""Telegram's wordings where there is nothing left to delete."""
_CAPTION_UNITS, _DELETED_AT_ONCE = 1024, 100


async def say(bot: Bot, chat: int, text: str) -> None:
    """Send a short text."""
    await bot.send_message(chat, text, link_preview_options=_NO_PREVIEW)


async def put(
    bot: Bot, row: OutboxRow, chat: int, action: Action, reply_to: Place | None, thread: int | None
) -> Delivery:
    """A new message."""
    if isinstance(action, Relay):
        return await _copy(bot, action, chat, reply_to, thread)
    return await _text(bot, row, chat, action, reply_to, thread)


async def edit(bot: Bot, card: EditCard, place: Place) -> Delivery:
    """Update the card in place."""
    await bot.edit_message_text(
        split(card.text)[0],
        chat_id=place.number_of_chat,
        message_id=place.number,
        reply_markup=to_markup(card.buttons),
        link_preview_options=_NO_PREVIEW,
    )
    return Delivery(DeliveryResult.SENT, place)


async def erase(bot: Bot, action: Erase) -> Delivery:
    """Delete the whole topic, and every message of the ticket elsewhere; messages that Telegram does not delete are
    counted.
    """
    left = 0
    if action.topic:
        topic = Place.parse(action.topic)
        try:
            await bot.delete_forum_topic(topic.number_of_chat, topic.number)
        except (BadRequest, ChatMigrated, Forbidden) as error:
            left += not _is_gone(error)
    by_chat: dict[int, list[int]] = {}
    for place in map(Place.parse, action.places):
        by_chat.setdefault(place.number_of_chat, []).append(place.number)
    for chat, messages in by_chat.items():
        for first in range(0, len(messages), _DELETED_AT_ONCE):
            some = messages[first : first + _DELETED_AT_ONCE]
            try:
                await bot.delete_messages(chat, some)
            except (BadRequest, ChatMigrated, Forbidden):  # one undeletable message makes the whole call fail
                left += await _delete_one_by_one(bot, chat, some)
    return Delivery(DeliveryResult.SENT, left=left)


async def _delete_one_by_one(bot: Bot, chat: int, messages: Sequence[int]) -> int:
    """How many messages remain."""
    left = 0
    for message in messages:
        try:
            await bot.delete_message(chat, message)
        except (BadRequest, ChatMigrated, Forbidden) as error:
            left += not _is_gone(error)
    return left


def _is_gone(error: TelegramError) -> bool:
    """Whether there is nothing left to delete."""
    return any(words in error.message.lower() for words in _GONE)


async def _copy(bot: Bot, action: Relay, chat: int, reply_to: Place | None, thread: int | None) -> Delivery:
    """A copy, which carries no author's name; an album stays one album."""
    source = Place.parse(action.source)
    if action.followers:
        numbers = [source.number, *(Place.parse(place).number for place in action.followers)]
        made = await bot.copy_messages(
            chat,
            source.number_of_chat,
            sorted(numbers),
            message_thread_id=thread,
            remove_caption=action.is_bare,
        )
        places = [Place(str(chat), str(one.message_id)) for one in made]
        return Delivery(DeliveryResult.SENT, places[0] if places else None, also=tuple(places[1:]))
    sent = await bot.copy_message(
        chat,
        source.number_of_chat,
        source.number,
        caption="" if action.is_bare else action.text[:_CAPTION_UNITS] or None,
        message_thread_id=thread,
        reply_parameters=_answering(reply_to),
    )
    return Delivery(DeliveryResult.SENT, Place(str(chat), str(sent.message_id)))


async def _text(
    bot: Bot, row: OutboxRow, chat: int, action: Action, reply_to: Place | None, thread: int | None
) -> Delivery:
    """Send one piece of a text; the last piece has the buttons."""
    parts = pieces(action.text, action.fold if isinstance(action, Say) else 0)
    number = min(row.part, len(parts) - 1)
    more = number < len(parts) - 1
    sent = await bot.send_message(
        chat,
        parts[number].text,
        entities=parts[number].entities or None,
        message_thread_id=thread,
        reply_markup=None if more else to_markup(action.buttons),
        link_preview_options=_NO_PREVIEW,
        reply_parameters=_answering(reply_to) if number == 0 else None,
    )
    return Delivery(DeliveryResult.SENT, Place(str(sent.chat_id), str(sent.message_id)), more=more)


def _answering(reply_to: Place | None) -> ReplyParameters | None:
    return (
        ReplyParameters(reply_to.number, allow_sending_without_reply=True) if reply_to is not None else None
    )
