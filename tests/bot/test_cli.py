"""The verbs as processes: output and exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import small_faq


def madoguchi(
    home: Path, *words: str, typed: str | bytes = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    given = typed.encode() if isinstance(typed, str) else typed
    inherited = {k: v for k, v in os.environ.items() if k != "MADOGUCHI_TELEGRAM_TOKEN"}
    inherited |= {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "bot", *words], cwd=home, input=given, capture_output=True, check=False,
        env=inherited | environment, timeout=60,
    )  # fmt: skip
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_check_passes_and_counts(home: Path) -> None:
    done = madoguchi(home, "check")
    assert done.returncode == 0
    assert "OK: 回答 3件" in done.stdout
    assert "誤り 0件、注意 3件" in done.stdout


def test_check_tells_every_fault_and_ends_with_1(home: Path) -> None:
    ponds = home / "faq" / "entries" / "ponds.yaml"
    ponds.write_text(ponds.read_text().replace("group: swans", "grop: swans"), encoding="utf-8")
    done = madoguchi(home, "check")
    assert done.returncode == 1
    assert done.stdout.count("知らないキー「grop」です; 「group」のことですか [error]") == 2
    assert "Traceback" not in done.stdout + done.stderr


def test_what_cannot_run_ends_with_2_and_no_traceback(home: Path) -> None:
    (home / "config.yaml").write_text("faq:\n  foldr: faq\n", encoding="utf-8")
    done = madoguchi(home, "check")
    assert done.returncode == 2
    told = done.stderr.strip()
    assert told.startswith("config.yaml:2: faq.foldr: 知らない設定です。folder のことですか")
    assert told.endswith("unknown setting; did you mean folder?")


def test_ask_shows_the_answer_and_why(home: Path) -> None:
    done = madoguchi(home, "ask", "白鳥ボート 登録", "--explain")
    assert done.returncode == 0
    assert "池の窓口" in done.stdout
    assert "[解決した]  [解決しない]" in done.stdout
    assert "-- answer (sure), ja" in done.stdout
    assert "script-grams" in done.stdout


def test_ask_jsonl_gives_one_object_a_line_whatever_comes_in(home: Path) -> None:
    lines = ["白鳥ボート 登録", "", "火事です", "番号は1234 5678 9018です 白鳥のお金", "量子もつれ"]
    done = madoguchi(home, "ask", "--jsonl", typed="\n".join(lines).encode() + b"\n\xff\xfe\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 6
    for row in rows:
        assert list(row) == [
            "message", "text", "spoken", "core", "details", "decision", "entries", "windows", "guard", "language", "reason",
            "facility", "action", "buttons",
        ]  # fmt: skip
        assert row["text"].startswith(row["core"])
        assert all(text in row["text"] for text in row["details"].values())
    assert (rows[0]["decision"], rows[0]["windows"]) == ("answer", ["pond"])
    assert (rows[1]["decision"], rows[1]["reason"]) == ("rephrase", "empty")
    assert rows[2]["decision"] == "reply"
    assert rows[3]["guard"] == ["my_number"]
    assert "9018" not in rows[3]["message"] + rows[3]["text"]
    assert list(home.glob("*.db")) == []


def test_ask_jsonl_answers_the_last_turn_of_a_talk(home: Path) -> None:
    talks = [
        ["白鳥ボート 登録", "もう一度"],
        ["白鳥ボート 登録", "英語で"],
        ["白鳥ボート 登録", "一覧を見せて"],
        ["白鳥ボート 登録"],
    ]
    typed = "\n".join(json.dumps({"turns": talk}, ensure_ascii=False) for talk in talks) + '\n{"turns": 3}\n'
    rows = [
        json.loads(line)
        for line in madoguchi(home, "ask", "--jsonl", typed=typed.encode()).stdout.splitlines()
    ]
    assert [row["action"] for row in rows] == ["repeat", "language:en", "menu", None, None]
    assert rows[0]["text"] == rows[3]["text"]
    assert rows[1]["language"] == "en"
    assert rows[4]["message"] == '{"turns": 3}'


def test_score_prints_its_table_and_tells_faults_of_the_file(home: Path) -> None:
    file = home / "q.tsv"
    file.write_text(
        "text\tprimary\tacceptable\n白鳥ボート 登録\tswan-register\t\n今日の天気は\tnone\t\n",
        encoding="utf-8",
    )
    done = madoguchi(home, "score", str(file))
    assert done.returncode == 0
    assert "right at once                 1.000 (1/1" in done.stdout
    file.write_text("text\tprimary\nx\tswan-rgister\n\tnone\n", encoding="utf-8")
    done = madoguchi(home, "score", str(file))
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "q.tsv: line 2: no entry 'swan-rgister'; use an id of the FAQ or none",
        "q.tsv: line 3: no text; write the question or remove the line",
    ]


def test_a_whole_case_in_one_terminal_from_a_pipe(home: Path) -> None:
    typed = "白鳥ボート いくら\n4\n/as staff 花子\n1\n/reply 1 300円です\nひとりごと\n/done 1\n/as resident\n2\n/as staff 太郎\n/queue\n"
    done = madoguchi(home, "chat", typed=typed)
    assert done.returncode == 0
    for told in (
        "受付番号 1 で職員に引き継ぎました",
        "花子 が担当しました",
        "300円です",
        "住民には届きません",
        "もう一度開きました",
        "受付 1件",
    ):
        assert told in done.stdout, told
    assert done.stdout.count("ひとりごと") == 0


def test_without_a_token_run_opens_the_desk_in_the_terminal(home: Path) -> None:
    done = madoguchi(home, "run", typed="白鳥ボート 登録\n99\n")
    assert done.returncode == 0
    assert "MADOGUCHI_TELEGRAM_TOKEN is not set" in done.stderr
    assert "池の窓口" in done.stdout
    assert "その番号のボタンはありません" in done.stdout


def test_a_second_desk_on_the_same_database_is_told_who_holds_it(home: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-P", "-m", "bot", "chat"], cwd=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 20
        lock = home / "madoguchi-chat.db.lock"
        while not (lock.is_file() and lock.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        done = madoguchi(home, "chat", typed="x\n")
        assert done.returncode == 2
        assert "held by madoguchi chat" in done.stderr
    finally:
        first.communicate(b"/quit\n", timeout=20)


def test_init_copies_a_working_desk_and_overwrites_nothing(home: Path) -> None:
    done = madoguchi(home, "init", "mine")
    assert done.returncode == 0
    assert (home / "mine" / "faq" / "entries" / "ekyc.yaml").is_file()
    assert (home / "mine" / "faq" / "phrasings" / "ekyc.yaml").is_file()
    assert "folder: faq" in (home / "mine" / "config.yaml").read_text(encoding="utf-8")
    assert madoguchi(home, "init", "mine").returncode == 2


def test_init_empty_writes_a_town_that_does_not_exist_and_it_answers_at_once(home: Path) -> None:
    done = madoguchi(home, "init", "town", "--empty")
    assert done.returncode == 0
    town = home / "town"
    assert sorted(p.relative_to(town / "faq").as_posix() for p in (town / "faq").rglob("*.yaml")) == [
        "entries/_common.yaml", "entries/decoys.yaml", "entries/ponds.yaml", "entries/replies.yaml", "entries/sources.yaml",
        "entries/windows.yaml", "examples/asked.yaml", "phrasings/ponds.yaml", "phrasings/replies.yaml",
        "phrasings/wishes.yaml", "profile.yaml",
    ]  # fmt: skip
    checked = madoguchi(town, "check")
    assert checked.returncode == 0
    assert "回答 3件" in checked.stdout
    assert "誤り 0件" in checked.stdout
    greeted = madoguchi(town, "chat", typed="/start\n").stdout
    assert "みずうみ町の池の利用者登録を案内する" in greeted
    assert "港区" not in greeted
    assert "白鳥ボートは 池の窓口 で登録できます。" in madoguchi(town, "ask", "白鳥ボートの登録").stdout


def test_a_town_with_other_words_needs_no_python(home: Path) -> None:
    profile = home / "faq" / "profile.yaml"
    text = profile.read_text(encoding="utf-8")
    for old, new in (
        ("みずうみ町の池", "ひかり市の公園"),
        ("Asia/Tokyo", "America/New_York"),
        ('"119"', '"911"'),
    ):
        assert old in text
        text = text.replace(old, new)
    profile.write_text(text, encoding="utf-8")
    said = madoguchi(home, "chat", typed="/start\n/help\n").stdout
    assert "こんにちは。ひかり市の公園の利用者登録を案内する" in said
    assert "911(火事・救急)か110(警察)に電話" in said


def test_tickets_lists_numbers_and_states_without_words(home: Path) -> None:
    madoguchi(home, "chat", typed="白鳥ボート いくら\n4\n")
    done = madoguchi(home, "tickets", "--database", "madoguchi-chat.db")
    assert done.stdout.startswith("1\topen\t")
    assert "白鳥" not in done.stdout


@pytest.fixture
def older(home: Path) -> Path:
    """The same answers in an older folder, with phrasings beside them."""
    shutil.rmtree(home / "faq" / "phrasings")
    shutil.rmtree(home / "faq" / "entries")
    for name, text in small_faq.texts().items():
        (home / "faq" / name).parent.mkdir(exist_ok=True)
        (home / "faq" / name).write_text(text, encoding="utf-8")
    lock = small_faq.lock_of(small_faq.texts())
    (home / "faq" / "entries" / "versions.lock").write_text(lock, encoding="utf-8")
    return home


def test_migrate_content_says_what_it_moved_and_check_is_content_afterwards(older: Path) -> None:
    home = older
    done = madoguchi(home, "migrate-content", "faq")
    assert done.returncode == 0
    assert "moved entries/ponds.yaml -> phrasings/ponds.yaml: 18 phrasings of 3 items" in done.stdout
    assert "utterances" not in (home / "faq" / "entries" / "ponds.yaml").read_text(encoding="utf-8")
    assert madoguchi(home, "check").returncode == 0
    assert "faq: nothing to move" in madoguchi(home, "migrate-content", "faq").stdout


def test_migrate_content_refuses_a_folder_with_faults(older: Path) -> None:
    home = older
    ponds = home / "faq" / "entries" / "ponds.yaml"
    ponds.write_text(ponds.read_text().replace("group: swans", "grop: swans"), encoding="utf-8")
    done = madoguchi(home, "migrate-content", "faq")
    assert done.returncode == 2
    assert "知らないキー「grop」です; 「group」のことですか" in done.stderr
    assert "nothing was changed" in done.stderr
    assert not (home / "faq" / "phrasings").exists()
