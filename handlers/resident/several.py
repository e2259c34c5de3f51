"""Messages that ask two or three things: their questions one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 400
"""Most characters of a message that is taken apart: a longer one is a letter with one matter."""
_LEAST, _LEAST_WORDS, _MOST = 6, 3, 4
"""A question has this many characters (words in English); more questions than this are not taken apart."""
_ENDS: Final = re.compile(
    r"(?<=[?？!！。\n])\s*|\s+(?=(?:and also|also|and another|another question|second)\b)", re.IGNORECASE
)
_CONNECTS: Final = re.compile(
    r"(?:、|。|\s|^)(?:あと|それと|それから|もう一つ|もうひとつ|もう1つ|ついでに|また|さらに)(?:、|は|、?質問(?:です)?が?|\s)?"
    r"|[，,。]?(?:另外|还有|還有|以及|顺便|順便)[，,]?|(?:\s|^)(?:그리고|또|추가로)\s",
)
_ASKS: Final = re.compile(
    r"[?？]\s*$|(?:か|かな|の|のか|たい|ほしい|欲しい|ください|下さい|教えて|おしえて|知りたい|わからない|分からない|分かりません|わかりません|どう|何|いくら|いつ|どこ)"
    r"(?:です|のです|んです|と思います|のですが|んですが|のでしょうか|でしょうか|お願いします|とか)?(?:が|けど|ね|よ)?[。．.!！]?\s*$"
    r"|^(?:how|what|where|when|who|which|why|can|could|do|does|is|are|may|should|i(?: would like| want|'d like| need))\b"
    r"|(?:吗|嗎|呢|什么|什麼|怎么|怎麼|多少|哪里|哪裡|几|幾|如何|可以)"
    r"|(?:까요?|나요|가요|을까|되나|알려|싶어요|싶습니다|어떻게|얼마|언제|어디)",
    re.IGNORECASE,
)


_LIST: Final = re.compile(
    r"(?P<items>[^。？！?!]+?)(?:について|に関して|のこと)?(?:も|を)?(?:教えて|おしえて|お教え|ご教示|知りたい|しりたい|聞きたい|伺いたい|お聞き)"
)
_BETWEEN: Final = re.compile(r"[、,，・]|と|および|及び|ならびに|それから|あと")
_LEAST_ITEM: Final = 3


def questions_in(text: str) -> list[str]:
    """The questions of a message, where there are at least two; empty for any other."""
    if len(text) > _LONGEST:
        return []
    pieces = [piece for sentence in _ENDS.split(text) if sentence for piece in _CONNECTS.split(sentence)]
    asked = [piece.strip(" 、,，。") for piece in pieces if piece and _ASKS.search(piece.strip())]
    long_enough = [piece for piece in asked if _is_long_enough(piece)]
    if len(long_enough) < 2:
        long_enough = [f"{item}を教えてください" for item in _listed(pieces)]
    return long_enough if 2 <= len(long_enough) <= _MOST else []


def _listed(pieces: Iterable[str]) -> list[str]:
    """The items of a sentence that asks for several at once: 「人数と割合、必要書類、更新の時期を教えてください」."""
    for piece in pieces:
        if (found := _LIST.search(piece.strip())) is not None:
            return [
                item.strip() for item in _BETWEEN.split(found["items"]) if len(item.strip()) >= _LEAST_ITEM
            ]
    return []


def _is_long_enough(piece: str) -> bool:
    return len(piece.split()) >= _LEAST_WORDS if piece.isascii() else len(piece) >= _LEAST
