"""Edits by staff: an edited reply is sent as a correction, an edited note is changed, and every edit gets an answer."""

from __future__ import annotations

from dataclasses import replace

from faq.knowledge import KnowledgeBase
from handlers.desk import replies
from handlers.desk.addressing import beginning_number, readdressed
from handlers.model.events import ReplyEdited
from handlers.model.snapshot import Author, Draft, Message, Outcome, Snapshot
from handlers.model.tickets import Status, Ticket
from handlers.wording import replies as told
from handlers.wording import resident as words


def on_reply_edited(event: ReplyEdited, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """The effect of an edit depends on what the message was: held, sent, a note, or none of a ticket's."""
    ticket, text = snapshot.ticket, event.text.strip()
    if ticket is None or (snapshot.edited is None and snapshot.draft is None):
        # Edits of talk are ignored; an edited command or reply to a message of ours needs an answer.
        expects = event.verb or event.answers or snapshot.was_asked_for
        return Outcome(toast=told.EDIT_DOES_NOTHING) if expects else Outcome()
    if event.named is not None and event.named != ticket.id:
        return Outcome(toast=told.EDIT_TO_ANOTHER.format(ticket=ticket.id))
    is_note = snapshot.edited is not None and snapshot.edited.author is Author.NOTE
    if event.is_note and not is_note:
        return Outcome(toast=told.EDIT_NOT_SENT.format(ticket=ticket.id))
    if event.verb and not event.is_note and (event.topic or event.answers) and event.named is None:
        addressed = _addressed(event, ticket, text, snapshot)
        if isinstance(addressed, Outcome):
            return addressed
        text = addressed
    if not text and not event.kind:
        return Outcome(toast=told.EDIT_NOT_SENT.format(ticket=ticket.id))
    if snapshot.draft is not None:
        return _held(event, ticket, snapshot.draft, text, snapshot, knowledge)
    if snapshot.edited is not None and is_note:
        return _noted(event, snapshot.edited, text, is_talk=not (event.verb or snapshot.was_asked_for))
    return _sent(event, ticket, text, snapshot, knowledge)


def _addressed(event: ReplyEdited, ticket: Ticket, text: str, snapshot: Snapshot) -> Outcome | str:
    """The words of a command with a number; where it is another ticket's, nothing is sent by the edit."""
    before = beginning_number(snapshot.edited.text) if snapshot.edited is not None else None
    begins = beginning_number(text)
    if before is not None and begins is not None and before[0] == begins[0]:
        return text  # its text began with a number before the edit, too
    found = readdressed(event, ticket, snapshot, text)
    if isinstance(found, str):
        return found
    if snapshot.draft is None:
        return Outcome(toast=told.EDIT_TO_ANOTHER.format(ticket=ticket.id))
    return replace(found, draft_done=snapshot.draft.id)


def _held(
    event: ReplyEdited,
    ticket: Ticket,
    draft: Draft,
    text: str,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
) -> Outcome:
    """Check a reply that was held again; a line kept as a note waits with its new words."""
    if text == draft.text:
        return Outcome()
    if not draft.faults:
        amended = replace(snapshot.edited, text=text) if snapshot.edited is not None else None
        return Outcome(draft=replace(draft, text=text), amended=amended, toast=told.NOTE_AMENDED)
    outcome = replies.checked(event, ticket, snapshot, knowledge, text)
    return replace(outcome, draft_done=draft.id) if outcome.tickets or outcome.draft else outcome


def _noted(event: ReplyEdited, note: Message, text: str, *, is_talk: bool) -> Outcome:
    shown = f"({event.kind}) {text}" if event.kind else text
    if shown == note.text:
        return Outcome()
    return Outcome(amended=replace(note, text=shown), toast=None if is_talk else told.NOTE_AMENDED)


def _sent(
    event: ReplyEdited, ticket: Ticket, text: str, snapshot: Snapshot, knowledge: KnowledgeBase
) -> Outcome:
    """Send the new words to the resident as a correction; a photo or file itself cannot be replaced."""
    kept = f"({event.kind}) {text}".strip() if event.kind else text
    if snapshot.edited is not None and snapshot.edited.text == kept:
        return Outcome()
    if not text:
        return Outcome(toast=told.EDIT_NOT_SENT.format(ticket=ticket.id))
    if ticket.status is Status.CLOSED:
        return Outcome(toast=told.EDIT_AFTER_END.format(ticket=ticket.id))
    body = words.say(words.CORRECTED, ticket.language, ticket=ticket.id, text=text)
    toast = told.CORRECTED.format(ticket=ticket.id)
    return replies.checked(event, ticket, snapshot, knowledge, text, body, toast, kept=kept)
