"""Who may read a resident's words: where there is a ward's desk, complaints about people or a facility go only
there.

Where it is not certain, one question comes before anything is sent; without a ward's desk, the question of
``facility_reads``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from faq.content.profile import Profile
from faq.knowledge import KnowledgeBase
from faq.matching.match import Complaint, Kind
from faq.matching.normalize import fold, to_hiragana
from handlers import cards
from handlers.cards import edited_card
from handlers.decision import COMPLAINT, is_complaint
from handlers.model import tickets
from handlers.model.actions import Action, Buttons, Relay, Say, ToResident, ToTicket
from handlers.model.buttons import Button, ForWard, KeepAnonymous
from handlers.model.conversation import Conversation, Piece, Went
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Message, Outcome, Record, Snapshot
from handlers.model.tickets import Desk, Refusal, Status, Step, Ticket
from handlers.resident import facility_reads, handoff, holding, receipts, said
from handlers.resident.reading import SEARCHED
from handlers.resident.short import meaning_of
from handlers.wording import desk, unsent
from handlers.wording import signals as words
from handlers.wording.marked import with_quote
from handlers.wording.resident import say

ASKED: Final = "ward-asked"
"""Reason of an outcome that asks the question."""
ANONYMOUS: Final = "匿名希望"
_LIKELY: Final = 0.5
_MAY_BE_ONE: Final = 0.1
"""Probability from which an entry on complaints may be meant, where only a button sends anything."""
_NAMES_IT: Final = re.compile(r"苦情|くじょう|complaint|投诉|投訴|불만", re.IGNORECASE)
_YES: Final = (
    "はい", "ええ", "うん", "そう", "そうです", "苦情", "苦情です", "くじょうです", "はい 苦情です", "施設への苦情です", "yes", "yep",
    "是", "是的", "对", "對", "네", "예", "맞아요",
)  # fmt: skip
_NO: Final = (
    "いいえ", "いえ", "いや", "ちがう", "ちがいます", "違います", "苦情ではない", "苦情ではありません", "苦情じゃない", "苦情じゃないです",
    "no", "nope", "not a complaint", "不是", "不", "아니요", "아니오", "아뇨",
)  # fmt: skip


def level(talk: Conversation, knowledge: KnowledgeBase, likeliest_from: float = 0.0) -> Complaint:
    """How surely anything the resident wrote is a complaint, or whether they opened an entry on complaints.

    ``likeliest_from``: without fitted detectors, the least probability of the likeliest entry.
    """
    heard = [heard_in(text, knowledge) for text in said.in_order(talk)]
    if not knowledge.hearing.has_ears:
        heard.append(_by_likeliest(talk.question, knowledge, likeliest_from))
    seen = [is_complaint(given.entry, knowledge) for given in talk.given]
    chosen = Complaint.SURE if seen[-1:] == [True] else Complaint.POSSIBLE if any(seen) else Complaint.NO
    return max([*heard, chosen])


def heard_in(text: str, knowledge: KnowledgeBase) -> Complaint:
    """How surely one text is a complaint; a wish for a person or an action alone, まだ, 解決した and thanks are none."""
    if not text:
        return Complaint.NO
    found = knowledge.complaint_in(text)
    if Complaint.NO < found < Complaint.SURE and (
        meaning_of(text) or knowledge.is_wish_alone(text) or _wants_person(text, knowledge)
    ):
        return Complaint.NO
    return found


def _by_likeliest(question: str, knowledge: KnowledgeBase, at_least: float) -> Complaint:
    """Fallback for an FAQ without fitted detectors."""
    likely = [
        m for m in knowledge.search(question[:SEARCHED]).matches if m.kind is Kind.ENTRY and not m.blocked
    ]
    is_one = bool(likely) and likely[0].score >= at_least and is_complaint(likely[0].id, knowledge)
    return Complaint.SURE if is_one else Complaint.NO


def _wants_person(text: str, knowledge: KnowledgeBase) -> bool:
    """Whether a text is only the wish for a person."""
    found = knowledge.search(text[:SEARCHED])
    best = found.matches[0] if found.matches else None
    likely = best is not None and best.id == found.person and best.score >= _LIKELY
    return bool(found.person) and (found.reply == found.person or likely)


def open_or_ask(
    talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules, reason: str
) -> Outcome:
    """A ticket at the right desk; where the desk is not certain, the question first."""
    likeliest_from = 0.0 if rules.has_ward_desk else _MAY_BE_ONE
    found = Complaint.SURE if reason == COMPLAINT else level(talk, knowledge, likeliest_from)
    if not rules.has_ward_desk:
        if facility_reads.is_needed(found, talk, knowledge):
            return facility_reads.ask(talk, 0, snapshot, knowledge)
        return handoff.open_ticket(talk, snapshot, knowledge, rules, reason)
    if found is Complaint.SURE:
        return _told(handoff.open_ticket(talk, snapshot, knowledge, rules, COMPLAINT), knowledge.profile)
    if found is Complaint.NO:
        return handoff.open_ticket(talk, snapshot, knowledge, rules, reason)
    return ask(talk, 0, snapshot.now, knowledge.profile)


def on_added(
    talk: Conversation,
    piece: Piece,
    ticket: Ticket,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
    *,
    is_answered: bool = False,
    title: str = "",
) -> Outcome | None:
    """A message for a ticket of the facility's desk: an outcome where that desk must not see it as it is; otherwise
    ``None``.

    ``is_answered``: the FAQ knows the answer. ``title`` is the name of a file.
    """
    if ticket.desk is not Desk.FACILITY:
        return None
    found = max(heard_in(text, knowledge) for text in (piece.text, title))
    if not rules.has_ward_desk:
        return facility_reads.on_added(
            talk, piece, ticket, found, snapshot, knowledge, is_answered=is_answered
        )
    if found is Complaint.SURE or len(holding.waiting(talk)) >= holding.AT_MOST:
        return to_ward(talk, ticket, (piece,), snapshot, knowledge.profile)
    if found is Complaint.NO and not holding.goes_on(talk, piece, snapshot.now, is_answered=is_answered):
        return None
    outcome = ask(holding.with_piece(talk, ticket.id, piece), ticket.id, snapshot.now, knowledge.profile)
    return handoff.with_notice(outcome, say(unsent.FILE_WAITS, talk.language), ()) if piece.kind else outcome


def is_for_ward(text: str, ticket: Ticket, knowledge: KnowledgeBase, rules: Rules) -> bool:
    """Whether a message for a facility's ticket goes to the ward without a question: a danger that may be a
    complaint, too.
    """
    if not rules.has_ward_desk or ticket.desk is not Desk.FACILITY or not text:
        return False
    return heard_in(text, knowledge) is not Complaint.NO


def answered(talk: Conversation, text: str) -> bool | None:
    """はい (true) or いいえ (false) in words to the question; ``None`` where it was not asked or the text is
    neither.

    A bare はい counts where the question was the last step; a word that names the complaint counts while anything
    waits.
    """
    if holding.pending(talk) is None:
        return None
    return _answer(text) if holding.is_asked(talk) or _NAMES_IT.search(text) else None


def to_ward(
    talk: Conversation, ticket: Ticket, texts: tuple[str | Piece, ...], snapshot: Snapshot, town: Profile
) -> Outcome:
    """Move the ticket to the ward's desk with these words and those that waited; the facility sees none of them."""
    step = {Status.CLAIMED: Step.RELEASE, Status.RESOLVED: Step.REOPEN}.get(ticket.status)
    moved = tickets.move(ticket, step, snapshot.now) if step is not None else ticket
    if isinstance(moved, Refusal):
        raise AssertionError(moved)
    moved = replace(tickets.heard(moved, snapshot.now), desk=Desk.WARD, reason=COMPLAINT)
    text = f"{say(words.MOVED_TO_WARD, talk.language, town, ticket=ticket.id)}\n{say(words.AT_WARD, talk.language, town)}"
    new = tuple(one if isinstance(one, Piece) else Piece(one, snapshot.now) for one in texts)
    pieces = (*holding.waiting(talk), *new)
    return Outcome(
        conversation=holding.done(holding.unasked(talk), Went.WARD, moved.id),
        tickets=(moved,),
        messages=messages_of(moved, pieces),
        actions=(
            Say(ToResident(talk.resident), text, _anonymous(moved, talk)),
            *cards.moved(ticket, moved, snapshot.now, town),
            *shown_at(moved, pieces),
        ),
        record=Record(talk.resident, "relayed", COMPLAINT),
    )


