"""What waits for the desks' groups, read beside a running bot: how many, since when, and what the groups said."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import TOKYO
from bot.finding import Finding
from bot.storage.rows import from_utc, to_notice, to_refused
from handlers.model.delivery import GroupName, Part, Refused
from handlers.model.switches import SwitchKind

_LONG: Final = timedelta(minutes=5)
_SINCE_SCHEMA: Final = 6
_REMEDY: Final = (
    "give the bot back its place and rights in the group (see the group's own line); "
    "what waits goes out by itself"
)
_WAITING: Final = """
select coalesce((select desk from ticket where id = outbox.ticket), 'facility'), action, due_at
from outbox where state = 'pending' and ticket is not null order by id
"""
_NOTICES: Final = "select kind, text, who, since, until from notice order by kind"
_SWITCHES: Final = {
    SwitchKind.PAUSE: ("paused", "madoguchi resume"),
    SwitchKind.BANNER: ("notice", "madoguchi notice --off"),
}
_REFUSALS: Final = "select place, part, cause, detail, since from refusal order by place, part"


def waiting(database: Path, now: datetime) -> Iterator[Finding]:
    """One line a group for which something waits, or which makes no topics; nothing where the database is none of ours."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            if raw.execute("pragma user_version").fetchone()[0] < _SINCE_SCHEMA:
                return
            rows = raw.execute(_WAITING).fetchall()
            refusals = [to_refused(row, TOKYO) for row in raw.execute(_REFUSALS)]
            notices = [to_notice(row, TOKYO) for row in raw.execute(_NOTICES)]
    except sqlite3.Error:
        return  # the line about the database says it
    found = False
    for group in GroupName:
        mine = [(action, from_utc(due, TOKYO)) for desk, action, due in rows if desk == group.value]
        for finding in _about(group, mine, [one for one in refusals if one.group is group], now):
            found = True
            yield finding
    if not found:
        yield Finding("waiting for the desk", "nothing waits")
    for notice in notices:
        if notice.holds_at(now):
            end = f", until {notice.until:%m/%d %H:%M}" if notice.until is not None else ""
            what, remedy = _SWITCHES[notice.kind]
            told = (
                f"since {notice.since:%m/%d %H:%M} by {notice.who}{end}: {notice.text or 'the standard text'}"
            )
            yield Finding(what, told, remedy, is_warning=True)


def _about(
    group: GroupName, rows: list[tuple[str, datetime]], refusals: list[Refused], now: datetime
) -> Iterator[Finding]:
    kinds = Counter(json.loads(action)["do"] for action, _ in rows)
    cards, others = kinds.pop("PostCard", 0), sum(kinds.values())
    since = min((due for _, due in rows), default=None)
    for one in refusals:
        said = f"{one.cause}{f', {one.detail}' if one.detail else ''}, since {one.since:%m/%d %H:%M}"
        if one.part is Part.MESSAGES:
            told = f"the {group} group takes nothing ({said}); {cards} cards and {others} messages wait"
            yield Finding("waiting for the desk", told, _REMEDY)
            return
        yield Finding(
            "topics",
            f"the {group} group makes none ({said}); cards are plain messages",
            "switch topics on, and give the bot the right to manage them",
            is_warning=True,
        )
    if since is not None and now - since >= _LONG:
        told = f"{cards} cards and {others} messages wait for the {group} group since {since:%m/%d %H:%M}"
        yield Finding("waiting for the desk", told, "madoguchi run; then look at its log")
