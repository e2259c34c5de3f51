"""One resident sends thousands of messages at once: everybody else is answered as usual."""

from __future__ import annotations

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import rig

pytestmark = pytest.mark.checkout

UNLIMITED = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}


async def test_nobody_waits_for_a_flood_of_2600_messages() -> None:
    async with rig(settings={"telegram": {"limits": UNLIMITED}}, judged=False) as it:
        it.sim.limits.enforced = False
        flood = it.resident(41)
        for _ in range(2600):
            flood.write("/help")
        for number in range(100, 110):
            calm = it.resident(number)
            calm.write("白鳥ボート いくら")
            await calm.hears("確認できません", seconds=20)
        assert 1 <= len(flood.received) < 60  # thirty at once, thirty a minute
