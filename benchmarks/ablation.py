"""Contribution of each channel and each piece of content: one row per thing removed, with weights fitted again each
time.

    python benchmarks/ablation.py questions.tsv [more.tsv ...]

Files have the columns text, primary, acceptable. Without a file the FAQ's own examples are used; these also
determine the line for answering in every row, so that figures on them are not on unseen data.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load, packaged_faq
from faq.content.decoy import Decoy, Reply
from faq.content.document import Document
from faq.content.example import Example
from faq.content.joining import joined
from faq.content.parse import parse
from faq.knowledge import KnowledgeBase
from faq.matching.candidates import CHANNELS, FEATURES, LEADS
from faq.matching.fusion import UNFITTED, Weights
from faq.training import fitting
from faq.training.evaluation import shares
from faq.training.fitting import Sample

Files = Mapping[str, Document]


def main(paths: Sequence[str]) -> None:
    """Print the table."""
    desk = OfflineKnowledge(load(None, faq_folder=packaged_faq()))
    texts = desk.library.read().files
    parsed = joined([parse(text, name) for name, text in texts.items()])
    files = {part.name: part.file for part in parsed if part.file is not None}
    examples = [example for file in files.values() for example in file.examples]
    asked = [example for path in paths for example in _examples(Path(path))] or examples
    print(f"{'':<28}{'found':>8}{'right':>8}{'wrong':>8}{'out':>8}   line   ({len(asked)} questions)")

    def build(changed: Files, *, encoder: bool = True) -> KnowledgeBase:
        return desk.library.build(changed, UNFITTED, with_encoder=encoder, for_fitting=True)

    whole = _samples(build(files), examples, asked)
    _row("everything", *whole)
    for channel in CHANNELS:
        columns = [number for number, name in enumerate(FEATURES) if name.startswith(channel)]
        _row(f"- {channel}", *([_without(s, columns) for s in part] for part in whole))
    leads = [FEATURES.index(name) for name in LEADS]
    _row("- leads", *([_without(s, leads) for s in part] for part in whole))
    _row("- word rules", whole[0], *([replace(s, decided=False) for s in part] for part in whole[1:]))
    for name, changed in _changes(files):
        _row(f"- {name}", *_samples(build(changed), examples, asked))
    _row("- encoder", *_samples(build(files, encoder=False), examples, asked))


def _samples(
    base: KnowledgeBase, examples: Sequence[Example], asked: Sequence[Example]
) -> tuple[list[Sample], ...]:
    finder = base.finder
    return (
        fitting.left_out(finder.gatherer), fitting.labelled(finder, examples), fitting.labelled(finder, asked)
    )  # fmt: skip


def _row(name: str, own: Sequence[Sample], examples: Sequence[Sample], asked: Sequence[Sample]) -> None:
    weights: Weights = fitting.calibrate(fitting.fit(own), examples)
    line = fitting.line([fitting.forecast(weights, s) for s in examples])
    measured = shares([fitting.forecast(weights, s) for s in asked], line)
    print(
        f"{name:<28}" + "".join(f"{share.value:>8.3f}" for share in measured.values()) + f"   {line:.2f}",
        flush=True,
    )


def _without(sample: Sample, columns: Sequence[int]) -> Sample:
    scores = sample.scores.copy()
    scores[:, columns] = 0.0
    return replace(sample, scores=scores)


def _changes(files: Files) -> Iterable[tuple[str, Files]]:
    def each(change: Callable[[Document], dict[str, object]]) -> Files:
        return {name: file.model_copy(update=change(file)) for name, file in files.items()}

    yield "readings of words", each(lambda _: {"readings": {}})
    yield "synonyms", each(lambda _: {"synonyms": ()})
    yield (
        "half of the phrasings",
        each(
            lambda file: {
                "entries": tuple(
                    e.model_copy(update={"utterances": _half(e.utterances)}) for e in file.entries
                )
            }
        ),
    )
    yield "decoys' phrasings", each(lambda file: {"decoys": tuple(_mute(d) for d in file.decoys)})


def _half(utterances: Mapping[object, Sequence[str]]) -> dict[object, tuple[str, ...]]:
    return {language: tuple(texts[::2]) for language, texts in utterances.items()}


def _mute(decoy: Decoy | Reply) -> Decoy | Reply:
    kept = {language: texts[:1] for language, texts in list(decoy.utterances.items())[:1]}
    return decoy.model_copy(update={"utterances": kept})


def _examples(path: Path) -> list[Example]:
    with path.open(encoding="utf-8") as file:
        return [
            Example(text=row["text"], entry=row["primary"],
                    also=tuple(a for a in (row.get("acceptable") or "").split(",") if a))
            for row in csv.DictReader(file, delimiter="\t")
        ]  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
