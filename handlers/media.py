"""Messages of residents that are not text: copied to the desk that has the case, except where a copy could do harm."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Final

from faq.knowledge import KnowledgeBase
from handlers.desk.replies import RELAYED
from handlers.model.actions import Relay, ToTicket
from handlers.model.conversation import STEPS, Conversation, Piece
from handlers.model.events import Asked, SentMedia
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Record, Snapshot
from handlers.model.tickets import Status, Ticket
from handlers.resident import complaints, danger, deciding, handoff, holding, receipts
from handlers.resident.menus import menu_and_person, spoken
from handlers.resident.messages import conversation_of, on_asked
from handlers.resident.notices import notice_of
from handlers.resident.short import Meaning, meaning_of
from handlers.wording import desk
from handlers.wording import media as kinds
from handlers.wording import resident as words
from handlers.wording.resident import say

_PICTURES: Final = frozenset({"photo", "document", "video", "animation", "video_note"})
_IDENTITY: Final = re.compile(
    r"本人確認|免許|マイナンバー|個人番号|在留カード|パスポート|旅券|保険証|住民票|身分証|証明書|顔写真"
    r"|passport|licen[cs]e|residence card|identity|id card|my number|身份证|身分證|护照|護照|신분증|여권|면허증",
    re.IGNORECASE,
)
_ALBUM: Final = "album"
_KEPT_OUT: Final = "album-refused"
"""Step of a talk: an album of which no part is taken."""


def on_media(event: SentMedia, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """With a ticket, staff get a copy; without one it is not taken. Its caption counts as words in every case, and
    its title is heard like a caption.
    """
    talk = conversation_of(event, snapshot)
    ticket = receipts.of_ticket(snapshot)
    is_refused = event.kind in _PICTURES and (
        bool(event.album and _step(_KEPT_OUT, event) in talk.path)
        or _shows_identity(event, talk, ticket, knowledge)
    )
    outcome = _heard(event, talk, ticket, snapshot, knowledge, rules, is_refused=is_refused)
    return _remembered(outcome, _step(_KEPT_OUT if is_refused else _ALBUM, event)) if event.album else outcome


def _step(name: str, event: SentMedia) -> str:
    return f"{name}:{event.album}"


def _remembered(outcome: Outcome, step: str) -> Outcome:
    """Remember an album, so that its further parts get no answer. A question to the resident stays the last step of
    a talk.
    """
    talk = outcome.conversation
    if talk is None or step in talk.path:
        return outcome
    asked = talk.path[-1:] if holding.is_asked(talk) else ()
    path = (*talk.path[: len(talk.path) - len(asked)], step, *asked)
    return replace(outcome, conversation=replace(talk, path=path[-STEPS:]))


def _heard(
    event: SentMedia,
    talk: Conversation,
    ticket: Ticket | None,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
    *,
    is_refused: bool,
) -> Outcome:
    caption = event.caption.strip()
    heard = "\n".join(text for text in (caption, event.title) if text)
    notice, extra = notice_of(event.withheld, talk.language)
    copied = None if is_refused else _copy(ticket, event)
    if heard and (reply := knowledge.danger_in(heard)):
        outcome = danger.answered(talk, heard, reply, snapshot, knowledge, rules)
        return handoff.with_notice_below(_with(outcome, copied), notice, extra)
    words_alone = partial(_words_alone, event, talk, ticket, snapshot, knowledge, rules)
    if is_refused:
        return words_alone(say(words.NO_IDENTITY_PHOTO, talk.language), desk.IDENTITY)
    if event.kind not in RELAYED:
        told = kinds.not_taken(
            event.kind, talk.language, has_case=ticket is not None, has_words=bool(caption)
        )
        return words_alone(told, desk.MEDIA)
    if ticket is None or copied is None:
        return words_alone(say(words.NOT_READ if caption else words.CANNOT_READ, talk.language), desk.MEDIA)
    if _is_press(caption, talk, ticket):
        is_wanted = deciding.choice_in(talk, caption, ticket) != deciding.NOBODY
        return _with(on_asked(_as_words(event), snapshot, knowledge, rules), copied if is_wanted else None)
    if _goes_on_with_what_waits(event, talk):
        return Outcome(conversation=holding.with_piece(talk, ticket.id, _piece(event, snapshot)))
    outcome = complaints.on_added(
        talk, _piece(event, snapshot), ticket, snapshot, knowledge, rules, title=event.title
    ) or handoff.relay_media(talk, ticket, event, snapshot)
    return handoff.with_notice(outcome, notice, extra)


def _piece(event: SentMedia, snapshot: Snapshot) -> Piece:
    return Piece(
        event.caption.strip(), snapshot.now, event.place, event.kind, event.album, quoted=event.quoted
    )


def _goes_on_with_what_waits(event: SentMedia, talk: Conversation) -> bool:
    """Whether it is a further part of an album whose first part waits for the resident's answer."""
    pieces = holding.waiting(talk)
    if not event.album or event.caption.strip() or event.title or len(pieces) >= holding.AT_MOST:
        return False
    return pieces[-1:] != () and pieces[-1].album == event.album


