"""Carrying out a decision: an entry, offers, a courtesy, a miss, or a handoff."""

from __future__ import annotations

from dataclasses import replace

from faq.knowledge import KnowledgeBase
from faq.matching.match import Kind
from handlers.decision import DANGER, NOT_IN_FORCE, WANTS_PERSON, Decision, Verdict
from handlers.model.buttons import AskPerson, Button, OpenMenu
from handlers.model.conversation import Awaiting, Conversation, stepped
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.resident import complaints, handoff, pausing, said, settling
from handlers.resident.follow_up import Aspect
from handlers.resident.menus import menu_and_person, spoken
from handlers.resident.reading import TWO_QUESTIONS, Reading
from handlers.resident.showing import not_in_force, offer, show_entry, show_where
from handlers.wording import answers
from handlers.wording import resident as words
from handlers.wording import talk as about_talk
from handlers.wording.resident import say


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
            if reading.part is not None:
                is_who = reading.part is Aspect.WHO
                return show_where(asked, best.id, snapshot, knowledge, decision.reason, who=is_who)
            return show_entry(asked, best.id, snapshot, knowledge, decision.reason, best.score)
        case Verdict.OFFER if decision.reason == NOT_IN_FORCE:
            asked = replace(talk, question=text)
            gone, *others = decision.entries
            return not_in_force(asked, gone.id, tuple(others), snapshot, knowledge)
        case Verdict.OFFER:
            heading = _heading(reading, talk, knowledge)
            asked = replace(talk, question=text)
            return offer(asked, decision.entries, heading, decision.reason, snapshot, knowledge)
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


def _heading(reading: Reading, talk: Conversation, knowledge: KnowledgeBase) -> str:
    """What is said above offers."""
    language, decision = talk.language, reading.decision
    if decision.reason == TWO_QUESTIONS:
        return say(about_talk.TWO_QUESTIONS, language, count=len(decision.entries))
    if reading.follows:
        return say(about_talk.ABOUT_LAST, language, about=knowledge.button(reading.follows, language))
    return say(answers.ONE_BY_ONE if reading.is_repeat else words.OFFER, language)


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
