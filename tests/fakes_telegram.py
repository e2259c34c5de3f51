"""Telegram's side of the connection: a request object that answers from memory and records the calls."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram.request import BaseRequest, RequestData

TOKEN = "123456:a-token-of-the-test"
DESK, ADMINS = -1001, -1002


class RecordingRequest(BaseRequest):
    """``calls`` are (method, parameters) in order; ``faults``, by method, are returned first."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.updates: list[dict[str, Any]] = []
        self.faults: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        self._message = 100

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: DefaultValue[Any] | float | None = None,
        write_timeout: DefaultValue[Any] | float | None = None,
        connect_timeout: DefaultValue[Any] | float | None = None,
        pool_timeout: DefaultValue[Any] | float | None = None,
    ) -> tuple[int, bytes]:
        parts = urlsplit(url)
        name = parts.path.rpartition("/")[2]
        given: dict[str, Any] = {key: values[0] for key, values in parse_qs(parts.query).items()}
        given |= request_data.parameters if request_data is not None else {}
        if isinstance(given.get("reply_markup"), str):
            given["reply_markup"] = json.loads(given["reply_markup"])
        self.calls.append((name, given))
        if self.faults.get(name):
            status, answer = self.faults[name].pop(0)
            return status, json.dumps(answer).encode()
        return 200, json.dumps({"ok": True, "result": self._result(name, given)}).encode()

    def _result(self, name: str, given: dict[str, Any]) -> Any:
        match name:
            case "getMe":
                return {"id": 99, "is_bot": True, "first_name": "窓口", "username": "madoguchi_test_bot"}
            case "getUpdates":
                offset = int(given.get("offset", 0))
                return [update for update in self.updates if update.get("update_id", offset) >= offset]
            case "sendMessage" | "editMessageText":
                self._message += 1
                chat = int(given["chat_id"])
                kind = "private" if chat > 0 else "supergroup"
                number = int(given.get("message_id", self._message))
                return {
                    "message_id": number,
                    "date": 0,
                    "chat": {"id": chat, "type": kind},
                    "text": given["text"],
                }
            case _:
                return True

    def said_to(self, chat: int) -> list[str]:
        """Texts sent to a chat, oldest first."""
        return [
            given["text"]
            for name, given in self.calls
            if name == "sendMessage" and int(given["chat_id"]) == chat
        ]

    def last_buttons(self, chat: int) -> dict[str, str]:
        """Label → code of the last message to a chat, or last edit, that had buttons."""
        for name, given in reversed(self.calls):
            if (
                name in ("sendMessage", "editMessageText")
                and int(given["chat_id"]) == chat
                and given.get("reply_markup")
            ):
                rows = given["reply_markup"]["inline_keyboard"]
                return {button["text"]: button["callback_data"] for row in rows for button in row}
        return {}

    def last_message_id(self, chat: int, containing: str) -> int:
        """Id of our last message to a chat that contains some words."""
        number = 100
        found = 0
        for name, given in self.calls:
            if name in ("sendMessage", "editMessageText"):
                number += 1
                if name == "sendMessage" and int(given["chat_id"]) == chat and containing in given["text"]:
                    found = number
        return found


def a_bot(request: RecordingRequest) -> Bot:
    """A real bot on the recording request object."""
    return Bot(TOKEN, request=request, get_updates_request=request)


def a_user(number: int = 7, name: str = "太郎", language: str = "ja") -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": name, "language_code": language}


def private(update_id: int, text: str, **more: Any) -> dict[str, Any]:
    """A resident's message."""
    user = more.pop("user", a_user())
    message = {
        "message_id": update_id,
        "date": 0,
        "chat": {"id": user["id"], "type": "private"},
        "from": user,
        "text": text,
    }
    return {"update_id": update_id, "message": message | more}


def in_group(
    update_id: int, text: str, chat: int = DESK, reply_to: int | None = None, **more: Any
) -> dict[str, Any]:
    """A message in a group; ``reply_to`` is the id of a message of ours."""
    user = more.pop("user", a_user(8, "花子"))
    message: dict[str, Any] = {
        "message_id": update_id, "date": 0, "chat": {"id": chat, "type": "supergroup", "title": "窓口"}, "from": user, "text": text,
    }  # fmt: skip
    if reply_to is not None:
        bot = {"id": 99, "is_bot": True, "first_name": "窓口"}
        message["reply_to_message"] = {
            "message_id": reply_to, "date": 0, "chat": message["chat"], "from": bot, "text": "受付票",
        }  # fmt: skip
    return {"update_id": update_id, "message": message | more}


def press(update_id: int, code: str, chat: int = 7, user: dict[str, Any] | None = None) -> dict[str, Any]:
    """A button pressed under one of our messages."""
    kind = "private" if chat > 0 else "supergroup"
    message = {"message_id": 5, "date": 0, "chat": {"id": chat, "type": kind}, "text": "x"}
    query = {
        "id": str(update_id),
        "from": user or a_user(),
        "chat_instance": "c",
        "data": code,
        "message": message,
    }
    return {"update_id": update_id, "callback_query": query}
