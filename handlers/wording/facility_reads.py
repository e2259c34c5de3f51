"""Texts for residents where the only desk may be the facility's own: who reads a complaint, and what else can be done."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

ASK: Final[Words] = {
    JA: "まだ送っていません。ひとつだけ確かめさせてください。\n"
    "職員に送ると、この窓口の職員が読みます。施設の職員が読むこともあります。\n"
    "職員に送りますか。選ばれないまま{minutes}分たったときは、だれにも送りません。{ward}",
    EASY: "まだ 送(おく)って いません。ひとつ 教(おし)えて ください。\n"
    "送ると、ここの 人(ひと)が 読(よ)みます。施設(しせつ)の 人が 読むことも あります。\n"
    "送りますか。{minutes}分(ふん) 返事(へんじ)が ないときは、だれにも 送りません。{ward}",
    EN: "Nothing has been sent yet. Just one question.\n"
    "If you send it, the staff of this desk read it, and they may be staff of the facility.\n"
    "Shall it be sent to them? If you do not choose within {minutes} minutes, it goes to nobody.{ward}",
    HANS: "还没有发送。请确认一件事：\n发送后，由这个窗口的工作人员阅读，其中可能有设施的工作人员。\n"
    "要发给工作人员吗？{minutes}分钟内没有选择时，不会发给任何人。{ward}",
    HANT: "還沒有送出。請確認一件事：\n送出後，由這個窗口的職員閱讀，其中可能有設施的職員。\n"
    "要送給職員嗎？{minutes}分鐘內沒有選擇時，不會送給任何人。{ward}",
    KO: "아직 보내지 않았습니다. 한 가지만 확인해 주세요.\n"
    "직원에게 보내면 이 창구의 직원이 읽으며, 시설 직원이 읽을 수도 있습니다.\n"
    "직원에게 보낼까요? {minutes}분 안에 고르지 않으시면 아무에게도 보내지 않습니다.{ward}",
}
WARD_WINDOW: Final[Words] = {
    JA: "苦情や意見を{government}へ直接伝えたいときは、こちらに話せます。\n{window}",
    EASY: "苦情(くじょう)や 意見(いけん)を {government}に 直接(ちょくせつ) 言(い)いたいときは、ここに 話(はな)せます。\n{window}",
    EN: "A complaint or an opinion can be told to {government} directly, here:\n{window}",
    HANS: "想把投诉或意见直接告诉{government}时，可以联系这里：\n{window}",
    HANT: "想把投訴或意見直接告訴{government}時，可以聯絡這裡：\n{window}",
    KO: "불만이나 의견을 {government}에 직접 전하고 싶으시면 여기에 말씀하실 수 있습니다.\n{window}",
}
SEND: Final[Words] = {JA: "送る", EASY: "おくる", EN: "Send it", HANS: "发送", HANT: "送出", KO: "보내기"}
STILL_UNSENT: Final[Words] = {
    JA: "※「{named}」は、まだだれにも送っていません。職員に送るかどうか選んでください。"
    "お返事がないまま{minutes}分たったときは、だれにも送りません。",
    EASY: "※「{named}」は、まだ だれにも 送(おく)って いません。ここの 人(ひと)に 送るか 選(えら)んで ください。"
    "{minutes}分(ふん) 返事(へんじ)が ないときは、だれにも 送りません。",
    EN: "* “{named}” has not been sent to anybody yet. Please choose whether staff shall get it. "
    "Without an answer within {minutes} minutes it goes to nobody.",
    HANS: "※「{named}」还没有发给任何人。请选择要不要发给工作人员。{minutes}分钟内没有回答时，不会发给任何人。",
    HANT: "※「{named}」還沒有送給任何人。請選擇要不要送給職員。{minutes}分鐘內沒有回答時，不會送給任何人。",
    KO: "※ 「{named}」은(는) 아직 아무에게도 보내지 않았습니다. 직원에게 보낼지 골라 주세요. "
    "{minutes}분 안에 답이 없으면 아무에게도 보내지 않습니다.",
}
UNANSWERED: Final[Words] = {
    JA: "職員に送るかどうかのお返事がなかったので、「{named}」はだれにも送っていません。\n"
    "職員に読んでほしいときは「送る」を押してください。",
    EASY: "ここの 人(ひと)に 送(おく)るか どうか、返事(へんじ)が ありませんでした。それで、「{named}」は だれにも 送って いません。\n"
    "ここの 人に 読(よ)んで ほしいときは「おくる」を 押(お)して ください。",
    EN: "You did not choose whether staff shall get it, so “{named}” has not been sent to anybody.\n"
    "If you want staff to read it, tap “Send it”.",
    HANS: "您没有选择要不要发给工作人员，所以「{named}」没有发给任何人。\n如果希望工作人员阅读，请点「发送」。",
    HANT: "您沒有選擇要不要送給職員，所以「{named}」沒有送給任何人。\n如果希望職員閱讀，請點「送出」。",
    KO: "직원에게 보낼지 답이 없으셔서 「{named}」은(는) 아무에게도 보내지 않았습니다.\n"
    "직원이 읽기를 원하시면 「보내기」를 눌러 주세요.",
}
FILE_WAITS: Final[Words] = {
    JA: "写真やファイルは、まだだれにも渡していません。「送る」を押すと、文といっしょに職員に送ります。",
    EASY: "写真(しゃしん)や ファイルは、まだ だれにも 渡(わた)して いません。"
    "「おくる」を 押(お)すと、文(ぶん)と いっしょに ここの 人(ひと)に 送(おく)ります。",
    EN: "Your file has not been passed to anybody yet. If you tap “Send it”, it goes to staff along with your words.",
    HANS: "您的文件还没有交给任何人。点「发送」后，会和文字一起发给工作人员。",
    HANT: "您的檔案還沒有交給任何人。點「送出」後，會和文字一起送給職員。",
    KO: "파일은 아직 아무에게도 전하지 않았습니다. 「보내기」를 누르면 글과 함께 직원에게 보냅니다.",
}
TOO_MUCH: Final[Words] = {
    JA: "いま届いたものは、預かれませんでした。だれにも送っていません。先に「送る」か「送らない」を選んで、"
    "それからもう一度送ってください。",
    EASY: "いま 届(とど)いた ものは、預(あず)かる ことが できませんでした。だれにも 送(おく)って いません。"
    "先(さき)に「おくる」か「おくらない」を 選(えら)んで、それから もう一度(いちど) 送って ください。",
    EN: "What you have just sent could not be kept and went to nobody. Please choose “Send it” or “Do not send it” first, "
    "and then send it again.",
    HANS: "刚才收到的内容无法暂存，也没有发给任何人。请先选择「发送」或「不发送」，然后再发一次。",
    HANT: "剛才收到的內容無法暫存，也沒有送給任何人。請先選擇「送出」或「不送出」，然後再傳一次。",
    KO: "방금 보내신 것은 맡아 둘 수 없었고 아무에게도 보내지 않았습니다. 먼저 「보내기」나 「보내지 않기」를 고르신 뒤 다시 보내 주세요.",
}
