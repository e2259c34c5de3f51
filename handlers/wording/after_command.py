"""Texts for residents about words after a command that cannot simply be carried out with them."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

NO_SUCH_COMMAND: Final[Words] = {
    JA: "その命令は分からないので、続きの文を読みました。使える命令は /help で見られます。",
    EASY: "その 命令(めいれい)は わかりません。それで、続(つづ)きの 文(ぶん)を 読(よ)みました。"
    "使(つか)える 命令は /help で 見(み)る ことが できます。",
    EN: "I do not know that command, so I have read the words after it. /help shows the commands.",
    HANS: "没有这个指令，所以只读了后面的文字。发送 /help 可以查看指令。",
    HANT: "沒有這個指令，所以只讀了後面的文字。傳送 /help 可以查看指令。",
    KO: "모르는 명령이라 뒤에 쓰신 글을 읽었습니다. 명령은 /help 에서 볼 수 있습니다.",
}
NOT_WITHDRAWN: Final[Words] = {
    JA: "受付番号 {ticket} は、まだ取り下げていません。取り下げるときは「取り下げる」を押すか、/stop とだけ送ってください。",
    EASY: "番号(ばんごう) {ticket} は、まだ 取(と)り消(け)して いません。"
    "取り消すときは「とりけす」を 押(お)すか、/stop とだけ 送(おく)って ください。",
    EN: "Ticket {ticket} has not been withdrawn. To withdraw it, tap “Withdraw” or send /stop alone.",
    HANS: "受理编号 {ticket} 还没有撤回。要撤回的话，请点「撤回」，或只发送 /stop。",
    HANT: "受理編號 {ticket} 還沒有撤回。要撤回的話，請點「撤回」，或只傳送 /stop。",
    KO: "접수번호 {ticket}은(는) 아직 취소하지 않았습니다. 취소하려면 「취소하기」를 누르거나 /stop 만 보내 주세요.",
}
