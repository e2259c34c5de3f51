"""What waits for the desks' groups, read while the bot runs."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from bot.storage.rows import from_utc, to_notice, to_refused
from handlers.model.delivery import Refused
from handlers.model.switches import Notice

_SINCE_SCHEMA: Final = 6
_MESSAGES: Final = """
select coalesce((select desk from ticket where id = outbox.ticket), 'facility'), action, due_at
from outbox where state = 'pending' and ticket is not null order by id
"""
_NOTICES: Final = "select kind, text, who, since, until from notice order by kind"
_REFUSALS: Final = "select place, part, cause, detail, since from refusal order by place, part"


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    """A waiting message about a ticket: the desk of its group, the name of its action, and since when it waits."""

    desk: str
    action: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """All waiting messages at one moment."""

    messages: tuple[WaitingMessage, ...]
    refusals: tuple[Refused, ...]
    notices: tuple[Notice, ...]


def read(database: Path, zone: tzinfo) -> Waiting | None:
    """``None`` where the file is not a database of ours, or has an older schema."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            if raw.execute("pragma user_version").fetchone()[0] < _SINCE_SCHEMA:
                return None
            return Waiting(
                tuple(
                    WaitingMessage(desk, json.loads(action)["do"], from_utc(due, zone))
                    for desk, action, due in raw.execute(_MESSAGES)
                ),
                tuple(to_refused(row, zone) for row in raw.execute(_REFUSALS)),
                tuple(to_notice(row, zone) for row in raw.execute(_NOTICES)),
            )
    except sqlite3.Error:
        return None
