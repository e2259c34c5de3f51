"""Without a ward's desk, the facility's staff may read a complaint: the resident is told so first, and decides.

Nothing is sent without their decision, however long it takes. A danger is never held for the question.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Complaint
from faq.matching.normalize import fold, to_hiragana
from handlers.decision import DANGER, NO_DANGER, is_complaint
from handlers.model.actions import Buttons
from handlers.model.buttons import Button, LetFacilityRead
from handlers.model.conversation import Conversation, Held, Piece, Went
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Ticket
from handlers.resident import handoff, holding, said
from handlers.wording import facility_reads as words
from handlers.wording import unsent
from handlers.wording.marked import short
from handlers.wording.resident import say

ASKED: Final = "facility-asked"
"""Reason of an outcome that asks the question."""
_ASKED_FROM: Final = Complaint.LIKELY
"""Least certainty for the question: without an encoder every second question would count as a possible complaint."""
_NAMED_AT_MOST: Final = 24
_SEND: Final = (
    "送る", "送って", "送ってください", "送ります", "おくる", "send", "send it", "发送", "發送", "送出", "보내기", "보내 주세요",
)  # fmt: skip
_NEVER: Final = (
    "送らない", "送らないで", "送らないでください", "おくらない", "don't send", "do not send", "don't send it",
    "do not send it", "不发送", "不發送", "不送出", "보내지 않기", "보내지 마세요",
)  # fmt: skip
_YES: Final = ("はい", "ええ", "うん", "いいです", "yes", "yep", "ok", "是", "是的", "好", "네", "예")
_NO: Final = (
    "いいえ",
    "いえ",
    "いや",
    "やめる",
    "やめます",
    "no",
    "nope",
    "不",
    "不要",
    "아니요",
    "아니오",
    "아뇨",
)


def is_needed(found: Complaint, talk: Conversation, knowledge: KnowledgeBase) -> bool:
    """Whether the question comes before a ticket: for a likely complaint, and never where somebody is in danger.

    It also comes for a resident who has read an entry on complaints.
    """
    has_read = any(is_complaint(given.entry, knowledge) for given in talk.given)
    return (found >= _ASKED_FROM or has_read) and not _is_in_danger(talk, knowledge)


def on_added(
    talk: Conversation,
    piece: Piece,
    ticket: Ticket,
    found: Complaint,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    *,
    is_answered: bool,
) -> Outcome | None:
    """A message for a ticket: the question where it is likely a complaint; ``None`` where it is sent as it is.

    After the resident has let staff read a complaint, further words for the same ticket are sent without the
    question.
    """
    if _is_allowed(talk, ticket):
        return None
    if found < _ASKED_FROM and not holding.goes_on(talk, piece, snapshot.now, is_answered=is_answered):
        return None
    if len(holding.waiting(talk)) >= holding.AT_MOST:
        asked = ask(talk, ticket.id, snapshot, knowledge)
        return handoff.with_notice(asked, say(words.TOO_MUCH, talk.language), ())
    held = holding.with_piece(talk, ticket.id, piece, for_facility=True)
    asked = ask(held, ticket.id, snapshot, knowledge)
    return handoff.with_notice(asked, say(words.FILE_WAITS, talk.language), ()) if piece.kind else asked


def ask(talk: Conversation, ticket: int, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Ask whether to send it, and say who reads it and where else to complain; ``ticket`` is 0 where there is none yet."""
    asked = holding.asked(holding.begun(talk, ticket, snapshot.now, for_facility=True))
    ward = _ward_window(knowledge, talk.language, snapshot.now)
    text = say(words.ASK, talk.language, minutes=_minutes(), ward=f"\n\n{ward}" if ward else "")
    return handoff.spoken_of(asked, text, choices(asked), ASKED)


def choices(talk: Conversation) -> Buttons:
    """送る and 送らない."""
    held, language = talk.held, talk.language
    if held is None:
        return ()
    labels = ((words.SEND, 1), (unsent.WARD_NEVER, 0))
    return (
        tuple(
            Button(say(label, language), LetFacilityRead(held.ticket, yes, held.question))
            for label, yes in labels
        ),
    )


