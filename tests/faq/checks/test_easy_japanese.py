"""The rules of easy Japanese: short sentences, and no words of offices."""

from __future__ import annotations

import pytest

from faq.checks.cross_reference import Survey
from faq.checks.easy_japanese import hard_words, long_sentences
from faq.checks.lint import lint
from faq.content.parse import parse
from tests.small_faq import TODAY, texts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("とうろくします。", 0),
        ("あ" * 40 + "。", 1),
        ("あ" * 39 + "。", 0),
        ("登録(とうろく)" * 13 + "です。", 0),
        ("1. " + "あ" * 39 + "。", 0),
        ("あ" * 30 + "、\n" + "い" * 30 + "。", 0),
        ("あ" * 20 + "(これは とても 長い 説明です)" + "い" * 15 + "。", 0),
        ("{window:akasaka-centre|registration} に " + "あ" * 30 + "。", 0),
    ],
)
def test_a_sentence_of_more_than_40_characters_is_long(text: str, found: int) -> None:
    assert len(long_sentences(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("申請(しんせい)して ください。", ["申請"]),
        ("「申請(しんせい)」は、申(もう)し込(こ)む ことです。", []),
        ("電子(でんし)で 出(だ)します(電子申請(でんししんせい))。", []),
        ("10人以上(いじょう)です。必要(ひつよう)です。", ["以上", "必要"]),
    ],
)
def test_words_of_offices_are_hard_unless_they_are_quoted(text: str, found: list[str]) -> None:
    assert sorted(hard_words(text)) == sorted(found)


def test_a_finding_stands_at_the_text() -> None:
    files = texts()
    files["entries/ponds.yaml"] = files["entries/ponds.yaml"].replace(
        "    answer:\n      ja: ", "    answer:\n      ja-easy: 申請してください。\n      ja: ", 1
    )
    found = [p for p in lint(Survey([parse(t, n) for n, t in files.items()]), TODAY) if p.code == "easy-hard"]
    assert [(p.line, p.severity.value) for p in found] == [(8, "warning")]
