"""The store over SQLite: snapshots in, outcomes out, updates and messages in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, Final

import aiosql
import aiosqlite

from bot.ports import Delivery, OutboxRow, Place, RawUpdate
from bot.storage import rows
from bot.storage.database import Database
from handlers.actions import EditCard, PostCard, Say, ToTicket
from handlers.buttons import Settle, WantNoReply, Withdraw
from handlers.events import (
    DeliveryFailed,
    DeskPressed,
    Event,
    FromDesk,
    FromResident,
    Looked,
    Noted,
    Pressed,
    Quoted,
    Replied,
    TimePassed,
)
from handlers.snapshot import Outcome, Snapshot
from handlers.tickets import Ticket

_FILE: Final = Path(__file__).parent / "sql" / "queries.sql"


@cache
def _queries() -> Any:
    """Every query by its name, read when the first store is opened."""
    return aiosql.from_path(_FILE, "aiosqlite", mandatory_parameters=False)


class SqliteTransaction:
    """One event's reads and writes."""

    def __init__(self, connection: aiosqlite.Connection, zone: tzinfo) -> None:
        self._connection = connection
        self._zone = zone

    async def first_time(self, event_id: str) -> bool:
        """Whether this event is new; from here on it is not."""
        now = rows.to_utc(datetime.now(UTC))  # noqa: TID251 - a housekeeping stamp, never read by a decision
        changed: int = await _queries().first_time(self._connection, event=event_id, now=now)
        return changed == 1

    async def load_snapshot(self, event: Event, now: datetime) -> Snapshot:
        """Everything the event's handler may look at."""
        next_id = await _queries().last_ticket_id(self._connection) + 1
        snapshot = Snapshot(now=now, next_ticket_id=next_id)
        if isinstance(event, (FromResident, DeliveryFailed)):
            talk = await _queries().conversation_of(self._connection, resident=event.resident)
            snapshot = replace(
                snapshot,
                conversation=rows.to_conversation(talk, self._zone) if talk else None,
                active=await self._active(event.resident),
            )
            if isinstance(event, Pressed) and isinstance(event.press, (Settle, Withdraw, WantNoReply)):
                snapshot = replace(snapshot, ticket=await self._ticket(event.press.ticket))
            return snapshot
        if isinstance(event, FromDesk):
            return await self._for_desk(event, snapshot)
        if isinstance(event, TimePassed):
            return replace(snapshot, queue=await self._queue())
        return snapshot

    async def save(self, event: Event, snapshot: Snapshot, outcome: Outcome) -> None:
        """State, story, record and outbox; the caller's transaction makes them one."""
        now = rows.to_utc(snapshot.now)
        if outcome.conversation is not None:
            await _queries().save_conversation(
                self._connection, **rows.conversation_row(outcome.conversation)
            )
        # A ticket that becomes inactive makes room for one that becomes active.
        for ticket in sorted(outcome.tickets, key=lambda t: t.is_active):
            await _queries().save_ticket(self._connection, **rows.ticket_row(ticket))
            await _queries().count_ticket(self._connection, id=ticket.id)
        for message in outcome.messages:
            await _queries().save_message(
                self._connection, ticket=message.ticket, author=message.author.value, name=message.name,
                text=message.text, written_at=now,
            )  # fmt: skip
        if outcome.record is not None:
            record = outcome.record
            await _queries().save_record(
                self._connection, event=event.id, resident=record.resident, decision=str(record.decision),
                reason=record.reason, entry=record.entry, version=record.version, score=record.score, decided_at=now,
            )  # fmt: skip
        for action in outcome.actions:
            await _queries().put_out(
                self._connection, lane=rows.lane_of(action), action=rows.to_json(action), due_at=now
            )

    async def _for_desk(self, event: FromDesk, snapshot: Snapshot) -> Snapshot:
        ticket = await self._named_ticket(event)
        if ticket is not None:
            snapshot = replace(snapshot, ticket=ticket, active=await self._active(ticket.resident))
        if isinstance(event, Looked):
            told = [rows.to_message(row) async for row in _queries().messages_of(
                self._connection, ticket=ticket.id if ticket else 0
            )]  # fmt: skip
            snapshot = replace(snapshot, queue=await self._queue(), messages=tuple(told))
        return snapshot

    async def _named_ticket(self, event: FromDesk) -> Ticket | None:
        number: int | None = None
        if isinstance(event, DeskPressed):
            number = event.press.ticket
        elif isinstance(event, (Replied, Quoted, Noted, Looked)):
            number = event.ticket
        if number is None and isinstance(event, Replied) and event.card:
            chat, _, message = event.card.rpartition(":")
            number = await _queries().ticket_of_card(self._connection, chat=chat, message=message)
        return await self._ticket(number) if number is not None else None

    async def _ticket(self, ticket_id: int) -> Ticket | None:
        row = await _queries().ticket_by_id(self._connection, id=ticket_id)
        return rows.to_ticket(row, self._zone) if row else None

    async def _active(self, resident: str) -> Ticket | None:
        row = await _queries().active_ticket_of(self._connection, resident=resident)
        return rows.to_ticket(row, self._zone) if row else None

    async def _queue(self) -> tuple[Ticket, ...]:
        return tuple(
            [rows.to_ticket(row, self._zone) async for row in _queries().tickets_not_closed(self._connection)]
        )


