"""Whether an entry is in force on a day, and where to ask when it is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from faq.content.entry import Entry
from faq.content.window import Directory
from faq.language import Language, pick
from faq.window_text import describe_window, fill_windows


@dataclass(frozen=True, slots=True)
class OutOfForce:
    """``day`` is the first day of a future text, or the last day of an ended one.

    ``windows`` are the windows in its answer, each with number and hours.
    """

    entry: str
    is_to_come: bool
    day: date
    windows: tuple[str, ...]


def in_force(entry: Entry, today: date) -> bool:
    """Whether the entry's dates allow it as an answer on that day."""
    begun = entry.valid_from is None or entry.valid_from <= today
    return begun and (entry.valid_until is None or today <= entry.valid_until)


def out_of_force(entry: Entry, directory: Directory, language: Language, today: date) -> OutOfForce | None:
    """Since or until when the entry is not in force, and its windows; ``None`` while it is."""
    if in_force(entry, today):
        return None
    is_to_come = entry.valid_from is not None and today < entry.valid_from
    day = entry.valid_from if is_to_come else entry.valid_until
    if day is None:
        raise AssertionError("an entry without dates is always in force")
    tongue = pick(entry.first, language)[0]
    texts = "\n".join(pick(words, language)[1] for words in (entry.first, entry.detail) if words)
    _, windows = fill_windows(texts, directory, tongue)
    return OutOfForce(entry.id, is_to_come, day, tuple(describe_window(window, tongue) for window in windows))
