"""Indexes on disk: built once, read back exactly, built again when any input changes."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.index_cache import IndexCache
from faq.content.document import Document
from faq.content.parse import parse
from faq.knowledge import phrasings_of, reader_of
from faq.matching.candidates import CandidateSearch, Keeper, Prepared
from tests.full_disk import small_disk_at
from tests.small_faq import texts


class Counting:
    """An index cache that counts what was built."""

    def __init__(self, folder: Path, encoder: str = "") -> None:
        self.cache = IndexCache(folder, encoder)
        self.made = 0

    def __call__(self, digest: str, make: object) -> Prepared:
        assert callable(make)

        def counted() -> Prepared:
            self.made += 1
            prepared = make()
            assert isinstance(prepared, Prepared)
            return prepared

        return self.cache(digest, counted)


def files(old: str = "", new: str = "") -> list[Document]:
    parsed = [parse(text.replace(old, new, 1) if old else text, name).file for name, text in texts().items()]
    return [file for file in parsed if file is not None]


QUESTIONS = ("白鳥ボート いくら", "はくちょうとうろく", "duck rude", "あした雨?", "職員")


def search(given: list[Document], keeper: Keeper | None = None) -> CandidateSearch:
    return CandidateSearch(phrasings_of(given), reader_of(given), None, keeper=keeper)


def same(keeper: Counting, given: list[Document] | None = None) -> bool:
    kept, made = search(given or files(), keeper), search(given or files())
    return all(
        np.array_equal(kept.gather(text).scores, made.gather(text).scores)
        and np.array_equal(kept.gather(text).outside, made.gather(text).outside)
        for text in QUESTIONS
    )


def test_a_second_start_reads_the_index_and_every_score_is_the_same_to_the_last_bit(tmp_path: Path) -> None:
    first, second = Counting(tmp_path), Counting(tmp_path)
    assert same(first)
    assert same(second)
    assert (first.made, second.made) == (1, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("白鳥のお金", "白鳥の代金"),
        ("登録: とうろく", "登録: とーろく"),
        ("[白鳥, スワン, swan]", "[白鳥, スワン]"),
    ],
    ids=["phrasing", "reading", "synonym"],
)
def test_an_edit_of_what_goes_in_makes_it_anew(old: str, new: str, tmp_path: Path) -> None:
    keeper = Counting(tmp_path)
    same(keeper)
    assert same(keeper, files(old, new))
    assert keeper.made == 2


def test_an_edit_of_an_answer_makes_nothing_anew(tmp_path: Path) -> None:
    keeper = Counting(tmp_path)
    same(keeper)
    assert same(keeper, files("料金は、公開されている資料では確認できませんでした。", "料金は分かりません。"))
    assert keeper.made == 1


@pytest.mark.parametrize("harm", [b"", b"PK\x03\x04", b"not an index"])
def test_a_broken_file_is_made_anew(harm: bytes, tmp_path: Path) -> None:
    same(Counting(tmp_path))
    for path in tmp_path.iterdir():
        path.write_bytes(harm)
    keeper = Counting(tmp_path)
    assert same(keeper)
    assert keeper.made == 1


def test_a_torn_file_is_made_anew(tmp_path: Path) -> None:
    same(Counting(tmp_path))
    path = next(tmp_path.iterdir())
    path.write_bytes(path.read_bytes()[:-200])
    keeper = Counting(tmp_path)
    assert same(keeper)
    assert keeper.made == 1


def test_another_encoder_has_its_own_index(tmp_path: Path) -> None:
    same(Counting(tmp_path, "one 1.0"))
    keeper = Counting(tmp_path, "one 2.0")
    same(keeper)
    assert keeper.made == 1


def test_old_indexes_do_not_pile_up_and_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    for number in range(7):
        same(Counting(tmp_path, f"encoder {number}"))
    assert len(list(tmp_path.iterdir())) == 4
    (tmp_path / "file").write_text("")
    assert same(Counting(tmp_path / "file"))


def test_damage_anywhere_in_a_file_costs_time_and_changes_no_score(tmp_path: Path) -> None:
    same(Counting(tmp_path))
    path = next(tmp_path.iterdir())
    whole = path.read_bytes()
    for number in range(12):
        at = number * (len(whole) - 1) // 11
        path.write_bytes(
            whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] if number % 2 else whole[:at]
        )
        assert same(Counting(tmp_path)), at


def test_an_index_that_is_in_use_outlives_newer_ones_that_are_not(tmp_path: Path) -> None:
    same(Counting(tmp_path, "in use"))
    for number in range(7):
        same(Counting(tmp_path, f"tried once {number}"))
        keeper = Counting(tmp_path, "in use")
        same(keeper)
        assert keeper.made == 0


def test_what_a_killed_process_left_unfinished_is_removed_after_a_while(tmp_path: Path) -> None:
    for name, hours in (("old", 3), ("new", 0)):
        left = tmp_path / f".unfinished-{name}"
        left.write_bytes(b"PK")
        changed = left.stat().st_mtime - hours * 3600
        os.utime(left, (changed, changed))
    same(Counting(tmp_path))
    assert [path.name for path in tmp_path.glob(".*")] == [".unfinished-new"]


def test_a_full_disk_stops_nothing_and_keeps_nothing_half_written(tmp_path: Path) -> None:
    with small_disk_at(tmp_path / "small", mebibytes=1) as place:
        (place / "ballast").write_bytes(b"x" * (2**20 - 3 * 4096))
        assert same(Counting(place))
        assert [path.name for path in place.iterdir()] == ["ballast"]


@pytest.mark.parametrize("place", ["a file", "a folder of that name", "a pipe"])
def test_whatever_stands_in_the_way_stops_nothing(place: str, tmp_path: Path) -> None:
    same(Counting(tmp_path / "cache"))
    path = next((tmp_path / "cache").iterdir())
    path.unlink()
    match place:
        case "a file":
            (tmp_path / "cache").rmdir()
            (tmp_path / "cache").touch()
        case "a pipe":
            os.mkfifo(path)
        case _:
            path.mkdir()
    assert same(Counting(tmp_path / "cache"))
