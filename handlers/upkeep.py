"""What happens by time or failure: claims lapse, resolved tickets close, lost topics and updates are handled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from faq.content.profile import Profile
from faq.knowledge import KnowledgeBase
from faq.language import Language, Words
from handlers import refused_groups
from handlers.cards import edited_card
from handlers.model import tickets
from handlers.model.actions import (
    AHEAD,
    Action,
    PostCard,
    Retire,
    Say,
    ToAdmins,
    ToDesk,
    ToResident,
    ToTicket,
)
from handlers.model.events import Slowed, UpdateFailed
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.model.targets import Alert, told
from handlers.model.tickets import Refusal, Status, Step, Ticket, Turn
from handlers.resident import deciding
from handlers.wording import admin, cases, desk, receipts
from handlers.wording import resident as words


def on_time_passed(snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """Claims without an answer lapse, resolved tickets close after days of silence, staff are reminded of unread
    words.

    Words that have waited too long for the resident's decision go to the ward's desk.
    """
    sent = _unanswered(snapshot, knowledge, rules)
    changed = list(sent.tickets)
    actions = list(sent.actions)
    moved = {ticket.id for ticket in changed}
    for ticket in snapshot.queue:
        if ticket.id in moved:
            continue
        said = (
            due_alerts(ticket, snapshot, rules)
            or _lapsed(ticket, snapshot, rules)
            or _closed(ticket, snapshot, rules)
            or _unheard(ticket, snapshot, rules)
        )
        if said is not None:
            changed.append(said[0])
            actions += said[1]
    return replace(sent, tickets=tuple(changed), actions=tuple(actions))


def _unanswered(snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """For each talk: what waits goes to the ward's desk, or to nobody where there is none."""
    whole = Outcome()
    for talk in snapshot.unanswered:
        own = [ticket for ticket in snapshot.queue if ticket.resident == talk.resident]
        alone = replace(
            snapshot,
            conversation=talk,
            active=next((ticket for ticket in own if ticket.is_active), None),
            settling=next((ticket for ticket in reversed(own) if not ticket.is_active), None),
            next_ticket_id=max([snapshot.next_ticket_id, *(ticket.id + 1 for ticket in whole.tickets)]),
        )
        outcome = deciding.after_silence(talk, alone, knowledge, rules)
        if outcome.conversation is None:
            continue
        outcome = refused_groups.with_truth(alone, outcome)
        whole = Outcome(
            conversations=(*whole.conversations, outcome.conversation or talk),
            tickets=(*whole.tickets, *outcome.tickets),
            messages=(*whole.messages, *outcome.messages),
            actions=(*whole.actions, *outcome.actions),
        )
    return whole


def _lapsed(ticket: Ticket, snapshot: Snapshot, rules: Rules) -> tuple[Ticket, list[Action]] | None:
    """Release a claim that was not followed by an answer, counted in opening time, so that nobody is told at night."""
    if (
        ticket.status is not Status.CLAIMED
        or ticket.turn is not Turn.STAFF
        or ticket.snoozed_until is not None
        or not _idle_for(rules.claim_lapse, ticket, snapshot, rules)
    ):
        return None
    minutes = int(rules.claim_lapse / timedelta(minutes=1))
    name = ticket.holder.name if ticket.holder else ""
    shown = desk.LAPSED.format(ticket=ticket.id, name=name, minutes=minutes)
    return _moved(ticket, Step.LAPSE, snapshot, shown, receipts.OTHERS_MAY_LOOK)


def _closed(ticket: Ticket, snapshot: Snapshot, rules: Rules) -> tuple[Ticket, list[Action]] | None:
    """Close a resolved ticket, unless the resident has written and nobody has acted on it."""
    if (
        ticket.status is not Status.RESOLVED
        or ticket.turn is Turn.AGAIN
        or snapshot.now - ticket.touched_at < rules.close_after
        or not rules.hours.is_open(snapshot.now)
    ):
        return None
    return _moved(
        ticket, Step.CLOSE, snapshot, desk.CLOSED_BY_TIME.format(ticket=ticket.id), words.LAPSED_CLOSED
    )


def _unheard(ticket: Ticket, snapshot: Snapshot, rules: Rules) -> tuple[Ticket, list[Action]] | None:
    """Remind the desk once of words after an answer or 対応完了 that nobody has acted on."""
    if (
        ticket.turn is not Turn.AGAIN
        or not ticket.needs_staff
        or ticket.snoozed_until is not None
        or tickets.UNHEARD in ticket.alerts
        or not _idle_for(rules.claim_lapse, ticket, snapshot, rules)
    ):
        return None
    minutes = int(rules.claim_lapse / timedelta(minutes=1))
    holder = desk.HOLDER.format(name=ticket.holder.name) if ticket.holder else ""
    text = desk.UNHEARD.format(ticket=ticket.id, minutes=minutes, holder=holder).strip()
    rung = replace(ticket, alerts=(*ticket.alerts, tickets.UNHEARD))
    return rung, [Say(ToTicket(ticket.id), text), Say(ToDesk(desk=ticket.desk), text)]


