"""A danger that is also a complaint about the facility: emergency numbers, and the words only at the ward's desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.features import Features
from faq.matching.foreign import KnownWords
from faq.matching.hearing import Hearing
from faq.matching.match import Complaint, Heard
from handlers.engine import Engine
from handlers.model.actions import PostCard, Relay, Retire, Say, ToResident, ToTicket
from handlers.model.events import Asked, Edited, Event, SentMedia
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Desk, Holder, Status, Ticket
from tests.small_faq import OPEN, knowledge

WORDS = "友だちがけがをしているのに、受付の人は笑って見ているだけでした"
WHO: Any = {"id": "e:1", "resident": "tg:1", "language": Language.JA}
EVENTS: tuple[Event, ...] = (
    Asked(**WHO, text=WORDS, place="1:5"),
    Edited(**WHO, text=WORDS, place="1:5"),
    SentMedia(**WHO, kind="photo", caption=WORDS, place="1:5"),
)


class Ears(Hearing):
    """Hears the same signals in every message."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(
            (), None, Features(lambda _: None, lambda _: "", KnownWords(())), lambda text: (text,)
        )
        self._complaint_heard = complaint

    def hear(self, text: str, by_words: str = "") -> Heard:
        del text, by_words
        return Heard("call-119", self._complaint_heard, "duck-complaint", frozenset())


def hearing(complaint: Complaint) -> KnowledgeBase:
    return replace(knowledge(), hearing=Ears(complaint))


def happens(
    event: Event, complaint: Complaint, status: Status = Status.OPEN, *, ward: bool = True
) -> Outcome:
    holder = None if status is Status.OPEN else Holder("tg:8", "花子")
    ticket = Ticket(
        7, "tg:1", status, Language.JA, "登録のこと", "asked", (), OPEN, OPEN, holder=holder,
    )  # fmt: skip
    active = ticket if ticket.is_active else None
    snapshot = Snapshot(OPEN, active=active, settling=None if active else ticket)
    return Engine(hearing(complaint), Rules(has_ward_desk=ward)).handle(event, snapshot)


def heard(outcome: Outcome) -> list[str]:
    return [a.text for a in outcome.actions if isinstance(a, Say) and isinstance(a.to, ToResident)]


@pytest.mark.parametrize("status", [Status.OPEN, Status.CLAIMED, Status.RESOLVED])
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("complaint", [Complaint.POSSIBLE, Complaint.LIKELY, Complaint.SURE])
def test_danger_beside_a_complaint_moves_the_ticket_to_the_ward_and_is_answered_by_its_numbers_alone(
    complaint: Complaint, event: Event, status: Status
) -> None:
    outcome = happens(event, complaint, status)
    [answer] = heard(outcome)
    assert answer.startswith(knowledge().reply("call-119", Language.JA))
    assert "受付番号" not in answer
    [moved] = outcome.tickets
    assert moved.desk is Desk.WARD
    assert moved.reason == "complaint"
    retired = [n for n, a in enumerate(outcome.actions) if isinstance(a, Retire) and a.desk == "facility"]
    words = [
        n
        for n, a in enumerate(outcome.actions)
        if isinstance(a, Say) and isinstance(a.to, ToTicket) and "笑って見ている" in a.text
    ]
    assert retired[0] < words[0]
    assert "119" in outcome.actions[words[0]].text
    assert [a for a in outcome.actions[: retired[0]] if isinstance(a, (Say, PostCard, Relay))] == [
        a for a in outcome.actions[: retired[0]] if isinstance(a, Say) and isinstance(a.to, ToResident)
    ]
    assert [m.text for m in outcome.messages] == [WORDS]


@pytest.mark.parametrize(("complaint", "ward"), [(Complaint.NO, True), (Complaint.SURE, False)])
def test_danger_alone_or_without_a_ward_desk_is_shown_to_whoever_has_the_case(
    complaint: Complaint, ward: bool
) -> None:
    for event in EVENTS:
        outcome = happens(event, complaint, ward=ward)
        assert all(ticket.desk is Desk.FACILITY for ticket in outcome.tickets)
        assert not any(isinstance(a, Retire) for a in outcome.actions)
        assert any(
            "笑って見ている" in a.text and "119" in a.text for a in outcome.actions if isinstance(a, Say)
        )
