"""What an operator decides about answers, people and keeping (config.yaml), in one value."""

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
    """Days that things are kept: after the last use, after the end of a ticket, after they were written."""

    conversation_days: int = 30
    ticket_days: int = 365
    record_days: int = 730
    audit_days: int = 1095
    update_days: int = 14
    """Updates that could not be handled, and the marks of those that were."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an operator decides (``config.yaml``), in one value."""

    offers: int = 3
    misses_before_person: int = 2
    hours: Hours = field(default_factory=Hours)
    claim_lapse: timedelta = timedelta(minutes=30)
    close_after: timedelta = timedelta(days=7)
    retention: Retention = field(default_factory=Retention)
    targets: Targets = field(default_factory=Targets)
    roles: Roles = field(default_factory=Roles)
    greetings: Mapping[str, Words] = field(default_factory=dict)
    """Saved greetings of the desk by their names."""
    has_ward_desk: bool = False
    """Whether the ward has a group of its own; complaints about a facility go there."""

    has_admin_chat: bool = True
    """Whether the FAQ's editors have a group of their own; otherwise the desk's hears what they should."""

    @property
    def watch(self) -> Watch:
        return Watch(self.hours, self.targets)
