"""Texts for residents about a ticket, from the handoff to its end."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

HANDED_OFF: Final[Words] = {
    JA: "受付番号 {ticket} で職員に引き継ぎました。\n{when}\n\n"
    "職員に届いたもの:\n「{question}」{given}\n"
    "お名前やアカウント名は、職員には見えません。\n\n書き足したいことがあれば、このまま送ってください。",
    EASY: "ここの 人(ひと)に 渡(わた)しました。番号(ばんごう)は {ticket} です。\n"
    "{when}\n\n"
    "ここの 人に 届(とど)いた もの:\n"
    "「{question}」{given}\n"
    "名前(なまえ)や アカウントの 名前は、ここの 人には 見(み)えません。\n\n"
    "書(か)き足(た)したい ことが あれば、このまま 送(おく)って ください。",
    EN: "A person will answer. Your ticket number is {ticket}.\n{when}\n\n"
    "What staff received:\n“{question}”{given}\n"
    "They do not see your name or account.\n\nIf you want to add something, just write it here.",
    HANS: "已转给工作人员，受理编号 {ticket}。\n{when}\n\n工作人员收到的内容：\n“{question}”{given}\n"
    "他们看不到您的姓名和账号。\n\n想补充的话，直接写在这里。",
    HANT: "已轉給職員，受理編號 {ticket}。\n{when}\n\n職員收到的內容：\n「{question}」{given}\n"
    "他們看不到您的姓名和帳號。\n\n想補充的話，直接寫在這裡。",
    KO: "접수번호 {ticket}(으)로 직원에게 전달했습니다.\n{when}\n\n직원에게 전달된 내용:\n“{question}”{given}\n"
    "이름과 계정은 직원에게 보이지 않습니다.\n\n덧붙일 것이 있으면 그대로 써 주세요.",
}
GIVEN_BEFORE: Final[Words] = {
    JA: "\nここで見た案内: {entries}",
    EASY: "\nここで 見(み)た 案内(あんない): {entries}",
    EN: "\nAnswers you have seen: {entries}",
    HANS: "\n您在这里看过的说明：{entries}",
    HANT: "\n您在這裡看過的說明：{entries}",
    KO: "\n여기서 보신 안내: {entries}",
}
ALREADY_OPEN: Final[Words] = {
    JA: "受付番号 {ticket} で、もう職員に引き継いでいます。\n{when}\n書き足したいことがあれば、このまま送ってください。",
    EASY: "番号(ばんごう) {ticket} は、もう ここの 人(ひと)に 渡(わた)して あります。\n"
    "{when}\n"
    "書(か)き足(た)したい ことが あれば、このまま 送(おく)って ください。",
    EN: "Your ticket {ticket} is already with staff.\n{when}\nIf you want to add something, just write it here.",
    HANS: "受理编号 {ticket} 已经转给工作人员。\n{when}\n想补充的话，直接写在这里。",
    HANT: "受理編號 {ticket} 已經轉給職員。\n{when}\n想補充的話，直接寫在這裡。",
    KO: "접수번호 {ticket}(으)로 이미 직원에게 전달했습니다.\n{when}\n덧붙일 것이 있으면 그대로 써 주세요.",
}
ADDED: Final[Words] = {
    JA: "✓ 受付番号 {ticket} に書き添えました。",
    EASY: "✓ 番号(ばんごう) {ticket} に 書(か)き足(た)しました。",
    EN: "✓ Added to ticket {ticket}.",
    HANS: "✓ 已添加到受理编号 {ticket}。",
    HANT: "✓ 已加到受理編號 {ticket}。",
    KO: "✓ 접수번호 {ticket}에 덧붙였습니다.",
}
FROM_STAFF: Final[Words] = {
    JA: "職員から(受付番号 {ticket}):\n\n{text}",
    EASY: "ここの 人(ひと)から(番号(ばんごう) {ticket}):\n\n{text}",
    EN: "From staff (ticket {ticket}):\n\n{text}",
    HANS: "来自工作人员（受理编号 {ticket}）：\n\n{text}",
    HANT: "來自職員（受理編號 {ticket}）：\n\n{text}",
    KO: "직원이 보냈습니다(접수번호 {ticket}):\n\n{text}",
}
CORRECTED: Final[Words] = {
    JA: "職員から、訂正です(受付番号 {ticket})。前の文は使わず、こちらをお読みください:\n\n{text}",
    EASY: "ここの 人(ひと)が、前(まえ)の 文(ぶん)を 直(なお)しました(番号(ばんごう) {ticket})。"
    "前の 文は 使(つか)わないで、こちらを 読(よ)んで ください:\n\n"
    "{text}",
    EN: "A correction from staff (ticket {ticket}). Please use this instead of the earlier text:\n\n{text}",
    HANS: "来自工作人员的更正（受理编号 {ticket}）。请不要再用之前的内容，以这里为准：\n\n{text}",
    HANT: "來自職員的更正（受理編號 {ticket}）。請不要再用之前的內容，以這裡為準：\n\n{text}",
    KO: "직원이 보낸 정정입니다(접수번호 {ticket}). 앞의 글은 쓰지 말고 이것을 읽어 주세요:\n\n{text}",
}
ATTACHED: Final[Words] = {
    JA: "次に届くものをご覧ください。",
    EASY: "次(つぎ)に 届(とど)く ものを 見(み)て ください。",
    EN: "Please see what follows.",
    HANS: "请看下面的内容。",
    HANT: "請看下面的內容。",
    KO: "이어서 오는 것을 봐 주세요.",
}
CLAIMED: Final[Words] = {
    JA: "受付番号 {ticket} を職員が担当します。ここからは人が答えます。",
    EASY: "番号(ばんごう) {ticket} は、ここの 人(ひと)が 受(う)け持(も)ちます。ここからは 人が 答(こた)えます。",
    EN: "A member of staff has taken ticket {ticket}. From here on a person answers.",
    HANS: "受理编号 {ticket} 由工作人员负责，接下来由人回答。",
    HANT: "受理編號 {ticket} 由職員負責，接下來由人回答。",
    KO: "접수번호 {ticket}은(는) 직원이 담당합니다. 이제부터는 사람이 답합니다.",
}
RELEASED: Final[Words] = {
    JA: "受付番号 {ticket} は、次に手のあく職員を待っています。その間は、ここの案内もお答えします。",
    EASY: "番号(ばんごう) {ticket} は、次(つぎ)に 手(て)が あく 人(ひと)を 待(ま)って います。"
    "その 間(あいだ)は、ここの 案内(あんない)も 答(こた)えます。",
    EN: "Ticket {ticket} is waiting for the next free member of staff. Meanwhile the bot answers too.",
    HANS: "受理编号 {ticket} 正在等下一位有空的工作人员。这期间自动说明也会回答。",
    HANT: "受理編號 {ticket} 正在等下一位有空的職員。這期間自動說明也會回答。",
    KO: "접수번호 {ticket}은(는) 다음에 시간이 나는 직원을 기다리고 있습니다. 그동안 여기 안내도 답해 드립니다.",
}
RESOLVED: Final[Words] = {
    JA: "受付番号 {ticket} は、職員が対応を終えました。解決しましたか。\nまだのときは「まだ」を押してください。",
    EASY: "番号(ばんごう) {ticket} は、ここの 人(ひと)が 仕事(しごと)を 終(お)えました。これで だいじょうぶですか。\n"
    "まだのときは「まだ」を 押(お)して ください。",
    EN: "Staff have finished ticket {ticket}. Is it solved?\nIf not, tap “Not yet”.",
    HANS: "工作人员已处理完受理编号 {ticket}。解决了吗？\n如果还没有，请点「还没有」。",
    HANT: "職員已處理完受理編號 {ticket}。解決了嗎？\n如果還沒有，請點「還沒有」。",
    KO: "접수번호 {ticket}은(는) 직원이 처리를 마쳤습니다. 해결되었나요?\n아직이면 「아직」을 눌러 주세요.",
}
SETTLED: Final[Words] = {
    JA: "受付番号 {ticket} を終わりにしました。ありがとうございました。",
    EASY: "番号(ばんごう) {ticket} を 終(お)わりに しました。ありがとうございました。",
    EN: "Ticket {ticket} is closed. Thank you.",
    HANS: "受理编号 {ticket} 已结束。谢谢您。",
    HANT: "受理編號 {ticket} 已結束。謝謝您。",
    KO: "접수번호 {ticket}을(를) 마쳤습니다. 감사합니다.",
}
REOPENED: Final[Words] = {
    JA: "受付番号 {ticket} を、もう一度開きました。別の職員に見てもらいます。\n{when}\n"
    "何が足りないか、このまま書いて送ってください。",
    EASY: "番号(ばんごう) {ticket} を、もう一度(いちど) 開(ひら)きました。ここの 別(べつ)の 人(ひと)が 見(み)ます。\n"
    "{when}\n"
    "何(なに)が 足(た)りないか、このまま 書(か)いて 送(おく)って ください。",
    EN: "Ticket {ticket} is open again, and another member of staff will look at it.\n{when}\n"
    "Please write here what is missing.",
    HANS: "受理编号 {ticket} 已重新打开，会由另一位工作人员查看。\n{when}\n请直接写下还缺什么。",
    HANT: "受理編號 {ticket} 已重新開啟，會由另一位職員查看。\n{when}\n請直接寫下還缺什麼。",
    KO: "접수번호 {ticket}을(를) 다시 열었습니다. 다른 직원이 봅니다.\n"
    "{when}\n"
    "무엇이 부족한지 그대로 써서 보내 주세요.",
}
JOINED: Final[Words] = {
    JA: "受付番号 {ticket} に、まとめました。続きはそちらで職員が見ます。",
    EASY: "番号(ばんごう) {ticket} に、まとめました。続(つづ)きは、ここの 人(ひと)が その 番号で 見(み)ます。",
    EN: "This is now part of your ticket {ticket}; staff will continue there.",
    HANS: "已并入受理编号 {ticket}，工作人员会在那里继续处理。",
    HANT: "已併入受理編號 {ticket}，職員會在那裡繼續處理。",
    KO: "접수번호 {ticket}(으)로 합쳤습니다. 이어서 그쪽에서 직원이 봅니다.",
}
WITHDRAWN: Final[Words] = {
    JA: "受付番号 {ticket} を取り下げました。また聞きたいときは、いつでも書いてください。",
    EASY: "番号(ばんごう) {ticket} を 取(と)り消(け)しました。また 聞(き)きたいときは、いつでも 書(か)いて ください。",
    EN: "Ticket {ticket} is withdrawn. Write any time if you need us again.",
    HANS: "受理编号 {ticket} 已撤回。还想咨询时，请随时写给我们。",
    HANT: "受理編號 {ticket} 已撤回。還想諮詢時，請隨時寫給我們。",
    KO: "접수번호 {ticket}을(를) 취소했습니다. 또 궁금한 것이 있으면 언제든 써 주세요.",
}
TICKET_CLOSED: Final[Words] = {
    JA: "受付番号 {ticket} は、もう終わっています。続きがあれば、新しく書いてください。",
    EASY: "番号(ばんごう) {ticket} は、もう 終(お)わって います。続(つづ)きが あれば、新(あたら)しく 書(か)いて ください。",
    EN: "Ticket {ticket} is closed already. If there is more, please write it as a new question.",
    HANS: "受理编号 {ticket} 已经结束。如有后续，请作为新问题写下来。",
    HANT: "受理編號 {ticket} 已經結束。如有後續，請作為新問題寫下來。",
    KO: "접수번호 {ticket}은(는) 이미 끝났습니다. 이어서 물으실 것이 있으면 새로 써 주세요.",
}
LAPSED_CLOSED: Final[Words] = {
    JA: "受付番号 {ticket} は、しばらくお返事がなかったので終わりにしました。続きがあれば、いつでも書いてください。",
    EASY: "番号(ばんごう) {ticket} は、しばらく 返事(へんじ)が ありませんでした。それで、終(お)わりに しました。"
    "続(つづ)きが あれば、いつでも 書(か)いて ください。",
    EN: "Ticket {ticket} was closed as we heard nothing for a while. Write any time if there is more.",
    HANS: "受理编号 {ticket} 因一段时间没有收到您的回复，已结束。如有后续，请随时写下来。",
    HANT: "受理編號 {ticket} 因一段時間沒有收到您的回覆，已結束。如有後續，請隨時寫下來。",
    KO: "접수번호 {ticket}은(는) 한동안 답이 없으셔서 마쳤습니다. 이어서 물으실 것이 있으면 언제든 써 주세요.",
}
