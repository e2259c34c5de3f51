"""Waiting messages by the place they go to: in order within a place, albums together, cards in their newest state."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.delivery.routing import channel_of
from bot.ports import OutboxRow
from handlers.model.actions import EditCard, PostCard, Relay

_ALBUM_SECONDS: Final = 1.5
"""Parts of an album arrive as separate messages: the first waits this long for the others."""
_ALBUM_AT_MOST: Final = 10


@dataclass(slots=True)
class Lane:
    """Messages to one place, oldest first, sent one at a time. Times are the loop's, in seconds."""

    name: str
    channel: str = ""
    """The channel of the person its messages are for; empty for the desk."""
    rows: deque[OutboxRow] = field(default_factory=deque)
    busy: bool = False
    not_before: float = 0.0
    gathers_until: float = 0.0

    @property
    def rank(self) -> tuple[int, int]:
        """Its most urgent row decides when the lane is served."""
        return min(row.priority for row in self.rows), self.rows[0].id

    def free_at(self, now: float) -> float:
        """When its first row may be sent, as far as the lane itself knows."""
        return max(self.not_before, self.gathers_until if is_album(self.rows[0]) else now)


class Lanes:
    """All messages that are known and not sent yet."""

    def __init__(self, speed: float) -> None:
        self._album_seconds = _ALBUM_SECONDS / speed
        self._lanes: dict[str, Lane] = {}
        self.last_seen = 0
        """The highest number of a row that has been admitted."""
        self.superseded: list[OutboxRow] = []
        """Rows that need no sending, because a newer state of the same card waits."""
        self.settled: set[int] = set()
        """Numbers of rows that need no more sending, which a read of the record may still return."""

    def __getitem__(self, name: str) -> Lane:
        return self._lanes[name]

    @property
    def waiting(self) -> int:
        """How many rows wait or are under way."""
        return sum(len(lane.rows) for lane in self._lanes.values())

    def by_channel(self, desk: str) -> dict[str, list[Lane]]:
        """Lanes with something to send or under way, by channel; ``desk`` is the channel of the desk's lanes."""
        found: dict[str, list[Lane]] = {}
        for lane in self._lanes.values():
            if lane.rows:
                found.setdefault(lane.channel or desk, []).append(lane)
        return found

    def admit(self, rows: Sequence[OutboxRow], now: float) -> None:
        """Put rows, in the order of their numbers and each once, into their lanes."""
        for row in rows:
            self.last_seen = row.id
            if row.id in self.settled:
                continue
            lane = self._lanes.setdefault(row.lane, Lane(row.lane, channel_of(row.action)))
            if lane.busy and _is_under_way(lane.rows[0], row):
                continue  # already here from an earlier read
            if is_album(row):
                lane.gathers_until = now + self._album_seconds
            if row.priority < 0:
                _put_ahead(lane, row)
            elif not self._coalesced(lane, row):
                lane.rows.append(row)

    def finish(self, lane: Lane, done: Sequence[OutboxRow]) -> None:
        """Rows at the head of a lane need no more sending, even where the record still lists them."""
        ids = {row.id for row in done}
        self.settled |= ids
        while lane.rows and lane.rows[0].id in ids:
            lane.rows.popleft()
        if not lane.rows:
            self._lanes.pop(lane.name, None)

    def forget(self) -> None:
        """Drop what waits, to be read again; what is under way stays."""
        for name, lane in list(self._lanes.items()):
            if lane.busy:
                first = lane.rows[0]
                lane.rows = deque([first, *first.followers])
            else:
                del self._lanes[name]
        self.last_seen = 0

    def _coalesced(self, lane: Lane, row: OutboxRow) -> bool:
        """A card that waits to be posted or edited takes the newest state; the states between are dropped."""
        if not isinstance(row.action, EditCard):
            return False
        first = 1 if lane.busy else 0
        for number in range(len(lane.rows) - 1, first - 1, -1):
            waiting = lane.rows[number]
            if isinstance(waiting.action, PostCard) and waiting.action.ticket == row.action.ticket:
                newest = replace(waiting.action, text=row.action.text, buttons=row.action.buttons)
                # Stored as done only together with the card: after a restart both are read again.
                lane.rows[number] = replace(waiting, action=newest, followers=(*waiting.followers, row))
                return True
            if isinstance(waiting.action, EditCard):
                del lane.rows[number]
                self.superseded.append(waiting)
                self.settled.add(waiting.id)
                return False
        return False


def _is_under_way(first: OutboxRow, row: OutboxRow) -> bool:
    """Rows before the one being sent have been sent, too, unless that one was put ahead of them."""
    return row.id == first.id or (row.id < first.id and first.priority >= 0)


def _put_ahead(lane: Lane, row: OutboxRow) -> None:
    """Put it before everything waiting that is less urgent, but not before what is under way."""
    place = 1 + len(lane.rows[0].followers) if lane.busy else 0
    while place < len(lane.rows) and lane.rows[place].priority <= row.priority:
        place += 1
    lane.rows.insert(place, row)


def is_album(row: OutboxRow) -> bool:
    """Whether it is one of several parts of an album."""
    return isinstance(row.action, Relay) and bool(row.action.album)


def with_followers(waiting: deque[OutboxRow]) -> OutboxRow:
    """The first row with the parts of its album that wait directly behind it."""
    first = waiting[0]
    if not isinstance(first.action, Relay) or not first.action.album or first.action.text:
        return first
    followers = []
    for row in list(waiting)[1:_ALBUM_AT_MOST]:
        same = (
            isinstance(row.action, Relay) and row.action.album == first.action.album and not row.action.text
        )
        if not same:
            break
        followers.append(row)
    sources = tuple(row.action.source for row in followers if isinstance(row.action, Relay))
    return replace(first, action=replace(first.action, followers=sources), followers=tuple(followers))
