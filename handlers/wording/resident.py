"""Texts for residents around their questions, and how a sentence is said; greetings, tickets and buttons are named here, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from faq.answer import Answer
from faq.content.profile import Profile
from faq.language import Language, Words, pick
from handlers.wording.buttons import (
    BUTTON_DONE,
    BUTTON_MENU,
    BUTTON_NO_REPLY,
    BUTTON_NONE,
    BUTTON_NOT_SOLVED,
    BUTTON_NOT_YET,
    BUTTON_PERSON,
    BUTTON_SOLVED,
    BUTTON_WITHDRAW,
)
from handlers.wording.not_read import (
    CANNOT_READ,
    EDIT_SEEN,
    EMPTY,
    ENTRY_GONE,
    NO_IDENTITY_PHOTO,
    NOT_READ,
    OLD_BUTTON,
    SEND_AGAIN,
    SLOWED,
    TROUBLE,
)
from handlers.wording.start import (
    FOR_STAFF,
    GROUP,
    HELP,
    LANGUAGE,
    LANGUAGE_NAMES,
    LANGUAGE_SET,
    MENU,
    PRIVACY,
    UNKNOWN_COMMAND,
    WELCOME,
)
from handlers.wording.tickets import (
    ADDED,
    ALREADY_OPEN,
    ATTACHED,
    CLAIMED,
    CORRECTED,
    FROM_STAFF,
    GIVEN_BEFORE,
    HANDED_OFF,
    JOINED,
    LAPSED_CLOSED,
    RELEASED,
    REOPENED,
    RESOLVED,
    SETTLED,
    TICKET_CLOSED,
    WITHDRAWN,
)

__all__ = [  # callers find every sentence around questions, tickets and buttons here
    "ADDED", "ALREADY_OPEN", "ATTACHED", "BUTTON_DONE", "BUTTON_MENU", "BUTTON_NONE", "BUTTON_NOT_SOLVED",
    "BUTTON_NOT_YET", "BUTTON_NO_REPLY", "BUTTON_PERSON", "BUTTON_SOLVED", "BUTTON_WITHDRAW", "CANNOT_READ",
    "CLAIMED", "CORRECTED", "EDIT_SEEN", "EMPTY", "ENTRY_GONE", "FOR_STAFF", "FROM_STAFF", "GIVEN_BEFORE",
    "GROUP", "HANDED_OFF", "HANDOFF", "HELP", "IN_ANOTHER_LANGUAGE", "JOINED", "LANGUAGE", "LANGUAGE_NAMES",
    "LANGUAGE_SET", "LAPSED_CLOSED", "MENU", "NOT_READ", "NOT_SOLVED", "NO_IDENTITY_PHOTO", "OFFER",
    "OLD_BUTTON", "OPEN_NEXT", "OPEN_NOW", "OPEN_UNKNOWN", "PRIVACY", "RELEASED", "REOPENED", "REPHRASE",
    "RESOLVED", "REVIEW_OVERDUE", "SEND_AGAIN", "SETTLED", "SLOWED", "SOLVED", "TICKET_CLOSED", "TROUBLE",
    "UNKNOWN_COMMAND", "WELCOME", "WITHDRAWN", "WRITE_QUESTION", "answered", "expectation", "moment", "say",
]  # fmt: skip

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

IN_ANOTHER_LANGUAGE: Final[dict[Language, str]] = {
    EASY: "この 案内(あんない)は、まだ やさしい日本語(にほんご)が ありません。ふつうの 日本語で 書(か)きます。",
    HANS: "这条说明还没有中文版，下面是英文。",
    HANT: "這則說明還沒有中文版，以下是英文。",
    KO: "이 안내는 아직 한국어가 없어 영어로 보여 드립니다.",
    EN: "This text is not available in English yet; here it is in Japanese.",
}
OFFER: Final[Words] = {
    JA: "お知りになりたいのは、どれですか。近いものを選んでください。",
    EASY: "知(し)りたい ことは、どれですか。近(ちか)い ものを 選(えら)んで ください。",
    EN: "Which of these do you mean? Please choose the closest one.",
    HANS: "您想问的是下面哪一项？请选择最接近的。",
    HANT: "您想問的是下面哪一項？請選擇最接近的。",
    KO: "어떤 내용을 찾으시나요? 가장 가까운 것을 골라 주세요.",
}
REPHRASE: Final[Words] = {
    JA: "すみません、うまく見つけられませんでした。\n"
    "「団体の登録に必要な書類」のように、短く書き直していただけますか。一覧から選んだり、職員に聞いたりもできます。",
    EASY: "すみません、うまく 見(み)つける ことが できませんでした。\n"
    "短(みじか)く 書(か)き直(なお)して ください。"
    "たとえば「団体(だんたい)の 登録(とうろく)に 必要(ひつよう)な 書類(しょるい)」のように 書いて ください。"
    "メニューから 選(えら)ぶ ことや、ここの 人(ひと)に 聞(き)く ことも できます。",
    EN: "Sorry, I could not find that.\n"
    "Could you write it in a few words, for example “documents for group registration”? "
    "You can also choose from the list or ask a person.",
    HANS: "抱歉，没有找到对应的说明。请换个简短的说法再写一次，也可以从列表中选择，或联系工作人员。",
    HANT: "抱歉，沒有找到對應的說明。請換個簡短的說法再寫一次，也可以從清單中選擇，或聯絡職員。",
    KO: "죄송합니다. 찾지 못했습니다. 짧게 다시 써 주시겠어요? 목록에서 고르거나 직원에게 물어보실 수도 있습니다.",
}
HANDOFF: Final[Words] = {
    JA: "ここの案内だけでは、お答えできないようです。職員に聞きますか。\n"
    "「職員に聞く」を押すと、書いていただいた文がそのまま届きます。同じことをもう一度話す必要はありません。",
    EASY: "ここの 案内(あんない)だけでは、答(こた)える ことが できないようです。ここの 人(ひと)に 聞(き)きますか。\n"
    "「ここの ひとに きく」を 押(お)すと、書(か)いた 文(ぶん)が そのまま 届(とど)きます。"
    "同(おな)じ ことを もう一度(いちど) 話(はな)さなくて いいです。",
    EN: "It seems the texts here do not answer your question. Would you like to ask a person?\n"
    "Tap “Ask a person” and staff get your words exactly as you wrote them. You will not have to say it again.",
    HANS: "这里的说明似乎回答不了您的问题。要联系工作人员吗？点「联系工作人员」，您写的内容会原样转达，不用再说一遍。",
    HANT: "這裡的說明似乎回答不了您的問題。要聯絡職員嗎？點「聯絡職員」，您寫的內容會原樣轉達，不用再說一次。",
    KO: "여기 있는 안내로는 답해 드리기 어려운 것 같습니다. 직원에게 물어보시겠어요? "
    "「직원에게 문의」를 누르면 쓰신 글이 그대로 전달됩니다.",
}
SOLVED: Final[Words] = {
    JA: "よかったです。ほかにもあれば、いつでも書いてください。",
    EASY: "よかったです。ほかにも あれば、いつでも 書(か)いて ください。",
    EN: "Glad to hear that. Write any time if there is more.",
    HANS: "太好了。还有问题随时写给我。",
    HANT: "太好了。還有問題隨時寫給我。",
    KO: "다행입니다. 더 궁금한 것이 있으면 언제든 써 주세요.",
}
NOT_SOLVED: Final[Words] = {
    JA: "解決しなかったのですね。すみません。\nくわしく書いていただくか、「職員に聞く」を押してください。"
    "これまでのやりとりは、そのまま職員に伝わります。",
    EASY: "まだ 困(こま)って いるのですね。すみません。\n"
    "もっと くわしく 書(か)くか、「ここの ひとに きく」を 押(お)して ください。"
    "これまでの 話(はなし)は、そのまま ここの 人(ひと)に 伝(つた)わります。",
    EN: "Sorry that this did not help.\nWrite a little more, or tap “Ask a person”; staff will see what was said so far.",
    HANS: "很抱歉没能解决。请再写详细一点，或点「联系工作人员」，之前的内容会一并转达。",
    HANT: "很抱歉沒能解決。請再寫詳細一點，或點「聯絡職員」，之前的內容會一併轉達。",
    KO: "도움이 되지 못해 죄송합니다. 조금 더 자세히 써 주시거나 「직원에게 문의」를 눌러 주세요.",
}
WRITE_QUESTION: Final[Words] = {
    JA: "職員に聞きたいことを書いて送ってください。書いた文が、そのまま職員に届きます。",
    EASY: "ここの 人(ひと)に 聞(き)きたい ことを、書(か)いて 送(おく)って ください。"
    "書いた 文(ぶん)が、そのまま ここの 人に 届(とど)きます。",
    EN: "Please write what you want to ask. Staff get your words exactly as written.",
    HANS: "请写下您想问的内容，会原样转达给工作人员。",
    HANT: "請寫下您想問的內容，會原樣轉達給職員。",
    KO: "직원에게 묻고 싶은 것을 써 주세요. 쓰신 그대로 전달됩니다.",
}
OPEN_NOW: Final[Words] = {
    JA: "いまは受付時間内です。順番に返事をします。",
    EASY: "いまは 受付(うけつけ)の 時間(じかん)です。順番(じゅんばん)に 返事(へんじ)を します。",
    EN: "The desk is open now. Staff answer in turn.",
    HANS: "现在是受理时间，会按顺序回复。",
    HANT: "現在是受理時間，會依序回覆。",
    KO: "지금은 접수 시간입니다. 순서대로 답해 드립니다.",
}
OPEN_NEXT: Final[Words] = {
    JA: "次の受付は{when}です。それまでは、職員がいません。",
    EASY: "次(つぎ)の 受付(うけつけ)は {when}です。それまでは、ここの 人(ひと)が いません。",
    EN: "The desk opens next on {when}. Nobody is there before then.",
    HANS: "下次受理时间是{when}。在那之前没有工作人员。",
    HANT: "下次受理時間是{when}。在那之前沒有職員。",
    KO: "다음 접수 시간은 {when}입니다. 그 전에는 직원이 없습니다.",
}
OPEN_UNKNOWN: Final[Words] = {
    JA: "いつ返事ができるかは、まだ分かりません。",
    EASY: "いつ 返事(へんじ)が できるかは、まだ わかりません。",
    EN: "We do not know yet when somebody will be there.",
    HANS: "还不知道什么时候能够回复。",
    HANT: "還不知道什麼時候能夠回覆。",
    KO: "언제 답해 드릴 수 있을지는 아직 알 수 없습니다.",
}
REVIEW_OVERDUE: Final[Words] = {
    JA: "この案内は、見直しの予定日を過ぎています。念のため、窓口でも確かめてください。",
    EASY: "この 案内(あんない)は、見直(みなお)す 予定(よてい)の 日(ひ)を 過(す)ぎて います。"
    "まちがえないように、窓口(まどぐち)でも 確(たし)かめて ください。",
    EN: "This text is past its review date. Please check with the contact window as well.",
    HANS: "这条说明已过预定的复核日期。为慎重起见，请也向窗口确认。",
    HANT: "這則說明已過預定的複核日期。為慎重起見，請也向窗口確認。",
    KO: "이 안내는 재검토 예정일이 지났습니다. 만약을 위해 창구에서도 확인해 주세요.",
}


_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_KO = "월화수목금토일"
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December")  # fmt: skip


def say(words: Words, language: Language, town: Profile | None = None, **values: object) -> str:
    """The text in the reader's language, filled in; with the town's names where the text has any."""
    spoken_in, sentence = pick(words, language)
    return sentence.format(**(town.words(spoken_in) if town is not None else {}), **values)


def answered(answer: Answer, language: Language) -> tuple[str, int]:
    """An entry's text with notes for the reader (shown in another language, or a review is due), and from which
    character on it is folded.
    """
    lines = [answer.core]
    if answer.language is not language and language in IN_ANOTHER_LANGUAGE:
        lines.insert(0, IN_ANOTHER_LANGUAGE[language])
    if answer.review_overdue:
        lines.append(say(REVIEW_OVERDUE, language))
    seen = "\n\n".join(lines)
    return seen + answer.rest, len(seen)


def _city(when: datetime) -> str:
    return str(when.tzinfo).rpartition("/")[2].replace("_", " ")


def moment(when: datetime, language: Language) -> str:
    """A date and time as people write it: 11月24日(火) 9:00."""
    clock = f"{when.hour}:{when.minute:02d}"
    if language in (JA, Language.JA_EASY):
        return f"{when.month}月{when.day}日({_WEEKDAYS_JA[when.weekday()]}) {clock}"
    if language in (HANS, HANT):
        return f"{when.month}月{when.day}日(星期{_WEEKDAYS_ZH[when.weekday()]}) {clock}"
    if language is KO:
        return f"{when.month}월 {when.day}일({_WEEKDAYS_KO[when.weekday()]}) {clock}"
    return f"{_WEEKDAYS_EN[when.weekday()]} {when.day} {_MONTHS_EN[when.month - 1]}, {clock} ({_city(when)} time)"


def expectation(
    opens: datetime | None, is_open: bool, language: Language, closures: Sequence[Mapping[Language, str]] = ()
) -> str:
    """When the desk opens, promising no more than the calendar knows; ``closures`` are reasons why not before."""
    if is_open:
        return say(OPEN_NOW, language)
    when = (
        say(OPEN_UNKNOWN, language)
        if opens is None
        else say(OPEN_NEXT, language, when=moment(opens, language))
    )
    return "\n".join([when, *dict.fromkeys(pick(why, language)[1] for why in closures if why)])
