"""Notes of staff by // or /note, and edits of refused lines: the real process, seen from both sides."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.at_the_desk import answered, case, desk, newest
from tests.drill.rig import Rig
from tests.tgsim.driver import answering, said, until
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with desk() as made:
        yield made


async def _edited(it: Rig, text: str, *heard: str) -> str:
    """Staff edit their last message; returns the answer."""
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.edit(newest(it, 8), text, it.desk)
    return await said(it.sim, DESK, *heard, after=before)


async def test_two_slashes_make_a_note_that_is_said_to_be_one_or_said_not_to_be(it: Rig) -> None:
    who, card = await case(it)
    count, thread = len(who.texts), card["message_thread_id"]
    await answered(it, "// 内緒の一", "メモしました", thread=thread)
    await answered(it, "／／内緒の二", "メモしました", **answering(card))
    await answered(it, "// 内緒の三", "メモしていません", "/note 番号")
    await answered(it, "//", "書き方: /note", thread=thread)
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.photo("// 内緒の四", it.desk, thread=thread)
    await said(it.sim, DESK, "メモしました", after=before)
    told = await answered(it, "/ticket 1", "内緒の一", "内緒の二", "(photo) 内緒の四")
    assert "内緒の三" not in told
    it.staff.write("// 直す前", it.desk, thread=thread)
    await said(it.sim, DESK, "メモしました", after=before + 2)
    await _edited(it, "// 直した後", "メモを直しました")
    await _edited(it, "印を取った後", "メモを直しました")
    assert "直す前" not in await answered(it, "/ticket 1", "印を取った後")
    assert who.texts[count:] == []


async def test_no_edit_sends_a_note_to_the_resident(it: Rig) -> None:
    who, card = await case(it)
    it.staff.write("/r 1 9時です", it.desk)
    await who.hears("9時です")
    for note in ("// 内緒です", "/note 1 内緒です", "／／内緒です"):
        await _edited(it, note, "住民に送っていません")
    it.staff.photo("地図です", it.desk, **answering(card))
    await until(it.sim, lambda: any("photo" in message for message in who.received))
    await _edited(it, "// 内緒です", "住民に送っていません")
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.reply("090-1111-2222 へ", card, it.desk)
    await said(it.sim, DESK, "まだ送っていません", after=before)
    await _edited(it, "// 内緒です", "住民に送っていません")
    assert not any("内緒" in text for text in who.texts)
    it.staff.edit(newest(it, 8), "窓口へどうぞ", it.desk)
    await who.hears("窓口へどうぞ")


async def test_who_edits_what_was_refused_into_plain_words_hears_that_nothing_was_sent(it: Rig) -> None:
    who, _ = await case(it)
    who.press("返信は不要")
    await said(it.sim, DESK, "返信不要です。住民には何も送らないで")
    count = len(who.texts)
    for refused, heard in (
        ("/r 1 9時です", "返信不要です"),
        ("/r 99 9時です", "見つかりません"),
        ("/dance", "分かりませんでした"),
    ):
        await answered(it, refused, heard)
        await _edited(it, "9時からです", "書き直しただけでは、何もしません")
    before = len(it.sim.world.said_by_bot[DESK])
    it.staff.write("ただの話", it.desk)
    it.staff.edit(newest(it, 8), "直した話", it.desk)
    await answered(it, "/queue", "受付")
    assert len(it.sim.world.said_by_bot[DESK]) == before + 1
    assert who.texts[count:] == []
