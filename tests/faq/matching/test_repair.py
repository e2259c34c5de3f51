"""Kana and romaji are restored to the FAQ's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.matching.kana_restore import Repair

REPAIR = Repair(
    {"利用者登録": "りようしゃとうろく", "登録": "とうろく", "仕方": "しかた", "飲食": "いんしょく", "代表": "だいひょう", "変更": "へんこう",
     "太鼓": "たいこ", "料金": "りょうきん"},
    ["パスワードを忘れた"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("りようしゃとうろくのしかた", "利用者登録の仕方"),
        ("いんしょくできますか", "飲食できますか"),
        ("ぱすわーど", "パスワード"),
        ("だいひょう者へんこう", "代表者変更"),
        ("touroku ryoukin", "登録料金"),
        ("touroku wo wasuremashita.", "登録をわすれました"),
        ("トウロク ノ シカタ", "登録 の 仕方"),
        ("ﾄｳﾛｸ ﾘｮｳｷﾝ ﾊ ｲｸﾗﾃﾞｽｶ", "登録 料金 は いくらですか"),
    ],
)
def test_what_was_typed_without_converting_is_read(written: str, meant: str) -> None:
    assert REPAIR.repair(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "登録に必要な書類は何ですか",
        "職員に聞きたいことがあるのですがよいですか",
        "how do I register",
        "no photo on my card",
        "me to no one",
        "テニス コート",
        "saya ingin mati",
        "등록 방법",
        "",
        "?!",
    ],
)
def test_what_was_converted_or_is_another_language_stays_as_it_is(text: str) -> None:
    assert REPAIR.repair(text) == text


@pytest.mark.parametrize(
    ("written", "kana"),
    [
        ("ﾀｽｹﾃ ｸﾀﾞｻｲ", "たすけて ください"),
        ("もう しにたい", "もう しにたい"),
        ("shinitai!", "しにたい"),
        ("watashi wa ikimasu", "わたし は いきます"),
        ("助けて", ""),
        ("I want to die", ""),
        ("なぐられた help", ""),
    ],
)
def test_what_is_in_kana_or_romaji_alone_is_read_in_hiragana(written: str, kana: str) -> None:
    assert REPAIR.in_kana(written) == kana


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(REPAIR.repair(text), str)
