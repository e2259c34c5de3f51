"""Detecting a message's language, also from two words and where it resembles another language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.language import Language
from faq.language_detection import detect


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("ja", ["登録 必要書類", "施設予約方法", "還付", "登記簿謄本", "登録完了", "touroku houhou", "ﾄｳﾛｸ", "カード紛失"]),
        ("zh-Hans", ["怎么登记", "投诉", "有人晕倒了", "密码忘了", "缴费", "我忘了"]),
        ("zh-Hant", ["怎麼登記", "投訴工作人員", "忘記密碼", "會議室可以預約嗎", "我要登記"]),
        ("ko", ["등록", "비밀번호를 잊어버렸어요", "ㅠㅠ 안돼요"]),
        ("en", ["register", "I can't log in", "cancel booking pls", "TRUSTDOCK"]),
        (None, ["123", "???", "", "🙂", "@sim_bot", "https://www.example.jp/reserve", "someone@example.jp", "/help@sim_bot", "#tokyo"]),
        ("en", ["@sim_bot please help", "see https://example.jp how do I register", "km/h"]),
        ("ja", ["@sim_bot touroku houhou", "https://example.jp これは何ですか"]),
    ],
)  # fmt: skip
def test_a_message_is_read_in_its_language(language: str | None, texts: list[str]) -> None:
    assert {text: detect(text) for text in texts} == dict.fromkeys(texts, language and Language(language))


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Z", "S"]), max_size=40))
def test_kana_makes_any_text_japanese_whatever_else_stands_in_it(text: str) -> None:
    assert detect(text + "の") is Language.JA


@given(st.text(max_size=80))
def test_easy_japanese_is_chosen_and_never_detected(text: str) -> None:
    assert detect(text) is not Language.JA_EASY
