"""The store over SQLite: updates and messages in and out, each write on disk when it returns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final

import aiosqlite

from bot.ports import Delivery, Lease, OutboxRow, Place, RawUpdate, Result
from bot.storage import packed, rows
from bot.storage.database import Database
from bot.storage.forgetting import retain
from bot.storage.queries import queries
from bot.storage.transaction import SqliteTransaction, put_out, settle
from handlers.actions import Action, EditCard, PostCard, Say
from handlers.rules import Retention
from handlers.tickets import Ticket


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
                await queries().take_in(
                    connection, id=update.id, lane=update.lane, body=update.body, token=token, received_at=now
                )
                for update in updates
            ]
        return [number for number in taken if number is not None]

    async def take_over(self, token: str) -> None:
        """Everything that is not handled belongs to this run."""
        async with self._database.transaction() as connection:
            await queries().count_attempts(connection)
            await queries().take_over(connection, token=token)

    async def pending(self, limit: int) -> list[Lease]:
        """Updates not handled yet, oldest first."""
        async with self._database.transaction() as connection:
            return [
                Lease(RawUpdate(*row[:3]), row[3], row[4])
                async for row in queries().pending(connection, limit=limit)
            ]

    async def settle(self, lease: Lease, error: str = "") -> None:
        """No more work for this update."""
        async with self._database.transaction() as connection:
            await settle(connection, lease, error)

    async def outbox_after(self, last: int, limit: int) -> list[OutboxRow]:
        """Messages still to be sent, in order."""
        async with self._database.transaction() as connection:
            return [
                OutboxRow(row[0], packed.from_json(row[1]), row[2], row[3], row[4], desk=row[5])
                async for row in queries().outbox_after(connection, last=last, limit=limit)
            ]

    async def placed(self, row: OutboxRow) -> OutboxRow:
        """The row with where its ticket stands at the desk by now."""
        ticket = packed.ticket_of(row.action)
        if ticket is None:
            return row
        async with self._database.transaction() as connection:
            card = await queries().main_card_of(connection, ticket=ticket)
            topic = await queries().topic_of(connection, ticket=ticket)
        return replace(row, card=Place(*card) if card else None, topic=Place(*topic) if topic else None)

    async def keep_deliveries(self, done: Sequence[tuple[OutboxRow, Delivery]]) -> None:
        """Done; where a ticket's message went is remembered, so that a reply to it finds the ticket."""
        async with self._database.transaction() as connection:
            for row, delivery in done:
                await _keep_delivery(connection, row, delivery)

    async def note_attempt(self, row: OutboxRow, detail: str) -> None:
        """A sending did not work yet."""
        async with self._database.transaction() as connection:
            await queries().note_attempt(connection, id=row.id, detail=detail)

    async def put_out(self, actions: Sequence[Action], now: datetime) -> None:
        """Messages that no event decides."""
        async with self._database.transaction() as connection:
            await put_out(connection, actions, rows.to_utc(now))

    async def tickets(self) -> list[Ticket]:
        """Every ticket, oldest first."""
        async with self._database.transaction() as connection:
            return [rows.to_ticket(row, self._zone) async for row in queries().all_tickets(connection)]

    async def retain(self, retention: Retention, now: datetime) -> None:
        """Erase what has been kept for long enough, from the write-ahead log as well."""
        async with self._database.transaction() as connection:
            await retain(connection, retention, now)
        await self._database.truncate_log()

    async def wipe_log(self) -> None:
        """What was erased shall not stand in the write-ahead log either."""
        await self._database.truncate_log()


_STATES: Final = {Result.SENT: "sent", Result.UNKNOWN: "unknown"}


async def _keep_delivery(connection: aiosqlite.Connection, row: OutboxRow, delivery: Delivery) -> None:
    state = _STATES.get(delivery.result, "failed")
    await queries().keep_delivery(connection, id=row.id, state=state, detail=delivery.detail)
    ticket = packed.ticket_of(row.action)
    if ticket is None:
        return
    if delivery.topic is not None:
        await queries().save_topic(
            connection, ticket=ticket, chat=delivery.topic.chat, thread=delivery.topic.message
        )
    if delivery.place is None or isinstance(row.action, EditCard):
        return
    is_main = isinstance(row.action, PostCard)
    if is_main:
        await queries().drop_main_card(connection, ticket=ticket)
    await queries().save_card(
        connection,
        chat=delivery.place.chat,
        message=delivery.place.message,
        ticket=ticket,
        is_main=int(is_main),
        draft=row.action.draft if isinstance(row.action, Say) else 0,
    )
