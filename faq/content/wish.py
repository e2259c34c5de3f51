"""What a resident may want to be done, in a message that asks nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from faq.language import Language

_LANGUAGE: Final = "language_"


class Wish(StrEnum):
    """Keys of the section ``wishes``."""

    REPEAT = "repeat"
    SHORTER = "shorter"
    BACK = "back"
    MENU = "menu"
    PERSON = "person"
    RESOLVED = "resolved"
    NOT_RESOLVED = "not_resolved"
    WITHDRAW = "withdraw"
    STATUS = "status"
    YES = "yes"
    NO = "no"
    NO_FACILITY = "no_facility"
    FORGET_NUMBER = "forget_number"
    CHOOSE_1 = "choose_1"
    CHOOSE_2 = "choose_2"
    CHOOSE_3 = "choose_3"
    CHOOSE_ALL = "choose_all"
    JAPANESE = "language_ja"
    EASY_JAPANESE = "language_ja-easy"
    ENGLISH = "language_en"
    SIMPLIFIED_CHINESE = "language_zh-Hans"
    TRADITIONAL_CHINESE = "language_zh-Hant"
    KOREAN = "language_ko"

    @property
    def language(self) -> Language | None:
        """The language that is asked for; ``None`` for any other wish."""
        return Language(self.removeprefix(_LANGUAGE)) if self.startswith(_LANGUAGE) else None
