"""Actions of staff on tickets other than replies: look, find, tag, snooze, transfer, merge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from faq.content.profile import Profile
from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.cards import card_buttons, edited_card, moved
from handlers.decision import COMPLAINT
from handlers.desk import whose
from handlers.model import tickets
from handlers.model.actions import Action, Retire, Say, ToDesk, ToResident, ToTicket
from handlers.model.events import (
    FromDesk,
    Looked,
    Merged,
    Searched,
    Snoozed,
    Tagged,
    Transferred,
    UnknownDeskCommand,
    View,
)
from handlers.model.roles import Roles
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Message, Outcome, Snapshot
from handlers.model.tickets import Desk, Holder, Refusal, Step, Ticket
from handlers.resident import handoff
from handlers.wording import cases, deliveries, desk, from_desk, switches
from handlers.wording import resident as words
from handlers.wording.usage import misspoken

_SPAN: Final = re.compile(r"(?P<count>\d{1,3})(?P<unit>分|m|時間|h|日|d)")
_UNITS: Final = {"分": "minutes", "m": "minutes", "時間": "hours", "h": "hours", "日": "days", "d": "days"}
_CLOCK: Final = re.compile(r"(?P<hour>\d{1,2})[:時](?P<minute>\d{2})?分?")
_DAY: Final = re.compile(r"(?:(?P<year>\d{4})[-/])?(?P<month>\d{1,2})[-/](?P<day>\d{1,2})")
_TOMORROW: Final = ("明日", "あした", "tomorrow")


def on_looked(event: Looked, snapshot: Snapshot, roles: Roles) -> Outcome:
    """/queue, /mine, /ticket N, /history N, /audit, /help."""
    ticket = snapshot.ticket
    match event.view:
        case View.HELP:
            return _shown(event, desk.HELP + (desk.HELP_LEADS if roles.may_lead(event.staff) else ""))
        case View.QUEUE:
            active = [t for t in snapshot.queue if t.needs_staff]
            waiting = desk.queue(active, snapshot.now, event.desk) if active else desk.QUEUE_EMPTY
            silent = [one for one in snapshot.refusals if one.group != event.desk.value]
            head = [*switches.in_queue(snapshot.pause, snapshot.banner), deliveries.in_queue(silent)]
            return _shown(event, "\n".join(line for line in (*head, waiting) if line), active)
        case View.MINE:
            mine = [t for t in snapshot.queue if t.needs_staff and t.holder and t.holder.staff == event.staff]
            return _shown(
                event, desk.queue(mine, snapshot.now, event.desk) if mine else desk.MINE_EMPTY, mine
            )
        case View.AUDIT:
            return _shown(
                event, cases.AUDIT + "\n".join(snapshot.audit) if snapshot.audit else cases.NO_AUDIT
            )
        case View.HISTORY:
            return Outcome(toast=desk.NO_TICKET) if ticket is None else history(ticket, snapshot)
        case View.TICKET:
            if ticket is None:
                return Outcome(toast=desk.NO_TICKET)
            text = desk.story(ticket, snapshot.messages, snapshot.now, event.desk)
            said = Say(ToDesk(event.room), text, card_buttons(ticket), tickets=(ticket.id,))
            return Outcome(actions=(said,))


def on_misspoke(event: UnknownDeskCommand) -> Outcome:
    """Answer a command that is not understood with its usage."""
    return Outcome(toast=misspoken(event.text, event.verb, event.slip))


def history(ticket: Ticket, snapshot: Snapshot) -> Outcome:
    """The resident's other tickets; without a name."""
    others = [case for case in snapshot.cases if case.id != ticket.id]
    text = cases.history(ticket, others) if others else cases.NO_HISTORY.format(ticket=ticket.id)
    return Outcome(actions=(Say(ToTicket(ticket.id), text),))


def on_searched(event: Searched, snapshot: Snapshot) -> Outcome:
    """/find: tickets whose number, tags or words match."""
    found = snapshot.cases
    listed = desk.queue(found, snapshot.now, event.desk) if found else ""
    return _shown(event, listed or cases.NOT_FOUND.format(words=event.words), found)


