"""Every kind of content fault, with the exact line an admin reads."""
# ruff: noqa: E501 - the lines are quoted as they are read

from __future__ import annotations

from datetime import date

import pytest

from faq.checks.validate import Judged, judge
from faq.content.problem import Severity
from handlers.preview import decide_alone
from tests.small_faq import TODAY, lock_of, texts

ENTRIES, COMMON, EXAMPLES = "entries/ponds.yaml", "entries/_common.yaml", "examples/a.yaml"

Change = tuple[str, str, str]
"""File, text there, its replacement; an empty second part makes a new file."""


def judged(changes: list[Change], lock: str | None = None, today: date = TODAY) -> Judged:
    files = texts()
    kept = lock_of(files) if lock is None else lock
    for name, old, new in changes:
        assert not old or old in files[name]
        files[name] = files[name].replace(old, new, 1) if old else new
    return judge(files, kept, today, decide_alone)


CASES: list[tuple[str, list[Change], str, str]] = [
    (
        "bracket-open",
        [(ENTRIES, "group: swans", "group: [swans")],
        "entries/ponds.yaml:3:12: ここで始まるかっこ「[」が閉じていません; 終わりに「]」を書いてください",
        "error",
    ),
    (
        "key-duplicate",
        [(ENTRIES, "    group: swans", "    group: swans\n    group: swans")],
        "entries/ponds.yaml:4:5: キー「group」が2回あります; どちらかを消してください",
        "error",
    ),
    (
        "key-unknown",
        [(ENTRIES, "provenance: official", "provenence: official")],
        "entries/ponds.yaml:15:5: 知らないキー「provenence」です; 「provenance」のことですか",
        "error",
    ),
    (
        "key-missing",
        [(ENTRIES, "    checked_on: 2026-11-01\n", "")],
        "entries/ponds.yaml:2:5: 「checked_on」がありません; この項目を書いてください",
        "error",
    ),
    (
        "value-unknown",
        [(ENTRIES, "provenance: official", "provenance: oficial")],
        "entries/ponds.yaml:15:5: 「entries.provenance」の値「oficial」は使えません; 「official」のことですか。使える値: official、third_party、resident_account、inferred、mixed、not_found",
        "error",
    ),
    (
        "words-missing",
        [(ENTRIES, ", en: How to register a swan boat}", "}")],
        "entries/ponds.yaml:5:5: 「entries.question」に en の文がありません; ja と en の両方を書いてください",
        "error",
    ),
    (
        "value-not-text",
        [(ENTRIES, "ja: [白鳥ボート 登録,", "ja: [no, 白鳥ボート 登録,")],
        "entries/ponds.yaml:11:12: 「entries.utterances.ja」が文字ではありません; 値を引用符で囲んでください",
        "error",
    ),
    (
        "value-form",
        [(ENTRIES, "id: swan-fee", "id: Swan Fee")],
        "entries/ponds.yaml:20:5: 「entries.id」の値「Swan Fee」の形が違います; 半角の小文字・数字を「-」でつないだ形 (例: book-how)にしてください",
        "error",
    ),
    (
        "value-not-date",
        [(ENTRIES, "review_on: 2027-05-01", "review_on: 来年")],
        "entries/ponds.yaml:16:5: 「entries.review_on」が日付ではありません; 2026-11-23 の形で書いてください",
        "error",
    ),
    (
        "value-empty",
        [(ENTRIES, "    changes: [{version: 1, date: 2026-11-01, note: 最初の版}]", "    changes: []")],
        "entries/ponds.yaml:18:5: 「entries.changes」が空です; 1つ以上書いてください",
        "error",
    ),
    (
        "value-not-number",
        [(ENTRIES, "    version: 1", "    version: 0")],
        "entries/ponds.yaml:4:5: 「entries.version」の数「0」が使えません; 決められた範囲の整数を書いてください",
        "error",
    ),
    (
        "id-duplicate",
        [(ENTRIES, "id: swan-fee", "id: swan-register")],
        "entries/ponds.yaml:20:5: 回答の id「swan-register」は entries/ponds.yaml:2 にもあります; どちらかの id を変えてください",
        "error",
    ),
    (
        "group-unknown",
        [(ENTRIES, "group: swans", "group: swanz")],
        "entries/ponds.yaml:3:5: 分類「swanz」はありません; 「swans」のことですか",
        "error",
    ),
    (
        "source-unknown",
        [(ENTRIES, "sources: [ZZ]", "sources: [ZY]")],
        "entries/ponds.yaml:13:15: 出典「ZY」はありません; id を直すか、この参照を消してください",
        "error",
    ),
    (
        "source-missing",
        [(ENTRIES, "sources: [ZZ]", "sources: []")],
        "entries/ponds.yaml:13:5: swan-register: 出典がありません; sources に出典の key を書いてください",
        "error",
    ),
    (
        "window-unknown",
        [(ENTRIES, "windows: [pond]", "windows: [pnd]")],
        "entries/ponds.yaml:17:15: 窓口「pnd」はありません; 「pond」のことですか",
        "error",
    ),
    (
        "windows-differ",
        [(ENTRIES, "windows: [pond]", "windows: []")],
        "entries/ponds.yaml:17:5: swan-register: windows と回答の文の窓口が違います; windows を pond にしてください",
        "error",
    ),
    (
        "phone-in-text",
        [(ENTRIES, "で登録できます。", "で登録できます。電話は０３-1234-5678。")],
        "entries/ponds.yaml:8:7: swan-register: 文の中に電話番号があります; 番号を消し、{window:窓口のid|用件} と書いてください",
        "error",
    ),
    (
        "url-in-text",
        [(ENTRIES, "で登録できます。", "で登録できます。www.pond.invalid を見てください。")],
        "entries/ponds.yaml:8:7: swan-register: 文の中にURLがあります; URLを消し、出典か窓口の url に書いてください",
        "error",
    ),
    (
        "placeholder-form",
        [(ENTRIES, "{window:pond|registration} で登録", "{widow:pond} と {window:pond|registration} で登録")],
        "entries/ponds.yaml:8:7: swan-register: 「{widow:pond}」は使えない書き方で、そのまま住民に見えます; すべて半角で {window:窓口のid|用件} の形にしてください",
        "error",
    ),
    (
        "purpose-unknown",
        [(ENTRIES, "{window:pond|registration} で登録", "{window:pond|registraton} で登録")],
        "entries/ponds.yaml:8:7: 用件「registraton」はありません; 「registration」のことですか",
        "error",
    ),
    (
        "window-wrong-purpose",
        [(ENTRIES, "{window:pond|registration} で登録", "{window:pond|grievance} で登録")],
        "entries/ponds.yaml:8:7: swan-register: 窓口「pond」は用件「grievance」を受けません; 受ける用件: registration。ほかの窓口を選んでください",
        "error",
    ),
    (
        "core-missing",
        [(ENTRIES, "    answer:\n", "    detail:\n")],
        "entries/ponds.yaml:2:5: 「core」がありません; はじめに見える文を core に書いてください (ja と en)",
        "error",
    ),
    (
        "core-twice",
        [(ENTRIES, "    answer:\n", "    core: {ja: 短い文, en: short}\n    answer:\n")],
        "entries/ponds.yaml:2:5: 「core」と「answer」の両方があります; answer は前の書き方です。どちらか片方だけを残してください",
        "error",
    ),
    (
        "button-long",
        [
            (
                ENTRIES,
                "button: {ja: 白鳥ボートの登録",
                "button: {ja: 白鳥ボートの登録のやり方をくわしく知りたい",
            )
        ],
        "entries/ponds.yaml:6:14: swan-register: ボタンの題が18字より長いです; 短い題にしてください",
        "warning",
    ),
    (
        "button-same",
        [(ENTRIES, "button: {ja: 白鳥ボートの料金", "button: {ja: 白鳥ボートの登録")],
        "entries/ponds.yaml:6:5: swan-register: ボタンの題が swan-fee と同じです; 見分けのつく題にしてください",
        "warning",
    ),
    (
        "pattern-broken",
        [(ENTRIES, "    windows: [pond]", "    windows: [pond]\n    must_not_say: ['(']")],
        "entries/ponds.yaml:18:20: swan-register: 正規表現「(」が読めません; かっこや記号の対応を見直してください",
        "error",
    ),
    (
        "pattern-hits-answer",
        [(ENTRIES, "    windows: [pond]", "    windows: [pond]\n    must_not_say: ['登録できます']")],
        "entries/ponds.yaml:18:20: swan-register: 「登録できます」は自分の回答の文にも当てはまります; 正規表現をせまくするか、回答の文を見直してください",
        "error",
    ),
    (
        "purpose-both",
        [(COMMON, "does_not_handle: [grievance]", "does_not_handle: [registration]")],
        "entries/_common.yaml:23:5: pond: 用件「registration」が handles と does_not_handle の両方にあります; どちらかから消してください",
        "error",
    ),
    (
        "phone-unexplained",
        [(COMMON, "    phone: 03-0000-0001\n", "")],
        "entries/_common.yaml:17:5: pond: 電話番号も phone_note もありません; 番号の調べ方を phone_note に書いてください",
        "error",
    ),
    (
        "purpose-unhandled",
        [(COMMON, "purposes:", "purposes:\n  - {id: idle, label: {ja: ひま, en: Idle}}")],
        "entries/_common.yaml:14:5: 用件「idle」を受ける窓口がありません; 窓口の handles に足すか、用件を消してください",
        "warning",
    ),
    (
        "kind-unknown",
        [(COMMON, "kind: not-ours", "kind: not-oursx")],
        "entries/_common.yaml:53:5: 種類「not-oursx」はありません; 「not-ours」のことですか",
        "error",
    ),
    (
        "utterance-duplicate",
        [(ENTRIES, "白鳥ボート いくら", "白鳥ボート　登録")],
        "entries/ponds.yaml:29:12: swan-fee: 言い方「白鳥ボート　登録」は entries/ponds.yaml:11 にもあります (swan-register); どちらかを消してください",
        "error",
    ),
    (
        "utterance-near",
        [(ENTRIES, "白鳥ボート いくら", "白鳥に乗りたいんだけど手続きはある")],
        "entries/ponds.yaml:29:12: swan-fee: 言い方「白鳥に乗りたいんだけど手続きはある」は entries/ponds.yaml:11 (swan-register) の「白鳥に乗りたいんだけど手続きある」とほとんど同じです; 違いがはっきりする言い方に変えるか、どちらかを消してください",
        "warning",
    ),
    (
        "utterances-few",
        [],
        "entries/ponds.yaml:10:5: swan-register: 言い方が6個しかありません; 住民が実際に書く言い方を10個以上にしてください",
        "warning",
    ),
    (
        "utterance-forbidden",
        [(ENTRIES, "    windows: [pond]", "    windows: [pond]\n    forbids: [手続き]")],
        "entries/ponds.yaml:11:22: swan-register: 言い方「白鳥に乗りたいんだけど手続きある」に forbids の語があります; 語か言い方を見直してください",
        "warning",
    ),
    (
        "utterance-not-required",
        [
            (
                ENTRIES,
                "    windows: [pond]",
                "    windows: [pond]\n    requires: [[白鳥, swan, はくちょう], [登録, とうろく, register, sign, 手続き]]",
            )
        ],
        "entries/ponds.yaml:11:54: swan-register: 言い方「白鳥の届け出はどこ」に requires の語がありません; requires に語を足すか、言い方を見直してください",
        "warning",
    ),
    (
        "group-empty",
        [(COMMON, "groups:", "groups:\n  - {id: geese, label: {ja: がちょう, en: Geese}}")],
        "entries/_common.yaml:3:5: 分類「geese」に回答がありません; 分類を消すか、回答の group に書いてください",
        "warning",
    ),
    (
        "entry-unknown",
        [(EXAMPLES, "", "examples:\n  - {text: 池に入りたい, entry: swan-swim}\n")],
        "examples/a.yaml:2:5: 回答「swan-swim」はありません; id を直すか、この参照を消してください",
        "error",
    ),
    (
        "example-is-utterance",
        [(EXAMPLES, "", "examples:\n  - {text: 白鳥ボート　登録, entry: swan-register}\n")],
        "examples/a.yaml:2:5: 例「白鳥ボート　登録」は言い方と同じで、何も確かめません; 別の言い方にしてください",
        "warning",
    ),
    (
        "must-failed",
        [(EXAMPLES, "", "examples:\n  - {text: 今日の天気は, entry: swan-fee, must: true}\n")],
        "examples/a.yaml:2:5: 必ず正しいはずの例「今日の天気は」が swan-fee になりません (結果: reply); swan-fee の言い方か、requires・forbids を見直してください",
        "error",
    ),
    (
        "examples-found",
        [
            (
                EXAMPLES,
                "",
                "examples:\n"
                + "".join(f"  - {{text: 量子力学の講義{n}, entry: swan-fee}}\n" for n in range(20)),
            )
        ],
        "examples/a.yaml:2:5: 例のうち、答えか候補に出たのは20個中0個です; 80%以上になるように、言い方を足してください",
        "error",
    ),
    (
        "examples-out-answered",
        [
            (
                EXAMPLES,
                "",
                "examples:\n"
                + "".join(f"  - {{text: 白鳥ボート 登録 {n}, entry: none}}\n" for n in range(20)),
            )
        ],
        "examples/a.yaml:2:5: none の例20個のうち20個に答えてしまいました; 5%以下になるように、decoys に言い方を足してください",
        "error",
    ),
    (
        "date-future",
        [(ENTRIES, "checked_on: 2026-11-01", "checked_on: 2026-12-01")],
        "entries/ponds.yaml:14:5: swan-register: 確認日が未来です; 読んで確かめた日を書いてください",
        "error",
    ),
    (
        "review-overdue",
        [(ENTRIES, "review_on: 2027-05-01", "review_on: 2026-11-23")],
        "entries/ponds.yaml:16:5: swan-register: 見直しの期日を過ぎています; 出典を読み直し、review_on を新しくしてください",
        "warning",
    ),
    (
        "dates-reversed",
        [
            (
                ENTRIES,
                "review_on: 2027-05-01",
                "review_on: 2027-05-01\n    valid_from: 2027-01-02\n    valid_until: 2027-01-01",
            )
        ],
        "entries/ponds.yaml:17:5: swan-register: valid_from が valid_until より後です; 2つの日付を見直してください",
        "error",
    ),
    (
        "verification-half",
        [(ENTRIES, "review_on: 2027-05-01", "review_on: 2027-05-01\n    verified_on: 2026-11-02")],
        "entries/ponds.yaml:2:5: swan-register: verified_on と verified_by の片方だけがあります; 両方書くか、両方消してください",
        "error",
    ),
    (
        "change-note-missing",
        [(ENTRIES, "    version: 1", "    version: 2")],
        "entries/ponds.yaml:18:5: swan-register: 第2版の変更の理由がありません; changes に version: 2 の項目を足してください",
        "error",
    ),
    (
        "answer-changed",
        [(ENTRIES, "で登録できます。", "で登録してください。")],
        "entries/ponds.yaml:4:5: swan-register: 第1版の回答の文が変わっています; version を 2 に上げ、changes に理由を書いてください",
        "error",
    ),
    (
        "lock-missing",
        [(ENTRIES, "id: swan-fee", "id: swan-price")],
        "entries/ponds.yaml:22:5: swan-price: 第1版が versions.lock にありません; madoguchi check --write-lock で書き込んでください",
        "error",
    ),
]


