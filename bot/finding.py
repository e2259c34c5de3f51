"""One line of `madoguchi doctor`: what was looked at, whether it is well, and the command that mends it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """``remedy`` is empty where nothing has to be done. A warning is well enough to go on."""

    what: str
    seen: str
    remedy: str = ""
    is_warning: bool = False

    @property
    def is_ok(self) -> bool:
        return not self.remedy

    def __str__(self) -> str:
        if self.is_ok:
            return f"OK    {self.what}: {self.seen}"
        return f"{'WARN' if self.is_warning else 'FAULT':<5} {self.what}: {self.seen}\n      → {self.remedy}"
