"""The desk's clocks in opening time, and checks of replies before they are sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.hours import Hours
from faq.language import Language
from handlers.desk.ticket_actions import moment
from handlers.engine import Engine
from handlers.model.actions import EditCard, Say, ToAdmins, ToDesk, ToResident
from handlers.model.conversation import Conversation
from handlers.model.events import DeskPressed, Event, Excepted, Replied, TimePassed
from handlers.model.roles import Roles
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Draft, Outcome, Snapshot
from handlers.model.targets import Alert, Targets, Watch, told
from handlers.model.tickets import Desk, Holder, Status, Ticket
from handlers.wording import desk as words
from tests.small_faq import HOLIDAY, OPEN, knowledge

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


YEAR = datetime(2026, 1, 1)  # noqa: DTZ001 - the strategy adds the zone itself
WATCH = Watch(Hours(), Targets(timedelta(minutes=60), timedelta(hours=16), timedelta(minutes=15)))


def alerts(ticket: Ticket, now: datetime) -> list[Alert]:
    return [due.alert for due in WATCH.due(ticket, now)]


def test_reminder_before_and_escalation_after_in_opening_time_only() -> None:
    assert alerts(TICKET, OPEN + timedelta(minutes=44)) == []
    assert alerts(TICKET, OPEN + timedelta(minutes=46)) == [Alert.REMIND_FIRST]
    assert alerts(TICKET, OPEN + timedelta(minutes=61)) == [Alert.LATE_FIRST]
    assert alerts(replace(TICKET, replied_at=OPEN), OPEN + timedelta(minutes=61)) == []
    assert alerts(replace(TICKET, status=Status.RESOLVED), OPEN + timedelta(days=3)) == []
    assert alerts(replace(TICKET, snoozed_until=OPEN), OPEN + timedelta(minutes=61)) == []
    evening = replace(TICKET, opened_at=OPEN.replace(hour=16, minute=30))
    assert alerts(evening, OPEN.replace(hour=23)) == []
    assert alerts(evening, OPEN.replace(hour=9, minute=10) + timedelta(days=1)) == []
    assert alerts(evening, OPEN.replace(hour=9, minute=20) + timedelta(days=1)) == [Alert.REMIND_FIRST]
    on_holiday = replace(TICKET, opened_at=HOLIDAY)
    assert alerts(on_holiday, HOLIDAY + timedelta(hours=5)) == []
    answered = replace(TICKET, replied_at=OPEN)
    assert alerts(answered, OPEN + timedelta(days=2, minutes=-16)) == []
    assert alerts(answered, OPEN + timedelta(days=2, minutes=-10)) == [Alert.REMIND_RESOLUTION]
    assert alerts(answered, OPEN + timedelta(days=2)) == [Alert.LATE_RESOLUTION]


def test_each_alert_is_given_once() -> None:
    late = OPEN + timedelta(minutes=70)
    first = happens(TimePassed(id="t:1"), Snapshot(late, queue=(TICKET,)), claim_lapse=timedelta(days=9))
    assert any(isinstance(a, Say) and a.to == ToDesk() and "過ぎました" in a.text for a in first.actions)
    again = happens(TimePassed(id="t:2"), Snapshot(late, queue=first.tickets), claim_lapse=timedelta(days=9))
    assert again == Outcome()


def test_leads_are_named_when_a_target_is_missed() -> None:
    outcome = happens(
        TimePassed(id="t"), Snapshot(OPEN + timedelta(minutes=70), queue=(TICKET,)), roles=ROLES
    )
    assert any("課長" in a.text for a in outcome.actions)


def test_what_was_put_aside_comes_back_and_does_not_lapse_meanwhile() -> None:
    aside = replace(HELD, snoozed_until=OPEN + timedelta(hours=2))
    assert happens(TimePassed(id="t"), Snapshot(OPEN + timedelta(hours=1), queue=(aside,))) == Outcome()
    back = happens(TimePassed(id="t"), Snapshot(OPEN + timedelta(hours=2), queue=(aside,)))
    assert back.tickets[0].snoozed_until is None
    assert any("時間になりました" in a.text for a in back.actions)
    assert any(isinstance(a, EditCard) for a in back.actions)


@given(st.datetimes(YEAR, YEAR.replace(year=2027)), st.integers(0, 40_000), st.integers(0, 40_000))
def test_opening_time_adds_up(begin: datetime, first: int, second: int) -> None:
    hours, start = Hours(), begin.replace(tzinfo=OPEN.tzinfo)
    middle, end = start + timedelta(minutes=first), start + timedelta(minutes=first + second)
    whole = hours.open_between(start, end)
    assert hours.open_between(start, middle) + hours.open_between(middle, end) == whole
    assert timedelta() <= whole <= end - start


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("30分", OPEN + timedelta(minutes=30)),
        ("2時間", OPEN + timedelta(hours=2)),
        ("3日", OPEN + timedelta(days=3)),
        ("45m", OPEN + timedelta(minutes=45)),
        ("14:00", OPEN.replace(hour=14)),
        ("9時", OPEN.replace(hour=9) + timedelta(days=1)),
        ("14時30分", OPEN.replace(hour=14, minute=30)),
        ("明日", OPEN.replace(hour=9) + timedelta(days=1)),
        ("11-28", OPEN.replace(day=30, hour=9)),
        ("2027-01-02", datetime(2027, 1, 4, 9, tzinfo=OPEN.tzinfo)),
        ("1/4", datetime(2027, 1, 4, 9, tzinfo=OPEN.tzinfo)),
        ("25:00", None),
        ("13-45", None),
        ("2026-01-01", None),
        ("いつか", None),
        ("", None),
    ],
)
def test_staff_write_a_time_as_they_speak(text: str, until: datetime | None) -> None:
    assert moment(text, OPEN, Rules()) == until


@given(st.text(max_size=30))
def test_no_words_break_the_clock(text: str) -> None:
    moment(text, OPEN, Rules())


def test_told_alerts_stay_with_the_ticket() -> None:
    due = WATCH.due(TICKET, OPEN + timedelta(minutes=70))
    assert told(TICKET, due).alerts == (Alert.LATE_FIRST.value,)


# -- replies ------------------------------------------------------------------------------------------------------------


def test_a_reply_to_what_is_no_card_stays_a_note_until_a_tap_sends_it() -> None:
    event = Replied(**WHO, text="これは届かない", card="-1:7", place="-1:9")
    outcome = happens(event, Snapshot(OPEN, ticket=HELD, is_card=False))
    assert outcome.messages[0].author is Author.NOTE
    assert outcome.draft is not None
    assert not any(isinstance(a, Say) and isinstance(a.to, ToResident) for a in outcome.actions)


def test_a_held_reply_goes_with_a_reason_and_the_reason_stays() -> None:
    event = Replied(**WHO, text="03-9999-9999 へ", card="-1:7", place="-1:9")
    held = happens(event, Snapshot(OPEN, ticket=HELD, is_card=True))
    assert held.draft is not None
    assert not held.tickets
    assert "03-9999-9999" in held.actions[0].text
    reason = happens(
        Excepted(**WHO, ticket=12, reason="本人の希望"), Snapshot(OPEN, ticket=HELD, draft=held.draft)
    )
    assert "03-9999-9999 へ" in heard(reason)
    assert "本人の希望" not in heard(reason)
    assert reason.draft_done == held.draft.id
    assert any("本人の希望" in m.text for m in reason.messages)
    assert reason.audit is not None
    assert reason.audit.detail == "本人の希望"
    empty = happens(Excepted(**WHO, ticket=12, reason=" "), Snapshot(OPEN, ticket=HELD, draft=held.draft))
    assert not empty.actions


def test_the_first_answer_is_stamped_once() -> None:
    first = happens(Replied(**WHO, ticket=12, text="はい"), Snapshot(OPEN, ticket=TICKET)).tickets[0]
    assert first.replied_at == OPEN
    later = Snapshot(OPEN + timedelta(hours=1), ticket=first)
    assert happens(Replied(**WHO, ticket=12, text="追伸"), later).tickets[0].replied_at == OPEN


def test_admins_hear_what_staff_think_is_wrong_in_the_faq() -> None:
    from handlers.model.buttons import FaqIsWrong

    draft = Draft(3, 12, "tg:8", "花子", "文", ("・電話番号「03-9999-9999」は、窓口一覧にありません。",))
    outcome = happens(DeskPressed(**WHO, press=FaqIsWrong(12, 3)), Snapshot(OPEN, ticket=HELD, draft=draft))
    said = next(a for a in outcome.actions if isinstance(a, Say))
    assert said.to == ToAdmins()
    assert "03-9999-9999" in said.text
    assert TICKET.question not in said.text


def test_the_card_says_where_it_belongs_and_what_is_put_aside() -> None:
    shown = words.card(
        replace(
            HELD, desk=Desk.WARD, snoozed_until=OPEN, tags=("急ぎ",), path=("asked", "unsolved:swan-fee")
        ),
        OPEN,
    )
    for line in ("施設の職員には見えません", "まで後回し", "#急ぎ", "経路: 質問 → 解決しない swan-fee"):
        assert line in shown