def on_tagged(event: Tagged, snapshot: Snapshot) -> Outcome:
    """/tag N 語 …, and /tag N -語 to remove one."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    off = [tag[1:] for tag in event.tags if tag.startswith("-")]
    on = [tag for tag in event.tags if not tag.startswith("-")]
    changed = tickets.tagged(ticket, on, off, by=event.desk)
    tags = tickets.tags_for(changed, event.desk)
    toast = cases.TAGGED.format(ticket=ticket.id, tags=" ".join(f"#{tag}" for tag in tags) or "なし")
    return Outcome(tickets=(changed,), actions=(edited_card(changed, snapshot.now),), toast=toast)


def on_snoozed(event: Snoozed, snapshot: Snapshot, rules: Rules) -> Outcome:
    """/snooze N 30分 · 14:00 · 明日 · 12-01."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    until = moment(event.until, snapshot.now, rules)
    if until is None:
        return Outcome(toast=cases.NO_MOMENT.format(text=event.until))
    if not ticket.is_active:
        return Outcome(toast=desk.refused(Refusal(ticket.id, ticket.status, Step.CLAIM)))
    changed = replace(ticket, snoozed_until=until, touched_at=snapshot.now)
    toast = cases.SNOOZED.format(ticket=ticket.id, until=f"{until:%m/%d %H:%M}")
    return Outcome(tickets=(changed,), actions=(edited_card(changed, snapshot.now),), toast=toast)


