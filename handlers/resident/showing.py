"""Showing entries: one answer, several at once, or a choice of up to three with what each one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from faq.answer import Answer
from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Match
from faq.window_text import describe_window, where_to_ask
from handlers.decision import NOT_IN_FORCE, Verdict
from handlers.model.actions import Buttons, Say, ToResident
from handlers.model.buttons import (
    AskPerson,
    Button,
    ChooseFacility,
    NoneOfThese,
    OpenEntry,
    OpenOffered,
    Rate,
)
from handlers.model.conversation import Awaiting, Conversation, Given, stepped
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.resident import pausing
from handlers.resident.follow_up import OFFER
from handlers.resident.menus import menu, menu_and_person, spoken
from handlers.resident.reading import TWO_QUESTIONS
from handlers.wording import answers
from handlers.wording import resident as words
from handlers.wording import talk as about_talk
from handlers.wording.resident import say

_KEEP_OFFERS: Final = frozenset({"offered", "repeat"})
"""Reasons of an answer after which the other offers can still be chosen by their numbers."""


def show_entry(
    talk: Conversation,
    entry_id: str,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    reason: str,
    score: float = 1.0,
) -> Outcome:
    """One entry's current text for the resident's facility, and buttons for the next steps."""
    language = talk.language
    if snapshot.pause is not None:
        return pausing.instead(
            talk, talk.question or knowledge.question(entry_id, language), snapshot.pause, knowledge.profile
        )
    answer = knowledge.answer(entry_id, language, snapshot.now.date(), talk.facility)
    if answer is None:
        return not_in_force(talk, entry_id, (), snapshot, knowledge)
    talk = _given(talk, answer, reason)
    if not talk.question or reason == "menu":
        talk = replace(talk, question=knowledge.question(entry_id, language))
    record = Record(talk.resident, Verdict.ANSWER, reason, answer.entry, answer.version, round(score, 4))
    text, fold = words.answered(answer, language)
    buttons = answer_buttons(talk, answer, knowledge)
    return Outcome(
        conversation=talk, actions=(Say(ToResident(talk.resident), text, buttons, fold=fold),), record=record
    )


def show_where(
    talk: Conversation,
    entry_id: str,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    reason: str,
    *,
    who: bool = False,
) -> Outcome:
    """Only where to ask about an entry: the resident's facility, or the windows of its answer; ``who`` runs them, too."""
    language = talk.language
    answer = knowledge.answer(entry_id, language, snapshot.now.date(), talk.facility)
    known = knowledge.directory.windows
    own = known.get(talk.facility)
    windows = (own,) if own is not None else tuple(known[w] for w in answer.windows) if answer else ()
    if answer is None or not windows or snapshot.pause is not None:
        return show_entry(talk, entry_id, snapshot, knowledge, reason)
    about = say(about_talk.WHERE_TO_ASK, language, about=knowledge.button(entry_id, language))
    describe = describe_window if who else where_to_ask
    text = "\n\n".join([about, *(describe(window, language) for window in windows)])
    outcome = spoken(_given(talk, answer, reason), text, answer_buttons(talk, answer, knowledge), reason)
    record = Record(talk.resident, Verdict.ANSWER, reason, answer.entry, answer.version)
    return replace(outcome, record=record)


def show_all(
    talk: Conversation, entries: Sequence[str], snapshot: Snapshot, knowledge: KnowledgeBase
) -> Outcome:
    """Several entries' texts in one message: every core first, and behind the fold what belongs to each."""
    found = [knowledge.answer(i, talk.language, snapshot.now.date(), talk.facility) for i in entries]
    current = [answer for answer in found if answer is not None]
    if snapshot.pause is not None or len(current) < 2:
        return show_entry(talk, entries[0], snapshot, knowledge, "offered")
    titled = [(knowledge.question(answer.entry, talk.language), answer) for answer in current]
    seen = answers.several([(title, words.answered(answer, talk.language)) for title, answer in titled])
    for answer in current:
        talk = _given(talk, answer, "offered")
    last = current[-1]
    record = Record(talk.resident, Verdict.ANSWER, "several", last.entry, last.version)
    text, fold = seen
    return Outcome(
        conversation=talk,
        actions=(Say(ToResident(talk.resident), text, (menu_and_person(talk.language),), fold=fold),),
        record=record,
    )


