"""The SQLite store: updates and messages in and out; each write is on disk on return."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

import structlog

from bot.clock import stamp
from bot.delivery import routing
from bot.places import Place
from bot.ports import (
    LOWEST,
    Decide,
    Decided,
    Delivery,
    DeliveryResult,
    Lease,
    OnTrouble,
    OutboxRow,
    RawUpdate,
    StoreUnavailableError,
    Trouble,
)
from bot.storage import action_json, rows
from bot.storage.database import Database
from bot.storage.erasure import erasing
from bot.storage.queries import queries
from bot.storage.transaction import SqliteTransaction, put_out, settle
from handlers.model.actions import Action, EditCard, Erase, PostCard, Relay, Retire, Say, ToResident
from handlers.model.delivery import Refused
from handlers.model.events import Asked, Event
from handlers.model.settings import Retention
from handlers.model.tickets import Desk, Ticket

_log = structlog.get_logger()


class SqliteStore:
    """Implements ``bot.ports.Store`` over one database."""

    def __init__(self, database: Database, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone

    @classmethod
    async def open(cls, path: Path | str, *, label: str, zone: tzinfo) -> SqliteStore:
        """``label`` tells other processes who holds the file; ``zone`` is the time zone of returned times."""
        return cls(await Database.open(path, label), zone)

    def on_trouble(self, told: OnTrouble) -> None:
        """``told`` is called when the record cannot be written, and when it can again."""
        self._database.on_trouble = told

    async def close(self) -> None:
        """Close the file."""
        await self._database.close()

    async def schema(self) -> int:
        """The schema number."""
        return await self._database.schema()

    async def decide(
        self, event: Event, now: datetime, handle: Decide, leases: Sequence[Lease] = ()
    ) -> Decided | None:
        """Snapshot, decision and all its changes in one transaction. ``None`` where the event was handled before."""

        def work(raw: sqlite3.Connection) -> Decided | None:
            tx = SqliteTransaction(raw, self._zone)
            for lease in leases:
                tx.settle(lease)
            if not tx.first_time(event.id):
                return None
            if isinstance(event, Asked):
                for other in event.pieces:
                    tx.first_time(other)
            snapshot = tx.load_snapshot(event, now)
            outcome = handle(event, snapshot)
            return Decided(outcome, tx.save(event, snapshot, outcome))

        return await self._database.run(work, is_long=len(getattr(event, "text", "")) > _LETTER)

    async def ingest(self, updates: Sequence[RawUpdate], token: str) -> list[str]:
        """Store new updates; on disk on return."""
        now = rows.to_utc(stamp())

        def work(raw: sqlite3.Connection) -> list[str]:
            taken = [
                queries().take_in(
                    raw,
                    id=update.id,
                    number=update.number,
                    lane=update.lane,
                    body=update.body,
                    token=token,
                    received_at=now,
                )
                for update in updates
            ]
            return [one for one in taken if one is not None]

        return await self._database.run(work)

    async def take_over(self, token: str, channel: str) -> None:
        """Lease all unhandled updates of the channel to this run."""

        def work(raw: sqlite3.Connection) -> None:
            queries().count_attempts(raw, channel=channel)
            queries().take_over(raw, token=token, channel=channel)

        await self._database.run(work)

    async def pending(self, limit: int, first: int = LOWEST, token: str = "") -> list[Lease]:
        """Unhandled updates, oldest first."""
        found = await self._database.run(
            lambda raw: list(queries().pending(raw, first=first, token=token, limit=limit))
        )
        return [Lease(RawUpdate(*row[:4]), row[4], row[5]) for row in found]

    async def pending_in(self, lane: str, limit: int, token: str) -> list[Lease]:
        """Unhandled updates of one lane, oldest first."""
        found = await self._database.run(
            lambda raw: list(queries().pending_in(raw, lane=lane, token=token, limit=limit))
        )
        return [Lease(RawUpdate(*row[:4]), row[4], row[5]) for row in found]

    async def pending_after(self, lane: str, last: int, limit: int, token: str) -> list[Lease]:
        """Unhandled updates of one lane above a number, oldest first."""
        found = await self._database.run(
            lambda raw: list(queries().pending_after(raw, lane=lane, last=last, token=token, limit=limit))
        )
        return [Lease(RawUpdate(*row[:4]), row[4], row[5]) for row in found]

    async def note_tried(self, lease: Lease) -> None:
        """Record one more attempt."""
        await self._database.run(lambda raw: queries().note_tried(raw, id=lease.update.id, token=lease.token))

    async def settle(self, lease: Lease, error: str = "") -> None:
        """Mark the update as done, or as a dead letter."""
        await self._database.run(lambda raw: settle(raw, lease, error))

    async def outbox_after(self, last: int, limit: int) -> list[OutboxRow]:
        """Messages still to be sent, in order."""
        found = await self._database.run(
            lambda raw: list(queries().outbox_after(raw, last=last, limit=limit))
        )
        return [
            OutboxRow(row[0], action_json.from_json(row[1]), row[2], row[3], row[4], desk=row[5])
            for row in found
        ]

    async def placed(self, row: OutboxRow) -> OutboxRow:
        """The row with the current desk of its ticket, and the ticket's places there."""
        ticket = routing.ticket_of(row.action)
        if ticket is None:
            return row

        def work(raw: sqlite3.Connection) -> OutboxRow:
            card, topic = queries().main_card_of(raw, ticket=ticket), queries().topic_of(raw, ticket=ticket)
            desk = queries().desk_of(raw, ticket=ticket)
            found = replace(
                row,
                card=Place(*card) if card else None,
                topic=Place(*topic) if topic else None,
                desk=desk,
                has_moved_on=_was_the_wards(row) and desk == Desk.FACILITY.value,
            )
            if not isinstance(row.action, Retire):
                return found
            former = [Place(*one) for one in queries().former_topics_of(raw, ticket=ticket)]
            cards, lists = queries().cards_of(raw, ticket=ticket), queries().shown_of(raw, ticket=ticket)
            return replace(
                found,
                places=tuple(dict.fromkeys([Place(*one) for one in (*cards, *lists)])),
                topics=(*former, *([found.topic] if found.topic else [])),
            )

        return await self._database.run(work)

    async def keep_deliveries(self, done: Sequence[tuple[OutboxRow, Delivery]]) -> None:
        """Mark rows as done; the place of a ticket's message is stored, so that a reply to it finds the ticket."""

        now = rows.to_utc(stamp())

        def work(raw: sqlite3.Connection) -> None:
            for row, delivery in done:
                _keep_delivery(raw, row, delivery, now)

        await self._database.run(work)

    async def keep_part(self, row: OutboxRow, place: Place) -> None:
        """Store the place of one part of a long message."""
        now = rows.to_utc(stamp())
        await self._database.run(lambda raw: _keep_shown(raw, routing.tickets_of(row.action), place, now))

    async def note_attempt(self, row: OutboxRow, detail: str) -> None:
        """Record a failed attempt to send."""
        await self._database.run(lambda raw: queries().note_attempt(raw, id=row.id, detail=detail))

    async def refusals(self) -> list[Refused]:
        """Groups that took nothing, or made no topics, as last known."""
        return await self._database.run(
            lambda raw: [rows.to_refused(row, self._zone) for row in queries().refusals(raw)]
        )

    async def put_out(self, actions: Sequence[Action], now: datetime) -> tuple[OutboxRow, ...]:
        """Queue messages that no event decides."""
        return await self._database.run(lambda raw: put_out(raw, actions, rows.to_utc(now)))

    async def note_moved(self, old: int, new: int) -> None:
        """Store a group's new id."""
        await self._database.run(lambda raw: queries().note_moved(raw, old=old, new=new))

    async def moved(self) -> dict[int, int]:
        """Maps the old id of each group that has moved to its new one."""
        return dict(await self._database.run(lambda raw: list(queries().moved(raw))))

    async def tickets(self) -> list[Ticket]:
        """Every ticket, oldest first."""
        return await self._database.run(
            lambda raw: [rows.to_ticket(row, self._zone) for row in queries().all_tickets(raw)]
        )

    async def retain(self, retention: Retention, now: datetime) -> None:
        """Erase what is older than its retention period, from the write-ahead log as well.

        A fault with one setting does not stop the others; it is raised after them.
        """
        faults: list[Exception] = []
        for setting, work in erasing(retention, now).items():
            try:
                await self._database.run(work)
            except Exception as error:
                if isinstance(error, StoreUnavailableError) and error.trouble is not Trouble.DAMAGED:
                    raise  # the others would fail as well
                _log.error("retention.not_done", setting=setting, error=type(error).__name__)
                faults.append(error)
        await self._database.truncate_log()
        if faults:
            raise faults[0]

    async def wipe_log(self) -> bool:
        """Remove erased data from the write-ahead log as well; ``False`` where a reader prevents it."""
        return await self._database.truncate_log()


