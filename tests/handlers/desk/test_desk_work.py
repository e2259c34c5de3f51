"""What staff may do with a ticket, who may do it, and its audit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from faq.language import Language
from handlers.desk.commands import VERBS, parse
from handlers.engine import Engine
from handlers.model.actions import PostCard, Relay, Retire, Say, ShowTyping, ToResident
from handlers.model.buttons import (
    Claim,
    QuoteEntry,
    SendGreeting,
    ShowGreetings,
    ShowHistory,
    StartReply,
    encode,
)
from handlers.model.conversation import Conversation
from handlers.model.events import (
    AdminCommanded,
    DeskEvent,
    DeskPressed,
    Event,
    Excepted,
    Greeted,
    Looked,
    Merged,
    Noted,
    Quoted,
    Replied,
    RepliedMedia,
    ReplyEdited,
    Searched,
    Snoozed,
    Tagged,
    Transferred,
    View,
)
from handlers.model.roles import Roles
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Draft, Message, Outcome, Snapshot
from handlers.model.tickets import Desk, Holder, Status, Ticket
from tests.small_faq import OPEN, knowledge

KNOWLEDGE = knowledge()
WHO: Any = {"id": "e:1", "staff": "tg:8", "name": "花子"}
TICKET = Ticket(
    12, "tg:1", Status.OPEN, Language.JA, "白鳥ボート いくら", "asked", (), OPEN, OPEN, top=("swan-fee",)
)
HELD = replace(TICKET, status=Status.CLAIMED, holder=Holder("tg:8", "花子"))
TALK = Conversation("tg:1", OPEN)
ROLES = Roles({"tg:8": "花子", "tg:9": "太郎"}, {"tg:10": "課長"}, {"tg:11": "管理"})


def happens(event: Event, snapshot: Snapshot, **rules: Any) -> Outcome:
    return Engine(KNOWLEDGE, Rules(**rules)).handle(event, snapshot)


def heard(outcome: Outcome) -> str:
    return next(a.text for a in outcome.actions if isinstance(a, Say) and isinstance(a.to, ToResident))


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("/r 10 時から", Replied(**WHO, topic="-1:5", text="10 時から", named=10)),
        ("/r #12 はい", Replied(**WHO, topic="-1:5", ticket=12, text="はい")),
        ("/quote swan-fee", Quoted(**WHO, topic="-1:5", entry="swan-fee")),
        ("/hi お待たせ", Greeted(**WHO, topic="-1:5", greeting="お待たせ")),
        ("/tag 料金 -急ぎ", Tagged(**WHO, topic="-1:5", tags=("料金", "-急ぎ"))),
        ("/snooze 30分", Snoozed(**WHO, topic="-1:5", until="30分")),
        ("/transfer 太郎", Transferred(**WHO, topic="-1:5", to="太郎")),
        ("/exception 頼まれた", Excepted(**WHO, topic="-1:5", reason="頼まれた")),
        ("/note 覚え", Noted(**WHO, topic="-1:5", text="覚え")),
        ("/ticket", Looked(**WHO, topic="-1:5", view=View.TICKET)),
        ("/history 12", Looked(**WHO, topic="-1:5", view=View.HISTORY, ticket=12)),
        ("/merge 12 15", Merged(**WHO, topic="-1:5", ticket=12, into=15)),
        ("/find 白鳥 いくら", Searched(**WHO, topic="-1:5", words="白鳥 いくら")),
    ],
)
def test_in_a_tickets_own_room_its_number_need_not_be_written(line: str, event: DeskEvent) -> None:
    assert parse(line, event_id="e:1", staff="tg:8", name="花子", topic="-1:5") == event


def test_every_command_of_the_desk_is_refused_to_whom_has_no_role_and_audited() -> None:
    guest: Any = {"id": "e", "staff": "tg:77", "name": "客"}
    for verb in VERBS:
        event = parse(f"/{verb} 12 x", event_id="e", staff="tg:77", name="客") or parse(
            f"/{verb} 12", event_id="e", staff="tg:77", name="客"
        )
        assert event is not None, verb
        outcome = happens(event, Snapshot(OPEN, ticket=TICKET), roles=ROLES)
        assert not outcome.actions
        assert not outcome.tickets
        assert not outcome.messages
        assert outcome.audit is not None
        assert outcome.audit.detail == "refused"
    pressed = happens(DeskPressed(**guest, press=Claim(12)), Snapshot(OPEN, ticket=TICKET), roles=ROLES)
    assert not pressed.tickets
    assert (
        happens(Noted(**guest, text="雑談", is_chat=True), Snapshot(OPEN, ticket=TICKET), roles=ROLES).audit
        is None
    )
    admin = happens(AdminCommanded(**guest, command="reload"), Snapshot(OPEN), roles=ROLES)
    assert "FAQ管理者" in (admin.toast or "")
    allowed = happens(
        AdminCommanded(id="e", staff="tg:11", name="管理", command="reload"), Snapshot(OPEN), roles=ROLES
    )
    assert allowed.toast is None


def test_staff_may_work_leads_may_read_the_audit_and_everybody_may_where_nobody_is_listed() -> None:
    audit = Looked(**WHO, view=View.AUDIT)
    assert "責任者" in (happens(audit, Snapshot(OPEN), roles=ROLES).toast or "")
    lead = Looked(id="e", staff="tg:10", name="課長", view=View.AUDIT)
    assert happens(lead, Snapshot(OPEN, audit=("一行",)), roles=ROLES).actions
    assert happens(audit, Snapshot(OPEN)).actions
    assert happens(DeskPressed(**WHO, press=Claim(12)), Snapshot(OPEN, ticket=TICKET), roles=ROLES).tickets


def test_no_audit_row_holds_words_meant_for_a_resident_or_written_by_one() -> None:
    for event in (
        Replied(**WHO, ticket=12, text="秘密の文"),
        Noted(**WHO, ticket=12, text="秘密の文"),
        Searched(**WHO, words="秘密の文"),
        ReplyEdited(**WHO, text="秘密の文"),
    ):
        audit = happens(event, Snapshot(OPEN, ticket=HELD)).audit
        assert audit is not None
        assert "秘密" not in audit.detail


def test_the_facility_does_not_see_a_case_of_the_wards() -> None:
    ward = replace(TICKET, desk=Desk.WARD)
    snapshot = Snapshot(OPEN, ticket=ward, queue=(ward,), cases=(ward,))
    for event in (
        Looked(**WHO, view=View.QUEUE),
        Looked(**WHO, view=View.TICKET, ticket=12),
        Looked(**WHO, view=View.HISTORY, ticket=12),
        Searched(**WHO, words="白鳥"),
        DeskPressed(**WHO, press=Claim(12)),
        Replied(**WHO, ticket=12, text="x"),
        Transferred(**WHO, ticket=12, to="施設"),
    ):
        outcome = happens(event, snapshot, has_ward_desk=True)
        assert not outcome.tickets
        assert "白鳥ボート いくら" not in "".join(a.text for a in outcome.actions)
        at_ward = happens(replace(event, desk=Desk.WARD), snapshot, has_ward_desk=True)
        assert at_ward.actions or at_ward.toast


def test_a_ticket_goes_to_the_other_desk_as_a_new_card() -> None:
    outcome = happens(Transferred(**WHO, ticket=12, to="町"), Snapshot(OPEN, ticket=HELD), has_ward_desk=True)
    assert outcome.tickets[0].desk is Desk.WARD
    assert outcome.tickets[0].holder is None
    assert [type(action) for action in outcome.actions] == [Retire, PostCard]
    assert outcome.actions[0].text == "受付番号 12 は、町の窓口に移りました。"


def test_only_the_holder_or_a_lead_hands_a_ticket_on() -> None:
    other: Any = {"id": "e", "staff": "tg:9", "name": "太郎"}
    assert "渡せるのは" in (
        happens(Transferred(**other, ticket=12, to="花子"), Snapshot(OPEN, ticket=HELD), roles=ROLES).toast
        or ""
    )
    lead: Any = {"id": "e", "staff": "tg:10", "name": "課長"}
    moved = happens(Transferred(**lead, ticket=12, to="@太郎"), Snapshot(OPEN, ticket=HELD), roles=ROLES)
    assert moved.tickets[0].holder == Holder("tg:9", "太郎")


def test_cases_of_one_resident_become_one_and_of_two_never() -> None:
    old = replace(TICKET, id=9, status=Status.RESOLVED, given=("swan-fee v1",), tags=("料金",))
    story = (Message(9, Author.RESIDENT, "前の話"),)
    merged = happens(
        Merged(**WHO, ticket=9, into=12), Snapshot(OPEN, ticket=old, other=TICKET, messages=story)
    )
    closed, joined = merged.tickets
    assert (closed.id, closed.status, joined.id) == (9, Status.CLOSED, 12)
    assert joined.given == ("swan-fee v1",)
    assert joined.tags == ("料金",)
    assert "前の話" in [m.text for m in merged.messages if m.ticket == 12]
    stranger = replace(TICKET, id=13, resident="tg:2")
    assert not happens(Merged(**WHO, ticket=9, into=13), Snapshot(OPEN, ticket=old, other=stranger)).tickets


def test_a_card_that_waits_for_a_reply_shows_the_resident_that_somebody_writes() -> None:
    outcome = happens(DeskPressed(**WHO, press=StartReply(12)), Snapshot(OPEN, ticket=HELD))
    assert outcome.actions == (ShowTyping(ToResident("tg:1")),)
    quiet = replace(HELD, no_reply=True)
    assert happens(DeskPressed(**WHO, press=StartReply(12)), Snapshot(OPEN, ticket=quiet)).actions == ()


def test_nothing_is_ever_sent_on_a_ticket_that_wants_no_reply() -> None:
    quiet = replace(HELD, no_reply=True)
    draft = Draft(3, 12, "tg:8", "花子", "止めた文")
    snapshot = Snapshot(OPEN, ticket=quiet, draft=draft, is_card=True)
    greetings = {"あいさつ": {Language.JA: "こんにちは"}}
    for event in (
        Replied(**WHO, ticket=12, text="x"),
        Quoted(**WHO, ticket=12, entry="swan-fee"),
        Greeted(**WHO, ticket=12, greeting="あいさつ"),
        Excepted(**WHO, ticket=12, reason="x"),
        RepliedMedia(**WHO, kind="photo", card="-1:5", place="-1:9"),
        ReplyEdited(**WHO, text="直した"),
        Transferred(**WHO, ticket=12, to="太郎"),
        DeskPressed(**WHO, press=QuoteEntry(12, "swan-fee")),
        DeskPressed(**WHO, press=SendGreeting(12, "あいさつ")),
    ):
        for action in happens(event, snapshot, roles=ROLES, greetings=greetings).actions:
            assert not (isinstance(action, (Say, Relay, ShowTyping)) and isinstance(action.to, ToResident)), (
                event
            )


def test_a_greeting_goes_in_the_residents_language() -> None:
    greetings = {"あいさつ": {Language.JA: "こんにちは", Language.EN: "Hello there"}}
    english = replace(HELD, language=Language.EN)
    outcome = happens(
        Greeted(**WHO, ticket=12, greeting="あいさつ"), Snapshot(OPEN, ticket=english), greetings=greetings
    )
    assert "Hello there" in heard(outcome)
    shown = happens(
        DeskPressed(**WHO, press=ShowGreetings(12)), Snapshot(OPEN, ticket=HELD), greetings=greetings
    )
    assert shown.actions[0].buttons[0][0].press == SendGreeting(12, "あいさつ")
    assert "config.yaml" in (
        happens(DeskPressed(**WHO, press=ShowGreetings(12)), Snapshot(OPEN, ticket=HELD)).toast or ""
    )
    assert "あいさつ" in (
        happens(
            Greeted(**WHO, ticket=12, greeting="無い"), Snapshot(OPEN, ticket=HELD), greetings=greetings
        ).toast
        or ""
    )


def test_history_on_the_card_shows_other_cases_without_a_name() -> None:
    other = replace(TICKET, id=3, status=Status.CLOSED, question="前の質問")
    outcome = happens(
        DeskPressed(**WHO, press=ShowHistory(12)), Snapshot(OPEN, ticket=HELD, cases=(HELD, other))
    )
    assert "3 · 2026-11-24 · 終了 · ▏前の質問" in outcome.actions[0].text
    assert "tg:1" not in outcome.actions[0].text


def test_every_code_of_a_card_fits_for_every_entry_and_a_long_greeting() -> None:
    for entry in KNOWLEDGE.entries:
        assert len(encode(QuoteEntry(999_999_999, entry)).encode()) <= 64
    assert len(encode(SendGreeting(999_999_999, "あ" * 15)).encode()) <= 64
