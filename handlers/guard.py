"""Personal data in free text: find it, mask what must never be stored, leave everything else as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from handlers.events import Secret

MASK: Final = "●"
_MY_NUMBER_DIGITS: Final = 12
_CARD_DIGITS: Final = range(14, 20)
_MIN_NUMBER: Final = 9
"""Shorter runs cannot hold a number that is masked."""

_DIGIT = r"[0-9]"
_SEPARATOR = r"[\s\-‐‑‒–—―−ー－ｰ.,・_/\u200b]"
_RUN: Final = re.compile(rf"{_DIGIT}(?:{_SEPARATOR}{{0,3}}{_DIGIT})*")
_PHONE: Final = re.compile(
    r"(?<![0-9])(?:\+81[-\s(]{0,2}\d{1,4}|\(?0\d{1,4}\)?)[-\s(‐−ー]{0,2}\d{1,4}[-\s)‐−ー]{0,2}\d{3,4}(?![0-9])"
)
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MY_NUMBER_WORDS: Final = re.compile(
    r"マイナンバー|まいなんばー|個人番号|個人編號|个人编号|마이넘버|개인번호|my\s*number|individual\s*number",
    re.IGNORECASE,
)
_OTHER_NUMBER_WORDS: Final = re.compile(
    r"申請|受付|受理|予約|登録|利用者|会員|整理|照会|問い?合わ?せ|注文|管理|団体|application|reception|reference|booking"
    r"|reservation|order|user|registration|receipt|申请|受理|预约|預約|신청|접수|예약",
    re.IGNORECASE,
)
_NEAR: Final = 20
"""Characters before a number in which a word such as 申請番号 says what it is."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """``text`` with secrets masked; ``masked`` names what was taken out, ``found`` everything noticed."""

    text: str
    masked: tuple[Secret, ...] = ()
    found: tuple[Secret, ...] = ()


class Guard:
    """Knows the numbers of the directory, which are nobody's secret."""

    def __init__(self, known_numbers: Iterable[str] = ()) -> None:
        self._known = frozenset(known_numbers)

    def know(self, numbers: Iterable[str]) -> None:
        """The directory has changed: these are its numbers now."""
        self._known = frozenset(numbers)

    def inspect(self, text: str, *, cleared: bool = False) -> Inspected:
        """What is in a text. ``cleared``: the resident has said that it is not a My Number, so those pass."""
        plain = narrow(text)
        spoken = bool(_MY_NUMBER_WORDS.search(plain))
        hidden: set[int] = set()
        masked: set[Secret] = set()
        for run in _RUN.finditer(plain):
            for secret, positions in self._in_run(plain, run, spoken and not cleared, cleared):
                hidden.update(positions)
                masked.add(secret)
        found = set(masked)
        if _EMAIL.search(plain):
            found.add(Secret.EMAIL)
        if any(self._is_private_phone(m[0]) for m in _PHONE.finditer(plain)):
            found.add(Secret.PHONE)
        shown = "".join(MASK if i in hidden else c for i, c in enumerate(text)) if hidden else text
        order = list(Secret)
        return Inspected(shown, tuple(sorted(masked, key=order.index)), tuple(sorted(found, key=order.index)))

    def _in_run(
        self, plain: str, run: re.Match[str], spoken: bool, cleared: bool
    ) -> Iterable[tuple[Secret, list[int]]]:
        groups = [
            [run.start() + i for i in range(m.start(), m.end())] for m in re.finditer(r"[0-9]+", run[0])
        ]
        taken = self._phones_in(plain, groups)
        # The longest first: sixteen digits in fours are a card, not a My Number and four more.
        for size in range(len(groups), 0, -1):
            for first in range(len(groups) - size + 1):
                span = range(first, first + size)
                if taken.intersection(span):
                    continue
                positions = [p for group in groups[first : first + size] for p in group]
                secret = self._secret("".join(plain[p] for p in positions))
                if secret is None:
                    continue
                if secret is Secret.MY_NUMBER and (
                    cleared or (not spoken and _is_labelled(plain, positions[0]))
                ):
                    continue
                taken.update(span)
                yield secret, positions

    def _secret(self, digits: str) -> Secret | None:
        if len(digits) < _MIN_NUMBER or digits in self._known:
            return None
        if len(digits) == _MY_NUMBER_DIGITS and is_my_number(digits):
            return Secret.MY_NUMBER
        if len(digits) in _CARD_DIGITS and is_card(digits):
            return Secret.CARD
        return None

    def _phones_in(self, plain: str, groups: list[list[int]]) -> set[int]:
        """Groups of digits that are telephone numbers: those are no part of a card or a My Number."""
        phones: set[int] = set()
        for size in (3, 2, 1):
            for first in range(len(groups) - size + 1):
                span = range(first, first + size)
                if phones.intersection(span):
                    continue
                digits = "".join(plain[p] for group in groups[first : first + size] for p in group)
                written = plain[groups[first][0] : groups[first + size - 1][-1] + 1]
                in_phone_form = size > 1 and len(digits) in (10, 11) and _PHONE.fullmatch(written)
                if digits in self._known or in_phone_form:
                    phones.update(span)
        return phones

    def _is_private_phone(self, written: str) -> bool:
        digits = re.sub(r"\D", "", written.replace("+81", "0"))
        return len(digits) in (10, 11) and digits not in self._known


def is_my_number(digits: str) -> bool:
    """Whether 12 digits carry the right check digit (総務省令第85号, 2014): weights 2…7, 2…6 from the right, mod 11."""
    if len(digits) != _MY_NUMBER_DIGITS or len(set(digits)) == 1:
        return False
    body, check = digits[:-1], int(digits[-1])
    total = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(body), start=1))
    rest = total % 11
    return check == (0 if rest <= 1 else 11 - rest)


def is_card(digits: str) -> bool:
    """Whether a number passes the Luhn check and begins as payment cards do."""
    if digits[0] not in "23456" or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_labelled(plain: str, start: int) -> bool:
    return bool(_OTHER_NUMBER_WORDS.search(plain[max(0, start - _NEAR) : start]))


def narrow(text: str) -> str:
    """Full-width and other digits as ASCII, one character for one, so that positions stay."""
    narrowed = []
    for character in text:
        folded = unicodedata.normalize("NFKC", character)
        if len(folded) == 1:
            digit = unicodedata.digit(folded, None)
            narrowed.append(str(digit) if digit is not None and folded.isdigit() else folded)
        else:
            narrowed.append(character)
    return "".join(narrowed)
