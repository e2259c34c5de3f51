"""Short form of P12: the hardest edits of the list, on a copy of the shipped FAQ while the bot runs."""

from __future__ import annotations

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill import editing

pytestmark = pytest.mark.checkout

WORST = {
    "a day that is no day",
    "nine lines for a hundred million parts",
    "no file of windows",
    "the lock in UTF-16",
    "an entry that is over",
}


async def test_p12_edits_that_once_ended_the_bot_leave_residents_the_old_text_and_tell_the_admins() -> None:
    slips = tuple(slip for slip in editing.SLIPS if slip.name in WORST)
    assert len(slips) == len(WORST)
    line = await editing.edits(slips, within=60)  # the drill itself asks for five seconds
    assert line.kept, str(line)
