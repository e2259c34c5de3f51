"""Targets for the first response and the solution, in opening time: reminders before, escalations after."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from faq.hours import Hours
from handlers.model.tickets import Ticket


class Alert(StrEnum):
    """Alerts; each is given once per ticket."""

    REMIND_FIRST = "remind-first"
    LATE_FIRST = "late-first"
    REMIND_RESOLUTION = "remind-resolution"
    LATE_RESOLUTION = "late-resolution"


@dataclass(frozen=True, slots=True)
class Targets:
    """Opening time (not clock time) until a person has answered, and until the case is solved."""

    first_response: timedelta = timedelta(minutes=60)
    resolution: timedelta = timedelta(hours=16)
    remind_before: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Due:
    """An alert that is due, and the opening time left (reminders) or agreed (escalations)."""

    alert: Alert
    minutes: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Calendar and targets together."""

    hours: Hours = field(default_factory=Hours)
    targets: Targets = field(default_factory=Targets)

    def due(self, ticket: Ticket, now: datetime) -> list[Due]:
        """Alerts due for an active ticket that is not snoozed; none while the desk is closed."""
        if not ticket.is_active or ticket.snoozed_until is not None or not self.hours.is_open(now):
            return []
        spent = self.hours.open_between(ticket.opened_at, now)
        found = []
        if ticket.replied_at is None:
            found += self._one(
                ticket, spent, self.targets.first_response, Alert.REMIND_FIRST, Alert.LATE_FIRST
            )
        found += self._one(
            ticket, spent, self.targets.resolution, Alert.REMIND_RESOLUTION, Alert.LATE_RESOLUTION
        )
        return found

    def _one(
        self, ticket: Ticket, spent: timedelta, target: timedelta, remind: Alert, late: Alert
    ) -> list[Due]:
        if spent >= target:
            return [] if late in ticket.alerts else [Due(late, int(target / timedelta(minutes=1)))]
        left = target - spent
        if left <= self.targets.remind_before and remind not in ticket.alerts:
            return [Due(remind, max(1, round(left / timedelta(minutes=1))))]
        return []


def told(ticket: Ticket, due: list[Due]) -> Ticket:
    """The ticket with these alerts marked as given."""
    return replace(ticket, alerts=(*ticket.alerts, *(d.alert.value for d in due)))
