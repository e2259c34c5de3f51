"""The current text of an entry: the words of its version, its windows by purpose, the source, and a receipt."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from faq.content.entry import Entry
from faq.content.profile import Profile
from faq.content.provenance import Provenance, Source
from faq.content.window import Directory, Window
from faq.language import Language, Words, pick

PLACEHOLDER: Final = re.compile(r"\{window:(?P<window>[a-z0-9-]+)\|(?P<purpose>[a-z0-9_]+)\}")

_SAID: Final[Mapping[str, Words]] = {
    "windows": {Language.JA: "窓口", Language.EN: "Where to ask"},
    "phone": {Language.JA: "電話 {phone}", Language.EN: "Phone {phone}", Language.ZH_HANS: "电话 {phone}",
              Language.ZH_HANT: "電話 {phone}", Language.KO: "전화 {phone}"},
    "hours": {Language.JA: "受付 {hours}", Language.EN: "Hours: {hours}", Language.ZH_HANS: "时间 {hours}",
              Language.ZH_HANT: "時間 {hours}", Language.KO: "시간 {hours}"},
    "no_hours": {Language.JA: "受付時間は確認できていません", Language.EN: "Hours: not confirmed",
                 Language.ZH_HANS: "时间未能确认", Language.ZH_HANT: "時間未能確認", Language.KO: "시간은 확인되지 않았습니다"},
    "run_by": {Language.JA: "運営 {who}", Language.EN: "Run by {who}"},
    "section": {Language.JA: "担当課 {who}", Language.EN: "Responsible section: {who}"},
    "source": {Language.JA: "出典", Language.EN: "Source", Language.ZH_HANS: "出处", Language.ZH_HANT: "出處", Language.KO: "출처"},
    "page_date": {Language.JA: "ページの日付: {date}", Language.EN: "page date: {date}"},
    "checked": {Language.JA: "確認日 {date}", Language.EN: "Read on {date}"},
    "verified": {
        Language.JA: "{date} に {who} が実際のページと照合",
        Language.EN: "Compared with the live page on {date} by {who}",
    },
    "receipt": {Language.JA: "回答番号 {receipt} ({entry} 第{version}版)",
                Language.EN: "Answer no. {receipt} ({entry}, version {version})"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` is byte for byte the same for everybody, given entry, version, language and directory."""

    entry: str
    version: int
    language: Language
    text: str
    windows: tuple[str, ...]
    receipt: str
    review_overdue: bool


def receipt(entry: str, version: int) -> str:
    """A short code to read out on the phone; it identifies entry and version, and no person."""
    digest = hashlib.sha256(f"{entry}/{version}".encode()).digest()
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    number = int.from_bytes(digest[:4], "big")
    letters = []
    for _ in range(5):
        number, rest = divmod(number, len(alphabet))
        letters.append(alphabet[rest])
    return "".join(letters)


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

    def in_words(key: str, **values: str) -> str:
        return pick(_SAID[key], language)[1].format(**values)

    lines = [f"■ {pick(window.name, language)[1]}"]
    if window.phone:
        lines.append(in_words("phone", phone=window.phone))
        lines.append(
            in_words("hours", hours=pick(window.hours, language)[1]) if window.hours else in_words("no_hours")
        )
    else:
        if window.phone_note:
            lines.append(pick(window.phone_note, language)[1])
        if window.hours:
            lines.append(in_words("hours", hours=pick(window.hours, language)[1]))
    if window.url:
        lines.append(window.url)
    if window.operated_by:
        lines.append(in_words("run_by", who=pick(window.operated_by, language)[1]))
    if window.responsible_section:
        lines.append(in_words("section", who=pick(window.responsible_section, language)[1]))
    if window.note:
        lines.append(pick(window.note, language)[1])
    return "\n".join(lines)


def sources_told(
    sources: Sequence[Source], windows: Sequence[Window], town: Profile, language: Language
) -> list[str]:
    """The source lines for the windows of a reply, with their caution; empty where the reply names no window."""
    if not windows:
        return []
    provenances = {window.provenance for window in windows}
    weakest = next(iter(provenances)) if len(provenances) == 1 else Provenance.MIXED
    lines = [caution] if (caution := town.caution(weakest, language)) else []
    for source in {source.key: source for source in sources}.values():
        title, dated = pick(source.title, language)[1], pick(source.page_date, language)[1]
        age = pick(_SAID["page_date"], language)[1].format(date=dated)
        lines.append(f"{pick(_SAID['source'], language)[1]}: {title} ({age}) {source.url}")
    return ["\n".join(lines)]


def render(
    entry: Entry,
    directory: Directory,
    sources: Mapping[str, Source],
    town: Profile,
    language: Language,
    today: date,
) -> Answer:
    """The text of this version: words, caution, windows, sources, dates, receipt."""
    in_language, body = pick(entry.answer, language)
    filled, windows = fill_windows(body.strip(), directory, in_language)
    parts = [filled]
    if caution := town.caution(entry.provenance, in_language):
        parts.append(caution)
    parts += [describe_window(window, in_language) for window in windows]
    code = receipt(entry.id, entry.version)
    parts.append(_foot(entry, [sources[key] for key in entry.sources], in_language, code))
    return Answer(
        entry.id, entry.version, in_language, "\n\n".join(parts), tuple(w.id for w in windows), code,
        today > entry.review_on,
    )  # fmt: skip


def _foot(entry: Entry, sources: Sequence[Source], language: Language, code: str) -> str:
    lines = []
    for source in sources:
        title, dated = pick(source.title, language)[1], pick(source.page_date, language)[1]
        age = pick(_SAID["page_date"], language)[1].format(date=dated)
        lines.append(f"{pick(_SAID['source'], language)[1]}: {title} ({age})\n{source.url}")
    checked = pick(_SAID["checked"], language)[1].format(date=entry.checked_on.isoformat())
    if entry.verified_on and entry.verified_by:
        checked += " · " + pick(_SAID["verified"], language)[1].format(
            date=entry.verified_on.isoformat(), who=entry.verified_by
        )
    lines.append(checked)
    lines.append(
        pick(_SAID["receipt"], language)[1].format(receipt=code, entry=entry.id, version=entry.version)
    )
    return "\n".join(lines)
