"""Personal data in free text: finds it, masks what must not be stored, and leaves everything else as written.

A My Number or card number is masked in any form. It is left only where it is certainly something else: its figures
are dates, amounts or telephone numbers, or a label directly beside it names it (予約番号は …). A word such as 登録
elsewhere in the text does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.model.events import Secret
from handlers.privacy.announced import SPOKEN, Begun, parts_in
from handlers.privacy.check_digits import CARD_DIGITS, MY_NUMBER_DIGITS, secret_of
from handlers.privacy.digits import DigitRun, joined, narrow, runs
from handlers.privacy.figures import Figures, is_counting, is_moment
from handlers.privacy.passwords import passwords_in

MASK: Final = "●"
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w-])", re.ASCII)
_LOOK_BACK: Final = 48
_LOOK_AHEAD: Final = 40
_OTHER: Final = (
    r"(?:予約|仮予約|受付|受理|申請|申込|申し込み|利用者|利用者登録|会員|団体|登録|整理|照会|問い?合わ?せ|お問い?合わ?せ|注文|管理|お客様|顧客|伝票"
    r"|領収書?|支払い?|納付|収納|口座|確認|通知|処理|履歴|追跡|抽選|施設|application|reception|reference|booking|reservation|order|user"
    r"|member(?:ship)?|registration|receipt|customer|tracking|inquiry|request|ticket|case|confirmation|申请|申請|受理|预约|預約|预订|订单"
    r"|訂單|会员|會員|用户|登记|登記|注册|受付|신청|접수|예약|회원|이용자|등록|주문)"
)
_NUMBER: Final = r"\s?(?:番号|ナンバー|コード|编号|編號|号码|號碼|号|번호|ID|id|number|no\.?|code|#)"
_LABEL_BEFORE: Final = re.compile(
    rf"{_OTHER}{_NUMBER}\s*(?:は|が|の|を|[:=→#]|is|was|是|는|은|가)?\s*[「『(\[#]?\s*$", re.IGNORECASE
)
_LABEL_AFTER: Final = re.compile(
    rf"\s*[」』)\]]?\s*(?:が|は|というのが|という|\bis\b|是|가|이)\s*(?:私の|わたしの|my\s|the\s|我的|제\s?)?{_OTHER}{_NUMBER}",
    re.IGNORECASE,
)
_LEAST_PART: Final = 3


@dataclass(frozen=True, slots=True)
class Inspected:
    """``text`` has its secrets masked; ``masked`` names the masked kinds, ``found`` all kinds noticed.

    ``begun`` is what the same person's next message may complete.
    """

    text: str
    masked: tuple[Secret, ...] = ()
    found: tuple[Secret, ...] = ()
    begun: Begun | None = None


class Guard:
    """Inspects texts; the directory's telephone numbers are not personal data."""

    def __init__(self, known_numbers: Iterable[str] = ()) -> None:
        self._known = frozenset(known_numbers)

    def know(self, numbers: Iterable[str]) -> None:
        """Replace the directory's numbers after a change."""
        self._known = frozenset(numbers)

    def inspect(self, text: str, *, begun: Begun | None = None) -> Inspected:
        """Inspect a text, in time linear in its length; ``begun`` is what the previous message announced."""
        plain = narrow(text)
        figures = Figures(plain, self._known)
        spoken = bool(SPOKEN.search(plain)) or (
            begun is not None and begun.secret is Secret.MY_NUMBER and not begun.is_whole
        )
        hidden: set[int] = set()
        masked: set[Secret] = set()
        stretches = [
            stretch for run in runs(text) for stretch in ([run] if _is_whole(run) else figures.cut(run))
        ]
        for stretch in stretches:
            for secret, groups in _numbers_in(stretch, plain, figures, spoken=spoken):
                hidden.update(place for group in groups for place in group.places)
                masked.add(secret)
        for start, end in passwords_in(plain):
            hidden.update(range(start, end))
            masked.add(Secret.PASSWORD)
        parts = parts_in(plain, stretches, figures, begun, hidden)
        hidden |= parts.hidden
        masked |= parts.masked
        found = set(masked)
        if _EMAIL.search(plain):
            found.add(Secret.EMAIL)
        if any(phone not in self._known for phone in figures.phones):
            found.add(Secret.PHONE)
        shown = "".join(MASK if i in hidden else c for i, c in enumerate(text)) if hidden else text
        order = list(Secret)
        return Inspected(
            shown, tuple(sorted(masked, key=order.index)), tuple(sorted(found, key=order.index)), parts.begun
        )


