"""A ticket's place in a group: its own topic, or its card and replies to it where no topic can be made."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import structlog
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.error_map import is_topic_gone, topics_refused
from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.sending import put
from bot.places import Place
from bot.ports import Delivery, OutboxRow
from handlers.model.actions import Action, PostCard, Say

_TOPIC_NAME: Final = "受付番号 {ticket}"

_log = structlog.get_logger()


async def put_in_place(
    bot: Bot, row: OutboxRow, chat: int, group: OurGroup | None, ticket: int | None
) -> Delivery:
    """Send a message about a ticket to the ticket's place; any other one to where it was requested."""
    if ticket is None or group is None or not group.is_forum:
        return await _plain(bot, row, chat, ticket)
    return await _in_topic(bot, row, chat, group, ticket)


async def _plain(bot: Bot, row: OutboxRow, chat: int, ticket: int | None) -> Delivery:
    """Send it as a reply to the ticket's card, if that is in this group."""
    action = row.action
    reply_to = row.card if ticket is not None and not isinstance(action, PostCard) else None
    if reply_to is not None and reply_to.chat != str(chat):
        reply_to = None
    thread = thread_of(action)
    try:
        return await put(bot, row, chat, action, _answered(action) or reply_to, thread)
    except BadRequest as error:
        if thread is None or not is_topic_gone(error):
            raise
        return await put(
            bot, row, chat, action, None, None
        )  # the topic of the request was closed or deleted meanwhile


async def _in_topic(bot: Bot, row: OutboxRow, chat: int, group: OurGroup, ticket: int) -> Delivery:
    """Send it into the ticket's topic, which is made where it is missing or deleted; a plain message where none can
    be made.
    """
    action, topic, made = row.action, row.topic, None
    if topic is None or topic.chat != str(chat):
        topic = made = await _new_topic(bot, chat, group, ticket)
    answers = _answered(action) if made is None else None
    sent = None
    if topic is not None:
        try:
            sent = await put(bot, row, chat, action, answers, topic.number)
        except BadRequest as error:
            if made is not None or not is_topic_gone(error):
                raise
            if "closed" in error.message.lower() and await _reopen(bot, chat, topic):
                sent = await put(bot, row, chat, action, answers, topic.number)
            else:
                topic = made = await _new_topic(bot, chat, group, ticket)
                sent = await put(bot, row, chat, action, None, topic.number) if topic else None
    if sent is None:
        plain = await _plain(bot, row, chat, ticket)
        return replace(plain, no_topics=group.why_no_topics)
    lost = ticket if made is not None and not isinstance(action, PostCard) else None
    return replace(sent, topic=made, topic_lost=lost)


async def _new_topic(bot: Bot, chat: int, group: OurGroup, ticket: int) -> Place | None:
    """A new topic; ``None`` where the group makes none. Raises errors that concern messages as well."""
    if not group.makes_topics:
        return None
    try:
        made = await bot.create_forum_topic(chat, _TOPIC_NAME.format(ticket=ticket))
    except TelegramError as error:
        cause = topics_refused(error)
        if cause is None:
            raise
        _log.warning("telegram.no_topic", group=group.name, detail=error.message)
        group.refused_topic(cause)
        return None
    return Place(str(chat), str(made.message_thread_id))


async def _reopen(bot: Bot, chat: int, topic: Place) -> bool:
    """Reopen a topic that somebody closed while its ticket goes on."""
    try:
        return await bot.reopen_forum_topic(chat, topic.number)
    except BadRequest:
        return False


def thread_of(action: Action) -> int | None:
    """The topic in which the action was requested."""
    room = getattr(getattr(action, "to", None), "room", "")
    place = Place.parse(room) if room else None
    return place.number if place is not None and place.message else None


def _answered(action: Action) -> Place | None:
    """The message that the action replies to."""
    return Place.parse(action.reply_to) if isinstance(action, Say) and action.reply_to else None
