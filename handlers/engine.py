"""The one entry to the rules: takes an event and a snapshot, returns an outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from faq.knowledge import KnowledgeBase
from faq.readings import Readings
from handlers import admin, citing, deliveries, media, refused_groups, upkeep
from handlers.desk import card_buttons, edits, elsewhere, replies, switching, ticket_actions, whose
from handlers.desk.audit import audited, refusal
from handlers.model.actions import Say, ToDesk
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
    Asked,
    BannerSet,
    Commanded,
    DeskEvent,
    DeskPressed,
    Edited,
    Event,
    Excepted,
    FromDesk,
    FromResident,
    Greeted,
    KnowledgeRejected,
    KnowledgeReloaded,
    Looked,
    Merged,
    Noted,
    Paused,
    Pressed,
    PressedUnknown,
    PutOffEnded,
    PutOffFor,
    Quoted,
    Replied,
    RepliedMedia,
    ReplyEdited,
    ResidentEvent,
    Resumed,
    Searched,
    SentMedia,
    Slowed,
    Snoozed,
    Started,
    SwitchesChecked,
    Tagged,
    TimePassed,
    TopicLost,
    Transferred,
    UnknownDeskCommand,
    UpdateFailed,
)
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Desk, Ticket
from handlers.resident import after_command, deciding, messages, pausing, reading
from handlers.wording import desk
from handlers.wording.marked import name


@dataclass(frozen=True, slots=True)
class Engine:
    """Knowledge and rules, immutable; a reload makes a new engine."""

    knowledge: KnowledgeBase
    rules: Rules

    def with_readings(self, readings: Readings) -> Engine:
        """The engine for one event: each text is read once; where ``readings`` require it, only texts read beforehand."""
        return replace(self, knowledge=self.knowledge.with_readings(readings))

    def handle(self, event: Event, snapshot: Snapshot) -> Outcome:
        """Decide without side effects."""
        event = whose.unquoted(self._in_language_of_town(event), snapshot)
        outcome = whose.signed(event, snapshot, self._decided(event, snapshot))
        return citing.heard(event, outcome) if isinstance(event, FromResident) else outcome

    def prepare(self, event: Event) -> None:
        """Read a resident's text before its talk and ticket are known."""
        if text := _written(event).strip(messages.BLANK):
            reading.found_in(text, self.knowledge)
            self.knowledge.wish_in(text)

    def _in_language_of_town(self, event: Event) -> Event:
        """The event, with an app language that the town does not offer replaced by one that it does."""
        if not isinstance(event, (FromResident, Slowed, UpdateFailed)) or event.language is None:
            return event
        spoken = self.knowledge.profile.spoken(event.language)
        return event if spoken is event.language else replace(event, language=spoken)

    def _decided(self, event: Event, snapshot: Snapshot) -> Outcome:
        match event:
            case FromResident():
                return self._from_resident(event, snapshot)
            case FromDesk():
                return self._from_desk(event, snapshot)
            case KnowledgeReloaded():
                return admin.on_knowledge_reloaded(event)
            case KnowledgeRejected():
                return admin.on_knowledge_rejected(event)
            case TimePassed():
                return upkeep.on_time_passed(snapshot, self.knowledge, self.rules)
            case DeliveryFailed():
                return deliveries.on_delivery_failed(event, snapshot)
            case CameBack():
                return deliveries.on_came_back(event, snapshot)
            case MessageRefused():
                return deliveries.on_message_refused(event, snapshot)
            case GroupRefused():
                return refused_groups.on_group_refused(event, snapshot, self.rules)
            case GroupWorks():
                return refused_groups.on_group_works(event, snapshot, self.rules)
            case DeliveriesChecked():
                return refused_groups.on_checked(snapshot)
            case SwitchesChecked():
                return switching.on_checked(snapshot, self.rules)
            case TopicLost():
                return upkeep.on_topic_lost(snapshot)
            case Slowed():
                return upkeep.on_slowed(event, snapshot, self.knowledge.profile)
            case UpdateFailed():
                return upkeep.on_update_failed(event, snapshot)
            case _:
                assert_never(event)

    def _from_resident(self, event: ResidentEvent, snapshot: Snapshot) -> Outcome:
        """The answer to a resident, with additions about delivery problems and what waits."""
        if snapshot.put_off is not None and isinstance(event, Commanded):
            event = after_command.without_words(event, self.knowledge)
        if snapshot.put_off is not None and not switching.is_let_through(event):
            alone = replace(snapshot, active=None, settling=None, ticket=None)
            return switching.held_back(
                event, snapshot, self._answer(event, alone), snapshot.put_off, self.knowledge.profile
            )
        answer = deciding.reminded(event, snapshot, self._answer(event, snapshot), self.knowledge.profile)
        outcome = pausing.with_notices(
            snapshot, refused_groups.with_truth(snapshot, answer), self.knowledge.profile
        )
        return deliveries.with_return(event, snapshot, outcome)

    def _answer(self, event: ResidentEvent, snapshot: Snapshot) -> Outcome:
        match event:
            case Started() | Commanded():
                return after_command.on_command(event, snapshot, self.knowledge, self.rules)
            case Asked():
                return messages.on_asked(event, snapshot, self.knowledge, self.rules)
            case Edited():
                return messages.on_edited(event, snapshot, self.knowledge, self.rules)
            case SentMedia():
                return media.on_media(event, snapshot, self.knowledge, self.rules)
            case Pressed():
                return messages.on_pressed(event, snapshot, self.knowledge, self.rules)
            case PressedUnknown():
                return messages.on_pressed_unknown(event, snapshot, self.knowledge)
            case _:
                assert_never(event)

    def _from_desk(self, event: DeskEvent | AdminCommanded, snapshot: Snapshot) -> Outcome:
        """Check permission, do the work, and audit both cases."""
        event = replace(event, name=name(event.name))
        refused = refusal(event, self.rules.roles)
        if refused is not None:
            return audited(event, snapshot, _told(event, Outcome(toast=refused), refused=True), refused=True)
        gone = elsewhere.answered(
            event, snapshot, self.knowledge.profile, has_ward_desk=self.rules.has_ward_desk
        )
        if gone is not None:
            return audited(event, snapshot, _told(event, gone), refused=True)
        seen = self._seen(event, snapshot)
        return audited(event, seen, _told(event, self._work(event, seen), seen.ticket))

    def _seen(self, event: FromDesk, snapshot: Snapshot) -> Snapshot:
        """The snapshot without what the facility's staff must not see: what residents told the ward about the facility."""
        if event.desk is Desk.WARD or not self.rules.has_ward_desk:
            return snapshot

        def ours(cases: tuple[Ticket, ...]) -> tuple[Ticket, ...]:
            return tuple(case for case in cases if case.desk is Desk.FACILITY)

        is_ours = snapshot.ticket is not None and snapshot.ticket.desk is Desk.FACILITY
        is_other_ours = snapshot.other is not None and snapshot.other.desk is Desk.FACILITY
        messages = snapshot.messages
        if not isinstance(event, Merged):  # a merge carries along messages that this desk does not see
            messages = whose.seen_by_facility(messages, self.knowledge)
        return replace(
            snapshot,
            messages=messages,
            ticket=snapshot.ticket if is_ours else None,
            other=snapshot.other if is_other_ours else None,
            queue=ours(snapshot.queue),
            cases=ours(snapshot.cases),
        )

    def _work(self, event: DeskEvent | AdminCommanded, snapshot: Snapshot) -> Outcome:
        match event:
            case DeskPressed():
                return card_buttons.on_pressed(event, snapshot, self.knowledge, self.rules)
            case Replied():
                return replies.on_replied(event, snapshot, self.knowledge)
            case RepliedMedia():
                return replies.on_replied_media(event, snapshot, self.knowledge)
            case ReplyEdited():
                return edits.on_reply_edited(event, snapshot, self.knowledge)
            case Quoted():
                return replies.on_quoted(event, snapshot, self.knowledge)
            case Greeted():
                return replies.on_greeted(event, snapshot, self.rules)
            case Excepted():
                return replies.on_excepted(event, snapshot)
            case Noted():
                return replies.on_noted(event, snapshot)
            case Tagged():
                return ticket_actions.on_tagged(event, snapshot)
            case Snoozed():
                return ticket_actions.on_snoozed(event, snapshot, self.rules)
            case Transferred():
                return ticket_actions.on_transferred(event, snapshot, self.knowledge, self.rules)
            case Merged():
                return ticket_actions.on_merged(event, snapshot, self.knowledge.profile, self.rules)
            case Searched():
                return ticket_actions.on_searched(event, snapshot)
            case Paused():
                return switching.on_paused(event, snapshot, self.rules)
            case Resumed():
                return switching.on_resumed(event, snapshot, self.rules)
            case BannerSet():
                return switching.on_banner(event, snapshot, self.rules)
            case PutOffFor():
                return switching.on_put_off(event, snapshot, self.knowledge.profile, self.rules)
            case PutOffEnded():
                return switching.on_put_off_ended(snapshot)
            case Looked():
                return ticket_actions.on_looked(event, snapshot, self.rules.roles)
            case UnknownDeskCommand():
                return ticket_actions.on_misspoke(event)
            case AdminCommanded():
                return Outcome()
            case _:
                assert_never(event)


def _told(
    event: DeskEvent | AdminCommanded,
    outcome: Outcome,
    ticket: Ticket | None = None,
    *,
    refused: bool = False,
) -> Outcome:
    """Answer a written message with a message, stored with its ticket; answer a press with a toast."""
    if isinstance(event, AdminCommanded):
        return outcome
    if isinstance(event, DeskPressed) and not event.is_typed:
        return replace(outcome, toast=outcome.toast or desk.DONE_BELOW)
    if not event.place or outcome.toast is None:
        return outcome
    cross = event.place if refused else ""
    # A message about a forgotten resident names nobody; linked to the ticket it would be erased.
    about = (ticket.id,) if ticket is not None and ticket.resident else ()
    said = Say(ToDesk(event.room), outcome.toast, reply_to=event.place, cross=cross, tickets=about)
    return replace(outcome, actions=(*outcome.actions, said), toast=None)


def _written(event: Event) -> str:
    match event:
        case Asked() | Edited() | Commanded():
            return event.text
        case SentMedia():
            return event.caption or event.title
        case _:
            return ""
