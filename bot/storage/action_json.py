"""Actions as stored in the outbox: JSON, lane and priority."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache
from typing import Any, Final, get_args

from pydantic import TypeAdapter

from handlers.model.actions import (
    Action,
    Address,
    Buttons,
    ToAdmins,
    ToDesk,
    ToResident,
    ToTicket,
)
from handlers.model.buttons import Button, decode, encode
from handlers.model.tickets import Desk

_KINDS: Final = {kind.__name__: kind for kind in get_args(Action)}
_NEVER_STORED: Final = "followers"
"""Filled in by the courier when it sends."""


def to_json(action: Action) -> str:
    """An action as stored in the outbox."""
    packed: dict[str, Any] = {
        field.name: getattr(action, field.name) for field in fields(action) if field.name != _NEVER_STORED
    }
    packed["buttons"] = [[[button.label, encode(button.press)] for button in row] for row in action.buttons]
    if "to" in packed:
        packed["to"] = _address_to_json(packed["to"])
    return json.dumps({"do": type(action).__name__} | packed, ensure_ascii=False)


def from_json(text: str) -> Action:
    """The action; buttons and fields unknown to this build are dropped."""
    packed = json.loads(text)
    packed["buttons"] = _buttons(packed["buttons"])
    if "to" in packed:
        packed["to"] = _address(packed["to"])
    return _reader(packed["do"]).validate_python(packed)


@cache
def _reader(kind: str) -> TypeAdapter[Action]:
    """Made on first use: most verbs never read the outbox."""
    if kind not in _KINDS:
        raise ValueError(f"an action this build does not know: {kind}")
    return TypeAdapter(_KINDS[kind])


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
