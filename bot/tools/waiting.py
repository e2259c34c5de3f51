"""What waits for the desks' groups, as doctor's lines: how many, since when, and why the groups refuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.finding import Finding
from bot.storage.waiting import WaitingMessage, read
from handlers.model.delivery import GroupName, Part, Refused
from handlers.model.switches import SwitchKind

_LONG: Final = timedelta(minutes=5)
_REMEDY: Final = (
    "give the bot back its place and rights in the group (see the group's own line); "
    "what waits goes out by itself"
)
_SWITCHES: Final = {
    SwitchKind.PAUSE: ("paused", "madoguchi resume"),
    SwitchKind.BANNER: ("notice", "madoguchi notice --off"),
}


def waiting(database: Path, now: datetime) -> Iterator[Finding]:
    """One line per group that has messages waiting or makes no topics; none where the database is not ours. Times are
    in the zone of ``now``.
    """
    seen = read(database, now.tzinfo or UTC)
    if seen is None:  # the database's own line reports it
        return
    found = False
    for group in GroupName:
        mine = [message for message in seen.messages if message.desk == group.value]
        for finding in _about(group, mine, [one for one in seen.refusals if one.group is group], now):
            found = True
            yield finding
    if not found:
        yield Finding("waiting for the desk", "nothing waits")
    for notice in seen.notices:
        if notice.holds_at(now):
            end = f", until {notice.until:%m/%d %H:%M}" if notice.until is not None else ""
            what, remedy = _SWITCHES[notice.kind]
            told = (
                f"since {notice.since:%m/%d %H:%M} by {notice.who}{end}: {notice.text or 'the standard text'}"
            )
            yield Finding(what, told, remedy, is_warning=True)


def _about(
    group: GroupName, messages: list[WaitingMessage], refusals: list[Refused], now: datetime
) -> Iterator[Finding]:
    kinds = Counter(message.action for message in messages)
    cards, others = kinds.pop("PostCard", 0), sum(kinds.values())
    since = min((message.since for message in messages), default=None)
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
