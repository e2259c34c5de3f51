"""What is one tap away is sent whole, in one message, and folded the way each channel can."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.outbound import TelegramMessenger
from bot.channels.telegram.render import LIMIT_UNITS, pieces, units
from bot.channels.terminal import seats
from bot.channels.terminal.seats import TerminalMessenger
from bot.ports import OutboxRow
from handlers.model.actions import Say, ToResident
from tests.fakes_telegram import RecordingRequest, a_bot

CORE, REST = "🏛 窓口で登録できます。", "\n\n▼ 手順\n1. 決めます。\n\n▼ 窓口と電話\n🏛 03-0000-0001"


async def test_telegram_gets_the_whole_text_with_the_rest_in_an_expandable_quote() -> None:
    wire = RecordingRequest()
    messenger = TelegramMessenger(a_bot(wire), OurGroup(-1), OurGroup(None))
    await messenger.perform(OutboxRow(1, Say(ToResident("tg:7"), CORE + REST, fold=len(CORE))))
    sent = wire.calls[-1][1]
    assert sent["text"] == CORE + REST
    (entity,) = sent["entities"]
    assert entity["type"] == "expandable_blockquote"
    quoted = sent["text"].encode("utf-16-le")[2 * entity["offset"] :][: 2 * entity["length"]]
    assert quoted.decode("utf-16-le") == REST.strip()


async def test_a_text_without_a_fold_has_no_quote() -> None:
    wire = RecordingRequest()
    messenger = TelegramMessenger(a_bot(wire), OurGroup(-1), OurGroup(None))
    await messenger.perform(OutboxRow(1, Say(ToResident("tg:7"), CORE)))
    assert "entities" not in wire.calls[-1][1]


@given(
    core=st.text(min_size=1, max_size=200).filter(str.strip),
    rest=st.text(max_size=900),
    limit=st.integers(100, 400),
)
def test_pieces_fit_and_only_what_is_behind_the_fold_is_quoted(core: str, rest: str, limit: int) -> None:
    text = core + "\n\n▼ x\n" + rest
    found = pieces(text, len(core), limit)
    assert all(0 < units(piece.text) <= limit for piece in found)
    plain = "".join(piece.text for piece in found if not piece.entities)
    quoted = [piece for piece in found if piece.entities]
    assert quoted
    if len(found) > 1:
        assert "".join(plain.split()) == "".join(core.split())
    for piece in quoted:
        (entity,) = piece.entities
        assert entity.offset + entity.length == units(piece.text)


def test_no_answer_of_the_usual_length_needs_a_second_message() -> None:
    assert len(pieces("あ" * LIMIT_UNITS, 40)) == 1


async def test_the_terminal_shows_the_core_and_names_the_parts_that_a_plus_prints() -> None:
    shown = io.StringIO()
    messenger = TerminalMessenger(Console(file=shown, soft_wrap=True, highlight=False))
    await messenger.perform(OutboxRow(1, Say(ToResident("tty:1"), CORE + REST, fold=len(CORE))))
    assert CORE in shown.getvalue()
    assert "[+] ▼ 手順 ▼ 窓口と電話" in shown.getvalue()
    assert "03-0000-0001" not in shown.getvalue()
    assert messenger.folded["tty:1"] == REST.strip()


@pytest.mark.parametrize("typed", ["+", "＋", " + "])
async def test_a_plus_is_the_tap(typed: str) -> None:
    assert seats._narrow(typed) == seats._UNFOLD
