"""What people do in the simulated Telegram: write, press, reply in a topic, edit, send albums, block, migrate."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from tests.tgsim.server import Simulator
from tests.tgsim.world import Chat, User

PATIENCE_SECONDS = 30.0
"""How long to wait for something that takes a second on an idle machine."""
PRESS_QUEUE = 3 << 33


class Person:
    """A user who can act."""

    def __init__(self, sim: Simulator, user: User) -> None:
        self.sim = sim
        self.user = user
        self.chat = sim.world.chats[user.id]

    @property
    def received(self) -> list[dict[str, Any]]:
        """The bot's messages to them, oldest first."""
        return self.sim.world.said_by_bot[self.user.id]

    @property
    def texts(self) -> list[str]:
        return [str(message.get("text", "")) for message in self.received]

    def write(self, text: str, chat: Chat | None = None, **more: Any) -> int:
        """Send a text, in private or in a group; ``thread`` and ``reply_to_message`` as in Telegram."""
        return self.send({"text": text}, chat, **more)

    def send(self, content: dict[str, Any], chat: Chat | None = None, **more: Any) -> int:
        """Send any content."""
        place = chat or self.chat
        message = self.sim.world.message_from(self.user, place, content, **more)
        return self.sim.world.enqueue({"message": message}, place.id)

    def photo(self, caption: str = "", chat: Chat | None = None, **more: Any) -> int:
        sizes = [
            {
                "file_id": f"photo{len(self.received)}",
                "file_unique_id": "u",
                "width": 9,
                "height": 9,
                "file_size": 9,
            }
        ]
        return self.send({"photo": sizes} | ({"caption": caption} if caption else {}), chat, **more)

    def edit(self, message: int, text: str, chat: Chat | None = None) -> int:
        """Edit one of their messages."""
        place = chat or self.chat
        before = place.messages[message]
        words = {"text": text} if "text" in before else {"caption": text}
        edited = before | words | {"edit_date": int(self.sim.clock.now())}
        place.messages[message] = edited
        return self.sim.world.enqueue({"edited_message": edited}, place.id)

    def reply(self, text: str, to: dict[str, Any], chat: Chat | None = None, **more: Any) -> int:
        """Reply to a message; ``quote`` is its selected part."""
        return self.send({"text": text}, chat, **answering(to, **more))

    def press(self, label: str, chat: Chat | None = None, message: dict[str, Any] | None = None) -> int:
        """Press a button by its label: on a message, or on the newest one that has it."""
        place = chat or self.chat
        found = message or self.find_button(label, place)
        data = next(
            b["callback_data"]
            for row in found["reply_markup"]["inline_keyboard"]
            for b in row
            if b["text"] == label
        )
        return self.press_data(data, found, place)

    def press_data(self, data: str, message: dict[str, Any], chat: Chat | None = None) -> int:
        body = {"id": self.sim.world.press_id(), "from": self.user.as_json(), "chat_instance": "1", "data": data,
                "message": {k: v for k, v in message.items() if k != "reply_to_message"}}  # fmt: skip
        return self.sim.world.enqueue({"callback_query": body}, self.user.id + PRESS_QUEUE, life=150)

    def find_button(self, label: str, chat: Chat) -> dict[str, Any]:
        for message in sorted(chat.messages.values(), key=lambda m: -m["message_id"]):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            if any(button["text"] == label for row in rows for button in row):
                return message
        raise AssertionError(f"no button {label}")

    def block(self, *, is_told: bool = True) -> None:
        """Block the bot; Telegram reports it, unless the bot is down for too long."""
        self.user.has_blocked = True
        if is_told:
            self.sim.world.membership(self.chat, self.user, "member", "kicked")

    def unblock(self) -> None:
        """Let the bot write again."""
        self.user.has_blocked = False
        self.sim.world.membership(self.chat, self.user, "kicked", "member")

    async def hears(self, *words: str, seconds: float = PATIENCE_SECONDS, after: int = 0) -> str:
        """Wait for a message with these words; returns its text."""
        return await said(self.sim, self.user.id, *words, seconds=seconds, after=after)


def answering(to: dict[str, Any], quote: str = "", **more: Any) -> dict[str, Any]:
    """The fields of a message that replies to another one."""
    answered = {key: value for key, value in to.items() if key not in ("reply_to_message", "quote")}
    picked = {"quote": {"text": quote, "position": 0, "is_manual": True}} if quote else {}
    return {"reply_to_message": answered, "thread": to.get("message_thread_id"), **picked, **more}


def as_group(chat: Chat) -> dict[str, Any]:
    """The author with "remain anonymous": the real server names a placeholder bot as sender, and the group itself."""
    stand_in = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    return {"from": stand_in, "sender_chat": chat.as_json()}


def as_channel(number: int, *, automatic: bool = False) -> dict[str, Any]:
    """An author who writes as a channel; ``automatic`` is a post that Telegram copies into the channel's group."""
    channel = {"id": number, "type": "channel", "title": "お知らせ"}
    if not automatic:
        stand_in = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
        return {"from": stand_in, "sender_chat": channel}
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    origin = {"type": "channel", "chat": channel, "message_id": 1, "date": 1}
    return {"from": telegram, "sender_chat": channel, "is_automatic_forward": True, "forward_origin": origin}


async def said(
    sim: Simulator, chat: int, *words: str, seconds: float = PATIENCE_SECONDS, after: int = 0
) -> str:
    """Wait until the bot has said something with these words in a chat."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                for message in sim.world.said_by_bot[chat][after:]:
                    text = str(message.get("text", message.get("caption", "")))
                    if all(word in text for word in words):
                        return text
                sim.arrived.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(sim.arrived.wait(), 0.2)
    except TimeoutError:
        heard = [str(message.get("text", ""))[:80] for message in sim.world.said_by_bot[chat][after:]]
        raise AssertionError(f"never said {words} to {chat}; said: {heard}") from None


async def until(sim: Simulator, holds: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something has become true."""
    async with asyncio.timeout(seconds):
        while not holds():
            sim.arrived.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(sim.arrived.wait(), 0.05)


def person(sim: Simulator, number: int, name: str = "", language: str = "ja") -> Person:
    """A person with a private chat."""
    return Person(sim, sim.world.user(number, name, language))


def migrate(sim: Simulator, chat: Chat, new: int) -> Chat:
    """A group becomes a supergroup under another id."""
    moved = sim.world.group(new, chat.title, is_forum=chat.is_forum)
    moved.members = dict(chat.members)
    chat.migrated_to = new
    note = sim.world.message_from(sim.world.bot, chat, {"migrate_to_chat_id": new})
    sim.world.enqueue({"message": note}, chat.id)
    return moved
