"""Recognises a wish for something to be done: a whole short message that says what editors have listed, or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from faq.content.model import Phrasings
from faq.content.wish import Wish
from faq.matching.normalize import fold, to_hiragana

_LONGEST: Final = 40
"""Most characters of a wish."""
_NEAR: Final = 90.0
"""Similarity (0 to 100) from which a longer message counts as a listed one with a slip."""
_LONGER, _NEAR_LONGER = 8, 84.0
_LONG_ENOUGH: Final = 6
"""Shorter messages differ in one character and mean something else: 1番, 2番."""
_IN_KANA: Final = str.maketrans(
    {"戻": "もど", "見": "み", "教": "おし", "言": "い", "違": "ちが", "聞": "き", "短": "みじか", "前": "まえ", "頼": "たの", "分": "わか",
     "欲": "ほ", "願": "ねが", "下": "くだ"}
)  # fmt: skip
"""Kanji that people also write in kana; "分かる" becomes "わかかる" in all texts alike."""


def for_squeezed(pattern: str) -> re.Pattern[str]:
    """A pattern that is matched with :func:`squeezed` text."""
    return re.compile(pattern.translate(_IN_KANA))


_BEFORE: Final = for_squeezed(
    r"(?:もういい(?:から|よ|です)?|すみません(?:が|けど)?|すいません(?:が)?|すまんが|ごめん(?:なさい|ね)?|申し訳ないですが|あのう?|あのさ|えっと|えと|え|あ|やっぱり?|やはり|じゃあ?|それじゃあ?"
    r"|では|それでは|ちょっと|とりあえず|お手数ですが|恐れ入りますが|できれば|できたら|だから|いいから|うん|はい|ねえ|いや|それ(?:じゃ|では)?|これ(?:じゃ|では)?|全然|ぜんぜん|まったく|全く|もっと|もう|おけ|おっけ|ぜんぶ|さっきの|ほかに"
    r"|sorry|please|pls|ok|okay|hey|hi|um|uh|well|actually|just|so|then|can(?:you|i)|could(?:you|i)|wouldyou|iwant(?:to|you)?|id?liketo"
    r"|请(?:你|您)?|請(?:你|您)?|麻烦(?:您|你)?|麻煩(?:您|你)?|不好意思|抱歉|根本|完全|太|那|那就|还是|還是|嗯|唔該|可以|能不能|죄송하지만|죄송한데|저기요?|혹시|그냥|그럼|음|너무|이제|아|네|좀|전혀)"
)
_AFTER: Final = for_squeezed(
    r"(?:(?:で|を|に)?(?:お願い(?:し|致し|いたし)?(?:ます|たいです|できますか|できませんか)?|おねがい(?:します)?|頼む(?:わ)?|たのむ(?:わ)?|頼みます)|(?:の)?(?:やつ|ほう|方)を?|のを|の(?!$)|(?<=目)の|(?:を|が)?(?:教えて|おしえて|見せて|みせて|知りたい|しりたい|見たい)|(?:て|を|に|で|に|して|し)?(?:ください|下さい|くださいませ"
    r"|ちょうだい|頂戴|くれ(?:る|ます)?か?|くれません?か|もらえます?か|もらえません?か|いただけます?か|いただけません?か|ほしい(?:です)?|欲しい(?:です)?)|です(?:が|けど|ね|よ)?|だよ?|ます|よ|ね|な|さ|か|が|わ|けど"
    r"|(?:いい|良い)です(?:か)?|(?:の|ん)ですが|please|pls|plz|thanks|thankyou|thx|now|sir|tellme|showme|一下|吧|呢|吗|嗎|啊|呀|啦|了|好吗|好嗎|可以吗|可以嗎|谢谢|謝謝|唔該|拜托|拜託"
    r"|좀|부탁(?:해요|합니다|드려요|드립니다)?|주세요|줘요?|주실래요|해줘요?|해주세요|할게요|요|이요|입니다)$"
)


_CLAUSE: Final = re.compile(r"[、。，．,.!！?？\n…]+|(?<=[a-z가-힣]) - ")
_BREAK: Final = re.compile(r"[、。，,\n]+")
_MARK: Final = re.compile(r"[?？]|(?:か|吗|嗎)$")
_ANSWERS: Final = frozenset({Wish.YES, Wish.NO, Wish.CHOOSE_1, Wish.CHOOSE_2, Wish.CHOOSE_3, Wish.CHOOSE_ALL})
"""Wishes that are none at the end of something else."""
_WITH_REASON: Final = frozenset(
    {Wish.REPEAT, Wish.SHORTER, Wish.BACK, Wish.MENU, Wish.PERSON, Wish.JAPANESE, Wish.EASY_JAPANESE, Wish.ENGLISH,
     Wish.SIMPLIFIED_CHINESE, Wish.TRADITIONAL_CHINESE, Wish.KOREAN}
)  # fmt: skip
_TONGUES: Final = (
    (Wish.EASY_JAPANESE, r"(?:やさしい|易しい|優しい|かんたんな?|簡単な|わかりやすい)(?:日本語|にほんご|ことば|言葉)|(?:easy|simple|easier)japanese"
     r"|(?:简单|簡單|简易|簡易)的?日[语語文]|쉬운일본(?:어|말)"),
    (Wish.ENGLISH, r"英語|えいご|english|英文|英语|영어"),
    (Wish.TRADITIONAL_CHINESE, r"繁体字?(?:中国語)?|繁[體体](?:字|中文|版)?|traditionalchinese|正體(?:字|中文)|번체(?:자|중국어)?"),
    (Wish.SIMPLIFIED_CHINESE, r"中国語|ちゅうごくご|簡体字?(?:中国語)?|[简簡][体體](?:字|中文|版)?|(?:simplified)?chinese"
     r"|中文|汉语|普通话|중국어"),
    (Wish.KOREAN, r"韓国語|かんこくご|はんぐる|korean|韩语|韓語|韩文|韓文|한국어|한국말"),
    (Wish.JAPANESE, r"(?:普通の|ふつうの|元の|もとの)?(?:日本語|にほんご)|japanese|日[语語文]|일본어|일본말"),
)  # fmt: skip
_IN_TONGUE: Final = (
    r"(?:すみません|あの|やっぱり?|もう一度|ぜんぶ|全部|説明を?|答えを?|それを?|これを?|さっきのを?|please|can(?:you|i|we)|could(?:you|i|we)|iwant|id?like|sorry|give|me|it|this|that|have|get|the"
    r"|answer|say|write|show|explain|send|speak|reply|in|to|into|switch|change|back|use|repeat|请|請|能不能|可以|麻烦|麻煩|我要|我想要?|给我|給我|用|说|說|讲|講|写|寫|发|發|换成?|換成?|改成?|改用|切换|切換|切|成|到|翻译|翻譯|翻|转|轉|回|回答|一下|再"
    r"|죄송하지만|그거|이거|다시|전부){0,6}(?:NAME)"
    r"(?:で|に|へ|を|は|が|も|版|の|表示|説明|案内|言って|言い直して|書いて|話して|話せ|教えて|出して|送って|見せて|読みたい|見たい|もらえ|いただけ|くれ|答え|戻|変え|切り?替え|切りかえ|翻訳|訳|直|して|し|い|ます|ません|ください|下さい|お願いします|おねがい|お願い|ほしい|欲しい|たい|です|か|る|ない|いい|頼む|たのむ|できます?|対応|て|よ|ね"
    r"|please|version|pls|again|now|too|instead|的|吧|吗|嗎|回复|回覆|回答|显示|顯示|说|說|讲|講|写|寫|可以|好吗|好嗎|版本|给我|給我|再|一次|一遍|呢|谢谢|謝謝"
    r"|로|으로|말|해|바꿔|바꾸|보여|써|알려|답|변|줄|주세요|줘|수|있|어|요|을|를|까|나|번역|전환|설명|다시|할|부탁|합니다|드립니다|고|싶|되|돼){0,10}"
)
_LANGUAGES: Final = tuple(
    (wish, for_squeezed(_IN_TONGUE.replace("NAME", names).replace("ー", ""))) for wish, names in _TONGUES
)
_NO_WISH: Final = re.compile(
    r"(?:の案内|案内は|対応|できますか|ありますか|话吗|可以吗|吗$|嗎$|되나요|돼요$|가능|でも(?:いい|大丈夫)|でいい)"
)
"""Whether a language is served is a question."""


def _tongue(bare: str) -> Wish | None:
    """The language that is asked for, in whatever words."""
    if _NO_WISH.search(bare):
        return None
    return next((wish for wish, pattern in _LANGUAGES if pattern.fullmatch(bare)), None)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A wish in a message; ``is_whole``: the message says nothing else."""

    wish: Wish
    is_whole: bool


