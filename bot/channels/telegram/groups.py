"""Our groups in Telegram: their ids, which a migration changes, and whether they have topics at the moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import structlog
from telegram import Bot, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.error_map import classify
from handlers.model.delivery import Cause, GroupName

_TOPICS_AGAIN_SECONDS: Final = 600.0
"""How long no new topic is requested after a refusal, unless a look at the group shows that topics can be made."""

_log = structlog.get_logger()


class OurGroup:
    """One of our groups."""

    def __init__(
        self,
        chat: int | None,
        on_moved: Callable[[int, int], None] | None = None,
        *,
        name: GroupName | None = None,
        speed: float = 1.0,
    ) -> None:
        """``speed`` multiplies the clock, for drills. Without a ``name`` the group is not yet one of ours."""
        self.chat = chat
        self.name = name
        self.ids = {chat}
        """All ids it has had."""
        self.is_forum = False
        self.why_no_topics: Cause | None = None
        self._on_moved = on_moved
        self._speed = speed
        self._no_topics_until = 0.0

    @property
    def makes_topics(self) -> bool:
        """Whether a ticket gets its own topic here, as far as is known."""
        return self.is_forum and asyncio.get_running_loop().time() >= self._no_topics_until

    def refused_topic(self, cause: Cause) -> None:
        """No topic could be made: use plain messages for a while."""
        self.is_forum = self.is_forum and cause is not Cause.NOT_A_FORUM
        self.why_no_topics = cause
        self._no_topics_until = asyncio.get_running_loop().time() + _TOPICS_AGAIN_SECONDS / self._speed

    def seen(self, *, is_forum: bool, may_make_topics: bool | None = None) -> bool:
        """Take in what a look, or a message from the group, shows; returns whether that is new."""
        is_news = is_forum is not self.is_forum
        self.is_forum = is_forum
        if is_forum and (may_make_topics or (is_news and may_make_topics is None)):
            self._no_topics_until = 0.0
        return is_news

    def moved(self, new: int) -> None:
        """The group has become a supergroup with another id. Telegram may report the same move several times."""
        if new == self.chat:
            return
        _log.warning(
            "telegram.chat_moved", old=self.chat, new=new, remedy="write the new id into config.yaml"
        )
        if self._on_moved is not None and self.chat is not None:
            self._on_moved(self.chat, new)
        self.chat = new
        self.ids.add(new)

    def follow(self, moved: Mapping[int, int], on_moved: Callable[[int, int], None]) -> None:
        """Use the id it moved to in earlier runs; ``on_moved`` is called at each later move."""
        self._on_moved = on_moved
        while self.chat is not None and (new := moved.get(self.chat)) not in {None, *self.ids}:
            self.chat = new
            self.ids.add(new)


@dataclass(frozen=True, slots=True)
class Look:
    """The state of a group: why it would take nothing (``refuses``), why it makes no topics any more
    (``no_topics``), or that it certainly makes them.
    """

    refuses: Cause | None = None
    no_topics: Cause | None = None
    makes_topics: bool = False
    detail: str = ""


async def look(bot: Bot, group: OurGroup) -> Look | None:
    """Ask Telegram for a group's topics and our rights, and remember them; ``None`` where there was no answer."""
    if group.chat is None:
        return Look(Cause.NOT_SET)
    try:
        chat = await bot.get_chat(group.chat)
        member = await bot.get_chat_member(group.chat, bot.id)
    except (BadRequest, Forbidden) as error:
        delivery = classify(error, is_group=True)
        return Look(delivery.cause, detail=delivery.detail)
    except TelegramError as error:
        _log.warning("telegram.group_not_seen", group=group.name, error=type(error).__name__)
        return None
    is_forum = bool(chat.is_forum)
    may_make = isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics)
    had = group.is_forum
    group.seen(is_forum=is_forum, may_make_topics=may_make)
    if member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
        return Look(Cause.KICKED, detail=member.status)
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        return Look(Cause.NO_RIGHT_TO_WRITE, detail=member.status)
    return Look(
        no_topics=Cause.NOT_A_FORUM if had and not is_forum else None, makes_topics=is_forum and may_make
    )
