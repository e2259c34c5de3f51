"""Texts for staff about tickets: found, tagged, snoozed, transferred, merged, late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from faq.content.profile import Profile
from faq.language import Language
from handlers.model.snapshot import Message
from handlers.model.tickets import Ticket
from handlers.wording.desk import STATUS
from handlers.wording.marked import one_line, short

NOT_FOUND: Final = "「{words}」に合う受付は見つかりませんでした。番号・タグ・住民の文の一部で探せます。"
TAGGED: Final = "✓ 受付番号 {ticket} のタグ: {tags}"
SNOOZED: Final = "✓ 受付番号 {ticket}: {until} まで後回しにします。時間になったら知らせます。"
AWAKE: Final = "⏰ 受付番号 {ticket}: 後回しにした時間になりました。"
NO_MOMENT: Final = (
    "「{text}」がいつか分かりませんでした。30分・2時間・14:00・明日・12-01 のように書いてください。"
)
NOT_YOURS: Final = "受付番号 {ticket} は {name} が担当中です。渡せるのは担当の人か責任者です。先に「引き継ぐ」を押してください。"
NO_COLLEAGUE: Final = "「{name}」という職員が見つかりません。渡せるのは: {known}(ほかの窓口へは {desks})。"
NOBODY: Final = "いまはいません(config.yaml の roles に id と名前を書くと、渡せるようになります)"
TRANSFERRED: Final = "✓ 受付番号 {ticket}: {former} から {name} に渡しました。"
ALREADY_THERE: Final = "受付番号 {ticket} は、もう{desk}の窓口にあります。"
NO_WARD_DESK: Final = (
    "苦情を受ける窓口のグループは、まだありません(受付番号 {ticket} はここに残ります)。"
    "config.yaml の ward_chat にそのグループの id を書くと、移せるようになります。"
)
NO_COMPLAINT: Final = "苦情ではない"
_COMPLAINT_STAYS: Final = (
    "受付番号 {ticket} には苦情があるので、まだ{facility_desk}に渡していません。渡すと、{facility_desk}には次が見えます: 質問「{question}」{seen}。"
    "見えないもの: {government}のメモ・返信・タグ、{government}にある間の苦情{stays}。"
    "これでよく、質問が苦情でないと確かめたときだけ、/transfer {ticket} {facility_desk} {remark} と書いてください。"
)
_SEEN_LINES: Final = "、ほかに{count}件"
_STAYING_LINES: Final = "(いま{count}件)"
_STAYS_WITH_WARD: Final = (
    "{government}で書いたメモ・返信・タグと、{government}にある間の苦情は、{facility_desk}には見えません"
    "(住民のほかの文は見えます)。"
)
MOVED_DESK: Final = "✓ 受付番号 {ticket}: {desk}の窓口へ移しました。"
NO_MERGE: Final = (
    "まとめる受付番号を2つ書いてください: /merge 12 15 (12 の内容が 15 に入り、12 は終了します)。"
)
SAME_TICKET: Final = (
    "受付番号 {ticket} を、それ自身にまとめることはできません。別の番号と2つ書いてください: /merge 12 15"
)
NOT_AT_THIS_DESK: Final = (
    "受付番号 {tickets} は、この窓口には見当たりません。まとめられるのは、この窓口にある受付どうしだけです。"
    "/queue か /ticket 番号 で確かめてください。"
)
NOT_ONE_PERSON: Final = "受付番号 {source} と {target} は別の人の受付なので、まとめられません。"
MERGED: Final = "✓ 受付番号 {source} を {target} にまとめました。{source} は終了です。"
MERGED_NOTE: Final = "受付番号 {source} をまとめました。もとの質問:\n{question}"
CARD_MOVED: Final = "受付番号 {ticket} は、{desk}の窓口に移りました。"
CARD_MERGED: Final = "受付番号 {source} は、{target} にまとめました。続きは {target} の受付票で見られます。"
CARD_ANEW: Final = "受付番号 {ticket} の受付票は、新しい部屋に出し直しました。"
ELSEWHERE: Final = "受付番号 {ticket} は、{desk}の窓口に移りました。ここでの発言や操作は、住民にも{desk}の窓口にも届きません。記録もしません。"
GOES_ON: Final = "受付番号 {ticket} は、{into} にまとめました。ここでの発言や操作は、どこにも届いていません。番号 {into} でもう一度どうぞ。"
PRESSED_ON_MERGED: Final = "受付番号 {ticket}: 住民が、まとめる前の番号 {source} の「{word}」を押しました。"
NO_HISTORY: Final = "受付番号 {ticket}: この住民のほかの受付はありません。"
AUDIT: Final = "最近の操作\n"
NO_AUDIT: Final = "操作の記録はまだありません。"
REFUSED: Final = "この操作ができるのは、{who}だけです。試したことは記録しました。"
REFUSED_UNNAMED: Final = (
    "匿名の投稿なので、だれか分かりません。この操作ができるのは、{who}だけです。何も送っていません。"
    "「匿名で投稿」(グループの管理者の設定)をやめて、自分の名前で書いてください。"
    "匿名のままでよいときは、config.yaml の roles.staff に {id} を書いてください。"
)
WHO_STAFF: Final = "config.yaml の roles にいる職員"
WHO_LEADS: Final = "責任者 (config.yaml の roles.leads)"
WHO_ADMINS: Final = "FAQ管理者 (config.yaml の roles.admins)"
REMIND_FIRST: Final = "⏳ 受付番号 {ticket}: 最初の返事の目標まで、あと{minutes}分です。"
LATE_FIRST: Final = "🔔 受付番号 {ticket}: 最初の返事の目標({minutes}分)を過ぎました。{who}"
REMIND_RESOLUTION: Final = "⏳ 受付番号 {ticket}: 解決の目標まで、あと{minutes}分です。"
LATE_RESOLUTION: Final = "🔔 受付番号 {ticket}: 解決の目標(受付時間で{minutes}分)を過ぎました。{who}"
FOR_LEADS: Final = "責任者 {names} は確認してください。"


def complaint_stays(ticket: Ticket, seen: Sequence[Message], stays: Sequence[Message], town: Profile) -> str:
    """Why a ticket does not go to the facility yet, and what the facility would see of it."""
    others = len([m for m in seen if m.text != ticket.question])
    return _COMPLAINT_STAYS.format(
        ticket=ticket.id, question=short(ticket.question, 40), remark=NO_COMPLAINT,
        seen=_SEEN_LINES.format(count=others) if others else "",
        stays=_STAYING_LINES.format(count=len(stays)) if stays else "", **town.words(Language.JA),
    )  # fmt: skip


def stays_with_ward(town: Profile) -> str:
    """That part of a ticket's story is not shown to the facility."""
    return _STAYS_WITH_WARD.format(**town.words(Language.JA))


def history(ticket: Ticket, others: Sequence[Ticket]) -> str:
    """One line per ticket, newest first."""
    lines = [f"受付番号 {ticket.id} の住民の、ほかの受付 {len(others)}件"]
    for case in others:
        short = one_line(case.question, 30)
        lines.append(f"{case.id} · {case.opened_at:%Y-%m-%d} · {STATUS[case.status]} · {short}")
    return "\n".join(lines)
