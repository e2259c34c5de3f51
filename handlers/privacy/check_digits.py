"""Recognises a My Number or a payment card by length, prefix and check digit."""

from __future__ import annotations

import re
from typing import Final

from handlers.model.events import Secret

MY_NUMBER_DIGITS: Final = 12
CARD_DIGITS: Final = range(13, 20)


def secret_of(digits: str) -> Secret | None:
    """The kind of secret a number is, if any, by length, prefix and check digit."""
    if len(digits) == MY_NUMBER_DIGITS:
        return Secret.MY_NUMBER if is_my_number(digits) else None
    return Secret.CARD if len(digits) in CARD_DIGITS and is_card(digits) else None


def is_my_number(digits: str) -> bool:
    """Whether 12 digits carry the right check digit (総務省令第85号, 2014): weights 2…7, 2…6 from the right, mod 11."""
    if len(digits) != MY_NUMBER_DIGITS or len(set(digits)) == 1:
        return False
    body, check = digits[:-1], int(digits[-1])
    total = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(body), start=1))
    rest = total % 11
    return check == (0 if rest <= 1 else 11 - rest)


_ISSUED: Final = {
    13: re.compile(r"4"),
    14: re.compile(r"3(?:0[0-5]|[689])"),
    15: re.compile(r"3[47]"),
    16: re.compile(r"4|5|6|3[05689]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"),
    17: re.compile(r"6|5[06-8]"),
    18: re.compile(r"6|5[06-8]"),
    19: re.compile(r"4|6|5[06-8]"),
}
"""Prefixes of payment card numbers, by length."""


def is_card(digits: str) -> bool:
    """Whether a number passes the Luhn check (ISO/IEC 7812-1) and has a payment card's prefix for its length."""
    issued = _ISSUED.get(len(digits))
    if issued is None or not issued.match(digits) or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
