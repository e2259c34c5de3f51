"""Rows and dataclasses: one pair of functions per table, and actions as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime, tzinfo
from typing import Any

from faq.language import Language
from handlers.actions import (
    Action,
    Address,
    Buttons,
    EditCard,
    PostCard,
    Say,
    ToAdmins,
    ToDesk,
    ToResident,
    ToTicket,
)
from handlers.buttons import Button, decode, encode
from handlers.conversation import Awaiting, Conversation, Given
from handlers.snapshot import Author, Message
from handlers.tickets import Holder, Status, Ticket


def to_utc(moment: datetime) -> str:
    """UTC ISO text of one width, so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_utc(text: str, zone: tzinfo) -> datetime:
    return datetime.fromisoformat(text).astimezone(zone)


def conversation_row(talk: Conversation) -> dict[str, Any]:
    return {
        "resident": talk.resident,
        "language": talk.language.value,
        "language_chosen": int(talk.language_chosen),
        "question": talk.question,
        "misses": talk.misses,
        "given": json.dumps([[g.entry, g.version] for g in talk.given]),
        "awaiting": talk.awaiting.value,
        "reachable": int(talk.reachable),
        "updated_at": to_utc(talk.updated_at),
    }


def to_conversation(row: Any, zone: tzinfo) -> Conversation:
    return Conversation(
        resident=row[0],
        language=Language(row[1]),
        language_chosen=bool(row[2]),
        question=row[3],
        misses=row[4],
        given=tuple(Given(entry, version) for entry, version in json.loads(row[5])),
        awaiting=Awaiting(row[6]),
        reachable=bool(row[7]),
        updated_at=from_utc(row[8], zone),
    )


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "resident": ticket.resident,
        "status": ticket.status.value,
        "language": ticket.language.value,
        "question": ticket.question,
        "reason": ticket.reason,
        "given": json.dumps(ticket.given, ensure_ascii=False),
        "holder": ticket.holder.staff if ticket.holder else None,
        "holder_name": ticket.holder.name if ticket.holder else None,
        "former_holder": ticket.former_holder,
        "no_reply": int(ticket.no_reply),
        "opened_at": to_utc(ticket.opened_at),
        "touched_at": to_utc(ticket.touched_at),
    }


def to_ticket(row: Any, zone: tzinfo) -> Ticket:
    return Ticket(
        id=row[0],
        resident=row[1],
        status=Status(row[2]),
        language=Language(row[3]),
        question=row[4],
        reason=row[5],
        given=tuple(json.loads(row[6])),
        holder=Holder(row[7], row[8]) if row[7] is not None else None,
        former_holder=row[9],
        no_reply=bool(row[10]),
        opened_at=from_utc(row[11], zone),
        touched_at=from_utc(row[12], zone),
    )


def to_message(row: Any) -> Message:
    return Message(ticket=row[0], author=Author(row[1]), name=row[2], text=row[3])


def lane_of(action: Action) -> str:
    """Messages of one lane are sent in order: those to one person, to one ticket's place, to the desk, to the admins."""
    if isinstance(action, (PostCard, EditCard)):
        return f"ticket:{action.ticket}"
    match action.to:
        case ToResident(resident):
            return f"resident:{resident}"
        case ToTicket(ticket):
            return f"ticket:{ticket}"
        case ToAdmins():
            return "admins"
        case ToDesk():
            return "desk"


def ticket_of(action: Action) -> int | None:
    """The ticket whose place at the desk the action is for."""
    if isinstance(action, (PostCard, EditCard)):
        return action.ticket
    return action.to.ticket if isinstance(action.to, ToTicket) else None


def priority_of(action: Action) -> int:
    """Residents before the desk, what staff must see before what is only brought up to date."""
    match action:
        case Say(to=ToResident()):
            return 0
        case PostCard() | Say(to=ToTicket()):
            return 1
        case Say():
            return 2
        case EditCard():
            return 3


def to_json(action: Action) -> str:
    """An action as it waits in the outbox."""
    packed: dict[str, Any] = {
        "do": type(action).__name__,
        "text": action.text,
        "buttons": [[[button.label, encode(button.press)] for button in row] for row in action.buttons],
    }
    if isinstance(action, Say):
        packed["to"] = _address_to_json(action.to)
        packed["reply_to"] = action.reply_to
    else:
        packed["ticket"] = action.ticket
    return json.dumps(packed, ensure_ascii=False)


def from_json(text: str) -> Action:
    """The action again; buttons that this build does not know are left out."""
    packed = json.loads(text)
    buttons = _buttons(packed["buttons"])
    match packed["do"]:
        case "Say":
            return Say(_address(packed["to"]), packed["text"], buttons, packed.get("reply_to", ""))
        case "PostCard":
            return PostCard(packed["ticket"], packed["text"], buttons)
        case "EditCard":
            return EditCard(packed["ticket"], packed["text"], buttons)
        case other:
            raise ValueError(f"an action this build does not know: {other}")


def _buttons(rows: list[list[list[str]]]) -> Buttons:
    known = []
    for row in rows:
        presses = [(label, decode(code)) for label, code in row]
        known.append(tuple(Button(label, press) for label, press in presses if press is not None))
    return tuple(row for row in known if row)


def _address_to_json(address: Address) -> list[Any]:
    match address:
        case ToResident(resident):
            return ["resident", resident]
        case ToTicket(ticket):
            return ["ticket", ticket]
        case ToDesk():
            return ["desk"]
        case ToAdmins():
            return ["admins"]


def _address(packed: list[Any]) -> Address:
    match packed:
        case ["resident", resident]:
            return ToResident(resident)
        case ["ticket", ticket]:
            return ToTicket(ticket)
        case ["desk"]:
            return ToDesk()
        case _:
            return ToAdmins()
