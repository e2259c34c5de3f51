"""A ticket leaves a group: its card is emptied, messages about it are deleted, its topic is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Final

import structlog
from telegram import Bot, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.places import Place
from bot.ports import Delivery, DeliveryResult, OutboxRow
from handlers.model.actions import Retire

COST: Final = 5
"""Actions in the group: the card, the deletion, a line in the topic, closing it, and one in reserve."""
_DELETED_AT_ONCE: Final = 100
_NOT_TAKEN_AWAY: Final = (
    "この受付について前に出した文の一部を、消せませんでした。グループの管理者が消してください。"
    "まどぐちに「メッセージの削除」の権限があれば、次からは自動で消えます。"
)

_log = structlog.get_logger()


async def retire(bot: Bot, row: OutboxRow, action: Retire, ids: Collection[int | None]) -> Delivery:
    """``ids`` are all ids the group has had. What the group refuses is skipped; rate limits and network errors are
    raised.
    """
    here = [place for place in row.places if place.number_of_chat in ids]
    card = row.card if row.card is not None and row.card.number_of_chat in ids else None
    if card is not None:
        await _emptied(bot, card, action.text)
    is_clean = True
    if action.erases:
        is_clean = await _taken_away(bot, [place for place in here if place != card])
    topics = [topic for topic in row.topics if topic.number_of_chat in ids] if action.closes else []
    said = action.text if is_clean else f"{action.text}\n{_NOT_TAKEN_AWAY}"
    for topic in topics:
        await _closed(bot, topic, said)
    if not is_clean and not topics and card is not None:
        await _say(bot, card.number_of_chat, None, said)
    gone_from = tuple(str(one) for one in ids if one is not None) if action.closes else ()
    return Delivery(DeliveryResult.SENT, gone_from=gone_from)


async def _emptied(bot: Bot, card: Place, text: str) -> None:
    try:
        await bot.edit_message_text(
            text, chat_id=card.number_of_chat, message_id=card.number,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )  # fmt: skip
    except (BadRequest, ChatMigrated, Forbidden) as error:  # deleted, or emptied already
        _log.info("telegram.card_not_emptied", detail=error.message[:80])


async def _taken_away(bot: Bot, places: list[Place]) -> bool:
    by_chat: defaultdict[int, list[int]] = defaultdict(list)
    for place in places:
        by_chat[place.number_of_chat].append(place.number)
    is_clean = True
    for chat, messages in by_chat.items():
        for first in range(0, len(messages), _DELETED_AT_ONCE):
            try:
                await bot.delete_messages(chat, messages[first : first + _DELETED_AT_ONCE])
            except (
                BadRequest,
                ChatMigrated,
                Forbidden,
            ) as error:  # too old for a bot without the right to delete
                _log.warning("telegram.words_not_taken_away", detail=error.message[:80])
                is_clean = False
    return is_clean


async def _closed(bot: Bot, topic: Place, text: str) -> None:
    """Close the topic; its last line says where the ticket went. Without the right to close, the line is still posted."""
    await _say(bot, topic.number_of_chat, topic.number, text)
    try:
        await bot.close_forum_topic(topic.number_of_chat, topic.number)
    except (BadRequest, ChatMigrated, Forbidden) as error:
        _log.info("telegram.topic_not_closed", detail=error.message[:80])


async def _say(bot: Bot, chat: int, thread: int | None, text: str) -> None:
    try:
        await bot.send_message(chat, text, message_thread_id=thread)
    except (BadRequest, ChatMigrated, Forbidden) as error:
        _log.info("telegram.not_said_where_it_went", detail=error.message[:80])
