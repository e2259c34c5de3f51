"""What the other side refuses: each of its wordings, what it concerns, and how long the courier waits."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.channels.telegram.error_map import classify, topics_refused
from bot.delivery.holds import Holds
from bot.delivery.lanes import Lanes
from bot.orders import Order, Orders, give
from bot.places import Place
from bot.ports import Delivery, DeliveryResult, OutboxRow
from bot.storage.store import SqliteStore
from bot.tools.waiting import waiting
from handlers.model.actions import EditCard, PostCard, Say, ToDesk, ToResident, ToTicket
from handlers.model.buttons import AskPerson, OpenEntry
from handlers.model.delivery import Cause, GroupName, Part
from handlers.model.delivery_events import (
    CameBack,
    DeliveriesChecked,
    DeliveryFailed,
    GroupRefused,
    GroupWorks,
)
from handlers.model.events import PutOffFor, SwitchesChecked
from handlers.wording.deliveries import REASONS
from tests.fakes_desk import DeskUnderTest
from tests.small_faq import OPEN, TOKYO

FACILITY = GroupName.FACILITY


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("VOICE_MESSAGES_FORBIDDEN", Cause.VOICE_FORBIDDEN),
        ("User restricted receiving of voice messages", Cause.VOICE_FORBIDDEN),
        ("User restricted receiving of video messages", Cause.VIDEO_FORBIDDEN),
        ("message is too long", Cause.TOO_LONG),
        ("MEDIA_CAPTION_TOO_LONG", Cause.TOO_LONG),
        ("message text is empty", Cause.EMPTY),
        ("file is too big", Cause.TOO_BIG),
        ("message to copy not found", Cause.ORIGINAL_GONE),
        ("MESSAGE_ID_INVALID", Cause.ORIGINAL_GONE),
        ("there are no messages to copy", Cause.ORIGINAL_GONE),
        ("message can't be copied", Cause.PROTECTED),
        ("message has protected content and can't be forwarded", Cause.PROTECTED),
        ("CHAT_FORWARDS_RESTRICTED", Cause.PROTECTED),
        ("wrong file identifier/HTTP URL specified", Cause.WRONG_FILE),
        ("invalid file_id", Cause.WRONG_FILE),
        ("not enough rights to send photos to the chat", Cause.MEDIA_FORBIDDEN),
        ("CHAT_SEND_VOICES_FORBIDDEN", Cause.MEDIA_FORBIDDEN),
        ("can't parse entities", Cause.OTHER),
    ],
)
def test_one_message_is_surely_refused_with_its_cause(said: str, cause: Cause) -> None:
    delivery = classify(BadRequest(said))
    assert (delivery.result, delivery.cause) == (DeliveryResult.REFUSED, cause)
    assert classify(BadRequest(said), is_group=True).result is (
        DeliveryResult.HELD if cause is Cause.OTHER else DeliveryResult.REFUSED
    )


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (BadRequest("CHAT_RESTRICTED"), Cause.RESTRICTED),
        (BadRequest("not enough rights to send text messages to the chat"), Cause.NO_RIGHT_TO_WRITE),
        (BadRequest("have no rights to send a message"), Cause.NO_RIGHT_TO_WRITE),
        (BadRequest("CHAT_WRITE_FORBIDDEN"), Cause.NO_RIGHT_TO_WRITE),
        (BadRequest("CHAT_SEND_PLAIN_FORBIDDEN"), Cause.NO_RIGHT_TO_WRITE),
        (BadRequest("chat not found"), Cause.NOT_FOUND),
        (BadRequest("group chat was deactivated"), Cause.DELETED),
        (Forbidden("Forbidden: the group chat was deleted"), Cause.DELETED),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Cause.KICKED),
        (Forbidden("Forbidden: bot is not a member of the supergroup chat"), Cause.KICKED),
        (BadRequest("something nobody has seen"), Cause.OTHER),
    ],
    ids=str,
)
def test_a_group_that_refuses_is_held_with_its_cause_and_never_failed(
    error: TelegramError, cause: Cause
) -> None:
    delivery = classify(error, is_group=True)
    assert (delivery.result, delivery.cause) == (DeliveryResult.HELD, cause)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Cause.BLOCKED),
        (Forbidden("Forbidden: user is deactivated"), Cause.DEACTIVATED),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Cause.NEVER_STARTED),
        (BadRequest("chat not found"), Cause.NO_SUCH_PERSON),
        (BadRequest("PEER_ID_INVALID"), Cause.NO_SUCH_PERSON),
    ],
    ids=str,
)
def test_a_person_who_cannot_be_reached_has_a_cause(error: TelegramError, cause: Cause) -> None:
    delivery = classify(error)
    assert (delivery.result, delivery.cause) == (DeliveryResult.UNREACHABLE, cause)


def test_a_file_too_big_for_the_server_itself_is_refused_and_every_cause_has_words() -> None:
    assert classify(NetworkError("Request Entity Too Large")).cause is Cause.TOO_BIG
    assert set(REASONS) == set(Cause)
    assert not any(reason.isascii() for reason in REASONS.values())


def test_topics_alone_are_refused_or_the_whole_group() -> None:
    assert topics_refused(BadRequest("the chat is not a forum")) is Cause.NOT_A_FORUM
    assert topics_refused(BadRequest("not enough rights to create a topic")) is Cause.NO_RIGHT_TO_TOPICS
    assert topics_refused(BadRequest("CHAT_RESTRICTED")) is None
    assert topics_refused(Forbidden("Forbidden: bot was kicked from the supergroup chat")) is None


def test_a_held_group_is_tried_by_one_message_at_a_time_less_and_less_often() -> None:
    holds, now, waits = Holds(), 100.0, []
    for _ in range(12):
        wait, _ = holds.refuse(FACILITY, Cause.RESTRICTED, now)
        waits.append(wait)
        assert holds.free_at(FACILITY, now) == now + wait
        now += wait
        holds.begin(FACILITY)
        assert holds.free_at(FACILITY, now) > now + 1e9, "the others wait for the one that is tried"
    assert waits == sorted(waits)
    assert waits[-1] == 300.0
    assert holds.free_at(GroupName.WARD, now) == now
    holds.end(FACILITY, now, 5.0)
    assert holds.free_at(FACILITY, now) == now + 5.0
    assert holds.release(FACILITY)
    assert not holds.release(FACILITY)


def test_a_card_that_took_a_newer_state_is_done_only_together_with_it() -> None:
    lanes = Lanes(1.0)
    rows = [
        OutboxRow(1, PostCard(7, "state 1"), "ticket:7", 1),
        OutboxRow(2, EditCard(7, "state 2"), "ticket:7", 3),
        OutboxRow(3, Say(ToTicket(7), "words"), "ticket:7", 1),
    ]
    lanes.admit(rows, 0.0)
    lane = lanes["ticket:7"]
    assert lane.rows[0].action.text == "state 2"
    assert [row.id for row in lane.rows[0].followers] == [2]
    assert lanes.superseded == []
    lanes.finish(lane, [lane.rows[0], *lane.rows[0].followers])
    assert [row.id for row in lane.rows] == [3]


async def test_a_message_that_alone_is_refused_holds_up_neither_its_group_nor_is_it_dropped(
    desk: DeskUnderTest,
) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    desk.messenger.sent.clear()
    sent = desk.messenger.perform

    async def picky(row: OutboxRow) -> Delivery:
        if "poison" in row.action.text:
            return Delivery(DeliveryResult.HELD, detail="odd", cause=Cause.OTHER, group=FACILITY)
        return replace(await sent(row), group=FACILITY)

    desk.messenger.perform = picky  # type: ignore[method-assign] # a group that dislikes one message
    await desk.store.put_out([Say(ToTicket(1), "poison"), Say(ToDesk(), "fine")], OPEN)
    await desk.courier.drain()
    assert [row.action.text for row in desk.messenger.sent if row.action.text == "fine"] == ["fine"]
    left = await desk.store.outbox_after(0, 10)
    assert [row.action.text for row in left] == ["poison"]
    assert left[0].attempts == 1


async def test_the_doctor_counts_what_waits_and_fails(desk: DeskUnderTest, tmp_path: Path) -> None:
    await desk.says("白鳥 いくら")
    desk.messenger.answers += [
        Delivery(DeliveryResult.SENT, Place("r", "1")),
        Delivery(
            DeliveryResult.HELD,
            retry_after=60,
            detail="CHAT_RESTRICTED",
            cause=Cause.RESTRICTED,
            group=FACILITY,
        ),
    ]
    await desk.presses(AskPerson())
    (finding,) = waiting(tmp_path / "test.db", OPEN)
    assert not finding.is_ok
    assert not finding.is_warning
    assert "1 cards and 0 messages wait" in finding.seen
    assert "restricted, CHAT_RESTRICTED, since 11/24 10:00" in finding.seen
    raw = sqlite3.connect(tmp_path / "test.db")
    raw.execute("delete from refusal")
    raw.commit()
    raw.close()
    (late,) = waiting(tmp_path / "test.db", OPEN.replace(year=2027))
    assert "1 cards" in late.seen
    assert not late.is_ok


async def test_an_alarm_is_given_once_a_cause_and_the_all_clear_once(desk: DeskUnderTest) -> None:
    async def happens(event: GroupRefused | GroupWorks) -> list[str]:
        desk.messenger.sent.clear()
        await desk.dispatcher.dispatch(event)
        await desk.courier.drain()
        return [row.action.text for row in desk.messenger.sent]

    def refused(number: int, cause: Cause) -> GroupRefused:
        return GroupRefused(id=f"e{number}", group=FACILITY, part=Part.MESSAGES, cause=cause)

    assert len(await happens(refused(1, Cause.RESTRICTED))) == 1
    assert await happens(refused(2, Cause.RESTRICTED)) == []
    assert len(await happens(refused(3, Cause.KICKED))) == 1
    seen = GroupWorks(id="w1", group=FACILITY, part=Part.MESSAGES, is_seen=True)
    assert len(await happens(seen)) == 1, "a look shows that it is in the group again"
    assert await happens(replace(seen, id="w2", is_seen=False)) == []
    await happens(refused(4, Cause.RESTRICTED))
    assert await happens(replace(seen, id="w3")) == [], "only a message that is taken shows that"


async def test_what_is_kept_for_a_resident_is_forgotten_with_them(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら", "tg:41")
    await desk.presses(AskPerson(), "tg:41")
    desk.messenger.answers.append(Delivery(DeliveryResult.UNREACHABLE, cause=Cause.BLOCKED))
    await desk.staff_replies(1, "預かる返事")
    desk.messenger.sent.clear()
    await desk.dispatcher.dispatch(DeliveryFailed(id="again", resident="tg:41", reason=""))
    await desk.courier.drain()
    assert desk.messenger.sent == [], "the desk hears it once"
    await desk.dispatcher.dispatch(CameBack(id="back", resident="tg:41"))
    await desk.courier.drain()
    assert any("預かる返事" in text for text in desk.messenger.to("tg:41"))
    desk.messenger.sent.clear()
    await desk.dispatcher.dispatch(CameBack(id="back2", resident="tg:41"))
    await desk.courier.drain()
    assert desk.messenger.to("tg:41") == []


async def test_a_resident_put_off_is_told_once_an_hour_and_served_again_by_itself(
    desk: DeskUnderTest,
) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    block = PutOffFor(id="b", staff="課長", name="課長", ticket=1, text="3時間 何度も同じ文")
    await desk.dispatcher.dispatch(block)
    await desk.courier.drain()
    told = len(desk.messenger.to("r:1"))
    await desk.says("もしもし")
    await desk.says("もしもし")
    assert len(desk.messenger.to("r:1")) == told
    assert "119" in await desk.says("火事です")
    desk.clock.advance(minutes=61)
    assert "受付を止めています" in await desk.says("もしもし")
    await desk.says("もしもし")
    assert len(desk.messenger.to("r:1")) == told + 2
    assert not any("もしもし" in row.action.text for row in desk.messenger.sent)
    desk.clock.advance(hours=2)
    await desk.dispatcher.dispatch(SwitchesChecked(id="tick"))
    await desk.courier.drain()
    assert any("受付の停止が終わりました" in row.action.text for row in desk.messenger.sent)
    assert "もしもし" not in await desk.says("白鳥 いくら")
    assert any("白鳥 いくら" in row.action.text for row in desk.messenger.sent if row.lane == "ticket:1")


async def test_an_order_given_while_nothing_runs_is_taken_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    give(path, Order("pause", "1時間 点検中", "root"))
    (path.with_name("bot.db.orders") / "00-broken.json").write_text("{", encoding="utf-8")
    store = await SqliteStore.open(path, label="a test", zone=TOKYO)
    desk = DeskUnderTest(store)
    await Orders(path, desk.dispatcher.dispatch).take()
    assert await desk.says("白鳥 いくら") == "点検中"
    assert await desk.says("量子もつれ") == "点検中", "neither offers nor a request to say it otherwise"
    assert await desk.presses(OpenEntry("swan-fee")) == "点検中"
    assert list(path.with_name("bot.db.orders").iterdir()) == []
    desk.clock.advance(hours=2)
    assert "確認できません" in await desk.says("白鳥 いくら")
    await desk.dispatcher.dispatch(SwitchesChecked(id="tick"))
    await desk.courier.drain()
    assert any("再開しました" in row.action.text for row in desk.messenger.sent)
    await store.close()


async def test_a_check_now_and_then_tells_residents_whose_words_have_arrived(desk: DeskUnderTest) -> None:
    await desk.dispatcher.dispatch(
        GroupRefused(id="r", group=FACILITY, part=Part.MESSAGES, cause=Cause.KICKED)
    )
    await desk.says("白鳥 いくら")
    opened = await desk.presses(AskPerson())
    assert "お預かりしました" in opened
    await desk.dispatcher.dispatch(DeliveriesChecked(id="c"))
    assert "職員に届きました" in await desk.says("書き足し") or any(
        "職員に届きました" in text for text in desk.messenger.to("r:1")
    )
    assert ToResident("r:1") in [row.action.to for row in desk.messenger.sent if isinstance(row.action, Say)]
