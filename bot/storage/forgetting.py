"""Erasing: a person who asks for it, and what has been kept for long enough. What stays has nobody in it."""

from __future__ import annotations

from datetime import datetime, timedelta

import aiosqlite

from bot.storage import rows
from bot.storage.queries import forgetting
from handlers.rules import Retention


async def forget(connection: aiosqlite.Connection, resident: str) -> None:
    """Everything about a person, inside the caller's transaction."""
    tickets = [row[0] async for row in forgetting().ids_of(connection, resident=resident)]
    for ticket in tickets:
        await _empty(connection, ticket)
    # A press in a private chat and a text in it share the lane of that chat, whose name is the person's own.
    await forgetting().forget_outbox_of(connection, ticket=None, lane=f"resident:{resident}")
    await forgetting().forget_updates(connection, lane=resident)
    await forgetting().forget_conversation(connection, resident=resident)
    await forgetting().forget_records(connection, resident=resident)
    await forgetting().forget_audit(connection, resident=resident)


async def retain(connection: aiosqlite.Connection, retention: Retention, now: datetime) -> None:
    """Erase what is older than the operator wants, inside the caller's transaction."""

    def before(days: int) -> str:
        return rows.to_utc(now - timedelta(days=days))

    old = [row[0] async for row in forgetting().old_tickets(connection, before=before(retention.ticket_days))]
    for ticket in old:
        await _empty(connection, ticket)
    await forgetting().old_conversations(connection, before=before(retention.conversation_days))
    await forgetting().old_records(connection, before=before(retention.record_days))
    await forgetting().old_audit(connection, before=before(retention.audit_days))
    await forgetting().old_updates(connection, before=before(retention.update_days))
    await forgetting().old_marks(connection, before=before(retention.update_days))
    await forgetting().old_outbox(connection, before=before(retention.update_days))
    await forgetting().old_drafts(connection, before=before(retention.update_days))


async def _empty(connection: aiosqlite.Connection, ticket: int) -> None:
    await forgetting().forget_words_of(connection, ticket=ticket)
    await forgetting().forget_drafts_of(connection, ticket=ticket)
    await forgetting().forget_cards_of(connection, ticket=ticket)
    await forgetting().forget_topic_of(connection, ticket=ticket)
    await forgetting().forget_outbox_of(connection, ticket=ticket, lane=f"ticket:{ticket}")
    await forgetting().forget_ticket(connection, id=ticket)
