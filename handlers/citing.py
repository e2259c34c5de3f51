"""Connects words with the message they reply to: residents' words shown at the desk, and staff's replies to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from faq.language import Language
from handlers.model.actions import Action, Relay, Say, ToTicket
from handlers.model.events import FromDesk, FromResident
from handlers.model.snapshot import Author, Cited, Message, Outcome, Snapshot
from handlers.wording import from_desk
from handlers.wording.marked import QUOTED_AT_MOST, marked, short, unmarked, visible, with_quote
from handlers.wording.resident import say


def heard(event: FromResident, outcome: Outcome) -> Outcome:
    """The outcome of a resident's words, with what they reply to shown above them; a reply at the desk finds their
    message.
    """
    if not event.place:
        return outcome
    messages = tuple(
        replace(m, place=event.place, quoted=event.quoted[:QUOTED_AT_MOST])
        if m.author is Author.RESIDENT and not m.place
        else m
        for m in outcome.messages
    )
    actions = tuple(_at_desk(action, event) for action in outcome.actions)
    return replace(outcome, messages=messages, actions=actions)


def _at_desk(action: Action, event: FromResident) -> Action:
    if isinstance(action, (Say, Relay)) and action.origin:
        return action  # an earlier message that waited; it has its own origin
    if isinstance(action, Say) and isinstance(action.to, ToTicket):
        return replace(action, text=with_quote(action.text, event.quoted), origin=event.place)
    if isinstance(action, Relay) and isinstance(action.to, ToTicket):
        return replace(action, origin=event.place)
    return action


def cited(event: FromDesk, snapshot: Snapshot) -> Cited:
    """The resident's words that a reply of staff is about. Only words of the resident count."""
    if snapshot.draft is not None:
        return snapshot.draft.cited
    words = unmarked(event.quoted)
    if words and _is_theirs(words, snapshot.messages):
        return Cited(snapshot.cited.place, words, is_picked=True)
    return snapshot.cited


def _is_theirs(words: str, messages: Iterable[Message]) -> bool:
    wanted = _bare(words)
    return any(wanted in _bare(m.text) for m in messages if m.author is Author.RESIDENT)


def _bare(text: str) -> str:
    """Without line breaks, blanks and marks, so that text copied from the desk compares equal."""
    return "".join(visible(unmarked(marked(text))).split())


def answering(text: str, about: Cited, language: Language) -> str:
    """Staff's words below the words they reply to; without these where the reply is to the message as a whole."""
    if not about.words or (about.place and not about.is_picked):
        return text
    return say(from_desk.ANSWERING, language, quoted=short(about.words, QUOTED_AT_MOST), text=text)
