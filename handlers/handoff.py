"""The resident's side of a ticket: opening it and adding to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.match import Kind
from handlers.actions import Action, Buttons, PostCard, Relay, Say, ToResident, ToTicket
from handlers.buttons import Button, WantNoReply, Withdraw
from handlers.cards import card_buttons
from handlers.conversation import Conversation, stepped
from handlers.events import SentMedia
from handlers.reply_check import is_complaint
from handlers.rules import Rules
from handlers.snapshot import Author, Message, Outcome, Record, Snapshot
from handlers.tickets import Desk, Status, Ticket
from handlers.wording import desk
from handlers.wording import resident as words
from handlers.wording.resident import say

SEARCHED: Final = 2000
"""Characters that are searched; people paste whole letters, and staff get all of it anyway."""
_TOP, _STEPS = 3, 8


def open_ticket(
    talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules, reason: str
) -> Outcome:
    """A new ticket with the resident's words as written; the number is only spoken once the row exists."""
    language = talk.language
    found = knowledge.search(talk.question[:SEARCHED])
    likely = [match.id for match in found.matches if match.kind is Kind.ENTRY and not match.blocked][:_TOP]
    top = tuple(f"{entry} {knowledge.button(entry, Language.JA)}" for entry in likely)
    complains = reason == "complaint" or any(
        is_complaint(entry, knowledge) for entry in (*likely[:1], *(g.entry for g in talk.given[-1:]))
    )
    if complains and reason == "asked":
        reason = "complaint"
    ticket = Ticket(
        id=snapshot.next_ticket_id,
        resident=talk.resident,
        status=Status.OPEN,
        language=language,
        question=talk.question,
        reason=reason,
        given=tuple(str(g) for g in talk.given),
        opened_at=snapshot.now,
        touched_at=snapshot.now,
        desk=Desk.WARD if complains and rules.has_ward_desk else Desk.FACILITY,
        path=(*talk.path, "person")[-_STEPS:],
        chosen=_chosen(talk),
        top=top,
    )
    given = say(words.GIVEN_BEFORE, language, entries="、".join(ticket.given)) if ticket.given else ""
    text = say(
        words.HANDED_OFF, language, ticket=ticket.id, when=expectation(snapshot, rules, language),
        question=ticket.question, given=given,
    )  # fmt: skip
    return Outcome(
        conversation=replace(talk, misses=0, path=()),
        tickets=(ticket,),
        messages=(Message(ticket.id, Author.RESIDENT, ticket.question),),
        actions=(
            Say(ToResident(talk.resident), text, ticket_buttons(ticket)),
            PostCard(ticket.id, desk.card(ticket, snapshot.now), card_buttons(ticket)),
        ),
        record=Record(talk.resident, "ticket", reason),
    )


def _chosen(talk: Conversation) -> tuple[str, ...]:
    """What the resident picked with their own finger."""
    picked = [step for step in talk.path if step.partition(":")[0] in ("menu", "pick")]
    language = [f"言語 {desk.LANGUAGES[talk.language]}"] if talk.language_chosen else []
    return (*language, *(step.partition(":")[2] for step in picked))


def already_open(talk: Conversation, ticket: Ticket, snapshot: Snapshot, rules: Rules) -> Outcome:
    """Nobody gets two tickets for pressing twice."""
    text = say(
        words.ALREADY_OPEN, talk.language, ticket=ticket.id, when=expectation(snapshot, rules, talk.language)
    )
    return said(talk, text, ticket_buttons(ticket), "already-open")


def add_to_ticket(
    talk: Conversation,
    ticket: Ticket,
    text: str,
    notice: str,
    emergency: str,
    extra: Buttons,
) -> Outcome:
    """A person holds the case: their words travel, the bot gives a receipt and nothing more, but for a life in danger."""
    receipt = say(words.ADDED, talk.language, ticket=ticket.id)
    spoken = "\n\n".join(part for part in (emergency, notice, receipt) if part)
    return Outcome(
        conversation=talk,
        messages=(Message(ticket.id, Author.RESIDENT, text),),
        actions=(
            Say(ToResident(talk.resident), spoken, extra),
            Say(ToTicket(ticket.id), desk.added(ticket.id, text)),
        ),
        record=Record(talk.resident, "relayed", "held-by-person"),
    )


