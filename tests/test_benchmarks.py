"""Public data sets are read in their own formats, learned and asked; a wrong file is named."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.checkout

BIRDS = ["white bird please", "which bird sings", "birds in winter", "feed the bird"]
MONEY = ["how much money", "the price of it", "price list", "what does it cost in money"]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "public.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_clinc150(tmp_path: Path) -> None:
    data = {
        "train": [[text, "bird"] for text in BIRDS] + [[text, "money"] for text in MONEY],
        "test": [["a white bird", "bird"], ["price in money", "money"]],
        "oos_test": [["zzz qqq", "oos"]],
    }
    (tmp_path / "data_full.json").write_text(json.dumps(data))
    told = run("clinc150", tmp_path / "data_full.json", "--per-entry", "3", "--no-encoder")
    assert told.returncode == 0, told.stderr
    assert "6 phrasings" in told.stdout
    assert "2 questions with an entry, 1 without" in told.stdout
    assert "hit@1   1.000" in told.stdout


def test_hint3(tmp_path: Path) -> None:
    rows = [f"{text},BIRD" for text in BIRDS] + [f"{text},MONEY" for text in MONEY]
    (tmp_path / "train.csv").write_text("\n".join(["sentence,label", *rows]))
    (tmp_path / "test.csv").write_text("sentence,label\nthe white bird,BIRD\nxyzzy,NO_NODES_DETECTED\n")
    told = run("hint3", tmp_path / "train.csv", tmp_path / "test.csv", "--no-encoder")
    assert told.returncode == 0, told.stderr
    assert "1 questions with an entry, 1 without" in told.stdout
    assert "MCC     1.000" in told.stdout


@pytest.mark.parametrize("form", ["one file", "folder", "folder with lines"])
def test_corpus_queries_and_qrels(form: str, tmp_path: Path) -> None:
    corpus = [
        {"_id": "a", "question": "燃えるごみの日はいつですか", "answer": "月曜日です。木曜日も集めます。"},
        {"_id": "b", "question": "図書館は何時まで開いていますか", "answer": "午後8時までです。"},
    ]
    queries = [
        {"_id": "q1", "text": "ごみの日"},
        {"_id": "q2", "text": "図書館 時間"},
        {"_id": "q3", "text": "?"},
    ]
    if form == "one file":
        path = tmp_path / "all.json"
        qrels = {"q1": {"a": 1}, "q2": ["b"]}
        path.write_text(json.dumps({"corpus": corpus, "queries": queries, "qrels": qrels}), encoding="utf-8")
    else:
        path = tmp_path
        if form == "folder":
            (path / "corpus.json").write_text(json.dumps({d["_id"]: d for d in corpus}), encoding="utf-8")
            (path / "queries.json").write_text(
                json.dumps({q["_id"]: q["text"] for q in queries}), encoding="utf-8"
            )
        else:
            for name, rows in (("corpus", corpus), ("queries", queries)):
                (path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        (path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta\t2\nq2\tb\t1\nq3\ta\t0\n")
    told = run("retrieval", path, "--answers", "--no-encoder")
    assert told.returncode == 0, told.stderr
    assert "2 questions with an entry, 0 without" in told.stdout
    assert "hit@1   1.000" in told.stdout
    assert "nDCG@10 1.000" in told.stdout


def test_a_tsv_is_asked_of_a_faq(tmp_path: Path) -> None:
    (tmp_path / "q.tsv").write_text(
        "text\tprimary\tacceptable\n登録は無料ですか\treg-fee\t\n今日の天気は\tnone\t-\n", encoding="utf-8"
    )
    told = run("tsv", tmp_path / "q.tsv")
    assert told.returncode == 0, told.stderr
    assert "1 questions with an entry, 1 without" in told.stdout
    assert "hit@1   1.000" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("clinc150", "{}/none.json"), "none.json: cannot be read as JSON (FileNotFoundError)"),
        (("clinc150", "{}/list.json"), "expected an object with train, test and oos_test"),
        (("retrieval", "{}"), "corpus.json, corpus.jsonl or corpus.tsv is not there"),
        (("tsv", "{}/list.json"), "the columns primary, text are not there"),
    ],
)
def test_a_wrong_file_is_told_without_a_traceback(
    arguments: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    (tmp_path / "list.json").write_text("[]")
    came = run(*(argument.format(tmp_path) for argument in arguments))
    assert came.returncode == 1
    assert told in came.stderr
    assert "Traceback" not in came.stderr


def test_the_speed_table_prints_a_ratio_beside_a_plain_scan() -> None:
    came = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "matching.py"), "120"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert came.returncode == 0, came.stderr
    assert "scan/ours p95" in came.stdout
    assert len([line for line in came.stdout.splitlines() if line.split()[1:2] in (["on"], ["off"])]) == 2


def test_writers_whom_nobody_knew_are_counted_one_by_one_and_together() -> None:
    asked = ("--voices", "91", "94", "--every", "73")
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "writers.py"), *asked],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    head, first, second, together, shares, elsewhere = done.stdout.splitlines()
    assert head.split()[:4] == ["writer", "asked", "right", "found"]
    assert [line.split()[:2] for line in (first, second)] == [
        ["91-parent-band-46-bursts", "3"],
        ["94-chinese-and-korean", "3"],
    ]
    assert together.split()[:3] == ["all", "writers", "6"]
    assert shares.startswith("right ")
    assert elsewhere.startswith("not ours: answered ")
