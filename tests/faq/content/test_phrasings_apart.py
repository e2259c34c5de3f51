"""Phrasings in separate files: the same FAQ as with them beside the answers, and each mistake with its place."""
# ruff: noqa: E501 - the lines are quoted as they are read

from __future__ import annotations

from collections.abc import Mapping

import pytest

from faq.checks.causes import Known
from faq.checks.validate import Judged, judge
from faq.content.problem import errors
from faq.content.separating import separated
from handlers.preview import decide_alone
from tests.small_faq import TODAY, lock_of, texts

ENTRIES, COMMON = "entries/ponds.yaml", "entries/_common.yaml"
ASKED, ASKED_COMMON = "phrasings/ponds.yaml", "phrasings/_common.yaml"
INSIDE = texts()


def with_phrasings_apart() -> dict[str, str]:
    """The small FAQ after ``migrate-content``; the decoy's phrasings, written in one line, stay inside."""
    return separated(INSIDE).texts


def told(files: Mapping[str, str], before: Mapping[str, str] | None = None) -> Judged:
    return judge(files, lock_of(INSIDE), TODAY, decide_alone, known=Known(before=before or {}))


def changed(name: str, old: str, new: str) -> dict[str, str]:
    files = with_phrasings_apart()
    assert old in files[name]
    return files | {name: files[name].replace(old, new, 1)}


def test_phrasings_in_files_of_their_own_make_the_same_base() -> None:
    inside, apart = told(INSIDE).knowledge, told(with_phrasings_apart()).knowledge
    assert inside is not None
    assert apart is not None
    assert "utterances" not in "".join(with_phrasings_apart().values())
    assert apart.revision == inside.revision
    assert (apart.entries, apart.decoys, apart.replies) == (inside.entries, inside.decoys, inside.replies)
    assert apart.phrasings == inside.phrasings


def test_phrasings_of_both_places_are_taken_those_beside_the_answer_first() -> None:
    more = INSIDE | {ASKED: "phrasings:\n  swan-fee:\n    ja: [ボート代]\n    ko: [백조 얼마]\n"}
    base = told(more).knowledge
    assert base is not None
    found = base.entries["swan-fee"].utterances
    assert [texts[-1] for texts in found.values()] == ["ボート代", "swan price", "백조 얼마"]
    assert found[next(iter(found))][0] == "白鳥ボート いくら"


@pytest.mark.parametrize(
    ("section", "hint"),
    [
        ("swan-regster", "「swan-register」のことですか"), ("SWAN_FEE", "「swan-fee」のことですか"), ("wether", "「weather」のことですか"),
        ("goose", "id を直すか、この参照を消してください"),
    ],
)  # fmt: skip
def test_a_key_that_nothing_has_is_told_with_a_near_name(section: str, hint: str) -> None:
    (found,) = errors(told(INSIDE | {ASKED: f"phrasings:\n  {section}:\n    ja: [ボート代]\n"}).problems)
    assert str(found).startswith(
        f"phrasings/ponds.yaml:2:3: {'対象外の用件' if section[0] == 'w' else '回答'}「{section}」はありません"
    )
    assert found.hint == hint


def test_one_phrasing_in_both_places_is_told_with_both() -> None:
    more = INSIDE | {ASKED: "phrasings:\n  swan-fee:\n    ja: [ボート代, 白鳥のお金]\n"}
    assert (
        "phrasings/ponds.yaml:3:16: swan-fee: 言い方「白鳥のお金」は entries/ponds.yaml:29 にもあります; どちらかを消してください"
        in [str(problem) for problem in told(more).problems if problem.severity == "warning"]
    )


def test_a_phrasing_of_two_answers_is_told_at_its_line_among_the_phrasings() -> None:
    files = changed(ASKED, "白鳥のお金", "白鳥の届け出はどこ")
    (found,) = errors(told(files).problems)
    place = next(n for n, line in enumerate(files[ASKED].split("\n"), 1) if "白鳥ボート いくら" in line)
    assert str(found) == (
        f"phrasings/ponds.yaml:{place}:21: swan-fee: 言い方「白鳥の届け出はどこ」は phrasings/ponds.yaml:4 にもあります (swan-register); どちらかを消してください"
    )


def test_too_few_phrasings_are_told_where_they_stand() -> None:
    found = [str(p) for p in told(with_phrasings_apart()).problems if p.code == "utterances-few"]
    assert found[0].startswith("phrasings/ponds.yaml:3:3: swan-register: 言い方が6個しかありません")


