"""Mistakes of people who never saw YAML, each made in the shipped FAQ: one finding, at the line of the mistake."""
# ruff: noqa: E501 - the lines are quoted as they are read, signs in full width among them

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from bot.knowledge.library import Library
from bot.settings.settings import packaged_faq
from faq.checks.causes import Known
from faq.checks.validate import read
from faq.content.near import near
from faq.content.parse import parse
from faq.content.problem import Problem, errors
from faq.content.profile import PROFILE_NAME
from tests.small_faq import lock_of, texts

TODAY = date(2026, 11, 25)
ACCOUNT, WINDOWS, COMMON, SOURCES, REPLIES = (
    f"entries/{name}.yaml" for name in ("account", "windows", "_common", "sources", "replies")
)
ASKED = "examples/asked.yaml"
WAYS, REPLY_WAYS = "phrasings/account.yaml", "phrasings/replies.yaml"
GROUP, FORGOT = "    group: manage\n", '      - "IDがわからない"\n'
BUTTON = 'ja: "利用者番号・ID"'
CENTRES = "windows: [akasaka-centre, shibaura-konan-centre, azabu-centre]"
TEXT = "        番号の調べ方と"
BUTTONS = """    button:
      ja: "利用者番号・ID"
      ja-easy: "利用者番号(りようしゃばんごう)・ID"
      en: "User number or ID"
      zh-Hans: "利用者编号、ID"
      zh-Hant: "使用者編號、ID"
      ko: "이용자 번호·ID"
"""

_parse = lru_cache(maxsize=None)(parse)
"""Caches parsed files that a mistake does not change."""


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    """Entries with everything they refer to, and examples; training messages and decoys are left out because most
    mistakes do not concern them.
    """
    unneeded = ("decoys", "readings", "signals-complaint", "signals-danger")
    paths = [p for p in sorted(packaged_faq().rglob("*.yaml")) if p.stem not in unneeded]
    return {p.relative_to(packaged_faq()).as_posix(): p.read_text(encoding="utf-8") for p in paths}


@pytest.fixture(scope="module")
def lock() -> str:
    return (packaged_faq() / "entries" / "versions.lock").read_text(encoding="utf-8")


def faults(files: Mapping[str, str], lock: str, before: Mapping[str, str]) -> list[Problem]:
    return errors(read(files, lock, TODAY, Known(before=before), _parse)[1])


