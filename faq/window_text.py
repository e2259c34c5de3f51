"""Windows in words: their names in a text, and their descriptions below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from faq.answer_labels import labelled
from faq.content.profile import Profile
from faq.content.provenance import Provenance, Source
from faq.content.window import Directory, Window
from faq.language import Language, pick

PLACEHOLDER: Final = re.compile(r"\{window:(?P<window>[a-z0-9-]+)\|(?P<purpose>[a-z0-9_]+)\}")


def fill_windows(text: str, directory: Directory, language: Language) -> tuple[str, tuple[Window, ...]]:
    """The text with window names filled in, and these windows. Raises :class:`WrongWindowError` for a wrong purpose."""
    named: dict[str, Window] = {}

    def name(match: re.Match[str]) -> str:
        window = directory.window_for(match["window"], match["purpose"])
        named[window.id] = window
        return pick(window.name, language)[1]

    return PLACEHOLDER.sub(name, text), tuple(named.values())


def windows_in(text: str) -> tuple[tuple[str, str], ...]:
    """The distinct (window, purpose) pairs of a text, in order."""
    return tuple(dict.fromkeys((m["window"], m["purpose"]) for m in PLACEHOLDER.finditer(text)))


def describe_window(window: Window, language: Language) -> str:
    """A window's name, number or where to find it, hours, and operator."""
    return "\n".join([*_reached(window, language), *_run_by(window, language), *_note(window, language)])


def where_to_ask(window: Window, language: Language) -> str:
    """A window's name, number or where to find it, hours, and note."""
    return "\n".join([*_reached(window, language), *_note(window, language)])


def who_runs(window: Window, language: Language) -> str:
    """A window's name with its operator and section; empty where neither is known."""
    told = _run_by(window, language)
    return "\n".join([pick(window.name, language)[1], *told]) if told else ""


def _reached(window: Window, language: Language) -> list[str]:
    lines = [f"■ {pick(window.name, language)[1]}"]
    if window.phone:
        lines.append(labelled("phone", language, phone=window.phone))
    elif window.phone_note:
        lines.append(pick(window.phone_note, language)[1])
    if window.hours:
        lines.append(labelled("hours", language, hours=pick(window.hours, language)[1]))
    elif window.phone:
        lines.append(labelled("no_hours", language))
    if window.url:
        lines.append(window.url)
    return lines


def _run_by(window: Window, language: Language) -> list[str]:
    told = (("run_by", window.operated_by), ("section", window.responsible_section))
    return [labelled(key, language, who=pick(who, language)[1]) for key, who in told if who]


def _note(window: Window, language: Language) -> list[str]:
    return [pick(window.note, language)[1]] if window.note else []


def sources_told(
    sources: Sequence[Source], windows: Sequence[Window], town: Profile, language: Language
) -> list[str]:
    """The source lines for the windows of a reply, with their caution; empty where the reply names no window."""
    if not windows:
        return []
    provenances = {window.provenance for window in windows}
    weakest = next(iter(provenances)) if len(provenances) == 1 else Provenance.MIXED
    lines = [caution] if (caution := town.caution(weakest, language)) else []
    lines += [source_line(source, language, " ") for source in {s.key: s for s in sources}.values()]
    return ["\n".join(lines)]


def source_line(source: Source, language: Language, before_address: str = "\n") -> str:
    """A source's title with its page's own date, and its address."""
    age = labelled("page_date", language, date=pick(source.page_date, language)[1])
    title = pick(source.title, language)[1]
    return f"{labelled('source', language)}: {title} ({age}){before_address}{source.url}"
