"""A group that takes nothing: admins are told by another way, residents are told the truth, and both are told its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from handlers.model.actions import (
    Action,
    Address,
    PostCard,
    Relay,
    Say,
    ToAdmins,
    ToDesk,
    ToResident,
    ToTicket,
)
from handlers.model.delivery import UNPLACED, Cause, GroupName, Part, Refused
from handlers.model.delivery_events import GroupRefused, GroupWorks
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Desk, Ticket
from handlers.wording import deliveries as told
from handlers.wording import resident as words

_ASKED_WHERE_IT_STANDS: Final = frozenset({"status"})
"""Reasons of answers that tell residents the state of their ticket."""

_VISIBLE: Final = frozenset({Cause.NOT_SET, Cause.NOT_FOUND, Cause.KICKED, Cause.DELETED})
"""Causes that a look at the group shows; that another cause is over is only shown by a message that is taken."""


def on_group_refused(event: GroupRefused, snapshot: Snapshot, rules: Rules) -> Outcome:
    """Once per group and cause: tell the admins why and what to do, and residents that staff do not have their
    words yet.
    """
    before = _known(snapshot, event.group, event.part)
    if before is not None and before.cause is event.cause:
        return Outcome()
    since = before.since if before is not None else snapshot.now
    refused = Refused(event.group, event.part, event.cause, since, event.detail)
    others = [one for one in snapshot.refusals if (one.group, one.part) != (event.group, event.part)]
    silent = {one.group for one in (*others, refused) if one.part is Part.MESSAGES}
    waiting = [t for t in snapshot.queue if t.id in snapshot.waiting and t.desk.value in silent]
    # An alarm for the admins' group waits there: it is repeated where somebody reads it.
    shown = [*others, refused] if event.group is GroupName.ADMINS else [refused]
    alarm = told.refused(shown, len(waiting))
    actions: list[Action] = [Say(to, alarm) for to in _who_hears(silent, rules)]
    marked = []
    for ticket in waiting if event.part is Part.MESSAGES else ():
        if UNPLACED in ticket.alerts or ticket.desk.value != event.group or not ticket.resident:
            continue
        marked.append(replace(ticket, alerts=(*ticket.alerts, UNPLACED)))
        text = words.say(told.NOT_PLACED, ticket.language, ticket=ticket.id)
        actions.append(Say(ToResident(ticket.resident), text))
    return Outcome(refused=refused, tickets=tuple(marked), actions=tuple(actions))


def on_group_works(event: GroupWorks, snapshot: Snapshot, rules: Rules) -> Outcome:
    """Tell those who were alarmed that it is over, and residents whose words have arrived."""
    before = _known(snapshot, event.group, event.part)
    if before is None or (event.is_seen and before.cause not in _VISIBLE):
        return Outcome()
    silent = {one.group for one in snapshot.refusals if one.part is Part.MESSAGES and one is not before}
    waiting = [t for t in snapshot.queue if t.id in snapshot.waiting and t.desk.value == event.group]
    text = told.works(event.group, event.part, before.since, len(waiting))
    placed = on_checked(snapshot)
    said = tuple(Say(to, text) for to in _who_hears(silent, rules))
    return replace(placed, works=(event.group, event.part), actions=(*placed.actions, *said))


def on_checked(snapshot: Snapshot) -> Outcome:
    """Tell residents who were told to wait that staff have their words."""
    changed: list[Ticket] = []
    actions: list[Action] = []
    for ticket in snapshot.queue:
        if UNPLACED not in ticket.alerts or ticket.id in snapshot.waiting:
            continue
        changed.append(replace(ticket, alerts=tuple(alert for alert in ticket.alerts if alert != UNPLACED)))
        if ticket.resident and not ticket.no_reply:
            text = words.say(told.PLACED, ticket.language, ticket=ticket.id)
            actions.append(Say(ToResident(ticket.resident), text))
    return Outcome(tickets=tuple(changed), actions=tuple(actions))


def with_truth(snapshot: Snapshot, outcome: Outcome) -> Outcome:
    """Add for the resident, where the desk's group takes nothing, that their words are kept but not read yet."""
    actions = tuple(
        replace(action, is_theirs=True)
        if isinstance(action, Say) and isinstance(action.to, ToTicket)
        else action
        for action in outcome.actions
    )
    if not any(one.part is Part.MESSAGES for one in snapshot.refusals):
        return replace(outcome, actions=actions) if actions != outcome.actions else outcome
    known = {ticket.id: ticket for ticket in (snapshot.active, snapshot.ticket) if ticket is not None}
    known |= {ticket.id: ticket for ticket in (*snapshot.cases, *outcome.tickets)}
    numbers = dict.fromkeys(_for_desk(outcome.actions))
    held = [known[number] for number in numbers if number in known and snapshot.refuses(known[number].desk)]
    changed = {ticket.id: ticket for ticket in outcome.tickets}
    for ticket in held:
        if UNPLACED not in ticket.alerts and not ticket.no_reply:
            changed[ticket.id] = replace(ticket, alerts=(*ticket.alerts, UNPLACED))
    asked = outcome.record is not None and outcome.record.reason in _ASKED_WHERE_IT_STANDS
    active = snapshot.active
    if asked and active is not None and UNPLACED in active.alerts and not held:
        held = [active]
    opened = {action.ticket for action in actions if isinstance(action, PostCard)}
    lines = [
        words.say(told.STILL_WAITING, ticket.language, ticket=ticket.id)
        for ticket in held
        if ticket.id not in opened
    ]
    return replace(outcome, tickets=tuple(changed.values()), actions=_with_lines(actions, lines))


def _with_lines(actions: tuple[Action, ...], lines: list[str]) -> tuple[Action, ...]:
    """The message to the resident with these lines appended."""
    if not lines:
        return actions
    return tuple(
        replace(action, text="\n\n".join([action.text, *lines]))
        if isinstance(action, Say) and isinstance(action.to, ToResident)
        else action
        for action in actions
    )


def _for_desk(actions: Iterable[Action]) -> list[int]:
    """Tickets whose place gets a message."""
    found = []
    for action in actions:
        if isinstance(action, PostCard):
            found.append(action.ticket)
        elif isinstance(action, (Say, Relay)) and isinstance(action.to, ToTicket):
            found.append(action.to.ticket)
    return found


def _known(snapshot: Snapshot, group: GroupName, part: Part) -> Refused | None:
    return next((one for one in snapshot.refusals if (one.group, one.part) == (group, part)), None)


def _who_hears(silent: set[GroupName], rules: Rules) -> list[Address]:
    """Who can be told: the admins' group, otherwise a desk's group, otherwise leads and admins one by one."""
    if rules.has_admin_chat and GroupName.ADMINS not in silent:
        return [ToAdmins()]
    if GroupName.FACILITY not in silent:
        return [ToDesk()]
    if rules.has_ward_desk and GroupName.WARD not in silent:
        return [ToDesk(desk=Desk.WARD)]
    return [ToResident(person) for person in dict.fromkeys([*rules.roles.leads, *rules.roles.admins])]