_LETTER: Final = 200
"""Characters from which on searching a message takes so long that shorter ones go first."""
_STATES: Final = {DeliveryResult.SENT: "sent", DeliveryResult.UNKNOWN: "unknown"}


def _keep_shown(connection: sqlite3.Connection, tickets: Sequence[int], place: Place, now: str) -> None:
    """Store the place of a message that shows tickets; where a ticket was forgotten meanwhile, the message is deleted."""
    if any(queries().is_forgotten(connection, ticket=ticket) for ticket in tickets):
        put_out(connection, [Erase("", places=(str(place),))], now)
        return
    for ticket in tickets:
        queries().save_shown(connection, chat=place.chat, message=place.message, ticket=ticket)


def _was_the_wards(row: OutboxRow) -> bool:
    return row.desk == Desk.WARD.value and isinstance(row.action, (Say, Relay, PostCard, EditCard))


def _keep_delivery(connection: sqlite3.Connection, row: OutboxRow, delivery: Delivery, now: str) -> None:
    state = _STATES.get(delivery.result, "failed")
    queries().keep_delivery(connection, id=row.id, state=state, detail=delivery.detail)
    about = getattr(row.action, "about", 0)
    to = getattr(row.action, "to", None)
    is_known = not queries().is_forgotten(connection, ticket=about)
    if delivery.result is DeliveryResult.UNREACHABLE and about and is_known and isinstance(to, ToResident):
        queries().park(
            connection,
            resident=to.resident,
            ticket=about,
            action=action_json.to_json(row.action),
            parked_at=now,
        )
    for place in delivery.also:
        _keep_shown(connection, routing.tickets_of(row.action), place, now)
    ticket = routing.ticket_of(row.action)
    if ticket is None or queries().is_forgotten(connection, ticket=ticket):
        if delivery.place is not None:
            _keep_shown(connection, routing.tickets_of(row.action), delivery.place, now)
        if ticket is not None and delivery.topic is not None:
            gone = Erase("", str(delivery.topic))
            put_out(connection, [gone], now)
        return
    for chat in delivery.gone_from:
        queries().leave_card(connection, ticket=ticket, chat=chat)
        queries().remember_topic_in(connection, ticket=ticket, chat=chat)
        queries().leave_topic(connection, ticket=ticket, chat=chat)
    if delivery.topic is not None:
        queries().remember_topic(connection, ticket=ticket)
        queries().save_topic(
            connection, ticket=ticket, chat=delivery.topic.chat, thread=delivery.topic.message
        )
    if delivery.place is None or isinstance(row.action, EditCard):
        return
    is_main = isinstance(row.action, PostCard)
    if is_main:
        queries().drop_main_card(connection, ticket=ticket)
    queries().save_card(
        connection,
        chat=delivery.place.chat,
        message=delivery.place.message,
        ticket=ticket,
        is_main=int(is_main),
        draft=row.action.draft if isinstance(row.action, Say) else 0,
        origin=row.action.origin if isinstance(row.action, (Say, Relay)) else "",
    )
