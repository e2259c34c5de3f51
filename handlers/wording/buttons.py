"""Labels of buttons for residents: on answers, menus and tickets."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

BUTTON_SOLVED: Final[Words] = {
    JA: "解決した",
    EASY: "これで だいじょうぶ",
    EN: "Solved",
    HANS: "解决了",
    HANT: "解決了",
    KO: "해결됐어요",
}
BUTTON_NOT_SOLVED: Final[Words] = {
    JA: "解決しない",
    EASY: "まだ こまって いる",
    EN: "Not solved",
    HANS: "没解决",
    HANT: "沒解決",
    KO: "해결 안 됨",
}
BUTTON_PERSON: Final[Words] = {
    JA: "職員に聞く",
    EASY: "ここの ひとに きく",
    EN: "Ask a person",
    HANS: "联系工作人员",
    HANT: "聯絡職員",
    KO: "직원에게 문의",
}
BUTTON_MENU: Final[Words] = {
    JA: "一覧へ",
    EASY: "メニューへ",
    EN: "Menu",
    HANS: "列表",
    HANT: "清單",
    KO: "목록",
}
BUTTON_NONE: Final[Words] = {
    JA: "どれでもない",
    EASY: "どれでも ない",
    EN: "None of these",
    HANS: "都不是",
    HANT: "都不是",
    KO: "여기에 없음",
}
BUTTON_DONE: Final[Words] = {
    JA: "解決した",
    EASY: "これで だいじょうぶ",
    EN: "Solved",
    HANS: "解决了",
    HANT: "解決了",
    KO: "해결",
}
BUTTON_NOT_YET: Final[Words] = {
    JA: "まだ",
    EASY: "まだ",
    EN: "Not yet",
    HANS: "还没有",
    HANT: "還沒有",
    KO: "아직",
}
BUTTON_WITHDRAW: Final[Words] = {
    JA: "取り下げる",
    EASY: "とりけす",
    EN: "Withdraw",
    HANS: "撤回",
    HANT: "撤回",
    KO: "취소하기",
}
BUTTON_NO_REPLY: Final[Words] = {
    JA: "返信は不要",
    EASY: "へんじは いらない",
    EN: "No reply needed",
    HANS: "不需要回复",
    HANT: "不需要回覆",
    KO: "답장 불필요",
}
