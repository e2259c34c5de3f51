"""Settings that decisions use (config.yaml), in one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from faq.hours import Hours
from faq.language import Words
from handlers.model.roles import Roles
from handlers.model.targets import Targets, Watch


@dataclass(frozen=True, slots=True)
class Retention:
    """Retention periods in days: after the last use, after the end of a ticket, after writing."""

    conversation_days: int = 30
    ticket_days: int = 365
    record_days: int = 730
    audit_days: int = 1095
    update_days: int = 14
    """For dead letters and the ids of handled updates."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The operator's settings (``config.yaml``) for decisions."""

    offers: int = 3
    misses_before_person: int = 2
    hours: Hours = field(default_factory=Hours)
    claim_lapse: timedelta = timedelta(minutes=30)
    close_after: timedelta = timedelta(days=7)
    retention: Retention = field(default_factory=Retention)
    targets: Targets = field(default_factory=Targets)
    roles: Roles = field(default_factory=Roles)
    greetings: Mapping[str, Words] = field(default_factory=dict)
    """Saved greetings of the desk by name."""
    has_ward_desk: bool = False
    """Whether the ward has its own group; complaints about a facility go there."""

    has_admin_chat: bool = True
    """Whether the admins have their own group; otherwise the desk's group gets their messages."""

    @property
    def watch(self) -> Watch:
        return Watch(self.hours, self.targets)
