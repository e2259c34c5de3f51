"""Texts for residents about their own data: place in the queue, history, what is stored, forgetting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from faq.language import Language, Words, pick
from handlers.model.conversation import Conversation
from handlers.model.snapshot import Author, Kept, Message
from handlers.model.tickets import Status, Ticket

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

NO_TICKET: Final[Words] = {
    JA: "いま、職員がお預かりしている質問はありません。聞きたいことがあれば、そのまま書いてください。",
    EASY: "いま、ここの 人(ひと)が 預(あず)かって いる 質問(しつもん)は ありません。"
    "聞(き)きたい ことが あれば、そのまま 書(か)いて ください。",
    EN: "Staff have no open question of yours. If you want to ask something, just write it.",
    HANS: "目前没有由工作人员处理的问题。如有想问的，请直接写下来。",
    HANT: "目前沒有由職員處理的問題。如有想問的，請直接寫下來。",
    KO: "지금 직원이 맡고 있는 질문은 없습니다. 궁금한 것이 있으면 그대로 써 주세요.",
}
ANSWERED: Final[Words] = {
    JA: "受付番号 {ticket}: 職員が返事をしました。続きがあれば、このまま書いてください。",
    EASY: "番号(ばんごう) {ticket}: ここの 人(ひと)が 返事(へんじ)を しました。続(つづ)きが あれば、このまま 書(か)いて ください。",
    EN: "Ticket {ticket}: staff have answered. If there is more, just write it here.",
    HANS: "受理编号 {ticket}：工作人员已回复。如有补充，请直接写下来。",
    HANT: "受理編號 {ticket}：職員已回覆。如有補充，請直接寫下來。",
    KO: "접수번호 {ticket}: 직원이 답했습니다. 더 있으면 그대로 써 주세요.",
}
CLAIMED: Final[Words] = {
    JA: "受付番号 {ticket}: 職員が担当しています。",
    EASY: "番号(ばんごう) {ticket}: ここの 人(ひと)が 受(う)け持(も)って います。",
    EN: "Ticket {ticket}: a member of staff is on it.",
    HANS: "受理编号 {ticket}：工作人员正在处理。",
    HANT: "受理編號 {ticket}：職員正在處理。",
    KO: "접수번호 {ticket}: 직원이 담당하고 있습니다.",
}
WAITING: Final[Words] = {
    JA: "受付番号 {ticket}: 順番をお待ちいただいています。前に {ahead} 件あります。",
    EASY: "番号(ばんごう) {ticket}: 順番(じゅんばん)を 待(ま)って います。前(まえ)に {ahead}件(けん) あります。",
    EN: "Ticket {ticket} is waiting in line. There are {ahead} before it.",
    HANS: "受理编号 {ticket}：正在排队，前面有 {ahead} 件。",
    HANT: "受理編號 {ticket}：正在排隊，前面有 {ahead} 件。",
    KO: "접수번호 {ticket}: 순서를 기다리고 있습니다. 앞에 {ahead}건이 있습니다.",
}
NEXT: Final[Words] = {
    JA: "受付番号 {ticket}: 次の順番です。職員の手があくのを待っています。",
    EASY: "番号(ばんごう) {ticket}: 次(つぎ)の 順番(じゅんばん)です。ここの 人(ひと)の 手(て)が あくのを 待(ま)って います。",
    EN: "Ticket {ticket} is next in line and waits for a free member of staff.",
    HANS: "受理编号 {ticket}：下一个就轮到您，正在等工作人员有空。",
    HANT: "受理編號 {ticket}：下一個就輪到您，正在等職員有空。",
    KO: "접수번호 {ticket}: 다음 순서입니다. 직원을 기다리고 있습니다.",
}
WAIT_UNKNOWN: Final[Words] = {
    JA: "返事までの時間は、分かりません。",
    EASY: "返事(へんじ)までの 時間(じかん)は、わかりません。",
    EN: "I do not know how long an answer will take.",
    HANS: "还不知道要等多久才有答复。",
    HANT: "還不知道要等多久才有答覆。",
    KO: "답변까지 걸리는 시간은 알 수 없습니다.",
}
WAIT_MEDIAN: Final[Words] = {
    JA: "最近の{count}件では、半分の人が{span}以内に返事を受け取りました。約束ではありません。",
    EASY: "最近(さいきん)の {count}件(けん)では、半分(はんぶん)の 人(ひと)に {span}以内(いない)に 返事(へんじ)が 届(とど)きました。"
    "約束(やくそく)では ありません。",
    EN: "Of the last {count} tickets, half were answered within {span}. This is not a promise.",
    HANS: "最近{count}件中，一半在{span}内得到答复。这不是承诺。",
    HANT: "最近{count}件中，一半在{span}內得到答覆。這不是承諾。",
    KO: "최근 {count}건 중 절반이 {span} 안에 답을 받았습니다. 약속은 아닙니다.",
}
NO_HISTORY: Final[Words] = {
    JA: "これまでに職員へつないだ質問はありません。",
    EASY: "これまでに ここの 人(ひと)に 渡(わた)した 質問(しつもん)は ありません。",
    EN: "You have not had a ticket with staff so far.",
    HANS: "到目前为止，没有转给工作人员的问题。",
    HANT: "到目前為止，沒有轉給職員的問題。",
    KO: "지금까지 직원에게 전달한 질문은 없습니다.",
}
HISTORY: Final[Words] = {
    JA: "これまでの受付 (新しい順)",
    EASY: "これまでの 受付(うけつけ) (新(あたら)しい 順(じゅん))",
    EN: "Your tickets, newest first",
    HANS: "以往的受理（从新到旧）",
    HANT: "以往的受理（從新到舊）",
    KO: "지난 접수 (최신순)",
}
FORGET: Final[Words] = {
    JA: "ここに書いたこと、受付、やりとりをすべて消します。元には戻せません。続いている受付も終わりになります。\n"
    "Telegramの会社が持つ分は、ここからは消せません。ご自分の画面の会話は、ご自分で消せます。{but}\n\n消しますか。",
    EASY: "ここに 書(か)いた こと、受付(うけつけ)、ここの 人(ひと)との 話(はなし)を ぜんぶ 消(け)します。元(もと)には 戻(もど)せません。"
    "続(つづ)いて いる 受付も 終(お)わりに なります。\n"
    "Telegramの 会社(かいしゃ)が 持(も)つ ものは、ここからは 消せません。"
    "自分(じぶん)の 画面(がめん)の 会話(かいわ)は、自分で 消せます。{but}\n\n"
    "消しますか。",
    EN: "This erases everything you wrote here, your tickets and the exchange with staff. It cannot be undone, and an "
    "open ticket ends.\nTelegram's own copies cannot be erased from here. The chat on your screen you can delete "
    "yourself.{but}\n\nErase?",
    HANS: "会全部删除您在这里写的内容、受理和往来内容，无法恢复。进行中的受理也会结束。\n"
    "Telegram公司保留的部分无法从这里删除。您自己画面上的对话可以自己删除。{but}\n\n"
    "要删除吗？",
    HANT: "會全部刪除您在這裡寫的內容、受理和往來內容，無法復原。進行中的受理也會結束。\n"
    "Telegram公司保留的部分無法從這裡刪除。您自己畫面上的對話可以自己刪除。{but}\n\n"
    "要刪除嗎？",
    KO: "여기에 쓰신 글, 접수, 주고받은 내용을 모두 지웁니다. 되돌릴 수 없습니다. 진행 중인 접수도 끝납니다.\n"
    "Telegram 회사가 가진 것은 여기서 지울 수 없습니다. 본인 화면의 대화는 직접 지우실 수 있습니다.{but}\n\n"
    "지울까요?",
}
FORGOTTEN: Final[Words] = {
    JA: "消しました。残るのは、だれのものか分からない件数だけです。また聞きたくなったら、いつでも書いてください。",
    EASY: "消(け)しました。残(のこ)るのは、だれの ものか わからない 件数(けんすう)だけです。"
    "また 聞(き)きたく なったら、いつでも 書(か)いて ください。",
    EN: "Erased. What remains is a count that belongs to nobody. You are welcome to write again at any time.",
    HANS: "已删除。只留下不涉及任何人的件数。随时欢迎再来。",
    HANT: "已刪除。只留下不涉及任何人的件數。隨時歡迎再來。",
    KO: "지웠습니다. 누구의 것인지 알 수 없는 건수만 남습니다. 언제든 다시 써 주세요.",
}
STILL_PUT_OFF: Final[Words] = {
    JA: "ただ、職員が止めた受付は、消しても{when}まで止まったままです。そのために、期限、受付番号、"
    "IDから作った照合用の値だけが、その時まで残ります。",
    EASY: "ただ、ここの 人(ひと)が 受付(うけつけ)を 止(と)めて います。消(け)しても、{when}までは 止まった ままです。"
    "その ために、期限(きげん)、番号(ばんごう)、IDから 作(つく)った しるしだけが、その 時(とき)まで 残(のこ)ります。"
    "しるしは、同(おな)じ 人か 調(しら)べる ための ものです。",
    EN: "However, staff have stopped taking your messages, and erasing does not end that before {when}. For this alone the "
    "end time, the ticket number and a code made from your ID stay until then.",
    HANS: "不过，工作人员暂停的受理在删除后仍会持续到{when}。为此，到那时为止只保留期限、受理编号和由ID生成的核对码。",
    HANT: "不過，職員暫停的受理在刪除後仍會持續到{when}。為此，到那時為止只保留期限、受理編號和由ID產生的核對碼。",
    KO: "다만 직원이 멈춘 접수는 지워도 {when}까지 계속 멈춰 있습니다. 이를 위해 기한, 접수번호, ID로 만든 대조용 값만 그때까지 남습니다.",
}
SHOWN_STILL: Final[Words] = {
    JA: "受付番号 {ticket} のことで職員のグループに出ていた {count} 件は、Telegramの決まりで、こちらからは消せませんでした。"
    "職員に、手で消すよう伝えました。",
    EASY: "番号(ばんごう) {ticket} の ことが、ここの 人(ひと)の グループに {count}件(けん) 出(で)て いました。"
    "Telegramの 決(き)まりで、こちらからは 消(け)せませんでした。ここの 人に、手(て)で 消すように 伝(つた)えました。",
    EN: "{count} messages about ticket {ticket} in the staff group could not be deleted from here because of Telegram's rules. "
    "Staff have been told to delete them by hand.",
    HANS: "工作人员群组中有关受理编号 {ticket} 的 {count} 条消息，因Telegram的规定无法由此删除，已通知工作人员手动删除。",
    HANT: "職員群組中有關受理編號 {ticket} 的 {count} 則訊息，因Telegram的規定無法由此刪除，已通知職員手動刪除。",
    KO: "직원 그룹에 있던 접수번호 {ticket} 관련 메시지 {count}건은 Telegram 규정상 여기서 지울 수 없었습니다. 직원에게 직접 지우도록 알렸습니다.",
}
NOT_FORGOTTEN: Final[Words] = {
    JA: "消していません。",
    EASY: "消(け)して いません。",
    EN: "Nothing was erased.",
    HANS: "没有删除。",
    HANT: "沒有刪除。",
    KO: "지우지 않았습니다.",
}
BUTTON_FORGET: Final[Words] = {
    JA: "消す",
    EASY: "けす",
    EN: "Erase",
    HANS: "删除",
    HANT: "刪除",
    KO: "지우기",
}
BUTTON_KEEP: Final[Words] = {
    JA: "やめる",
    EASY: "やめる",
    EN: "Keep",
    HANS: "取消",
    HANT: "取消",
    KO: "그만두기",
}
STOPPED: Final[Words] = {
    JA: "分かりました。こちらから何かを送ることはありません。",
    EASY: "わかりました。こちらから 何(なに)かを 送(おく)る ことは ありません。",
    EN: "All right. Nothing will be sent to you unless you write.",
    HANS: "明白了。我们不会主动给您发送任何内容。",
    HANT: "明白了。我們不會主動傳送任何內容給您。",
    KO: "알겠습니다. 저희가 먼저 무언가를 보내는 일은 없습니다.",
}
STOPPED_TICKET: Final[Words] = {
    JA: "受付番号 {ticket} を取り下げました。これについて、もう何も送りません。",
    EASY: "番号(ばんごう) {ticket} を 取(と)り消(け)しました。この ことで、もう 何(なに)も 送(おく)りません。",
    EN: "Ticket {ticket} is withdrawn. You will get nothing more about it.",
    HANS: "受理编号 {ticket} 已撤回，不会再就此发送消息。",
    HANT: "受理編號 {ticket} 已撤回，不會再就此發送訊息。",
    KO: "접수번호 {ticket}을(를) 취소했습니다. 이 건에 대해 더는 보내지 않습니다.",
}
STATUS: Final[dict[Status, Words]] = {
    Status.OPEN: {
        JA: "順番待ち",
        EASY: "順番(じゅんばん)を 待(ま)って いる",
        EN: "waiting",
        HANS: "排队中",
        HANT: "排隊中",
        KO: "순서 대기",
    },
    Status.CLAIMED: {
        JA: "職員が担当中",
        EASY: "ここの 人(ひと)が 受(う)け持(も)って いる",
        EN: "with staff",
        HANS: "工作人员处理中",
        HANT: "職員處理中",
        KO: "직원 담당 중",
    },
    Status.RESOLVED: {
        JA: "対応済み・確認待ち",
        EASY: "仕事(しごと)は 終(お)わり・返事(へんじ)を 待(ま)って いる",
        EN: "done, your word is awaited",
        HANS: "已处理，等待确认",
        HANT: "已處理，等待確認",
        KO: "처리 완료, 확인 대기",
    },
    Status.CLOSED: {JA: "終了", EASY: "終(お)わり", EN: "closed", HANS: "已结束", HANT: "已結束", KO: "종료"},
}
_SPANS: Final[dict[str, Words]] = {
    "minutes": {
        JA: "{n}分",
        EASY: "{n}分(ふん)",
        EN: "{n} min",
        HANS: "{n}分钟",
        HANT: "{n}分鐘",
        KO: "{n}분",
    },
    "hours": {
        JA: "{n}時間",
        EASY: "{n}時間(じかん)",
        EN: "{n} h",
        HANS: "{n}小时",
        HANT: "{n}小時",
        KO: "{n}시간",
    },
    "days": {JA: "{n}日", EASY: "{n}日(にち)", EN: "{n} days", HANS: "{n}天", HANT: "{n}天", KO: "{n}일"},
}
_MINE: Final[Words] = {
    JA: "あなたについて保存しているもの",
    EASY: "あなたに ついて 保存(ほぞん)して いる もの",
    EN: "What is stored about you",
    HANS: "所保存的关于您的内容",
    HANT: "所保存的關於您的內容",
    KO: "본인에 대해 저장된 내용",
}
_KEPT: Final[Words] = {
    JA: "番号: {resident}\n言語: {language}\n最後の質問: {question}\nその前後に書いたこと: {said}\n"
    "見た案内: {given}\n判断の記録: {records}件 (文は含みません)",
    EASY: "番号(ばんごう): {resident}\n"
    "ことば: {language}\n"
    "最後(さいご)の 質問(しつもん): {question}\n"
    "その 前(まえ)や あとに 書(か)いた こと: {said}\n"
    "見(み)た 案内(あんない): {given}\n"
    "プログラムが 決(き)めた ことの 記録(きろく): {records}件(けん) (文(ぶん)は 入(はい)って いません)",
    EN: "Your id: {resident}\nLanguage: {language}\nLast question: {question}\nWritten around it: {said}\nAnswers seen: {given}\n"
    "Decisions on record: {records} (without your words)",
    HANS: "编号: {resident}\n"
    "语言: {language}\n"
    "最后的问题: {question}\n"
    "前后写的内容: {said}\n"
    "看过的说明: {given}\n"
    "判断的记录: {records}件 (不含文字)",
    HANT: "編號: {resident}\n"
    "語言: {language}\n"
    "最後的問題: {question}\n"
    "前後寫的內容: {said}\n"
    "看過的說明: {given}\n"
    "判斷的記錄: {records}件 (不含文字)",
    KO: "번호: {resident}\n"
    "언어: {language}\n"
    "마지막 질문: {question}\n"
    "그 전후에 쓰신 글: {said}\n"
    "보신 안내: {given}\n"
    "판단 기록: {records}건 (글은 포함하지 않음)",
}
_WHO: Final[dict[Author, Words]] = {
    Author.RESIDENT: {JA: "あなた", EASY: "あなた", EN: "You", HANS: "您", HANT: "您", KO: "본인"},
    Author.STAFF: {
        JA: "職員",
        EASY: "ここの 人(ひと)",
        EN: "Staff",
        HANS: "工作人员",
        HANT: "職員",
        KO: "직원",
    },
}
_ERASE: Final[Words] = {
    JA: "消したいときは /forget と書いてください。",
    EASY: "消(け)したいときは /forget と 書(か)いて ください。",
    EN: "To erase it, write /forget.",
    HANS: "想删除时，请发送 /forget。",
    HANT: "想刪除時，請傳送 /forget。",
    KO: "지우고 싶으시면 /forget 이라고 써 주세요.",
}


def span(minutes: int, language: Language) -> str:
    """A duration in one suitable unit, rounded up."""
    unit, size = ("minutes", 1) if minutes < 90 else ("hours", 60) if minutes < 48 * 60 else ("days", 24 * 60)
    return pick(_SPANS[unit], language)[1].format(n=-(-minutes // size))


def case(ticket: Ticket, language: Language) -> str:
    """One line: number, day, state, and the question as written."""
    state = pick(STATUS[ticket.status], language)[1]
    words = " ".join(ticket.question.split())
    return f"{ticket.id} · {ticket.opened_at:%Y-%m-%d} · {state} · {words if len(words) <= 60 else words[:59] + '…'}"


def my_data(talk: Conversation, kept: Kept, messages: Sequence[Message]) -> str:
    """Everything stored about one person, readable."""
    language = talk.language
    lines = [pick(_MINE, language)[1], ""]
    given = "、".join(str(g) for g in talk.given) or "-"
    waits = talk.held.pieces if talk.held is not None else ()
    written = [*(one.text for one in talk.said), *(one.text for one in waits)]
    lines.append(
        pick(_KEPT, language)[1].format(
            resident=talk.resident, language=talk.language.value, question=talk.question or "-", given=given,
            said="\n".join(text for text in written if text) or "-",
            records=kept.records,
        )
    )  # fmt: skip
    for ticket in kept.tickets:
        lines += ["", case(ticket, language)]
        lines += [
            f"  {pick(_WHO[message.author], language)[1]}: {message.text}"
            for message in messages
            if message.ticket == ticket.id
        ]
    return "\n".join([*lines, "", pick(_ERASE, language)[1]])