SLIPS: dict[str, tuple[str, str, str, str]] = {
    # a name that is almost right
    "a window misspelt": (ACCOUNT, CENTRES, CENTRES.replace("azabu", "azebu"), "account.yaml:65:54: 窓口「azebu-centre」はありません; 「azabu-centre」のことですか"),
    "a group misspelt": (ACCOUNT, GROUP, "    group: manege\n", "account.yaml:5:5: 分類「manege」はありません; 「manage」のことですか"),
    "a source that is near several": (ACCOUNT, "sources: [LT]", "sources: [LTT]", "account.yaml:61:15: 出典「LTT」はありません; id を直すか"),
    "an underscore in an id": (ASKED, "entry: reg-how", "entry: reg_how", "asked.yaml:3:5: 回答「reg_how」はありません; 「reg-how」のことですか"),
    # a file without content
    "a sentence alone": (ACCOUNT, "", "こんにちは", "account.yaml:1:1: 「名前: 値」の形の行がなく、ただの文になっています"),
    "a page of the web": (ACCOUNT, "", "<html><body>回答</body></html>\n", "account.yaml:1:1: 「名前: 値」の形の行がなく"),
    "a comment alone": (ACCOUNT, "", "# あとで書く\n", "account.yaml:1:1: 回答が1つもありません"),
    "an empty list": (ACCOUNT, "", "entries: []\n", "account.yaml:1:1: 回答が1つもありません"),
    "a heading alone": (ACCOUNT, "", "entries:\n", "account.yaml:1:1: 回答が1つもありません"),
    "no windows": (WINDOWS, "", "purposes: []\nwindows: []\n", "windows.yaml:1:1: 用件・窓口が1つもありません"),
    "no heading": (ACCOUNT, "entries:\n", "", "account.yaml:3:3: 初めの行に、何の一覧かを示す「entries:」などがありません"),
    # a key that is almost right
    "a key misspelt": (ACCOUNT, GROUP, "    grop: manage\n", "account.yaml:5:5: 知らないキー「grop」です; 「group」のことですか"),
    "a key with a hidden space": (ACCOUNT, GROUP, "    gro\u200bup: manage\n", "account.yaml:5:8: 目に見えない文字 (U+200B)があります"),
    "a key with a capital": (ACCOUNT, GROUP, "    Group: manage\n", "account.yaml:5:5: 知らないキー「Group」です; 「group」のことですか"),
    "a wide key": (ACCOUNT, GROUP, "    ｇｒｏｕｐ: manage\n", "account.yaml:5:5: 知らないキー「ｇｒｏｕｐ」です; 「group」のことですか"),
    "a key in Japanese": (ACCOUNT, GROUP, "    分類: manage\n", "account.yaml:5:5: 知らないキー「分類」です; 「group」のことですか"),
    "a heading misspelt": (ACCOUNT, "entries:\n", "entires:\n", "account.yaml:3:1: 知らないキー「entires」です; 「entries」のことですか"),
    "a language misspelt": (WAYS, "    ko:", "    kr:", "phrasings/account.yaml:111:5: 「phrasings.reg-id.kr」の値「kr」は使えません; 「ko」のことですか"),
    "lines too far left": (ACCOUNT, BUTTONS, BUTTONS.replace("      ", "    "), "account.yaml:15:5: 「ja」の字下げが足りません (「button」の中の項目です)"),
    "a name line deleted": (ACCOUNT, '    question:\n      ja: "利用者番号', '      ja: "利用者番号', "account.yaml:7:7: 字下げが上の行より深いか、この行の前にあるはずの「名前:」だけの行がありません"),
    "an entry without its dash": (ACCOUNT, "  - id: reg-password", "    id: reg-password", "account.yaml:69:5: 新しい項目の初めの「- 」がありません"),
    "many keys missing": (ASKED, "examples:\n", "examples:\n  - {}\n", "asked.yaml:3:5: 「text」「entry」がありません"),
    # quotes
    "an item not closed": (WAYS, FORGOT, FORGOT.replace('"\n', "\n"), 'phrasings/account.yaml:7:9: 7行目の " が閉じていません'),
    "a question not closed": (ACCOUNT, '忘れたときは"', "忘れたときは", 'account.yaml:8:11: 8行目の " が閉じていません'),
    "a button not closed": (ACCOUNT, BUTTON, BUTTON[:-1], 'account.yaml:15:11: 15行目の " が閉じていません'),
    "closed by the other quote": (WAYS, FORGOT, "      - 'IDがわからない\"\n", "phrasings/account.yaml:7:9: 7行目の ' が閉じていません"),
    "two lines with a quote each": (WAYS, FORGOT + '      - "', '      - "IDがわからない\n      - ', 'phrasings/account.yaml:7:9: 7行目の " が閉じていません'),
    "a button not opened": (ACCOUNT, BUTTON, BUTTON.replace('ja: "', "ja: "), 'account.yaml:15:11: 引用符 " が終わりにだけあります'),
    "an item not opened": (WAYS, FORGOT, FORGOT.replace('- "', "- "), 'phrasings/account.yaml:7:9: 引用符 " が終わりにだけあります'),
    "a curly quote at the end": (WAYS, FORGOT, "      - IDがわからない”\n", "phrasings/account.yaml:7:9: 引用符 ” が終わりにだけあります"),
    "two items on a line": (WAYS, FORGOT, '      - "IDがわからない", "IDを忘れた"\n', "phrasings/account.yaml:7:19: 1行に2つ以上の文があります"),
    "a line end deleted": (WAYS, FORGOT + "      - ", FORGOT.rstrip("\n") + "      - ", "phrasings/account.yaml:7:25: 1行に2つ以上の文があります"),
    # spaces, dashes and colons that only look right
    "a wide space after a colon": (ACCOUNT, GROUP, "    group:　manage\n", "account.yaml:5:11: 「:」の後ろに全角の空白があります"),
    "wide spaces as indentation": (ACCOUNT, GROUP, "　　　　group: manage\n", "account.yaml:5:1: 字下げに全角の空白があります"),
    "one wide space among others": (ACCOUNT, GROUP, "   　group: manage\n", "account.yaml:5:4: 字下げに全角の空白があります"),
    "wide spaces before an item": (WAYS, FORGOT, '　　　　- "IDがわからない"\n', "phrasings/account.yaml:7:1: 字下げに全角の空白があります"),
    "wide spaces alone": (ACCOUNT, GROUP, GROUP + "　　　　\n", "account.yaml:6:1: 空の行に全角の空白があります"),
    "wide spaces alone in a list": (WAYS, FORGOT, FORGOT + "　　　\n", "phrasings/account.yaml:8:1: 空の行に全角の空白があります"),
    "spaces of the web": (ACCOUNT, GROUP, "\u00a0\u00a0\u00a0\u00a0group: manage\n", "account.yaml:5:1: 字下げに半角ではない特別な空白 (U+00A0)があります"),
    "a space of the web after a colon": (ACCOUNT, GROUP, "    group:\u00a0manage\n", "account.yaml:5:11: 「:」の後ろに半角ではない特別な空白 (U+00A0)があります"),
    "a wide dash": (WAYS, FORGOT, FORGOT.replace("-", "－"), "phrasings/account.yaml:7:7: 箇条書きの印が「－」で、半角の「-」ではありません"),
    "a wide dash before an id": (ACCOUNT, "  - id: reg-id", "  －id: reg-id", "account.yaml:4:3: 箇条書きの印が「－」で"),
    "a long vowel for a dash": (WAYS, FORGOT, FORGOT.replace("-", "ー"), "phrasings/account.yaml:7:7: 箇条書きの印が「ー」で"),
    "a middle dot for a dash": (WAYS, FORGOT, FORGOT.replace("- ", "・"), "phrasings/account.yaml:7:7: 箇条書きの印が「・」で"),
    "a wide space after a dash": (WAYS, FORGOT, FORGOT.replace("- ", "-　"), "phrasings/account.yaml:7:8: 「-」の後ろに全角の空白があります"),
    "no space after a dash": (WAYS, FORGOT, FORGOT.replace("- ", "-"), "phrasings/account.yaml:7:8: 「-」の後ろに空白がありません"),
    "no space after a colon": (ACCOUNT, GROUP, "    group:manage\n", "account.yaml:5:11: 「:」の後ろに空白がありません"),
    "an equals sign": (ACCOUNT, GROUP, "    group=manage\n", "account.yaml:5:10: 名前の後ろが「=」で、半角のコロンではありません"),
    "a name without its colon": (ACCOUNT, "    question:\n", "    question\n", "account.yaml:7:13: 「question」の後ろにコロンがありません"),
    "a dash too deep": (WAYS, FORGOT, "      - IDがわからない\n          - IDを忘れた\n", "phrasings/account.yaml:8:11: 「-」の字下げが、上の行とそろっていません"),
    "two keys on a line": (ACCOUNT, GROUP + "    version: 2\n", "    group: manage, version: 2\n", "account.yaml:5:20: 1行に名前が2つあります (2つ目は「version」)"),
    "a note with slashes": (ACCOUNT, GROUP, GROUP + "    // 確認済み\n", "account.yaml:6:5: 「//」ではメモになりません"),
    "a note with a wide sign": (ACCOUNT, GROUP, GROUP + "    ＃ 確認済み\n", "account.yaml:6:5: 「＃」ではメモになりません"),
    "a note without a sign": (ACCOUNT, GROUP, GROUP + "    ここは山田が確認中\n", "account.yaml:6:5: 「名前: 値」の形になっていない行があります"),
    # long texts
    "a text line too far left": (ACCOUNT, TEXT, TEXT.lstrip(), "account.yaml:24:1: 上の行から続く文なら、字下げが足りません"),
    "the sign of a long text deleted": (ACCOUNT, "      ja: |\n", "      ja:\n", "account.yaml:6:5: reg-id: 第2版の回答の文が変わっています"),
    "a wide sign of a long text": (ACCOUNT, "      ja: |\n", "      ja: ｜\n", "account.yaml:22:11: 「｜」が全角です"),
    # invisible characters
    "control characters as escapes": (ACCOUNT, BUTTON, 'ja: "番号\\x00\\e[31m"', "account.yaml:15:11: 目に見えない文字 (U+0000)があります"),
    "a bell": (ACCOUNT, BUTTON, 'ja: "番号\\a"', "account.yaml:15:11: 目に見えない文字 (U+0007)があります"),
    "a turned direction": (ACCOUNT, BUTTON, 'ja: "番号\u202eabc"', "account.yaml:15:14: 文字の向きを変える、目に見えない文字 (U+202E)があります"),
    "a turned direction in an answer": (ACCOUNT, "        番号を忘れた", "        番\u202e号を忘れた", "account.yaml:23:10: 文字の向きを変える"),
    "a turned direction as an escape": (ACCOUNT, BUTTON, 'ja: "番号\\u202Eabc"', "account.yaml:15:11: 文字の向きを変える"),
    "a zero-width space": (ACCOUNT, BUTTON, 'ja: "番号\u200babc"', "account.yaml:15:14: 目に見えない文字 (U+200B)があります"),
    "a character of one machine": (ACCOUNT, BUTTON, 'ja: "番号\ue000"', "account.yaml:15:14: 外字"),
    "a line end that no editor shows": (ACCOUNT, BUTTON, 'ja: "番号\u2028"', "account.yaml:15:14: 目に見えない文字 (U+2028)がまざっています"),
    "a second start of the file": (ACCOUNT, GROUP, "\ufeff" + GROUP, "account.yaml:5:1: 目に見えない文字 (U+FEFF)がまざっています"),
    # lists
    "Japanese commas between ids": (ACCOUNT, CENTRES, CENTRES.replace(", ", "、"), "account.yaml:65:15: 「entries.windows」が「、」で区切られています; 「、」ではなく半角の「, 」で区切ってください"),
    "wide commas between ids": (ACCOUNT, CENTRES, CENTRES.replace(", ", "，"), "account.yaml:65:15: 「entries.windows」が「，」で区切られています"),
    "spaces between ids": (ACCOUNT, CENTRES, CENTRES.replace(", ", " "), "account.yaml:65:15: 「entries.windows」が「空白」で区切られています"),
    "a Japanese comma between sources": (ACCOUNT, "sources: [LT]", "sources: [LT、AK]", "account.yaml:61:15: 「entries.sources」が「、」で区切られています; 「、」ではなく半角の「, 」で区切ってください (例: [LT, AK])"),
    "a Japanese comma between purposes": (WINDOWS, "handles: [registration, registration_documents", "handles: [registration、registration_documents", "windows.yaml:55:15: 「windows.handles」が「、」で区切られています"),
    "a Japanese comma between words": (ACCOUNT, "    sources: [LT]", "    forbids: [取消、返金]\n    sources: [LT]", "account.yaml:61:15: reg-id: forbids の語「取消、返金」に「、」があります"),
    "words without their own brackets": (ACCOUNT, "    sources: [LT]", "    requires: [登録, 番号]\n    sources: [LT]", "account.yaml:61:16: 「entries.requires」は、語の組を並べる項目です"),
    "wide brackets": (ACCOUNT, "sources: [LT]", "sources: ［LT］", "account.yaml:61:5: 「entries.sources」のかっこが半角の [ ] ではありません; [LT] と書いてください"),
    "other brackets": (ACCOUNT, CENTRES, CENTRES.replace("[", "(").replace("]", ")"), "account.yaml:65:5: 「entries.windows」のかっこが半角の [ ] ではありません; [akasaka-centre, shibaura-konan-centre, azabu-centre] と"),
    "no brackets": (ACCOUNT, "sources: [LT]", "sources: LT", "account.yaml:61:5: 「entries.sources」は [ ] で囲むか、「- 」の行に分けて書く項目です; [LT] と書いてください"),
    "two without brackets": (ACCOUNT, "sources: [LT]", "sources: LT, AK", "[LT, AK] と書いてください"),
    "two commas": (ACCOUNT, CENTRES, CENTRES.replace("]", ",, ]"), "account.yaml:65:67: カンマが2つ続いています"),
    "a list for one value": (ACCOUNT, GROUP, "    group: [manage]\n", "account.yaml:5:5: 「entries.group」は文字を1つだけ書く項目です"),
    "one text for all languages": (ACCOUNT, BUTTONS, '    button: "利用者番号"\n', "account.yaml:14:5: 「entries.button」は言語ごとに書く項目です"),
    "a colon in a phrasing": (WAYS, FORGOT, "      - 質問: IDがわからない\n", "phrasings/account.yaml:7:9: 「phrasings.reg-id.ja」の文の中に「: 」か { } があり"),
    # forms
    "a wide key of a source": (ACCOUNT, "sources: [LT]", "sources: [ＬＴ]", "account.yaml:61:15: 「entries.sources」の値「ＬＴ」の形が違います; 「LT」と書いてください"),
    "a wide hyphen in an id": (ACCOUNT, "  - id: reg-id", "  - id: reg－id", "account.yaml:4:5: 「entries.id」の値「reg－id」の形が違います; 「reg-id」と書いてください"),
    "a wide phone number": (WINDOWS, "phone: 03-5413-2711", "phone: ０３−５４１３−２７１１", "windows.yaml:30:5: 「windows.phone」の値「０３−５４１３−２７１１」の形が違います; 「03-5413-2711」と書いてください"),
    "a button of two lines": (ACCOUNT, BUTTON, 'ja: "番号\\n・ID"', "account.yaml:15:7: reg-id: ボタンの題が2行以上あります"),
    "a version without a note": (ACCOUNT, "    version: 2\n", "    version: 3\n", "account.yaml:66:5: reg-id: 第3版の変更の理由がありません"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "words"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_in_the_shipped_faq_is_one_finding_at_its_line(
    shipped: dict[str, str], lock: str, name: str, old: str, new: str, words: str
) -> None:
    assert old in shipped[name]
    needed = (
        (*shipped,)
        if name == ASKED
        else (PROFILE_NAME, ACCOUNT, WINDOWS, COMMON, SOURCES, REPLIES, WAYS, REPLY_WAYS)
    )
    before = {key: shipped[key] for key in needed}
    files = before | {name: shipped[name].replace(old, new, 1) if old else new}
    found = [str(problem) for problem in faults(files, lock, before)]
    assert len(found) == 1, found[:5]
    assert words in found[0]
    assert len(found[0]) < 700


def without(text: str, start: str, end: str) -> str:
    """The text without what stands from ``start`` to before ``end``."""
    first = text.index(start)
    return text[:first] + text[text.index(end, first + 1) :]


DELETED: dict[str, tuple[str, str, str, str, str]] = {
    "a window": (WINDOWS, "  - id: azabu-centre", "  - id: takanawa-centre", "entries/windows.yaml:98:", "前にはあった窓口「azabu-centre」が、どのファイルにもありません"),
    "an entry": (ACCOUNT, "  - id: reg-id", "  - id: reg-password", "entries/account.yaml:4:", "前にはあった回答「reg-id」が、どのファイルにもありません"),
    "a group": (COMMON, "  - {id: manage,", "  - {id: book,", "entries/_common.yaml:8:", "前にはあった分類「manage」が、どのファイルにもありません"),
    "a source": (SOURCES, "  - key: AK\n", "  - key: A", "entries/sources.yaml:", "前にはあった出典「AK」が、どのファイルにもありません"),
    "a reply": (REPLIES, "  - id: emergency-119", "  - id: emergency-110", "entries/replies.yaml:", ""),
}  # fmt: skip


@pytest.mark.parametrize(("name", "start", "end", "place", "words"), DELETED.values(), ids=DELETED.keys())
def test_what_was_there_before_is_told_where_it_stood_and_nothing_else_is_proposed(
    shipped: dict[str, str], lock: str, name: str, start: str, end: str, place: str, words: str
) -> None:
    end = end if end in shipped[name] else "\n"
    files = shipped | {name: without(shipped[name], start, end)}
    for before in (shipped, {}):
        for problem in map(str, faults(files, lock, before)):
            assert "のことですか" not in problem
    found = [str(problem) for problem in faults(files, lock, shipped)]
    if words:
        assert len(found) == 1, found
        assert found[0].startswith(place)
        assert words in found[0]
        assert f"{name} にありました" in found[0]


def test_without_a_copy_of_before_the_lock_knows_windows_and_entries(
    shipped: dict[str, str], lock: str
) -> None:
    files = shipped | {WINDOWS: without(shipped[WINDOWS], "  - id: azabu-centre", "  - id: takanawa-centre")}
    (found,) = faults(files, lock, {})
    assert str(found).startswith(
        "entries/windows.yaml:1:1: 前にはあった窓口「azabu-centre」が、どのファイルにもありません"
    )


def test_a_changed_id_is_told_at_the_id(shipped: dict[str, str], lock: str) -> None:
    files = shipped | {WINDOWS: shipped[WINDOWS].replace("- id: azabu-centre", "- id: azabu-center")}
    (found,) = faults(files, lock, shipped)
    assert str(found).startswith(
        "entries/windows.yaml:98:1: 窓口の id が「azabu-centre」から「azabu-center」に変わっています"
    )
    files = shipped | {ACCOUNT: shipped[ACCOUNT].replace("- id: reg-id", "- id: reg-number")}
    (found,) = faults(files, lock, shipped)
    assert "回答の id が「reg-id」から「reg-number」に変わっています" in str(found)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("azabu-center", "azabu-centre"), ("azabucentre", "azabu-centre"), ("AZABU_CENTRE", "azabu-centre"), ("ａｚａｂｕ-centre", "azabu-centre"),
        ("atago-centre", ""), ("shiba-centre", ""), ("fee-2027", ""), ("AL", ""),
    ],
)  # fmt: skip
def test_a_guess_is_a_slip_of_the_finger_and_never_another_place(written: str, meant: str) -> None:
    assert near(written, ["azabu-centre", "daiba-centre", "mita-centre", "fee-2026", "AK"]) == meant


