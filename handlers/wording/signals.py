"""Texts for residents about danger and complaints: how to return to their question, and who sees their words."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

NO_DANGER: Final[Words] = {
    JA: "危ないことではない。質問の続きへ",
    EASY: "あぶない ことでは ない。つづける",
    EN: "Nobody is in danger. Go on",
    HANS: "没有危险，继续提问",
    HANT: "沒有危險，繼續提問",
    KO: "위험한 일이 아니에요. 계속하기",
}
ASK_WARD: Final[Words] = {
    JA: "まだ送っていません。ひとつだけ教えてください。\n"
    "施設への苦情ですか。施設の職員には見せません。苦情なら、{complaints_desk}だけに送ります。\n"
    "選ばれないまま{minutes}分たったときも、{complaints_desk}だけに送ります。",
    EASY: "まだ 送(おく)って いません。ひとつ 教(おし)えて ください。\n"
    "施設(しせつ)への 苦情(くじょう)ですか。施設の 人(ひと)には 見(み)せません。苦情なら、{complaints_desk}だけに 送ります。\n"
    "{minutes}分(ふん) 返事(へんじ)が ないときも、{complaints_desk}だけに 送ります。",
    EN: "Nothing has been sent yet. Just one question.\n"
    "Is this a complaint about a facility? Its staff will not see it: a complaint goes to {complaints_desk} only.\n"
    "If you do not choose within {minutes} minutes, it also goes to {complaints_desk} only.",
    HANS: "还没有发送。请告诉我一件事：\n这是对设施的投诉吗？设施的工作人员不会看到。投诉只会发给{complaints_desk}。\n"
    "{minutes}分钟内没有选择时，也只发给{complaints_desk}。",
    HANT: "還沒有送出。請告訴我一件事：\n這是對設施的投訴嗎？設施的職員不會看到。投訴只會送到{complaints_desk}。\n"
    "{minutes}分鐘內沒有選擇時，也只送到{complaints_desk}。",
    KO: "아직 보내지 않았습니다. 한 가지만 알려 주세요.\n"
    "시설에 대한 불만인가요? 시설 직원에게는 보이지 않습니다. 불만이면 {complaints_desk}에만 보냅니다.\n"
    "{minutes}분 안에 고르지 않으셔도 {complaints_desk}에만 보냅니다.",
}
WARD_YES: Final[Words] = {
    JA: "苦情です。{complaints_desk}だけに送る",
    EASY: "くじょうです。{complaints_desk}だけに おくる",
    EN: "Complaint: {complaints_desk} only",
    HANS: "是投诉，只发给{complaints_desk}",
    HANT: "是投訴，只送到{complaints_desk}",
    KO: "불만입니다. {complaints_desk}에만",
}
WARD_NO: Final[Words] = {
    JA: "苦情ではない。施設に送ってよい",
    EASY: "くじょうで ない。しせつに おくって いい",
    EN: "Not a complaint: the facility may see it",
    HANS: "不是投诉，可以发给设施",
    HANT: "不是投訴，可以送到設施",
    KO: "불만이 아니에요. 시설에 보내도 됩니다",
}
AT_WARD: Final[Words] = {
    JA: "{complaints_desk}に届きました。施設の職員には見せません。施設の人に、だれの話か知られたくないときは"
    "「名前を出さない」を押してください。",
    EASY: "{complaints_desk}に 届(とど)きました。施設(しせつ)の 人(ひと)には 見(み)せません。"
    "施設の 人に、だれの 話(はなし)か 知(し)らせたくないときは「なまえを ださない」を 押(お)して ください。",
    EN: "It is with {complaints_desk}; staff of the facility do not see it. "
    "If the facility must not find out whose case it is, tap “Keep me anonymous”.",
    HANS: "已送到{complaints_desk}，设施的工作人员不会看到。如果不想让设施知道是谁说的，请点「不透露是谁」。",
    HANT: "已送到{complaints_desk}，設施的職員不會看到。如果不想讓設施知道是誰說的，請點「不透露是誰」。",
    KO: "{complaints_desk}에 전달되었고 시설 직원에게는 보이지 않습니다. 누구의 일인지 시설에 알리고 싶지 않으면 "
    "「이름을 밝히지 않기」를 눌러 주세요.",
}
MOVED_TO_WARD: Final[Words] = {
    JA: "✓ 受付番号 {ticket} に書き添え、受付を{complaints_desk}に移しました。",
    EASY: "✓ 番号(ばんごう) {ticket} に 書(か)き足(た)しました。受付(うけつけ)を {complaints_desk}に 移(うつ)しました。",
    EN: "✓ Added to ticket {ticket}, which is now with {complaints_desk}.",
    HANS: "✓ 已添加到受理编号 {ticket}，并转到{complaints_desk}。",
    HANT: "✓ 已加到受理編號 {ticket}，並轉到{complaints_desk}。",
    KO: "✓ 접수번호 {ticket}에 덧붙이고 {complaints_desk}로 옮겼습니다.",
}
BUTTON_ANONYMOUS: Final[Words] = {
    JA: "名前を出さない",
    EASY: "なまえを ださない",
    EN: "Keep me anonymous",
    HANS: "不透露是谁",
    HANT: "不透露是誰",
    KO: "이름을 밝히지 않기",
}
ANONYMOUS_KEPT: Final[Words] = {
    JA: "受付番号 {ticket}: 名前を出さないように、{complaints_desk}の職員に伝えました。",
    EASY: "番号(ばんごう) {ticket}: 名前(なまえ)を 出(だ)さないように、{complaints_desk}に 伝(つた)えました。",
    EN: "Ticket {ticket}: the staff at {complaints_desk} have been told to keep you anonymous.",
    HANS: "受理编号 {ticket}：已告诉{complaints_desk}的工作人员不要透露您是谁。",
    HANT: "受理編號 {ticket}：已告訴{complaints_desk}的職員不要透露您是誰。",
    KO: "접수번호 {ticket}: 이름을 밝히지 말아 달라고 {complaints_desk} 직원에게 전했습니다.",
}
