"""Switches for leads and the operator: pause, banner, putting a resident off; and their end by time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from faq.content.profile import Profile
from faq.language import Language
from handlers.cards import edited_card
from handlers.desk.ticket_actions import moment
from handlers.model.actions import Action, Say, ToDesk, ToResident, ToTicket
from handlers.model.buttons import ForgetMe, PickLanguage, Settle, WantNoReply, Withdraw
from handlers.model.delivery import PUT_OFF
from handlers.model.events import (
    BannerSet,
    Command,
    Commanded,
    FromDesk,
    Paused,
    Pressed,
    PutOffFor,
    ResidentEvent,
    Resumed,
)
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.model.switches import Notice, PutOff, SwitchKind
from handlers.model.tickets import Desk, Ticket
from handlers.resident import pausing
from handlers.wording import desk
from handlers.wording import resident as words
from handlers.wording import switches as told

OFF: Final = "--off"
_AT_MOST: Final = timedelta(days=30)
_TOLD_AGAIN: Final = timedelta(hours=1)
_OWN_DATA: Final = frozenset(
    {
        Command.PRIVACY,
        Command.MYDATA,
        Command.FORGET,
        Command.STOP,
        Command.LANGUAGE,
        Command.STATUS,
        Command.HISTORY,
    }
)
_OWN_PRESSES: Final = (ForgetMe, PickLanguage, Withdraw, WantNoReply, Settle)


def on_paused(event: Paused, snapshot: Snapshot, rules: Rules) -> Outcome:
    """/pause 文, or /pause 14:00まで 文."""
    until, text = _until(event.text, snapshot.now, rules)
    notice = Notice(SwitchKind.PAUSE, text, event.name, snapshot.now, until)
    return _switched(notice, told.on(notice), rules)


def on_resumed(event: Resumed, snapshot: Snapshot, rules: Rules) -> Outcome:
    """/resume."""
    return _off(event, SwitchKind.PAUSE, snapshot.pause is not None, rules)


def on_banner(event: BannerSet, snapshot: Snapshot, rules: Rules) -> Outcome:
    """/notice 文, /notice --off."""
    text = event.text.strip()
    if text == OFF:
        return _off(event, SwitchKind.BANNER, snapshot.banner is not None, rules)
    if not text:
        return Outcome(toast=told.NO_NOTICE)
    notice = Notice(SwitchKind.BANNER, text, event.name, snapshot.now)
    return _switched(notice, told.on(notice), rules)


def _until(text: str, now: datetime, rules: Rules) -> tuple[datetime | None, str]:
    """A time at the beginning, such as 14:00まで or 2時間, and the text after it."""
    first, _, rest = text.strip().partition(" ")
    until = moment(first.removesuffix("まで"), now, rules) if first else None
    return (until, rest.strip()) if until is not None else (None, text.strip())


def _off(event: FromDesk, kind: SwitchKind, is_on: bool, rules: Rules) -> Outcome:
    if not is_on:
        return Outcome(toast=told.NOT_ON[kind])
    text = told.OFF[kind].format(who=event.name)
    return Outcome(notices_off=(kind,), actions=_to_desks(text, rules))


def _switched(notice: Notice, text: str, rules: Rules) -> Outcome:
    return Outcome(notice=notice, actions=_to_desks(text, rules))


def _to_desks(text: str, rules: Rules) -> tuple[Action, ...]:
    ward = (Say(ToDesk(desk=Desk.WARD), text),) if rules.has_ward_desk else ()
    return (Say(ToDesk(), text), *ward)


def on_put_off(event: PutOffFor, snapshot: Snapshot, town: Profile, rules: Rules) -> Outcome:
    """/block 番号 2時間 理由: the resident's words are not taken for that time, except those about a danger."""
    ticket = snapshot.ticket
    if ticket is None or not ticket.resident:
        return Outcome(toast=desk.NO_TICKET)
    first, _, reason = event.text.strip().partition(" ")
    until = moment(first, snapshot.now, rules)
    if until is None or not reason.strip() or until - snapshot.now > _AT_MOST:
        return Outcome(toast=told.NO_SPAN.format(ticket=ticket.id))
    put_off = PutOff(ticket.resident, ticket.id, event.name, reason.strip(), until, snapshot.now)
    changed = tuple(_marked(case, until) for case in _open(snapshot, ticket))
    shown = told.PUT_OFF_DONE.format(ticket=ticket.id, until=f"{until:%m/%d %H:%M}", reason=reason.strip())
    return Outcome(
        put_off=put_off,
        tickets=changed,
        actions=(
            Say(ToResident(ticket.resident), told.put_off(until, ticket.language, town)),
            *(edited_card(case, snapshot.now) for case in changed),
            Say(ToTicket(ticket.id), shown),
        ),
    )


