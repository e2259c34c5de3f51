"""The ward's cases stay with the ward: clocks, merges, transfers, the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.storage.store import SqliteStore
from faq.language import Language
from handlers.engine import Engine
from handlers.model.actions import Say, ToDesk
from handlers.model.buttons import KeepAnonymous
from handlers.model.events import Looked, Merged, Pressed, Searched, Tagged, TimePassed, Transferred, View
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Desk, Status, Ticket
from handlers.resident.complaints import ANONYMOUS
from tests.small_faq import OPEN, knowledge

RULES = Rules(has_ward_desk=True)
AT_WARD: Any = {"id": "e", "staff": "tg:7", "name": "花子", "desk": Desk.WARD}
COMPLAINT = Ticket(
    3, "r:1", Status.OPEN, Language.JA, "どなられました", "complaint", (), OPEN, OPEN, desk=Desk.WARD
)
QUESTION = replace(COMPLAINT, id=4, question="ボートは", reason="asked", desk=Desk.FACILITY)


def decide(event: object, snapshot: Snapshot, rules: Rules = RULES) -> Outcome:
    return Engine(knowledge(), rules).handle(event, snapshot)  # type: ignore[arg-type] # any event


def test_a_late_case_rings_in_the_group_that_has_it_and_in_no_other() -> None:
    late = Snapshot(OPEN + timedelta(hours=2), queue=(COMPLAINT, QUESTION))
    rung = {
        a.to.desk: a.text
        for a in decide(TimePassed(id="t"), late).actions
        if isinstance(a, Say) and isinstance(a.to, ToDesk)
    }
    assert "受付番号 3" in rung[Desk.WARD]
    assert "受付番号 4" in rung[Desk.FACILITY]
    assert "受付番号 3" not in rung[Desk.FACILITY]


def test_a_complaint_joined_to_a_question_takes_the_question_to_the_ward() -> None:
    for ticket, other in ((COMPLAINT, QUESTION), (QUESTION, COMPLAINT)):
        event = Merged(**AT_WARD, ticket=ticket.id, into=other.id)
        joined = decide(event, Snapshot(OPEN, ticket=ticket, other=other)).tickets[-1]
        assert joined.id == other.id
        assert joined.desk is Desk.WARD


def test_a_complaint_is_not_handed_to_the_facility_unless_somebody_says_that_it_is_none() -> None:
    snapshot = Snapshot(OPEN, ticket=COMPLAINT)
    refused = decide(Transferred(**AT_WARD, ticket=3, to="施設"), snapshot)
    assert not refused.tickets
    assert "苦情ではない" in (refused.toast or "")
    moved = decide(Transferred(**AT_WARD, ticket=3, to="施設 苦情ではない"), snapshot)
    assert moved.tickets[0].desk is Desk.FACILITY


def test_a_case_stays_where_it_is_while_the_ward_has_no_group() -> None:
    event = Transferred(**{**AT_WARD, "desk": Desk.FACILITY}, ticket=4, to="町")
    outcome = decide(event, Snapshot(OPEN, ticket=QUESTION), Rules())
    assert not outcome.tickets
    assert "ward_chat" in (outcome.toast or "")


async def test_the_audit_at_the_facility_leaves_out_what_was_done_about_the_wards_cases(
    store: SqliteStore,
) -> None:
    both = (COMPLAINT, replace(QUESTION, resident="r:2"))
    await store.decide(TimePassed(id="t"), OPEN, lambda _, __: Outcome(tickets=both))
    engine = Engine(knowledge(), RULES)
    for number, (ticket, desk) in enumerate(((3, Desk.WARD), (4, Desk.FACILITY))):
        who: Any = {**AT_WARD, "id": f"tag:{number}", "desk": desk}
        await store.decide(Tagged(**who, ticket=ticket, tags=(f"印{ticket}",)), OPEN, engine.handle)

    async def audit(desk: Desk) -> str:
        event = Looked(**{**AT_WARD, "id": f"look:{desk}", "desk": desk}, view=View.AUDIT)
        decided = await store.decide(event, OPEN, engine.handle)
        assert decided is not None
        return "\n".join(a.text for a in decided.outcome.actions)

    at_facility = await audit(Desk.FACILITY)
    assert "印4" in at_facility
    assert "印3" not in at_facility
    assert "印3" in await audit(Desk.WARD)


async def test_a_search_at_the_facility_finds_nothing_of_the_wards(store: SqliteStore) -> None:
    await store.decide(TimePassed(id="t"), OPEN, lambda _, __: Outcome(tickets=(COMPLAINT,)))
    who: Any = {**AT_WARD, "desk": Desk.FACILITY}
    decided = await store.decide(Searched(**who, words="どなられ"), OPEN, Engine(knowledge(), RULES).handle)
    assert decided is not None
    assert all("受付番号 3" not in a.text and "3 ·" not in a.text for a in decided.outcome.actions)


async def test_keeping_a_resident_without_a_name_finds_their_ticket_in_the_record(store: SqliteStore) -> None:
    await store.decide(TimePassed(id="t"), OPEN, lambda _, __: Outcome(tickets=(COMPLAINT,)))
    pressed = Pressed(id="p", resident="r:1", press=KeepAnonymous(COMPLAINT.id))
    decided = await store.decide(pressed, OPEN, Engine(knowledge(), RULES).handle)
    assert decided is not None
    assert [ticket.ward_tags for ticket in decided.outcome.tickets] == [(ANONYMOUS,)]
