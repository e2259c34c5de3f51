"""How a ticket ends for a resident: 解決した or まだ after 対応完了, withdrawing, wanting no reply, or wanting one
after all.
"""

from __future__ import annotations

from dataclasses import replace

from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.cards import edited_card
from handlers.model import tickets
from handlers.model.actions import Say, ToTicket
from handlers.model.conversation import Conversation
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Message, Outcome, Snapshot
from handlers.model.tickets import Refusal, Status, Step, Ticket
from handlers.resident import handoff, receipts, said
from handlers.resident.menus import menu_and_person, spoken
from handlers.wording import cases, desk, unsent
from handlers.wording import receipts as told
from handlers.wording import resident as words
from handlers.wording.resident import say


def settle(talk: Conversation, done: bool, snapshot: Snapshot, rules: Rules, words_said: str = "") -> Outcome:
    """解決した closes; まだ reopens, or joins the open ticket. ``words_said`` are words that counted as the button."""
    ticket = _own(talk, snapshot)
    language = talk.language
    if ticket is None or ticket.status is Status.CLOSED:
        return _closed_already(talk, ticket)
    if ticket.is_active:
        return _reached(handoff.already_open(talk, ticket, snapshot, rules), ticket, done, snapshot)
    if done:
        moved = tickets.move(ticket, Step.CLOSE, snapshot.now)
        text, shown = say(words.SETTLED, language, ticket=ticket.id), desk.SETTLED.format(ticket=ticket.id)
    elif snapshot.active is not None:
        moved = tickets.move(ticket, Step.CLOSE, snapshot.now)
        text = say(words.JOINED, language, ticket=snapshot.active.id)
        shown = desk.added(snapshot.active.id, f"(受付番号 {ticket.id} は「まだ」)\n{ticket.question}")
    else:
        moved = tickets.move(ticket, Step.REOPEN, snapshot.now)
        text = say(
            words.REOPENED, language, ticket=ticket.id, when=handoff.expectation(snapshot, rules, language)
        )
        former = desk.FORMER.format(name=ticket.holder.name) if ticket.holder else ""
        shown = desk.REOPENED.format(ticket=ticket.id, former=former)
    if isinstance(moved, Refusal):
        return _closed_already(talk, ticket)
    thread = snapshot.active.id if snapshot.active is not None and not done else ticket.id
    outcome = handoff.spoken_of(
        talk, text, handoff.ticket_buttons(moved) if moved.is_active else (), "solved" if done else "not-yet"
    )
    joined: tuple[Message, ...] = (
        (Message(snapshot.active.id, Author.RESIDENT, ticket.question),)
        if snapshot.active is not None and not done
        else ()
    )
    if words_said:
        joined = (*joined, Message(thread, Author.RESIDENT, words_said))
        shown = desk.with_words(shown, words_said)
    return replace(
        outcome,
        tickets=(moved,),
        messages=joined,
        actions=(*outcome.actions, edited_card(moved, snapshot.now), Say(ToTicket(thread), shown)),
    )


def withdraw(talk: Conversation, snapshot: Snapshot) -> Outcome:
    """取り下げる."""
    ticket = _own(talk, snapshot)
    if ticket is None:
        return _closed_already(talk, ticket)
    step = Step.CLOSE if ticket.status is Status.RESOLVED else Step.WITHDRAW
    moved = tickets.move(ticket, step, snapshot.now)
    if isinstance(moved, Refusal):
        return _closed_already(talk, ticket)
    outcome = handoff.spoken_of(talk, say(words.WITHDRAWN, talk.language, ticket=ticket.id), (), "withdrawn")
    shown = Say(ToTicket(ticket.id), desk.WITHDRAWN.format(ticket=ticket.id))
    return replace(
        outcome, tickets=(moved,), actions=(*outcome.actions, edited_card(moved, snapshot.now), shown)
    )


