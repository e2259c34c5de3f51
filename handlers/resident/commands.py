"""Grammar of residents' commands, for every channel: a name, optionally the bot's name, and words after it."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any, Final

from handlers.model.events import Command, Commanded, Secret, Started

_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z_]+)(?:@\w+)?(?:\s+(?P<words>.*))?", re.DOTALL)


def split(text: str) -> tuple[str, str] | None:
    """The name in lower case, and the words after it; ``None`` where the text is no command."""
    found = _COMMAND.fullmatch(text)
    return (found["name"].lower(), (found["words"] or "").strip()) if found is not None else None


def parse(
    text: str, for_staff: Set[str], withheld: tuple[Secret, ...] = (), **who: Any
) -> Started | Commanded | None:
    """The event of a command; ``None`` where the text is none. ``for_staff`` are names of the desk's and the
    admins' commands, ``who`` the fields that every event of a resident has.
    """
    found = split(text)
    if found is None:
        return None
    name, words = found
    if name == "start":
        return Started(**who, payload=words, withheld=withheld)
    if name in for_staff:
        return Commanded(**who, command=Command.FOR_STAFF, word=name, text=words, withheld=withheld)
    known = Command(name) if name in set(Command) else Command.UNKNOWN
    return Commanded(**who, command=known, text=words, withheld=withheld)