class Wishes:
    """Built once from the FAQ; recognising has no state."""

    def __init__(self, phrases: Iterable[Mapping[Wish, Phrasings]]) -> None:
        self._known: dict[str, Wish] = {}
        for section in phrases:
            for wish, by_language in section.items():
                for texts in by_language.values():
                    for text in texts:
                        # What is left of a listed phrase without its courtesies would be too little: no, thanks.
                        self._known.setdefault(squeezed(text), wish)
        self._long = [form for form in self._known if len(form) >= _LONG_ENOUGH]

    def of(self, text: str) -> Recognised | None:
        """The wish that a message is, alone or at its end, or at its beginning with a reason after it."""
        if len(text) > _LONGEST:
            return None
        if (wish := self._said(text)) is not None:
            return Recognised(wish, is_whole=True)
        clauses = [clause for clause in _CLAUSE.split(text) if squeezed(clause)]
        is_marked = len(clauses) > 1
        if not is_marked and not text.isascii():
            clauses = text.split()
        if len(clauses) < 2:
            return None
        *_, last = wishes = [self._said(clause) for clause in clauses]
        is_all = None not in wishes
        if last is not None and (is_all or last not in _ANSWERS):
            return Recognised(last, is_whole=is_marked and is_all)
        # 「英語でもらえますか、主人が読むので」: the wish comes first, its reason after it, and nothing is asked.
        first, *_ = wishes
        is_asking = any(_MARK.search(rest) for rest in _BREAK.split(text)[1:] if squeezed(rest))
        if first is None or first not in _WITH_REASON or is_asking or not is_marked:
            return None
        return Recognised(first, is_whole=False)

    def _said(self, text: str) -> Wish | None:
        """The wish that one clause is."""
        if (tongue := _tongue(squeezed(text))) is not None:
            return tongue
        forms = _forms(text)
        for form in forms:
            if (wish := self._known.get(form)) is not None:
                return wish
        for form in forms:
            if len(form) < _LONG_ENOUGH:
                continue
            cutoff = _NEAR if len(form) < _LONGER else _NEAR_LONGER
            near = process.extractOne(form, self._long, scorer=fuzz.ratio, score_cutoff=cutoff)
            if near is not None:
                return self._known[near[0]]
        return None


def squeezed(text: str) -> str:
    """Folded hiragana without blanks, signs and long marks; everyday verbs in kana."""
    folded = to_hiragana(fold(text)).translate(_IN_KANA)
    return folded.replace(" ", "").replace("ー", "").replace("_", "")


def _forms(text: str) -> list[str]:
    """The squeezed text, and what is left of it without courtesies around it, longest first."""
    forms = [squeezed(text)]
    for form in forms:
        for shorter in (
            _BEFORE.sub("", form, count=1) if _BEFORE.match(form) else form,
            _AFTER.sub("", form),
        ):
            if shorter and shorter not in forms and len(forms) < 12:
                forms.append(shorter)
    return [form for form in forms if form]