def messages_of(ticket: Ticket, pieces: tuple[Piece, ...]) -> tuple[Message, ...]:
    """Pieces that waited, as messages of a ticket's story."""
    return tuple(
        Message(ticket.id, Author.RESIDENT, written(piece), piece.name, piece.place, piece.quoted)
        for piece in pieces
    )


def written(piece: Piece) -> str:
    """The text of a piece."""
    return f"({piece.kind}) {piece.text}".strip() if piece.kind else piece.text


def shown_at(ticket: Ticket, pieces: tuple[Piece, ...]) -> tuple[Action, ...]:
    """Pieces that waited, for the desk: the words with what they reply to, and a copy of each file."""
    shown: list[Action] = []
    album = ""
    for piece in pieces:
        if not piece.kind:
            line = (
                desk.edited(ticket.id, piece.text) if piece.name else receipts.added(ticket, piece.text).text
            )
            shown.append(Say(ToTicket(ticket.id), with_quote(line, piece.quoted), origin=piece.place))
            continue
        if not piece.album or piece.album != album or piece.text:
            line = with_quote(desk.attached(ticket.id, piece.kind, piece.text), piece.quoted)
            shown.append(Say(ToTicket(ticket.id), line, origin=piece.place))
        album = piece.album
        shown.append(Relay(ToTicket(ticket.id), piece.place, album, is_bare=True, origin=piece.place))
    return tuple(shown)


