"""The language of a message: by its script first, then by words that only one language has."""

from __future__ import annotations

import re

from faq.language import Language

_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u30fc\uff66-\uff9f]")

_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")

_HAN = re.compile(r"[\u3400-\u9fff々〆]")

_NAMES = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|(?<![\w/])[@#]\w+|(?<!\S)/\w+(?:@\w+)?",
    re.IGNORECASE,
)
"""Addresses, and names of people, bots, topics and commands: the same in every language."""

_LATIN_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")

_HANS_HINTS = frozenset(
    "们这时说请问为么对过还样开间场书费证认设预约团办签删输码邮发变错误员务应语谁网页级报户电话须让带给"
    "从虽馆见现动运营转账单离选择续软处车费谢询钱岁几东种"
)

_HANT_HINTS = frozenset("們這來說麼對沒樣嗎妳裡號單據擇續體處發變驗辦點會學國區圖團證寫總關應與錢歲幾實當刪")

_HANT_OR_JA = frozenset(
    "謝還訴員場記碼預約電話場費書時間設備問題開門車員語認請說網頁級報須讓帶給從雖館見現動運轉帳單離機個為過"
)

_EITHER_HINTS = frozenset("吗呢吧哪怎你她它您啊咨")

_ZH_WORDS = re.compile(
    r"怎[么麼]|什[么麼]|可以|[吗嗎]|如何|哪里|哪裡|多少|需要|我想|不能|是否|[没沒]有|我的|[这這]|請問|请问|能否|謝謝|谢谢|你好|您|在哪|工作人員|投訴|態度差"
    r"|不到|不了|(?<![完終修満])了$|我|想[要問]|忘記|登記(?![簿所事謄])|密碼"
)

_JA_ROMAJI = re.compile(
    r"\b(?:touroku|toroku|yoyaku|shisetsu|shisetu|riyou|riyo|dantai|kojin|kumin|hiyou|hiyo|ryoukin|madoguchi|"
    r"kaijo|kyanseru|pasuwaado|shinsei|desu|desuka|masu|masuka|wasureta|shitai|dekimasu|dekiru|houhou|doko|"
    r"nani|itsu|ikura|sakujo|kesu|kakunin|chuusen|jikan|kaigi|onegai|oshiete|nai|wa|ga|no|wo)\b"
)


def _only_in(codec: str, character: str) -> bool:
    """Whether a han character stands in a Chinese set of characters and not in the Japanese one."""
    return bool(_HAN.match(character)) and not _stands_in("cp932", character) and _stands_in(codec, character)


def _stands_in(codec: str, character: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def detect(text: str) -> Language | None:
    """The language a text is written in, or ``None`` where nothing tells (``123``, ``???``, ``@a_bot``, an address).

    Kana decides for Japanese and hangul for Korean; a text in han characters alone is Chinese only when
    it shows Chinese words or forms that Japanese does not write, because 「登録 必要書類」 is a common way to ask.
    """
    if _KANA.search(text):
        return Language.JA
    if _HANGUL.search(text):
        return Language.KO
    if _HAN.search(text):
        simplified = sum(c in _HANS_HINTS or _only_in("gb2312", c) for c in text)
        traditional = sum(c in _HANT_HINTS or _only_in("big5", c) for c in text)
        if simplified > traditional:
            return Language.ZH_HANS
        if traditional > simplified:
            return Language.ZH_HANT
        chinese = _ZH_WORDS.search(text) or any(character in _EITHER_HINTS for character in text)
        if not chinese:
            return Language.JA
        return Language.ZH_HANT if any(character in _HANT_OR_JA for character in text) else Language.ZH_HANS
    text = _NAMES.sub(" ", text)
    words = _LATIN_WORD.findall(text)
    if not words:
        return None
    if len(_JA_ROMAJI.findall(text.lower())) * 2 >= len(words):
        return Language.JA
    return Language.EN
