"""During a pause its notice replaces answers and is added to other messages. A banner is shown above answers only."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from faq.content.profile import Profile
from handlers.decision import DANGER, Verdict
from handlers.model.actions import Action, Buttons, Say, ToResident
from handlers.model.buttons import AskPerson, Button
from handlers.model.conversation import Conversation, stepped
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.switches import Notice
from handlers.resident.menus import spoken
from handlers.wording import resident as words
from handlers.wording import switches

_ABOVE: Final = frozenset({"start", "menu", "group", "link"})
"""Reasons of messages that count as answers."""


def instead(talk: Conversation, question: str, pause: Notice, town: Profile) -> Outcome:
    """The notice instead of an answer; the words are kept for a person, reachable by one button."""
    language = talk.language
    person: Buttons = ((Button(words.say(words.BUTTON_PERSON, language), AskPerson()),),)
    talk = stepped(replace(talk, question=question or talk.question), "paused")
    return spoken(talk, switches.paused(pause, language, town), person, "paused")


def with_notices(snapshot: Snapshot, outcome: Outcome, town: Profile) -> Outcome:
    """The message with the current notices; none is added to emergency numbers."""
    if (snapshot.pause is None and snapshot.banner is None) or is_danger(outcome):
        return outcome
    talk = outcome.conversation or snapshot.conversation
    record = outcome.record
    if talk is None or record is None:
        return outcome
    is_answer = record.decision in set(Verdict) or record.reason in _ABOVE
    above = [snapshot.banner.text] if snapshot.banner is not None and is_answer else []
    below: list[str] = []
    if snapshot.pause is not None and record.reason != "paused":
        # A receipt for kept words, and a danger answered with them, come before the notice.
        (below if outcome.messages else above).append(switches.paused(snapshot.pause, talk.language, town))
    actions: list[Action] = []
    for action in outcome.actions:
        if (above or below) and isinstance(action, Say) and action.to == ToResident(talk.resident):
            actions.append(replace(action, text="\n\n".join([*above, action.text, *below])))
        else:
            actions.append(action)
    return replace(outcome, actions=tuple(actions))


def is_danger(outcome: Outcome) -> bool:
    """Whether the answer is the emergency numbers."""
    record = outcome.record
    if record is None or record.decision != Verdict.REPLY.value:
        return False
    return record.reason.startswith(f"{DANGER}:")
