"""Possible complaints with the real bot and the shipped FAQ: what each desk is shown, and what the resident does."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load, packaged_faq
from bot.settings.starter import copy_faq
from faq.knowledge import KnowledgeBase
from faq.matching.match import Complaint
from tests.at_the_desk import SETTINGS, WARD
from tests.drill.rig import Rig, rig
from tests.scenarios.test_heard import an_unsure_one
from tests.tgsim.driver import Person, said, until
from tests.tgsim.process import DESK

pytestmark = pytest.mark.checkout
YES, NO = "苦情です。区の窓口だけに送る", "苦情ではない。施設に送ってよい"
VOICE = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}
NAMED = {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "受付の田中さんの態度がひどい.pdf"}}
TITLED = {
    "audio": {
        "file_id": "a", "file_unique_id": "a", "duration": 3, "title": "受付の暴言の録音", "file_name": "a.mp3",
    }
}  # fmt: skip


@pytest.fixture(scope="module")
def doubtful() -> tuple[str, str]:
    """A possible complaint, and an edit of it that is no surer, according to the current detectors."""
    knowledge = OfflineKnowledge(load(None)).knowledge
    words = an_unsure_one(knowledge)
    endings = ("。昨日のことです", "(昨日)", "のですが", "。")
    return words, next(f"{words}{e}" for e in endings if _is_doubtful(f"{words}{e}", knowledge))


def _is_doubtful(text: str, knowledge: KnowledgeBase) -> bool:
    heard = knowledge.hear(text)
    return heard.complaint is Complaint.POSSIBLE and not heard.danger


@pytest.fixture
async def it() -> AsyncIterator[Rig]:
    async with rig(settings=SETTINGS | {"faq": {"encoder": "on"}}, started=False) as made:
        made.sim.limits.enforced = False
        made.sim.world.group(WARD, "区の窓口", is_forum=True)
        shutil.rmtree(made.bot.folder / "faq")
        copy_faq(packaged_faq(), made.bot.folder / "faq")
        await made.bot.verb("check")  # makes the cache of indexes, which speeds up the start
        await made.bot.start()
        yield made
        assert not made.violations()


async def _case(it: Rig, number: int) -> tuple[Person, dict[str, Any]]:
    """A resident with a ticket that the facility's staff have claimed, and its card."""
    who, before = it.resident(number), len(it.sim.world.said_by_bot[DESK])
    who.write("部屋を予約したい")
    await who.hears("回答番号")
    who.write("職員と話したい")
    await who.hears("受付番号")
    await said(it.sim, DESK, "未担当", after=before)
    card = next(m for m in reversed(it.sim.world.said_by_bot[DESK]) if "未担当" in str(m.get("text")))
    it.staff.press("担当する", it.desk, card)
    await who.hears("ここからは人が答えます")
    return who, card


def _shown(it: Rig, chat: int) -> str:
    return "\n".join(str(m.get("text", "")) for m in it.sim.world.said_by_bot[chat])


def _files(it: Rig, chat: int) -> int:
    return sum(
        any(kind in m for kind in ("photo", "voice", "document", "audio"))
        for m in it.sim.world.said_by_bot[chat]
    )


async def test_doubtful_words_and_files_wait_and_go_once_where_the_resident_says(
    doubtful: tuple[str, str], it: Rig
) -> None:
    words, corrected = doubtful
    who, card = await _case(it, 41)
    who.write(words)
    held = max(who.chat.messages)
    question = await _asked(who)
    count = len(who.texts)
    who.edit(held, corrected)
    await _asked(who, after=count)
    who.send(VOICE)
    await who.hears("まだだれにも渡していません")
    count = len(who.texts)
    who.write("ありがとう")
    assert "まだだれにも送っていません" in await who.hears("書き添えました", after=count)
    await said(it.sim, DESK, "ありがとう")
    who.write("/start")
    await who.hears("まどぐち", "まだだれにも送っていません", after=count)
    it.staff.press("対応完了", it.desk, card)
    await who.hears("対応を終えました", "まだだれにも送っていません")
    assert (words in _shown(it, DESK), _files(it, DESK), _shown(it, WARD)) == (False, 0, "")
    who.press(YES, message=question)
    await who.hears("区の窓口に移しました")
    await said(it.sim, WARD, corrected)
    await until(it.sim, lambda: _files(it, WARD))  # files are sent after the words, one by one
    count = len(who.texts)
    who.press(YES, message=question)
    await who.hears("もう区の窓口に送ってあります", after=count)
    assert (_shown(it, WARD).count(words), _files(it, WARD)) == (1, 1)
    assert (words in _shown(it, DESK), _files(it, DESK)) == (False, 0)

    for number, content in ((42, NAMED), (43, TITLED), (44, None)):
        who, _ = await _case(it, number)
        count = len(who.texts)
        if content is None:
            who.photo(words)
        else:
            who.send(content)
        told = await who.hears("区の窓口", after=count)
        if "ひとつだけ" in told:
            who.press(YES)
            await who.hears("区の窓口に移しました", after=count)
    await until(it.sim, lambda: _files(it, WARD) >= 4)
    assert (_files(it, DESK), _files(it, WARD)) == (0, 4)

    who.write("/forget")
    await who.hears("消しますか")
    count = len(who.texts)
    who.press("消す")
    await who.hears("消しました", after=count)
    who.press("名前を出さない")
    told = await who.hears("もう残っていません", after=count)
    assert "一覧から" not in told


async def _asked(who: Person, after: int = 0) -> dict[str, Any]:
    """The newest question."""
    await who.hears("施設への苦情ですか", after=after)
    return next(m for m in reversed(who.received) if "施設への苦情ですか" in str(m.get("text")))
