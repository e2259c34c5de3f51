"""Which texts are read as one, how long the inbox waits for them, and how they are joined."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.channels.telegram.joining import LONGEST_UNITS, joined, piece_of
from bot.inbox.gathering import (
    ALONE_SECONDS,
    APART_SECONDS,
    BURST_SECONDS,
    CHARACTERS,
    LETTER_SECONDS,
    LONGEST_SECONDS,
    PIECES,
    Gathering,
    ReceivedText,
)
from bot.inbox.intake import Intake
from bot.ports import Lease, RawUpdate
from bot.storage.store import SqliteStore
from handlers.model.events import Secret
from tests.fakes_telegram import in_group, press, private
from tests.updates import an_update

NOW = 1_700_000_000


def raw(update: dict[str, Any]) -> RawUpdate:
    return an_update(update["update_id"], "tg:7", json.dumps({"update": update, "withheld": []}))


def edit(update_id: int, message: int, text: str, sent: int = NOW) -> dict[str, Any]:
    update = private(update_id, text, message_id=message, edit_date=sent)
    return {"update_id": update_id, "edited_message": update["message"]}


def gathered(*updates: dict[str, Any]) -> list[int]:
    """The numbers of the updates that are handled together with the first."""
    group = Gathering(piece_of)
    for update in updates:
        if not group.take(Lease(raw(update), "t"), 0.0):
            break
    return [lease.update.number for lease in group.leases]


TEXT = private(2, "二つめ", date=NOW)
REPLY = {"message_id": 9, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "?"}
ENDS: dict[str, dict[str, Any]] = {
    "a command": private(2, "/menu", date=NOW),
    "a press": press(2, "m"),
    "a photo": private(2, "", date=NOW, photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]),
    "a reply": private(2, "はい、それで", date=NOW, reply_to_message=REPLY),
    "an edit of another": edit(2, 99, "別の文"),
    "a part of an album": private(2, "文", date=NOW, media_group_id="a"),
    "something in a group": in_group(2, "文"),
    "what nobody can read": {"update_id": 2, "message": {"chat": {"type": "private"}, "text": "文"}},
    "what was sent long after": private(2, "二つめ", date=NOW + int(APART_SECONDS) + 1),
}  # fmt: skip


@pytest.mark.parametrize("kind", ENDS)
def test_what_stands_for_itself_ends_what_is_read_together(kind: str) -> None:
    assert gathered(private(1, "一つめ", date=NOW), ENDS[kind], private(3, "三つめ", date=NOW)) == [1]
    assert gathered(ENDS[kind], private(3, "三つめ", date=NOW + 60)) == [2]


def test_texts_are_read_together_up_to_a_bound_of_pieces_and_of_characters() -> None:
    texts = [private(n, "文", date=NOW + n // 5) for n in range(1, 40)]
    assert gathered(*texts) == list(range(1, PIECES + 1))
    long = [private(n, "文" * 4096, date=NOW) for n in range(1, 9)]
    assert gathered(*long) == [n for n in range(1, 9) if n * 4096 <= CHARACTERS]


def group_of(*pieces: ReceivedText) -> Gathering:
    them = iter(pieces)
    group = Gathering(lambda _: next(them))
    for number in range(len(pieces)):
        assert group.take(Lease(an_update(number, "tg:7", "{}"), "t"), 100.0)
    return group


def test_a_lone_text_waits_unnoticed_a_burst_and_a_letter_for_longer_and_what_is_old_for_nothing() -> None:
    lone, letter = ReceivedText(1, NOW, 9), ReceivedText(1, NOW, 4096, is_cut=True)
    assert group_of(lone).wait(100.0, NOW) == ALONE_SECONDS <= 0.1
    assert group_of(lone, ReceivedText(2, NOW, 9)).wait(100.0, NOW) == BURST_SECONDS
    assert group_of(letter).wait(100.0, NOW) == LETTER_SECONDS <= 3
    assert group_of(letter).wait(101.0, NOW + 1) == pytest.approx(LETTER_SECONDS - 1)
    for one in (lone, letter):
        assert group_of(one).wait(100.0, NOW + 60) == 0
        assert group_of(one).wait(200.0, NOW) == 0
    assert (
        group_of(lone, *(ReceivedText(n, NOW, 9) for n in range(2, 6))).wait(100.0 + LONGEST_SECONDS, NOW)
        == 0
    )


@given(st.lists(st.floats(0, 10), max_size=60))
def test_nobody_waits_for_longer_than_the_bound_however_they_go_on(gaps: list[float]) -> None:
    group, now = Gathering(lambda update: ReceivedText(update.number, NOW + int(now), 5, is_cut=True)), 0.0
    group.take(Lease(an_update(0, "tg:7", "{}"), "t"), now)
    for number, gap in enumerate(gaps, 1):
        wait = group.wait(now, NOW + now)
        if gap >= wait:
            now += wait
            break
        now += gap
        if not group.take(Lease(an_update(number, "tg:7", "{}"), "t"), now):
            break
    assert now <= LONGEST_SECONDS
    assert len(group.leases) <= PIECES


def whole(*updates: dict[str, Any]) -> str:
    parts: list[tuple[Update, tuple[Secret, ...]]] = [
        (Update.de_json(update, None), ()) for update in updates
    ]
    return joined(parts)[0]


def test_pieces_of_a_letter_join_without_a_gap_and_messages_by_a_line() -> None:
    kana, latin = "あ" * LONGEST_UNITS, "a" * LONGEST_UNITS
    assert whole(private(1, kana), private(2, "いつですか")) == kana + "いつですか"
    assert whole(private(1, latin), private(2, "bc")) == latin + "bc"
    assert whole(private(1, latin[:-50]), private(2, "next word")) == latin[:-50] + " next word"
    assert whole(private(1, kana[:-50]), private(2, "つぎ")) == kana[:-50] + "つぎ"
    assert whole(private(1, "🙂" * 2048), private(2, "🙂")) == "🙂" * 2049
    assert (
        whole(private(1, "団体登録"), private(2, "代表者"), private(3, "変わりました"))
        == "団体登録\n代表者\n変わりました"
    )


@given(st.text(alphabet="あいうabc\n 。", min_size=1, max_size=30), st.integers(4200, 16_000))
def test_a_letter_cut_by_an_app_comes_back_whole(words: str, length: int) -> None:
    letter = (words * length)[:length]
    parts = [letter[n : n + LONGEST_UNITS] for n in range(0, len(letter), LONGEST_UNITS)]
    assert whole(*(private(n, part) for n, part in enumerate(parts, 1))) == letter


def test_an_edit_of_a_piece_that_waits_changes_the_piece() -> None:
    first, second = (
        private(1, "300円ですか", message_id=31, date=NOW),
        private(2, "いつまでですか", message_id=32, date=NOW),
    )
    changed = edit(3, 31, "500円ですか")
    assert gathered(first, second, changed, private(4, "教えてください", date=NOW)) == [1, 2, 3, 4]
    assert whole(first, second, changed) == "500円ですか\nいつまでですか"


async def test_a_text_that_comes_while_others_wait_is_read_with_them_and_a_press_ends_the_waiting(
    store: SqliteStore,
) -> None:
    seen: list[list[int]] = []
    came = asyncio.Event()

    async def handle(leases: Any) -> bool:
        seen.append([lease.update.number for lease in leases])
        came.set()
        return False

    async def set_aside(lease: Lease, fault: str) -> None:
        raise AssertionError(fault)

    intake = Intake(store, handle, set_aside, channel="tg", token="run", piece_of=piece_of, clock=lambda: NOW)
    running = asyncio.create_task(intake.run())
    await intake.receive([raw(private(1, "文" * 4096, date=NOW))])
    await asyncio.sleep(0.3)
    assert seen == []
    assert [lease.update.number for lease in await store.pending(9)] == [1]  # it waits on disk as well
    await intake.receive([raw(private(2, "終わりです", date=NOW))])
    await intake.receive([raw(press(3, "p"))])
    async with asyncio.timeout(BURST_SECONDS / 2):  # the press shows that no further text follows
        while len(seen) < 2:
            came.clear()
            await came.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert seen == [[1, 2], [3]]
