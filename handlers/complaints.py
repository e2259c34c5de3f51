"""Who may read a resident's words: complaints about people or a facility are the ward's alone, wherever there is a ward's desk.

Where it is not sure, one question is asked before anything is sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.match import Complaint, Kind
from faq.normalize import fold, to_hiragana
from handlers import cards, handoff, receipts, said, tickets
from handlers.actions import Action, Buttons, Say, ToResident, ToTicket
from handlers.buttons import Button, ForWard, KeepAnonymous
from handlers.cards import edited_card
from handlers.conversation import Conversation, stepped
from handlers.reading import SEARCHED
from handlers.reply_check import is_complaint
from handlers.rules import COMPLAINT, PERSON_REPLY, Rules
from handlers.short import meaning_of
from handlers.snapshot import Author, Message, Outcome, Record, Snapshot
from handlers.tickets import Desk, Refusal, Status, Step, Ticket
from handlers.wording import desk
from handlers.wording import signals as words
from handlers.wording.resident import say

ASKED_WARD: Final = "ward?"
"""The step of a talk in which the resident has been asked; what they wrote is not sent yet."""
ANONYMOUS: Final = "匿名希望"
_LIKELY: Final = 0.5
_YES: Final = (
    "はい", "ええ", "うん", "そう", "そうです", "苦情", "苦情です", "くじょうです", "はい 苦情です", "施設への苦情です", "yes", "yep",
    "是", "是的", "对", "對", "네", "예", "맞아요",
)  # fmt: skip
_NO: Final = (
    "いいえ", "いえ", "いや", "ちがう", "ちがいます", "違います", "苦情ではない", "苦情ではありません", "苦情じゃない", "苦情じゃないです",
    "no", "nope", "not a complaint", "不是", "不", "아니요", "아니오", "아뇨",
)  # fmt: skip


def level(talk: Conversation, knowledge: KnowledgeBase) -> Complaint:
    """How surely anything the resident has written complains, or they have gone for the entries on complaints."""
    heard = [heard_in(text, knowledge) for text in said.in_order(talk)]
    if not knowledge.hearing.has_ears:
        heard.append(_by_likeliest(talk.question, knowledge))
    seen = [is_complaint(given.entry, knowledge) for given in talk.given]
    chosen = Complaint.SURE if seen[-1:] == [True] else Complaint.POSSIBLE if any(seen) else Complaint.NO
    return max([*heard, chosen])


def heard_in(text: str, knowledge: KnowledgeBase) -> Complaint:
    """How surely one text complains; the wish for a person alone is none, nor is まだ, 解決した or thanks."""
    found = knowledge.hearing.hear(text).complaint
    if Complaint.NO < found < Complaint.SURE and (meaning_of(text) or _wants_person(text, knowledge)):
        return Complaint.NO
    return found


def _by_likeliest(question: str, knowledge: KnowledgeBase) -> Complaint:
    """For an FAQ whose detectors were never fitted."""
    likely = [
        m.id for m in knowledge.search(question[:SEARCHED]).matches if m.kind is Kind.ENTRY and not m.blocked
    ]
    return Complaint.SURE if likely and is_complaint(likely[0], knowledge) else Complaint.NO


def _wants_person(text: str, knowledge: KnowledgeBase) -> bool:
    """Whether a text is the wish for a person and nothing else."""
    found = knowledge.search(text[:SEARCHED])
    best = found.matches[0] if found.matches else None
    likely = best is not None and best.id == PERSON_REPLY and best.score >= _LIKELY
    return found.reply == PERSON_REPLY or likely


def open_or_ask(
    talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules, reason: str
) -> Outcome:
    """A ticket at the desk it belongs to; or, where that is not sure, the question first."""
    if not rules.has_ward_desk:
        return handoff.open_ticket(talk, snapshot, knowledge, rules, reason)
    found = Complaint.SURE if reason == COMPLAINT else level(talk, knowledge)
    if found is Complaint.SURE:
        return _told(handoff.open_ticket(talk, snapshot, knowledge, rules, COMPLAINT))
    if found is Complaint.NO:
        return handoff.open_ticket(talk, snapshot, knowledge, rules, reason)
    return ask(talk, 0)


def on_added(
    talk: Conversation, text: str, ticket: Ticket, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome | None:
    """Words for a ticket of the facility's: the outcome where it is not to see them as they are; otherwise ``None``."""
    if not rules.has_ward_desk or ticket.desk is not Desk.FACILITY:
        return None
    if is_asked(talk):
        answer = _answer(text)
        if answer is True:
            return to_ward(talk, ticket, waiting(talk), snapshot)
        return None if answer is False else ask(said.heard(talk, text, snapshot.now), ticket.id)
    found = heard_in(text, knowledge)
    if found is Complaint.NO:
        return None
    if found is Complaint.SURE:
        return to_ward(talk, ticket, (text,), snapshot)
    return ask(said.heard(replace(talk, said=()), text, snapshot.now), ticket.id)


