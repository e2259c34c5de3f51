"""The courier's knowledge of groups: which take nothing, which make no topics; each change becomes an event."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.delivery.holds import Holds
from bot.ports import Delivery, Dispatch, OutboxRow
from handlers.model.delivery import Cause, GroupName, Part, Refused
from handlers.model.delivery_events import GroupRefused, GroupWorks

_log = structlog.get_logger()


class Groups:
    """Knowledge of this run, started from the record of earlier runs."""

    def __init__(self, dispatch: Dispatch, speed: float) -> None:
        self.holds = Holds(speed)
        self._dispatch = dispatch
        self._without_topics: dict[GroupName, Cause] = {}
        self.is_known = False
        """Whether the record has been read."""

    def know(self, refusals: Sequence[Refused]) -> None:
        """Take in the record's knowledge."""
        self.is_known = True
        for one in refusals:
            if one.part is Part.MESSAGES:
                self.holds.know(one.group)
            else:
                self._without_topics[one.group] = one.cause

    def try_now(self, group: GroupName) -> None:
        """Something has changed in the group: try again without waiting, and report its next refusal as new."""
        self.holds.try_now(group)
        self._without_topics.pop(group, None)

    async def took(self, row: OutboxRow, delivery: Delivery) -> None:
        """A group has taken a message: those who were told of a refusal are told that it is over."""
        group = delivery.group
        if group is None:
            return
        if self.holds.release(group):
            _log.info("courier.group_works", group=group)
            event = f"works:{row.id}:{row.attempts}"
            await self._dispatch(GroupWorks(id=event, group=group, part=Part.MESSAGES))
        cause, event = delivery.no_topics, f"topics:{row.id}:{row.part}"
        if cause is not None and self._without_topics.get(group) is not cause:
            self._without_topics[group] = cause
            await self._dispatch(GroupRefused(id=event, group=group, part=Part.TOPICS, cause=cause))
        elif delivery.topic is not None and self._without_topics.pop(group, None) is not None:
            await self._dispatch(GroupWorks(id=event, group=group, part=Part.TOPICS))

    async def refused(self, group: GroupName, row: OutboxRow, delivery: Delivery, now: float) -> float:
        """The group takes nothing: returns the seconds until the next trial. Each new cause is reported."""
        wait, is_news = self.holds.refuse(group, delivery.cause, now)
        _log.warning("courier.held", group=group, row=row.id, seconds=round(wait, 3), detail=delivery.detail)
        if is_news:
            event = f"held:{row.id}:{row.attempts}:{delivery.cause}"
            told = GroupRefused(
                id=event, group=group, part=Part.MESSAGES, cause=delivery.cause, detail=delivery.detail
            )
            try:
                await self._dispatch(told)
            except Exception:
                self.holds.untold(group)  # reported with the next trial
                raise
        return wait
