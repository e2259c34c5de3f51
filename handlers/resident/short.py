"""Meanings of short messages: solved, not yet, thanks, a reply after all, or a fragment.

Only a whole message counts, never a part of a longer one: 「まだ登録していないのですが」 is a question.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from faq.matching.normalize import fold, to_hiragana

_LONGEST: Final = 60
"""Most characters of an answer to one of our questions."""
_LED_LONGEST: Final = 24
"""Most characters of a message whose first word refers to the one before it."""


class Meaning(StrEnum):
    """The meaning of a whole short message."""

    SOLVED = "solved"
    NOT_YET = "not-yet"
    THANKS = "thanks"
    WANTS_REPLY = "wants-reply"


# Patterns match folded hiragana text without blanks, signs and long marks (``_squeezed``). Repetition is bounded, so
# that no text takes long.
_THANKS: Final = (
    r"(?:どうも|本当に|ほんとうに|大変|とても|誠に)?(?:ありがとう|有難う|有り難う)(?:ございます|ございました|ね)?"
    r"|(?:大変|とても|本当に)?(?:助かりました|たすかりました)|お世話になりました|感謝します|おかげさまで"
    r"|arigatou?(?:gozaimasu|gozaimashita)?"
    r"|(?:many)?thanks?(?:you)?(?:verymuch|somuch|alot|foryourhelp)?|thx|ty"
    r"|(?:非常)?(?:谢谢|謝謝|多谢|多謝|感谢|感謝)(?:您|你|你们|你們|大家|了)?"
    r"|(?:정말|너무)?(?:감사합니다|감사해요|감사드립니다|고맙습니다|고마워요)"
)
_COURTESY: Final = (
    rf"{_THANKS}|はい|ええ|うん|いや|いえ|すみません(?:が)?|すいません|申し訳ありません(?:が)?|申し訳ないです|ごめんなさい|こんにちは"
    r"|yes|ok|okay|sorry|hello|hi|great|perfect|please"
    r"|好的?|是的|嗯|抱歉|不好意思|您好|你好|네|예|죄송합니다(?:만)?|죄송하지만|안녕하세요"
)
_SOLVED: Final = (
    r"(?:無事に?|もう|すべて|全部|全て|これで|おかげで|ちゃんと|問題は?|うまく|登録){0,5}"
    r"(?:解決(?:し|致し|いたし|でき)?(?:ました|た|済みです|済み|ずみです|ずみ|です)?|かいけつ(?:し|でき)(?:ました|た)"
    r"|もう大丈夫(?:です)?|大丈夫になりました|できました|出来ました|直りました|なおりました|うまくいきました)(?:よ|ね|よね)?"
    r"|kaiketsu(?:shimashita|shita|desu)"
    r"|(?:itis|its|thisis|thatis|thats|all|now|itnow|everythingis|theproblemis|problem|ihave|i){0,5}"
    r"(?:solved|resolved|fixed|sortedout|sorted|itworks|itworked|works|workingnow|allgood|allset)(?:it|now|already|by){0,5}"
    r"|(?:我的|问题|問題|已经|已經|已|都|全部|全){0,5}(?:解决|解決)(?:了|啦|好了)?|(?:已经|已經|都)?(?:好了|可以了|搞定了|弄好了|没问题了|沒問題了)"
    r"|(?:다|모두|이제|잘|문제가|문제){0,5}(?:해결(?:됐|되었|했)(?:어요|습니다|네요|음|다)|해결됨|해결완료|해결|잘됐어요|이제됐어요)"
)
_NOT_YET: Final = (
    r"(?:いいえ|いえ|やはり|やっぱり|全然|ぜんぜん|全く|まったく|なにも|何も){0,5}"
    r"(?:まだまだ|まだ|いまだに|未だに|今も)(?:なん|の)?(?:です|だ|でした)?(?:よ|ね|けど|けれど|が)?"
    r"|(?:いいえ|まだ|いまだに|未だに|今も|やはり|やっぱり|全然|ぜんぜん|全く|まったく|何も|問題は|問題が){0,5}"
    r"(?:解決(?:し|でき|されて?)?(?:ていません|てません|ておりません|ていない|てない|ません(?:でした)?|ない|なかった)|解決せず|未解決"
    r"|かいけつして(?:いません|ません|いない|ない)|だめ|駄目|無理|できません(?:でした)?|できない|できていません|できてません|出来ません|出来ない"
    r"|直(?:りません|っていません|ってません|らない|ってない)|なおりません|変わりません|かわりません|同じ|おなじ|うまくいきません|分かりません|わかりません)"
    r"(?:です|でした|まま|ままです)?(?:よ|ね|けど|が)?"
    r"|いいえ|mada(?:desu|dayo|dame)?|kaiketsushiteimasen"
    r"|(?:no|nope|sorry){0,5}(?:notyet|notreally|no|nope|unsolved|unresolved)"
    r"|(?:no)?(?:it|its|itis|is|its|this|thisis|theproblem|theproblemis|problem|i|still|itstill|itsstill|itisstill|has|have|had){0,5}"
    r"(?:not|isnt|isnot|hasnt|hasnot|wasnt|wasnot|never|stillnot)(?:been|quite|yet|really|at){0,5}"
    r"(?:solved|resolved|fixed|working|done|sorted|sortedout|ok|okay)?(?:yet|atall)?"
    r"|(?:it|this|that|still){0,5}(?:doesnt|doesnot|dont|wont|didnt)(?:work|help)(?:yet|atall)?|still(?:thesame|broken)(?:problem)?|sameproblem"
    r"|(?:还|還|仍然|仍|还是|還是|尚|并|並|问题|問題|都){0,5}(?:没有|沒有|没|沒|未|尚未)(?:解决|解決|好|成功|弄好|处理|處理)?(?:呢|啊|喔|哦)?"
    r"|(?:还|還|仍然|还是|還是){0,5}(?:不行|不可以|没用|沒用|一样|一樣)(?:呢|啊)?"
    r"|(?:아니요|아니오|아뇨)|(?:아니요|아니오|아뇨)?(?:아직도|아직|여전히)(?:이요|요|입니다|이에요|예요)?"
    r"|(?:아니요|아니오|아직도|아직|여전히|전혀|문제가|해결이|해결){0,5}"
    r"(?:안(?:됐|되었|됬)(?:어요|습니다|네요)|안돼요|안됩니다|안됨|되지않았(?:어요|습니다)|못했(?:어요|습니다)|미해결(?:이에요|입니다)?)"
)
_WANTS_REPLY: Final = (
    r"(?:やっぱり|やはり|やっぱ|できれば|出来れば|できたら|可能なら|可能であれば|でも|私は){0,5}"
    r"(?:お?返事|ご?返信|お?返答|ご?回答|ご?連絡|お?答え|おへんじ|へんじ|へんしん)(?:が|を|も|は)?"
    r"(?:ほしい|欲しい|いただきたい|頂きたい|もらいたい|ください|下さい|いただけますか|いただけませんか|もらえますか|もらえませんか|お願いできますか"
    r"|お願い(?:し|致し|いたし)?ます|お願い|待っています|待ってます|お待ちしています|必要|希望(?:し)?(?:ます)?"
    r"|して(?:ください|下さい|ほしい|欲しい|いただきたい|もらえますか))"
    r"(?:です|のですが|んですが|と思います|と思っています|なりました)?(?:が|けど|けれど)?"
    r"|返信不要(?:を|は)?(?:取り消し|取消し?|やめ|止め)(?:ます|たいです|てください|にします)?"
    r"|(?:actually|iactually|afterall|but|i|do|would|id|please|could|can|you|may|me){0,5}"
    r"(?:want|need|like|wouldlike|get|have|give|send|reply|answer)(?:to|me|an|a|your|get|have|the|back|reply|answer|response){0,5}(?:afterall|too|now)?"
    r"|(?:我|还是|還是|其实|其實|后来|後來){0,5}(?:想要|想|需要|希望|请|請|要)(?:得到|收到|您|你们|你們|能|给我|給我){0,5}(?:回复|回覆|答复|答覆|回答)(?:我|一下)?"
    r"|(?:역시|그래도|아무래도|다시|꼭){0,5}(?:답장|답변|회신|답)(?:을|이|도)?"
    r"(?:받고싶(?:어요|습니다)|원(?:해요|합니다)|주세요|부탁(?:드립니다|드려요|해요|합니다)|필요(?:해요|합니다)|해주세요|받을수있을까요)"
)
_POINTED: Final = (
    r"(?:はい|いいえ|ええ|うん)?(?:両方|りょうほう|どちらも|どっちも|2つとも|二つとも|全部|ぜんぶ|すべて|全て|それ|これ|そっち|そちら|こっち|前者|後者"
    r"|上|下|真ん中|最初|さいしょ|最後|[1-9一二三四五](?:番|つ|個|こ)?(?:目|め)?|ひとつめ|ふたつめ|みっつめ)"
    r"(?:のほう|の方|のやつ|のもの|のこと)?(?:とも|だけ)?(?:を|が|で|に|は)?(?:です|お願いします|おねがいします|知りたいです|知りたい|かな|でしょうか){0,5}"
    r"|はい(?:そうです)?|そうです(?:ね)?|その通りです|そのとおりです|違います|ちがいます|いいえ(?:違います|ちがいます)?|どちらでも(?:ないです|ありません|いいです)"
    r"|(?:both|yes|no|yep|nope|neither|either|all|thefirst|thesecond|thethird|thelast|theother|thisone|thatone|that|this|[1-9])"
    r"(?:one|ones|ofthem|ofthese|please){0,5}"
    r"|(?:两个|兩個|两者|兩者|二者)?都(?:要|是|想知道|需要)?|是的?|对|對|不是|第[一二三]个?個?|[上下]面(?:的|那个|那個)?"
    r"|둘다(?:요|예요|입니다)?|네|예|아니요|아니오|[첫두세]번째(?:요|거요)?|그거요?|이거요?"
)
_LEADS: Final = re.compile(
    r"(?:それ|その|そこ|そちら|そっち|これら?の?|じゃあ|じゃ|では|だったら|そしたら|あと|ちなみに|"
    r"whatabout|howabout|andwhat|andhow|its|thatone|isit|howmuchisit|whereisit|"
    r"那(?!里|裡|邊|边)|它|这个|這個|그거|그건|그럼|그것|그러면)"
)
_QUESTION_MARK: Final = re.compile(r"[?？]|か[。．.!！]*$")


def _whole(core: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_COURTESY}){{0,5}}?(?:{core})(?:{_COURTESY}){{0,5}}")


_MEANINGS: Final = (
    (
        Meaning.THANKS,
        re.compile(rf"(?:{_THANKS}|はい|ok|okay|yes|great|perfect|好的?|네|예){{0,5}}?(?:{_THANKS}){{1,3}}"),
    ),
    (Meaning.NOT_YET, _whole(_NOT_YET)),
    (Meaning.SOLVED, _whole(_SOLVED)),
    (Meaning.WANTS_REPLY, _whole(_WANTS_REPLY)),
)
_POINTS: Final = _whole(_POINTED)


def meaning_of(text: str) -> Meaning | None:
    """The meaning of a short message as answer to 「解決しましたか」, or on a ticket that wants no reply; otherwise
    ``None``.
    """
    if len(text) > _LONGEST:
        return None
    squeezed = _squeezed(text)
    found = next((meaning for meaning, pattern in _MEANINGS if pattern.fullmatch(squeezed)), None)
    # 「解決しましたか?」 is a question and does not say that it is solved.
    return None if found is Meaning.SOLVED and _QUESTION_MARK.search(text.strip()) else found


def is_fragment(text: str) -> bool:
    """Whether a message only makes sense with the one before it: 「両方です」「それの料金は?」."""
    if len(text) > _LONGEST:
        return False
    squeezed = _squeezed(text)
    return bool(_POINTS.fullmatch(squeezed)) or (
        len(squeezed) <= _LED_LONGEST and bool(_LEADS.match(squeezed))
    )


def _squeezed(text: str) -> str:
    return to_hiragana(fold(text)).replace(" ", "").replace("ー", "").replace("_", "")