def _words_alone(
    event: SentMedia,
    talk: Conversation,
    ticket: Ticket | None,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
    text: str,
    why: str,
) -> Outcome:
    """Refuse the file, tell the resident first, and staff where ``why`` is set; handle the caption as a message."""
    reason = "media:identity" if why == desk.IDENTITY else f"media:{event.kind}"
    seen = {_step(_ALBUM, event), _step(_KEPT_OUT, event)} & set(talk.path)
    if event.album and seen and not event.caption.strip():
        return Outcome(conversation=talk, record=Record(talk.resident, "said", reason))
    if event.caption.strip():
        outcome = handoff.with_notice(on_asked(_as_words(event), snapshot, knowledge, rules), text, ())
    else:
        outcome = spoken(talk, text, (menu_and_person(talk.language),), reason)
    return handoff.mention_media(outcome, ticket, event.kind, why) if ticket is not None and why else outcome


def _as_words(event: SentMedia) -> Asked:
    return Asked(id=event.id, resident=event.resident, language=event.language, text=event.caption,
                 withheld=event.withheld, place=event.place, quoted=event.quoted)  # fmt: skip


def _is_press(caption: str, talk: Conversation, ticket: Ticket) -> bool:
    """Whether the caption means the same as a button: solved, まだ, a reply wanted after all, or a choice about
    what waits.
    """
    meaning = meaning_of(caption)
    if deciding.choice_in(talk, caption, ticket) is not None:
        return True
    if ticket.status is Status.RESOLVED:
        return meaning in (Meaning.SOLVED, Meaning.NOT_YET)
    return ticket.no_reply and meaning is Meaning.WANTS_REPLY


def _copy(ticket: Ticket | None, event: SentMedia) -> Relay | None:
    """A copy for the desk that has the case; ``None`` where there is no case, or the kind is not copied."""
    if ticket is None or event.kind not in RELAYED or not event.place:
        return None
    return Relay(ToTicket(ticket.id), event.place, event.album, is_bare=True)


def _with(outcome: Outcome, copied: Relay | None) -> Outcome:
    """The outcome with the file sent after its words."""
    return replace(outcome, actions=(*outcome.actions, copied)) if copied is not None else outcome


def _shows_identity(
    event: SentMedia, talk: Conversation, ticket: Ticket | None, knowledge: KnowledgeBase
) -> bool:
    """Whether it may be an identity document: by the caption, or because the talk is about the online identity check."""
    if _IDENTITY.search(event.caption) or _IDENTITY.search(event.title):
        return True
    seen = {given.entry for given in talk.given[-2:]}
    if ticket is not None:
        seen |= {shown.partition(" ")[0] for shown in (*ticket.top[:1], *ticket.given[-2:])}
    return any(knowledge.is_about_identity(entry) for entry in seen)
