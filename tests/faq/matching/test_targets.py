"""What the network has learned it shares out; a phrasing that it has not learned is found at once by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from faq.matching.index import Phrasing
from faq.matching.kana_restore import Repair
from faq.matching.match import Kind
from faq.matching.message_reader import SLOTS, MessageReader
from faq.matching.network import NOTHING, Network
from faq.matching.normalize import Folder
from faq.matching.targets import LEARNED, Targets

OLD = [
    Phrasing("白鳥の登録", Kind.ENTRY, "register"),
    Phrasing("白鳥の料金", Kind.ENTRY, "fee"),
    Phrasing("あしたの天気", Kind.DECOY, "weather"),
]
READER = MessageReader(Folder((), {"白鳥": "はくちょう"}), Repair({}, []), None)


def network(classes: Sequence[str], scores: Sequence[float], learned: Sequence[Phrasing] = OLD) -> Network:
    """A network that says the same of every message."""
    hidden = np.zeros((SLOTS + 1, 1), dtype=np.float32)
    output = np.array([[0.0] * len(scores), list(scores)], dtype=np.float32)
    return Network(tuple(classes), hidden, output, learned=frozenset(p.key for p in learned))


ALL = network(["decoy:weather", "entry:fee", "entry:register", NOTHING], [0.0, 1.0, 2.0, 0.5])


def shares(targets: Targets, text: str) -> dict[str, float]:
    found = targets.likely(text)
    return {name: share for (_, name), (share, _) in found.shares.items()} | {"": found.nothing}


def test_where_all_phrasings_are_learned_the_network_alone_speaks() -> None:
    found = shares(Targets(OLD, READER, ALL, None), "白鳥の料金")
    powers = np.exp([0.0, 1.0, 2.0, 0.5])
    wanted = powers / powers.sum()
    assert found == pytest.approx(dict(zip(["weather", "fee", "register", ""], wanted, strict=True)))


def test_a_phrasing_added_since_is_found_at_once_and_leaves_other_messages_alone() -> None:
    new = Phrasing("あひるの餌やり体験", Kind.ENTRY, "feeding")
    before, after = Targets(OLD, READER, ALL, None), Targets([*OLD, new], READER, ALL, None)
    assert shares(after, "あひるの餌やり体験")["feeding"] > 0.9
    assert shares(after, "あひるの餌やりの体験")["feeding"] > 0.3
    for text in ("白鳥の料金", "領収書をください", "こんにちは", "how much is it"):
        was, now = shares(before, text), shares(after, text)
        assert now.pop("feeding", 0.0) < 0.001
        assert now == pytest.approx(was, abs=0.001)


def test_a_new_phrasing_of_a_known_target_adds_to_what_the_network_says() -> None:
    new = Phrasing("おいくら万円", Kind.ENTRY, "fee")
    found = Targets([*OLD, new], READER, ALL, None).likely("おいくら万円")
    share, evidence = found.shares[Kind.ENTRY, "fee"]
    assert share > 0.9
    assert {e.phrasing for e in evidence} == {"おいくら万円", ""}
    assert evidence[-1].channel == LEARNED


def test_a_phrasing_moved_to_another_entry_counts_as_new_there() -> None:
    moved = [OLD[0], Phrasing("白鳥の料金", Kind.ENTRY, "register"), OLD[2]]
    assert shares(Targets(moved, READER, ALL, None), "白鳥の料金")["register"] > 0.9


def test_a_target_that_was_removed_is_never_found_and_its_share_is_given_to_nobody() -> None:
    found = shares(Targets(OLD[:2], READER, ALL, None), "あしたの天気")
    assert "weather" not in found
    assert sum(found.values()) == pytest.approx(1 - 1 / np.exp([0.0, 1.0, 2.0, 0.5]).sum())


def test_without_a_network_every_phrasing_is_compared() -> None:
    found = shares(Targets(OLD, READER, None, None), "白鳥の料金")
    assert max(found, key=lambda name: found[name]) == "fee"
    assert found[""] == 0.0


def test_shares_never_sum_to_more_than_one() -> None:
    new = [Phrasing(f"白鳥の料金その{n}", Kind.ENTRY, "fee") for n in range(5)]
    for text in ("白鳥の料金", "白鳥の登録", "天気", "xyz", ""):
        for phrasings in (OLD, [*OLD, *new], new):
            for known in (ALL, None):
                assert sum(shares(Targets(phrasings, READER, known, None), text).values()) <= 1 + 1e-9