def is_for_ward(text: str, ticket: Ticket, knowledge: KnowledgeBase, rules: Rules) -> bool:
    """Whether what comes for a facility's ticket is better sent to the ward, unasked: a file with such a caption, or a danger."""
    if not rules.has_ward_desk or ticket.desk is not Desk.FACILITY or not text:
        return False
    return heard_in(text, knowledge) is not Complaint.NO


def answered(talk: Conversation, text: str) -> bool | None:
    """はい or いいえ in words to the question whether it is a complaint; ``None`` where nothing of the kind was asked or said."""
    return _answer(text) if is_asked(talk) else None


def is_asked(talk: Conversation) -> bool:
    """Whether the question waits for an answer."""
    return talk.path[-1:] == (ASKED_WARD,)


def is_held(talk: Conversation, ticket: Ticket, rules: Rules) -> bool:
    """Whether nothing goes to the facility's desk before the resident has answered the question."""
    return is_asked(talk) and rules.has_ward_desk and ticket.desk is Desk.FACILITY


def waiting(talk: Conversation) -> tuple[str, ...]:
    """What the resident has written and nobody has seen yet."""
    return tuple(one.text for one in talk.said if one.text != said.LEFT_OUT)


def unasked(talk: Conversation) -> Conversation:
    """The talk with the question answered."""
    return replace(talk, path=tuple(step for step in talk.path if step != ASKED_WARD))


def to_ward(talk: Conversation, ticket: Ticket, texts: tuple[str, ...], snapshot: Snapshot) -> Outcome:
    """The ticket goes to the ward's desk with these words; the facility sees none of them."""
    step = {Status.CLAIMED: Step.RELEASE, Status.RESOLVED: Step.REOPEN}.get(ticket.status)
    moved = tickets.move(ticket, step, snapshot.now) if step is not None else ticket
    if isinstance(moved, Refusal):
        raise AssertionError(moved)
    moved = replace(tickets.heard(moved, snapshot.now), desk=Desk.WARD, reason=COMPLAINT)
    text = f"{say(words.MOVED_TO_WARD, talk.language, ticket=ticket.id)}\n{say(words.AT_WARD, talk.language)}"
    shown: tuple[Action, ...] = (
        *cards.moved(ticket, moved, snapshot.now),
        *(Say(ToTicket(moved.id), desk.added(moved.id, line)) for line in texts),
    )
    return Outcome(
        conversation=replace(unasked(talk), said=()),
        tickets=(moved,),
        messages=tuple(Message(moved.id, Author.RESIDENT, line) for line in texts),
        actions=(Say(ToResident(talk.resident), text, _anonymous(moved, talk)), *shown),
        record=Record(talk.resident, "relayed", COMPLAINT),
    )


def keep_anonymous(talk: Conversation, snapshot: Snapshot) -> Outcome | None:
    """名前を出さない: a tag on the ticket, and a word to the desk; ``None`` where there is no such ticket of theirs."""
    ticket = snapshot.ticket
    if ticket is None or ticket.resident != talk.resident or ticket.status is Status.CLOSED:
        return None
    kept = tickets.tagged(ticket, [ANONYMOUS], by=ticket.desk)
    outcome = handoff.spoken_of(
        talk, say(words.ANONYMOUS_KEPT, talk.language, ticket=ticket.id), (), "anonymous"
    )
    shown = Say(ToTicket(ticket.id), desk.ANONYMOUS.format(ticket=ticket.id))
    return replace(
        outcome, tickets=(kept,), actions=(*outcome.actions, edited_card(kept, snapshot.now), shown)
    )


def ask(talk: Conversation, ticket: int) -> Outcome:
    """Whether it is a complaint; ``ticket`` is the number of the case it is for, 0 where there is none yet."""
    language = talk.language
    buttons: Buttons = (
        (Button(say(words.WARD_YES, language), ForWard(ticket, 1)),),
        (Button(say(words.WARD_NO, language), ForWard(ticket, 0)),),
    )
    asked = stepped(unasked(talk), ASKED_WARD)
    return handoff.spoken_of(asked, say(words.ASK_WARD, language), buttons, "ward-asked")


def _told(outcome: Outcome) -> Outcome:
    """The handoff, with who reads it."""
    talk, ticket = outcome.conversation, outcome.tickets[-1]
    if talk is None:
        raise AssertionError("a ticket without its talk")
    return receipts.below(outcome, say(words.AT_WARD, talk.language), _anonymous(ticket, talk))


def _anonymous(ticket: Ticket, talk: Conversation) -> Buttons:
    return ((Button(say(words.BUTTON_ANONYMOUS, talk.language), KeepAnonymous(ticket.id)),),)


def _answer(text: str) -> bool | None:
    spoken = to_hiragana(fold(text))
    for words_said, is_yes in ((_YES, True), (_NO, False)):
        if spoken in {to_hiragana(fold(word)) for word in words_said}:
            return is_yes
    return None
