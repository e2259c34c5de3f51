"""Fulfils wishes: once more, shorter, in another language, back, the list, the second one, all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from faq.answer import first_sentence
from faq.content.wish import Wish
from faq.knowledge import KnowledgeBase
from faq.matching.match import Complaint, Kind, Match
from faq.matching.wishes import squeezed
from handlers.model.actions import Say, ToTicket
from handlers.model.buttons import Button, Withdraw
from handlers.model.conversation import Conversation, stepped
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.model.tickets import Status
from handlers.resident import facilities, own_data
from handlers.resident.answering import missed, want_person
from handlers.resident.follow_up import was_offered
from handlers.resident.menus import menu, menu_and_person, show_menu, spoken
from handlers.resident.showing import answer_buttons, offer, show_all, show_entry
from handlers.wording import desk
from handlers.wording import resident as words
from handlers.wording import talk as about_talk
from handlers.wording.resident import say

_CHOICES: Final = {
    Wish.CHOOSE_1: (1,),
    Wish.CHOOSE_2: (2,),
    Wish.CHOOSE_3: (3,),
    Wish.CHOOSE_ALL: (),
}
_WITH_A_PERSON: Final = frozenset({Wish.MENU, Wish.STATUS, Wish.WITHDRAW, Wish.FORGET_NUMBER})
"""Wishes that the bot fulfils although a person has the case; all others are words for that person."""
_ONE: Final = r"(?:no|number|option|choice|第|選|选|我選|我选)?([1-4一二三四])(?:番目?|つ目|つめ|個目?|ばんめ?|号|號|个|個|번째?|st|nd|rd)?"
_JOIN: Final = r"(?:と|、|,|and|&|\+|和|跟|与|與|同|이랑|랑|하고|과|와)?"
_NUMBERS: Final = re.compile(
    rf"{_ONE}{_JOIN}{_ONE}(?:{_JOIN}{_ONE})?(?:を|で|が|に|お願いします|です|both|両方|都要|요|please)?"
)
_DIGITS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}
_BOTH: Final = re.compile(r"両方|りょうほう|どちらも|どっちも|[2二ふた]つとも|both|two|[两兩]|둘|두")
_HAS_NUMBER: Final = re.compile(r"\d{4}|\d[\d\- ]{5,}\d")


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish that makes sense in its talk; ``chosen`` are the numbers of offers, all of them where it is empty."""

    wish: Wish
    chosen: tuple[int, ...] = ()

    @property
    def action(self) -> str:
        """Its name for people who test the bot: ``repeat``, ``language:en``, ``choose:2``, ``choose:both`` …"""
        if (language := self.wish.language) is not None:
            return f"language:{language.value}"
        if self.wish in _CHOICES:
            single = len(self.chosen) == 1 or self.chosen not in ((), (1, 2))
            return f"choose:{','.join(map(str, self.chosen)) if single else 'both'}"
        return self.wish.value


def understood(talk: Conversation, text: str, snapshot: Snapshot, knowledge: KnowledgeBase) -> Wished | None:
    """The wish that a whole message is, if there is something in the talk that it can be about."""
    numbers = _numbers(text) if talk.offered else ()
    wish = Wish.CHOOSE_ALL if numbers else _said(text, knowledge)
    if wish is None or not _makes_sense(wish, talk, snapshot, knowledge):
        return None
    both = (1, 2) if wish is Wish.CHOOSE_ALL and _BOTH.search(squeezed(text)) else ()
    chosen = numbers or both or _CHOICES.get(wish, ())
    if chosen and max(chosen) > len(talk.offered):
        return None
    return Wished(wish, chosen)


def _said(text: str, knowledge: KnowledgeBase) -> Wish | None:
    """The wish in a message, unless it only begins or ends like one: 「英語で話したら、出て行けと言われた」."""
    found = knowledge.wish_in(text)
    if found is None or found.is_whole:
        return None if found is None else found.wish
    return found.wish if knowledge.complaint_in(text) < Complaint.LIKELY else None


def _numbers(text: str) -> tuple[int, ...]:
    found = _NUMBERS.fullmatch(squeezed(text))
    if found is None:
        return ()
    return tuple(sorted({_DIGITS.get(one) or int(one) for one in found.groups() if one}))


def _makes_sense(wish: Wish, talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase) -> bool:
    ticket = snapshot.active
    if ticket is not None and ticket.status is Status.CLAIMED and wish not in _WITH_A_PERSON:
        return wish.language is not None
    if ticket is not None and ticket.no_reply and wish is Wish.STATUS:
        return False  # words that want a reply after all
    is_offer = was_offered(talk)
    if wish.language is not None:
        return wish.language in knowledge.profile.languages
    if wish in _CHOICES:
        return bool(talk.offered)
    match wish:
        case Wish.REPEAT | Wish.BACK | Wish.NOT_RESOLVED:
            return bool(talk.given) or is_offer
        case Wish.SHORTER | Wish.RESOLVED:
            return bool(talk.given) and not is_offer and snapshot.settling is None
        case Wish.YES | Wish.NO:
            return (is_offer or bool(talk.given)) and snapshot.settling is None
        case Wish.NO_FACILITY:
            return talk.path[-1:] == (facilities.ASKED,)
        case _:
            return True


