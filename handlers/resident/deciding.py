"""Deciding about words that wait: by the resident's button or word, by time, or by /stop; and answers to old buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from faq.content.profile import Profile
from faq.knowledge import KnowledgeBase
from faq.matching.match import Complaint
from handlers.cards import edited_card
from handlers.decision import COMPLAINT
from handlers.model import tickets
from handlers.model.actions import Action, Buttons, Relay, Say, ToResident
from handlers.model.buttons import AskPerson, ForWard, LetFacilityRead, Settle, Withdraw
from handlers.model.conversation import Conversation, Held, Piece, Said, Went
from handlers.model.events import Asked, Commanded, Edited, FromResident, Pressed, SentMedia, Started
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.model.tickets import Desk, Ticket
from handlers.resident import complaints, facility_reads, handoff, holding, pausing, receipts, said
from handlers.resident.menus import menu_and_person, spoken
from handlers.wording import unsent
from handlers.wording.resident import say

FACILITY, WARD, NOBODY = 0, 1, 2
"""Values of the buttons under the question."""
_CHOICES: Final = {1: FACILITY, 0: NOBODY}
"""The same for the buttons 送る (1) and 送らない (0)."""
_ASKING: Final = frozenset({complaints.ASKED, facility_reads.ASKED})
_REMINDED: Final = (Started, Asked, Edited, SentMedia, Commanded)
_REMINDED_PRESSES: Final = (Settle, Withdraw, AskPerson)


def pressed(
    talk: Conversation,
    press: ForWard | LetFacilityRead,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
) -> Outcome:
    """A button under the question. A button of an earlier question does not decide about what waits now."""
    is_about_reading = isinstance(press, LetFacilityRead)
    talk = (facility_reads.again(talk) if is_about_reading else None) or talk
    held = holding.pending(talk)
    if held is None:
        return _already(talk, knowledge.profile)
    is_of_it = is_about_reading is held.for_facility and press.ticket == held.ticket
    if not is_of_it or press.question not in (0, held.question):
        return asked_again(talk, held, snapshot, knowledge, rules)
    choice = _CHOICES.get(press.yes, NOBODY) if is_about_reading else press.yes
    return decided(talk, choice, snapshot, knowledge, rules)


def choice_in(talk: Conversation, text: str, ticket: Ticket | None) -> int | None:
    """The choice that a text makes about what waits; ``None`` where it makes none."""
    held = holding.pending(talk)
    if held is None:
        return None
    if held.for_facility:
        is_sent = facility_reads.answered(talk, text, ticket)
        return None if is_sent is None else _CHOICES[is_sent]
    is_complaint = complaints.answered(talk, text)
    return None if is_complaint is None else int(is_complaint)


def asked_again(
    talk: Conversation, held: Held, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    """Ask the same question again; if there is no ward's desk any more, ask whether the facility may read it."""
    if held.for_facility or not rules.has_ward_desk:
        return facility_reads.ask(talk, held.ticket, snapshot, knowledge)
    return complaints.ask(talk, held.ticket, snapshot.now, knowledge.profile)


