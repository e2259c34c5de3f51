"""Secrets told in parts: 「マイナンバーは 1234」, and the rest in the next message.

What was announced is kept in memory only, for minutes; it is never stored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from handlers.model.events import Secret
from handlers.privacy.check_digits import CARD_DIGITS, MY_NUMBER_DIGITS, secret_of
from handlers.privacy.digits import DigitRun, joined
from handlers.privacy.figures import Figures
from handlers.privacy.passwords import announces_password, password_alone

_MY_NUMBER: Final = (
    r"マイナンバー|まいなんばー|ﾏｲﾅﾝﾊﾞｰ|個人番号|個人編號|个人编号|个人号码|마이\s?넘버|개인\s?번호"
    r"|my[\s_-]?number|individual\s?number"
)
_CARD: Final = r"カード番号|クレジットカード(?:の番号)?|クレカ(?:の番号)?|(?:credit\s?)?card\s?(?:number|no\.?)|卡号|卡號|카드\s?번호"
SPOKEN: Final = re.compile(_MY_NUMBER, re.IGNORECASE)
"""A text that names the My Number."""
_BEGINS: Final = re.compile(
    rf"(?:(?P<my_number>{_MY_NUMBER})|(?P<card>{_CARD}))(?!カード|card|制度)(?:の番号)?(?:\s?\d\d?桁)?"
    r"\s*(?P<is>は|が|[:=→]|is|是|는|은|가|、)?\s*[「『(\[]?\s*$",
    re.IGNORECASE,
)
"""A text that ends where the number would begin."""
_GOES_ON: Final = re.compile(
    r"\s*(?:$|[\n、。,.…」』)\]]|です|だ|で始|から始|まで|と(?!き)|の続き|is\b|and\b|입니다)", re.IGNORECASE
)
_LOOK_BACK: Final = 48
_FEW_LETTERS: Final = 8
"""A message with more letters than this says something besides the digits."""
_LEAST_PART: Final = 3
_LEAST_REPEATED: Final = 4
_WHOLE_CARD: Final = 16


@dataclass(frozen=True, slots=True)
class Begun:
    """An announced secret; ``digits`` are those told so far, recognised again in an edit or a quote. Never stored.

    Once it ``is_whole``, no further part is expected.
    """

    secret: Secret
    digits: str = ""
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """Positions to hide, their secrets, and what remains announced."""

    hidden: frozenset[int] = frozenset()
    masked: frozenset[Secret] = frozenset()
    begun: Begun | None = None


def parts_in(
    plain: str,
    stretches: Sequence[Sequence[DigitRun]],
    figures: Figures,
    begun: Begun | None,
    hidden: Set[int],
) -> Parts:
    """What is announced here but incomplete, and what completes the previous message's announcement."""
    for stretch in stretches:
        if stretch[0].places[0] not in hidden and (part := _announced(plain, stretch, figures)) is not None:
            return part
    if begun is not None and begun.secret is Secret.PASSWORD:
        span = password_alone(plain)
        return Parts(frozenset(range(*span)), frozenset({Secret.PASSWORD})) if span else Parts()
    if begun is not None and (completed := _completed(plain, stretches, figures, begun)) is not None:
        return completed
    if hidden:
        return Parts()
    if announces_password(plain):
        return Parts(begun=Begun(Secret.PASSWORD))
    tail = _BEGINS.search(plain[-_LOOK_BACK:])
    if tail is not None and tail["is"]:
        return Parts(begun=Begun(Secret.MY_NUMBER if tail["my_number"] else Secret.CARD))
    return Parts(begun=begun)


def _announced(plain: str, stretch: Sequence[DigitRun], figures: Figures) -> Parts | None:
    """「マイナンバーは 1234」: too short for a My Number, but named as one."""
    start, end = stretch[0].places[0], stretch[-1].places[-1] + 1
    named = _BEGINS.search(plain[max(0, start - _LOOK_BACK) : start])
    digits = joined(stretch)
    is_part = _LEAST_PART <= len(digits) < CARD_DIGITS.stop and not all(map(figures.is_likely, stretch))
    if named is None or not is_part or not _GOES_ON.match(plain, end):
        return None
    secret = Secret.MY_NUMBER if named["my_number"] else Secret.CARD
    return Parts(_places(stretch), frozenset({secret}), _so_far(secret, digits))


def _completed(
    plain: str, stretches: Sequence[Sequence[DigitRun]], figures: Figures, begun: Begun
) -> Parts | None:
    letters = sum(character.isalpha() for character in plain)
    longest = MY_NUMBER_DIGITS if begun.secret is Secret.MY_NUMBER else CARD_DIGITS.stop - 1
    for stretch in stretches:
        more = joined(stretch)
        if len(more) >= _LEAST_REPEATED and more in begun.digits:
            return Parts(_places(stretch), frozenset({begun.secret}), begun)
        if begun.is_whole or all(map(figures.is_likely, stretch)):
            continue
        digits = begun.digits + more
        if secret_of(digits) is begun.secret or (letters <= _FEW_LETTERS and len(digits) <= longest):
            return Parts(_places(stretch), frozenset({begun.secret}), _so_far(begun.secret, digits))
    return None


def _so_far(secret: Secret, digits: str) -> Begun:
    enough = MY_NUMBER_DIGITS if secret is Secret.MY_NUMBER else _WHOLE_CARD
    return Begun(secret, digits, is_whole=len(digits) >= enough or secret_of(digits) is secret)


def _places(stretch: Sequence[DigitRun]) -> frozenset[int]:
    return frozenset(place for group in stretch for place in group.places)
