"""Whether a reply contradicts an earlier one, or a figure in the entry; only for plain sentences.

A claim is a whole sentence of the form 「登録料は500円です」. A sentence with a condition, place or time in it is
not a claim here: it may be true beside another one. Days, times, numbers, and whether something is so, are compared
in ``statements``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from faq.knowledge import KnowledgeBase
from handlers.desk.reply_check import Fault
from handlers.desk.statements import contradicts, statements, values_in
from handlers.model.snapshot import Author, Message
from handlers.privacy.digits import narrow
from handlers.resident.short import Meaning, meaning_of


class FactKind(StrEnum):
    """What a claim is about."""

    MONEY = "money"
    PERIOD = "period"
    DAY = "day"
    YES_OR_NO = "yes-or-no"


@dataclass(frozen=True, slots=True)
class Claim:
    """``subject`` is the named thing, without its word for price or term; ``value`` is compared within one ``unit``."""

    kind: FactKind
    subject: str
    unit: str
    value: str
    shown: str
    is_named: bool = True
    """Whether the sentence names its subject."""


_SENTENCE: Final = re.compile(r"[。!?\n]+")
_OPENING: Final = re.compile(
    r"^(?:はい|いいえ|ええ|お待たせしました|ありがとうございます|お問い合わせの件ですが)[、,。 ]*"
)
_COURTESY: Final = re.compile(
    r"(?:ご?確認しました|お?待たせ(?:いた)?しました|どうぞ|(?:どうぞ)?よろしくお願い(?:いた)?します|お待ちしています|お待ちしております|ありがとうございます"
    r"|[^、]{0,16}ありがとうございま(?:す|した)|こんにちは|お世話になります|お世話になっております|承知しました|かしこまりました|了解しました|ご連絡ありがとうございます"
    r"|お気をつけてお越しください|ご安心ください|はい|いいえ)[、,]?"
)
_CORRECTS: Final = re.compile(
    r"訂正|誤り|間違|まちが|正しくは|失礼|すみません|申し訳|先ほど|さきほど|改め|ではなく|じゃなく"
)
_ENDS: Final = r"(?:です|でございます|となります|になります|となっています|かかります)?"
_MONEY: Final = re.compile(rf"(?P<value>無料|ただ|(?:\d{{1,3}}(?:,\d{{3}})+|\d+)[千万]?円){_ENDS}")
_PERIOD: Final = re.compile(rf"(?P<value>\d+)(?P<unit>年度|年|か月|ヶ月|ヵ月|カ月|週間|日)間?{_ENDS}")
_DAY: Final = re.compile(rf"(?P<value>\d{{1,2}}月\d{{1,2}}日){_ENDS}")
_YES_OR_NO: Final = (
    (re.compile(r"(?:必要です|要ります|いります)"), "必要", "yes"),
    (re.compile(r"(?:不要です|必要ありません|要りません|いりません|必要はありません)"), "必要", "no"),
    (re.compile(r"できます"), "できる", "yes"),
    (re.compile(r"できません"), "できる", "no"),
    (re.compile(r"使えます"), "使える", "yes"),
    (re.compile(r"使えません"), "使える", "no"),
    (re.compile(r"あります"), "ある", "yes"),
    (re.compile(r"ありません"), "ある", "no"),
)
_NOD: Final = re.compile(
    r"(?:はい|ええ|了解(?:です|しました)?|りょうかい(?:です)?|わかりました|分かりました|承知しました|OK|ok|オッケー(?:です)?|👍|🙏)"
)
_SUBJECT: Final = re.compile(r"(?P<subject>[^、,はが]{1,30})[はが]、?(?P<rest>.+)", re.DOTALL)
_FROM_WHEN: Final = re.compile(r"^[^、。]{1,20}から(?=\d)")
_MONEY_WORD: Final = re.compile(r"(?:の?(?:手数料|料金|費用|代金|料|費|代))$")
_PERIOD_WORD: Final = re.compile(r"(?:の?(?:有効期限|有効期間|期限|期間))$")
_SHORTEST_SUBJECT: Final = 2
_SCALE: Final = {"千": 1000, "万": 10_000}


def opposites(
    text: str,
    place: str,
    entries: Iterable[str],
    messages: Sequence[Message],
    knowledge: KnowledgeBase,
) -> tuple[Fault, ...]:
    """Faults of a reply on a ticket about ``entries`` with the story ``messages``; an edit is not compared with its
    original.

    Only replies since the resident's last words are compared, because these may have changed the subject.
    """
    if _CORRECTS.search(text):
        return ()
    said = claims(text)
    before_it = _since_the_resident(messages, place)
    earlier = [claim for words in before_it for claim in claims(words)]
    found = [
        Fault("opposite", claim.shown, before.shown)
        for claim in said
        for before in earlier
        if _is_same(claim, before) and claim.value != before.value
    ]
    for words in before_it:
        found += _stated_otherwise(text, words)
    for entry in entries:
        if entry in knowledge.entries:
            found += _against(entry, knowledge.words_of(entry), said)
    return tuple(dict.fromkeys(found))


def claims(text: str) -> list[Claim]:
    """Every sentence that states one value of one subject; one without a subject only where it stands alone."""
    sentences = _sentences(text)
    return [
        claim
        for sentence in sentences
        if (claim := _claim(sentence)) is not None and (claim.is_named or len(sentences) == 1)
    ]


def _sentences(text: str) -> list[str]:
    """The sentences, without those of courtesy."""
    parts = [_OPENING.sub("", part.strip()) for part in _SENTENCE.split(narrow(text))]
    return [part for part in parts if part and not _COURTESY.fullmatch(part)]


def _stated_otherwise(text: str, words: str) -> list[Fault]:
    """A bare value, 「10時からです」, is compared only where it is all that the reply says."""
    sentences = _sentences(text)
    later = [s for s in statements(sentences) if s.subject or s.predicate or len(sentences) == 1]
    beside, before = values_in(narrow(text)), values_in(narrow(words))
    return [
        Fault("opposite", new.shown, old.shown)
        for new in later
        for old in statements(_sentences(words))
        if contradicts(new, old, beside, before)
    ]


def _claim(sentence: str, *, is_entry: bool = False) -> Claim | None:
    parted = _SUBJECT.fullmatch(sentence)
    subject, rest = (parted["subject"].strip(), parted["rest"]) if parted else ("", sentence)
    if is_entry:
        rest = _FROM_WHEN.sub("", rest)
    named = parted is not None
    if found := _MONEY.fullmatch(rest):
        return Claim(
            FactKind.MONEY, _MONEY_WORD.sub("", subject), "円", _yen(found["value"]), sentence, named
        )
    if found := _DAY.fullmatch(rest):
        return Claim(FactKind.DAY, subject, "日付", found["value"], sentence) if subject else None
    if found := _PERIOD.fullmatch(rest):
        unit = "か月" if found["unit"].endswith("月") else found["unit"]
        base = _PERIOD_WORD.sub("", subject)
        return Claim(FactKind.PERIOD, base, unit, found["value"].lstrip("0"), sentence, named)
    if len(subject) < _SHORTEST_SUBJECT:
        return None
    for pattern, unit, value in _YES_OR_NO:
        if pattern.fullmatch(rest):
            return Claim(FactKind.YES_OR_NO, subject, unit, value, sentence)
    return None


def _is_same(claim: Claim, before: Claim) -> bool:
    """Whether both are about the same thing; a claim without a subject continues the one before it."""
    if (claim.kind, claim.unit) != (before.kind, before.unit):
        return False
    if claim.kind is FactKind.MONEY and not claim.is_named:
        return True
    return (claim.subject, claim.is_named) == (before.subject, before.is_named)


def _since_the_resident(messages: Sequence[Message], place: str) -> list[str]:
    sent: list[str] = []
    for message in messages:
        if message.author is Author.RESIDENT:
            sent = sent if _only_nods(message.text) else []
        elif message.author is Author.STAFF and not (place and message.place == place):
            sent.append(message.text)
    return sent


def _only_nods(text: str) -> bool:
    """Whether it is only thanks or 「分かりました」, which change no subject."""
    return meaning_of(text) is Meaning.THANKS or bool(_NOD.fullmatch(text.strip(" 。!！")))


def _against(entry: str, words: str, said: Sequence[Claim]) -> list[Fault]:
    """Compare with the entry, where it states exactly one figure of that kind and unit."""
    stated = [
        claim
        for part in _SENTENCE.split(narrow(words))
        if (claim := _claim(re.sub(r"^\d+\.\s*", "", part.strip()), is_entry=True)) is not None
    ]
    found = []
    for claim in said:
        same = [
            s
            for s in stated
            if s.kind is claim.kind and s.unit == claim.unit and s.kind is not FactKind.YES_OR_NO
        ]
        values = {s.value for s in same}
        if len(values) != 1 or claim.value in values or claim.kind is FactKind.DAY:
            continue
        general = claim.is_named and not claim.subject and claim.kind is FactKind.PERIOD
        if general or (claim.subject and any(s.subject.endswith(claim.subject) for s in same)):
            found.append(Fault("figure", claim.shown, entry))
    return found


def _yen(written: str) -> str:
    if not written[0].isdigit():
        return "0"
    number = written.removesuffix("円").replace(",", "")
    scale = _SCALE.get(number[-1], 1)
    return str(int(number.rstrip("千万")) * scale)
