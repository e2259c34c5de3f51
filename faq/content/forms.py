"""Required forms of values: the pattern that checks one, and its description for editors."""

from __future__ import annotations

from typing import Final

ID: Final = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
SOURCE_KEY: Final = r"^[A-Z][A-Z0-9]{1,3}$"
ADDRESS: Final = r"^https?://\S+$"
PHONE: Final = r"^(?:0\d{1,4}-\d{1,4}-\d{3,4}|1\d\d)$"
CALL: Final = r"^[0-9]{2,5}$"
ZONE: Final = r"^[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$"

WORDS: Final = {
    ID: "半角の小文字・数字を「-」でつないだ形 (例: book-how)",
    SOURCE_KEY: "半角の大文字1字と、大文字か数字1〜3字 (例: P1、LN2)",
    ADDRESS: "https:// で始まるアドレス (空白なし)",
    PHONE: "半角の数字を「-」で3つに区切った形 (例: 03-1234-5678)、または全国共通の3桁 (例: 189)",
    CALL: "半角の数字だけ (例: 119)",
    ZONE: "地域/都市の形 (例: Asia/Tokyo)",
}
"""Description by pattern, so that nobody has to read a pattern."""

SHARED: Final = 3
"""Digits of a nationwide short number (189)."""
_LANDLINE, _MOBILE = 10, 11
_LONG: Final = ("020", "050", "060", "070", "080", "090", "0800")


def phone(number: str) -> str:
    """The number, if it has as many digits as a Japanese number; ``ValueError`` with their count otherwise."""
    digits = number.replace("-", "")
    if len(digits) == SHARED:
        return number
    if len(digits) != (_MOBILE if digits.startswith(_LONG) else _LANDLINE):
        raise ValueError(f"phone-digits:{len(digits)}")
    return number
