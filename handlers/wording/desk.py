"""Texts for staff, kept short because they are read all day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from faq.content.profile import Profile
from faq.language import Language, pick
from handlers.model.delivery import PUT_OFF, UNREACHABLE
from handlers.model.snapshot import Author, Message
from handlers.model.tickets import Desk, Refusal, Status, Step, Ticket, Turn, tags_for
from handlers.wording.bounded import beginning, units
from handlers.wording.deliveries import CARD_PUT_OFF, CARD_UNREACHABLE
from handlers.wording.marked import marked, one_line, quoting

STATUS: Final = {
    Status.OPEN: "未担当",
    Status.CLAIMED: "担当中",
    Status.RESOLVED: "対応完了(住民の確認待ち)",
    Status.CLOSED: "終了",
}
_TURNS: Final = {Turn.RESIDENT: "住民の返事待ち", Turn.AGAIN: "住民から返事"}
_QUESTION_UNITS, _EARLIER_UNITS = 1800, 1000
"""Shares of a message's 4096 units; the rest is for the talk's steps."""
LANGUAGES: Final = {
    Language.JA: "日本語",
    Language.JA_EASY: "やさしい日本語",
    Language.EN: "英語",
    Language.ZH_HANS: "中国語(簡体)",
    Language.ZH_HANT: "中国語(繁体)",
    Language.KO: "韓国語",
}
REASONS: Final = {
    "asked": "本人が職員を希望",
    "not-solved": "案内では解決せず",
    "misses": "案内が見つからず",
    "complaint": "苦情・意見",
    "reply-after-all": "返信不要で終わったが、返事がほしい",
}
CLAIM: Final = "担当する"
TAKE_OVER: Final = "引き継ぐ"
RELEASE: Final = "手放す"
REPLY: Final = "返信"
QUOTE: Final = "回答を送る: {label}"
GREETINGS: Final = "定型文"
HISTORY: Final = "履歴"
RESOLVE: Final = "対応完了"

NO_TICKET: Final = "受付番号が見つかりません。/queue で一覧を見られます。"
DONE_BELOW: Final = "この下に出しました。"
OLD_BUTTON: Final = "このボタンは、ここではもう使えません。/queue で、いまの受付を見られます。"
NO_ENTRY: Final = "その id の回答はありません: {entry}。madoguchi check で id を確かめられます。"
EMPTY_REPLY: Final = "返信の文がありません。/reply {ticket} のあとに文を書いてください。"
CLAIMED: Final = "{name} が担当しました。"
ALREADY_YOURS: Final = "もう担当しています。"
HELD_BY: Final = "{name} が担当中です。続けるなら「引き継ぐ」を押してください。返信はそのままでも送れます。"
TAKEN_OVER: Final = "{former} から {name} が引き継ぎました。"
RELEASED: Final = "{name} が手放しました。未担当に戻ります。"
REPLIED: Final = "✓ 受付番号 {ticket}: 返信を送信待ちに入れました。"
QUOTED: Final = "✓ 受付番号 {ticket}: {entry} 第{version}版を送信待ちに入れました。"
NOTED: Final = "✓ 受付番号 {ticket}: メモしました(住民には届きません)。"
RESOLVED: Final = "✓ 受付番号 {ticket}: 対応完了。住民に確認しています。"
RESOLVED_SILENTLY: Final = "✓ 受付番号 {ticket}: 対応完了。返信不要のため、住民には何も送りません。"
NO_REPLY_WANTED: Final = (
    "受付番号 {ticket} は返信不要です。住民には送りません。内部の記録は /note {ticket} でどうぞ。"
)
HOW_TO_REPLY: Final = (
    "受付番号 {ticket} への返信: この受付票に「返信」で書くか、/reply {ticket} 文 と書いてください。"
    "決まった回答は /quote {ticket} 回答id。ほかの発言は住民に届きません。"
)
_ADDED_AFTER_DONE: Final = (
    "受付番号 {ticket}: 対応完了{name}のあと、住民から返事です。"
    "続きがあれば「担当する」か返信、なければ「確認した」を押してください:"
)
_BY: Final = "(担当 {name})"
_REPLY_WANTED: Final = "受付番号 {ticket}: 住民は、やはり返事がほしいそうです。返信できます。"
READ: Final = "✓ 受付番号 {ticket}: 確認しました。住民の「解決した」を待ちます。"
SEEN: Final = "確認した"
UNHEARD: Final = "🔔 受付番号 {ticket}: 住民の返事に、{minutes}分(受付時間)だれも応えていません。{holder}"
HOLDER: Final = "担当は {name} です。"
OTHER_WORDS: Final = "ほかに書いたこと(古い順)"
_CONTINUED: Final = "受付番号 {ticket}: 書かれたことの全文(古い順)"
_ADDED: Final = "受付番号 {ticket} に住民から追記:"
_EDITED: Final = "受付番号 {ticket}: 住民が送信済みの文を直しました:"
_ANSWERED_MEANWHILE: Final = "受付番号 {ticket}: 住民の質問に、案内 {entry} を出しました。質問:"
_ATTACHED: Final = "受付番号 {ticket}: 住民から({kind})。次がその写しです。"
_DANGER: Final = "⚠ 受付番号 {ticket}: 命に関わるかもしれない言葉です。住民に見せたのは、返事「{reply}」{numbers}だけです。"
_TO_CALL: Final = re.compile(r"(?<![\d\-/:])(?:0\d{1,3}-\d{2,4}-\d{3,4}|1\d{2})(?![\d\-/:人件年月日時分円%])")
_CALLS_AT_MOST: Final = 6
ANONYMOUS: Final = "受付番号 {ticket}: 匿名希望です。施設に、だれの話か分かることを伝えないでください。"
IDENTITY: Final = "受付番号 {ticket}: 住民が({kind})を送りましたが、本人確認書類かもしれないので受け取っていません。住民にもそう伝えました。"
MEDIA: Final = "受付番号 {ticket}: 住民が文字以外のもの({kind})を送りましたが、受け取っていません。"
REOPENED: Final = "受付番号 {ticket}: 住民が「まだ」と答えました。{former}別の職員が見てください。"
FORMER: Final = "前の担当は {name} です。"
SETTLED: Final = "受付番号 {ticket}: 住民が「解決」と答えました。終了です。"
WANTS_NUMBER_GONE: Final = (
    "受付番号 {ticket}: 住民が、書いた番号を消してほしいと言っています。控えがあれば消してください。"
)
WITHDRAWN: Final = "受付番号 {ticket}: 住民が取り下げました。"
NO_REPLY_CHOSEN: Final = "受付番号 {ticket}: 返信不要です。住民には何も送らないでください。"
LAPSED: Final = "受付番号 {ticket}: {name} の担当が{minutes}分動かなかったので、未担当に戻しました。"
CLOSED_BY_TIME: Final = "受付番号 {ticket}: 住民の返事がないまま期日が過ぎたので、終了にしました。"
QUEUE_EMPTY: Final = "待っている受付はありません。"
MINE_EMPTY: Final = "担当している受付はありません。"
QUEUE: Final = "受付 {count}件"
HELP: Final = (
    "窓口の使い方\n"
    "/queue 一覧 · /mine 自分の担当 · /ticket 番号 受付票 · /history 番号 その住民の受付 · /find 語 探す\n"
    "/claim 番号 担当する · /takeover 番号 引き継ぐ · /release 番号 手放す · /transfer 番号 名前 渡す (ほかの窓口の名前も)\n"
    "/reply 番号 文 住民へ返信 (短く /r) · /quote 番号 回答id 決まった回答 · /hi 番号 名前 定型文\n"
    "/note 番号 文 メモ (部屋の中では // 文 でも) · /tag 番号 語 タグ · /snooze 番号 30分 後回し · /merge 番号 番号 まとめる · /done 番号 対応完了\n"
    "/exception 番号 理由 止めた返信を例外として送る\n"
    "受付番号の部屋(トピック)の中と、受付票への返信では、番号を省けます(/done、/claim、/ticket なども)。\n"
    "住民に届くのは、受付票への「返信」、/r、ボタンだけです。それ以外の発言は届きません。"
)
HELP_LEADS: Final = (
    "\n責任者: /audit 最近の操作 · /pause 文 案内を休む · /resume 再開 · /notice 文 案内の上の知らせ\n"
    "/block 番号 2時間 理由 その住民の受付を止める · /unblock 番号 やめる"
)
_REFUSED: Final = {
    Step.CLAIM: "担当できません",
    Step.TAKE_OVER: "引き継げません",
    Step.RELEASE: "手放せません",
    Step.RESOLVE: "対応完了にできません",
}


def refused(refusal: Refusal) -> str:
    """Why a step is not possible."""
    what = _REFUSED.get(refusal.step, "その操作はできません")
    return f"受付番号 {refusal.ticket} は「{STATUS[refusal.status]}」なので、{what}。"


def waited(since: datetime, now: datetime) -> str:
    """The waiting time in one suitable unit."""
    minutes = max(0, int((now - since) / timedelta(minutes=1)))
    if minutes < 60:
        return f"{minutes}分"
    hours = minutes // 60
    return f"{hours}時間{minutes % 60}分" if hours < 24 else f"{hours // 24}日{hours % 24}時間"


def added(ticket: int, text: str) -> str:
    """Further words of a resident."""
    return _told(_ADDED.format(ticket=ticket), text)


def added_after_done(ticket: int, name: str, text: str) -> str:
    """Words of a resident on a ticket that ``name`` has resolved."""
    by = _BY.format(name=name) if name else ""
    return _told(_ADDED_AFTER_DONE.format(ticket=ticket, name=by), text)


def reply_wanted(ticket: int, text: str) -> str:
    """The resident revokes 返信不要, by a button or with these words."""
    head = _REPLY_WANTED.format(ticket=ticket)
    return with_words(head, text) if text else head


def with_words(head: str, text: str) -> str:
    """A line of ours and the resident's words below it."""
    return _told(head, text)


