"""What residents send that is not text: copied to the person who has the case, never where it could do harm."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from faq.knowledge import KnowledgeBase
from handlers import complaints, danger, handoff, receipts
from handlers.actions import Relay, ToTicket
from handlers.conversation import Conversation
from handlers.events import Asked, SentMedia
from handlers.menus import menu_and_person, spoken
from handlers.notices import notice_of
from handlers.resident import conversation_of, on_asked
from handlers.rules import Rules
from handlers.snapshot import Outcome, Snapshot
from handlers.staff_replies import RELAYED
from handlers.tickets import Ticket
from handlers.wording import desk
from handlers.wording import resident as words
from handlers.wording.resident import say

_PICTURES: Final = frozenset({"photo", "document", "video", "animation", "video_note"})
_IDENTITY: Final = re.compile(
    r"本人確認|免許|マイナンバー|個人番号|在留カード|パスポート|旅券|保険証|住民票|身分証|証明書|顔写真"
    r"|passport|licen[cs]e|residence card|identity|id card|my number|身份证|身分證|护照|護照|신분증|여권|면허증",
    re.IGNORECASE,
)
_EKYC_TOPIC: Final = "ekyc"


def on_media(event: SentMedia, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """With a ticket it goes to staff as a copy; without one it is not taken, and its caption is answered."""
    talk = conversation_of(event, snapshot)
    ticket = receipts.of_ticket(snapshot)
    caption = event.caption.strip()
    if caption and (reply := knowledge.danger_in(caption)):
        outcome = danger.answered(talk, caption, reply, snapshot, knowledge)
        return handoff.with_notice_below(
            _with_copy(outcome, ticket, event), *notice_of(event.withheld, talk.language)
        )
    if event.kind in _PICTURES and _shows_identity(event, talk, ticket, knowledge):
        return _refused(event, talk, ticket)
    if ticket is not None and event.kind in RELAYED and event.place:
        if complaints.is_for_ward(caption, ticket, knowledge, rules):
            outcome = complaints.to_ward(talk, ticket, (caption,), snapshot)
            return handoff.with_notice(
                _with_copy(outcome, ticket, event), *notice_of(event.withheld, talk.language)
            )
        relayed = handoff.relay_media(talk, ticket, event, snapshot)
        return handoff.with_notice(relayed, *notice_of(event.withheld, talk.language))
    notice = say(words.CANNOT_READ, talk.language)
    if event.caption.strip():
        asked = Asked(id=event.id, resident=event.resident, language=event.language, text=event.caption,
                      withheld=event.withheld, place=event.place, quoted=event.quoted)  # fmt: skip
        return handoff.with_notice(on_asked(asked, snapshot, knowledge, rules), notice, ())
    outcome = spoken(talk, notice, (menu_and_person(talk.language),), f"media:{event.kind}")
    return _mentioned(outcome, ticket, event, desk.MEDIA)


def _with_copy(outcome: Outcome, ticket: Ticket | None, event: SentMedia) -> Outcome:
    """The file after the words that came with it, where staff have the case."""
    if ticket is None or event.kind not in RELAYED or not event.place:
        return outcome
    copy = Relay(ToTicket(ticket.id), event.place, event.album, is_bare=True)
    return replace(outcome, actions=(*outcome.actions, copy))


def _shows_identity(
    event: SentMedia, talk: Conversation, ticket: Ticket | None, knowledge: KnowledgeBase
) -> bool:
    """By the caption, or because the talk is about the online identity check."""
    if _IDENTITY.search(event.caption):
        return True
    seen = {given.entry for given in talk.given[-2:]}
    if ticket is not None:
        seen |= {shown.partition(" ")[0] for shown in (*ticket.top[:1], *ticket.given[-2:])}
    return any(knowledge.topics.get(entry) == _EKYC_TOPIC for entry in seen)


def _refused(event: SentMedia, talk: Conversation, ticket: Ticket | None) -> Outcome:
    text = say(words.NO_IDENTITY_PHOTO, talk.language)
    outcome = spoken(talk, text, (menu_and_person(talk.language),), "media:identity")
    return _mentioned(outcome, ticket, event, desk.IDENTITY)


def _mentioned(outcome: Outcome, ticket: Ticket | None, event: SentMedia, why: str) -> Outcome:
    return handoff.mention_media(outcome, ticket, event.kind, why) if ticket is not None else outcome
