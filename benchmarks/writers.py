"""How well the shipped FAQ understands writers unknown to its authors, one row per writer; and its answers to
decoys.

    python benchmarks/writers.py [--voices 91 93 ...] [--every 1]

For comparison: a plain scan with rapidfuzz WRatio over the same phrasings, its first entry taken as the answer.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from bot.knowledge.offline import OfflineKnowledge
from bot.settings import settings
from faq.content.example import NONE
from faq.knowledge import KnowledgeBase
from faq.matching.match import Kind
from faq.training.evaluation import Mark, Question, Share, Tally, mark
from handlers.preview import decide_alone

ROOT: Final = Path(__file__).parents[1]
VOICES: Final = Path(__file__).parent / "voices"
_SCANNED: Final = 10
"""One in this many messages is scanned, because a scan takes a hundred times as long."""
_HEAD: Final = (
    f"{'writer':<28} {'asked':>5} {'right':>6} {'found':>6} {'wrong/answered':>24} {'first':>6} {'scan':>6}"
)


def voices(names: list[str]) -> Iterator[tuple[str, list[Question]]]:
    """Each writer's messages; all writers where no numbers are given."""
    for path in sorted(VOICES.glob("[0-9][0-9]-*.tsv")):
        if not names or path.name[:2] in names:
            with path.open(encoding="utf-8", newline="") as file:
                rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                yield path.stem, [Question(row["text"], row["primary"], ()) for row in rows]


def elsewhere() -> list[Question]:
    """Messages for nobody here, by a writer from whom nothing is learned."""
    with (VOICES / "out-of-scope.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Question(row["text"], NONE, (), row["kind"]) for row in rows]


def main(names: list[str], every: int) -> None:
    """Print one row per writer, their total, and the decoys."""
    knowledge = OfflineKnowledge(settings.load(ROOT / "config.yaml")).knowledge
    entries = [p for p in knowledge.phrasings if p.kind is Kind.ENTRY]
    texts = [phrasing.text for phrasing in entries]

    def scanned(text: str) -> str:
        return entries[process.extractOne(text, texts, scorer=fuzz.WRatio)[2]].target

    print(_HEAD)
    pool, firsts, scans = Tally(), [0, 0], [0, 0]
    for name, questions in voices(names):
        tally, first, scan = _asked(questions[::every], knowledge, scanned)
        for each, total in ((first, firsts), (scan, scans)):
            total[0], total[1] = total[0] + each.hits, total[1] + each.of
        for kind, number in tally.counts.items():
            pool.counts[kind] += number
        print(_row(name, tally, first, scan), flush=True)
    print(_row("all writers", pool, Share(*firsts), Share(*scans)))
    print(f"right {pool.right_at_once}, found {pool.found}, wrong {pool.wrong_among_answered}")
    tally, _, _ = _asked(elsewhere()[::every], knowledge, scanned)
    offered = Share(tally.counts[Mark.OUT_OFFERED], tally.out_of_scope)
    print(f"not ours: answered {tally.out_of_scope_answered}, offered something {offered}")


def _asked(
    questions: list[Question], knowledge: KnowledgeBase, scan: Callable[[str], str]
) -> tuple[Tally, Share, Share]:
    """Tally of the decisions; share of right first entries; the same for the scan, on every ``_SCANNED``-th message."""
    tally, firsts, scans = Tally(), 0, [0, 0]
    for number, question in enumerate(questions):
        tally.add(mark(question, decide_alone(knowledge, question.text)))
        likely = next((m.id for m in knowledge.search(question.text).matches if m.kind is Kind.ENTRY), "")
        firsts += likely == question.primary
        if number % _SCANNED == 0:
            scans[0], scans[1] = scans[0] + (scan(question.text) == question.primary), scans[1] + 1
    return tally, Share(firsts, len(questions)), Share(*scans)


def _row(name: str, tally: Tally, first: Share, scan: Share) -> str:
    wrong = tally.wrong_among_answered
    low, high = wrong.interval
    shown = f"{wrong.value:.3f} ({low:.3f}–{high:.3f})" if wrong.of else "–"
    return (
        f"{name:<28} {tally.in_scope:>5} {tally.right_at_once.value:>6.3f} {tally.found.value:>6.3f} {shown:>24} "
        f"{first.value:>6.3f} {scan.value:>6.3f}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--voices", nargs="*", default=[], help="numbers of writers")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every n-th message of a writer")
    chosen = parser.parse_args()
    main(chosen.voices, chosen.every)
