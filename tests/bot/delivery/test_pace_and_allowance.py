"""The pace never exceeds a limit; a flood only delays its own sender."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.rate_limit import Pace
from bot.inbox.sender_quota import Allowances
from bot.ports import Limits, Slot

SLOTS = st.builds(
    lambda number, is_group, cost: Slot(f"{'-' if is_group else ''}{number}", is_group, cost),
    st.integers(1, 4), st.booleans(), st.integers(1, 3),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(SLOTS, st.floats(0, 3), st.floats(0, 2), st.floats(0, 1)), max_size=100))
def test_no_window_of_arrivals_ever_holds_more_than_its_limit(
    asked: list[tuple[Slot, float, float, float]],
) -> None:
    """Whatever the network delay, and wherever in it the action counts."""
    pace, now = Pace(Limits(30, 1, 20)), 0.0
    sent: list[tuple[float, Slot]] = []
    under_way: list[tuple[float, Slot]] = []
    for slot, gap, takes, arrives in asked:
        now += gap
        while True:
            for end, other in [one for one in under_way if one[0] <= now]:
                under_way.remove((end, other))
                pace.done(other, end)
            free = pace.free_at(slot, now)
            if free <= now:
                break
            now = min(free, min((end for end, _ in under_way), default=free))
        pace.take(slot)
        under_way.append((now + takes, slot))
        sent.append((now + takes * arrives, slot))
    for at, slot in sent:
        here = [(t, s) for t, s in sent if s.chat == slot.chat]
        if slot.is_group:
            assert sum(s.cost for t, s in here if at <= t < at + 60) <= 20
        else:  # one message is one action, whatever it costs
            assert len([t for t, _ in here if at <= t < at + 1]) <= 1
        assert len([t for t, s in sent if at <= t < at + 1]) <= 30


def sent_at_once(pace: Pace, slot: Slot, now: float) -> int:
    """How many such actions may be sent now, each answered at once."""
    count = 0
    while pace.free_at(slot, now) <= now:
        pace.take(slot)
        pace.done(slot, now)
        count += 1
    return count


@pytest.mark.parametrize(("cost", "fit"), [(1, 20), (2, 10), (3, 6)])
def test_a_group_takes_as_many_actions_a_minute_as_its_limit_holds(cost: int, fit: int) -> None:
    """A new topic with its card is two actions."""
    pace, slot = Pace(Limits(0, 1, 20)), Slot("-1", is_group=True, cost=cost)
    assert sent_at_once(pace, slot, 100.0) == fit
    assert sent_at_once(pace, slot, 130.0) == 0
    assert pace.free_at(slot, 130.0) == pytest.approx(161.2)
    assert sent_at_once(pace, slot, 161.3) == fit


def test_a_private_chat_takes_one_message_a_second_and_everything_together_thirty() -> None:
    assert sent_at_once(Pace(Limits(30, 1, 20)), Slot("1", is_group=False), 100.0) == 1
    pace = Pace(Limits(30, 1, 20))
    assert sum(sent_at_once(pace, Slot(str(n), is_group=False), 100.0) for n in range(50)) == 30


def test_a_flood_wait_blocks_its_chat_and_no_other() -> None:
    pace = Pace(Limits())
    pace.block("5", 40.0)
    assert pace.free_at(Slot("5", is_group=False), 10.0) == 40.0
    assert pace.free_at(Slot("6", is_group=False), 10.0) <= 10.0


def test_without_limits_everything_may_go_at_once() -> None:
    pace = Pace(Limits(0, 0, 0))
    for _ in range(500):
        assert pace.free_at(Slot("-1", is_group=True), 1.0) <= 1.0
        pace.take(Slot("-1", is_group=True))
    assert pace.free_overall_at(1.0) == 1.0


def test_a_bucket_is_full_at_first_and_flows_back_with_time() -> None:
    allowances = Allowances(60)
    for _ in range(60):
        assert allowances.wait("tg:1", 0.0) == 0.0
        allowances.take("tg:1", 1, 0.0)
    assert allowances.wait("tg:1", 0.0) == 1.0
    assert allowances.wait("tg:2", 0.0) == 0.0
    assert allowances.wait("tg:1", 30.0) == 0.0
    allowances.take("tg:1", 40, 30.0)
    assert allowances.wait("tg:1", 30.0) == pytest.approx(11.0)
    for lane, unlimited in (("tg:-100", allowances), ("tg:1", Allowances(0))):
        unlimited.take(lane, 500, 0.0)
        assert unlimited.wait(lane, 0.0) == 0.0


@given(
    st.integers(1, 60),
    st.lists(st.tuples(st.floats(0, 20), st.one_of(st.just(1), st.integers(1, 20))), max_size=200),
)
def test_nobody_is_handled_faster_than_their_allowance(
    per_minute: int, arrivals: list[tuple[float, int]]
) -> None:
    """However many are handled together: tokens taken in advance are waited for afterwards."""
    allowances, now = Allowances(per_minute), 0.0
    handled: list[tuple[float, int]] = []
    for gap, count in arrivals:
        now += gap
        now += allowances.wait("tg:1", now)
        allowances.take("tg:1", count, now)
        handled.append((now, count))
    for start, _ in handled:
        assert sum(n for t, n in handled if start <= t < start + 60) <= 2 * per_minute + 20
