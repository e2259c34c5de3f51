"""What staff do: claim, reply, quote, note, resolve, look."""

from __future__ import annotations

from faq.knowledge import KnowledgeBase
from handlers import tickets
from handlers.actions import Action, Buttons, Say, ToDesk, ToResident, ToTicket
from handlers.buttons import Button, Claim, DeskPress, Release, Resolve, Settle, StartReply, TakeOver
from handlers.cards import card_buttons, edited_card
from handlers.events import DeskPressed, FromDesk, Looked, Misspoke, Noted, Quoted, Replied, View
from handlers.snapshot import Author, Message, Outcome, Snapshot
from handlers.tickets import Holder, Refusal, Status, Step, Ticket
from handlers.wording import desk
from handlers.wording import resident as words


def on_pressed(event: DeskPressed, snapshot: Snapshot) -> Outcome:
    """担当する / 引き継ぐ / 手放す / 返信 / 対応完了."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    match event.press:
        case StartReply():
            return Outcome(toast=desk.HOW_TO_REPLY.format(ticket=ticket.id))
        case Claim() | TakeOver():
            return _claim(event, event.press, ticket, snapshot)
        case Release():
            moved = tickets.move(ticket, Step.RELEASE, snapshot.now)
            if isinstance(moved, Refusal):
                return Outcome(toast=desk.refused(moved))
            return _changed(
                moved, snapshot, words.say(words.RELEASED, ticket.language, ticket=ticket.id),
                desk.RELEASED.format(name=event.name),
            )  # fmt: skip
        case Resolve():
            return _resolve(event, ticket, snapshot)


def on_replied(event: Replied, snapshot: Snapshot) -> Outcome:
    """Words of staff go to the resident, and to nobody if the ticket says 返信不要."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    text = event.text.strip()
    if not text:
        return Outcome(toast=desk.EMPTY_REPLY.format(ticket=ticket.id))
    body = words.say(words.FROM_STAFF, ticket.language, ticket=ticket.id, text=text)
    return _send(event, ticket, snapshot, text, body, desk.REPLIED.format(ticket=ticket.id))


