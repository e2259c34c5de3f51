"""Removes what a message refuses: 「団体ではなく個人で登録したい」 asks 「個人で登録したい」.

The channels do not model negation, so that a refused matter would count as asked. Refused words are therefore
removed before they compare. Only words that contrast two matters count as a refusal; statements and concessions
stay: 「住民ではなくても」, 「登録だけでなく予約も」, "not a resident but can I register", 「주민이 아니라서」.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

_BEGINS: Final = r"(?:(?<=[、。，．,.!?！？\s])|^)"
_RUN: Final = r"[\u3400-\u9fff々ァ-ヺーa-zA-Z0-9]{1,16}"
_OKURIGANA: Final = r"(?:[みりしきえけちいれめげびっ]|わせ)"
_NOUN: Final = rf"{_RUN}(?:{_OKURIGANA}{_RUN}){{0,2}}{_OKURIGANA}?"
_NOUNS: Final = (
    rf"{_NOUN}(?:(?:の|や|とか|・){_NOUN}){{0,2}}(?:の(?:ほう|方|こと)|とか|なんか)?(?:[でにへ]|から|まで)?"
)
_KANA: Final = rf"{_BEGINS}(?!もう|ちょっと)[ぁ-んー]{{2,12}}?"
_WHAT: Final = rf"(?:{_BEGINS}[^、。，．,.!?！？\n]{{1,20}}?(?<=[るいた])の|{_NOUNS}|{_KANA})"
"""A clause (登録するの), a noun phrase (団体の登録のほう), or kana from the clause's start."""
_CONCEDES: Final = r"も|な[っりるれ]|ちゃ|は|ば|と|いい|良い|よい|よけ|大丈夫|構|平気|済|すむ"
_NOT_X: Final = (
    rf"(?P<what>{_WHAT})(?<!だけ)(?<!のみ)(?<!ばかり)(?:では|じゃ|で|や)(?:なく|のう)"
    rf"(?:て(?!{_CONCEDES})|(?!て|{_CONCEDES}))(?:さ|ね)?[、，,\s]*"
)
_SO: Final = r"(?:です|だ|な)?(?:ので|んで|から|し|で|て)"
_DISLIKED: Final = r"(?:いや|嫌|イヤ|嫌い|きらい|結構|けっこう|不要|面倒|めんどう|パス)"
_NEEDLESS: Final = r"(?:いら|要ら|必要)(?:ない|なく|ありません)(?:ん)?"
_CHOOSE: Final = r"(?:使い|つかい|行き|いき|(?:(?<=[でにはを])|(?<=[\u3400-\u9fffァ-ヺー]{2}))し|申し込み|申込み|払い|入り|なり)"
_UNCHOSEN: Final = rf"(?:として|で|に|は|を){{0,2}}(?:[\u3400-\u9fff]{{2}}(?=し))?{_CHOOSE}たく(?:ない|なく|ありません)(?:ん)?"
"""Only verbs of choosing: with others the object is the matter itself, as in not wanting data to be kept."""
_DISLIKE_X: Final = (
    rf"(?P<what>{_WHAT})(?:(?:は|が|も|って)?(?:ちょっと|もう|絶対)?(?:{_DISLIKED}|やだ|ヤダ|{_NEEDLESS})|{_UNCHOSEN})"
    rf"{_SO}[、，,\s]*"
)

