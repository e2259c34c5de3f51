"""Contact windows (窓口) and the purposes each one handles, so that nobody is sent to the wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from faq.content.forms import ADDRESS, PHONE, SHARED, phone
from faq.content.model import Day, Id, LocalText, Model, Texts
from faq.content.provenance import Provenance, SourceKey
from faq.language import Language

Phone = Annotated[str, Field(pattern=PHONE), AfterValidator(phone)]


_COUNTER: Final = re.compile(
    r"の(?:総合)?(?:窓口|受付)$|^the (?:counter|reception) of (?:the )?|的?(?:综合)?(?:窗口|接待处|綜合?櫃檯)$|(?:종합 )? ?(?:창구|접수)$",
    re.IGNORECASE,
)
_FIRST_LANGUAGES: Final = (Language.JA, Language.EN)
_SHORT_NAME: Final = 3


class Purpose(Model):
    """What a resident may want of a window; a closed list."""

    id: Id
    label: LocalText


class Facility(Model):
    """A place that residents use: their own can be chosen, and its window is then the one that is told."""

    label: Annotated[LocalText, Field(description="施設の短い名 (ボタンに出る)")]
    called: Annotated[Texts, Field(description="住民が書く呼び名 (赤坂、あかさか、akasaka など)")]


class Window(Model):
    """A contact window. Without a known phone number, ``phone_note`` tells where to find it."""

    id: Id
    name: LocalText
    phone: Phone | None = None
    phone_note: LocalText | None = None
    url: Annotated[str | None, Field(pattern=ADDRESS)] = None
    hours: LocalText | None = None
    operated_by: LocalText | None = None
    responsible_section: LocalText | None = None
    handles: Annotated[tuple[Id, ...], Field(min_length=1)]
    does_not_handle: tuple[Id, ...] = ()
    note: LocalText | None = None
    facility: Annotated[Facility | None, Field(description="住民が「使う施設」に選べる窓口に書く")] = None
    sources: tuple[SourceKey, ...] = ()
    checked_on: Day
    provenance: Provenance


class WrongWindowError(ValueError):
    """A text names a window for a purpose that it does not handle."""


@dataclass(frozen=True, slots=True)
class Directory:
    """All windows by id."""

    windows: Mapping[str, Window]
    purposes: Mapping[str, Purpose]

    @classmethod
    def of(cls, windows: Iterable[Window], purposes: Iterable[Purpose]) -> Directory:
        return cls({w.id: w for w in windows}, {p.id: p for p in purposes})

    def window_for(self, window_id: str, purpose: str) -> Window:
        """The window; raises :class:`WrongWindowError` where it does not handle that purpose."""
        window = self.windows.get(window_id)
        if window is None:
            raise WrongWindowError(f"no window {window_id!r}")
        if purpose not in self.purposes:
            raise WrongWindowError(f"no purpose {purpose!r}")
        if purpose not in window.handles or purpose in window.does_not_handle:
            raise WrongWindowError(f"window {window_id!r} does not handle {purpose!r}")
        return window

    def names(self, municipality: Iterable[str]) -> frozenset[str]:
        """Names of the windows' places: the windows' names without counter, town and brackets."""
        towns = tuple(municipality)
        found = set()
        for window in self.windows.values():
            for tongue, name in window.name.items():
                parts = re.split(r"[()（）・]", name)
                # In other languages the brackets hold the Japanese name, and readings in easy Japanese.
                for part in parts if tongue in _FIRST_LANGUAGES else parts[: tongue is not Language.JA_EASY]:
                    bare = _COUNTER.sub("", part.strip())
                    found |= {bare, *(bare.removeprefix(town).strip() for town in towns)}
        return frozenset(name for name in found if len(name) > _SHORT_NAME)

    def phones(self) -> frozenset[str]:
        """Digits of every subscriber's number in the directory: the guard must not mask them."""
        digits = (w.phone.replace("-", "") for w in self.windows.values() if w.phone)
        return frozenset(number for number in digits if len(number) > SHARED)
