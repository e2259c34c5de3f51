"""Weights are fitted from left-out phrasings and labelled examples, and refused for another FAQ."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.checks.validate import judge
from faq.content.document import Document
from faq.content.example import NONE, Example
from faq.content.parse import parse
from faq.content.problem import Severity
from faq.knowledge import KnowledgeBase
from faq.matching.candidates import FEATURES, OUTSIDE
from faq.matching.fusion import UNFITTED, Tuned, Weights, probabilities
from faq.training import evaluation, fitted_file, fitting
from faq.training.fitting import Forecast, Sample
from handlers.preview import decide_alone
from tests.small_faq import TODAY, lock_of, texts

EXAMPLES = [
    Example(text="白鳥ボートに登録したい", entry="swan-register"),
    Example(text="白鳥はいくらですか", entry="swan-fee"),
    Example(text="あひる係に苦情がある", entry="duck-complaint"),
    Example(text="今日は雨ですか", entry=NONE),
    Example(text="ラーメンを食べたい", entry=NONE),
]


def files() -> dict[str, Document]:
    parsed = {name: parse(text, name).file for name, text in texts().items()}
    return {name: file for name, file in parsed.items() if file is not None}


@pytest.fixture(scope="module")
def outcome() -> fitting.MatchingFit:
    base = KnowledgeBase.build(files(), UNFITTED, for_fitting=True)
    return fitting.run(base.finder, EXAMPLES)


@pytest.fixture(scope="module")
def written(outcome: fitting.MatchingFit) -> str:
    return fitted_file.made(
        outcome, outcome, list(files().values()), "an encoder 1.0", TODAY
    ).model_dump_json()


def made_up(scores: list[list[float]], right: tuple[int, ...], group: str = "a") -> Sample:
    return Sample(np.array(scores), np.array([1.0]), right, (True,) * len(scores), group)


def test_a_channel_that_tells_right_from_wrong_gets_its_weight_and_one_that_does_not_gets_none() -> None:
    rng = np.random.default_rng(7)
    samples = []
    for _ in range(400):
        noise = rng.random((4, 2))
        right = int(rng.integers(4))
        noise[right, 0] += 0.6
        samples.append(made_up(noise.tolist(), (right,)))
    useful, useless = fitting.fit(samples).channels
    assert useful > 5
    assert abs(useless) < 0.1 * useful


def test_fitted_probabilities_come_true_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    truth = Weights((3.0,), (1.0,))
    samples = []
    for _ in range(3000):
        scores = rng.random((3, 1))
        shares = probabilities(scores, np.array([1.0]), truth)
        drawn = int(rng.choice(4, p=shares))
        samples.append(made_up(scores.tolist(), () if drawn == 3 else (drawn,)))
    found = fitting.fit(samples)
    assert found.channels[0] == pytest.approx(3.0, abs=0.4)
    assert found.outside[0] == pytest.approx(1.0, abs=0.25)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=8), st.floats(-20, 20), st.floats(-20, 20)
)
def test_probabilities_are_shares_of_one(
    rows: list[tuple[float, float]], weight: float, outside: float
) -> None:
    scores = np.array(rows).reshape(len(rows), 2)
    shares = probabilities(scores, np.array([1.0]), Weights((weight, 1.0), (outside,)))
    assert len(shares) == len(rows) + 1
    assert float(shares.sum()) == pytest.approx(1.0)
    assert (shares >= 0).all()


def test_every_phrasing_is_asked_once_without_itself_and_decoys_are_asked_as_nobodys() -> None:
    base = KnowledgeBase.build(files(), UNFITTED, for_fitting=True)
    samples = fitting.left_out(base.finder.gatherer)
    groups = {sample.group for sample in samples}
    assert groups == {"swan-register", "swan-fee", "duck-complaint", NONE}
    assert all(
        not sample.right or sample.entries[sample.right[0]] == (sample.group != NONE) for sample in samples
    )


def test_the_line_for_answering_is_the_lowest_that_keeps_wrong_answers_within_the_aim() -> None:
    def forecasts(sure: float, right: bool, count: int) -> list[Forecast]:
        return [Forecast(sure, right, right, "a", "ja")] * count

    mixed = forecasts(0.97, True, 100) + forecasts(0.72, False, 5)
    assert fitting.line(forecasts(0.97, True, 100)) == 0.4
    assert fitting.line(mixed) == 0.73
    assert fitting.line(forecasts(0.99, False, 10)) == 0.95


@settings(max_examples=50)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_the_reliability_table_holds_every_forecast_once(told: list[tuple[float, bool]]) -> None:
    bins = evaluation.reliability([Forecast(sure, right, right, "a", "ja") for sure, right in told])
    assert sum(b.questions for b in bins) == len(told)
    assert sum(round(b.observed * b.questions) for b in bins) == sum(right for _, right in told)
    assert 0 <= evaluation.calibration_error(bins) <= 1


def test_a_fit_says_what_it_found_on_questions_it_had_not_seen(outcome: fitting.MatchingFit) -> None:
    assert len(outcome.examples) == len(EXAMPLES)
    assert len(outcome.tuned.weights.channels) == len(FEATURES)
    assert len(outcome.tuned.weights.outside) == len(OUTSIDE)
    assert {f.group for f in outcome.phrasings} == {"swan-register", "swan-fee", "duck-complaint", NONE}


def test_what_was_written_is_read_back_as_it_was(outcome: fitting.MatchingFit, written: str) -> None:
    found = fitted_file.read(written)
    assert isinstance(found, fitted_file.FittedFile)
    assert found.fitted().with_encoder == outcome.tuned
    assert isinstance(found.fitted().without_encoder, Tuned)
    assert found.made_on == TODAY
    assert fitted_file.check(found, list(files().values()), "an encoder 1.0") == []


def codes(text: str, encoder: str = "", changed: dict[str, str] | None = None) -> list[tuple[str, Severity]]:
    given_files = changed or texts()
    problems = judge(
        given_files,
        lock_of(given_files),
        date(2026, 11, 24),
        decide_alone,
        KnowledgeBase.build,
        text,
        encoder,
    ).problems
    return [(p.code, p.severity) for p in problems if p.code.startswith("fitted")]


def test_a_torn_file_is_refused(written: str) -> None:
    assert codes(written[:100]) == [("fitted-broken", Severity.ERROR)]


def test_a_file_of_other_channels_is_refused(written: str) -> None:
    row = json.loads(written)
    row["with_encoder"]["channels"]["smell"] = row["with_encoder"]["channels"].pop("readings")
    assert codes(json.dumps(row)) == [("fitted-foreign", Severity.ERROR)]


def test_a_file_made_with_another_encoder_is_refused_and_without_any_encoder_it_serves(written: str) -> None:
    assert codes(written, "an encoder 2.0") == [("fitted-other-encoder", Severity.ERROR)]
    assert codes(written, "") == []


def test_a_file_is_old_after_a_few_new_phrasings_and_refused_after_many(written: str) -> None:
    few, many = texts(), texts()
    few["entries/ponds.yaml"] = few["entries/ponds.yaml"].replace(
        "白鳥のお金", "白鳥のお金, 鳥代, とりだい", 1
    )
    more = ", ".join(f"白鳥の値段その{n}" for n in range(12))
    many["entries/ponds.yaml"] = many["entries/ponds.yaml"].replace("白鳥のお金", f"白鳥のお金, {more}", 1)
    assert codes(written, "", few) == [("fitted-old", Severity.WARNING)]
    assert codes(written, "", many) == [("fitted-stale", Severity.ERROR)]
