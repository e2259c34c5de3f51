"""A reply that contradicts an earlier one is held; one button sends it, and no other fault passes by that button."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.store import SqliteStore
from tests.two_rooms import Office

SEND = "このまま送る"


@pytest.fixture
async def office(store: SqliteStore, tmp_path: Path) -> Office:
    return await Office(store, tmp_path / "test.db").open()


def labels(office: Office) -> list[str]:
    return [button.label for button in office.buttons()] if office.asked else []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("利用時間は9時からです", "10時からです"),
        ("月曜日に来てください", "火曜日に来てください"),
        ("予約できます", "予約できません"),
        ("月曜の9時に来てください", "火曜の10時に来てください"),
        ("登録料は無料です", "登録料は500円です"),
    ],
)
async def test_the_second_waits_and_one_tap_sends_it(office: Office, first: str, second: str) -> None:
    await office.writes(f"/r 7 {first}")
    held = await office.writes(f"/r 7 {second}", staff="tg:9", name="太郎")
    assert len(office.heard["tg:70"]) == 1, "the second has not left"
    assert held.draft is not None
    assert first in office.asked[-1].text
    assert SEND in labels(office)
    await office.chooses(7)
    assert second in office.heard["tg:70"][-1]
    assert len(office.heard["tg:70"]) == 2


async def test_what_is_wrong_otherwise_too_has_no_such_tap(office: Office) -> None:
    await office.writes("/r 7 予約できます")
    await office.writes("/r 7 予約できません。03-9999-9999 にお電話ください")
    assert len(office.heard["tg:70"]) == 1
    assert SEND not in labels(office)


async def test_another_tickets_replies_are_not_compared(office: Office) -> None:
    await office.writes("/r 7 予約できます")
    await office.writes("/r 8 予約できません")
    assert len(office.heard["tg:80"]) == 1
    assert not office.asked
