"""Erasing: of a person on request, and by age. What stays does not identify anybody."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.storage import rows
from bot.storage.pseudonyms import pseudonym
from bot.storage.queries import forgetting
from handlers.model.settings import Retention


def forget(connection: sqlite3.Connection, resident: str, now: str) -> None:
    """Erase everything about a person, in the caller's transaction. ``now`` in the record's time format."""
    tickets = [row[0] for row in forgetting().ids_of(connection, resident=resident)]
    for ticket in tickets:
        _empty(connection, ticket)
    # Texts and presses in a private chat share its lane, which is named after the person.
    forgetting().forget_outbox_of(connection, ticket=None, lane=f"resident:{resident}")
    forgetting().forget_updates(connection, lane=resident)
    forgetting().forget_conversation(connection, resident=resident)
    forgetting().forget_records(connection, resident=resident)
    forgetting().forget_audit(connection, resident=resident)
    forgetting().forget_parked(connection, resident=resident)
    forgetting().forget_put_off(connection, resident=resident, pseudonym=pseudonym(resident), now=now)
    forgetting().forget_old_put_off(connection, resident=resident)


def erasing(retention: Retention, now: datetime) -> Mapping[str, Callable[[sqlite3.Connection], None]]:
    """Functions that erase what is older than each setting allows, by setting; each runs in its own transaction.

    The age limit is computed in the call, so that a fault in one setting does not affect the others.
    """

    def before(days: int) -> str:
        return rows.to_utc(now - timedelta(days=days))

    def tickets(connection: sqlite3.Connection) -> None:
        old = forgetting().old_tickets(connection, before=before(retention.ticket_days))
        for ticket in [row[0] for row in old]:
            _empty(connection, ticket)

    def conversations(connection: sqlite3.Connection) -> None:
        oldest = before(retention.conversation_days)
        forgetting().old_conversations(connection, before=oldest)
        forgetting().nameless_records(connection, before=oldest)
        forgetting().old_parked(connection, before=oldest)

    def records(connection: sqlite3.Connection) -> None:
        forgetting().old_records(connection, before=before(retention.record_days))

    def audit(connection: sqlite3.Connection) -> None:
        forgetting().old_audit(connection, before=before(retention.audit_days))

    def updates(connection: sqlite3.Connection) -> None:
        oldest = before(retention.update_days)
        forgetting().old_updates(connection, before=oldest)
        forgetting().old_marks(connection, before=oldest)
        forgetting().old_outbox(connection, before=oldest)
        forgetting().old_drafts(connection, before=oldest)

    return {
        "ticket_days": tickets,
        "conversation_days": conversations,
        "record_days": records,
        "audit_days": audit,
        "update_days": updates,
    }


def _empty(connection: sqlite3.Connection, ticket: int) -> None:
    forgetting().forget_words_of(connection, ticket=ticket)
    forgetting().forget_drafts_of(connection, ticket=ticket)
    forgetting().forget_cards_of(connection, ticket=ticket)
    forgetting().forget_shown_of(connection, ticket=ticket)
    forgetting().forget_details_of(connection, ticket=ticket)
    forgetting().forget_topic_of(connection, ticket=ticket)
    forgetting().forget_former_topics_of(connection, ticket=ticket)
    forgetting().forget_outbox_of(connection, ticket=ticket, lane=f"ticket:{ticket}")
    forgetting().forget_ticket(connection, id=ticket)