def answered(talk: Conversation, text: str, ticket: Ticket | None) -> bool | None:
    """送る or 送らない in words, while anything waits. はい or いいえ only where neither resident nor staff have
    written since the question, because it might answer them.
    """
    spoken = to_hiragana(fold(text))
    lists = [(_SEND, True), (_NEVER, False)]
    held = talk.held
    is_last = held is not None and (ticket is None or ticket.touched_at <= held.since)
    if is_last and holding.is_asked(talk):
        lists += [(_YES, True), (_NO, False)]
    return next((yes for told, yes in lists if spoken in {to_hiragana(fold(one)) for one in told}), None)


def again(talk: Conversation) -> Conversation | None:
    """The talk in which words that time has decided about wait again, for a button pressed after all."""
    held = talk.held
    if held is None or held.went is not Went.UNANSWERED:
        return None
    return replace(talk, held=replace(held, went=Went.WAITS))


def unwanted(talk: Conversation, held: Held, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """送らない: nobody gets it, now or with a later ticket; say where else to complain.

    Words about a danger are kept for a person who is asked later.
    """
    talk = holding.done(talk, Went.NOBODY, held.ticket)
    if not held.ticket:
        kept = tuple(one for one in talk.said if knowledge.danger_in(one.text))
        talk = replace(talk, said=kept, question="\n".join(one.text for one in kept), given=(), misses=0)
    ward = _ward_window(knowledge, talk.language, snapshot.now)
    text = "\n\n".join(part for part in (say(unsent.DROPPED, talk.language), ward) if part)
    return handoff.spoken_of(talk, text, (), "unsent-dropped")


def unanswered(talk: Conversation, held: Held, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """The resident has not decided in time: nothing is sent. They are told so, and can still send it."""
    talk = holding.begun(talk, held.ticket, held.since, for_facility=True)
    named = newest(talk)
    talk = holding.lapsed(holding.unasked(talk))
    ward = _ward_window(knowledge, talk.language, snapshot.now)
    told = say(words.UNANSWERED, talk.language, named=named)
    text = "\n\n".join(part for part in (told, ward) if part)
    return handoff.spoken_of(talk, text, choices(talk), "unsent-unanswered")


def reminder(talk: Conversation) -> tuple[str, Buttons]:
    """A reminder that something waits, with the choices."""
    text = say(words.STILL_UNSENT, talk.language, named=newest(talk), minutes=_minutes())
    return text, choices(talk)


def newest(talk: Conversation) -> str:
    """The newest of the waiting words, shortened."""
    pieces = holding.waiting(talk)
    last = pieces[-1].text if pieces else said.in_order(talk)[-1]
    return short(last, _NAMED_AT_MOST) if last else say(unsent.FILE_NAMED, talk.language)


def _is_allowed(talk: Conversation, ticket: Ticket) -> bool:
    held = talk.held
    if held is None or not held.for_facility:
        return False
    return held.went is Went.FACILITY and held.ticket == ticket.id


def _is_in_danger(talk: Conversation, knowledge: KnowledgeBase) -> bool:
    """Whether words for the ticket are about a danger that nobody has ended since."""
    for step in reversed(talk.path):
        if step == NO_DANGER:
            return False
        if step.partition(":")[0] == DANGER:
            break
    return any(knowledge.danger_in(text) for text in said.in_order(talk))


def _ward_window(knowledge: KnowledgeBase, language: Language, now: datetime) -> str:
    """The ward's window for complaints from the FAQ; empty where the FAQ has none."""
    window = knowledge.window_for(knowledge.profile.complaint_purposes[0], language, now.date())
    return say(words.WARD_WINDOW, language, knowledge.profile, window=window) if window else ""


def _minutes() -> int:
    return int(holding.WAITS_FOR / timedelta(minutes=1))