def keep_anonymous(talk: Conversation, snapshot: Snapshot, town: Profile) -> Outcome | None:
    """名前を出さない: add a tag to the ticket and tell the desk; ``None`` where the resident has no such ticket."""
    ticket = snapshot.ticket
    if ticket is None or ticket.resident != talk.resident or ticket.status is Status.CLOSED:
        return None
    kept = tickets.tagged(ticket, [ANONYMOUS], by=ticket.desk)
    outcome = handoff.spoken_of(
        talk, say(words.ANONYMOUS_KEPT, talk.language, town, ticket=ticket.id), (), "anonymous"
    )
    shown = Say(ToTicket(ticket.id), desk.ANONYMOUS.format(ticket=ticket.id))
    return replace(
        outcome, tickets=(kept,), actions=(*outcome.actions, edited_card(kept, snapshot.now), shown)
    )


def ask(talk: Conversation, ticket: int, now: datetime, town: Profile) -> Outcome:
    """Ask whether it is a complaint; ``ticket`` is the number of its ticket, 0 where there is none yet."""
    asked = holding.asked(holding.begun(talk, ticket, now))
    text = say(words.ASK_WARD, talk.language, town, minutes=int(holding.WAITS_FOR / timedelta(minutes=1)))
    return handoff.spoken_of(asked, text, choices(asked, town), ASKED)


def choices(talk: Conversation, town: Profile) -> Buttons:
    """The choices for what waits: to the ward, to the desk that has the ticket, to nobody."""
    held, language = holding.pending(talk), talk.language
    if held is None:
        return ()
    labels = ((words.WARD_YES, 1), (words.WARD_NO, 0), (unsent.WARD_NEVER, 2))
    return tuple(
        (Button(say(label, language, town), ForWard(held.ticket, choice, held.question)),)
        for label, choice in labels
    )


def _told(outcome: Outcome, town: Profile) -> Outcome:
    """The handoff's outcome, with a line about who reads it."""
    talk, ticket = outcome.conversation, outcome.tickets[-1]
    if talk is None:
        raise AssertionError("a ticket without its talk")
    return receipts.below(outcome, say(words.AT_WARD, talk.language, town), _anonymous(ticket, talk))


def _anonymous(ticket: Ticket, talk: Conversation) -> Buttons:
    return ((Button(say(words.BUTTON_ANONYMOUS, talk.language), KeepAnonymous(ticket.id)),),)


def _answer(text: str) -> bool | None:
    spoken = to_hiragana(fold(text))
    for words_said, is_yes in ((_YES, True), (_NO, False)):
        if spoken in {to_hiragana(fold(word)) for word in words_said}:
            return is_yes
    return None
