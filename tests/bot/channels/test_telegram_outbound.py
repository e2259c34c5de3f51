"""Telegram's answers and their meaning; splitting texts to its size limit."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.error_map import classify
from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.outbound import TelegramMessenger
from bot.channels.telegram.render import LIMIT_UNITS, split, units
from bot.places import Place
from bot.ports import DeliveryResult, OutboxRow
from handlers.model.actions import EditCard, Erase, Retire, Say, ToResident, ToTicket
from tests.fakes_telegram import DESK, RecordingRequest, a_bot

NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (BadRequest(NOT_MODIFIED), DeliveryResult.SENT),
        (BadRequest("Message to edit not found"), DeliveryResult.SENT),
        (BadRequest("Chat not found"), DeliveryResult.UNREACHABLE),
        (Forbidden("Forbidden: bot was blocked by the user"), DeliveryResult.UNREACHABLE),
        (Forbidden("Forbidden: user is deactivated"), DeliveryResult.UNREACHABLE),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), DeliveryResult.UNREACHABLE),
        (BadRequest("Can't parse entities"), DeliveryResult.REFUSED),
        (TimedOut(), DeliveryResult.UNKNOWN),
        (Conflict("terminated by other getUpdates request"), DeliveryResult.RETRY),
        (NetworkError("httpx.ConnectError"), DeliveryResult.RETRY),
        (ChatMigrated(-100), DeliveryResult.RETRY),
        (InvalidToken("x"), DeliveryResult.RETRY),
        (TelegramError("Invalid server response"), DeliveryResult.UNKNOWN),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_error_is_what_the_courier_must_do_about_it(error: TelegramError, result: DeliveryResult) -> None:
    assert classify(error).result is result


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_a_flood_wait_is_kept_in_seconds() -> None:
    assert classify(RetryAfter(35)).retry_after == 35


@given(st.text(alphabet=st.sampled_from("あ漢a😀🇯🇵 \n。"), max_size=3 * LIMIT_UNITS // 2))
def test_parts_fit_and_together_are_the_whole_text(text: str) -> None:
    parts = split(text, 200)
    assert all(units(part) <= 200 for part in parts) or not text.strip()
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_long_text_is_cut_at_a_paragraph() -> None:
    assert split("一" * 90 + "\n\n" + "二" * 90, 100) == ["一" * 90, "二" * 90]


async def test_buttons_stand_under_the_last_part_and_the_card_is_edited_in_place() -> None:
    wire = RecordingRequest()
    messenger = TelegramMessenger(a_bot(wire), OurGroup(DESK), OurGroup(None))
    await messenger.perform(OutboxRow(1, EditCard(1, "新しい状態"), card=Place(str(DESK), "55")))
    name, given = wire.calls[-1]
    assert (name, given["message_id"]) == ("editMessageText", 55)
    delivery = await messenger.perform(OutboxRow(2, Say(ToTicket(1), "追記"), card=Place(str(DESK), "55")))
    assert wire.calls[-1][1]["reply_parameters"]["message_id"] == 55
    assert delivery.place is not None


MIGRATED: Final = (
    400, {"ok": False, "error_code": 400, "description": "Bad Request: group chat was upgraded to a supergroup chat",
          "parameters": {"migrate_to_chat_id": -100777}},
)  # fmt: skip


async def test_a_migrated_group_is_followed() -> None:
    wire = RecordingRequest()
    wire.faults["sendMessage"] = [MIGRATED]
    messenger = TelegramMessenger(a_bot(wire), OurGroup(-5), OurGroup(None))
    row = OutboxRow(1, Say(ToTicket(1), "x"))
    assert (await messenger.perform(row)).result is DeliveryResult.RETRY
    await messenger.perform(row)
    assert int(wire.calls[-1][1]["chat_id"]) == -100777


async def test_a_card_in_the_chat_before_a_move_is_gone_and_the_move_is_noted_once() -> None:
    wire, moves, group = RecordingRequest(), list[tuple[int, int]](), OurGroup(-5)
    group.follow({}, lambda old, new: moves.append((old, new)))
    messenger = TelegramMessenger(a_bot(wire), group, OurGroup(None))
    wire.faults["editMessageText"] = [MIGRATED, MIGRATED]
    for number in (1, 2):
        delivery = await messenger.perform(
            OutboxRow(number, EditCard(1, "新しい状態"), card=Place("-5", "55"))
        )
        assert (delivery.result, delivery.topic_lost) == (DeliveryResult.SENT, 1)
    assert moves == [(-5, -100777)]


async def test_what_stood_in_the_chat_before_a_move_is_left_and_counted() -> None:
    wire, group = RecordingRequest(), OurGroup(-100777)
    group.ids.add(-5)
    messenger = TelegramMessenger(a_bot(wire), group, OurGroup(None))
    wire.faults = {name: [MIGRATED] * 3 for name in ("deleteMessages", "deleteMessage", "editMessageText")}
    erased = await messenger.perform(OutboxRow(1, Erase("facility", places=("-5:1", "-5:2"))))
    assert (erased.result, erased.left) == (DeliveryResult.SENT, 2)
    row = OutboxRow(2, Retire(1, "facility", "移りました"), card=Place("-5", "3"), places=(Place("-5", "4"),))
    assert (await messenger.perform(row)).result is DeliveryResult.SENT


def test_a_group_that_is_noted_as_moved_to_where_it_is_stays_there() -> None:
    group = OurGroup(-5)
    group.follow({-5: -100777, -100777: -100777}, lambda old, new: None)
    assert group.chat == -100777


async def test_a_resident_who_blocked_the_bot_is_unreachable() -> None:
    wire = RecordingRequest()
    wire.faults["sendMessage"] = [
        (403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"})
    ]
    messenger = TelegramMessenger(a_bot(wire), OurGroup(DESK), OurGroup(None))
    assert (
        await messenger.perform(OutboxRow(1, Say(ToResident("tg:7"), "x")))
    ).result is DeliveryResult.UNREACHABLE