def offer(
    talk: Conversation,
    matches: Sequence[Match],
    heading: str,
    reason: str,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
) -> Outcome:
    """Entries to choose from, numbered, each with its question and the first sentence of its answer."""
    language, today = talk.language, snapshot.now.date()
    gists = [(knowledge.question(m.id, language), knowledge.gist(m.id, language, today)) for m in matches]
    rows = list(entry_rows(matches, knowledge, language))
    if reason == TWO_QUESTIONS:
        rows.append((Button(say(about_talk.BUTTON_ALL, language), OpenOffered()),))
    last = (
        Button(say(words.BUTTON_NONE, language), NoneOfThese()),
        Button(say(words.BUTTON_PERSON, language), AskPerson()),
    )
    talk = replace(stepped(talk, OFFER), offered=tuple(match.id for match in matches))
    outcome = spoken(talk, answers.offered(heading, gists), (*rows, last), reason)
    best = matches[0]
    return replace(
        outcome, record=Record(talk.resident, Verdict.OFFER, reason, best.id, 0, round(best.score, 4))
    )


def not_in_force(
    talk: Conversation,
    entry_id: str,
    others: tuple[Match, ...],
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
) -> Outcome:
    """For an entry that is not in force: since or until when, its windows, related current entries, and a person."""
    language = talk.language
    out = knowledge.out_of_force(entry_id, language, snapshot.now.date())
    if out is None:
        return spoken(talk, say(words.ENTRY_GONE, language), menu(knowledge, language), "entry-gone")
    about = knowledge.button(entry_id, language)
    text = answers.not_in_force(about, out, language, has_others=bool(others))
    talk = stepped(
        replace(talk, question=talk.question or knowledge.question(entry_id, language)), f"ended:{entry_id}"
    )
    rows = (*entry_rows(others, knowledge, language), menu_and_person(language))
    outcome = spoken(talk, text, rows, NOT_IN_FORCE)
    return replace(outcome, record=Record(talk.resident, Verdict.OFFER, NOT_IN_FORCE, entry_id))


def entry_rows(matches: Sequence[Match], knowledge: KnowledgeBase, language: Language) -> Buttons:
    """One button a row for each entry."""
    return tuple((Button(knowledge.button(m.id, language), OpenEntry(m.id, 1)),) for m in matches)


def answer_buttons(talk: Conversation, answer: Answer, knowledge: KnowledgeBase) -> Buttons:
    """解決した, 解決しない, menu and person; and where it matters whose counter is told, the facilities."""
    language = talk.language
    which = (
        ((Button(say(about_talk.BUTTON_FACILITY, language), ChooseFacility()),),)
        if not talk.facility and knowledge.differs_by_facility(answer.entry)
        else ()
    )
    return (
        *which,
        (
            Button(say(words.BUTTON_SOLVED, language), Rate(answer.entry, answer.version, 1)),
            Button(say(words.BUTTON_NOT_SOLVED, language), Rate(answer.entry, answer.version, 0)),
        ),
        menu_and_person(language),
    )


def _given(talk: Conversation, answer: Answer, reason: str) -> Conversation:
    """The talk after an answer was shown."""
    given = Given(answer.entry, answer.version)
    seen = tuple(g for g in talk.given if g.entry != given.entry)[-9:]
    kept = talk.offered if reason in _KEEP_OFFERS else ()
    talk = replace(talk, misses=0, given=(*seen, given), awaiting=Awaiting.ANYTHING, offered=kept)
    return stepped(stepped(talk, f"pick:{answer.entry}") if reason == "offered" else talk, f"answer:{given}")
