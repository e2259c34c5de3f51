"""What a plain sentence of staff states: a day, time or number of one thing, or that something is so or not.

Two statements are compared only where all their other words are equal: with another condition, place or person a
sentence is another statement, and both may be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Value:
    """``slot`` is the kind, and whether it is a start, an end or the time itself: ``time-from``, ``weekday-at``,
    ``階-at``.
    """

    slot: str
    written: str
    number: int = 0
    """Minutes of the day, or the day of the month; 0 where only the written form is compared."""
    beside: str = ""
    """Words that qualify it: 午前 or 午後, the month, 今週 or 来週."""


@dataclass(frozen=True, slots=True)
class Statement:
    """``subject`` is empty where the sentence names none. ``is_so`` is set where it says that something is so or not."""

    subject: str
    predicate: str
    values: tuple[Value, ...]
    shown: str
    is_so: bool | None = None


_NOT_PLAIN: Final = re.compile(
    r"も(?!う)|なら|れば|たら|場合|とき|際は|以降|以前|以内|ただし|または|もしくは|あるいは|ほかに|など|ごろ|頃|くらい|ぐらい|約\d"
    r"|だいたい|おおむね|およそ|最大|最低|予定|かもし|思い|おそらく|たぶん|か$|かね$|次に|つぎに|その後|そのあと|それから|続いて|再度|もう一度|追加|別の|早ければ|遅く|原則|通常|ふつう|なるべく|できるだけ"
)
"""Words of a condition, a choice, an addition or uncertainty: such sentences are not compared."""
_SUBJECT: Final = re.compile(r"(?P<subject>[^、,]{1,24}?)(?:は|が)、?(?P<rest>.+)", re.DOTALL)
_HALF: Final = "午前|午後|朝の?|夜の?|夕方の?"
_ROLE: Final = r"(?P<role>から|より|〜|～|~|までに?|に|の|で(?!す|ご)|、)?"
_VALUES: Final = re.compile(
    rf"(?:(?P<half>{_HALF})?(?P<hour>\d{{1,2}})(?:時(?!間)(?:(?P<half_past>半)|(?P<minute>\d{{1,2}})分)?|[:：](?P<clock>\d{{2}}))"
    r"|(?P<week>今週|来週|再来週)?の?(?P<weekday>[月火水木金土日])曜日?"
    r"|(?P<month>\d{1,2})(?:月|/)(?P<day>\d{1,2})日?(?![\d間前後])"
    r"|(?P<lone_day>\d{1,2})日(?![間前後以])"
    r"|(?P<near>本日|今日|明日|あした|あす|明後日|あさって)"
    r"|(?P<count>\d{1,6})(?P<unit>階|番窓口|番|号室|人|名|枚|回|部|個|通|件|区分|時間|分前|日前|か月前|週間前|割))"
    + _ROLE
)
_NEAR: Final = {"本日": "今日", "あした": "明日", "あす": "明日", "明後日": "あさって"}
_ROLES: Final = {
    "から": "from",
    "より": "from",
    "〜": "from",
    "～": "from",
    "~": "from",
    "まで": "until",
    "までに": "until",
}
_COPULA: Final = re.compile(
    r"(?:です|でございます|になります|となります|になっています|となっています|となっております|になっております)?(?:よ|ね)?"
)
_COME: Final = re.compile(
    r"(?:ご?来館|ご?来庁|ご?来所|ご?来場|お?越し|おいで|来て|きて|いらして|いらっしゃって|お越しになって|窓口へ来て|窓口まで来て)"
    r"(?:ください|下さい|くださいませ|いただけますか|お願いします|お願いいたします|願います|いただきます)"
)
_OPENS: Final = re.compile(r"(?:開き|開館し|始まり|始め|開始し|オープンし)ます|(?:開館|開始)です")
_CLOSES: Final = re.compile(r"(?:閉まり|閉館し|終わり|終了し|閉め)ます|(?:閉館|終了)です")
_SAME_WORDS: Final = ((_COME, "来る"), (_OPENS, "開く"), (_CLOSES, "閉じる"))
_CAN: Final = (
    r"(?:できます|出来ます|可能です|可能となっています|いただけます|頂けます|承れます|承っています|承ります|受け付けています|受け付けております"
    r"|受け付けます|受付できます|お受けできます|取れます|お取りできます|OKです)"
)
_CANNOT: Final = (
    r"(?:できません|出来ません|不可です|不可となっています|不可能です|いただけません|頂けません|できかねます|いたしかねます|承れません|承っていません"
    r"|承っておりません|受け付けていません|受け付けておりません|受け付けません|受付できません|お受けできません|取れません|お取りできません"
    r"|お断りしています|お断りしております|できないです|できないことになっています|無理です)"
)
_NEEDED: Final = r"(?:必要です|必要になります|必要となります|要ります|いります|必須です)"
_NOT_NEEDED: Final = (
    r"(?:不要です|必要ありません|必要はありません|必要ないです|要りません|いりません|不要となります|不要になります"
    r"|なくて大丈夫です|なくて構いません|なくてかまいません)"
)
_OPEN: Final = r"(?:開いています|開いております|開館しています|開館日です|営業しています|利用日です)"
_SHUT: Final = (
    r"(?:閉まっています|閉まっております|休館です|休館日です|休館しています|お休みです|休みです|定休日です|開いていません|開いておりません"
    r"|営業していません)"
)
_SO_OR_NOT: Final = tuple(
    (re.compile(rf"(?P<topic>.*?){end}(?:よ|ね)?", re.DOTALL), kind, is_so)
    for end, kind, is_so in (
        (_CANNOT, "できる", False), (_CAN, "できる", True), (_NOT_NEEDED, "必要", False), (_NEEDED, "必要", True),
        (_SHUT, "開く", False), (_OPEN, "開く", True),
        (r"(?:ではありません|じゃありません|ではないです|ではございません)", "である", False),
        (r"(?:ません|ないです)", "ます", False), (r"ます", "ます", True), (r"です", "である", True),
    )
)  # fmt: skip
_LOOSE: Final = re.compile(r"[\s、,・「」『』]|の(?=.)")
_POLITE: Final = re.compile(r"^(?:ご|お|御)(?=[一-龥ァ-ヶ])")
_TOPIC_END: Final = re.compile(r"(?:には|では|とは|は|が|を|に)$")
_SHORTEST_TOPIC: Final = 2
_HALF_DAY: Final = 12 * 60


def statements(sentences: Iterable[str]) -> list[Statement]:
    """The statements in sentences, each without greeting and full stop, digits narrow."""
    return [found for sentence in sentences for found in _both(sentence)]


def values_in(text: str) -> list[Value]:
    """Every day, time and number of a text."""
    return [_value(found) for found in _VALUES.finditer(text)]


def contradicts(
    later: Statement, earlier: Statement, beside: Sequence[Value], before: Sequence[Value]
) -> bool:
    """Whether two statements cannot both be right.

    ``beside`` are all values of the later message, ``before`` those of the earlier one: a message that also has the
    other's value does not contradict it.
    """
    if later.is_so is not None or earlier.is_so is not None:
        same = (later.subject, later.predicate) == (earlier.subject, earlier.predicate)
        return same and None not in (later.is_so, earlier.is_so) and later.is_so is not earlier.is_so
    if not _speaks_of_the_same(later, earlier):
        return False
    differing = [
        (new, old)
        for new in later.values
        for old in earlier.values
        if new.slot == old.slot and not _equal(new, old)
    ]
    if (
        not later.subject
        and not later.predicate
        and len(later.values) > 1
        and any(_is_day(new) for new, _ in differing)
    ):
        return False  # 「月曜の9時からです」 and 「火曜の10時からです」 may both be right
    return any(not _is_known(old, beside) and not _is_known(new, before) for new, old in differing)


def _both(sentence: str) -> list[Statement]:
    if _NOT_PLAIN.search(sentence):
        return []
    return [found for found in (_valued(sentence), _so_or_not(sentence)) if found is not None]


def _valued(sentence: str) -> Statement | None:
    parted = _SUBJECT.fullmatch(sentence)
    subject, rest = (parted["subject"], parted["rest"]) if parted else ("", sentence)
    values = tuple(values_in(rest))
    if not values or len({value.slot for value in values}) < len(values):
        return None  # with several days or times it is unclear which one is meant
    predicate = _LOOSE.sub("", _VALUES.sub("", rest))
    if _COPULA.fullmatch(predicate):
        predicate = ""
    predicate = next((name for pattern, name in _SAME_WORDS if pattern.fullmatch(predicate)), predicate)
    return Statement(_bare(subject), _POLITE.sub("", predicate), values, sentence)


def _so_or_not(sentence: str) -> Statement | None:
    for pattern, kind, is_so in _SO_OR_NOT:
        found = pattern.fullmatch(sentence)
        if found is not None:
            topic = _bare(_TOPIC_END.sub("", found["topic"].strip()))
            return Statement(topic, kind, (), sentence, is_so) if len(topic) >= _SHORTEST_TOPIC else None
    return None


def _bare(words: str) -> str:
    return _POLITE.sub("", _LOOSE.sub("", words.strip()))


def _speaks_of_the_same(later: Statement, earlier: Statement) -> bool:
    """Whether the subjects match: a reply without one continues the earlier message; a bare value matches its kind."""
    if later.subject:
        return (later.subject, later.predicate) == (earlier.subject, earlier.predicate)
    return later.predicate in ("", earlier.predicate)


def _is_day(value: Value) -> bool:
    return value.slot.partition("-")[0] in ("weekday", "date", "near")


def _is_known(value: Value, others: Sequence[Value]) -> bool:
    kind = value.slot.partition("-")[0]
    return any(kind == other.slot.partition("-")[0] and _equal(value, other) for other in others)


def _equal(one: Value, other: Value) -> bool:
    if one.written == other.written:
        return True
    is_sure = bool(one.beside and other.beside)
    if one.number and one.number == other.number:
        return not is_sure or one.beside == other.beside or one.slot.startswith("time")
    if one.slot.startswith("time") and not is_sure:
        return abs(one.number - other.number) == _HALF_DAY and min(one.number, other.number) < _HALF_DAY
    return False


def _value(found: re.Match[str]) -> Value:
    role = _ROLES.get(found["role"] or "", "at")
    if found["hour"]:
        minutes = int(found["hour"]) * 60 + int(
            found["minute"] or found["clock"] or (30 if found["half_past"] else 0)
        )
        half = found["half"] or ""
        if minutes < _HALF_DAY and half.removesuffix("の") in ("午後", "夜", "夕方"):
            minutes += _HALF_DAY
        return Value(f"time-{role}", f"{minutes // 60}:{minutes % 60:02}", minutes, half)
    if found["weekday"]:
        return Value(
            f"weekday-{role}",
            (found["week"] or "") + found["weekday"],
            ord(found["weekday"]),
            found["week"] or "",
        )
    if found["day"]:
        return Value(
            f"date-{role}",
            f"{int(found['month'])}/{int(found['day'])}",
            int(found["day"]),
            str(int(found["month"])),
        )
    if found["lone_day"]:
        return Value(f"date-{role}", found["lone_day"], int(found["lone_day"]))
    if found["near"]:
        return Value(f"near-{role}", _NEAR.get(found["near"], found["near"]))
    unit = found["unit"].removesuffix("窓口").replace("名", "人")
    return Value(f"{unit}-{role}", str(int(found["count"])))
