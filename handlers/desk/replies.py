"""Words of staff for a resident: a reply, a quoted entry or a greeting; checked, and held where they contradict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.language import pick
from handlers.cards import edited_card
from handlers.citing import answering, cited
from handlers.desk.addressing import WHICH, meant_for, readdressed
from handlers.desk.opposites import opposites
from handlers.desk.reply_check import Fault, check
from handlers.model import tickets
from handlers.model.actions import Action, Buttons, Relay, Say, ToAdmins, ToResident, ToTicket
from handlers.model.buttons import (
    Button,
    FaqIsWrong,
    FixDraft,
    SendAsException,
    SendDraft,
    SendGreeting,
    ShowGreetings,
)
from handlers.model.delivery import UNREACHABLE
from handlers.model.events import (
    DeskPressed,
    Excepted,
    FromDesk,
    Greeted,
    Noted,
    Quoted,
    Replied,
    RepliedMedia,
)
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Cited, Draft, Message, Outcome, Snapshot
from handlers.model.tickets import Holder, Refusal, Status, Step, Ticket
from handlers.wording import deliveries, desk, replies
from handlers.wording import resident as words

RELAYED: Final = frozenset({"photo", "document", "voice", "audio", "video", "video_note", "animation"})
"""Kinds of media that are copied to the other side; contacts and places reveal more about a person than a case needs."""


def on_replied(event: Replied, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Send a reply to the resident, unless the ticket says 返信不要 or the words contradict something."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=replies.NOT_A_CARD if event.card else desk.NO_TICKET)
    if event.card and not snapshot.is_card:
        return _kept_as_note(event, ticket, snapshot)
    if snapshot.draft is not None and event.card:
        return _except(event, ticket, snapshot, event.text)
    text = event.text.strip()
    if event.card is None and event.named is not None:
        addressed = readdressed(event, ticket, snapshot, text)
        if isinstance(addressed, Outcome):
            return addressed
        text = addressed
    if not text:
        return Outcome(toast=desk.EMPTY_REPLY.format(ticket=ticket.id))
    return checked(event, ticket, snapshot, knowledge, text)


def on_quoted(event: Quoted, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Send an entry's fixed text by its id."""
    return quote(event, event.entry, snapshot, knowledge)


