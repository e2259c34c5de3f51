"""The one door: every event goes in here, and what shall be comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from faq.knowledge import KnowledgeBase
from handlers import admin, resident, staff, upkeep
from handlers.events import (
    Asked,
    Commanded,
    DeliveryFailed,
    DeskPressed,
    Edited,
    Event,
    KnowledgeRejected,
    KnowledgeReloaded,
    Looked,
    MessageRefused,
    Misspoke,
    Noted,
    Pressed,
    PressedUnknown,
    Quoted,
    Replied,
    SentMedia,
    Started,
    TimePassed,
    TopicLost,
    UpdateFailed,
)
from handlers.rules import Rules
from handlers.snapshot import Outcome, Snapshot


@dataclass(frozen=True, slots=True)
class Engine:
    """Knowledge and rules, frozen; a reload makes a new engine."""

    knowledge: KnowledgeBase
    rules: Rules

    def handle(self, event: Event, snapshot: Snapshot) -> Outcome:
        """Decide without doing."""
        match event:
            case Started():
                return resident.on_started(event, snapshot, self.knowledge)
            case Asked():
                return resident.on_asked(event, snapshot, self.knowledge, self.rules)
            case Edited():
                return resident.on_edited(event, snapshot)
            case SentMedia():
                return resident.on_media(event, snapshot, self.knowledge, self.rules)
            case Commanded():
                return resident.on_commanded(event, snapshot, self.knowledge, self.rules)
            case Pressed():
                return resident.on_pressed(event, snapshot, self.knowledge, self.rules)
            case PressedUnknown():
                return resident.on_pressed_unknown(event, snapshot, self.knowledge)
            case DeskPressed():
                return staff.on_pressed(event, snapshot)
            case Replied():
                return staff.on_replied(event, snapshot)
            case Quoted():
                return staff.on_quoted(event, snapshot, self.knowledge)
            case Noted():
                return staff.on_noted(event, snapshot)
            case Looked():
                return staff.on_looked(event, snapshot)
            case Misspoke():
                return staff.on_misspoke(event)
            case KnowledgeReloaded():
                return admin.on_knowledge_reloaded(event)
            case KnowledgeRejected():
                return admin.on_knowledge_rejected(event)
            case TimePassed():
                return upkeep.on_time_passed(snapshot, self.rules)
            case DeliveryFailed():
                return upkeep.on_delivery_failed(event, snapshot)
            case MessageRefused():
                return upkeep.on_message_refused(event, snapshot)
            case TopicLost():
                return upkeep.on_topic_lost(snapshot)
            case UpdateFailed():
                return upkeep.on_update_failed(event, snapshot)
            case _:
                assert_never(event)