def _is_whole(run: Sequence[DigitRun]) -> bool:
    """Whether all digits of a run are one secret in even parts; then no part of it is read as a telephone number."""
    return len(run) > 2 and _is_even(run) and secret_of(joined(run)) is not None


def _is_even(groups: Sequence[DigitRun]) -> bool:
    """Whether the parts have one size; the last may be shorter."""
    sizes = {len(group.digits) for group in groups[:-1]} or {len(groups[-1].digits)}
    return len(sizes) == 1 and len(groups[-1].digits) <= max(sizes)


def _numbers_in(
    stretch: Sequence[DigitRun], plain: str, figures: Figures, *, spoken: bool
) -> Iterable[tuple[Secret, Sequence[DigitRun]]]:
    """The longest first: sixteen digits in fours are a card, not a My Number followed by four digits."""
    likely = [figures.is_likely(group) for group in stretch]
    open_before = [0]
    for is_likely in likely:
        open_before.append(open_before[-1] + (not is_likely))
    found: list[tuple[int, int, int, Secret]] = []
    for first in range(len(stretch)):
        size = 0
        for last in range(first, len(stretch)):
            size += len(stretch[last].digits)
            if size >= CARD_DIGITS.stop:
                break
            if size < MY_NUMBER_DIGITS:
                continue
            secret = secret_of(joined(stretch[first : last + 1]))
            if secret is not None and _is_meant(
                stretch, first, last, open_before, plain, figures, spoken=spoken
            ):
                found.append((-size, first, last, secret))
    taken: set[int] = set()
    for _, first, last, secret in sorted(found, key=lambda one: one[:2]):
        span = range(first, last + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            yield secret, stretch[first : last + 1]


def _is_meant(
    stretch: Sequence[DigitRun], first: int, last: int, open_before: list[int], plain: str, figures: Figures, *, spoken: bool
) -> bool:  # fmt: skip
    """Whether groups with a valid check digit are one number, not part of a list or something named otherwise."""
    groups = stretch[first : last + 1]
    unclear = open_before[last + 1] - open_before[first]
    if unclear == 0:
        return False
    if spoken:
        return True
    digits = joined(groups)
    if (
        figures.is_amounts(groups)
        or is_counting(groups)
        or (len(digits) == MY_NUMBER_DIGITS and is_moment(digits))
        or is_called_otherwise(plain, groups[0].places[0], groups[-1].places[-1] + 1)
    ):
        return False
    if len(groups) == 1:
        return True
    is_even, size = _is_even(groups), len(groups[0].digits)
    others = open_before[first] + open_before[-1] - open_before[last + 1]
    if others == 0 or _stands_apart(stretch, first, last):
        return is_even or unclear == len(groups)
    alike = sum(
        abs(len(group.digits) - size) <= 1 and not figures.is_likely(group)
        for group in (*stretch[max(0, first - 3) : first], *stretch[last + 1 : last + 4])
    )
    return is_even and alike < (2 if size > _LEAST_PART else 1)


def _stands_apart(stretch: Sequence[DigitRun], first: int, last: int) -> bool:
    """Whether the separators inside a number differ from those around it."""
    inner = {group.gap for group in stretch[first + 1 : last + 1]}
    before = stretch[first].gap if first else None
    after = stretch[last + 1].gap if last + 1 < len(stretch) else None
    return len(inner) == 1 and before not in inner and after not in inner


def is_called_otherwise(plain: str, start: int, end: int) -> bool:
    """Whether a label directly before or after a number names it otherwise: 「予約番号は …」「… が受付番号です」."""
    before = plain[max(0, start - _LOOK_BACK) : start]
    return bool(_LABEL_BEFORE.search(before) or _LABEL_AFTER.match(plain[end : end + _LOOK_AHEAD]))
