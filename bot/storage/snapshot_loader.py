"""Loads the snapshot that an event's handler sees, inside the event's own transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any, Final

from bot.places import Place
from bot.storage import action_json, rows
from bot.storage.pseudonyms import MARK, is_of
from bot.storage.queries import queries
from handlers.model.actions import Erase, Say
from handlers.model.buttons import (
    FaqIsWrong,
    FixDraft,
    ForgetMe,
    KeepAnonymous,
    SendAsException,
    SendDraft,
    Settle,
    WantNoReply,
    WantReply,
    Withdraw,
)
from handlers.model.conversation import Conversation
from handlers.model.delivery_events import (
    CameBack,
    DeliveriesChecked,
    DeliveryFailed,
    GroupRefused,
    GroupWorks,
    MessageRefused,
)
from handlers.model.events import (
    AdminCommanded,
    Command,
    Commanded,
    DeskPressed,
    Event,
    Excepted,
    FromDesk,
    FromResident,
    Greeted,
    Looked,
    Merged,
    Noted,
    Pressed,
    PutOffEnded,
    PutOffFor,
    Quoted,
    Replied,
    RepliedMedia,
    ReplyEdited,
    Searched,
    Slowed,
    SwitchesChecked,
    TimePassed,
    TopicLost,
    Transferred,
    UnknownDeskCommand,
    UpdateFailed,
    View,
)
from handlers.model.snapshot import Cited, Draft, Kept, Message, Snapshot
from handlers.model.switches import PutOff, SwitchKind
from handlers.model.tickets import Desk, Ticket
from handlers.resident import holding

_OWN_TICKET: Final = (Settle, Withdraw, WantNoReply, WantReply, KeepAnonymous)
_OF_DRAFT: Final = (FixDraft, SendAsException, FaqIsWrong, SendDraft)
_WRITES: Final = (Replied, RepliedMedia, ReplyEdited, Excepted, DeskPressed, Quoted, Greeted, Transferred)
_CASES: Final = frozenset({Command.STATUS, Command.HISTORY, Command.STOP, Command.MYDATA})


@dataclass(frozen=True, slots=True)
class _Named:
    """The ticket that a desk event means; ``is_card``: named by its card, or by the question for a reason."""

    ticket: int | None
    is_card: bool = False
    draft: int = 0
    cited: Cited = field(default_factory=Cited)
    edited: Message | None = None
    by_number: bool = False


class SnapshotLoader:
    """Reads over one connection; times are in ``zone``."""

    def __init__(self, connection: sqlite3.Connection, zone: tzinfo) -> None:
        self._connection = connection
        self._zone = zone

    def snapshot(self, event: Event, now: datetime) -> Snapshot:
        """Everything the event's handler may look at."""
        snapshot = Snapshot(
            now=now,
            next_ticket_id=queries().last_ticket_id(self._connection) + 1,
            refusals=tuple(
                [rows.to_refused(row, self._zone) for row in queries().refusals(self._connection)]
            ),
        )
        snapshot = self._with_notices(event, snapshot)
        match event:
            case MessageRefused(resident=None):
                return replace(snapshot, ticket=self.ticket(event.ticket))
            case (
                FromResident() | DeliveryFailed() | CameBack() | MessageRefused() | UpdateFailed() | Slowed()
            ):
                return self._for_resident(event, snapshot) if event.resident is not None else snapshot
            case GroupRefused() | GroupWorks() | DeliveriesChecked():
                queue = self._many(queries().tickets_not_closed(self._connection))
                return replace(snapshot, queue=queue, waiting=self._waiting())
            case SwitchesChecked():
                queue = self._many(queries().tickets_not_closed(self._connection))
                over = queries().expired_put_offs(self._connection, now=rows.to_utc(now))
                return replace(
                    snapshot, queue=queue, expired=tuple([rows.to_put_off(row, self._zone) for row in over])
                )
            case AdminCommanded() | UnknownDeskCommand():
                return snapshot
            case FromDesk():
                return self._for_desk(event, snapshot)
            case TopicLost():
                return replace(snapshot, ticket=self.ticket(event.ticket))
            case TimePassed():
                before = rows.to_utc(now - holding.WAITS_FOR)
                unanswered = queries().unanswered(self._connection, before=before)
                return replace(
                    snapshot,
                    queue=self._many(queries().tickets_not_closed(self._connection)),
                    unanswered=tuple([rows.to_conversation(row, self._zone) for row in unanswered]),
                )
            case _:
                return snapshot

    def ticket(self, ticket_id: int | None) -> Ticket | None:
        """One ticket by its number."""
        row = queries().ticket_by_id(self._connection, id=ticket_id) if ticket_id is not None else None
        return rows.to_ticket(row, self._zone) if row else None

    def _with_notices(self, event: Event, snapshot: Snapshot) -> Snapshot:
        """Add what is switched on for all residents. An expired notice is left out, except for the event that
        switches it off.
        """
        found = {}
        for row in queries().notices(self._connection):
            notice = rows.to_notice(row, self._zone)
            if notice.holds_at(snapshot.now) is not isinstance(event, SwitchesChecked):
                found[notice.kind] = notice
        return replace(snapshot, pause=found.get(SwitchKind.PAUSE), banner=found.get(SwitchKind.BANNER))

    def _put_off(self, resident: str, now: datetime) -> PutOff | None:
        """Whether a resident is put off; for one who was forgotten since, this is stored under a pseudonym."""
        row = queries().put_off_of(self._connection, resident=resident)
        if not row:
            nameless = queries().nameless_put_offs(self._connection, mark=MARK)
            row = next((one for one in nameless if is_of(one[0], resident)), None)
        return self._still(row, now)

    def _still(self, row: Any, now: datetime) -> PutOff | None:
        put_off = rows.to_put_off(row, self._zone) if row else None
        return put_off if put_off is not None and now < put_off.until else None

    def _for_resident(
        self,
        event: FromResident | DeliveryFailed | CameBack | MessageRefused | UpdateFailed | Slowed,
        snapshot: Snapshot,
    ) -> Snapshot:
        resident = event.resident or ""
        snapshot = replace(
            snapshot,
            conversation=self._conversation(resident),
            active=self._active(resident),
            settling=self._settling(resident),
            put_off=self._put_off(resident, snapshot.now),
        )
        ticket = snapshot.active or snapshot.settling
        if ticket is not None and isinstance(event, FromResident) and event.quoted:
            snapshot = replace(snapshot, messages=self._messages(ticket.id))
        is_away = snapshot.conversation is not None and not snapshot.conversation.reachable
        if is_away or isinstance(event, DeliveryFailed):
            snapshot = replace(snapshot, cases=self._cases(resident))
        if isinstance(event, Pressed):
            if isinstance(event.press, _OWN_TICKET):
                return self._of_button(event.press.ticket, snapshot)
            if isinstance(event.press, ForgetMe):
                return replace(snapshot, places=self._places(resident))
        if isinstance(event, Commanded) and event.command in _CASES:
            return self._own(event.command, resident, snapshot)
        return snapshot

    def _of_button(self, number: int, snapshot: Snapshot) -> Snapshot:
        """The ticket that a resident's button names; of a merged one, the ticket it was merged into."""
        ticket = self.ticket(number)
        while ticket is not None and ticket.merged_into is not None:
            ticket = self.ticket(ticket.merged_into)
        is_same = ticket is None or ticket.id == number
        return replace(snapshot, ticket=ticket, merged_from=0 if is_same else number)

    def _own(self, command: Command, resident: str, snapshot: Snapshot) -> Snapshot:
        snapshot = replace(snapshot, cases=self._cases(resident))
        if command is Command.MYDATA:
            told = [message for case in reversed(snapshot.cases) for message in self._messages(case.id)]
            records = queries().records_of(self._connection, resident=resident)
            return replace(snapshot, kept=Kept(snapshot.cases, tuple(told), records))
        if command is Command.STATUS and snapshot.active is not None:
            waits = [
                (rows.from_utc(row[1], self._zone) - rows.from_utc(row[0], self._zone)).total_seconds()
                for row in queries().last_replied(self._connection)
            ]
            ahead = queries().ahead_of(self._connection, id=snapshot.active.id)
            return replace(snapshot, waits=tuple(waits), ahead=ahead)
        return snapshot

    def _for_desk(self, event: FromDesk, snapshot: Snapshot) -> Snapshot:
        named = self._named(event)
        draft_id, ticket = named.draft, self.ticket(named.ticket)
        next_draft = queries().last_draft_id(self._connection) + 1
        snapshot = replace(snapshot, next_draft_id=next_draft, is_card=named.is_card,
                           cited=named.cited, edited=named.edited, is_numbered=named.by_number)  # fmt: skip
        if ticket is not None:
            here = event.room or event.place
            chat = Place.parse(here).chat if here else ""
            stood = queries().has_stood_in(self._connection, ticket=ticket.id, chat=chat)
            snapshot = replace(
                snapshot, ticket=ticket, active=self._active(ticket.resident), has_stood_here=bool(stood)
            )
        if isinstance(event, ReplyEdited):
            asked = queries().was_asked_for(self._connection, place=event.place)
            snapshot = replace(snapshot, was_asked_for=bool(asked))
        if ticket is not None and isinstance(event, _WRITES):
            snapshot = replace(snapshot, messages=self._messages(ticket.id))
        match event:
            case Searched():
                return replace(
                    snapshot,
                    cases=self._many(
                        queries().find_tickets(self._connection, words=event.words, desk=event.desk.value)
                    ),
                )
            case PutOffFor() | PutOffEnded() if ticket is not None:
                put_off = self._put_off(ticket.resident, snapshot.now) if ticket.resident else None
                under = queries().put_off_under(self._connection, ticket=ticket.id)
                put_off = put_off or self._still(under, snapshot.now)
                return replace(snapshot, put_off=put_off, cases=self._cases(ticket.resident))
            case Looked():
                return self._looked(event, ticket, snapshot)
            case Merged():
                messages = self._messages(ticket.id) if ticket else ()
                return replace(snapshot, other=self.ticket(event.into), messages=messages)
            case Excepted() if ticket is not None:
                row = queries().newest_draft(self._connection, ticket=ticket.id, staff=event.staff)
                return replace(snapshot, draft=rows.to_draft(row) if row else None)
            case DeskPressed() if ticket is not None:
                draft_id = event.press.draft if isinstance(event.press, _OF_DRAFT) else 0
                cases, talk = self._cases(ticket.resident), self._conversation(ticket.resident)
                return replace(snapshot, draft=self._draft(draft_id), cases=cases, conversation=talk)
            case Noted() if ticket is not None and event.is_chat:
                row = queries().asked_draft(self._connection, ticket=ticket.id)
                return replace(snapshot, draft=rows.to_draft(row) if row else None)
            case _:
                return replace(snapshot, draft=self._draft(draft_id))

    def _looked(self, event: Looked, ticket: Ticket | None, snapshot: Snapshot) -> Snapshot:
        match event.view:
            case View.AUDIT:
                return replace(snapshot, audit=self._audit(event.desk))
            case View.TICKET | View.HISTORY:
                if ticket is None:
                    return snapshot
                return replace(
                    snapshot,
                    messages=self._messages(ticket.id),
                    cases=self._cases(ticket.resident),
                )
            case _:
                return replace(snapshot, queue=self._many(queries().tickets_not_closed(self._connection)))

    def _named(self, event: FromDesk) -> _Named:
        """The ticket of a desk event, and how it was named: by number, by a message of ours, or by its room."""
        if isinstance(event, ReplyEdited):
            return self._edited(event)
        number: int | None = getattr(event, "ticket", None)
        if isinstance(event, DeskPressed):
            number = event.press.ticket or None
            if not event.is_typed:
                return _Named(number)
        found = self._shown_at(getattr(event, "card", None) or event.answers)
        if number is not None:
            same = found is not None and found.ticket == number
            return replace(_Named(number, by_number=True), cited=found.cited if found and same else Cited())
        if found is not None:
            return found
        if event.topic:
            topic = Place.parse(event.topic)
            ticket = queries().ticket_of_topic(self._connection, chat=topic.chat, thread=topic.message)
            if ticket is not None:
                return _Named(ticket)
        # Where the place is no ticket's, the number at the beginning of the text decides.
        return _Named(event.named if isinstance(event, Replied) else None, by_number=True)

    def _shown_at(self, place: str) -> _Named | None:
        """The ticket of a message of ours, and the resident's message that it shows."""
        if not place:
            return None
        at = Place.parse(place)
        row = queries().card_at(self._connection, chat=at.chat, message=at.message)
        if not row:
            return None
        ticket, is_main, draft, origin = row
        words = queries().words_at(self._connection, ticket=ticket, place=origin) if origin else None
        return _Named(ticket, bool(is_main or draft), draft, Cited(origin, words or ""))

    def _edited(self, event: ReplyEdited) -> _Named:
        """The ticket and content of a staff message before its edit."""
        row = queries().written_at_desk(self._connection, place=event.place)
        draft = queries().draft_at(self._connection, place=event.place)
        found = self._shown_at(event.answers)
        cited = found.cited if found is not None else Cited()
        edited = rows.to_message(row) if row else None
        if draft:
            return _Named(draft[1], draft=draft[0], cited=cited, edited=edited)
        return _Named(edited.ticket if edited else None, cited=cited, edited=edited)

    def _waiting(self) -> frozenset[int]:
        """Tickets whose card, or whose resident's words, the desk has not received yet."""
        found = set()
        for ticket, text in queries().waiting_for_desk(self._connection):
            action = action_json.from_json(text)
            if not isinstance(action, Say) or action.is_theirs:
                found.add(ticket)
        return frozenset(found)

    def _draft(self, draft_id: int) -> Draft | None:
        row = queries().draft_by_id(self._connection, id=draft_id) if draft_id else None
        return rows.to_draft(row) if row else None

    def _conversation(self, resident: str) -> Conversation | None:
        row = queries().conversation_of(self._connection, resident=resident) if resident else None
        return rows.to_conversation(row, self._zone) if row else None

    def _active(self, resident: str) -> Ticket | None:
        row = queries().active_ticket_of(self._connection, resident=resident)
        return rows.to_ticket(row, self._zone) if row else None

    def _settling(self, resident: str) -> Ticket | None:
        row = queries().settling_ticket_of(self._connection, resident=resident)
        return rows.to_ticket(row, self._zone) if row else None

    def _cases(self, resident: str) -> tuple[Ticket, ...]:
        return self._many(queries().tickets_of(self._connection, resident=resident)) if resident else ()

    def _many(self, found: Any) -> tuple[Ticket, ...]:
        return tuple([rows.to_ticket(row, self._zone) for row in found])

    def _messages(self, ticket: int) -> tuple[Message, ...]:
        return tuple([rows.to_message(row) for row in queries().messages_of(self._connection, ticket=ticket)])

    def _audit(self, desk: Desk) -> tuple[str, ...]:
        return tuple(
            [
                f"{rows.from_utc(at, self._zone):%m/%d %H:%M} {name} {action}"
                + (f" #{ticket}" if ticket else "")
                + (f" {detail}" if detail else "")
                for at, name, action, ticket, detail in queries().last_audit(
                    self._connection, desk=desk.value
                )
            ]
        )

    def _places(self, resident: str) -> tuple[Erase, ...]:
        found = []
        for case in self._cases(resident):
            topic = queries().topic_of(self._connection, ticket=case.id)
            cards = [str(Place(*one)) for one in queries().cards_of(self._connection, ticket=case.id)]
            shown = [str(Place(*one)) for one in queries().shown_of(self._connection, ticket=case.id)]
            written = [place for (place,) in queries().written_of(self._connection, ticket=case.id)]
            places = tuple(dict.fromkeys([*cards, *shown, *written]))
            if topic or places:
                found.append(Erase(case.desk.value, str(Place(*topic)) if topic else "", places, case.id))
            former = queries().former_topics_of(self._connection, ticket=case.id)
            found += [Erase(case.desk.value, str(Place(*one)), ticket=case.id) for one in former]
        return tuple(found)
