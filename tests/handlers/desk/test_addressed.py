"""A reply that begins with a number although its place names a ticket: it reaches the right person, or one question
is asked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.store import SqliteStore
from handlers.model.buttons import SendDraft
from handlers.model.events import ReplyEdited
from tests.two_rooms import Office


@pytest.fixture
async def office(store: SqliteStore, tmp_path: Path) -> Office:
    return await Office(store, tmp_path / "test.db").open()


TEXT = "田中様の登録は3月までです"


@pytest.mark.parametrize("verb", ["/r", "/reply", "/R@madoguchi_bot"])
async def test_a_number_of_another_ticket_is_asked_about_and_goes_where_it_is_sent(
    office: Office, verb: str
) -> None:
    asked = await office.writes(f"{verb} 8 {TEXT}", 7)
    assert not office.heard, "nobody has heard anything yet"
    assert asked.draft is not None
    assert [b.press for b in office.buttons()] == [SendDraft(8, asked.draft.id), SendDraft(7, asked.draft.id)]
    await office.chooses(8)
    assert list(office.heard) == ["tg:80"]
    assert TEXT in office.heard["tg:80"][-1]
    assert f"8 {TEXT}" not in office.heard["tg:80"][-1]
    again = await office.chooses(7)
    assert "止めてある返信はありません" in (again.toast or "")
    assert list(office.heard) == ["tg:80"]


async def test_words_that_begin_with_a_number_by_chance_are_sent_as_they_are_by_one_tap(
    office: Office,
) -> None:
    await office.writes("/r 3 日後に来てください", 7)
    assert not office.heard
    await office.chooses(7)
    assert list(office.heard) == ["tg:70"]
    assert "3 日後に来てください" in office.heard["tg:70"][-1]


async def test_a_number_at_the_other_desk_is_asked_about_like_any_and_reaches_nobody_there(
    office: Office,
) -> None:
    await office.writes("/r 3 日後に来てください", 7)
    outcome = await office.chooses(3)
    assert "見つかりません" in (outcome.toast or "")
    assert not office.heard


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("/r 7 明日です", "明日です"),
        ("/r ７ 明日です", "明日です"),
        ("/r 明日の8時です", "明日の8時です"),
        ("/r 8時に開きます", "8時に開きます"),
        ("/r 500 円です", "500 円です"),
        ("/r 0 円です", "0 円です"),
    ],
)
async def test_what_names_no_other_ticket_goes_to_the_one_of_the_place(
    office: Office, line: str, text: str
) -> None:
    await office.writes(line, 7)
    assert list(office.heard) == ["tg:70"]
    assert office.heard["tg:70"][-1].rstrip().endswith(text) or f"\n{text}" in office.heard["tg:70"][-1]


@pytest.mark.parametrize("line", ["/r 8 明日です", "/reply #8 明日です"])
async def test_a_number_goes_to_its_ticket_where_the_place_names_none(office: Office, line: str) -> None:
    await office.writes(line)
    await office.writes(
        line.replace("明日です", "窓口は1階です"), answers="-1:5"
    )  # a message of ours that shows no ticket
    assert list(office.heard) == ["tg:80"]
    assert len(office.heard["tg:80"]) == 2
    assert all("8 " not in text.split("\n")[-1] for text in office.heard["tg:80"])


async def test_a_marked_number_in_a_room_goes_to_its_ticket(office: Office) -> None:
    await office.writes("/r #8 明日です", 7)
    assert list(office.heard) == ["tg:80"]


async def test_a_lone_number_is_not_taken_for_words_unasked(office: Office) -> None:
    await office.writes("/r 8", 7)
    assert not office.heard
    assert [b.press.ticket for b in office.buttons() if isinstance(b.press, SendDraft)] == [7]


async def test_an_edit_of_what_waits_for_the_answer_is_asked_about_again(office: Office) -> None:
    place = "-1:555"
    await office.writes(f"/r 8 {TEXT}", 7, place=place)
    edit = ReplyEdited(id="edit", text="8 田中様は4月までです", verb="/r", **office.who(7, place))
    outcome = await office.happens(edit)
    assert not office.heard
    assert outcome.draft is not None
    await office.chooses(8)
    assert "4月" in office.heard["tg:80"][-1]
    assert list(office.heard) == ["tg:80"]


async def test_no_exception_sends_what_waits_for_the_answer(office: Office) -> None:
    await office.writes(f"/r 8 {TEXT}", 7)
    outcome = await office.writes("/exception 急ぎ", 7)
    shown = " ".join(a.text for a in outcome.actions)
    assert "先にボタンで" in (outcome.toast or shown)
    assert not office.heard
