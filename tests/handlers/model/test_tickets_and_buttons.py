"""The table of transitions, and the short codes of buttons."""

from __future__ import annotations

import itertools
from dataclasses import fields
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.language import Language
from handlers.model import buttons
from handlers.model.buttons import LIMIT_BYTES, Press, decode, encode
from handlers.model.tickets import TRANSITIONS, Holder, Refusal, Status, Step, Ticket, claimed_by, move
from tests.small_faq import OPEN

PRESSES = [
    cls
    for name, cls in vars(buttons).items()
    if isinstance(cls, type) and cls.__module__ == "handlers.model.buttons" and name != "Button"
]
ID = "x" * 40


def a_ticket(status: Status) -> Ticket:
    return Ticket(1, "r:1", status, Language.JA, "問", "asked", (), OPEN, OPEN, Holder("s:1", "花子"))


@pytest.mark.parametrize(("status", "step"), list(itertools.product(Status, Step)))
def test_only_the_table_moves_a_ticket(status: Status, step: Step) -> None:
    moved = move(a_ticket(status), step, OPEN + timedelta(minutes=1), Holder("s:2", "太郎"))
    if (status, step) in TRANSITIONS:
        assert isinstance(moved, Ticket)
        assert moved.status is TRANSITIONS[status, step]
        assert moved.question == "問"
    else:
        assert moved == Refusal(1, status, step)


def test_a_reopened_ticket_remembers_who_had_it_and_belongs_to_nobody() -> None:
    moved = move(a_ticket(Status.RESOLVED), Step.REOPEN, OPEN)
    assert isinstance(moved, Ticket)
    assert (moved.holder, moved.former_holder) == (None, "花子")


def test_a_reply_by_another_person_leaves_the_claim_where_it_is() -> None:
    held = claimed_by(a_ticket(Status.CLAIMED), Holder("s:2", "太郎"), OPEN)
    assert isinstance(held, Ticket)
    assert held.holder == Holder("s:1", "花子")


@pytest.mark.parametrize("cls", PRESSES)
def test_every_press_comes_back_from_its_code_and_fits_into_64_bytes(cls: type) -> None:
    press: Press = cls(*(999_999_999 if field.type == "int" else ID for field in fields(cls)))
    assert len(encode(press).encode()) <= LIMIT_BYTES
    assert decode(encode(press)) == press


def test_a_code_that_would_not_fit_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        encode(buttons.OpenEntry("あ" * 30))


@given(st.text(max_size=70))
def test_any_text_is_a_press_or_none_but_never_an_error(code: str) -> None:
    press = decode(code)
    assert press is None or decode(encode(press)) == press or len(code.encode()) > LIMIT_BYTES
