"""Messages that cannot stand alone, read with what was answered last: 「土日も?」「じゃあ麻布は?」「電話番号は?」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.wishes import for_squeezed, squeezed
from handlers.model.conversation import Conversation
from handlers.resident.short import is_fragment

OFFER: Final = "offer"
"""Step of a talk in which entries were offered."""
_LONGEST: Final = 36
"""Most characters of a Japanese, Chinese or Korean message that is read with the answer before it."""
_LONGEST_WORDS: Final = 9
"""Most words of such a message in English."""


class Aspect(StrEnum):
    """What of the last answer is asked about."""

    PHONE = "phone"
    PLACE = "place"
    WHO = "who"
    OTHER = "other"


_LEADS: Final = (
    r"(?:の|じゃあ?|では|それでは|それじゃあ?|でも|あと|で|え|ちなみに|その場合(?:は|の)?|それ(?:は|って|の|も|で)?|その(?:時|とき)?(?:は|の)?|そこ(?:の|は|って)?|そちら(?:の|は)?"
    r"|and|so|then|ok|okay|but|also|what(?:about|s|is|are)?|whats|howabout|for|the|a|its|their|there|in|at|of|is|are|it|that|do|does|they|have|you"
    r"|那(?:么|麼)?|那边|那邊|那里|那裡|它(?:的)?|请问|請問|그럼|그러면|거기(?:는|의)?|그(?:거|곳)?(?:는|의)?)"
)
_TAILS: Final = (
    r"(?:は|の|も|で|に|を|が|って|とか|なら|だと|場合|ほう|方|教えて|おしえて|知りたい|しりたい|わかる|分かる|わかります|ください|お願いします|です|でしょう|ます|どう|どうですか|どうなる|どうなりますか|なの|なん|か|ね|よ|さ"
    r"|please|pls|number|then|instead|too|呢|吗|嗎|的|是|怎么样|怎麼樣|怎样|如何|是什么|是什麼|是多少|多少|좀|은|는|이|가|도|요|은요|는요|알려|주세요|어때요|어떻게|되나요|인가요|뭐예요|뭔가요)"
)
_ASPECTS: Final = (
    (
        Aspect.PHONE,
        r"(?:電話(?:番号)?|でんわ(?:ばんごう)?|連絡先|れんらくさき|番号|tel|phone(?:number)?|call|telephone|contact|number|denwa|电话(?:号码)?|電話(?:號碼)?|号码|號碼|联系方式|聯絡方式|전화(?:번호)?|연락처|번호)(?:何番|なんばん|ある|あり|あります|何|なに)?",
    ),
    (
        Aspect.PLACE,
        r"(?:窓口|まどぐち|(?:場所|ばしょ)(?:は?(?:どこ|何処))?|住所|じゅうしょ|どこ(?:にある|にあり|へ行けば|にいけば|に行けば|いけば|行けば|で聞けば)?|地図|ちず|行き方|where(?:is|to|do|igo|go|should|can|i|it|that)*|address|location|counter|place|在哪(?:里|裡|儿|兒)?|哪(?:里|裡|儿|兒)|地址|地点|地點|位置|窗口|어디(?:에|로|예|있|에요|예요)*|주소|위치|장소|창구)",
    ),
    (
        Aspect.WHO,
        r"(?:だれ|誰(?:に|が)?|どなた|担当(?:は|者|課)?|どこが(?:やって|運営)|運営|who(?:do|should|can|i|ask|to|runs|is|it|responsible)*|谁|誰(?:负责|負責)?|负责人|負責人|找谁|找誰|누구(?:한테|에게|에|예|요)*|담당(?:자)?)(?:聞けば|きけば|に聞く|いい|の){0,3}",
    ),
)
_ANY_MATTER: Final = for_squeezed(
    r"(?:いくら|幾ら|何円|なんえん|お金|おかね|料金|りょうきん|費用|ひよう|代金|無料|むりょう|ただ|有料|値段|ねだん|高い|安い|くらい|ぐらい|どのくらい|どれくらい|どんくらい|どんぐらい"
    r"|いつ|いつまで|何時|なんじ|何日|なんにち|何分|何か月|何ヶ月|時間|じかん|期限|きげん|締切|しめきり|締め切り|土日|どにち|日曜|土曜|祝日|平日|休み|やすみ|夜|朝|当日|とうじつ|前日|今日|明日|来週|今から|すぐ|早く|遅れ|間に合う|間に合い|まにあう|まで|から"
    r"|何(?:が|を)?|なに(?:が|を)?|書類|しょるい|持ち物|もちもの|証明|しょうめい|身分証|ハンコ|はんこ|印鑑|いる|いります|要る|要ります|必要|ひつよう|持って|もって|行けば|いけば|出す|だす|見せる"
    r"|何人|なんにん|一人|1人|ひとり|二人|2人|子ども|こども|外国人|誰でも|だれでも|できる|できます|できない|だめ|いい|大丈夫|かかる|かかり|かかんの|かかります|なる|なります|ある|あり|あります|ない"
    r"|は|の|も|で|に|を|が|って|とか|なら|だと|と|や|か|ね|よ|な|さ|んだ|ん|です|ます|でしょう|でしょうか|ください|教えて|おしえて|知りたい|しょうか|まで|まで?"
    r"|how|much|many|long|when|what|which|time|days?|cost|costs|price|fee|free|paid|documents?|papers?|bring|need|take|proof|id|deadline|until|by|late|early|open|close|weekends?|sunday|saturday|holidays?|today|tomorrow|is|it|do|does|i|you|the|a|to|for|of|can|will|there|any|that|or|and|should|must|have"
    r"|多少钱|多少錢|多少|钱|錢|费用|費用|免费|免費|贵|貴|什么|什麼|材料|文件|证件|證件|带|帶|要|需要|几点|幾點|几天|幾天|多久|多长|多長|什么时候|什麼時候|何时|何時|截止|之前|周末|週末|假日|今天|明天|当天|當天|可以|吗|嗎|呢|的|是|有|去|拿|准备|準備"
    r"|얼마|비용|요금|돈|무료|공짜|언제|까지|몇|시|일|며칠|시간|기한|마감|주말|일요일|토요일|공휴일|오늘|내일|당일|뭐|무엇|뭘|서류|필요|준비|가져|챙겨|가|야|되|돼|나|요|은|는|이|을|를|도|해|하|죠|걸|려|리|있|없|어|에|예|니|까){1,12}"
)
_DEPENDS: Final = re.compile(
    r"(?:は|も|とか|なら|だと)$|^(?:じゃ|では|それ|その|そこ|あと|でも|ちなみに|what about|how about|and |also |is it|is that|are they"
    r"|does it|do they"
    r"|that |it |its |for |then |so "
    r"|那|它|这个|這個|也|그럼|그러면|그거|그건|그것|거기)|(?:呢|은요|는요|도요)$",
    re.IGNORECASE,
)
_LEFT: Final = for_squeezed(rf"(?:{_LEADS}){{0,4}}(?P<core>.*?)(?:{_TAILS}){{0,6}}")


_TAIL: Final = for_squeezed(rf"(?:{_TAILS}){{1,6}}$")
_ASPECT_PATTERNS: Final = tuple((aspect, for_squeezed(pattern)) for aspect, pattern in _ASPECTS)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How a message leans on the last answer ``entry``; ``aspect`` where it asks only for that, ``is_facility`` where
    it only names a facility.
    """

    entry: str
    aspect: Aspect | None
    is_facility: bool


