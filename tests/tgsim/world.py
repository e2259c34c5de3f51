"""The simulated world: bots, users, chats with topics and members, messages, and updates to be delivered."""

from __future__ import annotations

import itertools
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Final

from tests.tgsim.clock import SimClock

UPDATE_LIFE_SECONDS: Final = 86_400
PRESS_LIFE_SECONDS: Final = 150
GENERAL: Final = 1
RIGHTS: Final = (
    "can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_pin_messages", "can_manage_topics", "is_anonymous", "can_send_welcome_messages",
)  # fmt: skip
"""An administrator's permissions."""


@dataclass
class User:
    """A person, or the bot."""

    id: int
    name: str
    language: str = "ja"
    is_bot: bool = False
    has_blocked: bool = False
    is_deactivated: bool = False
    takes_no_voice: bool = False

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        return told | ({"username": "sim_bot"} if self.is_bot else {"language_code": self.language})


@dataclass
class Chat:
    """A private chat (its id is the user's) or a group."""

    id: int
    kind: str
    title: str = ""
    user: User | None = None
    is_forum: bool = False
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    migrated_to: int | None = None
    refuses: str = ""
    """The server's error for every new message, with its code: ``400 Bad Request: …``."""
    refuses_topics: str = ""
    is_kept: bool = False
    """Whether the bot can delete nothing here: messages are too old, and it is no administrator."""
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(2))
    """The first message of a group created it: in a forum its number is the General topic."""

    def as_json(self) -> dict[str, Any]:
        if self.user is not None:
            return {"id": self.id, "type": "private", "first_name": self.user.name}
        return {"id": self.id, "type": self.kind, "title": self.title} | (
            {"is_forum": True} if self.is_forum else {}
        )


@dataclass
class Pending:
    """An update to be delivered: ``queue`` is Telegram's, one per chat for messages and one per user for presses."""

    id: int
    body: dict[str, Any]
    queue: int
    expires: float


class World:
    """Everything the simulated server knows about one bot."""

    def __init__(self, clock: SimClock, token: str) -> None:
        self.clock = clock
        self.token = token
        self.bot = User(int(token.partition(":")[0]), "まどぐち", is_bot=True)
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.updates: deque[Pending] = deque()
        self.presses: dict[str, float] = {}
        self.answered_presses: list[tuple[str, str]] = []
        self.commands: list[dict[str, Any]] = []
        self.files: dict[str, dict[str, Any]] = {}
        self.sent: list[tuple[float, str, dict[str, Any]]] = []
        """The bot's messages and edits: simulated time, method, and message."""
        self.reactions: list[dict[str, Any]] = []
        self._update_ids = itertools.count(1000)
        self._press_ids = itertools.count(1)
        self._listeners: list[Any] = []
        self.said_by_bot: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)

    # -- people ---------------------------------------------------------------------------------------------------

    def user(self, number: int, name: str = "", language: str = "ja") -> User:
        """A person with a private chat."""
        user = self.users.setdefault(number, User(number, name or f"人{number}", language))
        self.chats.setdefault(number, Chat(number, "private", user=user))
        return user

    def group(self, number: int, title: str, *, is_forum: bool = False, kind: str = "supergroup") -> Chat:
        """A group with the bot as an administrator."""
        chat = Chat(number, kind, title, is_forum=is_forum, members={self.bot.id: "administrator"})
        self.chats[number] = chat
        return chat

    # -- updates --------------------------------------------------------------------------------------------------

    def enqueue(self, body: dict[str, Any], queue: int, life: float = UPDATE_LIFE_SECONDS) -> int:
        """An update for the bot."""
        number = next(self._update_ids)
        self.updates.append(Pending(number, {"update_id": number} | body, queue, self.clock.now() + life))
        for listener in self._listeners:
            listener()
        return number

    def membership(self, chat: Chat, by: User, old: str, new: str) -> int:
        """The bot's membership in a chat has changed."""
        more: dict[str, dict[str, Any]] = {
            "administrator": dict.fromkeys(RIGHTS, True),
            "kicked": {"until_date": 0},
        }

        def member(status: str) -> dict[str, Any]:
            return {"status": status, "user": self.bot.as_json()} | more.get(status, {})

        body = {"chat": chat.as_json(), "from": by.as_json(), "date": int(self.clock.now()),
                "old_chat_member": member(old), "new_chat_member": member(new)}  # fmt: skip
        return self.enqueue({"my_chat_member": body}, chat.id)

    def on_update(self, listener: Any) -> None:
        self._listeners.append(listener)

    def expire(self) -> None:
        """Drop updates that were not fetched in time, as Telegram does."""
        now = self.clock.now()
        if any(pending.expires <= now for pending in self.updates):
            self.updates = deque(pending for pending in self.updates if pending.expires > now)

    def message_from(self, user: User, chat: Chat, content: dict[str, Any], **more: Any) -> dict[str, Any]:
        """A message of a person; ``more`` are further fields."""
        number = next(chat.numbers)
        thread = more.pop("thread", None)
        message = {
            "message_id": number,
            "date": int(self.clock.now()),
            "chat": chat.as_json(),
            "from": user.as_json(),
        }
        message |= content | more
        if thread:
            message |= {"message_thread_id": thread, "is_topic_message": True}
            # In a topic a message that replies to nothing replies to the message that created the topic.
            message.setdefault("reply_to_message", self._opening(chat, thread))
        chat.messages[number] = message
        return message

    def _opening(self, chat: Chat, thread: int) -> dict[str, Any]:
        return chat.messages[thread] | {"message_id": thread}

    def press_id(self) -> str:
        number = str(next(self._press_ids))
        self.presses[number] = self.clock.now() + PRESS_LIFE_SECONDS
        return number
