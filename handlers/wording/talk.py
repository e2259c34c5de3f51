"""What is said about a talk itself: whose facility, which of several, and what is done when somebody wishes it."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EASY, EN, HANS, HANT, KO = (
    Language.JA, Language.JA_EASY, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO,
)  # fmt: skip

WHICH_FACILITY: Final[Words] = {
    JA: "どの施設ですか。えらぶと、その施設の窓口と電話をお知らせします。",
    EASY: "どの 施設(しせつ)ですか。選(えら)んで ください。そこの 電話番号(でんわばんごう)を 知(し)らせます。",
    EN: "Which facility is it? Choose one, and I will show its counter and number.",
    HANS: "是哪个设施？选择后，会显示该设施的窗口和电话。",
    HANT: "是哪個設施？選擇後，會顯示該設施的窗口和電話。",
    KO: "어느 시설인가요? 고르시면 그 시설의 창구와 전화를 알려 드립니다.",
}
FACILITY_KEPT: Final[Words] = {
    JA: "{facility}ですね。これからは、この施設の窓口をお知らせします。変えるときは施設の名前を書いてください。",
    EASY: "{facility}ですね。これからは、そこの 窓口(まどぐち)を 知(し)らせます。ほかの 施設(しせつ)なら、名前(なまえ)を 書(か)いて ください。",
    EN: "{facility}, then. I will show its counter from now on. To change it, write the name of another facility.",
    HANS: "好的，{facility}。以后会显示这个设施的窗口。要更改时请写其他设施的名称。",
    HANT: "好的，{facility}。以後會顯示這個設施的窗口。要更改時請寫其他設施的名稱。",
    KO: "{facility}이군요. 앞으로 이 시설의 창구를 알려 드립니다. 바꾸려면 다른 시설 이름을 써 주세요.",
}
NO_FACILITY: Final[Words] = {
    JA: "まだ決めていないのですね。決まったら、施設の名前を書いてください。",
    EASY: "まだ 決(き)めて いないのですね。決(き)めたら、施設(しせつ)の 名前(なまえ)を 書(か)いて ください。",
    EN: "Not decided yet, that is fine. Write the name of the facility when you know it.",
    HANS: "还没有决定也没关系。决定后请写设施的名称。",
    HANT: "還沒有決定也沒關係。決定後請寫設施的名稱。",
    KO: "아직 정하지 않으셨군요. 정해지면 시설 이름을 써 주세요.",
}
ABOUT_LAST: Final[Words] = {
    JA: "「{about}」のつづきでしょうか。近いものを選んでください。",
    EASY: "「{about}」の つづきですか。近(ちか)い ものを 選(えら)んで ください。",
    EN: "Is this still about “{about}”? Please choose the closest one.",
    HANS: "是接着问「{about}」吗？请选择最接近的。",
    HANT: "是接著問「{about}」嗎？請選擇最接近的。",
    KO: "「{about}」에 이어지는 질문인가요? 가장 가까운 것을 골라 주세요.",
}
TWO_QUESTIONS: Final[Words] = {
    JA: "{count}つのご質問ですね。ひとつずつでも、まとめてでも見られます。",
    EASY: "質問(しつもん)が {count}つ ありますね。1つずつでも、ぜんぶでも 見(み)られます。",
    EN: "That is {count} questions. You can open them one by one or all at once.",
    HANS: "一共是{count}个问题。可以一个一个看，也可以一起看。",
    HANT: "一共是{count}個問題。可以一個一個看，也可以一起看。",
    KO: "질문이 {count}가지네요. 하나씩 볼 수도 있고 한꺼번에 볼 수도 있습니다.",
}
WHERE_TO_ASK: Final[Words] = {
    JA: "「{about}」のことを聞けるところです。",
    EASY: "「{about}」の ことを 聞(き)く ところです。",
    EN: "Where to ask about “{about}”:",
    HANS: "「{about}」可以在这里咨询：",
    HANT: "「{about}」可以在這裡詢問：",
    KO: "「{about}」에 대해 물어볼 수 있는 곳입니다.",
}
WHICH_ONE: Final[Words] = {
    JA: "どれでしょうか。番号を書くか、ボタンを押してください。",
    EASY: "どれですか。番号(ばんごう)を 書(か)くか、ボタンを 押(お)して ください。",
    EN: "Which one? Write its number or tap a button.",
    HANS: "是哪一个？请写编号或点按钮。",
    HANT: "是哪一個？請寫編號或點按鈕。",
    KO: "어느 것인가요? 번호를 쓰거나 버튼을 눌러 주세요.",
}
ASK_WITHDRAW: Final[Words] = {
    JA: "受付番号 {ticket} を取り下げますか。よければボタンを押してください。",
    EASY: "番号(ばんごう) {ticket} の 質問(しつもん)を やめますか。やめるときは ボタンを 押(お)して ください。",
    EN: "Withdraw ticket {ticket}? If so, tap the button.",
    HANS: "要撤回受理编号 {ticket} 吗？如果是，请点按钮。",
    HANT: "要撤回受理編號 {ticket} 嗎？如果是，請點按鈕。",
    KO: "접수 번호 {ticket} 을(를) 취소할까요? 그렇다면 버튼을 눌러 주세요.",
}
NOTHING_TO_WITHDRAW: Final[Words] = {
    JA: "いま、職員に届いている問い合わせはありません。",
    EASY: "いま、ここの 人(ひと)に 届(とど)いて いる 質問(しつもん)は ありません。",
    EN: "There is no inquiry with staff at the moment.",
    HANS: "现在没有转给工作人员的咨询。",
    HANT: "現在沒有轉給職員的諮詢。",
    KO: "지금 직원에게 전달된 문의가 없습니다.",
}
NUMBER_GONE: Final[Words] = {
    JA: "ここに残していた、番号のあるご自身のメッセージを消しました。",
    EASY: "番号(ばんごう)が ある あなたの メッセージを、ここから 消(け)しました。",
    EN: "I have erased your messages with numbers that were kept here.",
    HANS: "已经删除了这里保存的、您写有号码的消息。",
    HANT: "已經刪除了這裡保存的、您寫有號碼的訊息。",
    KO: "여기에 남아 있던, 번호가 든 메시지를 지웠습니다.",
}
NO_NUMBER: Final[Words] = {
    JA: "ここには、番号のあるメッセージは残っていません。",
    EASY: "番号(ばんごう)が ある メッセージは、ここに ありません。",
    EN: "No message of yours with a number is kept here.",
    HANS: "这里没有保存您写有号码的消息。",
    HANT: "這裡沒有保存您寫有號碼的訊息。",
    KO: "번호가 든 메시지는 여기에 남아 있지 않습니다.",
}
STAFF_STILL_HAVE: Final[Words] = {
    JA: "職員に届いた分(受付番号 {ticket})は、ここからは消せません。消すように職員へ伝えました。全部消すときは /forget です。",
    EASY: "ここの 人(ひと)に 届(とど)いた ものは 消(け)す ことが できません(番号 {ticket})。"
    "消(け)して ほしいと 伝(つた)えました。ぜんぶ 消(け)すときは /forget です。",
    EN: "What staff have got (ticket {ticket}) I cannot erase; I told them that you want it gone. /forget erases everything.",
    HANS: "已经转给工作人员的部分(受理编号 {ticket})无法在这里删除，已转告他们您希望删除。要全部删除请用 /forget。",
    HANT: "已經轉給職員的部分(受理編號 {ticket})無法在這裡刪除，已轉告他們您希望刪除。要全部刪除請用 /forget。",
    KO: "직원에게 전달된 부분(접수 번호 {ticket})은 여기서 지울 수 없어, 지워 달라는 뜻을 전했습니다. 모두 지우려면 /forget 입니다.",
}
BUTTON_FACILITY: Final[Words] = {
    JA: "使う施設をえらぶ", EASY: "つかう ところを えらぶ", EN: "Choose my facility", HANS: "选择要用的设施", HANT: "選擇要用的設施",
    KO: "이용할 시설 고르기",
}  # fmt: skip
BUTTON_UNDECIDED: Final[Words] = {
    JA: "まだ決めていない", EASY: "まだ きめて いない", EN: "Not decided yet", HANS: "还没有决定", HANT: "還沒有決定",
    KO: "아직 정하지 않음",
}  # fmt: skip
BUTTON_ALL: Final[Words] = {
    JA: "全部見る", EASY: "ぜんぶ みる", EN: "Show all", HANS: "全部显示", HANT: "全部顯示", KO: "모두 보기",
}  # fmt: skip