def was_offered(talk: Conversation) -> bool:
    """Whether the last thing shown were offers."""
    return next((step for step in reversed(talk.path) if step != "asked"), "") == OFFER


def follow_up_of(talk: Conversation, text: str, knowledge: KnowledgeBase) -> FollowUp | None:
    """How a message leans on what was answered before; ``None`` where nothing was, or it is too long for that."""
    shown = talk.offered[:1] if was_offered(talk) else tuple(g.entry for g in talk.given[-1:])
    if not shown or shown[0] not in knowledge.entries or not _is_short(text):
        return None
    entry = shown[0]
    facility = knowledge.facilities.named(text)
    rest = squeezed(knowledge.facilities.without(text)) if facility else squeezed(text)
    if facility and not _core(_CENTRE.sub("", rest)):
        return FollowUp(entry, None, is_facility=True)
    bare = _CENTRE.sub("", rest) if facility else rest
    cores = (bare, _TAIL.sub("", bare), _core(bare))
    for aspect, pattern in _ASPECT_PATTERNS:
        if any(pattern.fullmatch(core) for core in cores):
            return FollowUp(entry, aspect, is_facility=False)
    is_led = facility or is_fragment(text) or _DEPENDS.search(_bare(text)) or _without_matter(cores)
    return FollowUp(entry, Aspect.OTHER if is_led else None, is_facility=False)


def _without_matter(cores: Sequence[str]) -> bool:
    """Whether a message has nothing but words that fit any matter: how much, until when, what to bring."""
    return any(_ANY_MATTER.fullmatch(core) for core in cores)


_CENTRE: Final = re.compile(
    r"区民せんた|くみんせんた|せんた|civiccenter|civiccentre|center|centre|区民中心|區民中心|구민센터|센터"
)


def _core(rest: str) -> str:
    found = _LEFT.fullmatch(rest)
    return found["core"] if found is not None else rest


def _bare(text: str) -> str:
    return re.sub(r"[?？!！。．.、,\s]+$", "", text.strip())


def _is_short(text: str) -> bool:
    bare = text.strip()
    if re.search(r"[぀-ヿ一-鿿가-힣]", bare):
        return len(bare) <= _LONGEST
    return len(bare.split()) <= _LONGEST_WORDS


def paired(talk: Conversation, text: str, follow: FollowUp, knowledge: KnowledgeBase) -> list[str]:
    """The message with what it leans on, as texts to be searched, likeliest first."""
    title = knowledge.question(follow.entry, Language.JA if _is_japanese(text) else talk.language)
    found = [f"{title}\n{text}"]
    facility = knowledge.facilities.named(text)
    before = talk.question.rpartition("\n")[2] or talk.question
    if facility and before and before != text:
        found.insert(0, knowledge.facilities.put(before, facility))
    if before and before not in (text, title):
        found.append(f"{before}\n{text}")
    return list(dict.fromkeys(found))


def _is_japanese(text: str) -> bool:
    return bool(re.search(r"[぀-ヿ]", text))
