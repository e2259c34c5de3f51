"""The grammar of the desk's commands, for every channel. A line that is no command stays inside and makes no event."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

from handlers.desk.addressing import beginning_number
from handlers.model.buttons import Claim, DeskPress, Release, Resolve, TakeOver
from handlers.model.events import (
    BannerSet,
    DeskEvent,
    DeskPressed,
    Excepted,
    Greeted,
    Looked,
    Merged,
    Noted,
    Paused,
    PutOffEnded,
    PutOffFor,
    Quoted,
    Replied,
    Resumed,
    Searched,
    Slip,
    Snoozed,
    Tagged,
    Transferred,
    UnknownDeskCommand,
    View,
)

_COMMAND: Final = re.compile(
    r"(?P<slash>[/／])(?P<name>[A-Za-zａ-ｚＡ-Ｚ_]+)(?:@\w+)?(?P<gap>\s*)(?P<rest>.*)", re.DOTALL
)
_NOTE: Final = re.compile(r"[/／]{2}(?P<words>.*)", re.DOTALL)
"""Text after two slashes of any width is a note for colleagues."""
_NUMBER: Final = re.compile(r"(?P<mark>[#＃]?)(?P<ticket>\d{1,9})(?:\s+(?P<rest>.*))?", re.DOTALL)
_WORD_AT_MOST: Final = 40
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
_SWITCHES: Final[Mapping[str, Callable[..., DeskEvent]]] = {
    "pause": lambda words, **who: Paused(text=words, **who),
    "resume": lambda words, **who: Resumed(**who),  # noqa: ARG005 - what follows it says nothing
    "notice": lambda words, **who: BannerSet(text=words, **who),
}
_PUT_OFF: Final[Mapping[str, Callable[..., DeskEvent]]] = {
    "block": lambda words, **who: PutOffFor(text=words, **who),
    "unblock": lambda words, **who: PutOffEnded(**who),  # noqa: ARG005 - likewise
}
_LOOKS_AT_TICKET: Final = {"ticket": View.TICKET, "history": View.HISTORY}
_LOOKS: Final = {
    "queue": View.QUEUE,
    "mine": View.MINE,
    "help": View.HELP,
    "start": View.HELP,
    "audit": View.AUDIT,
}
_ALL: Final = frozenset(
    {*_PRESSES, *_REPLIES, *_WITH_WORDS, *_LOOKS_AT_TICKET, *_LOOKS, *_SWITCHES, *_PUT_OFF, "find", "merge"}
)
VERBS: Final = _ALL - {"help", "start", "history"}
"""Commands that only the desk has: residents have /help, /start and /history of their own."""


def parse(text: str, *, event_id: str, staff: str, name: str, **where: Any) -> DeskEvent | None:
    """The event of a line at the desk; ``None`` for talk among colleagues.

    ``where`` are the fields of :class:`FromDesk` about its place. In a ticket's own room (``topic``), and in a reply
    to one of its messages (``answers``), the number may be omitted.
    """
    who: dict[str, Any] = {"id": event_id, "staff": staff, "name": name, **where}
    if (note := _NOTE.fullmatch(text.strip())) is not None:
        words = note["words"].strip()
        return (
            Noted(text=words, **who)
            if words
            else UnknownDeskCommand(text="//", verb="note", slip=Slip.ARGUMENTS, **who)
        )
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return _no_name_of_ours(text.strip(), who)
    verb, rest = unicodedata.normalize("NFKC", command["name"]).lower(), command["rest"].strip()
    known = verb if verb in _ALL else ""
    if command["slash"] == "／":
        # Only an exact command sends words to a resident: a guess could send what was meant for colleagues.
        return (
            UnknownDeskCommand(text=f"／{verb}", verb=verb, slip=Slip.FULL_WIDTH_SLASH, **who)
            if known
            else None
        )
    if not known or (rest and not command["gap"]):
        slip = Slip.ARGUMENTS if known else Slip.UNKNOWN
        return UnknownDeskCommand(text=f"/{verb}", verb=known, slip=slip, **who)
    if verb in _LOOKS:
        return Looked(view=_LOOKS[verb], **who)
    if verb in _SWITCHES:
        return _SWITCHES[verb](rest, **who)
    if verb == "find" and rest:
        return Searched(words=rest, **who)
    in_place = bool(where.get("topic") or where.get("answers"))
    ticket, words = _numbered(rest, is_reply_in_place=in_place and verb in _REPLIES)
    if ticket is not None or in_place:
        found = _about_ticket(verb, ticket, words, who, in_place=in_place)
        if found is not None:
            return found
    return UnknownDeskCommand(text=f"/{verb}", verb=verb, slip=Slip.ARGUMENTS, **who)


def is_note(text: str) -> bool:
    """Whether a line is marked as a note: // before the words."""
    return _NOTE.fullmatch(text.strip()) is not None


def _no_name_of_ours(text: str, who: dict[str, Any]) -> DeskEvent | None:
    """The event of /返信, a lone / and the like, which look like commands but are none."""
    if not text.startswith("/"):
        return None
    return UnknownDeskCommand(
        text=text.split(maxsplit=1)[0][:_WORD_AT_MOST], verb="", slip=Slip.UNKNOWN, **who
    )


def _numbered(rest: str, *, is_reply_in_place: bool) -> tuple[int | None, str]:
    """A leading number names the ticket. In a reply in a room the number needs a #, because the text may begin with
    one.
    """
    numbered = _NUMBER.fullmatch(rest)
    if numbered is None or (is_reply_in_place and not numbered["mark"]):
        return None, rest
    return int(numbered["ticket"]), (numbered["rest"] or "").strip()


def _about_ticket(
    verb: str, ticket: int | None, words: str, who: dict[str, Any], *, in_place: bool
) -> DeskEvent | None:
    if verb in _PRESSES and not words:
        return DeskPressed(press=_PRESSES[verb](ticket or 0), is_typed=True, **who)
    if verb in _LOOKS_AT_TICKET and not words:
        return Looked(view=_LOOKS_AT_TICKET[verb], ticket=ticket, **who)
    if verb in _PUT_OFF:
        return _PUT_OFF[verb](words, ticket=ticket, **who)
    if verb in _REPLIES:
        begins = beginning_number(words) if ticket is None else None
        return Replied(ticket=ticket, text=words, named=begins[0] if begins else None, **who)
    if verb == "merge" and ticket is not None:
        return _merge(ticket, words, who, in_place=in_place)
    if verb in _WITH_WORDS and words:
        return _WITH_WORDS[verb](words, ticket=ticket, **who)
    return None


def _merge(first: int, words: str, who: dict[str, Any], *, in_place: bool) -> DeskEvent | None:
    """Two numbers; in a ticket's own room one is enough."""
    second = _NUMBER.fullmatch(words)
    if second is not None and not second["rest"]:
        return Merged(ticket=first, into=int(second["ticket"]), **who)
    return Merged(ticket=None, into=first, **who) if in_place and not words else None