def also_to_ticket(outcome: Outcome, ticket: Ticket, text: str, language: Language) -> Outcome:
    """Open and unclaimed: the FAQ has answered, and what was asked is added to the ticket."""
    receipt = say(words.ADDED, language, ticket=ticket.id)
    actions: list[Action] = []
    for action in outcome.actions:
        if isinstance(action, Say) and isinstance(action.to, ToResident):
            actions.append(replace(action, text=f"{action.text}\n\n{receipt}"))
        else:
            actions.append(action)
    record = outcome.record
    shown = (
        desk.answered_meanwhile(ticket.id, text, f"{record.entry} v{record.version}")
        if record is not None and record.version
        else desk.added(ticket.id, text)
    )
    actions.append(Say(ToTicket(ticket.id), shown))
    message = Message(ticket.id, Author.RESIDENT, text)
    return replace(outcome, actions=tuple(actions), messages=(*outcome.messages, message))


def edit_in_ticket(talk: Conversation, ticket: Ticket, text: str) -> Outcome:
    """The corrected text is added, marked; the first one stays as it was."""
    outcome = said(talk, say(words.EDIT_ADDED, talk.language), (), "edited")
    return replace(
        outcome,
        messages=(Message(ticket.id, Author.RESIDENT, text, "(修正)"),),
        actions=(*outcome.actions, Say(ToTicket(ticket.id), desk.edited(ticket.id, text))),
    )


def mention_media(outcome: Outcome, ticket: Ticket, kind: str, why: str = desk.MEDIA) -> Outcome:
    """Staff are told that something came which was not taken."""
    told = Say(ToTicket(ticket.id), why.format(ticket=ticket.id, kind=kind))
    return replace(outcome, actions=(*outcome.actions, told))


def relay_media(talk: Conversation, ticket: Ticket, event: SentMedia) -> Outcome:
    """A copy goes to the ticket; an album gets one receipt, with its first part."""
    shown = f"({event.kind}) {event.caption}".strip()
    head = Say(ToTicket(ticket.id), desk.attached(ticket.id, event.kind, event.caption))
    copy = Relay(ToTicket(ticket.id), event.place, event.album, is_bare=True)
    first = not event.album or event.caption or not talk.path or talk.path[-1] != f"album:{event.album}"
    receipt = Say(ToResident(talk.resident), say(words.ADDED, talk.language, ticket=ticket.id))
    talk = stepped(talk, f"album:{event.album}") if event.album else talk
    return Outcome(
        conversation=talk,
        messages=(Message(ticket.id, Author.RESIDENT, shown),),
        actions=(receipt, head, copy) if first else (copy,),
        record=Record(talk.resident, "relayed", f"media:{event.kind}"),
    )


def with_notice(outcome: Outcome, notice: str, extra: Buttons) -> Outcome:
    """The same single message, led by a notice."""
    if not notice:
        return outcome
    actions: list[Action] = []
    for action in outcome.actions:
        if isinstance(action, Say) and isinstance(action.to, ToResident):
            actions.append(
                replace(action, text=f"{notice}\n\n{action.text}", buttons=(*extra, *action.buttons))
            )
        else:
            actions.append(action)
    return replace(outcome, actions=tuple(actions))


def expectation(snapshot: Snapshot, rules: Rules, language: Language) -> str:
    """When somebody will be there."""
    hours = rules.hours
    return words.expectation(hours.next_opening(snapshot.now), hours.is_open(snapshot.now), language)


def ticket_buttons(ticket: Ticket) -> Buttons:
    """What a resident can do about their ticket."""
    language = ticket.language
    buttons = [Button(say(words.BUTTON_WITHDRAW, language), Withdraw(ticket.id))]
    if not ticket.no_reply:
        buttons.insert(0, Button(say(words.BUTTON_NO_REPLY, language), WantNoReply(ticket.id)))
    return (tuple(buttons),)


def said(talk: Conversation, text: str, buttons: Buttons, reason: str) -> Outcome:
    return Outcome(
        conversation=talk,
        actions=(Say(ToResident(talk.resident), text, buttons),),
        record=Record(talk.resident, "said", reason),
    )
