"""From a stored update to the core and back: which update becomes which event, and who is told at once."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Message,
    Update,
)
from telegram.error import TelegramError

from bot.channels.telegram.inbound import Inbound, Roles, language_of, resident_of, to_inbound
from bot.channels.telegram.outbound import Group
from bot.ports import Dispatch, Lease, RawUpdate
from bot.withheld import Withheld
from handlers.actions import Action, Say, ToAdmins, ToDesk
from handlers.buttons import NotMyNumber, decode
from handlers.events import Secret, UpdateFailed
from handlers.guard import Guard

_log = structlog.get_logger()

OnUnknownChat = Callable[[int, str], None]
AdminCommand = Callable[[str], Awaitable[str]]
PutOut = Callable[[Sequence[Action]], Awaitable[None]]
"""Messages that no event decides: they take the same way out as all others."""

_MENU_JA: Final = (("menu", "一覧から選ぶ"), ("person", "職員に聞く"), ("language", "言語を選ぶ / Language"),
                   ("privacy", "記録の扱い"), ("help", "使い方"))  # fmt: skip
_MENU_EN: Final = (("menu", "Choose from a list"), ("person", "Ask a person"), ("language", "Choose a language"),
                   ("privacy", "What is kept"), ("help", "How to use this"))  # fmt: skip
_MENU_DESK: Final = (("queue", "待っている受付"), ("mine", "自分の担当"), ("ticket", "受付票を見る: /ticket 番号"),
                     ("reply", "返信: /reply 番号 文"), ("quote", "決まった回答: /quote 番号 id"),
                     ("note", "メモ: /note 番号 文"), ("done", "対応完了: /done 番号"), ("help", "使い方"))  # fmt: skip
_UNKNOWN_GROUP: Final = (
    "このグループの id は {chat} です。窓口として使うなら、config.yaml の telegram.desk_chat にこの数を書いて、"
    "まどぐちを起動し直してください(FAQ管理者のチャットなら admin_chat)。"
)
_ONLY_TEXT: Final = "いまは文字の返信だけを住民に送れます。写真やファイルは送っていません。"


class TelegramChannel:
    """Takes stored updates to the core. Never sees the store: it has ``dispatch``."""

    def __init__(
        self,
        bot: Bot,
        desk: Group,
        admins: Group,
        dispatch: Dispatch,
        put_out: PutOut,
        guard: Guard,
        withheld: Withheld,
        now: Callable[[], datetime],
        on_unknown_chat: OnUnknownChat,
        on_admin_command: AdminCommand,
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._admins = admins
        self._dispatch = dispatch
        self._put_out = put_out
        self._guard = guard
        self._withheld = withheld
        self._now = now
        self._on_unknown_chat = on_unknown_chat
        self._on_admin_command = on_admin_command
        self._told: set[int] = set()

    async def set_commands(self) -> None:
        """The command menus, by scope and language."""
        private = BotCommandScopeAllPrivateChats()
        await self._bot.set_my_commands([BotCommand(*c) for c in _MENU_JA], private, "ja")
        await self._bot.set_my_commands([BotCommand(*c) for c in _MENU_EN], private)
        if self._desk.chat is not None:
            scope = BotCommandScopeChat(self._desk.chat)
            await self._bot.set_my_commands([BotCommand(*c) for c in _MENU_DESK], scope)

    async def handle(self, lease: Lease) -> bool:
        """One stored update; whether it was settled together with what it changed."""
        update, withheld = self._read(lease.update)
        self._follow_migration(update)
        inbound = to_inbound(
            update, Roles(self._desk.chat, self._admins.chat), withheld, self._original(update)
        )
        if inbound.event is None:
            if update.callback_query is not None:
                await self._answer_press(update, None)
            await self._no_event(inbound)
            return False
        toast = await self._dispatch(inbound.event, lease)
        if update.callback_query is not None:
            await self._answer_press(update, toast)
        elif toast and isinstance(update.message, Message):
            place = f"{update.message.chat_id}:{update.message.message_id}"
            await self._put_out([Say(ToDesk(), toast, reply_to=place)])
        return True

    async def set_aside(self, lease: Lease, fault: str) -> None:
        """An update that cannot be handled: one honest sentence to the resident who sent it, a line to the admins."""
        resident, language = None, None
        try:
            update, _ = self._read(lease.update)
        except Exception as error:  # whatever made it unreadable is the fault that is being told
            _log.warning("telegram.update_unreadable", update=lease.update.id, error=type(error).__name__)
        else:
            user, chat = update.effective_user, update.effective_chat
            if user is not None and chat is not None and chat.type == chat.PRIVATE:
                resident, language = resident_of(user.id), language_of(user)
        event = UpdateFailed(id=f"dead:{lease.update.id}", resident=resident, language=language, reason=fault)
        await self._dispatch(event)

    async def _no_event(self, inbound: Inbound) -> None:
        if inbound.admin_command:
            report = await self._on_admin_command(inbound.admin_command)
            await self._put_out([Say(ToAdmins(), report)])
        elif inbound.unknown_chat is not None:
            await self._meet(inbound.unknown_chat)
        elif inbound.media_from_desk:
            await self._put_out([Say(ToDesk(), _ONLY_TEXT)])

    def _follow_migration(self, update: Update) -> None:
        message = update.message
        if message is None or message.migrate_to_chat_id is None:
            return
        for group in (self._desk, self._admins):
            if group.chat == message.chat_id:
                group.moved(message.migrate_to_chat_id)

    async def _meet(self, chat: int) -> None:
        if chat in self._told:
            return
        self._told.add(chat)
        self._on_unknown_chat(chat, "group")
        try:
            await self._bot.send_message(chat, _UNKNOWN_GROUP.format(chat=chat))
        except TelegramError as error:
            _log.warning("telegram.unknown_chat_not_told", chat=chat, error=type(error).__name__)

    async def _answer_press(self, update: Update, toast: str | None) -> None:
        if update.callback_query is None:
            return
        try:
            await self._bot.answer_callback_query(
                update.callback_query.id,
                (toast or "")[:200] or None,
                show_alert=bool(toast and len(toast) > 40),
            )
        except TelegramError as error:  # too old to be shown: what it did is done all the same
            _log.info("telegram.press_not_answered", error=type(error).__name__)

    def _original(self, update: Update) -> str | None:
        query = update.callback_query
        if query is None or not isinstance(decode(query.data or ""), NotMyNumber):
            return None
        held = self._withheld.take(resident_of(query.from_user.id), self._now())
        return self._guard.inspect(held, cleared=True).text if held is not None else None

    def _read(self, raw: RawUpdate) -> tuple[Update, tuple[Secret, ...]]:
        body = json.loads(raw.body)
        return Update.de_json(body["update"], self._bot), tuple(Secret(s) for s in body["withheld"])