def want_no_reply(talk: Conversation, snapshot: Snapshot) -> Outcome:
    """返信は不要: this receipt is the last message about the ticket, unless the resident revokes it."""
    ticket = _own(talk, snapshot)
    if ticket is not None and ticket.status is Status.RESOLVED:
        return receipts.ask_back(talk, ticket)
    if ticket is None or not ticket.is_active:
        return _closed_already(talk, ticket)
    kept = replace(ticket, no_reply=True, touched_at=snapshot.now)
    outcome = handoff.spoken_of(
        talk, say(told.NO_REPLY_KEPT, talk.language, ticket=ticket.id),
        receipts.want_reply_button(ticket, talk.language), "no-reply",
    )  # fmt: skip
    shown = Say(ToTicket(ticket.id), desk.NO_REPLY_CHOSEN.format(ticket=ticket.id))
    return replace(
        outcome, tickets=(kept,), actions=(*outcome.actions, edited_card(kept, snapshot.now), shown)
    )


def want_reply(
    talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules, words_said: str = ""
) -> Outcome:
    """やっぱり返事がほしい, by button or words: staff can answer again; for a closed ticket a new one is opened."""
    ticket = _own(talk, snapshot)
    if ticket is not None and ticket.status is Status.RESOLVED:
        return receipts.ask_back(talk, ticket)
    if ticket is not None and ticket.status is Status.CLOSED and ticket.no_reply and snapshot.active is None:
        again = replace(said.fresh(talk, 0), question=ticket.question)
        return handoff.open_ticket(again, snapshot, knowledge, rules, "reply-after-all", before=ticket)
    if ticket is not None and not ticket.is_active and snapshot.active is not None:
        ticket = snapshot.active
    if ticket is None or not ticket.is_active:
        return _closed_already(talk, ticket)
    if not ticket.no_reply:
        return handoff.already_open(talk, ticket, snapshot, rules)
    wanted = replace(ticket, no_reply=False, touched_at=snapshot.now)
    when = handoff.expectation(snapshot, rules, talk.language)
    text = say(told.REPLY_WANTED, talk.language, ticket=ticket.id, when=when)
    outcome = handoff.spoken_of(talk, text, handoff.ticket_buttons(wanted), "reply-wanted")
    shown = desk.reply_wanted(ticket.id, words_said)
    return replace(
        outcome,
        tickets=(wanted,),
        messages=(Message(ticket.id, Author.RESIDENT, words_said),) if words_said else (),
        actions=(*outcome.actions, edited_card(wanted, snapshot.now), Say(ToTicket(ticket.id), shown)),
    )


def of(snapshot: Snapshot, ticket: Ticket) -> Snapshot:
    """The snapshot as if the resident had pressed a button of this ticket."""
    return replace(snapshot, ticket=ticket)


def _reached(outcome: Outcome, ticket: Ticket, done: bool, snapshot: Snapshot) -> Outcome:
    """A button of a ticket that was merged into this one: tell staff what was pressed."""
    if not snapshot.merged_from:
        return outcome
    word = say(words.BUTTON_DONE if done else words.BUTTON_NOT_YET, Language.JA)
    shown = cases.PRESSED_ON_MERGED.format(ticket=ticket.id, source=snapshot.merged_from, word=word)
    return replace(outcome, actions=(*outcome.actions, Say(ToTicket(ticket.id), shown)))


def _own(talk: Conversation, snapshot: Snapshot) -> Ticket | None:
    ticket = snapshot.ticket
    return ticket if ticket is not None and ticket.resident == talk.resident else None


def _closed_already(talk: Conversation, ticket: Ticket | None) -> Outcome:
    if ticket is None:
        text = say(unsent.NOTHING_LEFT, talk.language)
        return spoken(talk, text, (menu_and_person(talk.language),), "nothing-left")
    return handoff.spoken_of(
        talk, say(words.TICKET_CLOSED, talk.language, ticket=ticket.id), (), "closed-already"
    )
