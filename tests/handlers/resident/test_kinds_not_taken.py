"""Media that are neither text nor file are named, with what can be sent; an album counts once. With the real store."""

from __future__ import annotations

from typing import Any

import pytest

from bot.storage.store import SqliteStore
from handlers.model.actions import Relay
from tests.in_process import InProcess, Office

KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "sticker": ({"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9,
                 "is_animated": False, "is_video": False}, "スタンプ"),
    "location": ({"latitude": 35.6, "longitude": 139.7}, "位置情報"),
    "contact": ({"phone_number": "1", "first_name": "x"}, "連絡先"),
    "poll": ({"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
              "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
              "allows_revoting": False, "members_only": False}, "アンケート"),
    "dice": ({"emoji": "🎲", "value": 3}, "サイコロ"),
}  # fmt: skip
PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]
DESK_CHAT = {"id": -1001000, "type": "supergroup"}


@pytest.fixture
def who(store: SqliteStore) -> InProcess:
    return InProcess(Office(store), 41)


def of_album(number: str, caption: str = "") -> dict[str, Any]:
    return {"photo": PHOTO, "media_group_id": number} | ({"caption": caption} if caption else {})


async def with_ticket(who: InProcess) -> None:
    await who.sends({"text": "白鳥ボート いくら"})
    await who.sends({"text": "/person"})
    assert who.tickets == [1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("has_case", [False, True])
async def test_what_was_not_taken_is_named_and_what_can_be_sent_is_true(
    who: InProcess, kind: str, *, has_case: bool
) -> None:
    content, name = KINDS[kind]
    if has_case:
        await with_ticket(who)
    await who.sends({kind: content})
    told = who.heard[-1]
    assert not isinstance(told, Relay)
    assert told.text.startswith(name)
    assert ("写真・ファイル・音声・動画なら職員に届きます" in told.text) is has_case
    assert "写真・ファイル・音声・スタンプは、ここでは読めません" not in told.text


@pytest.mark.parametrize("parts", [3, 10])
async def test_an_album_without_a_ticket_is_refused_once(who: InProcess, parts: int) -> None:
    for _ in range(parts):
        await who.sends(of_album("7"))
    assert len(who.heard) == 1
    await who.sends(of_album("8"))
    assert len(who.heard) == 2  # another album is answered again


async def test_words_under_any_part_of_an_album_are_answered(who: InProcess) -> None:
    await who.sends(of_album("7"))
    await who.sends(of_album("7", "白鳥ボート いくら"))
    assert "確認できませんでした" in who.heard[-1].text
    await who.sends(of_album("7"))
    assert len(who.heard) == 2


async def test_an_album_that_was_not_taken_for_what_its_words_say_is_kept_out_whole(who: InProcess) -> None:
    await with_ticket(who)
    cards = len(who.office.cards)
    before = len(who.heard)
    await who.sends(of_album("7", "免許証です"))
    for _ in range(2):
        await who.sends(of_album("7"))
    assert len(who.heard) == before + 1
    assert "受け取っていません" in who.heard[-1].text
    assert len(who.office.cards) == cards
    assert not [text for text in who.kept if text.startswith("(photo)")]


async def test_nothing_follows_the_numbers_to_call_in_an_album_that_cries(who: InProcess) -> None:
    for prepare in (False, True):
        if prepare:
            await with_ticket(who)
        before = len(who.heard)
        await who.sends(of_album(f"9{prepare}", "火事です"))
        for _ in range(2):
            await who.sends(of_album(f"9{prepare}"))
        assert [told.text for told in who.heard[before:]] == ["まず119に電話してください。"]
