"""Whatever time does to a ward's ticket is told at the ward's desk and nowhere else, also in the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.storage.store import SqliteStore
from faq.language import Language
from handlers.engine import Engine
from handlers.model.actions import EditCard, Say, ToDesk, ToResident, ToTicket
from handlers.model.events import Asked, TimePassed
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome
from handlers.model.targets import Targets
from handlers.model.tickets import Desk, Holder, Status, Ticket, Turn
from tests.small_faq import OPEN, knowledge

TICKET = Ticket(
    3, "r:1", Status.OPEN, Language.JA, "どなられました", "complaint", (), OPEN, OPEN, desk=Desk.WARD
)
CLAIMED: dict[str, Any] = {"status": Status.CLAIMED, "holder": Holder("tg:8", "花子")}
HOURS, DAYS = timedelta(hours=1), timedelta(days=1)
UNTIMED = Targets(first_response=99 * DAYS, resolution=99 * DAYS)

KINDS: dict[str, tuple[Ticket, datetime, bool, str]] = {
    "a reminder": (TICKET, OPEN + timedelta(minutes=50), False, "分"),
    "late": (TICKET, OPEN + 2 * HOURS, True, "過ぎました"),
    "late to be finished": (replace(TICKET, replied_at=OPEN), OPEN + 3 * DAYS, True, "過ぎました"),
    "a claim that lapses": (replace(TICKET, **CLAIMED, replied_at=None), OPEN + 5 * HOURS, False, "花子"),
    "words unheard": (
        replace(TICKET, **CLAIMED, turn=Turn.AGAIN, replied_at=OPEN), OPEN + 5 * HOURS, True, "受付番号 3"),
    "closed by time": (replace(TICKET, **CLAIMED | {"status": Status.RESOLVED}), OPEN + 9 * DAYS, False, "終了"),
}  # fmt: skip
"""The ticket, the time, whether the whole desk is told, and the text."""


@pytest.mark.parametrize("kind", KINDS)
async def test_what_time_does_to_a_wards_ticket_is_said_at_the_wards_desk_alone(
    kind: str, store: SqliteStore
) -> None:
    ticket, moment, is_rung, words = KINDS[kind]
    is_timed = "late" in kind or "reminder" in kind
    rules = Rules(has_ward_desk=True, **({} if is_timed else {"targets": UNTIMED}))  # type: ignore[arg-type] # targets
    await store.decide(
        Asked(id="o", resident="r:1", text="x"), OPEN, lambda _, __: Outcome(tickets=(ticket,))
    )
    decided = await store.decide(TimePassed(id="t"), moment, Engine(knowledge(), rules).handle)
    assert decided is not None
    said = []
    for row in decided.rows:
        action = row.action
        if isinstance(action, Say) and isinstance(action.to, ToDesk):
            assert (action.to.room, action.to.desk) == ("", Desk.WARD)
            said.append(action.text)
        elif isinstance(action, EditCard) or (isinstance(action, Say) and isinstance(action.to, ToTicket)):
            assert row.desk == Desk.WARD.value
        else:
            assert isinstance(action, Say)
            assert action.to == ToResident("r:1")
    assert bool(said) is is_rung
    assert words in "\n".join(row.action.text for row in decided.rows)
