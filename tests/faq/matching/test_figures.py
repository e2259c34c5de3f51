"""Figures of speech are cut out, and what stands beside them stays."""

from __future__ import annotations

import pytest

from faq.matching.figures import Figures

FIGURES = Figures(["死ぬほど並", "心臓が止まるかと思", "死ぬかと思", "mother hasn't long to live"])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("窓口で死ぬほど並んだ", "窓口で んだ"),
        ("心臓が止まるかと思った。登録は?", "った。登録は?"),
        ("My mother hasn’t long to live, who signs?", "My  , who signs?"),
        ("死にたい", "死にたい"),
        ("ｼﾇ ﾎﾄﾞ", "ｼﾇ ﾎﾄﾞ"),
        ("死ぬかと思", ""),
        ("", ""),
    ],
)
def test_a_figure_is_cut_out_and_a_text_without_one_stays_as_it_is(text: str, meant: str) -> None:
    assert FIGURES.without(text) == meant


def test_without_any_figure_nothing_is_cut() -> None:
    assert Figures(()).without("死ぬほど並んだ") == "死ぬほど並んだ"
