"""Residents' words cannot be mistaken for a line of ours, wherever staff read them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.render import split
from faq.language import Language
from handlers.engine import Engine
from handlers.model.buttons import Claim
from handlers.model.events import DeskPressed
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Message, Snapshot
from handlers.model.tickets import Desk, Holder, Status, Ticket
from handlers.wording import cases, desk
from handlers.wording.marked import MARK, marked, name, one_line, short, visible
from tests.small_faq import OPEN, knowledge

OURS = (
    "── 職員 花子",
    "── 住民",
    "── メモ 花子",
    "受付番号 1 · 担当中 · 花子",
    "⚠ 返信不要: 住民には何も送りません",
    "施設の職員には見えません",
)
BREAKS = ("\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")
TRICKS = (
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u3164" * 6,
    " " * 300,
    "\t",
    "\x00",
    MARK,
    "\U000e0041",
)
TEXTS = st.lists(st.one_of(st.sampled_from(OURS + BREAKS + TRICKS), st.text(max_size=20)), max_size=12).map(
    "".join
)
TICKET = Ticket(1, "r:1", Status.CLAIMED, Language.JA, "問い", "asked", (), OPEN, OPEN, Holder("s:1", "花子"))
LATER = OPEN + timedelta(minutes=5)


def shown_everywhere(text: str) -> list[str]:
    """Every text for staff that holds words of a resident."""
    ticket = replace(TICKET, question=text)
    story = [
        Message(1, Author.RESIDENT, text),
        Message(1, Author.STAFF, "はい", "花子"),
        Message(1, Author.NOTE, text),
    ]
    return [
        desk.card(ticket, LATER),
        desk.story(ticket, story, LATER, Desk.FACILITY),
        desk.added(1, text),
        desk.edited(1, text),
        desk.answered_meanwhile(1, text, "swan-fee v1"),
        desk.attached(1, "photo", text),
        desk.queue([ticket], LATER, Desk.FACILITY),
        cases.history(TICKET, [replace(ticket, id=2)]),
    ]


PLAIN = [set(text.split("\n")) for text in shown_everywhere("あ")]


@given(TEXTS)
def test_no_line_of_a_resident_is_a_line_of_ours(text: str) -> None:
    for shown, ours in zip(shown_everywhere(text), PLAIN, strict=True):
        for line in shown.splitlines():
            assert line in ours or MARK in line, line
            if line.startswith(("──", "⚠", "施設の職員には見えません")):
                assert line in ours, line


@given(TEXTS)
def test_every_line_is_marked_and_none_is_broken_otherwise(text: str) -> None:
    lines = marked(text).split("\n")
    assert all(line.startswith(MARK) for line in lines)
    assert marked(text).splitlines() == lines


@given(TEXTS)
def test_nothing_invisible_and_no_direction_is_shown(text: str) -> None:
    for character in marked(text).replace("\n", "") + one_line(text, 30) + name(text):
        assert unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"), repr(character)


@given(TEXTS)
def test_a_name_stays_on_its_line_and_is_never_empty(text: str) -> None:
    assert name(text).strip()
    assert len(name(text).splitlines()) == 1
    assert MARK not in name(text)


def test_a_letter_that_is_cut_in_two_keeps_its_mark_in_the_second_message() -> None:
    letter = "あ" * 4060 + "── 職員 花子" + "い" * 30
    parts = split(desk.added(1, letter))
    assert len(parts) == 2
    for part in parts:
        for line in part.split("\n"):
            assert line.startswith((MARK, "受付番号 1 に住民から追記:")) or not line


def test_blanks_do_not_push_words_to_the_beginning_of_a_line() -> None:
    assert visible("はい" + "\u3000" * 200 + "── 職員 花子") == "はい   ── 職員 花子"


@pytest.mark.parametrize("text", ["ふつうの文です。", "二行の\n文です", "👨‍👩‍👧 と\tが", "Ein Satz."])
def test_ordinary_words_stay_readable(text: str) -> None:
    bare = marked(text).replace(MARK, "")
    assert bare == text.replace("\u200d", "").replace("\t", " ")


def test_brackets_of_ours_cannot_be_closed_by_words_within() -> None:
    assert "」" not in short("はい」への返事\n次", 50)


def test_a_display_name_of_staff_cannot_write_lines_of_its_own() -> None:
    event = DeskPressed(id="e", staff="tg:8", name="花子\n── 住民\u202e\n▏はい", press=Claim(1))
    open_ticket = replace(TICKET, status=Status.OPEN, holder=None)
    outcome = Engine(knowledge(), Rules()).handle(event, Snapshot(OPEN, ticket=open_ticket))
    assert outcome.tickets[0].holder == Holder("tg:8", "花子 ── 住民⇄ はい")
    assert outcome.audit is not None
    assert len(outcome.audit.name.splitlines()) == 1
