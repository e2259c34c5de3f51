"""How matching does on public data: accuracy, hits, what could be answered with 95 % of the answers right, MCC.

    python benchmarks/public.py clinc150 data_full.json [--per-entry 10]
    python benchmarks/public.py hint3 train.csv test.csv
    python benchmarks/public.py retrieval FOLDER_OR_JSON [--answers]
    python benchmarks/public.py tsv questions.tsv [--faq DIR]

The first three build a base from the data's own phrasings: a network where an entry has several, comparison with each
phrasing where it has one. The fourth asks the FAQ. BM25 over the same phrasings stands beside it. --no-encoder matches by
letters alone.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from bm25 import Bm25
from datasets import Asked, DataSet, DataSetError, clinc150, hint3, retrieval, tsv

from bot.knowledge.encoder import load as load_encoder
from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load, packaged_faq
from faq.matching.index import Phrasing
from faq.matching.kana_restore import Repair
from faq.matching.match import Kind
from faq.matching.meaning import Encoder, rounded
from faq.matching.message_reader import MessageReader
from faq.matching.normalize import Folder
from faq.matching.targets import Targets
from faq.training.network_fit import SparseRows, trained

_SEVERAL: Final = 3
"""Phrasings an entry, on average, from which a network is trained."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Entries found for one question with their probabilities, best first."""

    asked: Asked
    found: Sequence[tuple[str, float]]


def main() -> None:
    """Parse, load, ask, print."""
    options = _options()
    try:
        ours, bm25 = _ranked(options)
    except DataSetError as error:
        sys.exit(str(error))
    _print(ours)
    if bm25:
        print("\nBM25")
        _print(bm25)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", choices=["clinc150", "hint3", "retrieval", "tsv"])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--per-entry", type=int, default=10, help="phrasings an entry (clinc150); 0 for all")
    parser.add_argument(
        "--answers", action="store_true", help="sentences of answers are phrasings too (retrieval)"
    )
    parser.add_argument("--faq", type=Path, help="FAQ folder (tsv)")
    parser.add_argument("--no-encoder", action="store_true")
    options = parser.parse_args()
    wanted = 2 if options.data == "hint3" else 1
    if len(options.paths) != wanted:
        parser.error(f"{options.data} takes {wanted} path(s)")
    return options


def _ranked(options: argparse.Namespace) -> tuple[list[Ranked], list[Ranked]]:
    """Ours and BM25's; the FAQ itself has no second."""
    first = options.paths[0]
    if options.data == "tsv":
        desk = OfflineKnowledge(load(None, faq_folder=options.faq or packaged_faq()))
        search = desk.knowledge.search
        return [
            Ranked(asked, [(m.id, m.score) for m in search(asked.text).matches if m.kind is Kind.ENTRY])
            for asked in tsv(first)
        ], []
    if options.data == "clinc150":
        return _learned(clinc150(first, options.per_entry), None if options.no_encoder else load_encoder())
    data = (
        hint3(first, options.paths[1])
        if options.data == "hint3"
        else retrieval(first, answers=options.answers)
    )
    return _learned(data, None if options.no_encoder else load_encoder())


