"""Whether staff's words contradict the FAQ and the directory of windows; only what is certain is reported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.privacy.digits import narrow

_PHONE: Final = re.compile(r"(?<![\d-])(?:\+81[-\s]?|0)\d{1,4}[-\s(]{0,2}\d{1,4}[-\s)]{0,2}\d{3,4}(?![\d-])")
_URL: Final = re.compile(
    r"(?:https?://|www\.)[^\s「」、。()（）<>]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:jp|com|org|net|info|app|io)(?:/[^\s「」、。()（）<>]*)?",
    re.IGNORECASE,
)
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－ｰ", "-"))
_SENTENCE: Final = re.compile(r"[。!?！？\n]|\.\s")
_SENDS: Final = re.compile(
    r"電話|でんわ|連絡|問い?合わ?せ|相談|申し?出|お?聞き|聞いて|きいて|お話し|話して|お尋ね|尋ねて|窓口へ|窓口に|まで(?:どうぞ|お願い)"
    r"|へどうぞ|\b(?:call|contact|ask|phone|tell|talk to|speak to)\b",
    re.IGNORECASE,
)
_SHORT_NAME: Final = 2
_LOCAL: Final = re.compile(r"(?<![\d-])[1-9]\d{3}-\d{4}(?![\d-])")
_PHONE_DIGITS: Final = range(10, 12)
_LOCAL_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Fault:
    """``code`` is the kind; ``shown`` is the passage in the text; ``about`` is the window or entry it contradicts."""

    code: str
    shown: str
    about: str = ""


def check(text: str, entries: Iterable[str], knowledge: KnowledgeBase) -> tuple[Fault, ...]:
    """Every fault of a reply on a ticket about ``entries``; empty where nothing is certainly wrong."""
    plain = narrow(text).translate(_DASHES)
    about = [entry for entry in entries if entry in knowledge.entries]
    return (
        *_numbers(plain, knowledge),
        *_addresses(text, knowledge),
        *_windows(text, plain, about, knowledge),
        *_forbidden(text, about, knowledge),
    )


def _numbers(plain: str, knowledge: KnowledgeBase) -> list[Fault]:
    known = knowledge.directory.phones()
    return [
        Fault("phone", shown)
        for shown, digits in _phones(plain)
        if not any(
            phone == digits or (len(digits) == _LOCAL_DIGITS and phone.endswith(digits)) for phone in known
        )
    ]


def _phones(plain: str) -> list[tuple[str, str]]:
    """Telephone numbers as written, and their digits; a local number (1234-5678) has eight."""
    spoken = _URL.sub(" ", plain)
    whole = [(m[0].strip(), _digits(m[0])) for m in _PHONE.finditer(spoken)]
    found = [(shown, digits) for shown, digits in whole if len(digits) in _PHONE_DIGITS]
    rest = spoken
    for shown, _ in found:
        rest = rest.replace(shown, " ")
    return [*found, *((m[0], _digits(m[0])) for m in _LOCAL.finditer(rest))]


def _addresses(text: str, knowledge: KnowledgeBase) -> list[Fault]:
    """Unknown web addresses: a page is known if its host and path are those of a window or source."""
    known = {_page(w.url) for w in knowledge.directory.windows.values() if w.url}
    known |= {_page(s.url) for s in knowledge.sources.values() if s.url}
    return [Fault("url", m[0]) for m in _URL.finditer(text) if _page(m[0]) not in known]


def _windows(text: str, plain: str, about: list[str], knowledge: KnowledgeBase) -> list[Fault]:
    """A window, by number or as a place to go, for a matter it does not handle. Names used by the entry itself are
    allowed.
    """
    wanted = purposes(about, knowledge)
    if not wanted:
        return []
    said = {digits for _, digits in _phones(plain)}
    sends = [sentence for sentence in _SENTENCE.split(text) if _SENDS.search(sentence)]
    own = "\n".join(knowledge.words_of(entry) for entry in about)
    found = []
    for window in knowledge.directory.windows.values():
        if wanted & (set(window.handles) - set(window.does_not_handle)):
            continue
        names = {part for name in window.name.values() for part in _parts(name)}
        by_name = any(name in sentence for name in names for sentence in sends if name not in own)
        if by_name or (window.phone is not None and window.phone.replace("-", "") in said):
            found.append(Fault("window", window.name[Language.JA], window.id))
    return found


def _forbidden(text: str, about: list[str], knowledge: KnowledgeBase) -> list[Fault]:
    broken = [(ban.broken_by(text, about), ban.entry) for ban in knowledge.bans]
    return [Fault("must-not-say", words, entry) for words, entry in broken if words]


def purposes(about: Iterable[str], knowledge: KnowledgeBase) -> set[str]:
    """The purposes for which the entries name windows."""
    return {purpose for entry in about for purpose in knowledge.purposes_of(entry)}


def _parts(name: str) -> list[str]:
    """The names in a name: 「なんでもコール(町のコールセンター)」 has two; 「…の窓口」 is also called by its place."""
    parts = [part.strip() for part in re.split(r"[()（）]", name)]
    short = [
        part.removesuffix("の窓口").removeprefix("the counter of ").removeprefix("the ") for part in parts
    ]
    return [part for part in (*parts, *short) if len(part) > _SHORT_NAME]


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written.replace("+81", "0"))


def _page(url: str) -> str:
    """Host and path of an address, without parts that do not change the page."""
    bare = re.sub(r"^https?://", "", url, flags=re.IGNORECASE).partition("#")[0].partition("?")[0]
    return bare.lower().removeprefix("www.").rstrip("/.")
