"""Carrying out a decision: an entry, offers, a courtesy, a miss, or a handoff."""

from __future__ import annotations

from dataclasses import replace

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Kind, Match
from handlers.decision import DANGER, NOT_IN_FORCE, WANTS_PERSON, Decision, Verdict
from handlers.model.actions import Buttons, Say, ToResident
from handlers.model.buttons import AskPerson, Button, NoneOfThese, OpenEntry, OpenMenu, Rate
from handlers.model.conversation import Awaiting, Conversation, Given, stepped
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.resident import complaints, handoff, pausing, said, settling
from handlers.resident.menus import menu, menu_and_person, spoken
from handlers.resident.reading import Reading
from handlers.wording import answers
from handlers.wording import resident as words
from handlers.wording.resident import say


def show_entry(
    talk: Conversation,
    entry_id: str,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    reason: str,
    score: float = 1.0,
) -> Outcome:
    """One entry's current text, and buttons for the three next steps."""
    language = talk.language
    if snapshot.pause is not None:
        return pausing.instead(
            talk, talk.question or knowledge.question(entry_id, language), snapshot.pause, knowledge.profile
        )
    answer = knowledge.answer(entry_id, language, snapshot.now.date())
    if answer is None:
        return _not_in_force(talk, entry_id, (), snapshot, knowledge)
    given = Given(answer.entry, answer.version)
    seen = tuple(g for g in talk.given if g.entry != given.entry)[-9:]
    talk = replace(talk, misses=0, given=(*seen, given), awaiting=Awaiting.ANYTHING)
    talk = stepped(stepped(talk, f"pick:{entry_id}") if reason == "offered" else talk, f"answer:{given}")
    if not talk.question or reason == "menu":
        talk = replace(talk, question=knowledge.question(entry_id, language))
    buttons: Buttons = (
        (
            Button(say(words.BUTTON_SOLVED, language), Rate(answer.entry, answer.version, 1)),
            Button(say(words.BUTTON_NOT_SOLVED, language), Rate(answer.entry, answer.version, 0)),
        ),
        menu_and_person(language),
    )
    record = Record(talk.resident, Verdict.ANSWER, reason, answer.entry, answer.version, round(score, 4))
    return Outcome(conversation=talk, actions=(Say(ToResident(talk.resident), words.answered(answer, language), buttons),),
                   record=record)  # fmt: skip


