"""One line of `madoguchi doctor`: what was examined, whether it is in order, and the command that mends it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """``remedy`` is empty where nothing has to be done. A warning does not keep the bot from running."""

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
