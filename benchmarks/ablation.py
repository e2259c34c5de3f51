"""Contribution of each part of matching: one row per part left out, with the network trained again each time.

    python benchmarks/ablation.py [questions.tsv ...]

Files have the columns text, primary, acceptable. Without files the writers in benchmarks/voices are asked, from whom
nothing is learned. "right at 2 %" is the share of right answers at the line with at most 2 % wrong ones on these questions:
it compares rows, and is no promise.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from bot.knowledge.fit import documents
from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load, packaged_faq
from faq.content.example import NONE
from faq.knowledge import KnowledgeBase
from faq.matching.fusion import UNFITTED
from faq.matching.meaning import Encoder, Vectors
from faq.matching.message_reader import SLOTS
from faq.matching.network import Network, is_entry
from faq.matching.parts import whole_of
from faq.training import voices
from faq.training.lessons import AUTHORS, Lesson, all_lessons
from faq.training.network_fit import SparseRows, trained
from faq.training.voices import OUT_OF_SCOPE

VOICES: Final = Path(__file__).parent / "voices"
_WRONG: Final = (0.02, 0.05, 0.10)


@dataclass(frozen=True, slots=True)
class Row:
    """What is left in: which features, and which lessons."""

    name: str
    features: Callable[[Vectors], Vectors] = lambda row: row
    lessons: Callable[[Lesson], bool] = lambda _: True
    units: int = 384


def without_sense(row: Vectors) -> Vectors:
    """Letters alone."""
    return np.concatenate([np.zeros(len(row) - SLOTS, dtype=np.float32), row[-SLOTS:]])


def without_letters(row: Vectors) -> Vectors:
    """The encoder alone."""
    return np.concatenate([row[:-SLOTS], np.zeros(SLOTS, dtype=np.float32)])


def by_half_the_writers(lesson: Lesson) -> bool:
    """Every second writer, and the authors."""
    return not lesson.writer.isdigit() or int(lesson.writer) % 2 == 0


ROWS: Final = (
    Row("everything"),
    Row("- sense", without_sense),
    Row("- letters", without_letters),
    Row("- half of the writers", lessons=by_half_the_writers),
    Row("- all writers", lessons=lambda lesson: not lesson.writer.isdigit()),
    Row(
        "- the FAQ's own phrasings",
        lessons=lambda lesson: lesson.writer != AUTHORS or not is_entry(lesson.label),
    ),
    Row("- messages for nobody here", lessons=lambda lesson: lesson.writer != OUT_OF_SCOPE),
    Row("half of the units", units=192),
    Row("twice the units", units=768),
)


def main(paths: Sequence[str]) -> None:
    """Print the table."""
    desk = OfflineKnowledge(load(None, faq_folder=packaged_faq()))
    files = documents(desk.library, desk.today())
    base = desk.library.build(files, UNFITTED)
    lessons = all_lessons(base.phrasings, voices.read(desk.library.voices(), set(base.entries))).taught
    asked = [
        question
        for path in paths or sorted(map(str, VOICES.glob("*.tsv")))
        for question in _questions(Path(path))
    ]
    texts = list(dict.fromkeys([m.text for m in lessons] + [text for text, _ in asked]))
    rows = _rows(base, texts, desk.library.many_vectors(encoder=True))
    print(
        f"{'':<28}{'first':>7}{'three':>7}"
        + "".join(f"{f'right@{w:.0%}':>10}" for w in _WRONG)
        + "   out>.4   train s"
    )
    for row in ROWS:
        begun = time.perf_counter()
        chosen = [lesson for lesson in lessons if row.lessons(lesson)]
        network = trained(
            SparseRows.of([row.features(rows[m.text]) for m in chosen]),
            [m.label for m in chosen],
            units=row.units,
        )
        _print(row, network, asked, rows, time.perf_counter() - begun)


def _rows(base: KnowledgeBase, texts: Sequence[str], vectors: Encoder | None) -> dict[str, Vectors]:
    """Every text's row; vectors that an earlier fit has kept are used again."""
    reader = base.finder.reader
    if vectors is not None:
        reader = reader.having_encoded([whole_of(text) for text in texts], vectors)
    return {text: reader.row(whole_of(text)) for text in texts}


def _print(
    row: Row,
    network: Network,
    asked: Sequence[tuple[str, frozenset[str]]],
    rows: dict[str, Vectors],
    took: float,
) -> None:
    first = three = inside = absurd = 0
    answers = []
    for text, right in asked:
        shares = network.shares(row.features(rows[text]))
        order = [int(n) for n in np.argsort(-shares)]
        names = [network.classes[n] for n in order]
        entries = [name.partition(":")[2] for name in names if is_entry(name)]
        leads = is_entry(names[0])
        inside += bool(right)
        first += bool(right) and leads and entries[0] in right
        three += bool(right & set(entries[:3]))
        absurd += not right and leads and float(shares[order[0]]) > 0.4
        if leads:
            answers.append((float(shares[order[0]]), entries[0] in right))
    outside = max(1, len(asked) - inside)
    told = "".join(f"{_right_at(answers, wrong) / inside:>10.3f}" for wrong in _WRONG)
    print(
        f"{row.name:<28}{first / inside:>7.3f}{three / inside:>7.3f}{told}{absurd / outside:>9.3f}{took:>10.0f}",
        flush=True,
    )


def _right_at(answers: Sequence[tuple[float, bool]], wrong: float) -> int:
    best = right = 0
    for number, (_, is_right) in enumerate(sorted(answers, reverse=True), 1):
        right += is_right
        if number - right <= wrong * number:
            best = right
    return best


def _questions(path: Path) -> list[tuple[str, frozenset[str]]]:
    """Texts with their right ids; none where the table has no column for them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            (
                row["text"],
                frozenset({row.get("primary") or NONE, *(row.get("acceptable") or "").split(",")})
                - {NONE, ""},
            )
            for row in rows
        ]


if __name__ == "__main__":
    main(sys.argv[1:])
