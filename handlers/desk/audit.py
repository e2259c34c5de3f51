"""Every action of staff and admins is recorded as one row; a forbidden one is refused and recorded as well."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.model.events import (
    AdminCommanded,
    BannerSet,
    DeskEvent,
    DeskPressed,
    Excepted,
    FromDesk,
    Looked,
    Merged,
    Noted,
    Paused,
    PutOffEnded,
    PutOffFor,
    Quoted,
    ReplyEdited,
    Resumed,
    Slip,
    Tagged,
    Transferred,
    UnknownDeskCommand,
    View,
)
from handlers.model.roles import OPERATOR, Roles
from handlers.model.snapshot import Audit, Outcome, Snapshot
from handlers.wording import cases

_IN_OWN_WORDS: Final = (Excepted, Tagged, Transferred)
_LEADS_LOOK_AT: Final = frozenset({View.AUDIT})
_LEADS_SWITCH: Final = (Paused, Resumed, BannerSet, PutOffFor, PutOffEnded)


def refusal(event: DeskEvent | AdminCommanded, roles: Roles) -> str | None:
    """Why this person may not do this; ``None`` where they may. Talk among colleagues is always allowed."""
    if event.staff.startswith(OPERATOR):
        return None
    if isinstance(event, AdminCommanded):
        return None if roles.may_administrate(event.staff) else _refused(event, cases.WHO_ADMINS)
    if isinstance(event, UnknownDeskCommand) and event.slip is Slip.ADMINS_ROOM:
        return None  # it has no effect, and its author is told where to write it
    if not roles.may_work(event.staff) and not (isinstance(event, Noted) and event.is_chat):
        return _refused(event, cases.WHO_STAFF)
    for_leads = isinstance(event, _LEADS_SWITCH) or (
        isinstance(event, Looked) and event.view in _LEADS_LOOK_AT
    )
    if for_leads and not roles.may_lead(event.staff):
        return _refused(event, cases.WHO_LEADS)
    return None


def _refused(event: FromDesk, who: str) -> str:
    """The refusal; a person without a name cannot be told from others and is told how to be identified."""
    if event.is_anonymous:
        return cases.REFUSED_UNNAMED.format(who=who, id=event.staff.rpartition(":")[2])
    return cases.REFUSED.format(who=who)


def audited(
    event: DeskEvent | AdminCommanded, snapshot: Snapshot, outcome: Outcome, refused: bool = False
) -> Outcome:
    """The outcome with its audit row. Talk among colleagues is kept as a note and is not an action."""
    if isinstance(event, Noted) and event.is_chat:
        return outcome
    ticket = snapshot.ticket.id if snapshot.ticket is not None else 0
    done = "refused" if refused else _detail(event)
    if not ticket and isinstance(event, _IN_OWN_WORDS) and not refused:
        done = ""  # words of no ticket are not stored, because they could not be erased with one
    is_talk = isinstance(event, ReplyEdited) and not event.verb
    place = "" if is_talk or isinstance(event, AdminCommanded) else event.place
    row = Audit(event.staff, event.name, _action(event), ticket, done, place, event.desk)
    return replace(outcome, audit=row)


def _action(event: DeskEvent | AdminCommanded) -> str:
    if isinstance(event, DeskPressed):
        return type(event.press).__name__
    return f"/{event.command}" if isinstance(event, AdminCommanded) else type(event).__name__


def _detail(event: DeskEvent | AdminCommanded) -> str:
    """What the action was about; never the text sent to a resident."""
    match event:
        case Looked():
            return event.view.value
        case Quoted():
            return event.entry
        case Transferred():
            return event.to
        case Merged():
            return str(event.into)
        case Tagged():
            return " ".join(event.tags)
        case Excepted():
            return event.reason
        case PutOffFor() | Paused() | BannerSet():
            return event.text
        case DeskPressed():
            return str(getattr(event.press, "entry", getattr(event.press, "greeting", "")))
        case _:
            return ""
