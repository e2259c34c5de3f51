"""Groups that take nothing at the moment: one message is tried at intervals, and all others for them wait."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Final

from handlers.model.delivery import Cause, GroupName

_FIRST_WAIT_SECONDS: Final = 2.0
_LONGEST_WAIT_SECONDS: Final = 300.0


@dataclass(slots=True)
class _Hold:
    """``until`` is infinite while a message is being tried."""

    until: float
    tries: int = 0
    cause: Cause | None = None


class Holds:
    """Holds by group name; times are the loop's, in seconds."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed
        self._held: dict[str, _Hold] = {}

    def __contains__(self, group: str) -> bool:
        return group in self._held

    def know(self, group: GroupName) -> None:
        """The record says that the group took nothing: one message is tried at once, alone."""
        self._held.setdefault(group, _Hold(0.0))

    def free_at(self, group: str, now: float) -> float:
        """When a message for the group may be sent: now, later, or (infinity) after the one being tried."""
        hold = self._held.get(group)
        return hold.until if hold is not None else now

    def begin(self, group: str) -> None:
        """A message is sent; where the group is held, it is the trial."""
        if group in self._held:
            self._held[group].until = inf

    def end(self, group: str, now: float, wait: float) -> None:
        """A sending has ended. Where it was a trial that showed nothing about the group, the next trial is after
        ``wait``.
        """
        hold = self._held.get(group)
        if hold is not None and hold.until == inf:
            hold.until = now + wait

    def refuse(self, group: GroupName, cause: Cause, now: float) -> tuple[float, bool]:
        """The group takes nothing: returns the seconds until the next trial, and whether the cause is new."""
        hold = self._held.setdefault(group, _Hold(0.0))
        wait = min(_LONGEST_WAIT_SECONDS, _FIRST_WAIT_SECONDS * 2.0 ** min(hold.tries, 10)) / self._speed
        is_news = hold.cause is not cause
        hold.tries, hold.until, hold.cause = hold.tries + 1, now + wait, cause
        return wait, is_news

    def untold(self, group: GroupName) -> None:
        """The cause could not be reported yet."""
        if group in self._held:
            self._held[group].cause = None

    def try_now(self, group: GroupName) -> None:
        """Something has changed in the group: try again without waiting, and treat its next cause as new."""
        hold = self._held.get(group)
        if hold is not None:
            hold.tries, hold.cause = 0, None
            hold.until = hold.until if hold.until == inf else 0.0

    def release(self, group: str) -> bool:
        """The group has taken a message; returns whether it was held."""
        return self._held.pop(group, None) is not None
