"""The drill's own counting: a repeated message is attributed to the kill that followed its first copy."""

from __future__ import annotations

from collections import Counter

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.losing import most_repeated_by_one_kill

pytestmark = pytest.mark.checkout

Received = Counter[tuple[int, str]]
CARD, REPLY = (1, "受付番号 1"), (2, "職員に送りました")


def test_two_kills_whose_repeats_come_after_the_second_count_one_each() -> None:
    by_the_first = Received({CARD: 1})
    by_the_second = Received({CARD: 1, REPLY: 1})  # killed before the card could be sent again
    at_the_end = Received({CARD: 2, REPLY: 2})
    assert most_repeated_by_one_kill([by_the_first, by_the_second, at_the_end]) == 1


def test_two_messages_under_way_at_one_kill_count_two() -> None:
    assert most_repeated_by_one_kill([Received({CARD: 1, REPLY: 1}), Received({CARD: 2, REPLY: 2})]) == 2


def test_a_message_that_comes_again_at_each_kill_counts_one_at_each() -> None:
    assert most_repeated_by_one_kill([Received({CARD: n}) for n in (1, 2, 3)]) == 1


def test_a_message_that_comes_three_times_between_kills_counts_two() -> None:
    assert most_repeated_by_one_kill([Received({CARD: 3}), Received({CARD: 3})]) == 2


def test_nothing_that_comes_once_counts() -> None:
    assert most_repeated_by_one_kill([Received({CARD: 1}), Received({CARD: 1, REPLY: 1})]) == 0
