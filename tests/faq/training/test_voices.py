"""Writers' tables are read whole or refused with every fault; who is held back teaches nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.matching.index import Phrasing
from faq.matching.match import Kind
from faq.matching.network import NOTHING
from faq.training.lessons import AUTHORS, all_lessons, folds
from faq.training.voices import VoicesError, composed, read

NOUNS = "kind\tja\ten\tzh-Hans\tko\tfits\n" + "".join(
    f"shop\t店{n}\tshop {n}\t商店{n}\t가게{n}\t{fits}\n"
    for n, fits in enumerate(["a", "p", "y", "ap", ""] * 4)
)
FRAMES = (
    "style\tja\ten\tzh-Hans\tko\n"
    "casual\t{x}ってどこ\twhere is {x}\t{x}在哪里\t{x} 어디예요\n"
    "account:casual\t{x}のパスワード\tmy {x} password\t{x}密码\t{x} 비밀번호\n"
    "place:polite\t{x}の空き\tis {x} free\t{x}有空吗\t{x} 비었나요\n"
)
TABLES: Mapping[str, str] = {
    **{f"{n:02}-style-{n}.tsv": f"text\tprimary\n{n}の文\treg\n{n}の別の文\tfee\n" for n in range(1, 7)},
    "out-of-scope-nouns.tsv": NOUNS,
    "out-of-scope-frames.tsv": FRAMES,
    "out-of-scope.tsv": "kind\tlanguage\ttext\n" + "".join(f"chat\tja\tひとりごと{n}\n" for n in range(12)),
}
OWN = [Phrasing("登録したい", Kind.ENTRY, "reg"), Phrasing("天気", Kind.DECOY, "weather")]


def test_every_writer_is_read_with_number_and_style_from_the_name() -> None:
    found = read(TABLES, {"reg", "fee"})
    assert [(v.writer, v.style) for v in found.writers[:2]] == [("01", "style-1"), ("02", "style-2")]
    assert found.writers[0].messages == (("1の文", "reg"), ("1の別の文", "fee"))
    assert (len(found.nouns), len(found.frames), len(found.elsewhere)) == (20, 3, 12)
    assert read({}, set()).writers == ()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("07-x.tsv", "text\tprimary\nあ\tgone\n", "07-x.tsv line 2: no entry 'gone'; use an id of the FAQ, or remove the line"),
        ("07-x.tsv", "text\tprimary\n\treg\n", "07-x.tsv line 2: nothing in text; write it, or remove the line"),
        ("07-x.tsv", "text\tprimary\nあ\treg\tい\n", "07-x.tsv line 2: too many columns; write it, or remove the line"),
        ("07-x.tsv", "words\tprimary\nあ\treg\n", "07-x.tsv line 1: no column text; the first line names the columns"),
        ("notes.tsv", "", "notes.tsv: no table of a writer; name it like 01-polite-letters.tsv, or move it away"),
        ("out-of-scope-frames.tsv", "style\tja\ten\tzh-Hans\tko\ncasual\ta{x}\tb\tc{x}\td{x}\n",
         "out-of-scope-frames.tsv line 2: no {x}; every language needs the place of the noun"),
    ],
)  # fmt: skip
def test_a_table_with_a_fault_is_refused_with_its_line_and_a_remedy(name: str, text: str, told: str) -> None:
    with pytest.raises(VoicesError) as caught:
        read({**TABLES, name: text}, {"reg", "fee"})
    assert str(caught.value) == told


def test_all_faults_of_all_tables_are_told_at_once() -> None:
    with pytest.raises(VoicesError) as caught:
        read({"01-a.tsv": "text\tprimary\nあ\tx\n\tx\nい\ty\n", "b.tsv": ""}, set())
    assert len(str(caught.value).splitlines()) == 4


def test_a_line_that_is_left_out_does_not_move_the_places_of_later_faults() -> None:
    with pytest.raises(VoicesError) as caught:
        read({"01-a.tsv": "text\tprimary\n\treg\nあ\treg\nい\tgone\n"}, {"reg"})
    places = [line.partition(":")[0] for line in str(caught.value).splitlines()]
    assert places == ["01-a.tsv line 2", "01-a.tsv line 4"]


@given(st.integers(0, 99), st.integers(1, 40))
def test_composed_messages_are_different_and_fit_their_nouns(seed: int, count: int) -> None:
    found = read(TABLES, {"reg", "fee"})
    told = composed(found.nouns, found.frames, count, seed)
    assert len(set(told)) == len(told) == count
    assert told == composed(found.nouns, found.frames, count, seed)
    accounts = {row[tongue] for row in found.nouns if "a" in row["fits"] for tongue in ("ja", "en")}
    for text in told:
        if "パスワード" in text or "password" in text:
            assert any(name in text for name in accounts)
    assert composed((), found.frames, 5, 0) == []


@given(st.integers(2, 6))
def test_every_writer_is_held_back_once_and_then_teaches_nothing(count: int) -> None:
    found = read(TABLES, {"reg", "fee"})
    parts = folds(OWN, found, count)
    assert sorted(m.writer for part in parts for m in part.held if m.label != NOTHING) == sorted(
        [v.writer for v in found.writers] * 2
    )
    for part in parts:
        assert not {m.text for m in part.taught} & {m.text for m in part.held}
        assert not {m.writer for m in part.taught if m.style.startswith("style")} & {
            m.writer for m in part.held if m.style.startswith("style")
        }
        assert {m.label for m in part.taught if m.writer == AUTHORS} == {"entry:reg", "decoy:weather"}
    written = [m.text for part in parts for m in part.held if m.style == "written"]
    assert sorted(written) == sorted(found.elsewhere)


def test_a_noun_that_is_held_back_is_in_no_lesson() -> None:
    for part in folds(OWN, read(TABLES, {"reg", "fee"}), 4):
        names = {f"店{n}" for n in range(20)} | {f"shop {n}" for n in range(20)}
        seen = [{name for name in names for m in side if m.text.startswith(f"{name}って") or m.text == f"where is {name}"}
                for side in (part.taught, part.held)]  # fmt: skip
        assert seen[0]
        assert not seen[0] & seen[1]


def test_in_the_end_everything_is_taught() -> None:
    found = read(TABLES, {"reg", "fee"})
    whole = all_lessons(OWN, found)
    assert whole.held == ()
    assert {m.text for v in found.writers for m in whole.taught if m.writer == v.writer} == {
        text for v in found.writers for text, _ in v.messages
    }