def continued(ticket: Ticket) -> tuple[str, ...]:
    """The full words of a ticket whose card only has their beginning."""
    whole = marked("\n".join([*ticket.earlier, ticket.question]))
    is_cut = _cut(ticket.question, _QUESTION_UNITS)[1] or _cut("\n".join(ticket.earlier), _EARLIER_UNITS)[1]
    return (f"{_CONTINUED.format(ticket=ticket.id)}\n\n{whole}",) if is_cut else ()


def _cut(text: str, at_most: int) -> tuple[str, bool]:
    """The marked text or its beginning, and whether it was cut."""
    shown = marked(text)
    return beginning(shown, at_most), units(shown) > at_most


def state(ticket: Ticket) -> str:
    """A ticket's state, and whose turn it is where the state does not tell."""
    if ticket.status is Status.CLAIMED and ticket.turn is not Turn.STAFF:
        return f"{STATUS[ticket.status]}({_TURNS[ticket.turn]})"
    if ticket.status is Status.RESOLVED and ticket.turn is Turn.AGAIN:
        return f"対応完了({_TURNS[ticket.turn]})"
    return STATUS[ticket.status]


def desk_called(which: Desk, town: Profile) -> str:
    """The name of a desk for staff."""
    return pick(town.government if which is Desk.WARD else town.facility_desk, Language.JA)[1]