def on_transferred(event: Transferred, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """/transfer N 名前 gives the ticket to a colleague; /transfer N with the other desk's name moves it there."""
    ticket, roles = snapshot.ticket, rules.roles
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    if not ticket.is_active:
        return Outcome(toast=desk.refused(Refusal(ticket.id, ticket.status, Step.TAKE_OVER)))
    if ticket.holder and ticket.holder.staff != event.staff and not roles.may_lead(event.staff):
        return Outcome(toast=cases.NOT_YOURS.format(ticket=ticket.id, name=ticket.holder.name))
    to, _, remark = event.to.partition(" ")
    if (other := desk.desk_named(to, knowledge.profile)) is not None:
        return _to_desk(event, ticket, other, snapshot, knowledge, rules, remark.strip())
    person = roles.named(event.to)
    if person is None:
        known = "、".join(dict.fromkeys([*roles.staff.values(), *roles.leads.values()])) or cases.NOBODY
        return Outcome(
            toast=cases.NO_COLLEAGUE.format(
                name=event.to, known=known, desks=desk.desks_called(knowledge.profile)
            )
        )
    holder = Holder(*person)
    step = Step.TAKE_OVER if ticket.holder else Step.CLAIM
    given = tickets.move(ticket, step, snapshot.now, holder)
    if isinstance(given, Refusal):
        return Outcome(toast=desk.refused(given))
    told = cases.TRANSFERRED.format(ticket=ticket.id, name=holder.name, former=event.name)
    actions: list[Action] = [edited_card(given, snapshot.now), Say(ToTicket(ticket.id), told)]
    if not ticket.holder and not ticket.no_reply:
        actions.insert(
            0, Say(ToResident(ticket.resident), words.say(words.CLAIMED, ticket.language, ticket=ticket.id))
        )
    return Outcome(tickets=(given,), actions=tuple(actions))


def on_merged(event: Merged, snapshot: Snapshot, town: Profile, rules: Rules) -> Outcome:
    """/merge N M: continue N in M, and close N. Both must be of the same resident."""
    source, target = snapshot.ticket, snapshot.other
    if event.ticket == event.into or (source and target and source.id == target.id):
        return Outcome(toast=cases.SAME_TICKET.format(ticket=event.into))
    if source is None or target is None:
        return Outcome(toast=_not_here(event, source, target))
    if source.resident != target.resident:
        return Outcome(toast=cases.NOT_ONE_PERSON.format(source=source.id, target=target.id))
    if source.is_active and not target.is_active:
        source, target = target, source
    if not target.is_active:
        return Outcome(toast=desk.refused(Refusal(target.id, target.status, Step.CLAIM)))
    ended = tickets.move(source, Step.CLOSE, snapshot.now)
    closed = replace(source if isinstance(ended, Refusal) else ended, merged_into=target.id)
    note = Message(
        target.id,
        Author.NOTE,
        cases.MERGED_NOTE.format(source=source.id, question=source.question),
        event.name,
        desk=source.desk,
    )
    copied = [replace(m, ticket=target.id, place="") for m in snapshot.messages if m.ticket == source.id]
    given = tuple(dict.fromkeys([*source.given, *target.given]))
    joined = replace(tickets.joined_tags(target, source), given=given, touched_at=snapshot.now)
    shown = cases.CARD_MERGED.format(source=source.id, target=target.id)
    if (
        source.desk is not target.desk
    ):  # a ticket with a complaint stays with the ward, whatever it is merged with
        joined = replace(joined, desk=Desk.WARD, reason=COMPLAINT)
    if source.desk is not joined.desk:  # the facility must not see its number either
        closed = replace(closed, desk=joined.desk)
        shown = cases.CARD_MOVED.format(ticket=source.id, desk=desk.desk_called(joined.desk, town))
    actions: list[Action] = [
        Retire(source.id, source.desk.value, shown, erases=source.desk is not joined.desk)
    ]
    actions += (
        moved(target, joined, snapshot.now, town)
        if joined.desk is not target.desk
        else (edited_card(joined, snapshot.now),)
    )
    told = cases.MERGED.format(source=source.id, target=target.id)
    actions.append(Say(ToTicket(target.id), told))
    if not (source.no_reply or target.no_reply):
        text = words.say(from_desk.MERGED, target.language, source=source.id, target=target.id)
        actions.insert(0, Say(ToResident(target.resident), text, handoff.ticket_buttons(joined)))
    elsewhere = joined.desk is not event.desk and rules.has_ward_desk
    return Outcome(
        tickets=(closed, joined),
        messages=(note, *copied),
        actions=tuple(actions),
        toast=told if elsewhere else None,
    )


def _not_here(event: Merged, source: Ticket | None, target: Ticket | None) -> str:
    """Which of two numbers this desk does not have; the text is the same for unknown numbers and the other desk's."""
    missing = [
        str(number)
        for number, ticket in ((event.ticket, source), (event.into, target))
        if ticket is None and number is not None
    ]
    return cases.NOT_AT_THIS_DESK.format(tickets="と".join(missing)) if missing else cases.NO_MERGE


def moment(text: str, now: datetime, rules: Rules) -> datetime | None:
    """The time that staff mean: a span, a time of day, or a day (when the desk opens). ``None`` for anything else,
    or the past.
    """
    text = text.strip()
    if span := _SPAN.fullmatch(text):
        return now + timedelta(**{_UNITS[span["unit"]]: int(span["count"])})
    try:
        if clock := _CLOCK.fullmatch(text):
            at = now.replace(
                hour=int(clock["hour"]), minute=int(clock["minute"] or 0), second=0, microsecond=0
            )
            return at if at > now else at + timedelta(days=1)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if text in _TOMORROW:
            return _opening(midnight + timedelta(days=1), rules)
        if day := _DAY.fullmatch(text):
            at = midnight.replace(
                year=int(day["year"] or now.year), month=int(day["month"]), day=int(day["day"])
            )
            if not day["year"] and at <= now:
                at = at.replace(year=at.year + 1)
            return _opening(at, rules) if at > now else None
    except ValueError:
        return None
    return None


def _opening(midnight: datetime, rules: Rules) -> datetime:
    return rules.hours.next_opening(midnight - timedelta(microseconds=1)) or midnight


def _to_desk(
    event: Transferred,
    ticket: Ticket,
    to: Desk,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
    remark: str,
) -> Outcome:
    town = knowledge.profile
    if to is Desk.WARD and not rules.has_ward_desk:
        return Outcome(toast=cases.NO_WARD_DESK.format(ticket=ticket.id))
    if ticket.desk is to:
        return Outcome(toast=cases.ALREADY_THERE.format(ticket=ticket.id, desk=desk.desk_called(to, town)))
    told = cases.MOVED_DESK.format(ticket=ticket.id, desk=desk.desk_called(to, town))
    if to is Desk.FACILITY:
        parted = whose.parted(ticket, snapshot.messages, knowledge)
        if parted.heard and remark != cases.NO_COMPLAINT:
            return Outcome(toast=cases.complaint_stays(ticket, parted.seen, parted.stays, town))
        told = f"{told}\n{cases.stays_with_ward(town)}"
        reason = "asked" if ticket.reason == COMPLAINT else ticket.reason
        ticket = replace(ticket, reason=reason, given=whose.given_by_facility(ticket, snapshot.messages))
    former = event.name if to is Desk.WARD else town.words(Language.JA)["complaints_desk"]
    left = replace(ticket, desk=to, holder=None, former_holder=former, touched_at=snapshot.now)
    if ticket.holder:
        released = tickets.move(ticket, Step.RELEASE, snapshot.now)
        if isinstance(released, Refusal):
            return Outcome(toast=desk.refused(released))
        left = replace(
            released, desk=to, former_holder=former if to is Desk.FACILITY else released.former_holder
        )
    return Outcome(tickets=(left,), actions=moved(ticket, left, snapshot.now, town), toast=told)


def _shown(event: FromDesk, text: str, about: Iterable[Ticket] = ()) -> Outcome:
    """Show the requested text where it was requested; it is erased when one of the tickets in ``about`` is forgotten."""
    return Outcome(actions=(Say(ToDesk(event.room), text, tickets=tuple(ticket.id for ticket in about)),))
