"""Actions read from the outbox equal those written, also by an earlier build."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import routing
from bot.storage import action_json
from handlers.model.actions import (
    AHEAD_OF_ALL,
    Action,
    EditCard,
    Erase,
    PostCard,
    Relay,
    Retire,
    Say,
    ShowTyping,
    ToAdmins,
    ToDesk,
    ToResident,
    ToTicket,
)
from handlers.model.buttons import AskPerson, Button, OpenEntry
from handlers.model.tickets import Desk
from tests.conftest import ROOT

BUTTONS = st.lists(
    st.lists(st.builds(Button, st.text(), st.just(OpenEntry("swan-register", 1))), min_size=1).map(tuple)
).map(tuple)


def anything_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Any valid values in every stored field."""
    known = {"buttons": BUTTONS, "ahead": st.integers(0, AHEAD_OF_ALL), "followers": st.just(())}
    return st.builds(kind, **{field.name: known.get(field.name, ...) for field in fields(kind)})


@given(st.one_of([anything_of(kind) for kind in get_args(Action)]))
def test_every_action_comes_back_from_the_outbox_as_it_went_in(action: Any) -> None:
    assert action_json.from_json(action_json.to_json(action)) == action
    assert isinstance(routing.lane_of(action), str)
    assert -AHEAD_OF_ALL <= routing.priority_of(action) <= 3


PRESSES = ((Button("担当する", AskPerson()), Button("x", OpenEntry("swan-register", 1))),)
MEANT: list[Action] = [
    Say(ToResident("tg:1"), "文", PRESSES, "1:2", "1:3", 4, "1:5", "e:6", 7, True, (8, 9), True, 2),
    Say(ToDesk("-1:2", Desk.WARD), "文"),
    Say(ToTicket(3), "文"),
    Say(ToAdmins(), "文"),
    PostCard(1, "文", PRESSES),
    EditCard(1, "文"),
    Relay(ToTicket(1), "1:2", "a", "文", "1:3", PRESSES, True, "e:1", about=5),
    ShowTyping(ToResident("tg:1")),
    Erase("-1", "2", ("1:2", "1:3"), 4, "tg:1", "文"),
    Retire(1, "-1", "文", False, True),
    Say(ToDesk("-1:2"), "文"),
    Say(ToDesk(), "文"),
    Relay(ToResident("tg:1"), "1:2"),
    Erase("-1", "", ("1:2",)),
]


def test_rows_of_earlier_builds_still_mean_the_same() -> None:
    rows = (ROOT / "tests" / "data" / "outbox-rows.jsonl").read_text(encoding="utf-8").splitlines()
    assert [action_json.from_json(row) for row in rows] == MEANT


def test_buttons_and_fields_that_this_build_does_not_know_are_left_out() -> None:
    row = json.loads(action_json.to_json(PostCard(1, "文", PRESSES)))
    row["buttons"][0].append(["new", "zzzz:1"])
    row["shade"] = "green"
    assert action_json.from_json(json.dumps(row)) == PostCard(1, "文", PRESSES)


@pytest.mark.parametrize(
    "row",
    ['{"do": "Sing", "text": "", "buttons": []}', '{"do": "PostCard", "ticket": "one", "text": "", "buttons": []}'],
)  # fmt: skip
def test_what_no_build_has_written_is_a_fault_and_not_an_action(row: str) -> None:
    with pytest.raises(ValueError, match=r"Sing|ticket"):
        action_json.from_json(row)