SLIPS: dict[str, tuple[str, str, str, str]] = {
    "the key misspelt": (ASKED, "  swan-register:", "  swan-regster:", "phrasings/ponds.yaml:3:3: 回答「swan-regster」はありません; 「swan-register」のことですか"),
    "the answer's id changed": (ENTRIES, "id: swan-fee", "id: swan-price", "entries/ponds.yaml:17:1: 回答の id が「swan-fee」から「swan-price」に変わっています (使っている所: 1か所)"),
    "the key deleted": (ASKED, "  swan-fee:\n", "", "phrasings/ponds.yaml:6:5: キー「ja」が2回あります"),
    "no YAML": (ASKED, "phrasings:", "phrasings：", "phrasings/ponds.yaml:2:10: コロンが全角の「：」です (ほかのファイルの3か所が、この中の項目を待っています)"),
    "a section misspelt": (ASKED, "phrasings:", "phrasing:", "phrasings/ponds.yaml:2:1: 知らないキー「phrasing」です; 「phrasings」のことですか"),
    "a language misspelt": (ASKED, "    en:", "    eng:", "「phrasings.swan-register.eng」の値「eng」は使えません; 「en」のことですか"),
    "no language": ("phrasings/more.yaml", "", "phrasings:\n  swan-fee: [ボート代]\n", "phrasings/more.yaml:2:3: 「phrasings.swan-fee」は言語ごとに書く項目です"),
    "no id": ("phrasings/more.yaml", "", "phrasings:\n  - ja: [ボート代]\n", "phrasings/more.yaml:1:1: 「phrasings」は、回答の id ごとに書く項目です"),
    "nothing": (ASKED, "", "phrasings: {}\n", "phrasings/ponds.yaml:1:1: 言い方が1つもありません"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "words"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_among_the_phrasings_is_one_finding(name: str, old: str, new: str, words: str) -> None:
    before = with_phrasings_apart()
    files = changed(name, old, new) if old else before | {name: new}
    found = errors(told(files, before).problems)
    assert len({problem.code for problem in found}) == 1, [str(problem) for problem in found]
    assert words in str(found[0])


def test_a_file_of_phrasings_that_is_gone_is_the_one_cause() -> None:
    before = with_phrasings_apart()
    (found,) = errors(told({k: t for k, t in before.items() if k != ASKED}, before).problems)
    assert str(found) == (
        "phrasings/ponds.yaml:1:1: ファイルがなくなりました (ほかのファイルの3か所が、この中の項目を使っています); 版管理から戻すか、名前を元に戻してください"
    )


def test_phrasings_of_one_answer_that_are_gone_are_told_where_they_stood() -> None:
    before = with_phrasings_apart()
    start, end = before[ASKED].index("  swan-fee:"), before[ASKED].index("  duck-complaint:")
    (found,) = errors(told(before | {ASKED: before[ASKED][:start] + before[ASKED][end:]}, before).problems)
    assert str(found).startswith(
        "phrasings/ponds.yaml:6:1: 前にはあった言い方「swan-fee」が、どのファイルにもありません"
    )


def test_a_new_answer_that_nobody_can_ask_for_is_told() -> None:
    block = INSIDE[ENTRIES].split("  - id: swan-fee")[1].split("    utterances:")
    rest = "    sources:" + block[1].split("    sources:")[1].split("  - id:")[0]
    new = "  - id: swan-old" + block[0].replace("白鳥ボートの料金", "むかしの料金") + rest
    (found,) = errors(told(INSIDE | {ENTRIES: INSIDE[ENTRIES] + new}).problems)
    assert (
        "swan-old: 言い方が1つもありません; phrasings/ の、このファイルと同じ名前のファイルに「swan-old:」を書き"
        in str(found)
    )


def test_with_the_whole_folder_of_phrasings_gone_that_is_said() -> None:
    files = {name: text for name, text in with_phrasings_apart().items() if name == ENTRIES}
    rest = INSIDE | files
    assert "言い方が1つもありません" in str(
        errors(told(rest).problems)[0]
    )  # the replies and decoys have theirs still
    bare = {name: text for name, text in with_phrasings_apart().items() if not name.startswith("phrasings/")}
    (found,) = errors(told(bare).problems)
    assert str(found).startswith(
        "phrasings/booking.yaml:1:1: 言い方 (phrasings:)が、どのファイルにもありません"
    )


def test_an_id_of_two_things_is_told_instead_of_guessing_whose_phrasings_they_are() -> None:
    files = {k: t.replace("id: weather", "id: swan-fee") for k, t in with_phrasings_apart().items()}
    files[ASKED_COMMON] = files[ASKED_COMMON].replace("  weather:", "  swan-fee:")
    found = [str(p) for p in errors(told(files).problems) if p.code == "phrasings-ambiguous"]
    assert (
        "phrasings/ponds.yaml:6:3: 「swan-fee」は回答と対象外の用件の両方にあり、どちらの言い方か分かりません; どちらかの id を変えてください"
        in found
    )


def test_a_copy_under_another_id_with_its_phrasings_is_one_finding() -> None:
    files = with_phrasings_apart()
    entry = files[ENTRIES].split("  - id: swan-fee")[1].split("  - id: duck")[0]
    ways = files[ASKED].split("  swan-fee:")[1].split("  duck-complaint:")[0]
    files |= {
        "entries/zz.yaml": "entries:\n  - id: goose-fee" + entry,
        "phrasings/zz.yaml": "phrasings:\n  goose-fee:" + ways,
    }
    (found,) = errors(told(files).problems)
    assert str(found).startswith("phrasings/zz.yaml:3:")
    assert "goose-fee: 言い方6個が swan-fee と同じです" in str(found)
