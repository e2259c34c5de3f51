"""Texts around answers: entries not in force, and messages that were read together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from faq.force import OutOfForce
from faq.language import Language, Words, pick

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

_ENDED: Final[Words] = {
    JA: "「{about}」の案内は、{day}までのものでした。いまは、その内容ではお答えできません。",
    EASY: "「{about}」の 案内(あんない)は、{day}までの ものでした。いまは、その 内容(ないよう)で 答(こた)える ことが できません。",
    EN: "The text on “{about}” was in force until {day}. It no longer holds, so I cannot answer with it.",
    HANS: "「{about}」的说明有效期到{day}为止，现在已不适用，不能用来回答。",
    HANT: "「{about}」的說明有效期到{day}為止，現在已不適用，不能用來回答。",
    KO: "「{about}」 안내는 {day}까지의 것이어서, 지금은 그 내용으로 답해 드릴 수 없습니다.",
}
_BEGINS: Final[Words] = {
    JA: "「{about}」の案内は、{day}からのものです。それまでは、その内容ではお答えできません。",
    EASY: "「{about}」の 案内(あんない)は、{day}からの ものです。それまでは、その 内容(ないよう)で 答(こた)える ことが できません。",
    EN: "The text on “{about}” is in force from {day}. Until then I cannot answer with it.",
    HANS: "「{about}」的说明从{day}起有效，在那之前不能用来回答。",
    HANT: "「{about}」的說明從{day}起有效，在那之前不能用來回答。",
    KO: "「{about}」 안내는 {day}부터 적용됩니다. 그 전에는 그 내용으로 답해 드릴 수 없습니다.",
}
_ASK_HERE: Final[Words] = {
    JA: "いまのことは、次の窓口に聞いてください。「職員に聞く」を押すと、ここでも人が答えます。",
    EASY: "いまの ことは、次(つぎ)の 窓口(まどぐち)に 聞(き)いて ください。"
    "「ここの ひとに きく」を 押(お)すと、ここでも 人(ひと)が 答(こた)えます。",
    EN: "For what holds now, please ask here. You can also tap “Ask a person”.",
    HANS: "目前的情况请向以下窗口询问，也可以点「联系工作人员」。",
    HANT: "目前的情況請向以下窗口詢問，也可以點「聯絡職員」。",
    KO: "지금의 내용은 아래 창구에 물어봐 주세요. 「직원에게 문의」를 누르셔도 됩니다.",
}
_ASK_PERSON: Final[Words] = {
    JA: "いまのことは「職員に聞く」を押して聞いてください。",
    EASY: "いまの ことは、「ここの ひとに きく」を 押(お)して 聞(き)いて ください。",
    EN: "For what holds now, please tap “Ask a person”.",
    HANS: "目前的情况请点「联系工作人员」询问。",
    HANT: "目前的情況請點「聯絡職員」詢問。",
    KO: "지금의 내용은 「직원에게 문의」를 눌러 물어봐 주세요.",
}
_NEARBY: Final[Words] = {
    JA: "いまの案内で近いものは、下のボタンから見られます。",
    EASY: "いまの 案内(あんない)で 近(ちか)い ものは、下(した)の ボタンから 見(み)る ことが できます。",
    EN: "Texts in force that may be close are below.",
    HANS: "目前有效的相近说明见下面的按钮。",
    HANT: "目前有效的相近說明見下面的按鈕。",
    KO: "지금 적용되는 비슷한 안내는 아래 버튼에서 볼 수 있습니다.",
}
READ_TOGETHER: Final[Words] = {
    JA: "ひとつ前に書いていただいたことと、合わせて読みました。ここでの案内は、上に出したものと同じです。\n"
    "足りないときは「職員に聞く」を押してください。ここまでの文が、まとめて届きます。",
    EASY: "ひとつ前(まえ)に 書(か)いて くれた ことと、いっしょに 読(よ)みました。"
    "ここでの 案内(あんない)は、上(うえ)に 出(だ)した ものと 同(おな)じです。\n"
    "足(た)りないときは「ここの ひとに きく」を 押(お)して ください。ここまでの 文(ぶん)が、まとめて 届(とど)きます。",
    EN: "I read this together with your message before. The text is the same as the one above.\n"
    "If it is not enough, tap “Ask a person”; staff get everything you have written so far.",
    HANS: "已和您前面写的内容一起看了，说明和上面的相同。\n如果不够，请点「联系工作人员」，到目前为止写的内容会一并转达。",
    HANT: "已和您前面寫的內容一起看了，說明和上面的相同。\n如果不夠，請點「聯絡職員」，到目前為止寫的內容會一併轉達。",
    KO: "앞서 쓰신 내용과 함께 읽었습니다. 안내는 위와 같습니다.\n"
    "부족하면 「직원에게 문의」를 눌러 주세요. 지금까지 쓰신 글이 함께 전달됩니다.",
}
ONE_BY_ONE: Final[Words] = {
    JA: "ひとつずつ押すと、それぞれの案内が出ます。\n"
    "まとめて聞きたいときは「職員に聞く」を押してください。ここまでの文が、まとめて届きます。",
    EASY: "ひとつずつ 押(お)すと、それぞれの 案内(あんない)が 出(で)ます。\n"
    "まとめて 聞(き)きたいときは「ここの ひとに きく」を 押して ください。ここまでの 文(ぶん)が、まとめて 届(とど)きます。",
    EN: "Tap them one after the other to see each text.\n"
    "To ask about all of it at once, tap “Ask a person”; staff get everything you have written so far.",
    HANS: "请逐个点击，会分别显示说明。\n想一起问的话，请点「联系工作人员」，到目前为止写的内容会一并转达。",
    HANT: "請逐個點擊，會分別顯示說明。\n想一起問的話，請點「聯絡職員」，到目前為止寫的內容會一併轉達。",
    KO: "하나씩 누르면 각각의 안내가 나옵니다.\n"
    "한꺼번에 묻고 싶으시면 「직원에게 문의」를 눌러 주세요. 지금까지 쓰신 글이 함께 전달됩니다.",
}
_MONTHS_EN: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
                     "October", "November", "December")  # fmt: skip


def offered(heading: str, gists: Sequence[tuple[str, str]]) -> str:
    """An offer that often is the answer already: each question with the first sentence of its text."""
    told = [
        f"{number}. {question}\n→ {gist}" if gist else f"{number}. {question}"
        for number, (question, gist) in enumerate(gists, 1)
    ]
    return "\n\n".join([heading, *told])


def several(shown: Sequence[tuple[str, tuple[str, int]]]) -> tuple[str, int]:
    """Several answers (text, where it folds) under their titles as one text, and where that folds."""
    cores = "\n\n".join(f"◆ {title}\n{text[:fold]}" for title, (text, fold) in shown)
    rests = "".join(f"\n\n◆ {title}{text[fold:]}" for title, (text, fold) in shown)
    return cores + rests, len(cores)


def not_in_force(about: str, out: OutOfForce, language: Language, *, has_others: bool = False) -> str:
    """That an entry is not in force, since or until when, and whom to ask instead."""
    head = pick(_BEGINS if out.is_to_come else _ENDED, language)[1].format(
        about=about, day=day(out.day, language)
    )
    parts = [head, pick(_ASK_HERE if out.windows else _ASK_PERSON, language)[1], *out.windows]
    if has_others:
        parts.append(pick(_NEARBY, language)[1])
    return "\n\n".join(parts)


def day(when: date, language: Language) -> str:
    """A date in the reader's notation."""
    if language is Language.KO:
        return f"{when.year}년 {when.month}월 {when.day}일"
    if language is Language.EN:
        return f"{when.day} {_MONTHS_EN[when.month - 1]} {when.year}"
    return f"{when.year}年{when.month}月{when.day}日"
