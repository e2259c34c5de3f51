"""Which targets a message may mean, with probabilities: by the network, and by the phrasings that it has not learned.

A phrasing added after the last fit, and every phrasing of an FAQ without a fit, is compared by itself. What these
comparisons leave to "none of them" is the network's to share out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from faq.matching.candidates import CandidateSearch, Keeper
from faq.matching.fusion import probabilities, weights_for
from faq.matching.index import Phrasing
from faq.matching.match import Evidence, Kind
from faq.matching.meaning import Vectors
from faq.matching.message_reader import MessageReader
from faq.matching.network import NOTHING, Network
from faq.matching.parts import whole_of

LEARNED: Final = "network"

Target = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Likely:
    """``shares``: probability and evidence of each target; ``nothing``: that the message is for nobody here."""

    shares: Mapping[Target, tuple[float, tuple[Evidence, ...]]]
    nothing: float = 0.0


class Targets:
    """Built once from all phrasings; it has no state."""

    def __init__(
        self,
        phrasings: Sequence[Phrasing],
        reader: MessageReader,
        network: Network | None,
        vectors: Callable[[Sequence[str]], Vectors] | None,
        *,
        keeper: Keeper | None = None,
    ) -> None:
        learned = network.learned if network is not None else frozenset()
        fresh = [phrasing for phrasing in phrasings if phrasing.key not in learned]
        there = {phrasing.label: (phrasing.kind, phrasing.target) for phrasing in phrasings}
        self._reader = reader
        self._network = network
        self._classes = [there.get(name) for name in network.classes] if network is not None else []
        self._nothing = network.classes.index(NOTHING) if network and NOTHING in network.classes else None
        self._fresh = CandidateSearch(fresh, reader, vectors, keeper=keeper) if fresh else None
        self._weights = weights_for(encoder=reader.has_encoder, learned=network is not None)

    def likely(self, text: str) -> Likely:
        """Every target that has a share in the message."""
        shares, left = self._compared(text)
        if self._network is None:
            return Likely(shares)
        found = self._network.shares(self._reader.row(whole_of(text))) * left
        for target, share in zip(self._classes, found.tolist(), strict=True):
            if target is not None:
                before, evidence = shares.get(target, (0.0, ()))
                told = Evidence(LEARNED, "", round(share, 4))
                shares[target] = (before + share, (*evidence, told))
        return Likely(shares, 0.0 if self._nothing is None else float(found[self._nothing]))

    def _compared(self, text: str) -> tuple[dict[Target, tuple[float, tuple[Evidence, ...]]], float]:
        """Shares by comparison with phrasings that the network does not know, and what they leave."""
        if self._fresh is None:
            return {}, 1.0
        candidates = self._fresh.gather(text)
        shares = probabilities(candidates.scores, candidates.outside, self._weights).tolist()
        found = zip(candidates.targets, shares[:-1], candidates.evidence, strict=True)
        return {self._fresh.targets[target]: (share, told) for target, share, told in found}, shares[-1]