def decided(
    talk: Conversation, choice: int, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    """Send what waits as the resident has chosen: to the ward only, to the desk that has the case, or to nobody."""
    held = holding.pending(talk)
    if held is None:
        return _already(talk, knowledge.profile)
    if (
        choice == WARD and not rules.has_ward_desk
    ):  # the resident was promised that the facility does not see it
        return asked_again(talk, held, snapshot, knowledge, rules)
    talk = holding.unasked(talk)
    if choice == NOBODY and held.for_facility:
        return facility_reads.unwanted(talk, held, snapshot, knowledge)
    if choice == NOBODY:
        talk = holding.done(talk, Went.NOBODY, held.ticket)
        return handoff.spoken_of(talk, say(unsent.DROPPED, talk.language), (), "unsent-dropped")
    if not held.ticket:
        return _first(talk, choice, snapshot, knowledge, rules)
    ticket = receipts.of_ticket(snapshot)
    if ticket is None:
        return _anew(talk, held, choice, snapshot, knowledge, rules)
    if choice == WARD and ticket.desk is Desk.FACILITY:
        return complaints.to_ward(talk, ticket, (), snapshot, knowledge.profile)
    return _added(talk, held.pieces, ticket, snapshot)


def _first(
    talk: Conversation, choice: int, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    """For a new ticket: open it with everything that was said."""
    if not said.in_order(talk)[0]:
        return _already(holding.done(talk, Went.NOBODY, 0), knowledge.profile)
    if snapshot.active is not None:
        return _already(holding.done(talk, Went.FACILITY, snapshot.active.id), knowledge.profile)
    if choice == WARD:
        return complaints.open_or_ask(talk, snapshot, knowledge, rules, COMPLAINT)
    return handoff.open_ticket(talk, snapshot, knowledge, rules, "asked")


def _anew(
    talk: Conversation, held: Held, choice: int, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    """The ticket it was for is closed: open a new one with what waited. Words since then go along to the ward.

    They also go along where the resident has let staff read a complaint.
    """
    since = talk.said
    is_asked_for = choice == WARD or held.for_facility
    if not is_asked_for and any(
        complaints.heard_in(one.text, knowledge) is not Complaint.NO for one in since
    ):
        since = ()
    lines = tuple(Said(complaints.written(piece), piece.at) for piece in held.pieces)
    asked = replace(talk, said=(*lines, *since), question="\n".join(line.text for line in lines), given=())
    went = Went.WARD if choice == WARD else Went.FACILITY
    asked = holding.done(asked, went, snapshot.next_ticket_id)
    if choice == WARD:
        outcome = complaints.open_or_ask(asked, snapshot, knowledge, rules, COMPLAINT)
    else:
        outcome = handoff.open_ticket(asked, snapshot, knowledge, rules, "asked")
    files = [
        action
        for action in complaints.shown_at(outcome.tickets[-1], held.pieces)
        if isinstance(action, Relay)
    ]
    return replace(outcome, actions=(*outcome.actions, *files))


def _added(talk: Conversation, pieces: tuple[Piece, ...], ticket: Ticket, snapshot: Snapshot) -> Outcome:
    """Add it to the ticket at its desk."""
    text, buttons = receipts.receipt(ticket, talk.language)
    moved = tickets.heard(ticket, snapshot.now)
    card: tuple[Action, ...] = (edited_card(moved, snapshot.now),) if moved.turn is not ticket.turn else ()
    went = Went.WARD if ticket.desk is Desk.WARD else Went.FACILITY
    return Outcome(
        conversation=holding.done(talk, went, ticket.id),
        tickets=(moved,),
        messages=complaints.messages_of(ticket, pieces),
        actions=(
            Say(ToResident(talk.resident), text, buttons),
            *complaints.shown_at(ticket, pieces),
            *card,
        ),
        record=Record(talk.resident, "relayed", "held-by-person"),
    )


def _already(talk: Conversation, town: Profile) -> Outcome:
    """It was decided before: say where it went. After /forget this is not known any more."""
    went, ticket = (talk.held.went, talk.held.ticket) if talk.held is not None else (Went.WAITS, 0)
    told = {Went.WARD: unsent.SENT_TO_WARD, Went.FACILITY: unsent.SENT, Went.NOBODY: unsent.NOT_SENT}.get(
        went
    )
    if told is None:
        return nothing_left(talk)
    return handoff.spoken_of(talk, say(told, talk.language, town, ticket=ticket), (), "already-sent")


def nothing_left(talk: Conversation) -> Outcome:
    """Nothing is known about a button: say what can be done instead."""
    text = say(unsent.NOTHING_LEFT, talk.language)
    return spoken(talk, text, (menu_and_person(talk.language),), "nothing-left")


def after_silence(talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """The resident has not decided in time: send it to the ward's desk, or to nobody where there is none, and tell
    the resident.
    """
    held = holding.pending(talk)
    if held is not None and (held.for_facility or not rules.has_ward_desk):
        return facility_reads.unanswered(talk, held, snapshot, knowledge)
    outcome = decided(talk, WARD, snapshot, knowledge, rules)
    return handoff.with_notice(outcome, say(unsent.UNANSWERED, talk.language, knowledge.profile), ())


def reminder(talk: Conversation | None, town: Profile) -> tuple[str, Buttons]:
    """A reminder that something waits, with the choices; both empty where nothing does."""
    held = holding.pending(talk) if talk is not None else None
    if talk is None or held is None:
        return "", ()
    if held.for_facility:
        return facility_reads.reminder(talk)
    named = facility_reads.newest(talk)
    minutes = int(holding.WAITS_FOR / timedelta(minutes=1))
    return say(unsent.STILL_UNSENT, talk.language, town, named=named, minutes=minutes), complaints.choices(
        talk, town
    )


def reminded(event: FromResident, snapshot: Snapshot, outcome: Outcome, town: Profile) -> Outcome:
    """The same message with a reminder of what waits; none is added to the emergency numbers."""
    talk = outcome.conversation or snapshot.conversation
    is_asked = outcome.record is not None and outcome.record.reason in _ASKING
    is_press = isinstance(event, Pressed) and isinstance(event.press, _REMINDED_PRESSES)
    if (
        not (is_press or isinstance(event, _REMINDED))
        or is_asked
        or outcome.forget is not None
        or pausing.is_danger(outcome)
    ):
        return outcome
    text, buttons = reminder(talk, town)
    return receipts.below(outcome, text, buttons) if text else outcome
