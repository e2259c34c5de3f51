"""A resident's status and own data, and what of it staff see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from faq.language import Language
from handlers.engine import Engine
from handlers.model.actions import Relay, Say, ToResident, ToTicket
from handlers.model.buttons import ForgetMe
from handlers.model.conversation import Conversation, Given, stepped
from handlers.model.events import Command, Commanded, Event, Pressed, SentMedia
from handlers.model.roles import Roles
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Kept, Message, Outcome, Snapshot
from handlers.model.tickets import Holder, Status, Ticket
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


def asks(command: Command, **snapshot: Any) -> Outcome:
    return happens(
        Commanded(id="e", resident="tg:1", command=command), Snapshot(OPEN, conversation=TALK, **snapshot)
    )


def test_status_tells_the_place_and_no_more_than_is_known() -> None:
    told_few = heard(asks(Command.STATUS, active=TICKET, ahead=3, waits=(60.0,) * 4))
    assert "前に 3 件" in told_few
    assert "分かりません" in told_few
    told_many = heard(
        asks(Command.STATUS, active=TICKET, ahead=0, waits=(600.0, 600.0, 1200.0, 6000.0, 60.0))
    )
    assert "最近の5件" in told_many
    assert "10分以内" in told_many
    assert "約束ではありません" in told_many
    assert "職員が担当しています" in heard(asks(Command.STATUS, active=HELD))
    assert "ありません" in heard(asks(Command.STATUS))
    resolved = replace(TICKET, status=Status.RESOLVED)
    assert "「まだ」" in heard(asks(Command.STATUS, cases=(resolved,)))


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(61, "1分"), (3600, "60分"), (2 * 3600, "2時間"), (26 * 3600, "26時間"), (72 * 3600, "3日")],
)
def test_a_wait_is_told_in_the_unit_that_says_enough(seconds: int, shown: str) -> None:
    assert f"が{shown}以内" in heard(asks(Command.STATUS, active=TICKET, waits=(float(seconds),) * 9))


def test_history_and_mydata_show_ones_own_and_no_notes_of_staff() -> None:
    assert "12 · 2026-11-24 · 順番待ち · 白鳥ボート いくら" in heard(asks(Command.HISTORY, cases=(TICKET,)))
    assert "ありません" in heard(asks(Command.HISTORY))
    kept = Kept(
        (TICKET,),
        (
            Message(12, Author.RESIDENT, "問い"),
            Message(12, Author.NOTE, "内緒"),
            Message(12, Author.STAFF, "答え"),
        ),
        7,
    )
    shown = heard(asks(Command.MYDATA, kept=kept))
    assert all(word in shown for word in ("あなた: 問い", "職員: 答え", "7件", "tg:1", "/forget"))
    assert "内緒" not in shown


def test_forget_asks_first_and_then_erases() -> None:
    asked = asks(Command.FORGET)
    assert asked.forget is None
    assert "消しますか" in heard(asked)
    no = happens(Pressed(id="e", resident="tg:1", press=ForgetMe(0)), Snapshot(OPEN, conversation=TALK))
    assert no.forget is None
    yes = happens(Pressed(id="e", resident="tg:1", press=ForgetMe(1)), Snapshot(OPEN, conversation=TALK))
    assert yes.forget == "tg:1"
    assert yes.conversation is None
    assert yes.record is None


def test_stop_withdraws_everything_with_one_message() -> None:
    resolved = replace(TICKET, id=9, status=Status.RESOLVED)
    outcome = asks(Command.STOP, active=TICKET, cases=(TICKET, resolved))
    assert {t.id: t.status for t in outcome.tickets} == {12: Status.CLOSED, 9: Status.CLOSED}
    assert len([a for a in outcome.actions if isinstance(a, Say) and isinstance(a.to, ToResident)]) == 1
    assert "何かを送ることはありません" in heard(asks(Command.STOP))


def test_a_command_of_the_desk_does_nothing_for_a_resident_and_is_recorded() -> None:
    event = Commanded(id="e", resident="tg:1", command=Command.FOR_STAFF, word="queue")
    outcome = happens(event, Snapshot(OPEN, conversation=TALK))
    assert "職員の指示" in heard(outcome)
    assert outcome.audit is not None
    assert (outcome.audit.action, outcome.audit.detail) == ("/queue", "refused")


def sends(kind: str, caption: str = "", given: tuple[str, ...] = (), active: Ticket | None = HELD) -> Outcome:
    talk = replace(TALK, given=tuple(Given(entry, 1) for entry in given))
    event = SentMedia(id="e", resident="tg:1", kind=kind, caption=caption, place="1:5")
    return happens(event, Snapshot(OPEN, conversation=talk, active=active))


@pytest.mark.parametrize(
    "caption", ["免許証です", "マイナンバーカード", "my passport", "在留カードの裏", "身份证", "여권 사진"]
)
def test_a_picture_that_may_show_an_identity_is_taken_from_nobody(caption: str) -> None:
    outcome = sends("photo", caption)
    assert not any(isinstance(a, Relay) for a in outcome.actions)
    assert "受け取っていません" in heard(outcome)
    assert any(isinstance(a, Say) and a.to == ToTicket(12) for a in outcome.actions)


def test_what_is_relayed_is_a_copy_with_its_caption_masked_where_it_was() -> None:
    copy = next(a for a in sends("photo", "看板です").actions if isinstance(a, Relay))
    assert (copy.to, copy.source, copy.text) == (ToTicket(12), "1:5", "")
    assert not any(isinstance(a, Relay) for a in sends("contact").actions)
    assert not any(isinstance(a, Relay) for a in sends("photo", active=None).actions)


def test_the_path_is_what_the_resident_did_and_stays_short() -> None:
    talk = TALK
    for number in range(30):
        talk = stepped(talk, f"menu:{number}")
    assert talk.path == tuple(f"menu:{n}" for n in range(22, 30))