def desks_called(town: Profile) -> str:
    """The names that staff may write for the desks, as a phrase."""
    return " か ".join(desk_called(which, town) for which in (Desk.WARD, Desk.FACILITY))


def desk_named(word: str, town: Profile) -> Desk | None:
    """The desk that a word names, in any language of the town."""
    for which, names in ((Desk.WARD, town.government), (Desk.FACILITY, town.facility_desk)):
        if word.casefold() in {name.casefold().removeprefix("the ") for name in names.values()}:
            return which
    return None


def danger(ticket: int, reply: str, shown: str) -> str:
    """That a life may be in danger, and what the resident was shown: the reply's name, and the numbers in it."""
    told = "\n".join(line for line in shown.splitlines() if "://" not in line)
    numbers = "・".join(list(dict.fromkeys(_TO_CALL.findall(told)))[:_CALLS_AT_MOST])
    return _DANGER.format(ticket=ticket, reply=reply, numbers=f"({numbers})" if numbers else "")


def edited(ticket: int, text: str) -> str:
    """A resident's corrected words."""
    return _told(_EDITED.format(ticket=ticket), text)


def answered_meanwhile(ticket: int, text: str, entry: str) -> str:
    """Further words of a resident that the FAQ has answered."""
    return _told(_ANSWERED_MEANWHILE.format(ticket=ticket, entry=entry), text)


def attached(ticket: int, kind: str, caption: str) -> str:
    """A copy follows; its caption is quoted here, where it can be marked."""
    head = _ATTACHED.format(ticket=ticket, kind=kind)
    return _told(head, caption) if caption.strip() else head


def _told(head: str, text: str) -> str:
    return f"{head}\n\n{marked(text)}"


