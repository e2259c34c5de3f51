"""One resident and the engine with the shipped FAQ, without channel and record."""

from __future__ import annotations

from datetime import datetime

from faq.knowledge import KnowledgeBase
from handlers.engine import Engine
from handlers.model.actions import PostCard, Say, ToResident, ToTicket
from handlers.model.buttons import Press
from handlers.model.conversation import Conversation
from handlers.model.events import Asked, Event, Pressed
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Desk, Status, Ticket
from tests.small_faq import OPEN


class Talk:
    """One resident and the engine, with the state kept between messages."""

    def __init__(self, knowledge: KnowledgeBase, *, ward: bool = True, at: datetime = OPEN) -> None:
        self.engine = Engine(knowledge, Rules(has_ward_desk=ward))
        self.now = at
        self.talk: Conversation | None = None
        self.ticket: Ticket | None = None
        self.last = Outcome()
        self._number = 0

    def happens(self, event: Event) -> str:
        """The text for the resident."""
        active = self.ticket if self.ticket is not None and self.ticket.is_active else None
        done = self.ticket if self.ticket is not None and self.ticket.status is Status.RESOLVED else None
        snapshot = Snapshot(
            self.now,
            conversation=self.talk,
            active=active,
            settling=done,
            ticket=self.ticket,
            next_ticket_id=7,
        )
        self.last = self.engine.handle(event, snapshot)
        self.talk = self.last.conversation or self.talk
        for ticket in self.last.tickets:
            self.ticket = ticket
        said = [a for a in self.last.actions if isinstance(a, Say) and isinstance(a.to, ToResident)]
        assert len(said) == 1
        return said[0].text

    def says(self, text: str) -> str:
        self._number += 1
        return self.happens(Asked(id=f"a:{self._number}", resident="r:1", text=text))

    def presses(self, press: Press) -> str:
        self._number += 1
        return self.happens(Pressed(id=f"p:{self._number}", resident="r:1", press=press))  # type: ignore[arg-type] # a resident's

    @property
    def at_ward(self) -> bool | None:
        """Whether the ward's desk has the ticket; ``None`` where there is none."""
        return None if self.ticket is None else self.ticket.desk is Desk.WARD

    @property
    def buttons(self) -> list[Press]:
        said = [a for a in self.last.actions if isinstance(a, Say) and isinstance(a.to, ToResident)]
        return [button.press for row in said[0].buttons for button in row]

    @property
    def shown(self) -> str:
        """What the desk is shown."""
        return "\n".join(
            a.text
            for a in self.last.actions
            if isinstance(a, PostCard) or (isinstance(a, Say) and isinstance(a.to, ToTicket))
        )