def _learned(data: DataSet, encoder: Encoder | None) -> tuple[list[Ranked], list[Ranked]]:
    """Results for every question of a base from the data's phrasings, and of BM25 on them."""
    phrasings = [
        Phrasing(text, Kind.ENTRY, name) for text, name in sorted(data.phrasings, key=lambda p: p[1])
    ]
    reader = MessageReader(Folder((), {}), Repair({}, [phrasing.text for phrasing in phrasings]), encoder)
    begun = time.perf_counter()
    counts = Counter(phrasing.target for phrasing in phrasings)
    network = None
    if sum(counts.values()) >= _SEVERAL * len(counts):
        rows = SparseRows.of([reader.row(phrasing.text) for phrasing in phrasings])
        network = trained(rows, [phrasing.label for phrasing in phrasings])
        network = replace(network, learned=frozenset(phrasing.key for phrasing in phrasings))
    vectors = None if encoder is None else lambda texts: rounded(encoder(texts))
    targets = Targets(phrasings, reader, network, vectors)
    way = "a network" if network is not None else "each phrasing compared"
    print(
        f"{len(phrasings)} phrasings of {len(counts)} entries, {way}, built in {time.perf_counter() - begun:.1f} s"
    )
    begun = time.perf_counter()
    ours = [_one(targets, asked) for asked in data.questions]
    took = (time.perf_counter() - begun) / max(1, len(data.questions))
    print(f"{len(data.questions)} questions, {took * 1000:.1f} ms each")
    bm25 = Bm25([phrasing.text for phrasing in phrasings])
    names = [phrasing.target for phrasing in phrasings]
    return ours, [Ranked(asked, bm25.ranked(asked.text, names)) for asked in data.questions]


def _one(targets: Targets, asked: Asked) -> Ranked:
    found = [(name, share) for (_, name), (share, _) in targets.likely(asked.text).shares.items()]
    return Ranked(asked, sorted(found, key=lambda pair: -pair[1]))


def _print(ranked: Sequence[Ranked]) -> None:
    inside = [r for r in ranked if r.asked.right]
    outside = len(ranked) - len(inside)
    print(f"{len(inside)} questions with an entry, {outside} without")
    for count in (1, 3, 5):
        hits = sum(any(name in r.asked.right for name, _ in r.found[:count]) for r in inside)
        print(f"hit@{count:<3} {hits / max(1, len(inside)):.3f}")
    print(f"nDCG@10 {sum(map(_ndcg, inside)) / max(1, len(inside)):.3f}")
    print(
        f"cov@95  {_coverage(ranked, 0.95):.3f}   share of questions with an entry answered while 95 % of all answers are right"
    )
    print(f"MCC     {_best_mcc(ranked):.3f}   best over lines, none being a class of its own")


def _ndcg(ranked: Ranked) -> float:
    gain = sum(
        1 / math.log2(n + 2) for n, (name, _) in enumerate(ranked.found[:10]) if name in ranked.asked.right
    )
    ideal = sum(1 / math.log2(n + 2) for n in range(min(10, len(ranked.asked.right))))
    return gain / ideal


def _coverage(ranked: Sequence[Ranked], aim: float) -> float:
    answers = sorted(
        ((r.found[0][1], r.found[0][0] in r.asked.right) for r in ranked if r.found), reverse=True
    )
    inside = sum(bool(r.asked.right) for r in ranked)
    right = best = 0
    for number, (_, is_right) in enumerate(answers, 1):
        right += is_right
        if right >= aim * number:
            best = right
    return best / max(1, inside)


def _best_mcc(ranked: Sequence[Ranked]) -> float:
    """Multi-class Matthews correlation (Gorodkin 2004), the best over twenty lines."""
    return max(_mcc(ranked, line / 20) for line in range(20))


def _mcc(ranked: Sequence[Ranked], line: float) -> float:
    said, meant = [], []
    for r in ranked:
        name = r.found[0][0] if r.found and r.found[0][1] >= line else ""
        said.append(name)
        meant.append(name if name in r.asked.right else min(r.asked.right, default=""))
    names = {name: n for n, name in enumerate(sorted({*said, *meant}))}
    predicted = np.bincount([names[n] for n in said], minlength=len(names)).astype(float)
    true = np.bincount([names[n] for n in meant], minlength=len(names)).astype(float)
    total, right = float(len(said)), float(sum(a == b for a, b in zip(said, meant, strict=True)))
    below = math.sqrt((total**2 - predicted @ predicted) * (total**2 - true @ true))
    return (right * total - float(predicted @ true)) / below if below else 0.0


if __name__ == "__main__":
    main()