def test_between_two_that_are_equally_near_there_is_no_guess() -> None:
    assert near("azabu-northe", ["azabu-north", "azabu-norther"]) == ""
    assert near("azabu-northe", ["azabu-north"]) == "azabu-north"


@pytest.mark.parametrize(
    "line",
    [
        "👨‍👩‍👧 家族で使えますか", "葛󠄀飾の人も使えますか", "O'Brienです", 'いわゆる"鍵"の受け取り', "時間は9:00から", "－番号－", "彼は“はい”と言った",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_slip_is_accepted(shipped: dict[str, str], lock: str, line: str) -> None:
    files = shipped | {WAYS: shipped[WAYS].replace(FORGOT, f"{FORGOT}      - {line}\n", 1)}
    assert faults(files, lock, shipped) == []


def test_a_rename_that_was_undone_is_never_told(tmp_path: Path) -> None:
    for name, text in texts().items() | {("entries/versions.lock", lock_of(texts()))}:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    library = Library(tmp_path, lambda: TODAY)
    ponds, other = tmp_path / "entries/ponds.yaml", tmp_path / "entries/いけ.yaml"
    for source, target in ((ponds, ponds), (ponds, other), (other, ponds), (ponds, ponds)):
        source.rename(target)
        examined = library.judge()
        assert examined.knowledge is not None
        assert "file-missing" not in {problem.code for problem in examined.problems}
        library.remember(examined.texts.files)


def test_a_file_that_is_gone_is_told_once(tmp_path: Path) -> None:
    files = texts() | {"entries/more.yaml": "ours: [白鳥]\n"}
    for name, text in files.items() | {("entries/versions.lock", lock_of(texts()))}:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    library = Library(tmp_path, lambda: TODAY)
    library.remember(library.judge().texts.files)
    (tmp_path / "entries/more.yaml").unlink()
    first, second = library.judge(), library.judge()
    assert [problem.code for problem in first.problems].count("file-missing") == 1
    assert [problem.code for problem in second.problems].count("file-missing") == 0
    assert second.knowledge is first.knowledge
    assert replace(first, problems=()) == replace(second, problems=())
