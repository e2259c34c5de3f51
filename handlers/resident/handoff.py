"""The resident's side of a ticket: opening it and adding to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Kind
from handlers.cards import card_buttons
from handlers.decision import COMPLAINT
from handlers.model.actions import Action, Buttons, PostCard, Relay, Say, ToResident, ToTicket
from handlers.model.buttons import Button, WantNoReply, Withdraw
from handlers.model.conversation import Conversation, Went, stepped
from handlers.model.delivery import UNPLACED
from handlers.model.events import SentMedia
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Message, Outcome, Record, Snapshot
from handlers.model.tickets import Desk, Status, Ticket
from handlers.resident import holding, receipts, said
from handlers.resident.reading import SEARCHED
from handlers.wording import desk
from handlers.wording import receipts as told
from handlers.wording import resident as words
from handlers.wording.deliveries import STILL_WAITING, TAKEN
from handlers.wording.resident import say

_TOP, _STEPS = 3, 8
EDITED: Final = "(修正)"
"""Prefix of words that correct earlier ones."""


def open_ticket(
    talk: Conversation,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
    reason: str,
    before: Ticket | None = None,
) -> Outcome:
    """A new ticket with everything the resident wrote since their last one; the number is only told once the row
    exists.

    ``before`` is a ticket that this one continues, at the same desk.
    """
    language = talk.language
    found = knowledge.search(talk.question[:SEARCHED])
    likely = [match.id for match in found.matches if match.kind is Kind.ENTRY and not match.blocked][:_TOP]
    top = tuple(f"{entry} {knowledge.button(entry, Language.JA)}" for entry in likely)
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
        desk=Desk.WARD
        if rules.has_ward_desk and (reason == COMPLAINT or _is_wards(before))
        else Desk.FACILITY,
        path=(*talk.path, "person")[-_STEPS:],
        chosen=_chosen(talk),
        top=top,
        earlier=said.earlier(talk),
    )
    went = Went.WARD if ticket.desk is Desk.WARD else Went.FACILITY
    lines = said.in_order(talk)
    titles = [
        f"「{knowledge.button(g.entry, language)}」" for g in talk.given if g.entry in knowledge.entries
    ]
    given = say(words.GIVEN_BEFORE, language, entries="".join(titles)) if titles else ""
    text = say(
        TAKEN if snapshot.refuses(ticket.desk) else words.HANDED_OFF, language, ticket=ticket.id, when=expectation(snapshot, rules, language),
        question="\n".join(lines), given=given,
    )  # fmt: skip
    return Outcome(
        conversation=holding.opened(said.fresh(talk, ticket.id), went, ticket.id),
        tickets=(ticket,),
        messages=tuple(Message(ticket.id, Author.RESIDENT, text) for text in lines),
        actions=(
            Say(ToResident(talk.resident), text, ticket_buttons(ticket)),
            PostCard(ticket.id, desk.card(ticket, snapshot.now), card_buttons(ticket)),
            *(Say(ToTicket(ticket.id), text) for text in desk.continued(ticket)),
        ),
        record=Record(talk.resident, "ticket", reason),
    )


def _is_wards(ticket: Ticket | None) -> bool:
    return ticket is not None and ticket.desk is Desk.WARD


def _chosen(talk: Conversation) -> tuple[str, ...]:
    """What the resident chose by buttons."""
    picked = [step for step in talk.path if step.partition(":")[0] in ("menu", "pick")]
    language = [f"言語 {desk.LANGUAGES[talk.language]}"] if talk.language_chosen else []
    return (*language, *(step.partition(":")[2] for step in picked))


def already_open(talk: Conversation, ticket: Ticket, snapshot: Snapshot, rules: Rules) -> Outcome:
    """The resident has a ticket already: say so instead of opening another."""
    if UNPLACED in ticket.alerts and snapshot.refuses(ticket.desk):
        text = say(STILL_WAITING, talk.language, ticket=ticket.id)
        return spoken_of(talk, text, ticket_buttons(ticket), "still-waiting")
    text = say(
        words.ALREADY_OPEN, talk.language, ticket=ticket.id, when=expectation(snapshot, rules, talk.language)
    )
    return spoken_of(talk, text, ticket_buttons(ticket), "already-open")


def add_to_ticket(
    talk: Conversation,
    ticket: Ticket,
    text: str,
    snapshot: Snapshot,
    emergency: str = "",
    *,
    is_thanks: bool = False,
) -> Outcome:
    """Add words to a ticket that a person has: the resident gets a receipt only, or the reply to a danger."""
    receipt, buttons = receipts.receipt(ticket, talk.language)
    spoken = "\n\n".join(part for part in (emergency, receipt) if part)
    outcome = Outcome(
        conversation=talk,
        actions=(Say(ToResident(talk.resident), spoken, buttons),),
        record=Record(talk.resident, "relayed", "held-by-person"),
    )
    shown = (receipts.added(ticket, text),)
    return receipts.taken(outcome, ticket, snapshot, text, shown, is_thanks=is_thanks)


def also_to_ticket(
    outcome: Outcome,
    ticket: Ticket,
    text: str,
    snapshot: Snapshot,
    language: Language,
    *,
    is_thanks: bool = False,
) -> Outcome:
    """For a ticket that nobody holds: the FAQ has answered, and the question is added to the ticket as well."""
    record = outcome.record
    shown = receipts.added(ticket, text)
    if record is not None and record.version and ticket.status is not Status.RESOLVED:
        shown = replace(
            shown, text=desk.answered_meanwhile(ticket.id, text, f"{record.entry} v{record.version}")
        )
    outcome = receipts.with_receipt(outcome, ticket, language)
    return receipts.taken(outcome, ticket, snapshot, text, (shown,), is_thanks=is_thanks)


def edit_in_ticket(talk: Conversation, ticket: Ticket, text: str, snapshot: Snapshot) -> Outcome:
    """Add the corrected text, marked; the original stays."""
    outcome = spoken_of(talk, say(told.EDIT_ADDED, talk.language), (), "edited")
    if ticket.status is Status.RESOLVED or ticket.no_reply:
        receipt, buttons = receipts.receipt(ticket, talk.language)
        outcome = spoken_of(talk, receipt, buttons, "edited")
    shown = (Say(ToTicket(ticket.id), desk.edited(ticket.id, text)),)
    return receipts.taken(outcome, ticket, snapshot, text, shown, name=EDITED)


def mention_media(outcome: Outcome, ticket: Ticket, kind: str, why: str = desk.MEDIA) -> Outcome:
    """Tell staff that something was sent which is not taken."""
    shown = Say(ToTicket(ticket.id), why.format(ticket=ticket.id, kind=kind))
    return replace(outcome, actions=(*outcome.actions, shown))


def relay_media(talk: Conversation, ticket: Ticket, event: SentMedia, snapshot: Snapshot) -> Outcome:
    """Send a copy to the ticket; an album gets one receipt, with its first part."""
    kept = f"({event.kind}) {event.caption}".strip()
    head = Say(ToTicket(ticket.id), desk.attached(ticket.id, event.kind, event.caption))
    copy = Relay(ToTicket(ticket.id), event.place, event.album, is_bare=True)
    first = not event.album or event.caption or not talk.path or talk.path[-1] != f"album:{event.album}"
    text, buttons = receipts.receipt(ticket, talk.language)
    receipt = Say(ToResident(talk.resident), text, buttons)
    talk = stepped(talk, f"album:{event.album}") if event.album else talk
    outcome = Outcome(
        conversation=talk,
        actions=(receipt,) if first else (),
        record=Record(talk.resident, "relayed", f"media:{event.kind}"),
    )
    return receipts.taken(outcome, ticket, snapshot, kept, (head, copy) if first else (copy,))


def with_notice(outcome: Outcome, notice: str, extra: Buttons) -> Outcome:
    """The same message to the resident, with a notice above it."""
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


def with_notice_below(outcome: Outcome, notice: str, extra: Buttons) -> Outcome:
    """The same message with a notice below it, for texts that must come first."""
    return receipts.below(outcome, notice, extra) if notice else outcome


def expectation(snapshot: Snapshot, rules: Rules, language: Language) -> str:
    """When somebody will be at the desk."""
    hours, now = rules.hours, snapshot.now
    if hours.is_open(now):
        return words.expectation(None, True, language)
    opens = hours.next_opening(now)
    return words.expectation(opens, False, language, [c.why for c in hours.closures_until(now, opens)])


def ticket_buttons(ticket: Ticket) -> Buttons:
    """The resident's buttons for their ticket."""
    language = ticket.language
    buttons = [Button(say(words.BUTTON_WITHDRAW, language), Withdraw(ticket.id))]
    if not ticket.no_reply:
        buttons.insert(0, Button(say(words.BUTTON_NO_REPLY, language), WantNoReply(ticket.id)))
    return (tuple(buttons),)


def spoken_of(talk: Conversation, text: str, buttons: Buttons, reason: str) -> Outcome:
    return Outcome(
        conversation=talk,
        actions=(Say(ToResident(talk.resident), text, buttons),),
        record=Record(talk.resident, "said", reason),
    )