def card(ticket: Ticket, now: datetime, *, with_question: bool = True, reader: Desk | None = None) -> str:
    """A ticket as staff see it: number and state, the words as written, the steps so far. Without the resident's
    name.

    The newest question comes first; text that exceeds a card follows separately (:func:`continued`). ``reader`` is
    the desk that sees it; by default the ticket's own.
    """
    head = f"受付番号 {ticket.id} · {state(ticket)}"
    if ticket.holder and ticket.is_active:
        head += f" · {ticket.holder.name}"
    lines = [
        head,
        f"受付 {ticket.opened_at:%m/%d %H:%M} (待ち {waited(ticket.opened_at, now)})"
        f" · {LANGUAGES[ticket.language]} · {REASONS.get(ticket.reason, ticket.reason)}",
    ]
    if ticket.desk is Desk.WARD:
        lines.append("🔒 施設の職員には見えません")
    if ticket.merged_into is not None:
        lines.append(f"→ 受付番号 {ticket.merged_into} にまとめました")
    if ticket.no_reply:
        lines.append("⚠ 返信不要: 住民には何も送りません")
    if ticket.snoozed_until is not None and ticket.is_active:
        lines.append(f"💤 {ticket.snoozed_until:%m/%d %H:%M} まで後回し")
    if UNREACHABLE in ticket.alerts:
        lines.append(CARD_UNREACHABLE)
    lines += [
        CARD_PUT_OFF.format(until=alert.removeprefix(PUT_OFF))
        for alert in ticket.alerts
        if alert.startswith(PUT_OFF)
    ]
    if tags := tags_for(ticket, reader or ticket.desk):
        lines.append(" ".join(f"#{tag}" for tag in tags))
    if ticket.former_holder and ticket.status is Status.OPEN:
        lines.append(f"前の担当: {ticket.former_holder}")
    if with_question:
        lines += ["", _cut(ticket.question, _QUESTION_UNITS)[0]]
    if with_question and ticket.earlier:
        lines += ["", OTHER_WORDS, _cut("\n".join(ticket.earlier), _EARLIER_UNITS)[0]]
    about = []
    if ticket.given:
        about.append("出した案内: " + "、".join(ticket.given))
    if ticket.path:
        about.append("経路: " + " → ".join(_step(step) for step in ticket.path))
    if ticket.chosen:
        about.append("選んだもの: " + "、".join(ticket.chosen))
    return "\n".join([*lines, "", *about]) if about else "\n".join(lines)


_STEPS: Final = {
    "start": "開始", "asked": "質問", "answer": "案内", "offer": "候補", "none": "どれでもない", "menu": "一覧",
    "pick": "候補から選択", "unsolved": "解決しない", "solved": "解決した", "miss": "見つからず", "person": "職員に聞く",
    "reply": "決まった返事", "album": "写真など", "album-refused": "受け取らなかった写真など", "danger": "危険の案内",
    "no-danger": "危険ではない",
}  # fmt: skip


def _step(step: str) -> str:
    name, _, about = step.partition(":")
    return f"{_STEPS.get(name, name)} {about}".strip()


_SHORT: Final = 30
_WHO: Final = {Author.RESIDENT: "住民", Author.STAFF: "職員", Author.NOTE: "メモ"}


def story(ticket: Ticket, messages: Sequence[Message], now: datetime, reader: Desk) -> str:
    """The card and everything written since, as far as ``reader`` may see it."""
    told = any(message.author is Author.RESIDENT for message in messages)
    lines = [card(ticket, now, with_question=not told, reader=reader)]
    for message in messages:
        who = _WHO[message.author] + (f" {message.name}" if message.name else "")
        lines += ["", f"── {who}", quoting(message.quoted) + marked(message.text)]
    return "\n".join(lines)


def queue(tickets: Sequence[Ticket], now: datetime, reader: Desk) -> str:
    """One line per ticket, oldest first, with the beginning of the question."""
    lines = [QUEUE.format(count=len(tickets))]
    for ticket in tickets:
        short = one_line(ticket.question, _SHORT)
        holder = f" {ticket.holder.name}" if ticket.holder else ""
        aside = f" 💤{ticket.snoozed_until:%H:%M}" if ticket.snoozed_until and ticket.is_active else ""
        tags = "".join(f" #{tag}" for tag in tags_for(ticket, reader))
        away = f" {CARD_UNREACHABLE}" if UNREACHABLE in ticket.alerts else ""
        lines.append(
            f"{ticket.id} · {state(ticket)}{holder}{aside}{away} · {waited(ticket.opened_at, now)} · {short}{tags}"
        )
    return "\n".join(lines)


DELETE_BY_HAND: Final = (
    "受付番号 {ticket} の方が、記録をすべて消しました。このグループに残る {count} 件は、まどぐちからは消せません。"
    "手で消してください。"
)