def _not_in_force(
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
    rows = (*_entry_rows(others, knowledge, language), menu_and_person(language))
    outcome = spoken(talk, text, rows, NOT_IN_FORCE)
    return replace(outcome, record=Record(talk.resident, Verdict.OFFER, NOT_IN_FORCE, entry_id))


def _entry_rows(matches: tuple[Match, ...], knowledge: KnowledgeBase, language: Language) -> Buttons:
    return tuple((Button(knowledge.button(m.id, language), OpenEntry(m.id, 1)),) for m in matches)


def want_person(
    talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules, reason: str
) -> Outcome:
    """職員に聞く: open a ticket with the words so far, or ask for words where there are none."""
    if snapshot.active is not None:
        return handoff.already_open(talk, snapshot.active, snapshot, rules)
    if snapshot.settling is not None and not talk.question:
        # Nothing was asked since 対応完了: the wish for a person concerns that case.
        return settling.settle(talk, False, settling.of(snapshot, snapshot.settling), rules)
    if not talk.question:
        talk = replace(talk, awaiting=Awaiting.QUESTION_FOR_PERSON)
        return spoken(talk, say(words.WRITE_QUESTION, talk.language), (), "person-asked")
    return complaints.open_or_ask(talk, snapshot, knowledge, rules, reason)


def carry_out(
    reading: Reading,
    talk: Conversation,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
) -> Outcome:
    """Carry out the decision for a message, as one message to the resident."""
    decision, text, language = reading.decision, reading.question, talk.language
    courtesy = decision.courtesy
    is_reply = courtesy is not None and courtesy.kind is Kind.REPLY
    if snapshot.pause is not None and not is_reply:
        return pausing.instead(talk, text, snapshot.pause, knowledge.profile)
    if reading.is_repeat and decision.verdict is Verdict.ANSWER:
        # The answer remains the last one shown, so that a further message with the same result is told so, too.
        shown = talk.path[:-1] if talk.path[-1:] == ("asked",) else talk.path
        talk = replace(talk, question=text, path=shown)
        return spoken(
            talk, say(answers.READ_TOGETHER, language), (menu_and_person(language),), "read-together"
        )
    match decision.verdict:
        case Verdict.ANSWER:
            best = decision.entries[0]
            asked = replace(talk, question=text)
            return show_entry(asked, best.id, snapshot, knowledge, decision.reason, best.score)
        case Verdict.OFFER if decision.reason == NOT_IN_FORCE:
            asked = replace(talk, question=text)
            gone, *others = decision.entries
            return _not_in_force(asked, gone.id, tuple(others), snapshot, knowledge)
        case Verdict.OFFER:
            rows = _entry_rows(decision.entries, knowledge, language)
            last = (
                Button(say(words.BUTTON_NONE, language), NoneOfThese()),
                Button(say(words.BUTTON_PERSON, language), AskPerson()),
            )
            outcome = spoken(
                stepped(replace(talk, question=text), "offer"),
                say(answers.ONE_BY_ONE if reading.is_repeat else words.OFFER, language),
                (*rows, last),
                decision.reason,
            )
            best = decision.entries[0]
            record = Record(talk.resident, Verdict.OFFER, decision.reason, best.id, 0, round(best.score, 4))
            return replace(outcome, record=record)
        case Verdict.REPLY:
            if courtesy is None:
                raise AssertionError("a reply without its courtesy")
            text = (
                knowledge.reply(courtesy.id, language)
                if courtesy.kind is Kind.REPLY
                else knowledge.decoy_reply(courtesy.id, language)
            )
            reason = f"{DANGER}:{courtesy.id}" if courtesy.id in knowledge.dangers else decision.reason
            outcome = spoken(talk, text, (menu_and_person(language),), reason)
            return replace(outcome, record=Record(talk.resident, Verdict.REPLY, reason))
        case Verdict.HANDOFF:
            if decision.reason == WANTS_PERSON:
                return want_person(talk, snapshot, knowledge, rules, "asked")
            return missed(_asked_again(talk, text), rules, decision.reason)
        case Verdict.REPHRASE:
            return missed(_asked_again(talk, text), rules, decision.reason)


def _asked_again(talk: Conversation, text: str) -> Conversation:
    """After a miss the earlier words are kept with the new ones, so that they need not be repeated."""
    return replace(talk, question=said.joined(talk.question if talk.misses else "", text))


def is_miss(decision: Decision) -> bool:
    """Whether nothing was found for a message, and it does not ask for a person."""
    return decision.verdict in (Verdict.REPHRASE, Verdict.HANDOFF) and decision.reason != WANTS_PERSON


def missed(talk: Conversation, rules: Rules, reason: str) -> Outcome:
    language = talk.language
    talk = stepped(replace(talk, misses=talk.misses + 1), "miss")
    person = (Button(say(words.BUTTON_PERSON, language), AskPerson()),)
    to_menu = (Button(say(words.BUTTON_MENU, language), OpenMenu()),)
    if talk.misses >= rules.misses_before_person:
        outcome = spoken(talk, say(words.HANDOFF, language), (person, to_menu), reason)
        return replace(outcome, record=Record(talk.resident, Verdict.HANDOFF, reason))
    outcome = spoken(talk, say(words.REPHRASE, language), ((*to_menu, *person),), reason)
    return replace(outcome, record=Record(talk.resident, Verdict.REPHRASE, reason))