def on_put_off_ended(snapshot: Snapshot) -> Outcome:
    """/unblock 番号."""
    ticket, put_off = snapshot.ticket, snapshot.put_off
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    if put_off is None:
        return Outcome(toast=told.NOT_PUT_OFF.format(ticket=ticket.id))
    if not ticket.resident:  # forgotten since: there is no card, and nobody to tell
        return Outcome(
            put_off_ended=(put_off.resident,), toast=told.PUT_OFF_ENDED_UNTOLD.format(ticket=ticket.id)
        )
    changed = tuple(_unmarked(case) for case in _open(snapshot, ticket))
    return Outcome(
        put_off_ended=(put_off.resident,),
        tickets=changed,
        actions=(
            Say(ToResident(ticket.resident), words.say(told.PUT_OFF_OVER, ticket.language)),
            *(edited_card(case, snapshot.now) for case in changed),
            Say(ToTicket(ticket.id), told.PUT_OFF_ENDED.format(ticket=ticket.id)),
        ),
    )


def on_checked(snapshot: Snapshot, rules: Rules) -> Outcome:
    """End the switches whose time is over, and tell the desk."""
    notices = [
        one for one in (snapshot.pause, snapshot.banner) if one is not None and not one.holds_at(snapshot.now)
    ]
    actions: list[Action] = [say for one in notices for say in _to_desks(told.OVER[one.kind], rules)]
    changed: list[Ticket] = []
    for put_off in snapshot.expired:
        for case in snapshot.queue:
            if case.resident == put_off.resident:
                back = _unmarked(case)
                changed.append(back)
                actions += [
                    edited_card(back, snapshot.now),
                    Say(ToTicket(case.id), told.PUT_OFF_EXPIRED.format(ticket=case.id)),
                ]
    return Outcome(
        notices_off=tuple(one.kind for one in notices),
        put_off_ended=tuple(one.resident for one in snapshot.expired),
        tickets=tuple(changed),
        actions=tuple(actions),
    )


def is_let_through(event: ResidentEvent) -> bool:
    """What everybody may do at any time: see and erase their data, choose a language, end a case."""
    if isinstance(event, Commanded):
        return event.command in _OWN_DATA and not event.text
    return isinstance(event, Pressed) and isinstance(event.press, _OWN_PRESSES)


def held_back(
    event: ResidentEvent, snapshot: Snapshot, answer: Outcome, put_off: PutOff, town: Profile
) -> Outcome:
    """The outcome for a resident who is put off: a danger is answered, nothing is kept; at most hourly they are
    told until when.
    """
    if pausing.is_danger(answer):
        said = tuple(a for a in answer.actions if isinstance(a, Say) and a.to == ToResident(event.resident))
        return Outcome(actions=said, record=answer.record)
    talk = snapshot.conversation
    language = talk.language if talk is not None else event.language or Language.JA
    text = told.put_off(put_off.until, language, town)
    record = Record(event.resident, "said", "put-off")
    if put_off.told_at is not None and snapshot.now - put_off.told_at < _TOLD_AGAIN:
        return Outcome(toast=text, record=record) if isinstance(event, Pressed) else Outcome(record=record)
    return Outcome(
        actions=(Say(ToResident(event.resident), text),),
        put_off=replace(put_off, told_at=snapshot.now),
        record=record,
    )


def _open(snapshot: Snapshot, ticket: Ticket) -> list[Ticket]:
    """The resident's tickets that are not closed, and the one that was named."""
    cases = {case.id: case for case in snapshot.cases if case.is_active or case.needs_staff}
    return list({**cases, ticket.id: ticket}.values())


def _marked(ticket: Ticket, until: datetime) -> Ticket:
    return replace(_unmarked(ticket), alerts=(*_unmarked(ticket).alerts, f"{PUT_OFF}{until:%m/%d %H:%M}"))


def _unmarked(ticket: Ticket) -> Ticket:
    return replace(ticket, alerts=tuple(a for a in ticket.alerts if not a.startswith(PUT_OFF)))