def quote(event: FromDesk, entry: str, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Send an entry's fixed text with its id, version and source: the same words as the bot's."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    answer = knowledge.answer(entry, ticket.language, snapshot.now.date())
    if answer is None:
        return Outcome(toast=desk.NO_ENTRY.format(entry=entry))
    text, fold = words.answered(answer, ticket.language)
    body = words.say(words.FROM_STAFF, ticket.language, ticket=ticket.id, text=text)
    toast = desk.QUOTED.format(ticket=ticket.id, entry=answer.entry, version=answer.version)
    shown = f"{answer.entry} v{answer.version}"
    given = (*(g for g in ticket.given if g != shown), shown)
    # The facility's card must not show which entries the ward has sent.
    quoted = replace(ticket, given=given) if event.desk is ticket.desk else ticket
    return send(event, quoted, snapshot, f"[{shown}]", body, toast, fold=len(body) - len(text) + fold)


def on_greeted(event: Greeted, snapshot: Snapshot, rules: Rules) -> Outcome:
    """Send a saved greeting by its name."""
    return greet(event, event.greeting, snapshot, rules)


def greet(event: FromDesk, name: str, snapshot: Snapshot, rules: Rules) -> Outcome:
    """Send a saved greeting in the resident's language."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    greeting = rules.greetings.get(name)
    if greeting is None:
        known = "、".join(rules.greetings)
        return Outcome(
            toast=replies.NO_GREETING.format(greeting=name, known=known) if known else replies.NO_GREETINGS
        )
    text = pick(greeting, ticket.language)[1]
    body = words.say(words.FROM_STAFF, ticket.language, ticket=ticket.id, text=text)
    return send(event, ticket, snapshot, text, body, replies.GREETED.format(ticket=ticket.id, greeting=name))


def show_greetings(press: ShowGreetings, rules: Rules) -> Outcome:
    """All greetings as buttons."""
    if not rules.greetings:
        return Outcome(toast=replies.NO_GREETINGS)
    rows = tuple((Button(name, SendGreeting(press.ticket, name)),) for name in rules.greetings)
    return Outcome(
        actions=(Say(ToTicket(press.ticket), replies.GREETINGS.format(ticket=press.ticket), rows),)
    )


def on_replied_media(event: RepliedMedia, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Send a photo, file or voice as a copy, without the sender's name; its caption is checked like a reply."""
    ticket = snapshot.ticket
    if ticket is None:
        return Outcome(toast=replies.NOT_A_CARD)
    if not snapshot.is_card:
        return Outcome(toast=replies.MEDIA_KEPT)
    if event.kind not in RELAYED:
        return Outcome(toast=replies.MEDIA_NOT_TAKEN.format(ticket=ticket.id, kind=event.kind))
    if faults := check(event.caption, _about(ticket), knowledge):
        return Outcome(toast=replies.MEDIA_HELD.format(ticket=ticket.id, faults=_told(faults)))
    head = words.say(
        words.FROM_STAFF, ticket.language, ticket=ticket.id, text=words.say(words.ATTACHED, ticket.language)
    )
    kept = f"({event.kind}) {event.caption}".strip()
    outcome = send(event, ticket, snapshot, kept, head, replies.MEDIA_SENT.format(ticket=ticket.id))
    if not outcome.tickets:
        return outcome
    copy = Relay(ToResident(ticket.resident), event.place, event.album, tick=event.place, about=ticket.id)
    spoken, *rest = (replace(a, tick="") if isinstance(a, Say) else a for a in outcome.actions)
    mark = f"album:{event.album}"
    if event.album and mark in ticket.alerts:
        return replace(outcome, actions=(copy, *rest))  # only the first part of an album is announced
    marked = (
        tuple(replace(t, alerts=(*t.alerts, mark)) for t in outcome.tickets)
        if event.album
        else outcome.tickets
    )
    return replace(outcome, tickets=marked, actions=(spoken, copy, *rest))


def on_excepted(event: Excepted, snapshot: Snapshot) -> Outcome:
    """/exception: send the held reply and record the reason."""
    if snapshot.ticket is None:
        return Outcome(toast=desk.NO_TICKET)
    return _except(event, snapshot.ticket, snapshot, event.reason)


def on_draft_pressed(event: DeskPressed, ticket: Ticket, snapshot: Snapshot) -> Outcome:
    """The buttons of a draft: 修正 / 例外として送る / FAQが誤り / この文を住民へ送る."""
    draft = snapshot.draft
    if draft is None or draft.ticket != ticket.id:
        return Outcome(toast=replies.NO_DRAFT)
    match event.press:
        case SendAsException():
            asked = replies.ASK_REASON.format(ticket=ticket.id)
            said = Say(ToTicket(ticket.id), asked, draft=draft.id)
            return Outcome(draft=replace(draft, is_asked=True), actions=(said,))
        case FaqIsWrong():
            told = replies.FAQ_DOUBTED.format(
                name=event.name, ticket=ticket.id, faults="\n".join(draft.faults)
            )
            return Outcome(actions=(Say(ToAdmins(), told, tickets=(ticket.id,)),), toast=replies.REPORTED)
        case _:
            return Outcome(draft_done=draft.id, toast=replies.FIXING)


def send_note(event: DeskPressed, ticket: Ticket, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Send what waited for a button, checked like every reply: a line kept as a note, or words for one of two
    tickets.

    A contradiction with an earlier reply was shown already and is not asked about again.
    """
    draft = snapshot.draft
    text = "" if draft is None else meant_for(draft, ticket)
    if draft is None or not text:
        return Outcome(toast=replies.NO_DRAFT)
    if draft.ticket != ticket.id:  # it answers another resident
        snapshot = replace(snapshot, draft=None, cited=Cited())
    placed = replace(event, place=draft.place)
    insists = bool(draft.faults) and draft.faults != (WHICH,)
    outcome = checked(
        placed,
        ticket,
        snapshot,
        knowledge,
        text,
        toast=replies.SENT_NOTE.format(ticket=ticket.id),
        insists=insists,
    )
    return replace(outcome, draft_done=draft.id)


def on_noted(event: Noted, snapshot: Snapshot) -> Outcome:
    """Keep a note with the ticket; a note is never sent."""
    ticket = snapshot.ticket
    if ticket is None:
        unknown = desk.NO_TICKET if event.ticket is not None else replies.NOTE_OF_NOTHING
        return Outcome(toast=None if event.is_chat else unknown)
    note = Message(ticket.id, Author.NOTE, event.text, event.name, event.place)
    if event.is_chat and snapshot.draft is not None and snapshot.draft.is_asked:
        told = replies.REASON_NOT_TAKEN.format(ticket=ticket.id)
        return Outcome(messages=(note,), draft=replace(snapshot.draft, is_asked=False), toast=told)
    if event.is_chat:
        return Outcome(messages=(note,))
    return Outcome(messages=(note,), toast=desk.NOTED.format(ticket=ticket.id))


def _kept_as_note(event: Replied, ticket: Ticket, snapshot: Snapshot) -> Outcome:
    """Keep a reply to a message that is not a card as a note, with a button that sends it."""
    if not event.text.strip():
        return Outcome()
    note = Message(ticket.id, Author.NOTE, event.text, event.name, event.place)
    draft = Draft(
        snapshot.next_draft_id, ticket.id, event.staff, event.name, event.text.strip(), (), event.place,
        cited(event, snapshot),
    )  # fmt: skip
    button: Buttons = ((Button(replies.SEND_NOTE, SendDraft(ticket.id, draft.id)),),)
    said = Say(ToTicket(ticket.id), replies.KEPT_AS_NOTE, button, reply_to=event.place)
    return Outcome(messages=(note,), draft=draft, actions=(said,))


def send(
    event: FromDesk, ticket: Ticket, snapshot: Snapshot, kept: str, body: str, toast: str, *, fold: int = 0
) -> Outcome:
    """Send one message to the resident. Claims an unclaimed ticket, and records the time of the first reply."""
    if ticket.no_reply:
        return Outcome(toast=desk.NO_REPLY_WANTED.format(ticket=ticket.id))
    current: Ticket | Refusal = ticket
    if ticket.status is Status.RESOLVED and snapshot.active is None:
        current = tickets.move(ticket, Step.REOPEN, snapshot.now)
    if not isinstance(current, Refusal):
        current = tickets.claimed_by(current, Holder(event.staff, event.name), snapshot.now)
    if isinstance(current, Refusal):
        return Outcome(toast=desk.refused(current))
    stamped = replace(current, replied_at=current.replied_at or snapshot.now, snoozed_until=None)
    held = tickets.answered(stamped, snapshot.now)
    about = cited(event, snapshot)
    actions: list[Action] = [
        Say(
            ToResident(ticket.resident),
            body,
            reply_to=about.place,
            tick=event.place,
            about=ticket.id,
            fold=fold,
        )
    ]
    before = snapshot.ticket
    if (
        before is None
        or held.status is not before.status
        or held.turn is not before.turn
        or held.given != before.given
    ):
        actions.append(edited_card(held, snapshot.now))
    return Outcome(
        tickets=(held,),
        messages=(Message(ticket.id, Author.STAFF, kept, event.name, event.place, about.words),),
        actions=tuple(actions),
        toast=_said_of(event, ticket, toast),
    )


def _said_of(event: FromDesk, ticket: Ticket, toast: str) -> str | None:
    """The toast; none where the message gets a tick instead, because a group is limited to 20 actions a minute."""
    if UNREACHABLE in ticket.alerts:
        return deliveries.KEPT_FOR_RETURN.format(ticket=ticket.id)
    return None if event.place and not isinstance(event, DeskPressed) else toast


def checked(
    event: FromDesk,
    ticket: Ticket,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    text: str,
    body: str = "",
    toast: str = "",
    *,
    kept: str = "",
    insists: bool = False,
) -> Outcome:
    """Send words of staff unless something in them is certainly wrong; otherwise hold them. ``kept`` is what is
    recorded.

    ``insists``: the sender has seen the earlier reply that the words contradict.
    """
    if ticket.no_reply:
        return Outcome(toast=desk.NO_REPLY_WANTED.format(ticket=ticket.id))
    faults = check(text, _about(ticket), knowledge)
    if not insists:
        faults = (*faults, *opposites(text, event.place, _about(ticket), snapshot.messages, knowledge))
    if faults:
        return _held(event, ticket, snapshot, text, faults)
    spoken = answering(text, cited(event, snapshot), ticket.language)
    body = body or words.say(words.FROM_STAFF, ticket.language, ticket=ticket.id, text=spoken)
    return send(event, ticket, snapshot, kept or text, body, toast or desk.REPLIED.format(ticket=ticket.id))


def _held(event: FromDesk, ticket: Ticket, snapshot: Snapshot, text: str, faults: Sequence[Fault]) -> Outcome:
    told = _told(faults)
    draft = Draft(
        snapshot.next_draft_id, ticket.id, event.staff, event.name, text, tuple(told.split("\n")), event.place,
        cited(event, snapshot),
    )  # fmt: skip
    rows: Buttons = (
        (
            Button(replies.FIX, FixDraft(ticket.id, draft.id)),
            Button(replies.FAQ_WRONG, FaqIsWrong(ticket.id, draft.id)),
        ),
        (Button(replies.EXCEPTION, SendAsException(ticket.id, draft.id)),),
    )
    if all(fault.code == "opposite" for fault in faults):
        rows = ((Button(replies.SEND_ANYWAY, SendDraft(ticket.id, draft.id)),), *rows)
    shown = replies.HELD.format(ticket=ticket.id, faults=told, text=text)
    return Outcome(draft=draft, actions=(Say(ToTicket(ticket.id), shown, rows, reply_to=event.place),))


def _except(event: FromDesk, ticket: Ticket, snapshot: Snapshot, reason: str) -> Outcome:
    draft = snapshot.draft
    if draft is None or draft.ticket != ticket.id:
        return Outcome(toast=replies.NO_DRAFT)
    if draft.faults == (WHICH,):
        return Outcome(toast=replies.CHOOSE_FIRST.format(ticket=ticket.id))
    if not reason.strip():
        return Outcome(toast=replies.NO_REASON.format(ticket=ticket.id))
    spoken = answering(draft.text, draft.cited, ticket.language)
    body = words.say(words.FROM_STAFF, ticket.language, ticket=ticket.id, text=spoken)
    placed = replace(event, place=draft.place or event.place)
    outcome = send(placed, ticket, snapshot, draft.text, body, replies.EXCEPTED.format(ticket=ticket.id))
    if not outcome.tickets:
        return outcome
    note = Message(ticket.id, Author.NOTE, f"例外の理由: {reason.strip()}", event.name)
    said = Say(ToTicket(ticket.id), replies.EXCEPTED.format(ticket=ticket.id))
    shown = (said,) if outcome.toast is None else ()
    return replace(
        outcome, messages=(*outcome.messages, note), draft_done=draft.id, actions=(*outcome.actions, *shown)
    )


def _about(ticket: Ticket) -> tuple[str, ...]:
    """The entries a ticket is about: those given as answers, otherwise the likeliest one."""
    given = tuple(shown.partition(" ")[0] for shown in ticket.given)
    return given or tuple(likely.partition(" ")[0] for likely in ticket.top[:1])


def _told(faults: Sequence[Fault]) -> str:
    return replies.faults([(fault.code, fault.shown, fault.about) for fault in faults])
