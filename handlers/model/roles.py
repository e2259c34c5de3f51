"""Who may do what at the desk. Residents need no role; everything else needs one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

OPERATOR: Final = "operator:"
"""Prefix of the name of somebody who works at the machine itself; no channel gives such names."""


@dataclass(frozen=True, slots=True)
class Roles:
    """People by the channel's name of them, and what colleagues call them (``config.yaml``: ``roles``).

    Where a list is empty, everybody in that group has its role.
    """

    staff: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    admins: Mapping[str, str] = field(default_factory=dict)

    def may_work(self, person: str) -> bool:
        """Whether a person may work at the desk."""
        return not (self.staff or self.leads) or person in self.staff or person in self.leads

    def may_lead(self, person: str) -> bool:
        """Whether a person may decide over colleagues' tickets and read the audit."""
        return not self.leads or person in self.leads

    def may_administrate(self, person: str) -> bool:
        """Whether a person may use commands in the admins' group."""
        return not self.admins or person in self.admins

    def named(self, name: str) -> tuple[str, str] | None:
        """The person at the desk with this name among colleagues; ``None`` where there is none, or more than one."""
        wanted = name.lstrip("@").casefold()
        found = {p: n for p, n in {**self.staff, **self.leads}.items() if n.casefold() == wanted}
        return next(iter(found.items())) if len(found) == 1 else None
