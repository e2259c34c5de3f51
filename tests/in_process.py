"""Telegram updates in, actions out, without a server: the channel's own functions, the engine, and the real store."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import Update

from bot.channels.telegram.inbound import GroupChats, to_inbound
from bot.storage.store import SqliteStore
from handlers.engine import Engine
from handlers.model.actions import EditCard, PostCard, Relay, Say, ToResident
from handlers.model.buttons import Press, encode
from handlers.model.settings import Rules
from tests.small_faq import OPEN, knowledge
from tests.ticket_states import Step

DESK, STAFF = -1001000, 8
_ROLES = GroupChats(desk_chat=DESK, admin_chat=None)


@dataclass
class Office:
    """One store and one engine for many residents at once; ``cards`` are the newest of each ticket."""

    store: SqliteStore
    engine: Engine = field(default_factory=lambda: Engine(knowledge(), Rules()))
    now: datetime = OPEN
    cards: dict[int, PostCard | EditCard] = field(default_factory=dict)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))


class InProcess:
    """Acts for one resident, and for staff on the resident's ticket."""

    def __init__(self, office: Office, number: int) -> None:
        self.office = office
        self.number = number
        self.heard: list[Say | Relay] = []
        """Everything the resident was sent, oldest first."""
        self.kept: list[str] = []
        """Everything stored in their tickets, oldest first."""
        self.tickets: list[int] = []
        """The resident's tickets, oldest first."""

    async def act(self, step: Step) -> None:
        own = [0, 0, *self.tickets]
        what = step.what.replace("{n-1}", str(own[-2])).replace("{n}", str(own[-1]))
        if step.who == "resident" and step.does == "writes":
            await self.sends({"text": what})
        elif step.who == "resident":
            await self.presses(_found(what, reversed(self.heard)))
        elif step.does == "writes":
            message = self._message(DESK, STAFF, {"text": what}) | {
                "chat": {"id": DESK, "type": "supergroup"}
            }
            await self._happens({"message": message})
        else:
            code = _found(what, [self.office.cards[own[-1]]])
            await self._press(code, STAFF, {"id": DESK, "type": "supergroup"})

    async def sends(self, content: dict[str, Any], *, is_edit: bool = False) -> None:
        message = self._message(self.number, self.number, content)
        await self._happens(
            {"edited_message": message | {"edit_date": 1}} if is_edit else {"message": message}
        )

    async def presses(self, press: Press | str) -> None:
        code = press if isinstance(press, str) else encode(press)
        await self._press(code, self.number, {"id": self.number, "type": "private"})

    async def _press(self, code: str, who: int, chat: dict[str, Any]) -> None:
        user = {"id": who, "is_bot": False, "first_name": f"人{who}"}
        message = {"message_id": 1, "date": 1, "chat": chat, "text": "x"}
        await self._happens(
            {
                "callback_query": {
                    "id": "1",
                    "from": user,
                    "chat_instance": "1",
                    "data": code,
                    "message": message,
                }
            }
        )

    def _message(self, chat: int, who: int, content: dict[str, Any]) -> dict[str, Any]:
        return {
            "message_id": next(self.office.numbers), "date": 1, "chat": {"id": chat, "type": "private"},
            "from": {"id": who, "is_bot": False, "first_name": f"人{who}"}, **content,
        }  # fmt: skip

    async def _happens(self, body: dict[str, Any]) -> None:
        office = self.office
        update = Update.de_json({"update_id": next(office.numbers), **body}, None)
        event = to_inbound(update, _ROLES, (), None).event
        decided = (
            await office.store.decide(event, office.now, office.engine.handle) if event is not None else None
        )
        if decided is None:
            return
        me = ToResident(f"tg:{self.number}")
        for row in decided.rows:
            action = row.action
            if isinstance(action, (Say, Relay)) and action.to == me:
                self.heard.append(action)
            elif isinstance(action, (PostCard, EditCard)):
                office.cards[action.ticket] = action
        self.kept += [message.text for message in decided.outcome.messages]
        self.tickets += [
            t.id for t in decided.outcome.tickets if t.resident == me.resident and t.id not in self.tickets
        ]


def _found(label: str, actions: Any) -> str:
    """The code of the newest button with this label."""
    return next(
        encode(button.press)
        for action in actions
        for row in action.buttons
        for button in row
        if button.label == label
    )
