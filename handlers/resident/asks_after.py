"""Whether a short message asks about the author's own ticket: 「受付番号12の返事はまだですか」 means /status."""

from __future__ import annotations

import re
from typing import Final

from faq.matching.normalize import fold

_LONGEST: Final = 60
"""Most characters; longer messages say more than that."""
_NUMBERED: Final = re.compile(
    r"(?:受付|受け付け|問い合わせ|問合せ)番号(?: |の|は|が)?\d{1,9}|受付 ?\d{1,9} ?(?:番|号)|チケット ?\d{1,9}"
    r"|(?:ticket|case|inquiry|enquiry|reference|receipt)(?: (?:number|no))? ?\d{1,9}"
    r"|(?:受理|受付|咨询|諮詢)?(?:编号|編號|号码|號碼|单号|單號) ?(?:是|为|為)? ?\d{1,9}"
    r"|접수 ?(?:번호)? ?\d{1,9}"
)
"""A ticket's number, as the bot writes it or similarly."""
_OWN: Final = re.compile(
    r"問い合わせ|問合せ|質問|相談|返事|返信|回答|おへんじ"
    r"|my (?:ticket|question|case|inquiry|enquiry|request|message)|(?:reply|answer|response)"
    r"|我的?(?:问题|問題|咨询|諮詢|提问|提問)|回复|回覆|答复|答覆"
    r"|문의|답변|답장|제 질문"
)
"""Words for the ticket or the awaited answer."""
_ASKS_AFTER: Final = re.compile(
    r"まだ(?:来|き|こ|届|とど|です|でしょう|か|もら|いただ|あり|な|$)|どうな(?:り|って|った|りま)|どこまで|進捗|進み|進んで|状況|待って"
    r"|いつ(?:ごろ|頃|に|来|届|もら|です|$)"
    r"|any (?:news|updates?|reply|answer|progress|word)|what (?:happened|is happening|s happening)|status|going on|how far"
    r"|no (?:reply|answer|response|news)|still (?:waiting|nothing|no)|not (?:yet )?(?:been )?(?:answered|replied|received|heard|got)"
    r"|haven t (?:heard|received|got)|when (?:will|do|can)|waiting for"
    r"|怎么样|怎麼樣|怎样|怎樣|如何了|进展|進展|进度|進度|状态|狀態|[还還][没沒]|什么时候|什麼時候|多久|到哪|等[着著]"
    r"|어떻게 (?:되|됐|된)|아직|언제|진행|상황|기다리"
)


def asks_after_ticket(text: str, *, has_one: bool) -> bool:
    """Whether it asks about the state of a ticket; ``has_one``: staff have one of the author's, so that no number
    is needed.
    """
    if len(text) > _LONGEST:
        return False
    folded = fold(text)
    names_it = _NUMBERED.search(folded) or (has_one and _OWN.search(folded))
    return bool(names_it and _ASKS_AFTER.search(folded))