@pytest.mark.parametrize(("code", "changes", "line", "severity"), CASES, ids=[case[0] for case in CASES])
def test_each_kind_of_fault_is_told_with_place_fault_and_remedy(
    code: str, changes: list[Change], line: str, severity: str
) -> None:
    verdict = judged(changes)
    told = {problem.code: problem for problem in reversed(verdict.problems)}
    assert str(told[code]) == line
    assert told[code].severity == severity
    assert (verdict.knowledge is None) == any(p.severity is Severity.ERROR for p in verdict.problems)


def test_a_core_that_does_not_fit_a_phone_is_told_with_its_lines() -> None:
    change = (ENTRIES, "で登録できます。", "で登録できます。" + "長い文です。" * 40)
    long = {name: text.replace(*change[1:], 1) if name == ENTRIES else text for name, text in texts().items()}
    verdict = judged([change], lock=lock_of(long))
    assert verdict.knowledge is not None
    (told,) = [str(problem) for problem in verdict.problems if problem.code == "core-long"]
    assert told == (
        "entries/ponds.yaml:7:5: swan-register: はじめに見える文 (ja) がスマートフォンで16行になります (1行は全角21字); "
        "12行に入るように短くして、残りを detail に書いてください"
    )


def test_all_faults_of_all_files_are_told_at_once() -> None:
    verdict = judged(
        [(ENTRIES, "provenance: official", "provenence: official"), (COMMON, "kind: not-ours", "kind: x")]
    )
    assert {"key-unknown", "kind-unknown"} <= {problem.code for problem in verdict.problems}