def fulfilled(
    wished: Wished, talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    """What the resident gets for a wish."""
    language, wish = talk.language, wished.wish
    if wish.language is not None:
        talk = replace(talk, language=wish.language, language_chosen=True)
        if talk.given and not was_offered(talk):
            return show_entry(talk, talk.given[-1].entry, snapshot, knowledge, "repeat")
        if talk.offered and was_offered(talk):
            return _offered_again(talk, snapshot, knowledge, say(words.OFFER, talk.language))
        return spoken(
            talk, say(words.LANGUAGE_SET, talk.language), menu(knowledge, talk.language), "language"
        )
    if wish in _CHOICES:
        numbers = wished.chosen or range(1, len(talk.offered) + 1)
        chosen = [talk.offered[number - 1] for number in numbers]
        if len(chosen) == 1:
            return show_entry(talk, chosen[0], snapshot, knowledge, "offered")
        return show_all(talk, chosen, snapshot, knowledge)
    match wish:
        case Wish.MENU:
            return show_menu(talk, knowledge)
        case Wish.PERSON:
            return want_person(talk, snapshot, knowledge, rules, "asked")
        case Wish.STATUS:
            return own_data.status(talk, snapshot, rules)
        case Wish.WITHDRAW:
            return _withdraw(talk, snapshot)
        case Wish.FORGET_NUMBER:
            return _numbers_gone(talk, snapshot)
        case Wish.SHORTER:
            return _shorter(talk, snapshot, knowledge)
        case Wish.YES if not was_offered(talk):
            return spoken(talk, say(words.SOLVED, language), (menu_and_person(language),), "yes")
        case Wish.RESOLVED | Wish.NOT_RESOLVED | Wish.NO if not was_offered(talk):
            return rated(talk, talk.given[-1].entry, talk.given[-1].version, int(wish is Wish.RESOLVED))
        case Wish.NO | Wish.NOT_RESOLVED:
            return missed(stepped(talk, "none"), rules, "none-of-these")
        case Wish.YES if len(talk.offered) == 1:
            return show_entry(talk, talk.offered[0], snapshot, knowledge, "offered")
        case Wish.YES:
            return _offered_again(talk, snapshot, knowledge, say(about_talk.WHICH_ONE, language))
        case Wish.NO_FACILITY:
            return facilities.picked(talk, "", snapshot, knowledge)
        case _:
            return _again(talk, snapshot, knowledge, is_back=wish is Wish.BACK)


def rated(talk: Conversation, entry: str, version: int, solved: int) -> Outcome:
    """解決した or 解決しない about an answer."""
    language = talk.language
    record = Record(talk.resident, "solved" if solved else "not-solved", "rated", entry, version)
    if solved:
        outcome = spoken(replace(talk, misses=0), say(words.SOLVED, language), (), "rated")
    else:
        talk = stepped(replace(talk, misses=talk.misses + 1), f"unsolved:{entry}")
        outcome = spoken(talk, say(words.NOT_SOLVED, language), (menu_and_person(language),), "rated")
    return replace(outcome, record=record)


def _again(talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, *, is_back: bool) -> Outcome:
    """The last thing shown once more, or the one before it."""
    is_offer = was_offered(talk)
    if talk.offered and is_offer is not is_back:
        return _offered_again(talk, snapshot, knowledge, say(words.OFFER, talk.language))
    shown = talk.given[:-1] if is_back and not is_offer else talk.given
    if not shown:
        return show_menu(talk, knowledge)
    return show_entry(talk, shown[-1].entry, snapshot, knowledge, "repeat")


def _offered_again(talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, heading: str) -> Outcome:
    matches = [Match(Kind.ENTRY, entry, 0.0) for entry in talk.offered if entry in knowledge.entries]
    if not matches:
        return show_menu(talk, knowledge)
    return offer(talk, matches, heading, "again", snapshot, knowledge)


def _shorter(talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """The first sentence of the last answer, with its line of evidence."""
    entry = talk.given[-1].entry
    answer = knowledge.answer(entry, talk.language, snapshot.now.date(), talk.facility)
    if answer is None:
        return show_entry(talk, entry, snapshot, knowledge, "repeat")
    text = f"{first_sentence(answer.core)}\n\n{answer.core.splitlines()[-1]}"
    return spoken(talk, text, answer_buttons(talk, answer, knowledge), "shorter")


def _withdraw(talk: Conversation, snapshot: Snapshot) -> Outcome:
    ticket = snapshot.active
    if ticket is None:
        text = say(about_talk.NOTHING_TO_WITHDRAW, talk.language)
        return spoken(talk, text, (menu_and_person(talk.language),), "nothing-to-withdraw")
    button = Button(say(words.BUTTON_WITHDRAW, talk.language), Withdraw(ticket.id))
    text = say(about_talk.ASK_WITHDRAW, talk.language, ticket=ticket.id)
    return spoken(talk, text, ((button,),), "ask-withdraw")


def _numbers_gone(talk: Conversation, snapshot: Snapshot) -> Outcome:
    """Messages with a number are forgotten here; what staff have is theirs to erase, and they are asked to."""
    kept = tuple(one for one in talk.said if not _HAS_NUMBER.search(one.text))
    has_some = len(kept) < len(talk.said) or bool(_HAS_NUMBER.search(talk.question))
    question = "" if _HAS_NUMBER.search(talk.question) else talk.question
    told = about_talk.NUMBER_GONE if has_some else about_talk.NO_NUMBER
    lines = [say(told, talk.language)]
    if snapshot.active is not None:
        lines.append(say(about_talk.STAFF_STILL_HAVE, talk.language, ticket=snapshot.active.id))
    outcome = spoken(replace(talk, said=kept, question=question), "\n".join(lines), (), "number-gone")
    if snapshot.active is None:
        return outcome
    told_staff = Say(ToTicket(snapshot.active.id), desk.WANTS_NUMBER_GONE.format(ticket=snapshot.active.id))
    return replace(outcome, actions=(*outcome.actions, told_staff))
