"""Texts for residents whose words reach a ticket, or who want a reply after all."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

ADDED_AFTER_DONE: Final[Words] = {
    JA: "✓ 受付番号 {ticket} に書き添えました。職員に渡します。\n"
    "この件は解決しましたか。まだのときは「まだ」を押してください。別の職員が続きを見ます。",
    EASY: "✓ 番号(ばんごう) {ticket} に 書(か)き足(た)しました。ここの 人(ひと)に 渡(わた)します。\n"
    "この ことは、これで だいじょうぶですか。まだのときは「まだ」を 押(お)して ください。"
    "ここの 別(べつ)の 人が 続(つづ)きを 見(み)ます。",
    EN: "✓ Added to ticket {ticket}; it goes to staff.\n"
    "Is this matter solved? If not, tap “Not yet” and another member of staff will go on with it.",
    HANS: "✓ 已添加到受理编号 {ticket}，工作人员会看到。\n这件事解决了吗？如果还没有，请点「还没有」，会由另一位工作人员继续处理。",
    HANT: "✓ 已加到受理編號 {ticket}，職員會看到。\n這件事解決了嗎？如果還沒有，請點「還沒有」，會由另一位職員繼續處理。",
    KO: "✓ 접수번호 {ticket}에 덧붙였습니다. 직원에게 전합니다.\n"
    "해결되었나요? 아직이면 「아직」을 눌러 주세요. 다른 직원이 이어서 봅니다.",
}
ADDED_NO_REPLY: Final[Words] = {
    JA: "✓ 受付番号 {ticket} に書き添えました。返信は不要とうかがっているので、返事は届きません。\n"
    "返事がほしくなったときは、下の「やっぱり返事がほしい」を押してください。",
    EASY: "✓ 番号(ばんごう) {ticket} に 書(か)き足(た)しました。返事(へんじ)は いらないと 聞(き)いたので、返事は 届(とど)きません。\n"
    "返事が ほしく なったときは、下(した)の「やっぱり へんじが ほしい」を 押(お)して ください。",
    EN: "✓ Added to ticket {ticket}. You said that you want no reply, so none will come.\n"
    "If you want one after all, tap “I want a reply after all”.",
    HANS: "✓ 已添加到受理编号 {ticket}。因为您选择了不需要回复，所以不会有回复。\n如果还是想要回复，请点「还是想要回复」。",
    HANT: "✓ 已加到受理編號 {ticket}。因為您選擇了不需要回覆，所以不會有回覆。\n如果還是想要回覆，請點「還是想要回覆」。",
    KO: "✓ 접수번호 {ticket}에 덧붙였습니다. 답장이 필요 없다고 하셔서 답장은 오지 않습니다.\n"
    "답장을 받고 싶으시면 「역시 답장을 받고 싶어요」를 눌러 주세요.",
}
EDIT_ADDED: Final[Words] = {
    JA: "✓ 直した文も、職員に渡します。",
    EASY: "✓ 直(なお)した 文(ぶん)も、ここの 人(ひと)に 渡(わた)します。",
    EN: "✓ Your corrected text goes to staff, too.",
    HANS: "✓ 修改后的内容也会转给工作人员。",
    HANT: "✓ 修改後的內容也會轉給職員。",
    KO: "✓ 고친 글도 직원에게 전합니다.",
}
STILL_SOLVED: Final[Words] = {
    JA: "受付番号 {ticket} は、職員が対応を終えています。解決しましたか。\nまだのときは「まだ」を押してください。",
    EASY: "番号(ばんごう) {ticket} は、もう ここの 人(ひと)が 仕事(しごと)を 終(お)えて います。これで だいじょうぶですか。\n"
    "まだのときは「まだ」を 押(お)して ください。",
    EN: "Staff have finished ticket {ticket}. Is it solved?\nIf not, tap “Not yet”.",
    HANS: "工作人员已处理完受理编号 {ticket}。解决了吗？\n如果还没有，请点「还没有」。",
    HANT: "職員已處理完受理編號 {ticket}。解決了嗎？\n如果還沒有，請點「還沒有」。",
    KO: "접수번호 {ticket}은(는) 직원이 처리를 마쳤습니다. 해결되었나요?\n아직이면 「아직」을 눌러 주세요.",
}
REPLY_WANTED: Final[Words] = {
    JA: "分かりました。受付番号 {ticket} に、職員が返事をします。\n{when}",
    EASY: "わかりました。番号(ばんごう) {ticket} に、ここの 人(ひと)が 返事(へんじ)を します。\n{when}",
    EN: "All right. Staff will reply to you about ticket {ticket}.\n{when}",
    HANS: "明白了。工作人员会就受理编号 {ticket} 回复您。\n{when}",
    HANT: "明白了。職員會就受理編號 {ticket} 回覆您。\n{when}",
    KO: "알겠습니다. 접수번호 {ticket}에 대해 직원이 답장합니다.\n{when}",
}
NO_REPLY_KEPT: Final[Words] = {
    JA: "返信は不要とうかがいました。受付番号 {ticket} について、こちらから連絡することはありません。\n"
    "気が変わったら、下の「やっぱり返事がほしい」を押してください。",
    EASY: "返事(へんじ)は いらないと 聞(き)きました。番号(ばんごう) {ticket} の ことで、こちらから 連絡(れんらく)は しません。\n"
    "気持(きも)ちが 変(か)わったら、下(した)の「やっぱり へんじが ほしい」を 押(お)して ください。",
    EN: "Understood: you want no reply. We will not contact you about ticket {ticket}.\n"
    "If you change your mind, tap “I want a reply after all”.",
    HANS: "明白了，您不需要回复。我们不会就受理编号 {ticket} 联系您。\n如果改变主意，请点「还是想要回复」。",
    HANT: "明白了，您不需要回覆。我們不會就受理編號 {ticket} 聯絡您。\n如果改變主意，請點「還是想要回覆」。",
    KO: "답장이 필요 없다고 알겠습니다. 접수번호 {ticket}에 대해 저희가 연락드리지 않습니다.\n"
    "마음이 바뀌시면 「역시 답장을 받고 싶어요」를 눌러 주세요.",
}
OTHERS_MAY_LOOK: Final[Words] = {
    JA: "受付番号 {ticket} は、担当の職員がまだお返事できていないので、ほかの職員も見られるようにしました。"
    "書いていただいたことは、そのまま残っています。その間は、ここの案内もお答えします。",
    EASY: "番号(ばんごう) {ticket} を 受(う)け持(も)つ 人(ひと)が、まだ 返事(へんじ)が できて いません。"
    "それで、ここの ほかの 人も 見(み)る ことが できるように しました。書(か)いて くれた ことは、そのまま 残(のこ)って います。"
    "その 間(あいだ)は、ここの 案内(あんない)も 答(こた)えます。",
    EN: "The member of staff who took ticket {ticket} has not been able to answer yet, so others can take it now. "
    "Your words are all there. Meanwhile the bot answers too.",
    HANS: "负责受理编号 {ticket} 的工作人员还没能回复，现在其他工作人员也可以处理。您写的内容都还在。这期间自动说明也会回答。",
    HANT: "負責受理編號 {ticket} 的職員還沒能回覆，現在其他職員也可以處理。您寫的內容都還在。這期間自動說明也會回答。",
    KO: "접수번호 {ticket}을(를) 맡은 직원이 아직 답하지 못해, 다른 직원도 볼 수 있게 했습니다. "
    "쓰신 내용은 그대로 있습니다. 그동안 여기 안내도 답해 드립니다.",
}
BUTTON_WANT_REPLY: Final[Words] = {
    JA: "やっぱり返事がほしい",
    EASY: "やっぱり へんじが ほしい",
    EN: "I want a reply after all",
    HANS: "还是想要回复",
    HANT: "還是想要回覆",
    KO: "역시 답장을 받고 싶어요",
}
