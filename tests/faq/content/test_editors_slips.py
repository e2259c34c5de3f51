"""Mistakes of editors: each is one finding that says what was done and how to mend it."""
# ruff: noqa: E501 - the lines are quoted as they are read

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest

from bot.settings.settings import packaged_faq
from faq.checks.causes import Known
from faq.checks.validate import Judged, judge
from faq.content.compose import DEEPEST, MOST_PARTS, compose
from faq.content.forms import WORDS
from faq.content.parse import parse
from faq.content.problem import errors
from faq.content.schema import schema
from handlers.preview import decide_alone
from tests.small_faq import TODAY, lock_of, texts

ENTRIES, COMMON = "entries/ponds.yaml", "entries/_common.yaml"
GROUP = "    group: swans\n"

SLIPS: dict[str, tuple[str, str, str, str]] = {
    "no such day": (ENTRIES, "review_on: 2027-05-01", "review_on: 2027-02-30", "ponds.yaml:16:5: 「entries.review_on」の日付「2027-02-30」は暦にありません"),
    "a number for a date": (ENTRIES, "review_on: 2027-05-01", "review_on: 20270501", "ponds.yaml:16:5: 「entries.review_on」が日付ではありません"),
    "a tab": (ENTRIES, GROUP, "\tgroup: swans\n", "ponds.yaml:3:1: 字下げにタブ文字があります; タブを消し"),
    "a wide colon": (ENTRIES, GROUP, "    group： swans\n", "ponds.yaml:3:10: コロンが全角の「：」です"),
    "a colon in a value": (ENTRIES, GROUP, GROUP + "    note: a: b\n", "ponds.yaml:4:12: 値の文の中に「: 」があり"),
    "no comma": (ENTRIES, "sources: [ZZ]", 'sources: ["ZZ" "ZZ"]', "ponds.yaml:13:20: かっこ「[ ]」の中で、ここの前にカンマがありません"),
    "an open bracket": (ENTRIES, "sources: [ZZ]", "sources: [ZZ", "ponds.yaml:13:14: ここで始まるかっこ「[」が閉じていません"),
    "an open quote": (ENTRIES, GROUP, "    group: 'swans\n", "ponds.yaml:3:12: 3行目の ' が閉じていません"),
    "a word after a quote": (ENTRIES, GROUP, '    group: "swans" ok\n', "ponds.yaml:3:20: 引用符の後ろに文字が続いています"),
    "a tag": (ENTRIES, GROUP, "    group: !!python/object:os.system swans\n", "ponds.yaml:3:12: 「!!python/object:os.system」のような「!」で始まる印は使えません"),
    "an exclamation first": (ENTRIES, "ja: [白鳥ボート 登録", "ja: [!重要 白鳥ボート 登録", "「!」で始まる文はそのままでは書けません"),
    "a star first": (ENTRIES, "ja: [白鳥ボート 登録", "ja: [*star 白鳥ボート 登録", "「*"),
    "indentation": (ENTRIES, GROUP, "   group: swans\n", "ponds.yaml:3:4: 字下げが、上の行とそろっていません"),
    "a conflict": (ENTRIES, GROUP, "<<<<<<< HEAD\n    group: swans\n=======\n    group: ducks\n>>>>>>> b\n", "ponds.yaml:3:1: 2人の変更がぶつかった印"),
    "a NUL byte": (ENTRIES, GROUP, "    group: sw\0ans\n", "ponds.yaml:3:14: 目に見えない文字 (U+0000)"),
    "two documents": (ENTRIES, "    group: ducks", "---\n    group: ducks", "「---」でファイルが2つに分かれています"),
    "a list that holds itself": (COMMON, "groups:", "ours: &s [P1, *s]\ngroups:", "_common.yaml:2:15: 「*s」が自分自身を指しています"),
    "3,000 brackets": (COMMON, "groups:", "ours: " + "[" * 3000 + "\ngroups:", "段より深くなっています"),
    "emptied": (ENTRIES, texts()[ENTRIES], "", "ponds.yaml:1:1: ファイルが空です; 版管理から"),
    "a section without a value": (COMMON, "groups:", "ours:\ngroups:", "_common.yaml:2:1: 「ours」に何も書かれていません"),
    "wide braces": (ENTRIES, "{window:pond|registration} で", "｛window：pond｜registration｝ で", "ponds.yaml:8:7: swan-register: 「｛window：pond｜registration｝」は使えない書き方で、そのまま住民に見えます; すべて半角で"),
    "other brackets": (ENTRIES, "{window:pond|registration} で", "[window:pond|registration] で", "そのまま住民に見えます"),
    "a window in a reply": (COMMON, "reply: {ja: こんにちは。", 'reply: {ja: "{window:pond|registration} こんにちは。"', "ここでは { } の形は使えません"),
    "braces in a button": (ENTRIES, "button: {ja: 白鳥ボートの登録", 'button: {ja: "{window:pond|registration}"', "ここでは { } の形は使えません"),
    "curly quotes": (ENTRIES, "ja: [白鳥ボート 登録", "ja: [“白鳥ボート 登録”", "ponds.yaml:11:12: 引用符が「“」「”」で、半角の \" ではありません"),
    "a text cut by #": (ENTRIES, GROUP, GROUP.replace("swans", "swans #の回答"), "ponds.yaml:3:18: 「#の回答」は読まれません"),
    "a text cut by # and continued": (ENTRIES, "en: [register a swan boat", "en:\n      - 登録 #方法\n        など\n      - [register a swan boat", "「#」で文が切れ"),
    "a number too short": (COMMON, "phone: 03-0000-0001", "phone: 03-1234-567", "_common.yaml:19:5: 電話番号「03-1234-567」は9桁で、日本の番号になりません"),
    "a number too long": (COMMON, "phone: 03-0000-0001", "phone: 0120-1234-5678", "12桁で"),
    "a wide number": (COMMON, "phone: 03-0000-0001", "phone: ０３-0000-0001", "半角の数字を「-」で3つに区切った形"),
    "a source's key": (COMMON, "key: ZZ", "key: zz", "「sources.key」の値「zz」の形が違います; 「ZZ」と書いてください (半角の大文字1字と、大文字か数字1〜3字"),
    "an unknown window": (ENTRIES, "{window:pond|registration} で", "{window:pnd|registration} で", "ponds.yaml:8:7: 窓口「pnd」はありません; 「pond」のことですか"),
    "a phone in an answer": (ENTRIES, "で登録できます。", "で登録できます。電話は03-1234-5678。", "文の中に電話番号があります"),
    "an address in an answer": (ENTRIES, "で登録できます。", "で登録できます。https://pond.invalid", "文の中にURLがあります"),
    "a version not raised": (ENTRIES, "で登録できます。", "で手続きできます。", "ponds.yaml:4:5: swan-register: 第1版の回答の文が変わっています; version を 2 に上げ"),
    "a placeholder without purpose": (ENTRIES, "{window:pond|registration} で", "{window:pond} で", "使えない書き方"),
    "a pattern without end": (ENTRIES, "    windows: [pond]", "    windows: [pond]\n    must_not_say: ['(登+)+$']", "「(登+)+$」は繰り返しの中に繰り返しがあり"),
    "an endless number": (ENTRIES, "    version: 1", "    version: " + "9" * 5000, "「entries.version」の数「9999"),
    "no number": (ENTRIES, "    version: 1", "    version: .nan", "「entries.version」の数「nan」が使えません"),
    "a text without end": (ENTRIES, "で登録できます。", "あ" * 20_001, "20000字より長いです"),
}  # fmt: skip


