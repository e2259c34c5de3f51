"""Numbers as people write them: secrets in every form, and look-alikes that are none. The caller provides the seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from handlers.privacy.check_digits import is_card, is_my_number

FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_KANJI: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_FORMAL: Final = str.maketrans("0123456789", "零壱弐参四五六七八九")
_CIRCLED: Final = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
_BLACK: Final = str.maketrans("0123456789", "⓿❶❷❸❹❺❻❼❽❾")
_PARENTHESISED: Final = str.maketrans("123456789", "⑴⑵⑶⑷⑸⑹⑺⑻⑼")
_WITH_STOP: Final = str.maketrans("123456789", "⒈⒉⒊⒋⒌⒍⒎⒏⒐")
_BOLD: Final = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
_ARABIC: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_INVISIBLE: Final = (
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f", "\u202d", "\u202e", "\u2066",
    "\u2069", "\u180e", "\u034f", "\ufe0f", "\u3164", "\u115f", "\u0301",
)  # fmt: skip
_SEPARATORS: Final = (
    " ", "  ", "    ", "\t", "\u3000", "\n", "\n\n", "\n\n\n", "-", "－", "ー", "−", "‐", "、", "，", ",", ".", "。", ":", "：",
    "|", "｜", "·", "・", "〜", "～", "~", "=", "＝", "→", "#", "＃", "/", "／", "_", "*", "…", " - ", " / ", " → ", " | ", "の",
    "+", "&", ";", "●", "★",
)  # fmt: skip
_BRACKETS: Final = ("()", "[]", "「」", "【】", "（）", "<>", "{}", "『』", "〔〕")
_LEADS: Final = (
    "", "番号は", "私の番号 ", "登録したいです ", "団体登録の申請に使う番号です。", "利用者登録に必要な番号は", "申請 ", "受付で言われた ",
    "予約したいので ", "my number is ", "個人番号:", "マイナンバーは", "号码 ", "번호 ", "会員登録をします。",
)  # fmt: skip
_TAILS: Final = (
    "",
    "です",
    " です。登録したい",
    "\n",
    " よろしく",
    "で登録できますか",
    " ok?",
    "。団体の申請です",
)


def my_number(random_: random.Random) -> str:
    """Twelve digits with a valid check digit."""
    while True:
        body = "".join(random_.choice("0123456789") for _ in range(11))
        found = [body + digit for digit in "0123456789" if is_my_number(body + digit)]
        if found:
            return found[0]


def card(random_: random.Random) -> str:
    """A payment card number: sixteen digits, American Express, Diners, and old Visa numbers of thirteen."""
    start, length = random_.choice(
        [("4", 16), ("4", 13), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15), ("36", 14), ("3530", 16),
         ("62", 16), ("62", 19), ("6011", 16)]
    )  # fmt: skip
    while True:
        body = start + "".join(random_.choice("0123456789") for _ in range(length - len(start) - 1))
        found = [body + digit for digit in "0123456789" if is_card(body + digit)]
        if found:
            return found[0]


def _pieces(number: str, size: int) -> list[str]:
    return [number[at : at + size] for at in range(0, len(number), size)]


def _grouped(number: str, random_: random.Random) -> str:
    size = random_.choice([1, 2, 3, 4, 4, 4, 6])
    return random_.choice(_SEPARATORS).join(_pieces(number, size))


def _bracketed(number: str, random_: random.Random) -> str:
    opening, closing = random_.choice(_BRACKETS)
    return random_.choice(["", " ", "-"]).join(f"{opening}{part}{closing}" for part in _pieces(number, 4))


def _sprinkled(number: str, random_: random.Random) -> str:
    return "".join(digit + random_.choice(_INVISIBLE) * random_.randrange(3) for digit in number)


def _keycaps(number: str, random_: random.Random) -> str:
    mark = random_.choice(["\ufe0f\u20e3", "\u20e3"])
    return random_.choice(["", " "]).join(digit + mark for digit in number)


def _in_other_digits(number: str, random_: random.Random) -> str:
    table = random_.choice(
        [FULL_WIDTH, _KANJI, _FORMAL, _CIRCLED, _BLACK, _PARENTHESISED, _WITH_STOP, _BOLD, _ARABIC]
    )
    gap = random_.choice(["", "", " ", "、", "-"])
    return gap.join(_pieces(number, random_.choice([4, 4, 1]))).translate(table)


def _mixed(number: str, random_: random.Random) -> str:
    return _sprinkled(_grouped(number, random_), random_)


_DISGUISES: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    lambda number, _: number, _grouped, _grouped, _bracketed, _sprinkled, _keycaps, _in_other_digits, _mixed,
)  # fmt: skip


def disguised(number: str, random_: random.Random) -> str:
    """A number in one of its possible spellings, with words around it."""
    written = random_.choice(_DISGUISES)(number, random_)
    return random_.choice(_LEADS) + written + random_.choice(_TAILS)


def _day(random_: random.Random) -> date:
    return date(2024, 1, 1) + timedelta(days=random_.randrange(1200))


def _moment(random_: random.Random) -> datetime:
    return datetime(2024, 1, 1) + timedelta(minutes=random_.randrange(1_700_000))  # noqa: DTZ001 - written, not meant


def _amounts(random_: random.Random) -> str:
    step = random_.choice([10, 50, 100, 100, 500])
    values = [random_.randrange(1, 20_000 // step) * step for _ in range(random_.randrange(3, 9))]
    form = random_.choice(["{}", "{:,}", "{}円", "{:,}円", "¥{:,}", "{} 円"])
    lead = random_.choice(["料金は ", "", "使用料 ", "金額: ", "合計すると ", "fee: "])
    return lead + random_.choice([" ", "、", " / ", "\n", ", ", "/", "・"]).join(
        form.format(v) for v in values
    )


def _odd_amounts(random_: random.Random) -> str:
    values = [str(random_.randrange(100, 10_000)) for _ in range(6)]
    return random_.choice([" ", "、", " / ", "\n", ", "]).join(values)


def _two_dates(random_: random.Random) -> str:
    form = random_.choice(
        ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%m/%d", "%y-%m-%d", "%Y %m %d"]
    )
    days = [_day(random_).strftime(form) for _ in range(random_.choice([2, 2, 3]))]
    return random_.choice(["", "予約は ", "期間 "]) + random_.choice(
        [" ", "と", "、", " - ", "〜", "\n", " から "]
    ).join(days)


def _years(random_: random.Random) -> str:
    first = random_.randrange(1990, 2027)
    years = [str(first + n) for n in range(random_.choice([3, 4, 5]))]
    if random_.random() < 0.3:
        return f"{first}-{random_.randrange(1, 13):02}-{first + 1}-{random_.randrange(1, 13):02}"
    return random_.choice(["-", "–", "〜", "/", " ", "、"]).join(years) + random_.choice(
        ["", "年度", " の記録"]
    )


def _stamps(random_: random.Random) -> str:
    form = random_.choice(
        ["%Y%m%d%H%M", "%Y%m%d%H%M", "%Y%m%d%H%M%S", "%Y%m%d-%H%M", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S"]
    )
    return random_.choice(["", "日時 ", "記録 "]) + _moment(random_).strftime(form)


def _phones(random_: random.Random) -> str:
    line = str(random_.randrange(10**7, 10**8))
    head, written = random_.choice(["90", "80", "70"]), random_.random()
    if written < 0.6:
        gap = random_.choice([" ", "-", ""])
        return f"+81{gap}{head}{gap}{line[:4]}{gap}{line[4:]}" + random_.choice(["", " に電話ください"])
    if written < 0.7:
        return f"+82 10-{line[:4]}-{line[4:]}"
    gap = random_.choice(["-", " ", ""])
    numbers = [f"0{head}{gap}{line[:4]}{gap}{line[4:]}", f"03{gap}{line[4:]}{gap}{line[:4]}"]
    return random_.choice([" ", "、", " / ", "か"]).join(numbers[: random_.choice([1, 2])])


def _called_otherwise(random_: random.Random) -> str:
    number = my_number(random_)
    shown = random_.choice([number, f"{number[:4]}-{number[4:8]}-{number[8:]}"])
    name = random_.choice(["予約", "受付", "申請", "利用者", "会員", "登録", "お客様", "問い合わせ", "整理"])
    return random_.choice(
        [f"{shown}が{name}番号です", f"{shown} が{name}番号です。", f"{name}番号は{shown}です", f"{name}番号:{shown}",
         f"{name}番号 {shown} はどうなりましたか", f"booking number: {shown}", f"{shown} is my reservation number",
         f"预约编号：{shown}", f"예약번호는 {shown}", f"{name}ID {shown}"]
    )  # fmt: skip


def _postal(random_: random.Random) -> str:
    def code() -> str:
        return random_.choice(["〒", ""]) + f"{random_.randrange(100, 200)}-{random_.randrange(10_000):04}"

    block = f"{random_.randrange(1, 9)}-{random_.randrange(1, 30)}-{random_.randrange(1, 30)}"
    return random_.choice(
        [
            f"{code()} {code()}",
            f"{code()} 港区芝公園{block}",
            f"{code()} {block}",
            f"{code()} {block} {random_.randrange(100, 2000)}",
        ]
    )


def _times(random_: random.Random) -> str:
    def span() -> str:
        hour = random_.randrange(8, 20)
        return f"{hour}:{random_.choice(['00', '30', '15'])}{random_.choice(['-', '〜', '～'])}{hour + 2}:00"

    times = " ".join(span() for _ in range(random_.randrange(1, 5)))
    return (
        random_.choice(["", "11/23 ", f"{_day(random_):%Y/%m/%d} "])
        + times
        + random_.choice(["", " 30名", " 4000円", " 1200"])
    )


def _ids(random_: random.Random) -> str:
    digits = "".join(random_.choice("0123456789") for _ in range(20))
    return random_.choice(
        [f"利用者ID {digits[:8]}", f"A{digits[:7]} と B{digits[7:14]}", f"{_day(random_):%Y%m%d}-{digits[:4]}",
         f"ID: {digits[:10]}", f"{digits[:8]} {digits[8:10]}", f"No.{digits[:6]}", f"ref-{digits[:4]}-a{digits[4:8]}"]
    )  # fmt: skip


LOOK_ALIKES: Final[dict[str, Callable[[random.Random], str]]] = {
    "amounts": _amounts,
    "six odd amounts": _odd_amounts,
    "dates": _two_dates,
    "years": _years,
    "stamps": _stamps,
    "phones": _phones,
    "called otherwise": _called_otherwise,
    "postal codes": _postal,
    "times": _times,
    "ids": _ids,
}
