"""A facility's desk in process, with a real store: two tickets, each with its room, and one at the ward."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.places import Place
from bot.storage.store import SqliteStore
from faq.language import Language
from handlers.desk import commands as desk_commands
from handlers.engine import Engine
from handlers.model.actions import Say, ToResident
from handlers.model.buttons import Button, SendDraft
from handlers.model.events import DeskPressed, Event, TimePassed
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome
from handlers.model.tickets import Desk, Status, Ticket
from tests.small_faq import OPEN, knowledge

SEVEN = Ticket(7, "tg:70", Status.OPEN, Language.JA, "ボートは", "asked", (), OPEN, OPEN)
EIGHT = replace(SEVEN, id=8, resident="tg:80", question="田中様の登録")
WARDS = replace(SEVEN, id=3, resident="tg:30", question="苦情", desk=Desk.WARD, reason="complaint")
PLACES = {7: "-1:70", 8: "-1:80"}


class Office:
    """A facility's desk with a real store: tickets 7 and 8 each have a room, and the ward has ticket 3."""

    def __init__(self, store: SqliteStore, path: Path) -> None:
        self._store = store
        self._path = path
        self._engine = Engine(knowledge(), Rules(has_ward_desk=True))
        self._numbers = itertools.count(1)
        self.heard: dict[str, list[str]] = {}
        self.asked: list[Say] = []

    async def open(self) -> Office:
        tickets = (WARDS, SEVEN, EIGHT)
        await self._store.decide(TimePassed(id="t"), OPEN, lambda _, __: Outcome(tickets=tickets))
        with contextlib.closing(sqlite3.connect(self._path)) as rows, rows:
            for ticket, room in PLACES.items():
                topic = Place.parse(room)
                rows.execute(
                    "insert into topic (ticket, chat, thread) values (?, ?, ?)",
                    (ticket, topic.chat, topic.message),
                )
        return self

    async def happens(self, event: Event) -> Outcome:
        decided = await self._store.decide(event, OPEN, self._engine.handle)
        assert decided is not None
        for action in decided.outcome.actions:
            if isinstance(action, Say) and isinstance(action.to, ToResident):
                self.heard.setdefault(action.to.resident, []).append(action.text)
            elif isinstance(action, Say) and action.buttons:
                self.asked.append(action)
        return decided.outcome

    def who(self, room: int, place: str = "") -> dict[str, Any]:
        number = next(self._numbers)
        topic = PLACES.get(room, "")
        return {
            "staff": "tg:8", "name": "花子", "topic": topic, "room": topic or "-1:", "place": place or f"-1:{1000 + number}",
        }  # fmt: skip

    async def writes(self, line: str, room: int = 0, **more: Any) -> Outcome:
        event = desk_commands.parse(line, event_id=f"e:{next(self._numbers)}", **{**self.who(room), **more})
        assert event is not None
        return await self.happens(event)

    async def chooses(self, ticket: int) -> Outcome:
        press = next(
            b.press for b in self.buttons() if isinstance(b.press, SendDraft) and b.press.ticket == ticket
        )
        return await self.happens(
            DeskPressed(id=f"e:{next(self._numbers)}", staff="tg:9", name="太郎", room="-1:", press=press)
        )

    def buttons(self) -> list[Button]:
        return [button for row in self.asked[-1].buttons for button in row]