class SqliteStore:
    """Implements ``bot.ports.Store`` over one database."""

    def __init__(self, database: Database, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone

    @classmethod
    async def open(cls, path: Path | str, *, label: str, zone: tzinfo) -> SqliteStore:
        """``label`` tells other processes who holds the file; ``zone`` is the one times are given back in."""
        return cls(await Database.open(path, label), zone)

    async def close(self) -> None:
        """Give the file back."""
        await self._database.close()

    async def schema(self) -> int:
        """The number of the schema."""
        return await self._database.schema()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[SqliteTransaction]:
        """All or nothing."""
        async with self._database.transaction() as connection:
            yield SqliteTransaction(connection, self._zone)

    async def ingest(self, updates: Sequence[RawUpdate]) -> int:
        """Keep what is new; on disk on return."""
        now = rows.to_utc(datetime.now(UTC))  # noqa: TID251 - a housekeeping stamp, never read by a decision
        new = 0
        async with self._database.transaction() as connection:
            for update in updates:
                new += await _queries().take_in(
                    connection, id=update.id, lane=update.lane, body=update.body, received_at=now
                )
        return new

    async def pending(self, limit: int) -> list[RawUpdate]:
        """Updates not handled yet, oldest first."""
        async with self._database.transaction() as connection:
            return [RawUpdate(*row) async for row in _queries().pending(connection, limit=limit)]

    async def settle(self, update_id: int, error: str = "") -> None:
        """No more work for this update."""
        async with self._database.transaction() as connection:
            await _queries().settle(
                connection, id=update_id, state="failed" if error else "done", error=error
            )

    async def due(self, now: datetime, limit: int) -> list[OutboxRow]:
        """Messages to send now, in order."""
        async with self._database.transaction() as connection:
            waiting = [row async for row in _queries().due(connection, now=rows.to_utc(now), limit=limit)]
            return [await self._outbox_row(connection, row) for row in waiting]

    async def mark_sent(self, row: OutboxRow, delivery: Delivery) -> None:
        """Done; where a ticket's message went is remembered, so that a reply to it finds the ticket."""
        action = row.action
        async with self._database.transaction() as connection:
            await _queries().mark_sent(connection, id=row.id)
            if delivery.place is None:
                return
            if isinstance(action, PostCard):
                await _queries().drop_main_card(connection, ticket=action.ticket)
                await _save_card(connection, delivery.place, action.ticket, is_main=True)
            elif isinstance(action, Say) and isinstance(action.to, ToTicket):
                await _save_card(connection, delivery.place, action.to.ticket, is_main=False)

    async def postpone(self, row: OutboxRow, until: datetime, detail: str) -> None:
        """Try again then."""
        async with self._database.transaction() as connection:
            await _queries().postpone(connection, id=row.id, due_at=rows.to_utc(until), detail=detail)

    async def give_up(self, row: OutboxRow, detail: str) -> None:
        """Never again; ``detail`` says why."""
        async with self._database.transaction() as connection:
            await _queries().give_up(connection, id=row.id, detail=detail)

    async def tickets(self) -> list[Ticket]:
        """Every ticket, oldest first."""
        async with self._database.transaction() as connection:
            return [rows.to_ticket(row, self._zone) async for row in _queries().all_tickets(connection)]

    async def _outbox_row(self, connection: aiosqlite.Connection, row: Any) -> OutboxRow:
        action = rows.from_json(row[1])
        ticket = action.ticket if isinstance(action, EditCard) else None
        if isinstance(action, Say) and isinstance(action.to, ToTicket):
            ticket = action.to.ticket
        card = await _queries().main_card_of(connection, ticket=ticket) if ticket is not None else None
        return OutboxRow(row[0], action, row[2], Place(*card) if card else None)


async def _save_card(connection: aiosqlite.Connection, place: Place, ticket: int, *, is_main: bool) -> None:
    await _queries().save_card(
        connection, chat=place.chat, message=place.message, ticket=ticket, is_main=int(is_main)
    )
