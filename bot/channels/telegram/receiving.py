"""From a stored update to the core and back: which update becomes which event, and what is answered directly."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import structlog
from telegram import (
    Bot,
    Update,
)
from telegram.error import TelegramError

from bot.channels.port import Core
from bot.channels.telegram.door import UNREADABLE, UnreadableUpdateError
from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.inbound import (
    GroupChats,
    Inbound,
    language_of,
    to_inbound,
)
from bot.channels.telegram.joining import Read, joined, piece_of
from bot.channels.telegram.lookout import Lookout
from bot.channels.telegram.names import resident_of, update_of
from bot.channels.telegram.urgent import words_of
from bot.inbox.gathering import ReceivedText
from bot.places import Place
from bot.ports import Lease, RawUpdate
from faq.language import Language
from handlers.model.actions import Say, ToAdmins, ToDesk
from handlers.model.buttons import NotMyNumber, decode
from handlers.model.events import AdminCommanded, Asked, Secret, Slowed, UpdateFailed

_log = structlog.get_logger()

OnUnknownChat = Callable[[int, str], None]

_UNKNOWN_GROUP: Final = (
    "このグループの id は {chat} です。窓口として使うなら、config.yaml の telegram.desk_chat にこの数を書いて、"
    "まどぐちを起動し直してください(FAQ管理者のチャットなら admin_chat)。"
)


class TelegramReceiver:
    """Takes stored updates to the core. Implements ``bot.channels.port.Receiver``."""

    def __init__(
        self,
        bot: Bot,
        desk: OurGroup,
        admins: OurGroup,
        ward: OurGroup,
        core: Core,
        on_unknown_chat: OnUnknownChat,
        lookout: Lookout,
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._admins = admins
        self._ward = ward
        self._core = core
        self._on_unknown_chat = on_unknown_chat
        self._lookout = lookout
        self._told: set[int] = set()

    async def handle(self, leases: Sequence[Lease]) -> bool:
        """Handle stored updates, several where they are read as one. Returns whether they were settled in the same
        transaction.
        """
        parts = [self._read(lease.update) for lease in leases]
        update, withheld = parts[0]
        self._follow_migration(update)
        if update.my_chat_member is not None:
            return await self._lookout.on_membership(update, leases[0])
        await self._lookout.on_message(update)
        inbound = to_inbound(
            update,
            GroupChats(self._desk.chat, self._admins.chat, self._ward.chat),
            withheld,
            self._original(update),
        )
        if inbound.event is None:
            if update.callback_query is not None:
                await self._answer_press(update, inbound.toast)
            await self._no_event(inbound)
            return False
        event = inbound.event
        if len(parts) > 1 and isinstance(event, Asked):
            event = self._joined(event, parts)
        toast = await self._core.dispatch(event, leases)
        if update.callback_query is not None:
            await self._answer_press(update, toast)
        elif isinstance(event, AdminCommanded):
            report = toast or await self._core.on_admin_command(event.command)
            await self._core.put_out([Say(ToAdmins(), report, reply_to=event.place)])
        return True

    def _joined(self, first: Asked, parts: Sequence[Read]) -> Asked:
        """All parts as one text. A number split over two messages is complete only here, and is masked here."""
        whole, withheld = joined(parts)
        inspected = self._core.guard.inspect(whole)
        if inspected.masked:
            self._core.withheld.hold(first.resident, whole, self._core.now())
        secrets = tuple(dict.fromkeys((*withheld, *inspected.masked)))
        others = tuple(update_of(update.update_id) for update, _ in parts[1:])
        return replace(first, text=inspected.text, withheld=secrets, pieces=others)

    async def set_aside(self, lease: Lease, fault: str) -> None:
        """An update that cannot be handled: one sentence to the resident who sent it, and a line to the admins."""
        resident, language = self._whose(lease)
        event = UpdateFailed(id=f"dead:{lease.update.id}", resident=resident, language=language, reason=fault)
        await self._core.dispatch(event)

    async def slowed(self, lease: Lease) -> None:
        """Tell the resident who sent it that their messages have to wait."""
        resident, language = self._whose(lease)
        if resident is not None:
            await self._core.dispatch(
                Slowed(id=f"slowed:{lease.update.id}", resident=resident, language=language)
            )

    def _whose(self, lease: Lease) -> tuple[str | None, Language | None]:
        """The resident who sent an update in a private chat, and the language of their app."""
        try:
            update, _ = self._read(lease.update)
        except Exception as error:  # an unreadable update is reported where it is set aside
            _log.warning("telegram.update_unreadable", update=lease.update.id, error=type(error).__name__)
            return None, None
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or chat.type != chat.PRIVATE:
            return None, None
        return resident_of(user.id), language_of(user)

    async def _no_event(self, inbound: Inbound) -> None:
        if inbound.unknown_chat is not None:
            await self._meet(inbound.unknown_chat)

    def piece_of(self, update: RawUpdate) -> ReceivedText | None:
        """A plain text in a private chat, or an edit of one."""
        return piece_of(update)

    def words_of(self, update: RawUpdate) -> str:
        """A text, a caption or an edit of one, in a private chat."""
        return words_of(update)

    def _follow_migration(self, update: Update) -> None:
        message = update.message
        if message is None or message.migrate_to_chat_id is None:
            return
        for group in (self._desk, self._admins, self._ward):
            if group.chat == message.chat_id:
                group.moved(message.migrate_to_chat_id)

    async def _meet(self, chat: int) -> None:
        if chat in self._told:
            return
        self._told.add(chat)
        self._on_unknown_chat(chat, "group")
        await self._core.put_out([Say(ToDesk(str(Place(str(chat)))), _UNKNOWN_GROUP.format(chat=chat))])

    async def _answer_press(self, update: Update, toast: str | None) -> None:
        if update.callback_query is None:
            return
        try:
            await self._bot.answer_callback_query(
                update.callback_query.id,
                (toast or "")[:200] or None,
                show_alert=bool(toast and len(toast) > 40),
            )
        except TelegramError as error:  # too late to show the toast; the press itself is settled
            _log.info("telegram.press_not_answered", error=type(error).__name__)

    def _original(self, update: Update) -> str | None:
        query = update.callback_query
        if query is None or not isinstance(decode(query.data or ""), NotMyNumber):
            return None
        return self._core.withheld.take(resident_of(query.from_user.id), self._core.now())

    def _read(self, raw: RawUpdate) -> tuple[Update, tuple[Secret, ...]]:
        body = json.loads(raw.body)
        if UNREADABLE in body:
            raise UnreadableUpdateError(body[UNREADABLE])
        return Update.de_json(body["update"], self._bot), tuple(Secret(s) for s in body["withheld"])
