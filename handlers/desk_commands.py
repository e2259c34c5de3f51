"""What staff type: one grammar for every channel. Whatever is not a command stays inside and is no event."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from handlers.buttons import Claim, DeskPress, Release, Resolve, TakeOver
from handlers.events import DeskEvent, DeskPressed, Looked, Misspoke, Noted, Quoted, Replied, View

_COMMAND: Final = re.compile(r"/(?P<name>[a-z]+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)
_NUMBER: Final = re.compile(r"#?(?P<ticket>[0-9]{1,9})(?:\s+(?P<rest>.*))?", re.DOTALL)
_PRESSES: Final[Mapping[str, Callable[[int], DeskPress]]] = {
    "claim": Claim,
    "takeover": TakeOver,
    "release": Release,
    "done": Resolve,
}


def parse(text: str, *, event_id: str, staff: str, name: str) -> DeskEvent | None:
    """The event a line at the desk means; ``None`` for talk among colleagues."""
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return None
    verb, rest = command["name"], (command["rest"] or "").strip()
    if verb in ("queue", "mine", "help", "start"):
        view = View.HELP if verb in ("help", "start") else View(verb)
        return Looked(id=event_id, staff=staff, name=name, view=view)
    numbered = _NUMBER.fullmatch(rest)
    if numbered is None:
        return Misspoke(id=event_id, staff=staff, name=name, text=f"/{verb}")
    ticket, words = int(numbered["ticket"]), (numbered["rest"] or "").strip()
    if verb in _PRESSES and not words:
        return DeskPressed(id=event_id, staff=staff, name=name, press=_PRESSES[verb](ticket))
    if verb == "ticket" and not words:
        return Looked(id=event_id, staff=staff, name=name, view=View.TICKET, ticket=ticket)
    if verb in ("reply", "r"):
        return Replied(id=event_id, staff=staff, name=name, ticket=ticket, text=words)
    if verb == "note" and words:
        return Noted(id=event_id, staff=staff, name=name, ticket=ticket, text=words)
    if verb == "quote" and words:
        return Quoted(id=event_id, staff=staff, name=name, ticket=ticket, entry=words)
    return Misspoke(id=event_id, staff=staff, name=name, text=f"/{verb}")
