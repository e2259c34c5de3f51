"""One event's reads and writes: state, story, audit, record and outbox change together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.clock import stamp
from bot.delivery import routing
from bot.ports import Lease, OutboxRow, StaleLeaseError
from bot.storage import action_json, rows
from bot.storage.erasure import forget
from bot.storage.queries import queries
from bot.storage.snapshot_loader import SnapshotLoader
from handlers.model.actions import Action
from handlers.model.events import Event
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Status


class SqliteTransaction:
    """Inside ``begin immediate``; the store commits."""

    def __init__(self, connection: sqlite3.Connection, zone: tzinfo) -> None:
        self._connection = connection
        self._zone = zone

    def first_time(self, event_id: str) -> bool:
        """Whether this event is new; marks it as handled."""
        now = rows.to_utc(stamp())
        changed: int = queries().first_time(self._connection, event=event_id, now=now)
        return changed == 1

    def settle(self, lease: Lease, error: str = "") -> None:
        """Mark the update as handled by this transaction."""
        settle(self._connection, lease, error)

    def load_snapshot(self, event: Event, now: datetime) -> Snapshot:
        """Everything the event's handler may look at."""
        return SnapshotLoader(self._connection, self._zone).snapshot(event, now)

    def save(self, event: Event, snapshot: Snapshot, outcome: Outcome) -> tuple[OutboxRow, ...]:
        """Store state, story, audit, record and outbox in the caller's transaction. Returns the rows of the outbox."""
        now = rows.to_utc(snapshot.now)
        if outcome.forget is not None:
            forget(self._connection, outcome.forget, now)
        for talk in (outcome.conversation, *outcome.conversations):
            if talk is not None:
                queries().save_conversation(self._connection, **rows.conversation_row(talk))
        # A ticket that becomes inactive must be stored before one that becomes active.
        for ticket in sorted(outcome.tickets, key=lambda t: t.is_active):
            queries().save_ticket(self._connection, **rows.ticket_row(ticket))
            queries().count_ticket(self._connection, id=ticket.id)
        for message in outcome.messages:
            queries().save_message(
                self._connection, ticket=message.ticket, author=message.author.value, name=message.name,
                text=message.text, place=message.place, quoted=message.quoted, desk=message.desk.value,
                written_at=now,
            )  # fmt: skip
        if outcome.record is not None:
            record = outcome.record
            queries().save_record(
                self._connection, event=event.id, resident=record.resident, decision=str(record.decision),
                reason=record.reason, entry=record.entry, version=record.version, score=record.score, decided_at=now,
            )  # fmt: skip
        self._save_desk(event, outcome, now)
        kept = self._save_groups(outcome)
        return put_out(self._connection, [*kept, *outcome.actions], now)

    def _save_switches(self, outcome: Outcome) -> None:
        if outcome.notice is not None:
            queries().save_notice(self._connection, **rows.notice_row(outcome.notice))
        for kind in outcome.notices_off:
            queries().drop_notice(self._connection, kind=kind.value)
        if outcome.put_off is not None:
            queries().save_put_off(self._connection, **rows.put_off_row(outcome.put_off))
        for resident in outcome.put_off_ended:
            queries().drop_put_off(self._connection, resident=resident)

    def _save_groups(self, outcome: Outcome) -> list[Action]:
        """Store which groups take nothing. Returns messages kept for a resident who is reachable again, to be sent
        first.
        """
        if outcome.refused is not None:
            queries().save_refusal(self._connection, **rows.refusal_row(outcome.refused))
        if outcome.works is not None:
            group, part = outcome.works
            queries().drop_refusal(self._connection, place=group.value, part=part.value)
        self._save_switches(outcome)
        if outcome.returned is None:
            return []
        kept = list(queries().parked_for(self._connection, resident=outcome.returned))
        queries().drop_parked(self._connection, resident=outcome.returned)
        actions = [(action_json.from_json(action), Status(status)) for action, status in kept]
        # A question about a case that has been closed since is dropped; what staff wrote is still sent.
        return [action for action, status in actions if not action.buttons or status is not Status.CLOSED]

    def _save_desk(self, event: Event, outcome: Outcome, now: str) -> None:
        if outcome.draft is not None:
            draft = outcome.draft
            queries().save_draft(
                self._connection, id=draft.id, ticket=draft.ticket, staff=draft.staff, name=draft.name, text=draft.text,
                faults=json.dumps(draft.faults, ensure_ascii=False), place=draft.place, origin=draft.cited.place,
                quoted=draft.cited.words, is_picked=int(draft.cited.is_picked), is_asked=int(draft.is_asked), made_at=now,
            )  # fmt: skip
        if outcome.amended is not None:
            queries().amend_note(self._connection, place=outcome.amended.place, text=outcome.amended.text)
        if outcome.draft_done is not None:
            queries().drop_draft(self._connection, id=outcome.draft_done)
        if outcome.audit is not None:
            audit = outcome.audit
            queries().save_audit(
                self._connection, event=event.id, actor=audit.actor, name=audit.name, action=audit.action,
                ticket=audit.ticket, detail=audit.detail, place=audit.place, desk=audit.desk.value, done_at=now,
            )  # fmt: skip


def settle(connection: sqlite3.Connection, lease: Lease, error: str) -> None:
    """Mark the update as done. Raises :class:`StaleLeaseError` where another run has it."""
    changed = queries().settle(
        connection, id=lease.update.id, token=lease.token, state="failed" if error else "done", error=error
    )
    if not changed:
        raise StaleLeaseError(f"update {lease.update.id}")


def put_out(connection: sqlite3.Connection, actions: Sequence[Action], now: str) -> tuple[OutboxRow, ...]:
    """Add one row to the outbox for each message."""
    rows = []
    for action in actions:
        lane, priority, ticket = (
            routing.lane_of(action),
            routing.priority_of(action),
            routing.ticket_of(action),
        )
        desk = queries().desk_of(connection, ticket=ticket) if ticket is not None else ""
        number = queries().put_out(
            connection, lane=lane, priority=priority, action=action_json.to_json(action), ticket=ticket, desk=desk, due_at=now
        )  # fmt: skip
        rows.append(OutboxRow(number, action, lane, priority, desk=desk))
    return tuple(rows)
