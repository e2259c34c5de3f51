"""Texts about a pause, a banner, and a resident who is put off: for residents in their language, and for staff."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from faq.content.profile import Profile
from faq.language import Language, Words
from handlers.model.switches import Notice, SwitchKind
from handlers.wording.resident import moment, say

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

PAUSED: Final[Words] = {
    JA: "いま、ここの案内を休んでいます。{until}\n「職員に聞く」を押すと、書いていただいた文を職員に預けられます。\n"
    "命の危険があるときは、{emergency}に電話してください。",
    EASY: "いま、ここの 案内(あんない)を 休(やす)んで います。{until}\n"
    "「ここの ひとに きく」を 押(お)すと、書(か)いた 文(ぶん)を ここの 人(ひと)に 預(あず)ける ことが できます。\n"
    "命(いのち)が あぶないときは、{emergency}に 電話(でんわ)して ください。",
    EN: "The answers here are paused at the moment. {until}\nTap “Ask a person” to leave your words with staff.\n"
    "If a life is in danger, call {emergency}.",
    HANS: "这里的说明暂时停止。{until}\n点「联系工作人员」，可以把您写的内容交给工作人员。\n"
    "如有生命危险，请拨打{emergency}。",
    HANT: "這裡的說明暫時停止。{until}\n點「聯絡職員」，可以把您寫的內容交給職員。\n"
    "如有生命危險，請撥打{emergency}。",
    KO: "지금은 안내를 쉬고 있습니다. {until}\n「직원에게 문의」를 누르면 쓰신 글을 직원에게 맡길 수 있습니다.\n"
    "생명이 위험하면 {emergency}에 전화해 주세요.",
}
_UNTIL: Final[Words] = {
    JA: "{when}までの予定です。",
    EASY: "{when}までの 予定(よてい)です。",
    EN: "This is planned until {when}.",
    HANS: "预计到{when}。",
    HANT: "預計到{when}。",
    KO: "{when}까지 예정입니다.",
}
PUT_OFF: Final[Words] = {
    JA: "{when}まで、ここでの受付を止めています。それまでに送られた文は、職員に届きません。\n"
    "命の危険があるときは、そのまま書いてください。{emergencies}をご案内します。",
    EASY: "{when}まで、ここでの 受付(うけつけ)を 止(と)めて います。"
    "それまでに 送(おく)った 文(ぶん)は、ここの 人(ひと)に 届(とど)きません。\n"
    "命(いのち)が あぶないときは、そのまま 書(か)いて ください。{emergencies}を 案内(あんない)します。",
    EN: "Until {when} your messages are not taken here, and staff do not get them.\n"
    "If a life is in danger, do write: you will be shown {emergencies}.",
    HANS: "到{when}为止，这里暂停受理您的消息，工作人员不会收到。\n如有生命危险，请照常写下，我们会告知{emergencies}。",
    HANT: "到{when}為止，這裡暫停受理您的訊息，職員不會收到。\n如有生命危險，請照常寫下，我們會告知{emergencies}。",
    KO: "{when}까지 보내신 글을 접수하지 않으며 직원에게 전달되지 않습니다.\n"
    "생명이 위험하면 그대로 써 주세요. {emergencies} 번호를 안내합니다.",
}
PUT_OFF_OVER: Final[Words] = {
    JA: "受付を、また始めました。聞きたいことがあれば、いつでも書いてください。",
    EASY: "受付(うけつけ)を、また 始(はじ)めました。聞(き)きたい ことが あれば、いつでも 書(か)いて ください。",
    EN: "Your messages are taken again. Write any time.",
    HANS: "已恢复受理。有问题随时写给我们。",
    HANT: "已恢復受理。有問題隨時寫給我們。",
    KO: "다시 접수합니다. 언제든 써 주세요.",
}


def paused(notice: Notice, language: Language, town: Profile) -> str:
    """The notice's own text, or the standard one in the reader's language."""
    if notice.text:
        return notice.text
    until = say(_UNTIL, language, when=moment(notice.until, language)) if notice.until is not None else ""
    return "\n".join(line.rstrip() for line in say(PAUSED, language, town, until=until).splitlines())


def put_off(until: datetime, language: Language, town: Profile) -> str:
    """Until when the resident is put off, and that a danger is still heard."""
    return say(PUT_OFF, language, town, when=moment(until, language))


ON: Final = {
    SwitchKind.PAUSE: "⏸ {who} が案内を休みにしました{until}。住民への知らせ:\n{text}\n再開: /resume",
    SwitchKind.BANNER: "📢 {who} が知らせを出しました。案内の上に表示します:\n{text}\nやめる: /notice --off",
}
OFF: Final = {
    SwitchKind.PAUSE: "▶ {who} が案内を再開しました。",
    SwitchKind.BANNER: "📢 {who} が知らせをやめました。",
}
NOT_ON: Final = {
    SwitchKind.PAUSE: "案内は休みになっていません。",
    SwitchKind.BANNER: "出ている知らせはありません。",
}
OVER: Final = {
    SwitchKind.PAUSE: "▶ 休みの時間が終わったので、案内を再開しました。",
    SwitchKind.BANNER: "📢 知らせの時間が終わったので、やめました。",
}
STANDARD: Final = "(決まった知らせ、6言語)"
NO_NOTICE: Final = "知らせの文がありません。/notice のあとに文を書いてください(やめるときは /notice --off)。"
PUT_OFF_DONE: Final = (
    "🚫 受付番号 {ticket} の住民: {until} まで受付を止めます(理由: {reason})。住民に伝えました。"
    "危険の知らせには答えます。やめる: /unblock {ticket}"
)
PUT_OFF_ENDED: Final = "受付番号 {ticket} の住民: 受付の停止をやめました。住民に伝えました。"
PUT_OFF_ENDED_UNTOLD: Final = (
    "受付番号 {ticket} の住民: 受付の停止をやめました。住民は記録を消しているので、伝えられません。"
)
PUT_OFF_EXPIRED: Final = "受付番号 {ticket} の住民: 受付の停止が終わりました。"
NOT_PUT_OFF: Final = "受付番号 {ticket} の住民の受付は、止めていません。"
NO_SPAN: Final = "いつまでか、または理由が分かりませんでした。/block {ticket} 2時間 理由 のように書いてください(30日まで)。"


def until_of(notice: Notice) -> str:
    """For staff: a notice's end, if it has one."""
    return f"({notice.until:%m/%d %H:%M} まで)" if notice.until is not None else ""


def on(notice: Notice) -> str:
    """For staff: what was switched on, and by whom."""
    return ON[notice.kind].format(who=notice.who, until=until_of(notice), text=notice.text or STANDARD)


def in_queue(pause: Notice | None, banner: Notice | None) -> list[str]:
    """First lines of /queue."""
    lines = []
    if pause is not None:
        lines.append(
            f"⏸ 案内は休みです{until_of(pause)}。{pause.since:%m/%d %H:%M} {pause.who}。再開: /resume"
        )
    if banner is not None:
        lines.append(f"📢 知らせを出しています: {banner.text}")
    return lines
