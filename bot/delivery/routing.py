"""Where an action is sent, how urgently, and which tickets it is about."""

from __future__ import annotations

from handlers.model.actions import (
    Action,
    Address,
    EditCard,
    Erase,
    PostCard,
    Relay,
    Retire,
    Say,
    ShowTyping,
    ToAdmins,
    ToDesk,
    ToResident,
    ToTicket,
)
from handlers.model.tickets import Desk


def lane_of(action: Action) -> str:
    """The lane whose messages are sent in order: one per person, per ticket's place, for the desk, for the admins."""
    match action:
        case PostCard() | EditCard() | Retire():
            return f"ticket:{action.ticket}"
        case Erase():
            return "desk"
        case _:
            return _lane_to(action.to)


def _lane_to(to: Address) -> str:
    match to:
        case ToResident(resident):
            return f"resident:{resident}"
        case ToTicket(ticket):
            return f"ticket:{ticket}"
        case ToAdmins():
            return "admins"
        case ToDesk(room, desk):
            if room:
                return f"desk:{room}"
            return "desk" if desk is Desk.FACILITY else f"desk:{desk.value}"


def channel_of(action: Action) -> str:
    """The channel of the person it is for; empty where it is for the desk or the admins."""
    to = action.to if isinstance(action, (Say, Relay, ShowTyping)) else None
    return to.resident.partition(":")[0] if isinstance(to, ToResident) else ""


def ticket_of(action: Action) -> int | None:
    """The ticket whose place at the desk the action is for."""
    match action:
        case PostCard() | EditCard() | Retire():
            return action.ticket
        case Erase():
            return None
        case _:
            return action.to.ticket if isinstance(action.to, ToTicket) else None


def tickets_of(action: Action) -> tuple[int, ...]:
    """Every ticket of which the action shows something to staff."""
    own = ticket_of(action)
    told = action.tickets if isinstance(action, Say) else ()
    return tuple(dict.fromkeys([*([own] if own is not None else []), *told]))


def priority_of(action: Action) -> int:
    """Residents before the desk; new information for staff before updates of what they have."""
    match action:
        case Say(ahead=ahead) if ahead:
            return -ahead
        case Say(to=ToResident()) | Relay(to=ToResident()) | ShowTyping():
            return 0
        case PostCard() | Retire() | Say(to=ToTicket()) | Relay():
            return 1
        case Say():
            return 2
        case EditCard() | Erase():
            return 3
