"""What can be wrong between us and Telegram: the token, our rights in the groups, webhook, clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp
from telegram import Bot, ChatMemberAdministrator
from telegram.error import Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.transport import AiohttpRequest
from bot.finding import Finding

_SKEW_SECONDS: Final = 30
_MANY_WAITING: Final = 1000


async def check(
    token: str, api_url: str, groups: Sequence[tuple[str, str, int | None]], webhook_url: str, now: datetime
) -> list[Finding]:
    """``groups`` are (what, setting, chat id). Changes nothing at Telegram."""
    if not token:
        return [
            Finding(
                "token", "not set", "export MADOGUCHI_TELEGRAM_TOKEN='…' (from @BotFather)", is_warning=True
            )
        ]
    requests = AiohttpRequest(connections=1), AiohttpRequest(connections=1)
    bot = Bot(token, base_url=f"{api_url}/bot", request=requests[0], get_updates_request=requests[1])
    try:
        return await _look(bot, api_url, groups, webhook_url, now)
    finally:
        for request in requests:
            await request.shutdown()


async def _look(
    bot: Bot, api_url: str, groups: Sequence[tuple[str, str, int | None]], webhook_url: str, now: datetime
) -> list[Finding]:
    try:
        await bot.initialize()
    except InvalidToken:
        return [
            Finding(
                "token",
                "Telegram does not accept it",
                "copy it again from @BotFather into MADOGUCHI_TELEGRAM_TOKEN",
            )
        ]
    except TelegramError as error:
        return [Finding("Telegram", f"cannot be reached ({type(error).__name__})", f"curl -sS {api_url}")]
    seen = [await _group(bot, what, setting, chat) for what, setting, chat in groups]
    token = Finding("token", f"accepted, this is @{bot.username}")
    return [token, *seen, await _updates(bot, webhook_url), await _clock(api_url, now)]


async def _group(bot: Bot, what: str, setting: str, chat: int | None) -> Finding:
    if chat is None:
        return Finding(what, "not set", f"add the bot to the group; its log shows the id; write it into config.yaml ({setting})",
                       is_warning=True)  # fmt: skip
    try:
        seen = await bot.get_chat(chat)
        member = await bot.get_chat_member(chat, bot.id)
    except Forbidden:
        return Finding(what, f"the bot is not in {chat}", "add the bot to the group as an administrator")
    except TelegramError as error:
        return Finding(
            what,
            f"{chat} is not accessible ({error.message})",
            f"check {setting} in config.yaml; add the bot to the group",
        )
    if not isinstance(member, ChatMemberAdministrator):
        return Finding(
            what,
            f"「{seen.title}」: the bot is {member.status}",
            "make the bot an administrator of the group",
        )
    wanted = {"can_delete_messages": member.can_delete_messages}
    if seen.is_forum:
        wanted["can_manage_topics"] = bool(member.can_manage_topics)
    missing = [right for right, given in wanted.items() if not given]
    if missing:
        return Finding(
            what,
            f"「{seen.title}」: the bot lacks {', '.join(missing)}",
            "give the bot that right (group → Administrators)",
        )
    return Finding(
        what, f"「{seen.title}」, administrator, {'with topics' if seen.is_forum else 'without topics'}"
    )


async def _updates(bot: Bot, webhook_url: str) -> Finding:
    info = await bot.get_webhook_info()
    waiting = f"{info.pending_update_count} updates waiting"
    if (info.url or "") != webhook_url:
        by = f"a webhook at {info.url}" if info.url else "no webhook"
        seen = f"Telegram has {by}, config.yaml says {webhook_url or 'polling'}; {waiting}"
        return Finding("updates", seen, "madoguchi run (it sets what config.yaml says)", is_warning=True)
    if info.last_error_message and webhook_url:
        return Finding(
            "updates", f"webhook: {info.last_error_message}; {waiting}", f"curl -sS -X POST {webhook_url}"
        )
    if info.pending_update_count > _MANY_WAITING:
        return Finding("updates", waiting, "madoguchi run", is_warning=True)
    return Finding("updates", f"{'webhook' if webhook_url else 'polling'}, {waiting}")


async def _clock(api_url: str, now: datetime) -> Finding:
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.head(api_url, timeout=aiohttp.ClientTimeout(10)) as answer,
        ):
            theirs = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError) as error:
        return Finding("clock", f"not compared ({type(error).__name__})")
    off = abs((now.astimezone(UTC) - theirs).total_seconds())
    if off > _SKEW_SECONDS:
        return Finding("clock", f"{off:.0f} s off Telegram's", "timedatectl set-ntp true")
    return Finding("clock", f"within {max(1, round(off))} s of Telegram's")
