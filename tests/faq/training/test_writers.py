"""Lines are drawn on writers held back, and promise no more than their number proves; fits are refused for another FAQ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
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
from faq.matching.fusion import Fitted, Thresholds
from faq.matching.match import Found, Kind, Match
from faq.matching.network import Network
from faq.training import evaluation, fitted_file, writers
from faq.training.forecast import Forecast, forecast
from faq.training.voices import Voice, Voices, read
from handlers.preview import decide_alone
from tests.faq.training.test_voices import FRAMES, NOUNS
from tests.small_faq import TODAY, lock_of, texts

EXAMPLES = (
    Example(text="白鳥ボートに登録したい", entry="swan-register"),
    Example(text="白鳥はいくらですか", entry="swan-fee"),
    Example(text="あひる係に苦情がある", entry="duck-complaint"),
    Example(text="今日は雨ですか", entry=NONE),
    Example(text="ラーメンを食べたい", entry=NONE),
)
TELLING = {"swan-register": "ボートに登録", "swan-fee": "白鳥の値段", "duck-complaint": "あひるの係がひどい"}
WRITERS = tuple(
    Voice(f"{n:02}", f"style-{n}", tuple((f"{end}{words}{end}", entry) for entry, words in TELLING.items()))
    for n, end in enumerate(["!", "?", "です", "かな", "よ", "って", "ね", "ぞ"], 1)
)
BESIDE = read({"out-of-scope-nouns.tsv": NOUNS, "out-of-scope-frames.tsv": FRAMES}, ())


def files() -> dict[str, Document]:
    parsed = {name: parse(text, name).file for name, text in texts().items()}
    return {name: file for name, file in parsed.items() if file is not None}


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return replace(KnowledgeBase.build(files()), examples=EXAMPLES)


@pytest.fixture(scope="module")
def outcome(base: KnowledgeBase) -> writers.MatchingFit:
    return writers.run(base, Voices(WRITERS, BESIDE.nouns, BESIDE.frames), None, units=24)


@pytest.fixture(scope="module")
def written(outcome: writers.MatchingFit) -> str:
    made = fitted_file.made(outcome, outcome, list(files().values()), "an encoder 1.0", TODAY)
    # By its size a network tells whether it was made for the encoder; the first of the two is.
    row = json.loads(made.model_dump_json())
    row["with_encoder"]["network"] = _widened(outcome).packed()
    return json.dumps(row)


def _widened(outcome: writers.MatchingFit) -> Network:
    network = outcome.tuned.network
    assert network is not None
    more = np.zeros((512, network.hidden.shape[1]), dtype=np.float32)
    return replace(network, hidden=np.vstack([more, network.hidden]))


def test_every_writer_is_foretold_once_by_a_network_that_did_not_learn_from_them(
    outcome: writers.MatchingFit,
) -> None:
    told = [f for f in outcome.held if f.ours]
    assert sorted((f.writer, f.group) for f in told) == sorted(
        (voice.writer, entry) for voice in WRITERS for _, entry in voice.messages
    )
    assert sum(f.among_three for f in told) >= 0.9 * len(told)
    assert {f.group for f in outcome.held if not f.ours} == {NONE}
    assert len(outcome.examples) == len(EXAMPLES)


def test_the_network_serves_and_has_learned_every_phrasing(
    base: KnowledgeBase, outcome: writers.MatchingFit
) -> None:
    network = outcome.tuned.network
    assert network is not None
    assert network.learned == {p.key for p in base.phrasings}
    served = KnowledgeBase.build(files(), Fitted(outcome.tuned, outcome.tuned))
    assert served.search("白鳥ボートに登録したい").matches[0].id == "swan-register"
    assert served.search("店3ってどこ").nothing > 0.5


def test_without_writers_the_examples_judge_and_without_examples_the_lines_are_the_usual_ones(
    base: KnowledgeBase,
) -> None:
    alone = writers.run(base, Voices(), None, units=16)
    assert alone.held == ()
    assert len(alone.examples) == len(EXAMPLES)
    assert writers.run(replace(base, examples=()), Voices(), None, units=16).tuned.thresholds == Thresholds()


def sure(value: float, right: bool, count: int, group: str = "a") -> list[Forecast]:
    return [Forecast(value, right, right, group, "ja", first=value, together=value)] * count


def test_the_line_for_answering_is_the_lowest_that_the_number_of_questions_proves() -> None:
    assert writers.lines(sure(0.97, True, 100)).answer == 0.95  # 100 right ones prove no 2 %
    assert writers.lines(sure(0.97, True, 400)).answer == 0.2
    assert writers.lines(sure(0.97, True, 400) + sure(0.62, False, 9)).answer == 0.63
    assert writers.lines([]) == Thresholds()
    outside = sure(0.7, False, 3, NONE) + sure(0.0, False, 97, NONE)
    assert writers.lines(sure(0.97, True, 900) + outside).answer == 0.71, (
        "3 of 100 for nobody here are too many"
    )


def test_offers_for_nobodys_messages_are_kept_few_by_a_floor_and_by_what_speaks_before_an_offer() -> None:
    ours, faint = sure(0.9, True, 400), [Forecast(0.0, False, False, NONE, "ja", first=0.15, together=0.3)]
    wanted = [Forecast(0.0, False, True, "a", "ja", first=0.12, together=0.3)] * 10
    few = writers.lines([*ours, *wanted, *faint * 5, *sure(0.0, False, 95, NONE)])
    many = writers.lines([*ours, *wanted, *faint * 50, *sure(0.0, False, 50, NONE)])
    assert few.floor <= 0.12
    assert many.floor > 0.15
    everywhere = [Forecast(0.0, False, False, NONE, "ja", first=0.5, together=0.9, elsewhere=0.1)] * 90
    assert writers.lines([*ours, *wanted, *everywhere, *faint * 10]).floor > 0.15  # as few as can be
    spoken = [Forecast(0.0, False, False, NONE, "ja", first=0.4, together=0.5, elsewhere=0.45)] * 50
    hidden = [Forecast(0.0, False, True, "a", "ja", first=0.4, together=0.6, elsewhere=0.55)] * 20
    assert writers.lines([*ours, *spoken, *sure(0.0, False, 50, NONE), *hidden]).elsewhere <= 0.45
    assert writers.lines([*ours, *sure(0.0, False, 50, NONE), *hidden]).elsewhere == 0.6


@settings(max_examples=50)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_the_reliability_table_holds_every_forecast_once(told: list[tuple[float, bool]]) -> None:
    bins = evaluation.reliability([Forecast(sure, right, right, "a", "ja") for sure, right in told])
    assert sum(b.questions for b in bins) == len(told)
    assert sum(round(b.observed * b.questions) for b in bins) == sum(right for _, right in told)
    assert 0 <= evaluation.calibration_error(bins) <= 1


@settings(max_examples=20)
@given(st.floats(0.5, 1.4), st.integers(0, 9))
def test_calibrated_probabilities_come_true_as_often_as_they_say(divisor: float, seed: int) -> None:
    dice = np.random.default_rng(seed)
    true = dice.normal(0, 2, (4000, 4))
    shares = np.exp(true) / np.exp(true).sum(axis=1, keepdims=True)
    right = (shares.cumsum(axis=1) > dice.random((4000, 1))).argmax(axis=1)
    classes = [f"entry:{name}" for name in "abcd"]
    found = writers.calibration([(true * divisor, right)], classes)
    assert found.temperature == pytest.approx(divisor, rel=0.12)
    said = np.array(
        [
            found.moved(float(p))
            for p in np.exp(writers._log_shares(true * divisor, right, found.temperature)[0]).max(axis=1)
        ]
    )
    came = true.argmax(axis=1) == right
    for low in (0.3, 0.5, 0.7, 0.9):
        inside = (said >= low) & (said < low + 0.2)
        assert inside.sum() < 100 or abs(float(said[inside].mean() - came[inside].mean())) < 0.07


@pytest.mark.parametrize(
    ("matches", "nothing", "is_sure", "leads"),
    [
        ([(Kind.ENTRY, "a", 0.8)], 0.1, 0.8, True),
        ([(Kind.ENTRY, "b", 0.5), (Kind.ENTRY, "a", 0.4)], 0.1, 0.5, False),
        ([(Kind.DECOY, "d", 0.5), (Kind.ENTRY, "a", 0.4)], 0.1, 0.0, False),
        ([(Kind.ENTRY, "a", 0.4)], 0.5, 0.0, False),
    ],
)
def test_an_entry_is_sure_only_where_nothing_else_leads(
    matches: list[tuple[Kind, str, float]], nothing: float, is_sure: float, leads: bool
) -> None:
    found = Found(None, tuple(Match(*match) for match in matches), nothing=nothing)
    told = forecast(found, {"a"}, "a")
    assert (told.sure, told.right, told.among_three) == (is_sure, leads, True)


def test_what_was_written_is_read_back_as_it_was(outcome: writers.MatchingFit, written: str) -> None:
    found = fitted_file.read(written)
    assert isinstance(found, fitted_file.FittedFile)
    served = found.fitted().without_encoder
    assert served.thresholds == outcome.tuned.thresholds
    assert served.network is not None
    assert outcome.tuned.network is not None
    assert served.network.classes == outcome.tuned.network.classes
    assert served.network.calibration.slope == pytest.approx(
        outcome.tuned.network.calibration.slope, abs=1e-4
    )
    assert found.made_on == TODAY
    assert fitted_file.check(found, list(files().values()), "an encoder 1.0") == []


def codes(
    text: str, encoder: str = "", changed: Mapping[str, str] | None = None
) -> list[tuple[str, Severity]]:
    given_files = dict(changed or texts())
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


@pytest.mark.parametrize("harm", ["scales", "steps", "line", "not a number"])
def test_a_file_with_a_broken_network_is_refused(harm: str, written: str) -> None:
    row = json.loads(written)
    half = row["without_encoder"]
    match harm:
        case "line":
            half["thresholds"]["shout"] = 0.5
        case "not a number":
            half["network"]["calibration"] = "nan 1 0"
        case _:
            told = half["network"][f"hidden_{harm}"]
            half["network"][f"hidden_{harm}"] = told[: len(told) // 2]
    assert codes(json.dumps(row)) == [("fitted-broken", Severity.ERROR)]


def test_a_file_whose_two_networks_were_exchanged_is_refused(written: str) -> None:
    row = json.loads(written)
    row["with_encoder"], row["without_encoder"] = row["without_encoder"], row["with_encoder"]
    assert codes(json.dumps(row)) == [("fitted-foreign", Severity.ERROR)]


def test_a_file_of_an_older_version_is_told_from_a_broken_one(written: str) -> None:
    row = json.loads(written)
    for half in ("with_encoder", "without_encoder"):
        del row[half]["network"], row[half]["judged_by"]
        row[half] |= {"channels": {"readings": 2.0}, "outside": {"constant": 9.0}}
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
