"""Actions as they wait in the outbox: JSON, the lane they go in, and how urgent they are."""

from __future__ import annotations

import json
from typing import Any

from handlers.model.actions import (
    Action,
    Address,
    Buttons,
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
from handlers.model.buttons import Button, decode, encode
from handlers.model.tickets import Desk


def to_json(action: Action) -> str:
    """An action as it waits in the outbox."""
    packed: dict[str, Any] = {
        "do": type(action).__name__,
        "text": action.text,
        "buttons": [[[button.label, encode(button.press)] for button in row] for row in action.buttons],
    }
    match action:
        case Say():
            packed |= {
                "to": _address_to_json(action.to),
                "reply_to": action.reply_to,
                "tick": action.tick,
                "draft": action.draft,
                "cross": action.cross,
                "origin": action.origin,
                "about": action.about,
                "is_theirs": action.is_theirs,
                "tickets": action.tickets,
                "is_last": action.is_last,
                "ahead": action.ahead,
            }
        case Relay():
            packed |= {
                "to": _address_to_json(action.to),
                "source": action.source,
                "album": action.album,
                "tick": action.tick,
                "is_bare": action.is_bare,
                "origin": action.origin,
                "about": action.about,
            }
        case ShowTyping():
            packed["to"] = _address_to_json(action.to)
        case Erase():
            packed |= {
                "desk": action.desk,
                "topic": action.topic,
                "places": action.places,
                "ticket": action.ticket,
                "resident": action.resident,
            }
        case PostCard() | EditCard() | Retire():
            packed["ticket"] = action.ticket
            if isinstance(action, Retire):
                packed |= {"desk": action.desk, "erases": action.erases, "closes": action.closes}
    return json.dumps(packed, ensure_ascii=False)


def from_json(text: str) -> Action:
    """The action again; buttons that this build does not know are left out."""
    packed = json.loads(text)
    buttons = _buttons(packed["buttons"])
    match packed["do"]:
        case "Say":
            return Say(
                _address(packed["to"]), packed["text"], buttons, packed.get("reply_to", ""), packed.get("tick", ""),
                packed.get("draft", 0), packed.get("cross", ""),
                packed.get("origin", ""),
                packed.get("about", 0), packed.get("is_theirs", False),
                tuple(packed.get("tickets", ())), packed.get("is_last", False),
                packed.get("ahead", 0),
            )  # fmt: skip
        case "PostCard":
            return PostCard(packed["ticket"], packed["text"], buttons)
        case "EditCard":
            return EditCard(packed["ticket"], packed["text"], buttons)
        case "Relay":
            return Relay(
                _address(packed["to"]),
                packed["source"],
                packed["album"],
                packed["text"],
                packed["tick"],
                buttons,
                packed.get("is_bare", False),
                packed.get("origin", ""),
                about=packed.get("about", 0),
            )
        case "ShowTyping":
            return ShowTyping(ToResident(packed["to"][1]))
        case "Retire":
            return Retire(
                packed["ticket"], packed["desk"], packed["text"], packed["erases"], packed["closes"]
            )
        case "Erase":
            return Erase(
                packed["desk"], packed["topic"], tuple(packed["places"]), packed.get("ticket", 0),
                packed.get("resident", ""), packed["text"],
            )  # fmt: skip
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
        case ToDesk(room, desk):
            return ["desk", room, desk.value]
        case ToAdmins():
            return ["admins"]


def _address(packed: list[Any]) -> Address:
    match packed:
        case ["resident", resident]:
            return ToResident(resident)
        case ["ticket", ticket]:
            return ToTicket(ticket)
        case ["desk", room, desk]:
            return ToDesk(room, Desk(desk))
        case ["desk", *room]:  # written by an earlier build
            return ToDesk(*room)
        case _:
            return ToAdmins()