def _idle_for(span: timedelta, ticket: Ticket, snapshot: Snapshot, rules: Rules) -> bool:
    """Whether the desk has been open this long since the ticket changed, and is open now."""
    return (
        rules.hours.is_open(snapshot.now)
        and rules.hours.open_between(ticket.touched_at, snapshot.now) >= span
    )


def _moved(
    ticket: Ticket, step: Step, snapshot: Snapshot, shown: str, spoken: Words
) -> tuple[Ticket, list[Action]]:
    moved = tickets.move(ticket, step, snapshot.now)
    if isinstance(moved, Refusal):
        raise AssertionError(moved)
    actions: list[Action] = [edited_card(moved, snapshot.now), Say(ToTicket(ticket.id), shown)]
    if not ticket.no_reply:
        text = words.say(spoken, ticket.language, ticket=ticket.id)
        actions.insert(0, Say(ToResident(ticket.resident), text))
    return moved, actions


def due_alerts(ticket: Ticket, snapshot: Snapshot, rules: Rules) -> tuple[Ticket, list[Action]] | None:
    """End of a snooze; reminders before a target, an escalation after it."""
    if ticket.snoozed_until is not None and ticket.is_active and ticket.snoozed_until <= snapshot.now:
        awake = replace(ticket, snoozed_until=None, touched_at=snapshot.now)
        shown = cases.AWAKE.format(ticket=ticket.id)
        return awake, [edited_card(awake, snapshot.now), Say(ToTicket(ticket.id), shown)]
    due = rules.watch.due(ticket, snapshot.now)
    if not due:
        return None
    names = "、".join(rules.roles.leads.values())
    who = cases.FOR_LEADS.format(names=names) if names else ""
    actions: list[Action] = []
    for one in due:
        text = _ALERTS[one.alert].format(ticket=ticket.id, minutes=one.minutes, who=who).strip()
        actions.append(Say(ToTicket(ticket.id), text))
        if one.alert in _LATE:
            actions.append(Say(ToDesk(desk=ticket.desk), text))
    return told(ticket, due), actions


_ALERTS: Final = {
    Alert.REMIND_FIRST: cases.REMIND_FIRST,
    Alert.LATE_FIRST: cases.LATE_FIRST,
    Alert.REMIND_RESOLUTION: cases.REMIND_RESOLUTION,
    Alert.LATE_RESOLUTION: cases.LATE_RESOLUTION,
}
_LATE: Final = frozenset({Alert.LATE_FIRST, Alert.LATE_RESOLUTION})
"""Alerts for the whole desk as well as the ticket's room."""


def on_topic_lost(snapshot: Snapshot) -> Outcome:
    """Show the card in the new topic."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome()
    card = edited_card(ticket, snapshot.now)
    told = cases.CARD_ANEW.format(ticket=ticket.id)
    # A closed topic may still show the old card, which must not be used any more.
    old = Retire(ticket.id, ticket.desk.value, told, erases=False, closes=False)
    return Outcome(actions=(old, PostCard(ticket.id, card.text, card.buttons)))


def on_update_failed(event: UpdateFailed, snapshot: Snapshot) -> Outcome:
    """Tell the resident that their message could not be handled, and report it to the admins."""
    told = admin.UPDATE_UNREADABLE if event.resident is None else admin.UPDATE_FAILED
    line = Say(ToAdmins(), told.format(update=event.id, reason=event.reason))
    if event.resident is None:
        return Outcome(actions=(line,))
    talk = snapshot.conversation
    language = talk.language if talk is not None else event.language or Language.JA
    return Outcome(actions=(Say(ToResident(event.resident), words.say(words.TROUBLE, language)), line))


def on_slowed(event: Slowed, snapshot: Snapshot, town: Profile) -> Outcome:
    """Tell the resident before the answers that wait; not one who is put off."""
    if snapshot.put_off is not None:
        return Outcome()
    talk = snapshot.conversation
    language = talk.language if talk is not None else event.language or Language.JA
    text = words.say(words.SLOWED, language, town)
    record = Record(event.resident, "said", "slowed")
    return Outcome(actions=(Say(ToResident(event.resident), text, ahead=AHEAD),), record=record)
