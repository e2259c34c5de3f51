"""An alarm without the record goes to the desk where the admins' group refuses it."""

from __future__ import annotations

from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.outbound import TelegramMessenger
from tests.fakes_telegram import DESK, RecordingRequest, a_bot

ADMINS = -100888
KICKED = (
    403,
    {"ok": False, "error_code": 403, "description": "Forbidden: bot was kicked from the group chat"},
)


async def test_where_the_admins_group_refuses_the_alarm_the_desk_hears_it() -> None:
    wire = RecordingRequest()
    wire.faults["sendMessage"] = [KICKED]
    messenger = TelegramMessenger(a_bot(wire), OurGroup(DESK), OurGroup(ADMINS))
    assert await messenger.say_straight("ディスクがいっぱいです")
    assert [int(given["chat_id"]) for _, given in wire.calls] == [ADMINS, DESK]
