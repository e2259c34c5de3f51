"""Who may do what at the desk. Residents need no role; everything else is refused unless a role allows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

OPERATOR: Final = "operator:"
"""Begins the name of somebody who works at the machine itself: no channel gives such names."""


@dataclass(frozen=True, slots=True)
class Roles:
    """People by the channel's name of them, and what colleagues call them (``config.yaml``: ``roles``).

    Where a list is empty, everybody in that group has its role: the group's membership is the list.
    """

    staff: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    admins: Mapping[str, str] = field(default_factory=dict)

    def may_work(self, person: str) -> bool:
        """Whether somebody may work at the desk."""
        return not (self.staff or self.leads) or person in self.staff or person in self.leads

    def may_lead(self, person: str) -> bool:
        """Whether somebody may decide over colleagues' tickets and read the audit."""
        return not self.leads or person in self.leads

    def may_administrate(self, person: str) -> bool:
        """Whether somebody may command the FAQ's editors' group."""
        return not self.admins or person in self.admins

    def named(self, name: str) -> tuple[str, str] | None:
        """The person at the desk whom colleagues call so; ``None`` where nobody, or more than one, is."""
        wanted = name.lstrip("@").casefold()
        found = {p: n for p, n in {**self.staff, **self.leads}.items() if n.casefold() == wanted}
        return next(iter(found.items())) if len(found) == 1 else None
