"""The short form of ``make drill``: the same drills with fewer kills and people."""

from __future__ import annotations

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill import faults, keeping, limits, losing, soak
from tests.drill.report import Line

pytestmark = pytest.mark.checkout


def kept(*lines: Line) -> None:
    assert [str(line) for line in lines if not line.kept] == []


async def test_p5_p6_killed_at_any_moment_nothing_is_lost_and_at_most_one_message_repeats() -> None:
    kept(*await losing.kills(6))


async def test_p6_updates_that_come_three_times_count_once() -> None:
    kept(await losing.replays())


async def test_p7_a_crowd_and_a_busy_desk_stay_below_the_limits_and_in_order() -> None:
    kept(await limits.crowd(80, 25))


async def test_p8_every_fault_ends_in_something_that_people_see() -> None:
    kept(*await faults.faults())


async def test_p11_the_webhook_lets_in_the_right_secret_only() -> None:
    kept(await faults.webhook())


async def test_p13_a_backup_under_load_comes_back_to_the_row() -> None:
    kept(await keeping.restore(2000))


async def test_p14_a_minute_of_residents_leaves_memory_flat() -> None:
    kept(await soak.soak(0.1))


async def test_a_broken_promise_is_a_broken_line() -> None:
    line = Line("P5", "3 kills", "1 lost", kept=False)
    assert "BROKEN" in str(line)
    with pytest.raises(AssertionError):
        kept(line)
