"""Secrets and hostile texts with the real process: nothing is stored, nobody waits, and a button corrects a false
alarm.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import Rig, rig
from tests.tgsim.driver import said
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout

UNLIMITED = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}
SETTINGS: dict[str, Any] = {"telegram": {"limits": UNLIMITED}, "rules": {"messages_per_minute": 0}}
NUMBER, CARD = "987654321093", "4222222222222"


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS) as made:
        made.sim.limits.enforced = False
        yield made
        assert not made.violations()


def stored(folder: Path) -> bytes:
    """Every byte of the database, its write-ahead log, and the log."""
    return b"".join(file.read_bytes() for file in folder.glob("bot.*") if file.suffix != ".lock")


async def test_no_field_of_a_message_brings_a_secret_into_the_record_and_hostile_digits_keep_nobody_waiting(
    it: Rig,
) -> None:
    who, bystander = it.resident(41), it.resident(42)
    for _ in range(5):
        who.write("1 " * 2_048)
    bystander.write("白鳥ボート いくら")
    await bystander.hears("確認できません", seconds=5)
    file = {"file_id": "f", "file_unique_id": "u"}
    for secret in (NUMBER, CARD):
        who.write(f"利用者登録の申請に使う番号 {secret}")
        who.photo(caption=secret)
        who.send({"document": file | {"file_name": f"{secret}.pdf"}})
        who.send({"contact": {"phone_number": secret, "first_name": secret}})
        who.send({"poll": {"id": "1", "question": secret, "options": [], "total_voter_count": 0, "is_closed": False,
                           "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": False,
                           "members_only": False}})  # fmt: skip
        link = {"type": "text_link", "offset": 0, "length": 2, "url": f"https://a.jp/{secret}"}
        who.send({"text": "ここ", "entities": [link]})
        who.user.name = secret
        who.write("白鳥ボート いくら")
        who.user.name = "住民"
        await who.hears("確認できません")
        who.press_data(f"r:{secret}:1:0", who.received[-1])
    half, other_half = NUMBER[:4], f"{NUMBER[4:8]} {NUMBER[8:]}"
    who.write(f"マイナンバーは {half}")
    who.write(other_half)
    mark = len(who.texts)
    who.write("白鳥ボート いくら")
    await who.hears("確認できません", after=mark)
    kept = stored(it.bot.folder)
    for secret in (NUMBER, CARD, other_half):
        assert secret.encode() not in kept


async def test_a_password_is_masked_for_staff_and_a_wrong_alarm_takes_one_tap(it: Rig) -> None:
    who = it.resident(41)
    who.write("白鳥ボートのパスワードは hunter2x です")
    await who.hears("パスワード", "伏せました", "書かないで")
    who.write("職員と話したい")
    await who.hears("受付番号")
    card = await said(it.sim, DESK, "未担当", "●●●●●●●●")
    assert "hunter2x" not in card
    it.staff.press("担当する", it.desk)
    await who.hears("ここからは人が答えます")
    for written, alarm, button in (
        ("お客様 987654321093 です", "マイナンバーに見える", "マイナンバーではありません"),
        ("4222222222222 の件です", "カード番号に見える", "カード番号ではありません"),
        ("パスワードは hunter3x です", "パスワード", "パスワードではありません"),
        ("987654321093 と 4222222222222", "カード番号に見える", "どれでもありません"),
    ):
        mark = len(who.texts)
        who.write(written)
        await who.hears(alarm, after=mark)
        who.press(button)
        await said(it.sim, DESK, written)
    assert b"hunter2x" not in stored(it.bot.folder)
