"""Menus for residents: groups, entries, languages, and a person."""

from __future__ import annotations

from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.model.actions import Buttons, Say, ToResident
from handlers.model.buttons import AskPerson, Button, OpenEntry, OpenGroup, OpenMenu, PickLanguage
from handlers.model.conversation import Conversation, stepped
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.wording import resident as words
from handlers.wording.resident import say


def menu(knowledge: KnowledgeBase, language: Language) -> Buttons:
    """Buttons of the groups, two per row, and of a person."""
    groups = [Button(say(g.label, language), OpenGroup(g.id)) for g in knowledge.groups]
    rows = [tuple(groups[i : i + 2]) for i in range(0, len(groups), 2)]
    return (*rows, (Button(say(words.BUTTON_PERSON, language), AskPerson()),))


def show_menu(talk: Conversation, knowledge: KnowledgeBase) -> Outcome:
    """The menu's first page."""
    return spoken(talk, say(words.MENU, talk.language), menu(knowledge, talk.language), "menu")


def open_group(talk: Conversation, group_id: str, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Buttons of the group's entries that are in force today."""
    talk = stepped(talk, f"menu:{group_id}")
    language = talk.language
    group = next((g for g in knowledge.groups if g.id == group_id), None)
    if group is None:
        return spoken(talk, say(words.OLD_BUTTON, language), menu(knowledge, language), "old-button")
    rows = tuple(
        (Button(knowledge.button(entry, language), OpenEntry(entry)),)
        for entry in knowledge.in_group(group_id, snapshot.now.date())
    )
    return spoken(talk, say(words.GROUP, language, label=say(group.label, language)),
                   (*rows, menu_and_person(language)), "group")  # fmt: skip


def menu_and_person(language: Language) -> tuple[Button, ...]:
    """Buttons that are always there: menu and person."""
    return (
        Button(say(words.BUTTON_MENU, language), OpenMenu()),
        Button(say(words.BUTTON_PERSON, language), AskPerson()),
    )


def languages(knowledge: KnowledgeBase) -> Buttons:
    """Every language of the town, in that language."""
    names = [(tag, words.LANGUAGE_NAMES[tag]) for tag in knowledge.profile.languages]
    return tuple(
        tuple(Button(name, PickLanguage(tag.value)) for tag, name in names[i : i + 2])
        for i in range(0, len(names), 2)
    )


def spoken(talk: Conversation, text: str, buttons: Buttons, reason: str) -> Outcome:
    """One message to the resident, with its reason."""
    return Outcome(
        conversation=talk,
        actions=(Say(ToResident(talk.resident), text, buttons),),
        record=Record(talk.resident, "said", reason),
    )
