"""Lines of a phone: 21 full-width or 42 half-width characters, words of Latin and hangul unbroken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.phone_lines import COLUMNS, phone_lines, wrapped


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("あ" * 21, 1),
        ("あ" * 22, 2),
        ("a" * 42, 1),
        ("a" * 43, 2),
        ("あ\n\nい", 3),
        ("one " * 10 + "two", 2),
        ("a" * 40 + " bcd", 2),
        ("등록 " * 7 + "등록", 1),
        ("가" * 15 + " " + "나" * 10, 2),
        ("①" * 22, 1),
        ("あ" + "①" * 21, 2),
    ],
)
def test_lines(text: str, lines: int) -> None:
    assert phone_lines(text) == lines


@given(st.text(alphabet="あaB 漢字가\n。1", max_size=300))
def test_no_fewer_lines_than_the_characters_fill_and_no_more_than_one_a_character(text: str) -> None:
    least = sum(
        max(1, -(-sum(1 if c.isascii() else 2 for c in line.rstrip()) // COLUMNS))
        for line in text.split("\n")
    )
    assert least <= phone_lines(text) <= len(text) + 1


@given(st.text(alphabet="あaB 漢字가\n。1", max_size=300))
def test_wrapping_loses_nothing_but_blanks_and_every_line_fits(text: str) -> None:
    lines = list(wrapped(text))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(sum(1 if c.isascii() else 2 for c in line) <= COLUMNS for line in lines)