_HEAD: Final = r"(?:(?:as|for|by|in|with|via|through|about|at|the|an?|my|our|to)\s+)*"
_FACT: Final = r"(?!(?:only|just|sure|yet|even|be|been|able|allowed|working|possible|available)\b)"
_NO_VERB: Final = "".join(
    rf"(?<!\b{verb}\s)"
    for verb in ("do", "does", "did", "can", "could", "will", "would", "has", "have", "had", "are", "am")
)
_ASKS: Final = r"(?:I|we|you|they|he|she|it|can|could|do|does|did|is|are|how|what|when|where|why|my|our|still|may|should)\b"
_WORDS: Final = r"[\w'’-]+"
_ENDS: Final = r"(?=[,.!?;)]|$)\)?"
_THINGS: Final = (
    "group individual company organisation organization team club lottery booking reservation registration "
    "cancellation refund counter cash online change".replace(" ", "|")
)
_ENGLISH_NOT: Final = (
    rf"{_NO_VERB}\bnot\s+{_FACT}{_HEAD}{_WORDS}(?:\s+{_WORDS}){{0,4}}?[,\s]+but\s+(?!{_ASKS})",
    rf"[,;(–—-]\s*(?:and\s+)?not\s+{_FACT}(?:(?:as|for|by|in|with|via|through|the|about)\s+)+(?:{_WORDS}\s*){{1,4}}{_ENDS}",
    rf"[,;(]\s*not\s+(?:an?\s+)?(?:{_THINGS})s?(?:\s+\w+)?{_ENDS}",
    rf"\b(?:instead of|rather than)\s+(?!(?:me|us|him|her|them|my|waiting)\b)(?:(?!{_ASKS}){_WORDS}\s*){{1,5}}(?:,\s*)?",
)
_ENGLISH_DISLIKE: Final = (
    r"\b(?:I|we)\s+(?:do not|don['’]?t|would rather not)\s+(?:want|like|need|wish)(?:\s+to)?\s+[^,.;!?]{2,50}?"
    r"(?:[,.;]|\s[–—-]|\s+so\b|\s+but\b)+\s*(?:so\s+|but\s+)?(?=(?:I|we)\s+(?:want|need|would|prefer)\b|I['’]d\b|just\b|only\b)",
    rf"\bno\s+(?:{_THINGS})s?,\s*(?=just\b|only\b)",
)

_SIGN: Final = r"[^,，。;；!！?？、\s]"
_CHINESE_NOT: Final = (
    rf"我?(?<!是)不是(?:要|想|问|問|说|說)?{_SIGN}{{1,14}}?[,，、\s]*我?(?:而是|(?<=[,，、\s我])是)(?!不|吗|嗎)",
    rf"[,，、\s]*(?:而不是|而非)(?:以|用)?{_SIGN}{{1,14}}",
    rf"[,，]\s*不要{_SIGN}{{1,8}}(?<![吗嗎么呢])[。！!]?$",
)
_CHINESE_DISLIKE: Final = (
    rf"(?<![要想用])我?不(?:想|要|用|愿意|願意){_SIGN}{{1,14}}?[,，、\s]+(?:所以|而|我|只){{0,2}}(?=想|要|用|希望|请|請)",
)

