"""Rows and dataclasses: one pair of functions per table, and actions as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime, tzinfo
from typing import Any

from faq.language import Language
from handlers.model.conversation import Awaiting, Conversation, Given, Held, Piece, Said, Went
from handlers.model.delivery import Cause, GroupName, Part, Refused
from handlers.model.snapshot import Author, Cited, Draft, Message
from handlers.model.switches import Notice, PutOff, SwitchKind
from handlers.model.tickets import Desk, Holder, Status, Ticket, Turn


def to_utc(moment: datetime) -> str:
    """UTC as ISO text of constant width, so that texts sort like times."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_utc(text: str, zone: tzinfo) -> datetime:
    return datetime.fromisoformat(text).astimezone(zone)


def conversation_row(talk: Conversation) -> dict[str, Any]:
    return {
        "resident": talk.resident,
        "language": talk.language.value,
        "language_chosen": int(talk.language_chosen),
        "question": talk.question,
        "misses": talk.misses,
        "given": json.dumps([[g.entry, g.version] for g in talk.given]),
        "awaiting": talk.awaiting.value,
        "reachable": int(talk.reachable),
        "path": json.dumps(talk.path),
        "said": json.dumps([[s.text, to_utc(s.at)] for s in talk.said], ensure_ascii=False),
        "ticket": talk.ticket,
        "facility": talk.facility,
        "offered": json.dumps(talk.offered),
        "updated_at": to_utc(talk.updated_at),
        "held": _held(talk.held) if talk.held is not None else "",
        "held_since": to_utc(talk.held.since)
        if talk.held is not None and talk.held.went is Went.WAITS
        else None,
    }


def _held(held: Held) -> str:
    pieces = [
        [p.text, to_utc(p.at), p.place, p.kind, p.album, p.name, p.quoted, int(p.is_joined)]
        for p in held.pieces
    ]
    return json.dumps([to_utc(held.since), held.question, held.ticket, held.went.value, pieces, int(held.for_facility)],
                      ensure_ascii=False)  # fmt: skip


def _to_held(text: str, zone: tzinfo) -> Held | None:
    if not text:
        return None
    # Builds from before residents were asked about the facility stored five fields.
    since, question, ticket, went, pieces, *for_facility = json.loads(text)
    return Held(
        from_utc(since, zone),
        question,
        ticket,
        tuple(
            Piece(text, from_utc(at, zone), place, kind, album, name, quoted, bool(is_joined))
            for text, at, place, kind, album, name, quoted, is_joined in pieces
        ),
        Went(went),
        for_facility=any(for_facility),
    )


def to_conversation(row: Any, zone: tzinfo) -> Conversation:
    return Conversation(
        resident=row[0],
        language=Language(row[1]),
        language_chosen=bool(row[2]),
        question=row[3],
        misses=row[4],
        given=tuple(Given(entry, version) for entry, version in json.loads(row[5])),
        awaiting=Awaiting(row[6]),
        reachable=bool(row[7]),
        updated_at=from_utc(row[8], zone),
        path=tuple(json.loads(row[9])),
        said=tuple(Said(text, from_utc(at, zone)) for text, at in json.loads(row[10])),
        ticket=row[11],
        held=_to_held(row[12], zone),
        facility=row[13],
        offered=tuple(json.loads(row[14])),
    )


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "resident": ticket.resident,
        "status": ticket.status.value,
        "language": ticket.language.value,
        "question": ticket.question,
        "reason": ticket.reason,
        "given": _list(ticket.given),
        "holder": ticket.holder.staff if ticket.holder else None,
        "holder_name": ticket.holder.name if ticket.holder else None,
        "former_holder": ticket.former_holder,
        "no_reply": int(ticket.no_reply),
        "opened_at": to_utc(ticket.opened_at),
        "touched_at": to_utc(ticket.touched_at),
        "desk": ticket.desk.value,
        "path": _list(ticket.path),
        "chosen": _list(ticket.chosen),
        "top": _list(ticket.top),
        "tags": _list(ticket.tags),
        "ward_tags": _list(ticket.ward_tags),
        "alerts": _list(ticket.alerts),
        "snoozed_until": to_utc(ticket.snoozed_until) if ticket.snoozed_until else None,
        "replied_at": to_utc(ticket.replied_at) if ticket.replied_at else None,
        "earlier": _list(ticket.earlier),
        "turn": ticket.turn.value,
        "merged_into": ticket.merged_into,
    }


def to_ticket(row: Any, zone: tzinfo) -> Ticket:
    return Ticket(
        id=row[0],
        resident=row[1],
        status=Status(row[2]),
        language=Language(row[3]),
        question=row[4],
        reason=row[5],
        given=tuple(json.loads(row[6])),
        holder=Holder(row[7], row[8]) if row[7] is not None else None,
        former_holder=row[9],
        no_reply=bool(row[10]),
        opened_at=from_utc(row[11], zone),
        touched_at=from_utc(row[12], zone),
        desk=Desk(row[13]),
        path=tuple(json.loads(row[14])),
        chosen=tuple(json.loads(row[15])),
        top=tuple(json.loads(row[16])),
        tags=tuple(json.loads(row[17])),
        alerts=tuple(json.loads(row[18])),
        snoozed_until=from_utc(row[19], zone) if row[19] else None,
        replied_at=from_utc(row[20], zone) if row[20] else None,
        earlier=tuple(json.loads(row[21])),
        turn=Turn(row[22]),
        merged_into=row[23],
        ward_tags=tuple(json.loads(row[24])),
    )


def _list(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


def to_draft(row: Any) -> Draft:
    return Draft(
        id=row[0],
        ticket=row[1],
        staff=row[2],
        name=row[3],
        text=row[4],
        faults=tuple(json.loads(row[5])),
        place=row[6],
        cited=Cited(row[7], row[8], bool(row[9])),
        is_asked=bool(row[10]),
    )


def to_message(row: Any) -> Message:
    return Message(
        ticket=row[0],
        author=Author(row[1]),
        name=row[2],
        text=row[3],
        place=row[4],
        quoted=row[5],
        desk=Desk(row[6]),
    )


def refusal_row(refused: Refused) -> dict[str, Any]:
    return {
        "place": refused.group.value,
        "part": refused.part.value,
        "cause": refused.cause.value,
        "detail": refused.detail,
        "since": to_utc(refused.since),
    }


def to_refused(row: Any, zone: tzinfo) -> Refused:
    return Refused(GroupName(row[0]), Part(row[1]), Cause(row[2]), from_utc(row[4], zone), row[3])


def notice_row(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind.value,
        "text": notice.text,
        "who": notice.who,
        "since": to_utc(notice.since),
        "until": to_utc(notice.until) if notice.until is not None else None,
    }


def to_notice(row: Any, zone: tzinfo) -> Notice:
    return Notice(
        SwitchKind(row[0]), row[1], row[2], from_utc(row[3], zone), from_utc(row[4], zone) if row[4] else None
    )


def put_off_row(put_off: PutOff) -> dict[str, Any]:
    return {
        "resident": put_off.resident,
        "ticket": put_off.ticket,
        "who": put_off.who,
        "reason": put_off.reason,
        "until": to_utc(put_off.until),
        "told_at": to_utc(put_off.told_at) if put_off.told_at is not None else None,
    }


def to_put_off(row: Any, zone: tzinfo) -> PutOff:
    told = from_utc(row[5], zone) if row[5] else None
    return PutOff(row[0], row[1], row[2], row[3], from_utc(row[4], zone), told)
