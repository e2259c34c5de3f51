"""The network reads rows as it was trained to, and survives being written down."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.matching.kana_restore import Repair
from faq.matching.message_reader import SLOTS, MessageReader, gram_row
from faq.matching.network import NOTHING, Calibration, Network, unpacked
from faq.matching.normalize import Folded, Folder

DICE = np.random.default_rng(1)
NETWORK = Network(
    ("entry:a", "entry:b", NOTHING),
    DICE.standard_normal((11, 6), dtype=np.float32),
    DICE.standard_normal((7, 3), dtype=np.float32),
    Calibration(0.8),
    learned=frozenset({1, 2**64 - 1}),
)
READER = MessageReader(Folder([["登録", "とうろくすること"]], {"登録": "とうろく"}), Repair({}, []), None)


@given(st.lists(st.floats(-50, 50, width=32), min_size=10, max_size=10))
def test_shares_sum_to_one_and_none_is_negative(row: list[float]) -> None:
    shares = NETWORK.shares(np.array(row, dtype=np.float32))
    assert float(shares.sum()) == pytest.approx(1.0)
    assert (shares >= 0).all()


def test_shares_are_the_softmax_of_the_second_layer_over_the_positive_part_of_the_first() -> None:
    row = np.linspace(0, 1, 10, dtype=np.float32)
    units = np.maximum(row @ NETWORK.hidden[:10] + NETWORK.hidden[10], 0)
    scores = (units @ NETWORK.output[:6] + NETWORK.output[6]) / 0.8
    assert NETWORK.shares(row) == pytest.approx(np.exp(scores) / np.exp(scores).sum(), abs=1e-6)


def test_a_higher_temperature_is_less_sure_of_the_same_class() -> None:
    row = np.ones(10, dtype=np.float32)
    sure, unsure = (
        Network(NETWORK.classes, NETWORK.hidden, NETWORK.output, Calibration(t)).shares(row)
        for t in (0.5, 2.0)
    )
    assert int(sure.argmax()) == int(unsure.argmax())
    assert float(sure.max()) > float(unsure.max())


@given(st.floats(0.2, 3.0), st.floats(-2.0, 2.0), st.integers(0, 50))
def test_only_a_leading_entry_is_moved_and_the_others_share_what_is_left(
    slope: float, shift: float, seed: int
) -> None:
    row = np.random.default_rng(seed).standard_normal(10).astype(np.float32)
    before, after = (
        Network(NETWORK.classes, NETWORK.hidden, NETWORK.output, made).shares(row)
        for made in (Calibration(), Calibration(1.0, slope, shift))
    )
    first = int(before.argmax())
    assert float(after.sum()) == pytest.approx(1.0)
    if NETWORK.classes[first] == NOTHING:
        assert np.array_equal(before, after)
        return
    assert after[first] == pytest.approx(Calibration(1.0, slope, shift).moved(float(before[first])))
    others = [n for n in range(3) if n != first]
    assert after[others] / after[others].sum() == pytest.approx(before[others] / before[others].sum())


def test_what_was_packed_is_the_same_network_to_a_step_of_eight_bits() -> None:
    found = unpacked(NETWORK.packed())
    assert (found.classes, found.calibration, found.learned) == (
        NETWORK.classes,
        NETWORK.calibration,
        NETWORK.learned,
    )
    for read, written in ((found.hidden, NETWORK.hidden), (found.output, NETWORK.output)):
        steps = np.abs(written).max(axis=0) / 127
        assert (np.abs(read - written) <= steps * 0.501).all()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("hidden_steps", "AAAA"),
        ("hidden_steps", "not base64!"),
        ("output_scales", "1.0 2.0"),
        ("classes", "entry:a"),
        ("calibration", "warm 1 0"),
        ("calibration", "0 1 0"),
        ("calibration", "1 1 0 0"),
        ("learned", "eJwDAAAAAAE"),
    ],
)
def test_a_text_that_is_no_network_is_refused(key: str, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - numpy, base64 and the module itself say it in their own words
        unpacked({**NETWORK.packed(), key: text})
    broken = NETWORK.packed()
    del broken[key]
    with pytest.raises(ValueError, match="no network"):
        unpacked(broken)


@given(st.text(max_size=120))
def test_any_text_has_a_row_of_unit_length_or_none_at_all(text: str) -> None:
    row = READER.row(text)
    assert row.shape == (SLOTS,)
    length = float(np.linalg.norm(row))
    assert length == pytest.approx(1.0, abs=1e-5) or length == 0.0


def test_spelling_and_sound_are_told_apart_and_a_repeated_word_is_dampened() -> None:
    kanji, kana = gram_row(Folded("登録", "とうろく")), gram_row(Folded("とうろく", "とうろく"))
    other = gram_row(Folded("料金", "りょうきん"))
    assert 0.3 < float(kanji @ kana) < 0.95
    assert float(kanji @ kana) > float(kanji @ other) + 0.2
    once, often = gram_row(Folded("登録 料金", "")), gram_row(Folded("登録 " * 9 + "料金", ""))
    assert float(once @ often) > 0.6


def test_a_synonym_has_the_row_of_its_head_word() -> None:
    assert np.array_equal(READER.row("とうろくすること"), READER.row("登録"))
