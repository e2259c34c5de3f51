"""A resident's own data: status, history, what is stored, forgetting, stopping."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import Final

from faq.language import pick
from handlers.model.actions import Action, Buttons, Erase, Say, ToDesk, ToResident
from handlers.model.buttons import Button, ForgetMe
from handlers.model.conversation import Conversation, Went
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Kept, Outcome, Record, Snapshot
from handlers.model.tickets import Desk, Status, Ticket, Turn
from handlers.resident import handoff, holding, receipts, settling
from handlers.wording import desk
from handlers.wording import own_data as words
from handlers.wording.resident import moment, say
from handlers.wording.unsent import DROPPED_TOO

_ENOUGH: Final = 5
"""Fewer answered tickets than this give no estimate."""


def status(talk: Conversation, snapshot: Snapshot, rules: Rules) -> Outcome:
    """/status: number, place in the queue, and typical waiting time, or that it is not known."""
    ticket, language = snapshot.active, talk.language
    if ticket is None:
        waiting = [case for case in snapshot.cases if case.status is Status.RESOLVED]
        if waiting:
            return receipts.ask_back(talk, waiting[0])
        return _said(talk, say(words.NO_TICKET, language), "status")
    if ticket.status is Status.CLAIMED:
        state = words.ANSWERED if ticket.turn is Turn.RESIDENT else words.CLAIMED
        head = say(state, language, ticket=ticket.id)
    else:
        place = words.WAITING if snapshot.ahead else words.NEXT
        head = say(place, language, ticket=ticket.id, ahead=snapshot.ahead)
    when = handoff.expectation(snapshot, rules, language)
    lines = [head, *([expected(snapshot, ticket)] if ticket.replied_at is None else []), when]
    return _said(talk, "\n".join(lines), "status", handoff.ticket_buttons(ticket))


def expected(snapshot: Snapshot, ticket: Ticket) -> str:
    """The median waiting time of recently answered tickets, given without a promise."""
    if len(snapshot.waits) < _ENOUGH:
        return say(words.WAIT_UNKNOWN, ticket.language)
    minutes = max(1, round(median(snapshot.waits) / 60))
    span = words.span(minutes, ticket.language)
    return say(words.WAIT_MEDIAN, ticket.language, count=len(snapshot.waits), span=span)


def history(talk: Conversation, snapshot: Snapshot) -> Outcome:
    """/history: the resident's own tickets, newest first."""
    if not snapshot.cases:
        return _said(talk, say(words.NO_HISTORY, talk.language), "history")
    lines = [say(words.HISTORY, talk.language)]
    lines += [words.case(case, talk.language) for case in snapshot.cases]
    return _said(talk, "\n".join(lines), "history")


def my_data(talk: Conversation, snapshot: Snapshot) -> Outcome:
    """/mydata: everything stored about the resident, unchanged."""
    kept = snapshot.kept or Kept()
    messages = [m for m in kept.messages if m.author is not Author.NOTE]
    return _said(talk, words.my_data(talk, kept, messages), "mydata")


def ask_before_forgetting(talk: Conversation, snapshot: Snapshot) -> Outcome:
    """/forget asks once before erasing, which cannot be undone."""
    language = talk.language
    buttons: Buttons = (
        (
            Button(say(words.BUTTON_FORGET, language), ForgetMe(1)),
            Button(say(words.BUTTON_KEEP, language), ForgetMe(0)),
        ),
    )
    text = say(words.FORGET, language, but=_but(talk, snapshot))
    return _said(talk, text, "forget", buttons)


def _but(talk: Conversation, snapshot: Snapshot) -> str:
    """For a resident who is put off: that this remains, and what is kept for it."""
    put_off = snapshot.put_off
    if put_off is None:
        return ""
    return "\n" + say(words.STILL_PUT_OFF, talk.language, when=moment(put_off.until, talk.language))


def forget(talk: Conversation, sure: bool, snapshot: Snapshot) -> Outcome:
    """消す: erase the person and their words; only anonymous counts remain."""
    if not sure:
        return _said(talk, say(words.NOT_FORGOTTEN, talk.language), "forget")
    left = pick(words.SHOWN_STILL, talk.language)[1]
    places = [replace(place, resident=talk.resident, text=left) for place in snapshot.places]
    text = say(words.FORGOTTEN, talk.language) + _but(talk, snapshot)
    goodbye = Say(ToResident(talk.resident), text, is_last=True)
    return Outcome(actions=(*places, goodbye), forget=talk.resident)


def not_all(erased: Erase, count: int) -> tuple[Say, Say]:
    """Some messages could not be deleted: tell the resident how many, and staff what to delete by hand."""
    told = erased.text.format(count=count, ticket=erased.ticket)
    staff = desk.DELETE_BY_HAND.format(ticket=erased.ticket, count=count)
    return (
        Say(ToResident(erased.resident), told, is_last=True),
        Say(ToDesk(desk=Desk(erased.desk)), staff),
    )


def not_over(snapshot: Snapshot) -> tuple[Ticket, ...]:
    """The resident's tickets that can be withdrawn, the active one first."""
    cases = {case.id: case for case in (snapshot.active, *snapshot.cases) if case is not None}
    return tuple(case for case in cases.values() if case.status is not Status.CLOSED)


def stop(talk: Conversation, snapshot: Snapshot) -> Outcome:
    """/stop: withdraw the ticket, and send nothing more until the resident writes."""
    cases = not_over(snapshot)
    unsent = ""
    if (held := holding.pending(talk)) is not None:
        talk = holding.done(talk, Went.NOBODY, held.ticket)
        unsent = "\n" + say(DROPPED_TOO, talk.language)
    if not cases:
        return _said(talk, say(words.STOPPED, talk.language) + unsent, "stop")
    outcomes = [settling.withdraw(talk, replace(snapshot, ticket=case)) for case in cases]
    shown: list[Action] = [
        action
        for outcome in outcomes
        for action in outcome.actions
        if not (isinstance(action, Say) and isinstance(action.to, ToResident))
    ]
    text = say(words.STOPPED_TICKET, talk.language, ticket=cases[0].id) + unsent
    return Outcome(
        conversation=talk,
        tickets=tuple(ticket for outcome in outcomes for ticket in outcome.tickets),
        actions=(Say(ToResident(talk.resident), text), *shown),
        record=Record(talk.resident, "said", "stop"),
    )


def _said(talk: Conversation, text: str, reason: str, buttons: Buttons = ()) -> Outcome:
    return Outcome(
        conversation=talk,
        actions=(Say(ToResident(talk.resident), text, buttons),),
        record=Record(talk.resident, "said", reason),
    )
