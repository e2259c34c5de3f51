"""Watches our groups: at the start, when our membership changes, when a message shows something new, and periodically."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Sequence
from typing import Final

import structlog
from telegram import Bot, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus

from bot.channels.telegram.groups import Look, OurGroup, look
from bot.channels.telegram.names import resident_of, update_of
from bot.ports import Dispatch, Lease
from handlers.model.delivery import Cause, GroupName, Part
from handlers.model.delivery_events import CameBack, DeliveryFailed, GroupRefused, GroupWorks

_NOW_AND_THEN_SECONDS: Final = 600.0

_log = structlog.get_logger()


class Lookout:
    """Turns what it sees into events; calls ``changed`` where a group may take messages that it refused before."""

    def __init__(
        self,
        bot: Bot,
        groups: Sequence[OurGroup],
        dispatch: Dispatch,
        changed: Callable[[GroupName], None],
        *,
        speed: float = 1.0,
    ) -> None:
        self._bot = bot
        self._groups = groups
        self._dispatch = dispatch
        self._changed = changed
        self._wait = _NOW_AND_THEN_SECONDS / speed
        self._seen: dict[GroupName, Look] = {}

    async def run(self) -> None:
        """Look periodically, until cancelled."""
        while True:
            await asyncio.sleep(self._wait)
            await self.look_at_all()

    async def look_at_all(self) -> None:
        """Look at every configured group; a failed look is only logged."""
        for group in self._groups:
            if group.chat is None:
                continue
            try:
                await self._look_at(group)
            except Exception as error:
                _log.error("lookout.failed", group=group.name, error=type(error).__name__)

    async def on_message(self, update: Update) -> None:
        """Note whether the group that a message comes from is a forum."""
        message = update.message
        group = self._group(message.chat_id) if message is not None else None
        if message is None or group is None or message.migrate_to_chat_id is not None:
            return
        if bool(message.chat.is_forum) is not group.is_forum:
            await self._look_at(group)

    async def on_membership(self, update: Update, lease: Lease) -> bool:
        """A resident blocked or unblocked the bot, or our rights in a group changed; returns whether the lease was
        settled.
        """
        change = update.my_chat_member
        if change is None:
            return False
        if change.chat.type == change.chat.PRIVATE:
            await self._dispatch(_of_person(change, update_of(update.update_id)), [lease])
            return True
        group = self._group(change.chat.id)
        if group is not None:
            await self._look_at(group, is_news=True)
        return False

    def _group(self, chat: int) -> OurGroup | None:
        return next((group for group in self._groups if group.chat == chat), None)

    async def _look_at(self, group: OurGroup, *, is_news: bool = False) -> None:
        had_topics, name = group.is_forum, group.name
        seen = await look(self._bot, group)
        if seen is None or name is None:
            return
        is_news = is_news or group.is_forum is not had_topics
        before = self._seen.get(name)
        self._seen[name] = seen
        if seen == before and not is_news:
            return
        event = f"seen:{uuid.uuid4()}"
        if seen.refuses is not None:
            await self._dispatch(
                GroupRefused(id=event, group=name, part=Part.MESSAGES, cause=seen.refuses, detail=seen.detail)
            )
            return
        if before is not None or is_news:
            self._changed(name)
        await self._dispatch(GroupWorks(id=event, group=name, part=Part.MESSAGES, is_seen=True))
        if seen.no_topics is not None:
            await self._dispatch(
                GroupRefused(id=f"{event}:topics", group=name, part=Part.TOPICS, cause=seen.no_topics)
            )
        elif seen.makes_topics:
            await self._dispatch(GroupWorks(id=f"{event}:topics", group=name, part=Part.TOPICS))


def _of_person(change: ChatMemberUpdated, event: str) -> DeliveryFailed | CameBack:
    resident = resident_of(change.chat.id)
    if change.new_chat_member.status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT):
        return DeliveryFailed(id=event, resident=resident, reason="my_chat_member", cause=Cause.BLOCKED)
    return CameBack(id=event, resident=resident)