def told(files: Mapping[str, str], lock: str | None = "", known: Known = Known()) -> Judged:  # noqa: B008
    return judge(files, lock_of(texts()) if lock == "" else lock, TODAY, decide_alone, known=known)


@pytest.mark.parametrize(("name", "old", "new", "words"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_one_finding_that_says_what_was_done(name: str, old: str, new: str, words: str) -> None:
    files = texts()
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    found = errors(told(files).problems)
    assert len(found) == 1, [str(problem) for problem in found]
    assert words in str(found[0])
    assert not re.search(r"[\^]\S*\[", str(found[0])), "a pattern is no sentence"


def test_a_few_lines_that_stand_for_millions_are_refused_before_anything_is_made_of_them() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
    )
    broken = compose(bomb).broken
    assert broken is not None
    assert (broken.code, broken.line) == ("parts-too-many", 6)


def test_depth_and_parts_have_bounds_and_legal_files_are_far_within() -> None:
    assert compose("[" * DEEPEST + "]" * DEEPEST).broken is None
    assert compose("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)).broken is not None
    nested = "a: &a " + "[" * 30 + "]" * 30 + "\nb: " + "[" * 15 + "*a" + "]" * 15
    assert (compose(nested).broken or compose("")).code == "nested-too-deep"  # type: ignore[union-attr]
    wide = compose("a: [" + "x," * (MOST_PARTS + 1) + "]").broken
    assert wide is not None
    assert wide.code == "parts-too-many"


def test_ten_megabytes_of_comment_are_accepted() -> None:
    files = texts()
    files[ENTRIES] = "# " + "あ" * 3_500_000 + "\n" + files[ENTRIES]
    assert told(files).knowledge is not None


def test_references_and_merged_keys_say_the_same_as_what_they_stand_for() -> None:
    composed = compose("a: &x {b: 1, c: [2]}\nd:\n  <<: *x\n  c: 3\ne: *x\n")
    assert composed.data == {"a": {"b": 1, "c": [2]}, "d": {"c": 3, "b": 1}, "e": {"b": 1, "c": [2]}}


def test_a_comment_apart_from_the_text_is_a_comment() -> None:
    assert compose("a: b  # a note\nc: 'd' #e\nf: 2027-01-01 #g\n").oddities == ()
    assert [odd.is_sure for odd in compose("a: b # c\nd: e #f\n").oddities] == [False, True]


def test_every_pattern_that_a_value_must_fit_is_said_in_words() -> None:
    patterns = set(re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', schema()))
    assert patterns
    assert {pattern.encode().decode("unicode_escape") for pattern in patterns} <= set(WORDS)


def test_a_missing_file_is_named_and_what_refers_into_it_is_counted() -> None:
    files = texts()
    before = files | {
        "entries/windows.yaml": "windows:" + files[COMMON].split("windows:")[1].split("replies:")[0]
    }
    before[COMMON] = files[COMMON].replace(
        "windows:" + files[COMMON].split("windows:")[1].split("replies:")[0], ""
    )
    assert told(before).knowledge is not None
    now = {name: text for name, text in before.items() if name != "entries/windows.yaml"}
    by_memory = errors(told(now, known=Known(before=before)).problems)
    assert [str(p) for p in by_memory] == [
        "entries/windows.yaml:1:1: ファイルがなくなりました (ほかのファイルの6か所が、この中の項目を使っています); 版管理から戻すか、名前を元に戻してください"
    ]
    without_memory = errors(told(now).problems)
    assert [p.code for p in without_memory] == ["section-missing"]
    assert "窓口 (windows:)" in without_memory[0].message
    assert "windows.yaml" in without_memory[0].hint


def test_a_file_that_is_gone_without_being_missed_is_a_word_of_warning_once() -> None:
    before = texts() | {"entries/more.yaml": "ours: [白鳥]\n"}
    judged = told(texts(), known=Known(before=before))
    assert judged.knowledge is not None
    assert "entries/more.yaml:1:1: ファイルがなくなりました; わざと消したのなら" in str(judged.problems[0])
    assert told(texts(), known=Known(before=texts())).problems[0].code != "file-missing"


def test_entries_that_were_there_once_are_one_finding() -> None:
    files = texts() | {
        "examples/a.yaml": "examples:\n" + "".join(
            f"  - {{text: 例{n}, entry: {name}}}\n" for n, name in enumerate(("swan-register", "swan-fee") * 5)
        )
    }  # fmt: skip
    files[ENTRIES] = "entries:\n  - id: duck" + files[ENTRIES].split("  - id: duck", 1)[1]
    found = errors(told(files).problems)
    assert len(found) == 1
    assert (
        "前にはあった回答2件 (swan-fee、swan-register) が、どのファイルにもありません (使っている所: 10か所)"
        in str(found[0])
    )


def test_an_unreadable_file_is_the_one_finding_whatever_refers_into_it() -> None:
    from faq.content.problem import Problem

    fault = Problem(COMMON, 1, 1, "file-not-utf8", "UTF-8の文字ではありません", "保存し直してください")
    files = {name: text for name, text in texts().items() if name != COMMON}
    found = errors(told(files, known=Known(unread=(fault,))).problems)
    assert len(found) == 1
    assert re.search(r"ほかのファイルの\d+か所が、この中の項目を待っています", found[0].message)


def test_one_id_twice_says_only_that_and_what_the_id_was() -> None:
    files = texts()
    files[ENTRIES] = files[ENTRIES].replace("- id: swan-fee", "- id: swan-register")
    files["examples/a.yaml"] = "examples:\n  - {text: いくら, entry: swan-fee}\n"
    found = errors(told(files).problems)
    assert [str(p) for p in found] == [
        "entries/ponds.yaml:20:5: 回答の id「swan-register」は entries/ponds.yaml:2 にもあります; 前にあった「swan-fee」がなくなっています。片方を「swan-fee」に戻してください"
    ]


def test_one_id_twice_says_only_that_also_where_the_first_of_them_is_the_wrong_one() -> None:
    files = texts()
    files[ENTRIES] = files[ENTRIES].replace("- id: swan-register", "- id: swan-fee")
    assert [p.code for p in errors(told(files).problems)] == ["id-duplicate"]


def test_a_copied_file_is_one_finding() -> None:
    found = errors(told(texts() | {"entries/ponds2.yaml": texts()[ENTRIES]}).problems)
    assert len(found) == 1
    assert "回答の id3件 (「swan-register」など) は entries/ponds.yaml にもあります" in str(found[0])


def test_a_successor_with_the_same_phrasings_is_one_finding() -> None:
    block = "  - id: swan-fee" + texts()[ENTRIES].split("  - id: swan-fee")[1].split("  - id: duck")[0]
    files = texts() | {"entries/zz.yaml": "entries:\n" + block.replace("swan-fee", "swan-fee-2027")}
    found = errors(told(files).problems)
    assert len(found) == 1
    assert "言い方6個が swan-fee と同じです" in found[0].message
    assert "version を上げて" in found[0].hint


def test_an_entry_past_its_days_is_named() -> None:
    files = texts()
    files[ENTRIES] = files[ENTRIES].replace(
        "    windows: [pond]", "    valid_until: 2026-11-23\n    windows: [pond]"
    )
    judged = told(files)
    assert judged.knowledge is not None
    over = next(p for p in judged.problems if p.code == "validity-over")
    assert str(over).startswith("entries/ponds.yaml:17:5: swan-register: 有効期限 (valid_until) を過ぎていて")


def test_a_windows_number_that_changed_under_its_day_is_told_with_both_numbers() -> None:
    files = texts()
    files[COMMON] = files[COMMON].replace("03-0000-0001", "03-0000-0002")
    judged = told(files)
    changed = [p for p in judged.problems if p.code == "phone-changed"]
    assert judged.knowledge is not None
    assert "「03-0000-0001」から「03-0000-0002」" in changed[0].message
    files[COMMON] = files[COMMON].replace("checked_on: 2026-11-01", "checked_on: 2026-11-02")
    assert "phone-changed" not in {p.code for p in told(files).problems}


@pytest.mark.parametrize(
    ("lock", "place", "words"),
    [
        (None, "1:1", "versions.lock がありません"),
        (" \n", "1:1", "versions.lock が空です"),
        ("<<<<<<< HEAD\n" + lock_of(texts()) + "=======\n>>>>>>> b\n", "1:1", "変更がぶつかった印"),
        ("{\n \"a\": {\"1\": 2}\n}", "1:1", "中身の形が違います"),
        ("{\n \"a\": {\"x\": \"2\"}\n}", "1:1", "中身の形が違います"),
        ("{\n \"a\": {\"1\": \"2\",}\n}", "2:", "ここから読めません"),
        ("[" * 100_000, "1:1", "versions.lock が読めません"),
        ("{\n \"a\": \"\0\"}", "2:8", "U+0000"),
    ],
)  # fmt: skip
def test_a_lock_with_faults_is_one_finding_and_nothing_is_forgotten(
    lock: str | None, place: str, words: str
) -> None:
    found = errors(told(texts(), lock=lock).problems)
    assert len(found) == 1
    assert str(found[0]).startswith(f"entries/versions.lock:{place}")
    assert words in found[0].message
    assert "版管理から前の内容に戻してください" in found[0].hint


def test_a_file_with_very_many_faults_shows_the_first_and_how_many_more() -> None:
    problems = parse("entries: [" + "1, " * 1000 + "1]", "entries/a.yaml").problems
    assert len(problems) == 31
    assert "ほかに971件" in problems[-1].message


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    """The FAQ that came with the program, with its lock and its weights."""
    paths = [p for p in sorted(packaged_faq().rglob("*")) if p.suffix in (".yaml", ".lock", ".json")]
    return {p.relative_to(packaged_faq()).as_posix(): p.read_text(encoding="utf-8") for p in paths}


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("entries/registration.yaml", "group: ", "group：", "registration.yaml:5:10: コロンが全角の「：」です (ほかのファイルの"),
        ("entries/windows.yaml", "", "", "entries/windows.yaml:1:1: 窓口 (windows:)と用件 (purposes:)が、どのファイルにもありません (使っている所: "),
        ("entries/sources.yaml", "", "", "entries/sources.yaml:1:1: 出典 (sources:)が、どのファイルにもありません"),
        ("entries/replies.yaml", "", "", "entries/replies.yaml:1:1: あいさつ・緊急の返事 (replies:)が、どのファイルにもありません"),
        ("entries/booking.yaml", "", "", "前にはあった回答"),
        ("entries/fitted.json", '"examples"', '<"examples"', "entries/fitted.json:1:1: fitted.json が読めません"),
        ("entries/account.yaml", "review_on: ", "review_on: 2027-02-30 # ", "暦にありません"),
    ],
)  # fmt: skip
def test_in_the_shipped_faq_too_the_cause_is_all_that_is_told(
    shipped: dict[str, str], name: str, old: str, new: str, words: str
) -> None:
    files = dict(shipped)
    files[name] = files[name].replace(old, new, 1)
    if not old:
        del files[name]
    lock, weights = files.pop("entries/versions.lock"), files.pop("entries/fitted.json", None)
    files = {key: text for key, text in files.items() if key.endswith(".yaml")}
    found = errors(judge(files, lock, date(2026, 12, 1), decide_alone, fitted_text=weights).problems)
    assert len(found) == 1, [str(problem) for problem in found[:5]]
    assert words in str(found[0])
