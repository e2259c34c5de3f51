"""Texts for staff about the words they send: holding and its reason, notes, greetings, corrections."""

from __future__ import annotations

from typing import Final

FIX: Final = "修正"
EXCEPTION: Final = "例外として送る"
FAQ_WRONG: Final = "FAQが誤り"
SEND_NOTE: Final = "この文を住民へ送る"
SEND_ANYWAY: Final = "このまま送る"

_FAULTS: Final = {
    "phone": "電話番号「{shown}」は、窓口一覧にありません。",
    "url": "URL「{shown}」は、窓口一覧にも出典にもありません。",
    "window": "「{shown}」({about})は、この用件を受ける窓口ではありません。",
    "opposite": "「{shown}」は、前に送った「{about}」と食い違います。訂正なら「訂正です」と書き添えてください。",
    "figure": "「{shown}」は、回答 {about} に書いてある数と違います。",
    "must-not-say": "「{shown}」は、回答 {about} と食い違う言い方です。",
}
HELD: Final = (
    "✋ 受付番号 {ticket}: まだ送っていません。\n{faults}\n\n「{text}」\n\n"
    "直すなら「修正」を押して、書き直した文を受付票に返信してください。"
)
FIXING: Final = "取りやめました。直した文を、受付票への返信でもう一度どうぞ。"
ASK_REASON: Final = (
    "受付番号 {ticket}: 例外として送る理由を、このメッセージへの返信で書いてください(/exception {ticket} 理由 でも)。"
    "理由は記録に残り、住民には届きません。"
)
EXCEPTED: Final = "✓ 受付番号 {ticket}: 例外として送信待ちに入れました。理由を記録しました。"
NO_REASON: Final = "理由がありません。/exception {ticket} のあとに理由を書いてください。"
NO_DRAFT: Final = "止めてある返信はありません。もう送ったか、取りやめています。"
REPORTED: Final = "FAQ管理者に知らせました。返信はまだ送っていません。急ぐときは「例外として送る」をどうぞ。"
FAQ_DOUBTED: Final = (
    "職員 {name} が「FAQが誤り」と知らせました(受付番号 {ticket})。\n{faults}\n見直してください。"
)
KEPT_AS_NOTE: Final = "メモにしました。住民には届きません(届くのは、受付票への返信と /r だけです)。"
SENT_NOTE: Final = "✓ 受付番号 {ticket}: 送信待ちに入れました。"
WHICH_TICKET: Final = "✋ まだ送っていません。受付番号 {here} の場所で、番号 {named} から始まる返信です。どちらの住民に送りますか。\n\n「{text}」"
SEND_TO: Final = "受付番号 {ticket} へ「{text}」"
CHOOSE_FIRST: Final = "受付番号 {ticket}: どちらに送るかを、先にボタンで選んでください。まだ送っていません。"
NO_GREETINGS: Final = "定型文はまだありません。config.yaml の desk.greetings に書くと、ここに並びます。"
GREETINGS: Final = "受付番号 {ticket} に送る定型文を選んでください。"
NO_GREETING: Final = "その定型文はありません: {greeting}。あるのは {known} です。"
GREETED: Final = "✓ 受付番号 {ticket}: 定型文「{greeting}」を送信待ちに入れました。"
MEDIA_HELD: Final = (
    "✋ 受付番号 {ticket}: 送っていません。\n{faults}\n添え書きを直して、もう一度送ってください。"
)
MEDIA_NOT_TAKEN: Final = (
    "✋ 受付番号 {ticket}: この種類({kind})は住民に送れません。写真・ファイル・音声・動画なら送れます。"
)
MEDIA_KEPT: Final = "住民には送っていません。送るときは、受付票に返信してください。"
MEDIA_SENT: Final = "✓ 受付番号 {ticket}: 送信待ちに入れました。"
REASON_NOT_TAKEN: Final = (
    "メモにしました。例外の理由としては受け取っていません。返信はまだ送っていません。"
    "理由は、上の質問への返信か、/exception {ticket} 理由 で書いてください。"
)
NOT_A_CARD: Final = "住民には送っていません。受付票に返信するか、/r 番号 文 と書いてください。"
NOTE_OF_NOTHING: Final = (
    "メモしていません(どの受付のメモか分かりません)。受付番号の部屋の中か、受付票への返信で書くか、"
    "/note 番号 文 と書いてください。"
)
NOTE_AMENDED: Final = "✓ メモを直しました(住民には届きません)。"
EDIT_DOES_NOTHING: Final = (
    "書き直しただけでは、何もしません。住民にも送っていません。もう一度、新しく書いてください。"
)
EDIT_NOT_SENT: Final = "受付番号 {ticket}: 書き直した内容は、住民に送っていません。訂正するときは、受付票に返信で書いてください。"
EDIT_TO_ANOTHER: Final = (
    "この文は受付番号 {ticket} のものです。書き直して宛先を変えることはできません。何も送っていません。"
)
EDIT_AFTER_END: Final = (
    "受付番号 {ticket} は対応を終えているので、訂正は送っていません。送るなら、新しく返信してください。"
)
CORRECTED: Final = "✓ 受付番号 {ticket}: 訂正として、もう一度送信待ちに入れました。"


def faults(found: list[tuple[str, str, str]]) -> str:
    """One line per fault: code, passage, and what it contradicts."""
    return "\n".join("・" + _FAULTS[code].format(shown=shown, about=about) for code, shown, about in found)