def on_quoted(event: Quoted, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """An entry's fixed text, with its id, version and source."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    answer = knowledge.answer(event.entry, ticket.language, snapshot.now.date())
    if answer is None:
        return Outcome(toast=desk.NO_ENTRY.format(entry=event.entry))
    body = words.say(words.FROM_STAFF, ticket.language, ticket=ticket.id, text=answer.text)
    toast = desk.QUOTED.format(ticket=ticket.id, entry=answer.entry, version=answer.version)
    return _send(event, ticket, snapshot, f"[{answer.entry} v{answer.version}]", body, toast)


def on_noted(event: Noted, snapshot: Snapshot) -> Outcome:
    """Kept with the ticket; no action, so nothing can leave."""
    if snapshot.ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    note = Message(snapshot.ticket.id, Author.NOTE, event.text, event.name)
    return Outcome(messages=(note,), toast=desk.NOTED.format(ticket=snapshot.ticket.id))


def on_looked(event: Looked, snapshot: Snapshot) -> Outcome:
    """/queue, /mine, /ticket N, /help."""
    match event.view:
        case View.HELP:
            text = desk.HELP
        case View.QUEUE:
            active = [t for t in snapshot.queue if t.is_active]
            text = desk.queue(active, snapshot.now) if active else desk.QUEUE_EMPTY
        case View.MINE:
            mine = [t for t in snapshot.queue if t.is_active and t.holder and t.holder.staff == event.staff]
            text = desk.queue(mine, snapshot.now) if mine else desk.MINE_EMPTY
        case View.TICKET:
            if snapshot.ticket is None:
                return Outcome(toast=desk.NO_TICKET)
            text = desk.story(snapshot.ticket, snapshot.messages, snapshot.now)
            return Outcome(actions=(Say(ToDesk(), text, card_buttons(snapshot.ticket)),))
    return Outcome(actions=(Say(ToDesk(), text),))


def on_misspoke(event: Misspoke) -> Outcome:
    """A command that is none gets the list of those that are."""
    return Outcome(actions=(Say(ToDesk(), desk.MISSPOKEN.format(text=event.text)),))


def _claim(event: DeskPressed, press: DeskPress, ticket: Ticket, snapshot: Snapshot) -> Outcome:
    holder = Holder(event.staff, event.name)
    if ticket.status is Status.CLAIMED and ticket.holder:
        if ticket.holder.staff == event.staff:
            return Outcome(toast=desk.ALREADY_YOURS)
        if isinstance(press, Claim):
            return Outcome(toast=desk.HELD_BY.format(name=ticket.holder.name))
        taken = tickets.move(ticket, Step.TAKE_OVER, snapshot.now, holder)
        if isinstance(taken, Refusal):
            return Outcome(toast=desk.refused(taken))
        toast = desk.TAKEN_OVER.format(former=ticket.holder.name, name=event.name)
        return Outcome(tickets=(taken,), actions=(edited_card(taken, snapshot.now),), toast=toast)
    moved = tickets.move(ticket, Step.CLAIM, snapshot.now, holder)
    if isinstance(moved, Refusal):
        return Outcome(toast=desk.refused(moved))
    told = words.say(words.CLAIMED, ticket.language, ticket=ticket.id)
    return _changed(moved, snapshot, told, desk.CLAIMED.format(name=event.name))


def _resolve(event: DeskPressed, ticket: Ticket, snapshot: Snapshot) -> Outcome:
    held = tickets.claimed_by(ticket, Holder(event.staff, event.name), snapshot.now)
    moved = held if isinstance(held, Refusal) else tickets.move(held, Step.RESOLVE, snapshot.now)
    if isinstance(moved, Refusal):
        return Outcome(toast=desk.refused(Refusal(ticket.id, ticket.status, Step.RESOLVE)))
    if ticket.no_reply:
        closed = tickets.move(moved, Step.CLOSE, snapshot.now)
        if isinstance(closed, Refusal):
            return Outcome(toast=desk.refused(closed))
        return Outcome(
            tickets=(closed,), actions=(edited_card(closed, snapshot.now),),
            toast=desk.RESOLVED_SILENTLY.format(ticket=ticket.id),
        )  # fmt: skip
    language = ticket.language
    buttons: Buttons = (
        (
            Button(words.say(words.BUTTON_DONE, language), Settle(ticket.id, 1)),
            Button(words.say(words.BUTTON_NOT_YET, language), Settle(ticket.id, 0)),
        ),
    )
    told = words.say(words.RESOLVED, language, ticket=ticket.id)
    return _changed(moved, snapshot, told, desk.RESOLVED.format(ticket=ticket.id), buttons)


def _send(event: FromDesk, ticket: Ticket, snapshot: Snapshot, kept: str, body: str, toast: str) -> Outcome:
    if ticket.no_reply:
        return Outcome(toast=desk.NO_REPLY_WANTED.format(ticket=ticket.id))
    current: Ticket | Refusal = ticket
    if ticket.status is Status.RESOLVED and snapshot.active is None:
        current = tickets.move(ticket, Step.REOPEN, snapshot.now)
    if not isinstance(current, Refusal):
        current = tickets.claimed_by(current, Holder(event.staff, event.name), snapshot.now)
    if isinstance(current, Refusal):
        return Outcome(toast=desk.refused(current))
    held = current
    actions: list[Action] = [Say(ToResident(ticket.resident), body)]
    if held.status is not ticket.status:
        actions.append(edited_card(held, snapshot.now))
    actions.append(Say(ToTicket(ticket.id), toast))
    return Outcome(
        tickets=(held,),
        messages=(Message(ticket.id, Author.STAFF, kept, event.name),),
        actions=tuple(actions),
    )


def _changed(ticket: Ticket, snapshot: Snapshot, told: str, toast: str, buttons: Buttons = ()) -> Outcome:
    actions: list[Action] = [edited_card(ticket, snapshot.now)]
    if not ticket.no_reply:
        actions.insert(0, Say(ToResident(ticket.resident), told, buttons))
    return Outcome(tickets=(ticket,), actions=tuple(actions), toast=toast)
