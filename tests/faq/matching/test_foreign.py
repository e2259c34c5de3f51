"""Which texts are in a language that nothing was learned in, and what is left of them."""

from __future__ import annotations

import numpy as np
import pytest

from faq.matching.detector import SLOTS
from faq.matching.features import Features
from faq.matching.foreign import KnownWords
from faq.matching.meaning import Vectors

KNOWN = KnownWords(["how do I register our group for the tennis court", "I want to book", "登録 touroku"])
SIZE = 4


def sense(text: str) -> Vectors:
    return np.full(SIZE, 0.5, dtype=np.float32)


@pytest.mark.parametrize(
    "text",
    [
        "¿Cómo puedo reservar la cancha?",
        "Tôi quên mật khẩu",
        "как забронировать зал",
        "อยากจองสนาม",
        "दर्ता गर्न कति शुल्क लाग्छ",
        "Tôi ở 港区, muốn đăng ký",
    ],
)
def test_a_text_mostly_in_words_or_letters_of_no_language_of_ours_is_foreign(text: str) -> None:
    assert KNOWN.is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "how do I book the court, Mr. Nguyễn?",
        "グエン Văn Anhですが登録したい",
        "등록하고 싶어요 ㅋㅋ",
        "我想預約 tennis",
        "ＨＯＷ　ＤＯ　Ｉ　ＢＯＯＫ",
        "𝐡𝐨𝐰 𝐝𝐨 𝐈 𝐛𝐨𝐨𝐤",
        "123-4567",
        "",
    ],
)
def test_names_strange_words_and_unusual_letters_make_no_text_foreign(text: str) -> None:
    assert not KNOWN.is_foreign(text)


def test_of_a_foreign_text_its_sense_alone_is_looked_at_and_of_vietnamese_nothing() -> None:
    features = Features(sense, lambda _: "", KNOWN)
    english, spanish, vietnamese = features.rows(
        ["how do I book", "¿Cómo puedo reservar la cancha?", "Tôi quên mật khẩu"]
    )
    assert english[-SLOTS:].any()
    assert spanish[:SIZE].all()
    assert not spanish[-SLOTS:].any()
    assert not vietnamese.any()


def test_romaji_is_looked_at_in_kana() -> None:
    features = Features(lambda _: None, lambda text: "しにたい" if text == "shinitai" else "", KNOWN)
    assert (features.rows(["shinitai"]) == features.rows(["しにたい"])).all()
    assert not features.are_foreign(["shinitai"]).any()
