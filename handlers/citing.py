"""What words answer, in both directions: the line above them, and the message that they belong to."""

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
    """The outcome of a resident's words: the desk sees what they answer, and a reply there finds their message again."""
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
        return action  # a message from before, which waited
    if isinstance(action, Say) and isinstance(action.to, ToTicket):
        return replace(action, text=with_quote(action.text, event.quoted), origin=event.place)
    if isinstance(action, Relay) and isinstance(action.to, ToTicket):
        return replace(action, origin=event.place)
    return action


def cited(event: FromDesk, snapshot: Snapshot) -> Cited:
    """What a reply of staff answers. Only words of the resident's own are ever shown to them as such."""
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
    """Without line breaks and marks, as the desk shows it in one piece or another."""
    return "".join(visible(unmarked(marked(text))).split())


def answering(text: str, about: Cited, language: Language) -> str:
    """Words of staff below those that they answer; where the message itself is answered as a whole, alone."""
    if not about.words or (about.place and not about.is_picked):
        return text
    return say(from_desk.ANSWERING, language, quoted=short(about.words, QUOTED_AT_MOST), text=text)
