"""The effect of each Bot API method on the world; errors in the real server's wordings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tests.tgsim.world import GENERAL, RIGHTS, Chat, World

NOT_MODIFIED: Final = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
_MEDIA: Final = (
    "text",
    "photo",
    "document",
    "voice",
    "video",
    "audio",
    "sticker",
    "caption",
    "animation",
    "video_note",
)


class ApiError(Exception):
    """An error answer."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


class Methods:
    """Methods by name, in lower case."""

    def __init__(self, world: World) -> None:
        self.world = world

    def find(self, name: str) -> Callable[[dict[str, Any]], Any] | None:
        found: Callable[[dict[str, Any]], Any] | None = getattr(self, f"do_{name.lower()}", None)
        return found

    # -- the bot itself -------------------------------------------------------------------------------------------

    def do_getme(self, given: dict[str, Any]) -> Any:
        able = {
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": False,
        }
        return self.world.bot.as_json() | able

    def do_setmycommands(self, given: dict[str, Any]) -> bool:
        self.world.commands.append(given)
        return True

    def do_deletemycommands(self, given: dict[str, Any]) -> bool:
        return True

    # -- chats ----------------------------------------------------------------------------------------------------

    def chat(self, given: dict[str, Any]) -> Chat:
        """The chat of an action; raises the error that applies to it."""
        number = int(given.get("chat_id", 0))
        chat = self.world.chats.get(number)
        if chat is None:
            raise ApiError(400, "Bad Request: chat not found")
        if chat.user is not None and chat.user.is_deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if chat.user is not None and chat.user.has_blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat.migrated_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.user is None and self.world.bot.id not in chat.members:
            raise ApiError(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
        return chat

    def do_getchat(self, given: dict[str, Any]) -> Any:
        chat = self.chat(given)
        return chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11,
                                 "accepted_gift_types": {"unlimited_gifts": True, "limited_gifts": True,
                                                         "unique_gifts": True, "premium_subscription": True,
                                                         "gifts_from_channels": True}}  # fmt: skip

    def do_getchatmember(self, given: dict[str, Any]) -> Any:
        chat, number = self.chat(given), int(given["user_id"])
        status = chat.members.get(number, "left")
        user = self.world.bot if number == self.world.bot.id else self.world.user(number)
        if status != "administrator":
            return {"status": status, "user": user.as_json()}
        return {"status": status, "user": user.as_json()} | dict.fromkeys(RIGHTS, True)

    # -- topics ---------------------------------------------------------------------------------------------------

    def do_createforumtopic(self, given: dict[str, Any]) -> Any:
        chat = self.chat(given)
        self._open(chat)
        if not chat.is_forum:
            raise ApiError(400, "Bad Request: the chat is not a forum")
        if chat.refuses_topics:
            raise ApiError(400, chat.refuses_topics)
        color = 7322096
        service = {"forum_topic_created": {"name": given["name"], "icon_color": color}}
        message = self.world.message_from(self.world.bot, chat, service)
        thread = message["message_id"]
        message |= {"message_thread_id": thread, "is_topic_message": True}
        chat.topics[thread] = str(given["name"])
        return {"message_thread_id": thread, "name": given["name"], "icon_color": color}

    def _topic(self, given: dict[str, Any]) -> tuple[Chat, int]:
        chat, thread = self.chat(given), int(given["message_thread_id"])
        if thread not in chat.topics:
            raise ApiError(400, "Bad Request: message thread not found")
        return chat, thread

    def do_editforumtopic(self, given: dict[str, Any]) -> bool:
        chat, thread = self._topic(given)
        if chat.topics[thread] == given.get("name"):
            raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
        chat.topics[thread] = str(given.get("name", chat.topics[thread]))
        return True

    def do_reopenforumtopic(self, given: dict[str, Any]) -> bool:
        chat, thread = self._topic(given)
        if thread not in chat.closed_topics:
            raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
        chat.closed_topics.discard(thread)
        return True

    def do_closeforumtopic(self, given: dict[str, Any]) -> bool:
        chat, thread = self._topic(given)
        chat.closed_topics.add(thread)
        return True

    def do_deleteforumtopic(self, given: dict[str, Any]) -> bool:
        chat, thread = self._topic(given)
        del chat.topics[thread]
        chat.messages = {n: m for n, m in chat.messages.items() if m.get("message_thread_id") != thread}
        return True

    # -- messages -------------------------------------------------------------------------------------------------

    def _in_place(self, given: dict[str, Any]) -> tuple[Chat, dict[str, Any]]:
        """Chat and extra fields of a new message; raises where it cannot be posted there."""
        chat = self.chat(given)
        self._open(chat)
        more: dict[str, Any] = {}
        thread = given.get("message_thread_id")
        if thread is not None:
            thread = int(thread)
            if thread == GENERAL or not chat.is_forum or thread not in chat.topics:
                raise ApiError(400, "Bad Request: message thread not found")
            if thread in chat.closed_topics:
                raise ApiError(400, "Bad Request: TOPIC_CLOSED")
            more["thread"] = thread
        reply = given.get("reply_parameters")
        if isinstance(reply, dict):
            answered = chat.messages.get(int(reply["message_id"]))
            if answered is not None:
                more["reply_to_message"] = {k: v for k, v in answered.items() if k != "reply_to_message"}
            elif not reply.get("allow_sending_without_reply"):
                raise ApiError(400, "Bad Request: message to be replied not found")
        if isinstance(given.get("reply_markup"), dict):
            more["reply_markup"] = given["reply_markup"]
        return chat, more

    @staticmethod
    def _open(chat: Chat) -> None:
        """Raises where no new message can be posted at all."""
        if chat.refuses:
            code, _, words = chat.refuses.partition(" ")
            raise ApiError(int(code), words)

    def _say(self, chat: Chat, content: dict[str, Any], more: dict[str, Any], method: str) -> dict[str, Any]:
        message = self.world.message_from(self.world.bot, chat, content, **more)
        self.world.sent.append((self.world.clock.now(), method, message))
        self.world.said_by_bot[chat.id].append(message)
        return message

    def do_sendmessage(self, given: dict[str, Any]) -> Any:
        if not str(given.get("text", "")).strip():
            raise ApiError(400, "Bad Request: message text is empty")
        if len(str(given["text"]).encode("utf-16-le")) // 2 > 4096:
            raise ApiError(400, "Bad Request: message is too long")
        chat, more = self._in_place(given)
        return self._say(chat, {"text": given["text"]}, more, "sendMessage")

    def do_copymessage(self, given: dict[str, Any]) -> Any:
        source = self.world.chats.get(int(given["from_chat_id"]))
        original = source.messages.get(int(given["message_id"])) if source else None
        if original is None:
            raise ApiError(400, "Bad Request: message to copy not found")
        if original.get("has_protected_content"):
            raise ApiError(400, "Bad Request: message can't be copied")
        chat, more = self._in_place(given)
        if "voice" in original and chat.user is not None and chat.user.takes_no_voice:
            raise ApiError(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN")
        content: dict[str, Any] = {key: original[key] for key in _MEDIA if key in original}
        if given.get("caption") is not None:
            content["caption"] = given["caption"]
            if not content["caption"]:
                del content["caption"]
        return {"message_id": self._say(chat, content, more, "copyMessage")["message_id"]}

    def do_copymessages(self, given: dict[str, Any]) -> Any:
        source = self.world.chats.get(int(given["from_chat_id"]))
        chat, more = self._in_place(given)
        found = [
            source.messages[n] for n in given["message_ids"] if source is not None and n in source.messages
        ]
        if not found:
            raise ApiError(400, "Bad Request: there are no messages to copy")
        album = {"media_group_id": f"album{found[0]['message_id']}"} if len(found) > 1 else {}
        copied = tuple(key for key in _MEDIA if key != "caption" or not given.get("remove_caption"))
        return [
            {
                "message_id": self._say(
                    chat, {k: m[k] for k in copied if k in m} | album, dict(more), "copyMessages"
                )["message_id"]
            }
            for m in found
        ]

    def do_editmessagetext(self, given: dict[str, Any]) -> Any:
        chat = self.chat(given)
        message = chat.messages.get(int(given["message_id"]))
        if message is None:
            raise ApiError(400, "Bad Request: message to edit not found")
        if message["from"]["id"] != self.world.bot.id:
            raise ApiError(400, "Bad Request: message can't be edited")
        markup = given.get("reply_markup")
        if message.get("text") == given["text"] and message.get("reply_markup") == markup:
            raise ApiError(400, NOT_MODIFIED)
        message["text"] = given["text"]
        message.pop("reply_markup", None)
        if isinstance(markup, dict):
            message["reply_markup"] = markup
        message["edit_date"] = int(self.world.clock.now())
        self.world.sent.append((self.world.clock.now(), "editMessageText", message))
        return message

    def do_editmessagereplymarkup(self, given: dict[str, Any]) -> Any:
        chat = self.chat(given)
        message = chat.messages.get(int(given["message_id"]))
        if message is None:
            raise ApiError(400, "Bad Request: message to edit not found")
        markup = given.get("reply_markup")
        if message.get("reply_markup") == markup:
            raise ApiError(400, NOT_MODIFIED)
        message.pop("reply_markup", None)
        if isinstance(markup, dict):
            message["reply_markup"] = markup
        return message

    def do_deletemessage(self, given: dict[str, Any]) -> bool:
        chat = self.chat(given)
        if chat.is_kept and int(given["message_id"]) in chat.messages:
            raise ApiError(400, "Bad Request: message can't be deleted for everyone")
        if chat.messages.pop(int(given["message_id"]), None) is None:
            raise ApiError(400, "Bad Request: message to delete not found")
        return True

    def do_deletemessages(self, given: dict[str, Any]) -> bool:
        chat = self.chat(given)
        if chat.is_kept:
            raise ApiError(400, "Bad Request: message can't be deleted for everyone")
        for number in given["message_ids"]:
            chat.messages.pop(int(number), None)
        return True

    def do_sendchataction(self, given: dict[str, Any]) -> bool:
        self.chat(given)
        return True

    def do_setmessagereaction(self, given: dict[str, Any]) -> bool:
        chat = self.chat(given)
        if int(given["message_id"]) not in chat.messages:
            raise ApiError(400, "Bad Request: message to react not found")
        self.world.reactions.append(given)
        return True

    # -- buttons --------------------------------------------------------------------------------------------------

    def do_answercallbackquery(self, given: dict[str, Any]) -> bool:
        number = str(given["callback_query_id"])
        if self.world.presses.get(number, 0.0) < self.world.clock.now():
            raise ApiError(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.world.answered_presses.append((number, str(given.get("text") or "")))
        return True

    def do_getfile(self, given: dict[str, Any]) -> Any:
        found = self.world.files.get(str(given["file_id"]))
        if found is None:
            raise ApiError(400, "Bad Request: invalid file_id")
        return found