def test_a_broken_file_is_not_told_again_as_dead_references() -> None:
    verdict = judged([(COMMON, "groups:", "groups: [")])
    assert {problem.code for problem in verdict.problems} == {"bracket-open", "utterances-few"}


def test_a_lock_that_cannot_be_read_is_told() -> None:
    told = next(p for p in judged([], lock="{broken").problems if p.code == "lock-broken")
    assert (
        str(told)
        == "entries/versions.lock:1:2: versions.lock がここから読めません; 版管理から前の内容に戻してください"
    )


def test_a_version_that_goes_back_is_told() -> None:
    lock = lock_of(texts()).replace('"1":', '"3":')
    codes = [
        str(problem) for problem in judged([], lock=lock).problems if problem.code == "version-went-back"
    ]
    assert (
        codes[0]
        == "entries/ponds.yaml:4:5: swan-register: 版が 3 から 1 に戻っています; version を 4 にしてください"
    )


def test_a_crowded_group_is_told() -> None:
    block = (
        "  - id: swan-fee" + texts()[ENTRIES].split("  - id: swan-fee")[1].split("  - id: duck-complaint")[0]
    )
    many = "".join(block.replace("swan-fee", f"swan-fee{n}").replace("白鳥", f"白鳥{n}号") for n in range(12))
    told = [p for p in judged([(ENTRIES, block, block + many)]).problems if p.code == "group-crowded"]
    assert str(told[0]).endswith("分類「swans」の回答が14個あります; 12個以下に分けてください")