_NAME: Final = r"(?:[가-힣A-Za-z0-9]+(?<![은는을를이가에서고한할인도로])\s+){0,2}[가-힣A-Za-z0-9]+?"
_AND: Final = r"(?:고|어서|아서|으니까|으니|니까|으므로)요?[,\s]*"
_KOREAN_NOT: Final = (
    rf"{_NAME}(?:으로|로)?\s*말고(?!도)요?[,\s]*",
    rf"{_NAME}(?<!뿐)(?<!뿐만)(?:이|가|은|는)?\s+아니(?:라(?!서|도|면|고)|고)요?[,\s]*",
    rf"{_NAME}\s*대신에?\s+(?=[가-힣A-Za-z]+(?:으로|로)(?:\s|$))",
)
_KOREAN_DISLIKE: Final = (
    rf"{_NAME}(?:은|는|이|가)?\s+(?:싫|필요\s*없){_AND}",
    rf"{_NAME}(?:은|는|으로|로|을|를)?\s+(?:[가-힣]+\s+)?[가-힣]*(?:하|쓰|가|되)(?:고\s*싶지\s*않|기\s*싫){_AND}",
)


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_SET_AGAINST: Final = _compiled(_NOT_X, *_ENGLISH_NOT, *_CHINESE_NOT, *_KOREAN_NOT)
_DISLIKES: Final = _compiled(_DISLIKE_X, *_ENGLISH_DISLIKE, *_CHINESE_DISLIKE, *_KOREAN_DISLIKE)
_EXCEPT: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), other)
    for pattern, other in (
        (
            rf"{_NOUNS}(?<![民人者員方身住勤学])(?<!本人)(?<!自分)(?<!家族)(?<!窓口)(?<!ネット)(?<!オンライン)(?<!電話)以外(?=[でのを](?!も|す|し|人|方|者|家))",
            "ほか",
        ),
        (rf"除了{_SIGN}{{1,10}}?(?:以外|之外)的?[,，]?(?:还有|還有|别的|別的|其他)?(?!还|還)", "其他"),
        (rf"{_NAME}\s*(?:이외|외)의(?=\s)", "다른"),
        (
            rf"\bother than\s+(?!(?:me|us|him|her|them|my|a resident|residents)\b)(?:(?!{_ASKS}){_WORDS}\s*){{1,4}}",
            "",
        ),
    )
)
"""Something else is asked for: 「本館以外の施設」 means 「ほかの施設」. Not for people: 「住民以外」 says who asks."""
_CUE: Final = re.compile(
    r"以外|之外|외의|other than|なく|のう|いや|嫌|イヤ|きらい|結構|けっこう|不要|面倒|めんどう|パス|やだ|ヤダ|ない|ません"
    r"|\bnot?\b|\bdon|instead|rather|不|而非|말고|아니|싫|필요|않|대신",
    re.IGNORECASE,
)
_POINTS_BACK: Final = re.compile(
    r"それ|これ|その|なし|無し|せず|しないで|\b(?:it|them|this|that|without)\b|它|그것", re.IGNORECASE
)
"""The rest of the message asks about the refused matter itself."""
_UNDOES: Final = re.compile(
    r"消|返|捨|やめ|廃|取消|取り消|取りやめ|キャンセル|退会|解約|cancel|delete|remove|取消|删|刪|注销|註銷|退|취소|삭제|탈퇴|해지|반납",
    re.IGNORECASE,
)
"""Wanting to get rid of something is about that thing: 「カードはもう要らないので返したい」."""
_SAYS_NOTHING: Final = re.compile(
    r"他|別|方法|方|教|下|何|良|欲|願|止|大丈夫|したい|ください|お願い|です|ます|ほか|どう|やめ|ない|ません|できる|したら"
)
_MATTER: Final = re.compile(r"[\u3400-\u9fff々ァ-ヺ]")
_HIRAGANA: Final = re.compile(r"[ぁ-ん]")
_OTHER_MATTER: Final = re.compile(r"[a-zA-Z]{4,}|[가-힣]{2,}")
_LEAST, _LEAST_KANA = 2, 5
_FEW: Final = 8
"""Most refusals of one kind that are removed; each costs time linear in the message."""
_ELLIPTIC: Final = re.compile(
    r"(?:で|が(?:いい|良い)|に(?:したい|する|します)|でお願いします?)[\s。!?！？]*$"
)
_COMPOUND: Final = re.compile(r"[\u3400-\u9fff々]{2,}([\u3400-\u9fff々]{2})$")


def affirmed(text: str) -> str:
    """The text without what it refuses; unchanged where it refuses nothing or nothing else would be left."""
    if not _CUE.search(text):
        return text
    for pattern in _SET_AGAINST:
        text = _weighed(text, pattern, _POINTS_BACK)
    for pattern in _DISLIKES:
        text = _weighed(text, pattern, _POINTS_BACK, _UNDOES)
    for pattern, other in _EXCEPT:
        among_others = pattern.sub(other, text).strip()
        text = among_others if _is_a_matter(among_others) else text
    return text


def _weighed(text: str, pattern: re.Pattern[str], *keep: re.Pattern[str]) -> str:
    """The text without matches of the pattern, unless what follows shows that they are the matter."""
    for found in reversed(list(islice(pattern.finditer(text), _FEW))):
        before, after = text[: found.start()].rstrip(" 、，,"), text[found.end() :].lstrip(" 、，,")
        rest = f"{before} {after}".strip()
        if any(sign.search(after) for sign in keep) or not _is_a_matter(rest):
            continue
        compound = _COMPOUND.search(found.groupdict().get("what") or "")
        needs_it = compound is not None and compound[1] not in rest and _ELLIPTIC.search(rest)
        text = f"{rest} {compound[1]}" if compound and needs_it else rest
    return text


def _is_a_matter(rest: str) -> bool:
    said = _SAYS_NOTHING.sub(" ", rest)
    return (
        len(_MATTER.findall(said)) >= _LEAST
        or len(_HIRAGANA.findall(said)) >= _LEAST_KANA
        or bool(_OTHER_MATTER.search(said))
    )
