"""What staff type: one grammar for every channel. Whatever is not a command stays inside and is no event."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from handlers.buttons import Claim, DeskPress, Release, Resolve, TakeOver
from handlers.events import (
    DeskEvent,
    DeskPressed,
    Excepted,
    Greeted,
    Looked,
    Merged,
    Misspoke,
    Noted,
    Quoted,
    Replied,
    Searched,
    Snoozed,
    Tagged,
    Transferred,
    View,
)

_COMMAND: Final = re.compile(r"/(?P<name>[a-z]+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)
_NUMBER: Final = re.compile(r"(?P<mark>#?)(?P<ticket>[0-9]{1,9})(?:\s+(?P<rest>.*))?", re.DOTALL)
_PRESSES: Final[Mapping[str, Callable[[int], DeskPress]]] = {
    "claim": Claim,
    "takeover": TakeOver,
    "release": Release,
    "done": Resolve,
}
_REPLIES: Final = frozenset({"reply", "r"})
_WITH_WORDS: Final[Mapping[str, Callable[..., DeskEvent]]] = {
    "note": lambda words, **who: Noted(text=words, **who),
    "quote": lambda words, **who: Quoted(entry=words, **who),
    "hi": lambda words, **who: Greeted(greeting=words, **who),
    "exception": lambda words, **who: Excepted(reason=words, **who),
    "tag": lambda words, **who: Tagged(tags=tuple(w.lstrip("#") for w in words.split()), **who),
    "snooze": lambda words, **who: Snoozed(until=words, **who),
    "transfer": lambda words, **who: Transferred(to=words, **who),
}
_LOOKS_AT_TICKET: Final = {"ticket": View.TICKET, "history": View.HISTORY}
_LOOKS: Final = {
    "queue": View.QUEUE,
    "mine": View.MINE,
    "help": View.HELP,
    "start": View.HELP,
    "audit": View.AUDIT,
}
VERBS: Final = frozenset(
    {*_PRESSES, *_REPLIES, *_WITH_WORDS, *_LOOKS_AT_TICKET, *_LOOKS, "find", "merge"}
    - {"help", "start", "history"}
)
"""Every command that is the desk's alone: residents have their own /help, /start and /history."""


def parse(text: str, *, event_id: str, staff: str, name: str, **where: Any) -> DeskEvent | None:
    """The event a line at the desk means; ``None`` for talk among colleagues.

    ``where`` are the fields of :class:`FromDesk` that say where it was typed; in a ticket's own room (``topic``) its
    number need not be written.
    """
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return None
    verb, rest = command["name"], (command["rest"] or "").strip()
    who: dict[str, Any] = {"id": event_id, "staff": staff, "name": name, **where}
    if verb in _LOOKS:
        return Looked(view=_LOOKS[verb], **who)
    if verb == "find" and rest:
        return Searched(words=rest, **who)
    topic = where.get("topic", "")
    ticket, words = _numbered(rest, is_reply_in_topic=bool(topic) and verb in _REPLIES)
    if ticket is not None or topic:
        found = _about_ticket(verb, ticket, words, who)
        if found is not None:
            return found
    return Misspoke(text=f"/{verb}", **who)


def _numbered(rest: str, *, is_reply_in_topic: bool) -> tuple[int | None, str]:
    """A leading number names the ticket. A reply in a room may itself begin with a number: there it needs its #."""
    numbered = _NUMBER.fullmatch(rest)
    if numbered is None or (is_reply_in_topic and not numbered["mark"]):
        return None, rest
    return int(numbered["ticket"]), (numbered["rest"] or "").strip()


def _about_ticket(verb: str, ticket: int | None, words: str, who: dict[str, Any]) -> DeskEvent | None:
    if verb in _PRESSES and not words and ticket is not None:
        return DeskPressed(press=_PRESSES[verb](ticket), **who)
    if verb in _LOOKS_AT_TICKET and not words:
        return Looked(view=_LOOKS_AT_TICKET[verb], ticket=ticket, **who)
    if verb in _REPLIES:
        return Replied(ticket=ticket, text=words, **who)
    if verb == "merge" and ticket is not None and words.lstrip("#").isdecimal() and len(words) < 10:
        return Merged(ticket=ticket, into=int(words.lstrip("#")), **who)
    if verb in _WITH_WORDS and words:
        return _WITH_WORDS[verb](words, ticket=ticket, **who)
    return None
