"""Comparison with single phrasings: each channel finds what the others cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.matching.candidates import CHANNELS, CandidateSearch
from faq.matching.index import Phrasing
from faq.matching.kana_restore import Repair
from faq.matching.lexical import READING, SCRIPT
from faq.matching.match import Kind
from faq.matching.meaning import NEAREST, Vectors, in_steps, rounded
from faq.matching.message_reader import MessageReader
from faq.matching.normalize import Folder
from faq.matching.parts import parts_of

READINGS: Final = {"白鳥": "はくちょう", "登録": "とうろく", "料金": "りょうきん", "苦情": "くじょう"}
PHRASINGS: Final = {
    "register": ("白鳥の登録", "登録したい", "ボートを申し込む", "register a swan"),
    "fee": ("白鳥の料金", "いくらかかりますか", "キャンセルのお金", "swan price"),
    "complaint": ("係への苦情", "係の態度がひどい", "怒鳴られた", "the keeper was rude"),
}
CONCEPTS: Final = (
    ("登録", "申し込", "register", "enrol"),
    ("料金", "いくら", "お金", "price", "toll"),
    ("苦情", "ひどい", "怒鳴", "rude", "nasty"),
)


def senses(texts: Sequence[str]) -> Vectors:
    """An encoder that knows three matters in any language."""
    rows = [[float(any(word in text for word in concept)) for concept in CONCEPTS] + [0.3] for text in texts]
    found = np.array(rows, dtype=np.float32)
    unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def gatherer(*, encoder: bool = True, synonyms: Sequence[Sequence[str]] = ()) -> CandidateSearch:
    phrasings = [Phrasing(text, Kind.ENTRY, name) for name, texts in PHRASINGS.items() for text in texts]
    repair = Repair(READINGS, [phrasing.text for phrasing in phrasings])
    reader = MessageReader(Folder(synonyms, READINGS), repair, senses if encoder else None)
    return CandidateSearch(phrasings, reader, lambda texts: rounded(senses(texts)))


def heard(found: CandidateSearch, text: str, channel: str) -> dict[str, float]:
    """One channel's score of every candidate."""
    candidates = found.gather(text)
    column = CHANNELS.index(channel)
    return {
        found.targets[target][1]: float(row[column])
        for target, row in zip(candidates.targets, candidates.scores, strict=True)
    }


def best(scores: dict[str, float]) -> str:
    name = max(scores, key=lambda key: scores[key])
    assert scores[name] > 1.2 * max((score for key, score in scores.items() if key != name), default=0.0), (
        scores
    )
    return name


def test_script_grams_hear_shared_kanji_katakana_and_latin_words() -> None:
    found = gatherer(encoder=False)
    assert best(heard(found, "料金って白鳥だと高いの", SCRIPT)) == "fee"
    assert best(heard(found, "キャンセル料", SCRIPT)) == "fee"
    assert best(heard(found, "registering", SCRIPT)) == "register"


def test_script_grams_do_not_hear_endings_in_hiragana() -> None:
    assert set(heard(gatherer(encoder=False), "かかりますか", SCRIPT).values()) == {0.0}


def test_what_shares_nothing_with_a_message_is_no_candidate() -> None:
    assert gatherer(encoder=False).gather("👍").targets == ()
    assert set(heard(gatherer(encoder=False), "値段", SCRIPT)) <= {"fee"}


def test_readings_hear_what_is_not_converted() -> None:
    found = gatherer(encoder=False)
    assert best(heard(found, "どなられた", READING) | {"register": 0.0}) in PHRASINGS
    assert best(heard(found, "はくちょうのりょうきんはいくらかかる", READING)) == "fee"
    assert best(heard(found, "カカリヘノクジョウ", READING)) == "complaint"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("とうろくしたい", "登録"),
        ("ﾄｳﾛｸしたい", "とうろく"),
        ("touroku", "登録"),
        ("tōroku", "tōroku"),
        ("toroku shitai", "登録"),
        ("hakucho ryokin", "白鳥料金"),
        ("キャンセリ", "キャンセル"),
        ("キンャセル", "キャンセル"),
        ("regsiter", "register"),
    ],
)
def test_kana_half_width_romaji_and_slips_become_the_words_that_were_meant(typed: str, meant: str) -> None:
    repair = Repair(READINGS, [text for texts in PHRASINGS.values() for text in texts])
    assert (
        meant in Folder((), READINGS).fold(repair.repair(typed)).plain
        or meant in Folder((), READINGS).fold(repair.repair(typed)).reading
    )


def test_a_usual_word_is_never_put_right_into_another() -> None:
    repair = Repair({}, ["register"] * 9 + ["registry"] * 9)
    assert repair.repair("registry") == "registry"


def test_the_encoder_hears_sense_where_no_letter_is_shared() -> None:
    assert best(heard(gatherer(), "toll", NEAREST)) == "fee"
    assert best(heard(gatherer(), "nasty", NEAREST)) == "complaint"


def test_without_an_encoder_the_channel_of_sense_is_silent_and_the_others_speak() -> None:
    found = gatherer(encoder=False)
    assert set(heard(found, "白鳥の料金", NEAREST).values()) == {0.0}
    assert best(heard(found, "白鳥の料金", SCRIPT)) == "fee"


def test_synonyms_make_one_word_of_two() -> None:
    apart, together = gatherer(encoder=False), gatherer(encoder=False, synonyms=[["料金", "使用料"]])
    assert heard(together, "使用料", READING)["fee"] > 2 * heard(apart, "使用料", READING).get("fee", 0.0)


def test_a_long_message_is_read_sentence_by_sentence_so_that_both_questions_are_heard() -> None:
    found = gatherer()
    long = "先週からずっと気になっていることがあります。白鳥の料金。係の態度がひどい。"
    scores = heard(found, long, SCRIPT)
    assert scores["fee"] == pytest.approx(1.0)
    assert scores["complaint"] == pytest.approx(1.0)


def test_every_candidate_tells_which_phrasing_of_which_channel_spoke_for_it() -> None:
    found = gatherer()
    candidates = found.gather("白鳥の料金はおいくら")
    told = {e.channel: e.phrasing for e in candidates.evidence[0]}
    assert tuple(told) == CHANNELS
    assert told[SCRIPT] == "白鳥の料金"
    assert all(told[channel] in PHRASINGS["fee"] for channel in (SCRIPT, READING, NEAREST))


@given(st.text(max_size=200))
def test_any_text_has_finite_scores_and_at_most_sixteen_candidates(text: str) -> None:
    candidates = FOUND.gather(text)
    assert np.isfinite(candidates.scores).all()
    assert np.isfinite(candidates.outside).all()
    assert len(candidates.targets) <= 16


FOUND: Final = gatherer(encoder=False)


@given(st.text(min_size=1, max_size=300))
def test_a_message_is_always_its_own_first_part(text: str) -> None:
    parts = parts_of(text)
    assert parts[0] == text
    assert len(parts) <= 13


@given(st.lists(st.floats(-0.3, 0.3), min_size=4, max_size=4), st.floats(-1e-6, 1e-6))
def test_vectors_are_equal_in_steps_although_another_batch_differs_in_the_seventh_decimal(
    row: list[float], noise: float
) -> None:
    vector = np.array([row], dtype=np.float32)
    away_from_edges = np.abs(vector * 400 - np.floor(vector * 400) - 0.5) > 1e-3
    same = in_steps(vector) == in_steps(vector + np.float32(noise))
    assert bool(np.all(same | ~away_from_edges))
