"""Texts for residents about words that wait for their decision, and words that waited."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

WARD_NEVER: Final[Words] = {
    JA: "送らない",
    EASY: "おくらない",
    EN: "Do not send it",
    HANS: "不发送",
    HANT: "不送出",
    KO: "보내지 않기",
}
STILL_UNSENT: Final[Words] = {
    JA: "※「{named}」は、まだだれにも送っていません。どうするか選んでください。"
    "お返事がないときは、書いてから{minutes}分ほどで{complaints_desk}だけに送ります。",
    EASY: "※「{named}」は、まだ だれにも 送(おく)って いません。どうするか 選(えら)んで ください。"
    "返事(へんじ)が ないときは、書(か)いてから {minutes}分(ふん)くらいで {complaints_desk}だけに 送ります。",
    EN: "* “{named}” has not been sent to anybody yet. Please choose what to do. "
    "Without an answer it goes to {complaints_desk} only, about {minutes} minutes after you wrote it.",
    HANS: "※「{named}」还没有发给任何人。请选择怎么做。如果没有回答，写后约{minutes}分钟只发给{complaints_desk}。",
    HANT: "※「{named}」還沒有送給任何人。請選擇怎麼做。如果沒有回答，寫後約{minutes}分鐘只送到{complaints_desk}。",
    KO: "※ 「{named}」은(는) 아직 아무에게도 보내지 않았습니다. 어떻게 할지 골라 주세요. "
    "답이 없으면 쓰신 지 약 {minutes}분 뒤에 {complaints_desk}에만 보냅니다.",
}
UNANSWERED: Final[Words] = {
    JA: "「施設への苦情ですか」へのお返事がなかったので、書いていただいたことは{complaints_desk}だけに送りました。",
    EASY: "「施設(しせつ)への 苦情(くじょう)ですか」への 返事(へんじ)が ありませんでした。"
    "それで、書(か)いて くれた ことは、{complaints_desk}だけに 送(おく)りました。",
    EN: "You did not answer whether it is a complaint, so what you wrote went to {complaints_desk} only.",
    HANS: "您没有回答是不是投诉，所以您写的内容只发给了{complaints_desk}。",
    HANT: "您沒有回答是不是投訴，所以您寫的內容只送到了{complaints_desk}。",
    KO: "불만인지 답이 없으셔서, 쓰신 내용은 {complaints_desk}에만 보냈습니다.",
}
DROPPED: Final[Words] = {
    JA: "送りませんでした。だれにも見せていません。",
    EASY: "送(おく)りませんでした。だれにも 見(み)せて いません。",
    EN: "It was not sent. Nobody has seen it.",
    HANS: "没有发送，谁也没有看到。",
    HANT: "沒有送出，誰也沒有看到。",
    KO: "보내지 않았습니다. 아무에게도 보이지 않았습니다.",
}
DROPPED_TOO: Final[Words] = {
    JA: "まだ送っていなかった文も、送りません。",
    EASY: "まだ 送(おく)って いなかった 文(ぶん)も、送りません。",
    EN: "What had not been sent yet will not be sent either.",
    HANS: "还没有发送的内容也不会发送。",
    HANT: "還沒有送出的內容也不會送出。",
    KO: "아직 보내지 않은 글도 보내지 않습니다.",
}
SENT_TO_WARD: Final[Words] = {
    JA: "これは、もう{complaints_desk}に送ってあります(受付番号 {ticket})。施設の職員には見せません。",
    EASY: "これは、もう {complaints_desk}に 送(おく)りました(番号(ばんごう) {ticket})。施設(しせつ)の 人には 見(み)せません。",
    EN: "This has already been sent to {complaints_desk} (ticket {ticket}). Staff of the facility do not see it.",
    HANS: "这已经发给{complaints_desk}了（受理编号 {ticket}）。设施的工作人员不会看到。",
    HANT: "這已經送到{complaints_desk}了（受理編號 {ticket}）。設施的職員不會看到。",
    KO: "이미 {complaints_desk}에 보냈습니다(접수번호 {ticket}). 시설 직원에게는 보이지 않습니다.",
}
SENT: Final[Words] = {
    JA: "これは、もう送ってあります(受付番号 {ticket})。",
    EASY: "これは、もう 送(おく)りました(番号(ばんごう) {ticket})。",
    EN: "This has already been sent (ticket {ticket}).",
    HANS: "这已经发送了（受理编号 {ticket}）。",
    HANT: "這已經送出了（受理編號 {ticket}）。",
    KO: "이미 보냈습니다(접수번호 {ticket}).",
}
NOT_SENT: Final[Words] = {
    JA: "これは、送らないことになっています。送りたいときは、もう一度書いてください。",
    EASY: "これは、送(おく)らない ことに なって います。送りたいときは、もう一度(いちど) 書(か)いて ください。",
    EN: "You chose not to send this. If you want to send it, please write it again.",
    HANS: "这已选择不发送。如果想发送，请再写一次。",
    HANT: "這已選擇不送出。如果想送出，請再寫一次。",
    KO: "보내지 않기로 하셨습니다. 보내고 싶으시면 다시 써 주세요.",
}
NOTHING_LEFT: Final[Words] = {
    JA: "このボタンの用件は、ここにはもう残っていません。ご用のときは、下のボタンを押すか、文字で書いてください。",
    EASY: "この ボタンの 話(はなし)は、もう 残(のこ)って いません。"
    "用(よう)が あるときは、下(した)の ボタンを 押(お)すか、文字(もじ)で 書(か)いて ください。",
    EN: "Nothing is left here of what this button was for. Tap a button below or write what you need.",
    HANS: "这个按钮对应的内容已经不在了。如有需要，请点下面的按钮，或直接写下来。",
    HANT: "這個按鈕對應的內容已經不在了。如有需要，請點下面的按鈕，或直接寫下來。",
    KO: "이 버튼의 용건은 더 이상 남아 있지 않습니다. 필요하시면 아래 버튼을 누르거나 글로 써 주세요.",
}
FILE_WAITS: Final[Words] = {
    JA: "写真やファイルは、まだだれにも渡していません。選んでいただいたほうへ、文といっしょに送ります。",
    EASY: "写真(しゃしん)や ファイルは、まだ だれにも 渡(わた)して いません。"
    "あなたが 選(えら)んだ ほうへ、文(ぶん)と いっしょに 送(おく)ります。",
    EN: "Your file has not been passed to anybody yet. It goes along with your words, to the place you choose.",
    HANS: "您的文件还没有交给任何人，会和文字一起发到您选择的地方。",
    HANT: "您的檔案還沒有交給任何人，會和文字一起送到您選擇的地方。",
    KO: "파일은 아직 아무에게도 전하지 않았습니다. 고르신 곳으로 글과 함께 보냅니다.",
}
FILE_NAMED: Final[Words] = {
    JA: "写真・ファイル",
    EASY: "写真(しゃしん)・ファイル",
    EN: "your file",
    HANS: "文件",
    HANT: "檔案",
    KO: "파일",
}
