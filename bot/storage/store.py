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

from bot.ports import Delivery, Lease, OutboxRow, Place, RawUpdate, Result, StaleLeaseError
from bot.storage import rows
from bot.storage.database import Database
from handlers.actions import Action, EditCard, PostCard
from handlers.buttons import Settle, WantNoReply, Withdraw
from handlers.events import (
    DeliveryFailed,
    DeskPressed,
    Event,
    FromDesk,
    FromResident,
    Looked,
    MessageRefused,
    Noted,
    Pressed,
    Quoted,
    Replied,
    TimePassed,
    TopicLost,
    UpdateFailed,
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

    async def settle(self, lease: Lease, error: str = "") -> None:
        """The update is done with what this transaction keeps."""
        await _settle(self._connection, lease, error)

    async def load_snapshot(self, event: Event, now: datetime) -> Snapshot:
        """Everything the event's handler may look at."""
        next_id = await _queries().last_ticket_id(self._connection) + 1
        snapshot = Snapshot(now=now, next_ticket_id=next_id)
        if isinstance(event, (FromResident, DeliveryFailed, MessageRefused, UpdateFailed)):
            if event.resident is None:
                return snapshot
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
        if isinstance(event, TopicLost):
            return replace(snapshot, ticket=await self._ticket(event.ticket))
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
        await _put_out(self._connection, outcome.actions, now)

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

    async def ingest(self, updates: Sequence[RawUpdate], token: str) -> list[int]:
        """Keep what is new; on disk on return."""
        now = rows.to_utc(datetime.now(UTC))  # noqa: TID251 - a housekeeping stamp, never read by a decision
        async with self._database.transaction() as connection:
            taken = [
                await _queries().take_in(
                    connection, id=update.id, lane=update.lane, body=update.body, token=token, received_at=now
                )
                for update in updates
            ]
        return [number for number in taken if number is not None]

    async def take_over(self, token: str) -> None:
        """Everything that is not handled belongs to this run."""
        async with self._database.transaction() as connection:
            await _queries().count_attempts(connection)
            await _queries().take_over(connection, token=token)

    async def pending(self, limit: int) -> list[Lease]:
        """Updates not handled yet, oldest first."""
        async with self._database.transaction() as connection:
            return [
                Lease(RawUpdate(*row[:3]), row[3], row[4])
                async for row in _queries().pending(connection, limit=limit)
            ]

    async def settle(self, lease: Lease, error: str = "") -> None:
        """No more work for this update."""
        async with self._database.transaction() as connection:
            await _settle(connection, lease, error)

    async def outbox_after(self, last: int, limit: int) -> list[OutboxRow]:
        """Messages still to be sent, in order."""
        async with self._database.transaction() as connection:
            return [
                OutboxRow(row[0], rows.from_json(row[1]), row[2], row[3], row[4])
                async for row in _queries().outbox_after(connection, last=last, limit=limit)
            ]

    async def placed(self, row: OutboxRow) -> OutboxRow:
        """The row with where its ticket stands at the desk by now."""
        ticket = rows.ticket_of(row.action)
        if ticket is None:
            return row
        async with self._database.transaction() as connection:
            card = await _queries().main_card_of(connection, ticket=ticket)
            topic = await _queries().topic_of(connection, ticket=ticket)
        return replace(row, card=Place(*card) if card else None, topic=Place(*topic) if topic else None)

    async def keep_deliveries(self, done: Sequence[tuple[OutboxRow, Delivery]]) -> None:
        """Done; where a ticket's message went is remembered, so that a reply to it finds the ticket."""
        async with self._database.transaction() as connection:
            for row, delivery in done:
                await _keep_delivery(connection, row, delivery)

    async def note_attempt(self, row: OutboxRow, detail: str) -> None:
        """A sending did not work yet."""
        async with self._database.transaction() as connection:
            await _queries().note_attempt(connection, id=row.id, detail=detail)

    async def put_out(self, actions: Sequence[Action], now: datetime) -> None:
        """Messages that no event decides."""
        async with self._database.transaction() as connection:
            await _put_out(connection, actions, rows.to_utc(now))

    async def tickets(self) -> list[Ticket]:
        """Every ticket, oldest first."""
        async with self._database.transaction() as connection:
            return [rows.to_ticket(row, self._zone) async for row in _queries().all_tickets(connection)]


async def _settle(connection: aiosqlite.Connection, lease: Lease, error: str) -> None:
    changed = await _queries().settle(
        connection, id=lease.update.id, token=lease.token, state="failed" if error else "done", error=error
    )
    if not changed:
        raise StaleLeaseError(f"update {lease.update.id}")


async def _put_out(connection: aiosqlite.Connection, actions: Sequence[Action], now: str) -> None:
    for action in actions:
        await _queries().put_out(
            connection, lane=rows.lane_of(action), priority=rows.priority_of(action),
            action=rows.to_json(action), due_at=now,
        )  # fmt: skip


_STATES: Final = {Result.SENT: "sent", Result.UNKNOWN: "unknown"}


async def _keep_delivery(connection: aiosqlite.Connection, row: OutboxRow, delivery: Delivery) -> None:
    state = _STATES.get(delivery.result, "failed")
    await _queries().keep_delivery(connection, id=row.id, state=state, detail=delivery.detail)
    ticket = rows.ticket_of(row.action)
    if ticket is None:
        return
    if delivery.topic is not None:
        await _queries().save_topic(
            connection, ticket=ticket, chat=delivery.topic.chat, thread=delivery.topic.message
        )
    if delivery.place is None or isinstance(row.action, EditCard):
        return
    is_main = isinstance(row.action, PostCard)
    if is_main:
        await _queries().drop_main_card(connection, ticket=ticket)
    await _queries().save_card(
        connection,
        chat=delivery.place.chat,
        message=delivery.place.message,
        ticket=ticket,
        is_main=int(is_main),
    )
