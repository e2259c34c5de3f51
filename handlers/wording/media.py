"""Texts for residents about media that are neither text nor a copied file: what was not taken, and what can be sent."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words
from handlers.wording.resident import say

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

_KINDS: Final[dict[str, Words]] = {
    "sticker": {JA: "スタンプ", EASY: "スタンプ", EN: "A sticker", HANS: "贴图", HANT: "貼圖", KO: "스티커"},
    "contact": {
        JA: "連絡先",
        EASY: "連絡先(れんらくさき)",
        EN: "A contact",
        HANS: "联系人",
        HANT: "聯絡人",
        KO: "연락처",
    },
    "location": {
        JA: "位置情報",
        EASY: "位置(いち)の 情報(じょうほう)",
        EN: "A location",
        HANS: "位置信息",
        HANT: "位置資訊",
        KO: "위치 정보",
    },
    "venue": {
        JA: "場所の情報",
        EASY: "場所(ばしょ)の 情報(じょうほう)",
        EN: "A place",
        HANS: "地点信息",
        HANT: "地點資訊",
        KO: "장소 정보",
    },
    "poll": {JA: "アンケート", EASY: "アンケート", EN: "A poll", HANS: "投票", HANT: "投票", KO: "설문"},
    "dice": {
        JA: "サイコロなどの絵文字",
        EASY: "サイコロなどの 絵文字(えもじ)",
        EN: "A dice",
        HANS: "骰子表情",
        HANT: "骰子表情",
        KO: "주사위",
    },
    "story": {
        JA: "ストーリー",
        EASY: "ストーリー",
        EN: "A story",
        HANS: "动态",
        HANT: "限時動態",
        KO: "스토리",
    },
    "game": {JA: "ゲーム", EASY: "ゲーム", EN: "A game", HANS: "游戏", HANT: "遊戲", KO: "게임"},
    "checklist": {
        JA: "チェックリスト",
        EASY: "チェックリスト",
        EN: "A checklist",
        HANS: "清单",
        HANT: "檢查清單",
        KO: "체크리스트",
    },
    "paid_media": {
        JA: "有料の写真や動画",
        EASY: "お金(かね)が かかる 写真(しゃしん)や 動画(どうが)",
        EN: "Paid media",
        HANS: "付费的照片或视频",
        HANT: "付費的照片或影片",
        KO: "유료 미디어",
    },
}
_OTHER: Final[Words] = {
    JA: "この種類のもの",
    EASY: "この 種類(しゅるい)の もの",
    EN: "This kind of message",
    HANS: "这种消息",
    HANT: "這種訊息",
    KO: "이런 종류의 메시지",
}  # fmt: skip
_NOT_TAKEN: Final[Words] = {
    JA: "{kind}は、ここでは受け取れません。知りたいことは、文字で書いてください。",
    EASY: "{kind}は、ここでは 受(う)け取(と)る ことが できません。知(し)りたい ことは、文字(もじ)で 書(か)いて ください。",
    EN: "{kind} cannot be taken here. Please write in words.",
    HANS: "这里无法接收{kind}，请用文字书写。",
    HANT: "這裡無法接收{kind}，請用文字書寫。",
    KO: "{kind}은(는) 여기서 받을 수 없습니다. 글로 써 주세요.",
}
_NOT_PASSED_ON: Final[Words] = {
    JA: "{kind}は受け取れないので、職員に渡していません。文字のほか、写真・ファイル・音声・動画なら職員に届きます。",
    EASY: "{kind}は、受(う)け取(と)る ことが できません。だから、ここの 人(ひと)に 渡(わた)して いません。"
    "文字(もじ)の ほか、写真(しゃしん)・ファイル・音声(おんせい)・動画(どうが)なら、ここの 人に 届(とど)きます。",
    EN: "{kind} cannot be passed on, so staff did not get it. They get words, photos, files, voice messages and videos.",
    HANS: "无法接收{kind}，因此没有转交给工作人员。文字、照片、文件、语音和视频可以转交。",
    HANT: "無法接收{kind}，因此沒有轉交給職員。文字、照片、檔案、語音和影片可以轉交。",
    KO: "{kind}은(는) 받을 수 없어 직원에게 전하지 않았습니다. 글, 사진, 파일, 음성, 동영상은 직원에게 전달됩니다.",
}


_WORDS_READ: Final[Words] = {
    JA: "添えてあった文だけを読みました。",
    EASY: "いっしょに 届(とど)いた 文(ぶん)だけを 読(よ)みました。",
    EN: "I have read only the words that came with it.",
    HANS: "只读了附带的文字。",
    HANT: "只讀了附帶的文字。",
    KO: "함께 온 글만 읽었습니다.",
}


def not_taken(kind: str, language: Language, *, has_case: bool, has_words: bool) -> str:
    """That this kind is not taken; ``has_case``: what may be sent to the desk; ``has_words``: that the words were read."""
    named = say(_KINDS.get(kind, _OTHER), language)
    told = say(_NOT_PASSED_ON if has_case else _NOT_TAKEN, language, kind=named)
    return f"{told}\n{say(_WORDS_READ, language)}" if has_words else told
