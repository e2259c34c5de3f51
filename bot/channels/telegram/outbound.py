"""Actions become calls of the Bot API, and what Telegram answers becomes a delivery."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Final

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import ChatMigrated, TelegramError

from bot.channels.telegram import retiring
from bot.channels.telegram.error_map import classify
from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.names import chat_of
from bot.channels.telegram.rooms import put_in_place
from bot.channels.telegram.sending import edit, erase, say
from bot.places import Place
from bot.ports import Delivery, DeliveryResult, OutboxRow, Slot
from handlers.model.actions import (
    EditCard,
    Erase,
    PostCard,
    Relay,
    Retire,
    Say,
    ShowTyping,
    ToAdmins,
    ToDesk,
    ToResident,
    ToTicket,
)
from handlers.model.delivery import Cause, GroupName
from handlers.model.tickets import Desk

_NO_DESK_WAIT_SECONDS: Final = 60.0

_log = structlog.get_logger()


class TelegramMessenger:
    """Sends. The groups' ids are ``None`` where the operator has not set them."""

    def __init__(self, bot: Bot, desk: OurGroup, admins: OurGroup, ward: OurGroup | None = None) -> None:
        self._bot = bot
        self._desk = desk
        self._admins = admins
        self._ward = ward or OurGroup(None)

    async def say_straight(self, text: str) -> bool:
        """A text to the admins, or to the first desk that takes it, without record and queue. Returns whether to
        stop trying.
        """
        groups = [group for group in (self._admins, self._desk, self._ward) if group.chat is not None]
        would_help = False
        for group in groups:
            try:
                await say(self._bot, group.chat or 0, text)
            except TelegramError as error:
                if isinstance(error, ChatMigrated):
                    group.moved(error.new_chat_id)
                _log.warning("telegram.alarm_not_sent", group=group.name, error=type(error).__name__)
                held = classify(error, is_group=True).result in (DeliveryResult.REFUSED, DeliveryResult.HELD)
                would_help = would_help or not held
                if not held:
                    break  # no answer at the moment: a later attempt may reach the admins
            else:
                return True
        return not would_help  # where every group refuses, or none is set, the text is only in the log

    def slot(self, row: OutboxRow) -> Slot | None:
        """The chat whose limit a message counts against; a new ticket in a forum counts as topic and card."""
        group = self._group(row)
        chat = self._chat(row, group)
        if chat is None or isinstance(row.action, ShowTyping):
            return None
        is_new_topic = isinstance(row.action, PostCard) and group is not None and group.makes_topics
        parts = len(row.followers) + 1 if isinstance(row.action, Relay) else 1
        cost = 2 if is_new_topic else parts
        cost = retiring.COST if isinstance(row.action, Retire) else cost
        return Slot(
            str(chat), is_group=chat < 0, cost=cost, group=(group.name or "") if group is not None else ""
        )

    async def perform(self, row: OutboxRow) -> Delivery:
        """Send one message; never raises for an error that Telegram answers."""
        group = self._group(row)
        chat = self._chat(row, group)
        name = group.name if group is not None else None
        if chat is None:
            return Delivery(
                DeliveryResult.HELD,
                retry_after=_NO_DESK_WAIT_SECONDS,
                detail="desk-chat-not-set",
                cause=Cause.NOT_SET,
                group=name or GroupName.FACILITY,
            )
        try:
            return replace(await self._send(row, chat, group), group=name)
        except TelegramError as error:
            if isinstance(error, ChatMigrated):
                for known in (self._desk, self._admins, self._ward):
                    if known.chat == chat:
                        known.moved(error.new_chat_id)
                if isinstance(row.action, EditCard):  # nothing sent before the move can be edited
                    return Delivery(DeliveryResult.SENT, group=name, topic_lost=row.action.ticket)
            delivery = replace(classify(error, is_group=name is not None), group=name)
            if isinstance(row.action, EditCard) and (
                delivery.detail == "card-gone" or delivery.cause is Cause.ORIGINAL_GONE
            ):
                return replace(delivery, result=DeliveryResult.SENT, topic_lost=row.action.ticket)
            return delivery

    def _group(self, row: OutboxRow) -> OurGroup | None:
        """The group a message is for; ``None`` where it is for one person. Without a ward's group, the desk's group."""
        action = row.action
        to = action.to if isinstance(action, (Say, Relay, ShowTyping)) else None
        if isinstance(to, ToResident):
            return None
        if isinstance(to, ToAdmins):
            return self._admins if self._admins.chat is not None else self._desk
        if isinstance(to, ToDesk) and to.room:
            here = Place.parse(to.room).number_of_chat
            known = (self._desk, self._ward, self._admins)
            return next((group for group in known if here in group.ids), OurGroup(here))
        named = to.desk.value if isinstance(to, ToDesk) else row.desk
        desk = action.desk if isinstance(action, (Erase, Retire)) else named
        return self._ward if desk == Desk.WARD.value and self._ward.chat is not None else self._desk

    @staticmethod
    def _chat(row: OutboxRow, group: OurGroup | None) -> int | None:
        if group is not None:
            return group.chat
        to = row.action.to if isinstance(row.action, (Say, Relay, ShowTyping)) else None
        return chat_of(to.resident) if isinstance(to, ToResident) else None

    async def _send(self, row: OutboxRow, chat: int, group: OurGroup | None) -> Delivery:
        action = row.action
        match action:
            case EditCard():
                # A card that another desk's group still shows must not get new content.
                if row.card is None or group is None or row.card.number_of_chat not in group.ids:
                    return Delivery(DeliveryResult.SENT, detail="no-card")
                return await edit(self._bot, action, row.card)
            case Erase():
                return await erase(self._bot, action)
            case Retire():
                return await retiring.retire(self._bot, row, action, group.ids if group is not None else ())
            case ShowTyping():
                with contextlib.suppress(TelegramError):  # optional: nothing depends on its success
                    await self._bot.send_chat_action(chat, ChatAction.TYPING)
                return Delivery(DeliveryResult.SENT)
            case PostCard():
                return await put_in_place(self._bot, row, chat, group, action.ticket)
            case _:
                ticket = action.to.ticket if isinstance(action.to, ToTicket) else None
                return await put_in_place(self._bot, row, chat, group, ticket)
