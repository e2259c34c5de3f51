"""Any message of a resident in any state of a ticket gets exactly one visible answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from bot.storage.store import SqliteStore
from tests.in_process import InProcess, Office
from tests.ticket_states import EDITS, MESSAGES, STATES, presses

Act = Callable[[InProcess], Awaitable[None]]


async def press(name: str, hands: InProcess) -> None:
    """Press a button of their newest ticket, or of none in particular."""
    await hands.presses(presses([0, *hands.tickets][-1])[name])


async def send(content: dict[str, Any], hands: InProcess, *, is_edit: bool = False) -> None:
    """A message, or an edit of one."""
    await hands.sends(content, is_edit=is_edit)


ACTS: dict[str, Act] = {
    **{name: partial(send, content) for name, content in MESSAGES.items()},
    **{name: partial(send, content, is_edit=True) for name, content in EDITS.items()},
    **{f"the button: {name}": partial(press, name) for name in presses(0)},
}


async def happens(office: Office, number: int, state: str, act: Act) -> tuple[list[str], list[str]]:
    """What one resident is told after one act in one state, and what of it is stored in their ticket."""
    hands = InProcess(office, number)
    for step in STATES[state]:
        await hands.act(step)
    heard, kept = len(hands.heard), len(hands.kept)
    await act(hands)
    return [action.text.strip() for action in hands.heard[heard:]], hands.kept[kept:]


WITHOUT_TICKET = {"none", "answered", "asked for words", "closed", "no reply, closed", "withdrawn"}


@pytest.mark.parametrize("state", STATES)
async def test_every_message_of_a_resident_has_one_visible_answer(state: str, store: SqliteStore) -> None:
    office = Office(store)
    # Concurrently: every act has its own resident, and waiting works share a commit.
    happened = await asyncio.gather(
        *(happens(office, number, state, act) for number, act in enumerate(ACTS.values(), start=100))
    )
    wrong = {
        name: heard
        for name, (heard, _) in zip(ACTS, happened, strict=True)
        if len(heard) != 1 or not heard[0]
    }
    assert wrong == {}
    if state in WITHOUT_TICKET:
        return
    lost = {
        name: kept
        for name, (_, kept) in zip(ACTS, happened, strict=True)
        if (words := written(name)) and not any(words in text for text in kept)
    }
    assert lost == {}, "whatever is written while staff have a ticket, or have finished one, is kept with it"


def written(name: str) -> str:
    """The words of a message, if it has visible ones and is no command."""
    words = str(MESSAGES.get(name, {}).get("text", "")).strip(" \u3000\u200b\u2800\u3164")
    return "" if words.startswith("/") and words[1:2].isascii() else words
