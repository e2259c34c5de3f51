"""Messages that do not reach a resident: staff are told what is certain and why; the message is kept or sent again."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from faq.language import Language
from handlers.cards import edited_card
from handlers.model.actions import Action, Say, ToAdmins, ToResident, ToTicket
from handlers.model.delivery import UNREACHABLE, Cause
from handlers.model.delivery_events import CameBack, DeliveryFailed, MessageRefused
from handlers.model.events import FromResident
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.model.tickets import Status, Ticket
from handlers.wording import deliveries as told
from handlers.wording import resident as words

_OF_SETTINGS: Final = frozenset({Cause.VOICE_FORBIDDEN, Cause.VIDEO_FORBIDDEN})


def on_message_refused(event: MessageRefused, snapshot: Snapshot) -> Outcome:
    """Report every refused message: those of a ticket to its desk, all others to the admins."""
    if event.resident is None:
        return _not_shown_at_desk(event, snapshot)
    if snapshot.conversation is None:
        return Outcome()  # forgotten since: nothing more is stored about the resident
    ticket = event.ticket or (snapshot.active.id if snapshot.active is not None else None)
    shown = _shown(event, ticket)
    to = ToTicket(ticket) if ticket is not None else ToAdmins()
    actions: list[Action] = [Say(to, shown, reply_to=event.place if ticket is not None else "")]
    if event.is_copy and event.is_sure:
        said = told.VOICE_NOT_TAKEN if event.cause in _OF_SETTINGS else told.COPY_NOT_TAKEN
        text = words.say(said, _language(snapshot))
        actions.append(Say(ToResident(event.resident), text))
    record = Record(event.resident, "not-delivered", event.cause)
    return Outcome(actions=tuple(actions), record=record)


def _shown(event: MessageRefused, ticket: int | None) -> str:
    reason, number = told.REASONS[event.cause], ticket or "なし"
    if not event.is_sure:
        return told.UNKNOWN.format(ticket=number, reason=reason)
    remedy = told.WRITE_INSTEAD if event.is_copy else told.SEND_AGAIN
    return told.NOT_DELIVERED.format(ticket=number, reason=reason, remedy=remedy)


def _not_shown_at_desk(event: MessageRefused, snapshot: Snapshot) -> Outcome:
    """A message for the desk that was refused: a failed copy is reported to both sides, anything else to the admins."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome()
    reason = told.REASONS[event.cause]
    if not event.is_copy:
        text = told.NOT_SHOWN_KEPT if event.is_kept else told.NOT_SHOWN
        return Outcome(actions=(Say(ToAdmins(), text.format(ticket=ticket.id, reason=reason)),))
    line = Say(ToTicket(ticket.id), told.COPY_NOT_SHOWN.format(ticket=ticket.id, reason=reason))
    if not ticket.resident:
        return Outcome(actions=(line,))
    text = words.say(told.YOURS_NOT_PASSED, ticket.language, ticket=ticket.id)
    return Outcome(actions=(Say(ToResident(ticket.resident), text), line))


def on_delivery_failed(event: DeliveryFailed, snapshot: Snapshot) -> Outcome:
    """Note once on each of the resident's cards that messages do not arrive."""
    talk = snapshot.conversation
    if talk is None:
        return Outcome()  # forgotten since: nothing more is stored about the resident
    record = Record(event.resident, "unreachable", event.cause)
    changed: list[Ticket] = []
    actions: list[Action] = []
    for ticket in _open_cases(snapshot):
        if UNREACHABLE in ticket.alerts:
            continue
        marked = replace(ticket, alerts=(*ticket.alerts, UNREACHABLE))
        line = told.UNREACHABLE.format(ticket=ticket.id, reason=told.REASONS[event.cause])
        changed.append(marked)
        actions += [edited_card(marked, snapshot.now), Say(ToTicket(ticket.id), line)]
    return Outcome(
        conversation=replace(talk, reachable=False),
        tickets=tuple(changed),
        actions=tuple(actions),
        record=record,
    )


def on_came_back(event: CameBack, snapshot: Snapshot) -> Outcome:
    """The resident can be reached again: send what was kept for them, and tell the desk."""
    talk = snapshot.conversation
    if talk is None:
        return Outcome()
    return _back(snapshot, Outcome(conversation=replace(talk, reachable=True)), event.resident)


def with_return(event: FromResident, snapshot: Snapshot, outcome: Outcome) -> Outcome:
    """A resident who could not be reached writes: besides the answer, do the same as :func:`on_came_back`."""
    talk = snapshot.conversation
    if talk is None or talk.reachable or outcome.forget is not None:
        return outcome
    return _back(snapshot, outcome, event.resident)


def _back(snapshot: Snapshot, outcome: Outcome, resident: str) -> Outcome:
    changed = {ticket.id: ticket for ticket in outcome.tickets}
    actions = list(outcome.actions)
    for case in _open_cases(snapshot):
        ticket = changed.get(case.id, case)
        if UNREACHABLE not in ticket.alerts:
            continue
        back = replace(ticket, alerts=tuple(alert for alert in ticket.alerts if alert != UNREACHABLE))
        changed[case.id] = back
        actions += [
            edited_card(back, snapshot.now),
            Say(ToTicket(case.id), told.BACK.format(ticket=case.id)),
        ]
    return replace(outcome, tickets=tuple(changed.values()), actions=tuple(actions), returned=resident)


def _open_cases(snapshot: Snapshot) -> list[Ticket]:
    return [case for case in snapshot.cases if case.status is not Status.CLOSED]


def _language(snapshot: Snapshot) -> Language:
    return snapshot.conversation.language if snapshot.conversation is not None else Language.JA
