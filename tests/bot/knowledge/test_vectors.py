"""Vectors on disk: nothing is encoded twice, and a damaged or foreign file only costs time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.encoder import SIZE
from bot.knowledge.vector_cache import VectorCache
from faq.matching.meaning import Vectors, rounded


class Counting:
    """Vectors from a hash; records which texts were requested."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        rows = []
        for text in texts:
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")
            row = np.random.default_rng(seed).normal(size=SIZE)
            rows.append(row / np.linalg.norm(row))
        return np.array(rows, dtype=np.float32)


@pytest.fixture
def counting() -> Counting:
    return Counting()


def cache(counting: Counting, path: Path | None, made_by: str = "one") -> VectorCache:
    return VectorCache(counting, made_by, path)


def test_what_was_encoded_once_is_not_encoded_after_a_restart(counting: Counting, tmp_path: Path) -> None:
    first = cache(counting, tmp_path / "v.npz").vectors(["a", "b"])
    again = cache(counting, tmp_path / "v.npz").vectors(["b", "a"])
    assert counting.asked == ["a", "b"]
    assert np.array_equal(first[::-1], again)
    assert np.array_equal(first, rounded(counting(["a", "b"])))


def test_after_an_edit_only_what_is_new_is_encoded_and_what_went_is_forgotten(
    counting: Counting, tmp_path: Path
) -> None:
    kept = cache(counting, tmp_path / "v.npz")
    kept.vectors(["a", "b", "c"])
    kept.vectors(["a", "c", "d"])
    assert counting.asked == ["a", "b", "c", "d"]
    with np.load(tmp_path / "v.npz") as file:
        assert len(file["keys"]) == 3


@pytest.mark.parametrize("harm", ["torn", "empty", "text", "rows", "folder"])
def test_a_broken_file_is_made_anew_with_the_same_vectors(
    harm: str, counting: Counting, tmp_path: Path
) -> None:
    path = tmp_path / "v.npz"
    right = cache(counting, path).vectors(["a", "b"])
    whole = path.read_bytes()
    path.unlink()
    match harm:
        case "torn":
            path.write_bytes(whole[: len(whole) // 2])
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("not vectors")
        case "rows":
            np.savez(
                path,
                made_by=np.array("one"),
                keys=np.array([1, 2, 3], dtype=np.uint64),
                steps=np.zeros((2, SIZE), np.int8),
            )
        case _:
            path.mkdir()
    again = cache(counting, path).vectors(["a", "b"])
    assert counting.asked == ["a", "b", "a", "b"]
    assert np.array_equal(right, again)


def test_vectors_of_another_encoder_are_not_used(counting: Counting, tmp_path: Path) -> None:
    cache(counting, tmp_path / "v.npz", made_by="one").vectors(["a"])
    cache(counting, tmp_path / "v.npz", made_by="two").vectors(["a"])
    assert counting.asked == ["a", "a"]


def test_a_folder_that_cannot_be_written_does_not_stop_matching(counting: Counting, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert cache(counting, tmp_path / "file" / "v.npz").vectors(["a"]).shape == (1, SIZE)


def test_two_at_once_leave_a_whole_file(counting: Counting, tmp_path: Path) -> None:
    one, two = cache(counting, tmp_path / "v.npz"), cache(counting, tmp_path / "v.npz")
    one.vectors(["a", "b"])
    two.vectors(["c"])
    assert cache(counting, tmp_path / "v.npz").vectors(["c"]).shape == (1, SIZE)
    assert counting.asked.count("c") == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["v.npz"]
