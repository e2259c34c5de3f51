"""The resident's own facility: asked for once where it matters, kept for the talk, changed by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from faq.knowledge import KnowledgeBase
from handlers.model.buttons import Button, PickFacility
from handlers.model.conversation import Conversation, stepped
from handlers.model.snapshot import Outcome, Snapshot
from handlers.resident.menus import menu, spoken
from handlers.resident.showing import show_entry
from handlers.wording import talk as words
from handlers.wording.resident import say

UNDECIDED: Final = "-"
"""Stands for a facility that the resident has not decided on: it is not asked for again."""
ASKED: Final = "facility?"
"""Step of a talk in which the facility was asked for."""


def ask(talk: Conversation, knowledge: KnowledgeBase) -> Outcome:
    """「どの施設ですか」 with a button for each, and one for not decided yet."""
    language = talk.language
    labels = [
        Button(say(window.facility.label, language), PickFacility(window.id))
        for window in knowledge.directory.windows.values()
        if window.facility is not None
    ]
    rows = [tuple(labels[i : i + 2]) for i in range(0, len(labels), 2)]
    undecided = Button(say(words.BUTTON_UNDECIDED, language), PickFacility())
    return spoken(stepped(talk, ASKED), say(words.WHICH_FACILITY, language), (*rows, (undecided,)), ASKED)


def picked(talk: Conversation, window: str, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """The last answer with the chosen facility's counter; without an answer, that it is kept."""
    known = knowledge.directory.windows.get(window)
    if known is None or known.facility is None:
        talk = replace(talk, facility=UNDECIDED)
        return spoken(talk, say(words.NO_FACILITY, talk.language), menu(knowledge, talk.language), "facility")
    talk = replace(talk, facility=window)
    if talk.given:
        return show_entry(talk, talk.given[-1].entry, snapshot, knowledge, "repeat")
    label = say(known.facility.label, talk.language)
    text = say(words.FACILITY_KEPT, talk.language, facility=label)
    return spoken(talk, text, menu(knowledge, talk.language), "facility")


def named(talk: Conversation, text: str, knowledge: KnowledgeBase) -> Conversation:
    """The talk with the facility that a message names, if it names one."""
    found = knowledge.facilities.named(text)
    return replace(talk, facility=found) if found else talk
