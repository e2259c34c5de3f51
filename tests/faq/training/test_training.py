"""Training: the same rows give the same network, and what can be told apart is told apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.matching.meaning import Vectors
from faq.training.network_fit import SparseRows, trained

DICE = np.random.default_rng(3)


def rows_of(label: int, count: int) -> list[Vectors]:
    """Rows with three marks of their class and three of none, of unit length."""
    rows = []
    for _ in range(count):
        row = np.zeros(60, dtype=np.float32)
        row[label * 10 + DICE.choice(10, 3, replace=False)] = 1.0
        row[30 + DICE.choice(30, 3, replace=False)] = 1.0
        rows.append(row / np.linalg.norm(row))
    return rows


LABELS = ["entry:a", "entry:b", "none"]
TAUGHT = [row for n in range(3) for row in rows_of(n, 200)]
TOLD = [label for label in LABELS for _ in range(200)]


def test_rows_of_a_class_find_it_and_the_same_rows_give_the_same_network() -> None:
    one, two = (trained(SparseRows.of(TAUGHT), TOLD, units=16) for _ in range(2))
    assert np.array_equal(one.hidden, two.hidden)
    assert np.array_equal(one.output, two.output)
    new = [(row, label) for n, label in enumerate(LABELS) for row in rows_of(n, 50)]
    right = [one.classes[int(one.shares(row).argmax())] == label for row, label in new]
    assert sum(right) > 0.95 * len(new)
    assert not np.array_equal(trained(SparseRows.of(TAUGHT), TOLD, units=16, seed=1).hidden, one.hidden)


@pytest.mark.parametrize(("rows", "labels"), [(3, ["a", "a", "a"]), (3, ["a", "b"])])
def test_nothing_to_tell_apart_and_missing_labels_are_refused(rows: int, labels: list[str]) -> None:
    with pytest.raises(ValueError, match="at least two classes, one label a row"):
        trained(SparseRows.of(TAUGHT[:rows]), labels)


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.sampled_from([0.0, 0.0, 1.5, -2.0]), min_size=7, max_size=7), min_size=1, max_size=9
    ),
    st.data(),
)
def test_sparse_rows_are_the_rows_they_were_made_from(dense: list[list[float]], data: st.DataObject) -> None:
    rows = [np.array(row, dtype=np.float32) for row in dense]
    sparse = SparseRows.of(rows)
    assert len(sparse) == len(rows)
    assert np.array_equal(sparse.block(0, len(rows)), np.stack(rows))
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, max_size=12))
    some = sparse.chosen(np.array(chosen))
    assert np.array_equal(some.block(0, len(chosen)), np.stack([rows[n] for n in chosen]))
