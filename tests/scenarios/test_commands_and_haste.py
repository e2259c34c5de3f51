"""Words after commands, an urgent message in a flood, files that are not taken, insults: the real bot, simulated
Telegram.
"""

from __future__ import annotations

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import rig
from tests.tgsim.driver import until

pytestmark = pytest.mark.checkout

CALL = "まず119に電話してください"


async def test_words_behind_commands_and_a_cry_in_haste_are_heard_at_once() -> None:
    async with rig(settings={"rules": {"messages_per_minute": 30}}) as it:
        calm = it.resident(41)
        calm.write("/start swan-fee")
        await calm.hears("確認できません")
        calm.write("/person 部屋の電気がつかないのですが")
        await calm.hears("「部屋の電気がつかないのですが」")
        calm.write("/stop もういいです")
        await calm.hears("書き添えました", "まだ取り下げていません")
        calm.write("/stop 火事です")
        assert (await calm.hears(CALL)).startswith(CALL)
        calm.write("/help@sim_bot")
        await calm.hears("/privacy")
        await until(
            it.sim,
            lambda: any("火事です" in str(m.get("text")) for m in it.sim.world.said_by_bot[it.desk.id]),
        )

        hurried = it.resident(42)
        for _ in range(45):
            hurried.write("/help")
        hurried.write("火事です 息をしていません")
        await hurried.hears(CALL, seconds=15)
        assert (
            sum("/privacy" in text for text in hurried.texts) <= 15
        )  # of 45: the urgent message did not wait for the rest
        await hurried.hears("少しずつ", seconds=15)
        await until(it.sim, lambda: sum("/privacy" in text for text in hurried.texts) >= 20, 40)
        assert sum("少しずつ" in text for text in hurried.texts) == 1
        assert sum(CALL in text for text in hurried.texts) == 1
        assert not it.violations()
