"""Every action on a ticket that is elsewhere is answered with where it went, and shows nothing of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from faq.language import Language
from handlers.engine import Engine
from handlers.model.buttons import Claim, QuoteEntry, ShowHistory
from handlers.model.events import (
    DeskEvent,
    DeskPressed,
    Excepted,
    Greeted,
    Looked,
    Merged,
    Noted,
    Quoted,
    Replied,
    RepliedMedia,
    ReplyEdited,
    Snoozed,
    Tagged,
    Transferred,
    View,
)
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Message, Outcome, Snapshot
from handlers.model.tickets import Desk, Holder, Status, Ticket
from tests.small_faq import OPEN, knowledge

WHO: Any = {"id": "e:1", "staff": "tg:8", "name": "花子"}
SECRET = "とても個人的な事情です"
AT_WARD = Ticket(12, "tg:1", Status.CLAIMED, Language.JA, SECRET, "asked", (), OPEN, OPEN, Holder("tg:8", "花子"),
                 desk=Desk.WARD)  # fmt: skip
STORY = (Message(12, Author.RESIDENT, SECRET),)
WORK: tuple[DeskEvent, ...] = (
    Replied(**WHO, text="x", card="-1:5"),
    Replied(**WHO, text="x", ticket=12),
    RepliedMedia(**WHO, kind="photo", card="-1:5", place="-1:9"),
    ReplyEdited(**WHO, text="x", answers="-1:5"),
    Quoted(**WHO, entry="swan-fee", ticket=12),
    Greeted(**WHO, greeting="x", ticket=12),
    Excepted(**WHO, reason="x", ticket=12),
    Noted(**WHO, text="x", ticket=12),
    Noted(**WHO, text="x", topic="-1:5", is_chat=True),
    Tagged(**WHO, tags=("x",), ticket=12),
    Snoozed(**WHO, until="30分", ticket=12),
    Transferred(**WHO, to="施設", ticket=12),
    Merged(**WHO, into=13, ticket=12),
    Looked(**WHO, view=View.TICKET, ticket=12),
    Looked(**WHO, view=View.HISTORY, ticket=12),
    DeskPressed(**WHO, press=Claim(12)),
    DeskPressed(**WHO, press=Claim(12), is_typed=True),
    DeskPressed(**WHO, press=ShowHistory(12)),
    DeskPressed(**WHO, press=QuoteEntry(12, "swan-fee")),
)


def happens(event: DeskEvent, snapshot: Snapshot) -> Outcome:
    return Engine(knowledge(), Rules(has_ward_desk=True)).handle(event, snapshot)


def said(outcome: Outcome) -> str:
    return "\n".join([outcome.toast or "", *(action.text for action in outcome.actions)])


@pytest.mark.parametrize("event", WORK, ids=lambda event: type(event).__name__)
def test_the_facility_hears_where_it_went_and_nothing_of_it(event: DeskEvent) -> None:
    snapshot = Snapshot(
        OPEN, ticket=AT_WARD, messages=STORY, has_stood_here=True, is_card=True, cases=(AT_WARD,)
    )
    outcome = happens(event, snapshot)
    assert "町の窓口に移りました" in said(outcome)
    assert SECRET not in said(outcome)
    assert (outcome.tickets, outcome.messages, outcome.draft) == ((), (), None)


@pytest.mark.parametrize("event", WORK, ids=lambda event: type(event).__name__)
def test_of_a_ticket_that_never_stood_here_the_facility_does_not_even_hear_that(event: DeskEvent) -> None:
    outcome = happens(event, Snapshot(OPEN, ticket=AT_WARD, messages=STORY, cases=(AT_WARD,)))
    assert "町の窓口" not in said(outcome)
    assert SECRET not in said(outcome)
    assert outcome.tickets == ()


def test_the_ward_looks_after_a_facilitys_ticket_by_number_but_not_through_its_own_old_card() -> None:
    here = replace(AT_WARD, desk=Desk.FACILITY)
    look = Looked(**WHO, view=View.TICKET, ticket=12, desk=Desk.WARD)
    seen = Snapshot(OPEN, ticket=here, messages=STORY, has_stood_here=True, is_numbered=True)
    assert SECRET in said(happens(look, seen))
    reply = Replied(**WHO, text="x", card="-1:5", desk=Desk.WARD)
    assert "施設の窓口に移りました" in said(happens(reply, replace(seen, is_numbered=False, is_card=True)))


@pytest.mark.parametrize("event", WORK, ids=lambda event: type(event).__name__)
def test_a_ticket_that_goes_on_under_another_number_says_so_to_whoever_works_on_it(event: DeskEvent) -> None:
    joined = replace(AT_WARD, desk=Desk.FACILITY, status=Status.CLOSED, merged_into=15)
    outcome = happens(event, Snapshot(OPEN, ticket=joined, messages=STORY, is_card=True))
    assert "15" in said(outcome)
    assert (outcome.tickets, outcome.messages) == ((), ())
