"""Texts for residents about their own data: place in the queue, history, what is stored, forgetting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from faq.language import Language, Words, pick
from handlers.model.conversation import Conversation
from handlers.model.snapshot import Author, Kept, Message
from handlers.model.tickets import Status, Ticket

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO

NO_TICKET: Final[Words] = {
    JA: "いま、職員がお預かりしている質問はありません。聞きたいことがあれば、そのまま書いてください。",
    EN: "Staff have no open question of yours. If you want to ask something, just write it.",
    HANS: "目前没有由工作人员处理的问题。如有想问的，请直接写下来。",
    HANT: "目前沒有由職員處理的問題。如有想問的，請直接寫下來。",
    KO: "지금 직원이 맡고 있는 질문은 없습니다. 궁금한 것이 있으면 그대로 써 주세요.",
}
ANSWERED: Final[Words] = {
    JA: "受付番号 {ticket}: 職員が返事をしました。続きがあれば、このまま書いてください。",
    EN: "Ticket {ticket}: staff have answered. If there is more, just write it here.",
    HANS: "受理编号 {ticket}：工作人员已回复。如有补充，请直接写下来。",
    HANT: "受理編號 {ticket}：職員已回覆。如有補充，請直接寫下來。",
    KO: "접수번호 {ticket}: 직원이 답했습니다. 더 있으면 그대로 써 주세요.",
}
CLAIMED: Final[Words] = {
    JA: "受付番号 {ticket}: 職員が担当しています。",
    EN: "Ticket {ticket}: a member of staff is on it.",
    HANS: "受理编号 {ticket}：工作人员正在处理。",
    HANT: "受理編號 {ticket}：職員正在處理。",
    KO: "접수번호 {ticket}: 직원이 담당하고 있습니다.",
}
WAITING: Final[Words] = {
    JA: "受付番号 {ticket}: 順番をお待ちいただいています。前に {ahead} 件あります。",
    EN: "Ticket {ticket} is waiting in line. There are {ahead} before it.",
    HANS: "受理编号 {ticket}：正在排队，前面有 {ahead} 件。",
    HANT: "受理編號 {ticket}：正在排隊，前面有 {ahead} 件。",
    KO: "접수번호 {ticket}: 순서를 기다리고 있습니다. 앞에 {ahead}건이 있습니다.",
}
NEXT: Final[Words] = {
    JA: "受付番号 {ticket}: 次の順番です。職員の手があくのを待っています。",
    EN: "Ticket {ticket} is next in line and waits for a free member of staff.",
    HANS: "受理编号 {ticket}：下一个就轮到您，正在等工作人员有空。",
    HANT: "受理編號 {ticket}：下一個就輪到您，正在等職員有空。",
    KO: "접수번호 {ticket}: 다음 순서입니다. 직원을 기다리고 있습니다.",
}
WAIT_UNKNOWN: Final[Words] = {
    JA: "返事までの時間は、分かりません。",
    EN: "I do not know how long an answer will take.",
    HANS: "还不知道要等多久才有答复。",
    HANT: "還不知道要等多久才有答覆。",
    KO: "답변까지 걸리는 시간은 알 수 없습니다.",
}
WAIT_MEDIAN: Final[Words] = {
    JA: "最近の{count}件では、半分の人が{span}以内に返事を受け取りました。約束ではありません。",
    EN: "Of the last {count} tickets, half were answered within {span}. This is not a promise.",
    HANS: "最近{count}件中，一半在{span}内得到答复。这不是承诺。",
    HANT: "最近{count}件中，一半在{span}內得到答覆。這不是承諾。",
    KO: "최근 {count}건 중 절반이 {span} 안에 답을 받았습니다. 약속은 아닙니다.",
}
NO_HISTORY: Final[Words] = {
    JA: "これまでに職員へつないだ質問はありません。",
    EN: "You have not had a ticket with staff so far.",
}
HISTORY: Final[Words] = {JA: "これまでの受付 (新しい順)", EN: "Your tickets, newest first"}
FORGET: Final[Words] = {
    JA: "ここに書いたこと、受付、やりとりをすべて消します。元には戻せません。続いている受付も終わりになります。\n"
    "Telegramの会社が持つ分は、ここからは消せません。ご自分の画面の会話は、ご自分で消せます。{but}\n\n消しますか。",
    EN: "This erases everything you wrote here, your tickets and the exchange with staff. It cannot be undone, and an "
    "open ticket ends.\nTelegram's own copies cannot be erased from here. The chat on your screen you can delete "
    "yourself.{but}\n\nErase?",
}
FORGOTTEN: Final[Words] = {
    JA: "消しました。残るのは、だれのものか分からない件数だけです。また聞きたくなったら、いつでも書いてください。",
    EN: "Erased. What remains is a count that belongs to nobody. You are welcome to write again at any time.",
    HANS: "已删除。只留下不涉及任何人的件数。随时欢迎再来。",
    HANT: "已刪除。只留下不涉及任何人的件數。隨時歡迎再來。",
    KO: "지웠습니다. 누구의 것인지 알 수 없는 건수만 남습니다. 언제든 다시 써 주세요.",
}
STILL_PUT_OFF: Final[Words] = {
    JA: "ただ、職員が止めた受付は、消しても{when}まで止まったままです。そのために、期限、受付番号、"
    "IDから作った照合用の値だけが、その時まで残ります。",
    EN: "However, staff have stopped taking your messages, and erasing does not end that before {when}. For this alone the "
    "end time, the ticket number and a code made from your ID stay until then.",
    HANS: "不过，工作人员暂停的受理在删除后仍会持续到{when}。为此，到那时为止只保留期限、受理编号和由ID生成的核对码。",
    HANT: "不過，職員暫停的受理在刪除後仍會持續到{when}。為此，到那時為止只保留期限、受理編號和由ID產生的核對碼。",
    KO: "다만 직원이 멈춘 접수는 지워도 {when}까지 계속 멈춰 있습니다. 이를 위해 기한, 접수번호, ID로 만든 대조용 값만 그때까지 남습니다.",
}
SHOWN_STILL: Final[Words] = {
    JA: "受付番号 {ticket} のことで職員のグループに出ていた {count} 件は、Telegramの決まりで、こちらからは消せませんでした。"
    "職員に、手で消すよう伝えました。",
    EN: "{count} messages about ticket {ticket} in the staff group could not be deleted from here because of Telegram's rules. "
    "Staff have been told to delete them by hand.",
    HANS: "工作人员群组中有关受理编号 {ticket} 的 {count} 条消息，因Telegram的规定无法由此删除，已通知工作人员手动删除。",
    HANT: "職員群組中有關受理編號 {ticket} 的 {count} 則訊息，因Telegram的規定無法由此刪除，已通知職員手動刪除。",
    KO: "직원 그룹에 있던 접수번호 {ticket} 관련 메시지 {count}건은 Telegram 규정상 여기서 지울 수 없었습니다. 직원에게 직접 지우도록 알렸습니다.",
}
NOT_FORGOTTEN: Final[Words] = {JA: "消していません。", EN: "Nothing was erased."}
BUTTON_FORGET: Final[Words] = {JA: "消す", EN: "Erase", HANS: "删除", HANT: "刪除", KO: "지우기"}
BUTTON_KEEP: Final[Words] = {JA: "やめる", EN: "Keep", HANS: "取消", HANT: "取消", KO: "그만두기"}
STOPPED: Final[Words] = {
    JA: "分かりました。こちらから何かを送ることはありません。",
    EN: "All right. Nothing will be sent to you unless you write.",
}
STOPPED_TICKET: Final[Words] = {
    JA: "受付番号 {ticket} を取り下げました。これについて、もう何も送りません。",
    EN: "Ticket {ticket} is withdrawn. You will get nothing more about it.",
    HANS: "受理编号 {ticket} 已撤回，不会再就此发送消息。",
    HANT: "受理編號 {ticket} 已撤回，不會再就此發送訊息。",
    KO: "접수번호 {ticket}을(를) 취소했습니다. 이 건에 대해 더는 보내지 않습니다.",
}
STATUS: Final[dict[Status, Words]] = {
    Status.OPEN: {JA: "順番待ち", EN: "waiting"},
    Status.CLAIMED: {JA: "職員が担当中", EN: "with staff"},
    Status.RESOLVED: {JA: "対応済み・確認待ち", EN: "done, your word is awaited"},
    Status.CLOSED: {JA: "終了", EN: "closed"},
}
_SPANS: Final[dict[str, Words]] = {
    "minutes": {JA: "{n}分", EN: "{n} min", HANS: "{n}分钟", HANT: "{n}分鐘", KO: "{n}분"},
    "hours": {JA: "{n}時間", EN: "{n} h", HANS: "{n}小时", HANT: "{n}小時", KO: "{n}시간"},
    "days": {JA: "{n}日", EN: "{n} days", HANS: "{n}天", HANT: "{n}天", KO: "{n}일"},
}
_MINE: Final[Words] = {
    JA: "あなたについて保存しているもの",
    EN: "What is stored about you",
}
_KEPT: Final[Words] = {
    JA: "番号: {resident}\n言語: {language}\n最後の質問: {question}\nその前後に書いたこと: {said}\n"
    "見た案内: {given}\n判断の記録: {records}件 (文は含みません)",
    EN: "Your id: {resident}\nLanguage: {language}\nLast question: {question}\nWritten around it: {said}\nAnswers seen: {given}\n"
    "Decisions on record: {records} (without your words)",
}
_WHO: Final[dict[Author, Words]] = {
    Author.RESIDENT: {JA: "あなた", EN: "You"},
    Author.STAFF: {JA: "職員", EN: "Staff"},
}
_ERASE: Final[Words] = {JA: "消したいときは /forget と書いてください。", EN: "To erase it, write /forget."}


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
