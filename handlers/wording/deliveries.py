"""Texts about messages that do not arrive: for staff and admins in Japanese, for residents in their language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from faq.language import Language, Words
from handlers.model.delivery import Cause, GroupName, Part, Refused

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

REASONS: Final[Mapping[Cause, str]] = {
    Cause.BLOCKED: "相手がこのボットを止めています",
    Cause.DEACTIVATED: "相手のアカウントがなくなっています",
    Cause.NEVER_STARTED: "相手がこのボットをまだ始めていません",
    Cause.NO_SUCH_PERSON: "相手の会話が見つかりません",
    Cause.VOICE_FORBIDDEN: "相手の設定で、音声を受け取れません",
    Cause.VIDEO_FORBIDDEN: "相手の設定で、丸い動画を受け取れません",
    Cause.MEDIA_FORBIDDEN: "この種類のものは、送り先で許されていません",
    Cause.TOO_LONG: "長すぎます",
    Cause.EMPTY: "文がありません",
    Cause.TOO_BIG: "ファイルが大きすぎます",
    Cause.ORIGINAL_GONE: "元のメッセージが消されています",
    Cause.PROTECTED: "写しを作れない設定のメッセージです",
    Cause.WRONG_FILE: "ファイルを読み出せません",
    Cause.NOT_SET: "グループの id が config.yaml にありません",
    Cause.NOT_FOUND: "グループが見つかりません",
    Cause.KICKED: "ボットがグループから外されています",
    Cause.DELETED: "グループがなくなっています",
    Cause.RESTRICTED: "Telegramがこのグループを制限しています",
    Cause.NO_RIGHT_TO_WRITE: "ボットに書き込む権限がありません",
    Cause.NOT_A_FORUM: "グループのトピックが切られています",
    Cause.NO_RIGHT_TO_TOPICS: "ボットにトピックを作る権限がありません",
    Cause.OTHER: "Telegramが受け取りませんでした",
    Cause.NO_ANSWER: "Telegramから返事がありません",
}
_REMEDIES: Final[Mapping[Cause, str]] = {
    Cause.NOT_SET: "ボットをグループに入れ、出てくる id を config.yaml に書いて、起動し直してください。",
    Cause.NOT_FOUND: "config.yaml の id を確かめ、ボットをグループに入れ直してください。",
    Cause.KICKED: "ボットをグループに入れ直し、管理者にしてください。",
    Cause.DELETED: "新しいグループを作ってボットを管理者にし、その id を config.yaml に書いて、起動し直してください。",
    Cause.RESTRICTED: "新しいグループを作ってボットを管理者にし、その id を config.yaml に書いて、起動し直してください。",
    Cause.NO_RIGHT_TO_WRITE: "グループの「管理者」でボットを管理者にするか、メンバーの書き込みを許してください。",
    Cause.NOT_A_FORUM: "グループの設定で「トピック」を入れると、受付ごとの部屋に戻ります。",
    Cause.NO_RIGHT_TO_TOPICS: "グループの「管理者」→ボット→「トピックの管理」を許すと、受付ごとの部屋に戻ります。",
}
_LOOK: Final = "madoguchi doctor で確かめてください。"
GROUPS: Final[Mapping[GroupName, str]] = {
    GroupName.FACILITY: "施設の窓口のグループ",
    GroupName.WARD: "苦情を受ける窓口のグループ (ward_chat)",
    GroupName.ADMINS: "FAQ管理者のグループ",
}


def refused(groups: Sequence[Refused], waiting: int) -> str:
    """The alarm: which groups take nothing, why, what to do, and what was done meanwhile."""
    lines = [line for one in groups for line in _refused(one)]
    if any(one.part is Part.MESSAGES for one in groups):
        lines.append(
            f"待っている受付: {waiting}件。消えません。届くまで試し続け、待っている方にはそう伝えました。"
        )
    return "\n".join(lines)


def _refused(one: Refused) -> list[str]:
    remedy = _REMEDIES.get(one.cause, _LOOK)
    if one.part is Part.TOPICS:
        head = f"⚠ {GROUPS[one.group]}で、受付ごとのトピックを作れません。受付票はふつうのメッセージで出しています。"
    else:
        head = f"⚠ {GROUPS[one.group]}に送れません。"
    raw = f" (Telegram: {one.detail})" if one.cause is Cause.OTHER and one.detail else ""
    return [head, f"原因: {REASONS[one.cause]}{raw}", f"直し方: {remedy}"]


def works(group: GroupName, part: Part, since: datetime | None, waiting: int) -> str:
    """The end of the alarm."""
    if part is Part.TOPICS:
        return f"✓ {GROUPS[group]}で、また受付ごとのトピックを作れます。"
    began = f" ({since:%m/%d %H:%M} から送れませんでした)" if since is not None else ""
    queue = f" 待っていた受付 {waiting}件を、順に出しています。" if waiting else ""
    return f"✓ {GROUPS[group]}に、また送れるようになりました{began}。{queue}".strip()


def in_queue(groups: Sequence[Refused]) -> str:
    """Lines of /queue about other groups that take nothing."""
    return "\n".join(
        f"⚠ {GROUPS[one.group]}に送れません({one.since:%m/%d %H:%M}から、{REASONS[one.cause]})"
        for one in groups
        if one.part is Part.MESSAGES
    )


UNREACHABLE: Final = "⚠ 受付番号 {ticket}: 住民に届きません({reason})。返信は預かり、住民が戻ったら送ります。"
BACK: Final = "受付番号 {ticket}: 住民が戻りました。預かっていた返信を送ります。"
KEPT_FOR_RETURN: Final = "⚠ 受付番号 {ticket}: いまは住民に届きません。預かって、住民が戻ったら送ります。"
CANNOT_BE_ASKED: Final = (
    "✓ 受付番号 {ticket}: 対応完了。ただし住民に届かないので、解決したかは聞けません。"
    "住民が戻れば聞き、戻らなければ期日に終了します。"
)
CARD_UNREACHABLE: Final = "⚠ 住民に届きません"
CARD_PUT_OFF: Final = "🚫 {until} までこの住民の受付を止めています"
NOT_DELIVERED: Final = "✋ 受付番号 {ticket}: 住民に届いていません。{reason}。{remedy}"
WRITE_INSTEAD: Final = "内容を文字で書いて、もう一度送ってください。"
SEND_AGAIN: Final = "直して、もう一度送ってください。"
UNKNOWN: Final = "受付番号 {ticket}: 住民へのメッセージが1通、届いたか分かりません({reason})。必要なら、もう一度送ってください。"
COPY_NOT_SHOWN: Final = "✋ 受付番号 {ticket}: 住民が送ったものの写しを、ここに出せませんでした。{reason}。住民には、文字で書くよう伝えました。"
NOT_SHOWN: Final = "✋ 受付番号 {ticket}: メッセージを1通、窓口のグループに出せませんでした。{reason}。/ticket {ticket} で内容を見られます。"
NOT_SHOWN_KEPT: Final = "✋ 受付番号 {ticket}: メッセージを1通、窓口のグループに出せません。{reason}。受付が続くあいだ試し続けます。"

NOT_PLACED: Final[Words] = {
    JA: "お知らせです。受付番号 {ticket} は、いま職員のグループに届けられず、職員はまだ読んでいません。\n"
    "番号も、書いていただいた文も、このままお預かりします。届くまで試し、届いたらここでお知らせします。",
    EASY: "お知(し)らせです。番号(ばんごう) {ticket} を、いま ここの 人(ひと)の グループに 届(とど)ける ことが できません。"
    "ここの 人は、まだ 読(よ)んで いません。\n"
    "番号も、書(か)いて くれた 文(ぶん)も、このまま 預(あず)かります。届くまで 試(ため)します。届いたら、ここで 知らせます。",
    EN: "A correction about ticket {ticket}: it cannot be brought to the staff group right now, so staff have not read "
    "it yet.\nYour number stands and your words are kept. We keep trying, and you will hear here when staff have it.",
    HANS: "关于受理编号 {ticket}：现在无法送达工作人员的群组，工作人员还没有看到。\n"
    "编号不变，您写的内容也已保存。我们会继续尝试，送达后在这里通知您。",
    HANT: "關於受理編號 {ticket}：現在無法送達職員的群組，職員還沒有看到。\n"
    "編號不變，您寫的內容也已保存。我們會繼續嘗試，送達後在這裡通知您。",
    KO: "접수번호 {ticket}에 대해 알려 드립니다. 지금 직원 그룹에 전달되지 않아 직원이 아직 읽지 못했습니다.\n"
    "번호와 쓰신 글은 그대로 보관합니다. 계속 시도하고, 전달되면 여기서 알려 드리겠습니다.",
}
TAKEN: Final[Words] = {
    JA: "受付番号 {ticket} でお預かりしました。ただ、いま職員のグループに届けられず、職員はまだ読んでいません。\n"
    "届くまで試し、届いたらここでお知らせします。\n\n"
    "お預かりしたもの:\n「{question}」{given}\n\n書き足したいことがあれば、このまま送ってください。",
    EASY: "番号(ばんごう) {ticket} で 預(あず)かりました。ただ、いま ここの 人(ひと)の グループに 届(とど)ける ことが できません。"
    "ここの 人は、まだ 読(よ)んで いません。\n"
    "届くまで 試(ため)します。届いたら、ここで 知(し)らせます。\n\n"
    "預かった もの:\n"
    "「{question}」{given}\n\n"
    "書(か)き足(た)したい ことが あれば、このまま 送(おく)って ください。",
    EN: "Your ticket number is {ticket}, and your words are kept. Right now they cannot be brought to the staff group, so "
    "staff have not read them yet.\nWe keep trying, and you will hear here when staff have it.\n\n"
    "What is kept:\n“{question}”{given}\n\nIf you want to add something, just write it here.",
    HANS: "已受理，编号 {ticket}。但现在无法送达工作人员的群组，工作人员还没有看到。\n"
    "我们会继续尝试，送达后在这里通知您。\n\n已保存的内容：\n“{question}”{given}\n\n想补充的话，直接写在这里。",
    HANT: "已受理，編號 {ticket}。但現在無法送達職員的群組，職員還沒有看到。\n"
    "我們會繼續嘗試，送達後在這裡通知您。\n\n已保存的內容：\n「{question}」{given}\n\n想補充的話，直接寫在這裡。",
    KO: "접수번호 {ticket}(으)로 받았습니다. 다만 지금 직원 그룹에 전달되지 않아 직원이 아직 읽지 못했습니다.\n"
    "계속 시도하고, 전달되면 여기서 알려 드리겠습니다.\n\n보관한 내용:\n“{question}”{given}\n\n"
    "덧붙일 것이 있으면 그대로 써 주세요.",
}
STILL_WAITING: Final[Words] = {
    JA: "受付番号 {ticket} は、職員のグループに届けられず、職員はまだ読んでいません。届くまで試し、届いたらお知らせします。",
    EASY: "番号(ばんごう) {ticket} を、いま ここの 人(ひと)の グループに 届(とど)ける ことが できません。"
    "ここの 人は、まだ 読(よ)んで いません。届くまで 試(ため)します。届いたら、知(し)らせます。",
    EN: "Ticket {ticket} cannot be brought to the staff group right now; staff have not read it yet. "
    "We keep trying and will tell you when they have it.",
    HANS: "受理编号 {ticket} 现在无法送达工作人员的群组，工作人员还没有看到。我们会继续尝试，送达后通知您。",
    HANT: "受理編號 {ticket} 現在無法送達職員的群組，職員還沒有看到。我們會繼續嘗試，送達後通知您。",
    KO: "접수번호 {ticket}은(는) 지금 직원 그룹에 전달되지 않아 직원이 아직 읽지 못했습니다. "
    "계속 시도하고, 전달되면 알려 드리겠습니다.",
}
PLACED: Final[Words] = {
    JA: "受付番号 {ticket} が、職員に届きました。お待たせしました。",
    EASY: "番号(ばんごう) {ticket} が、ここの 人(ひと)に 届(とど)きました。待(ま)って くれて、ありがとうございました。",
    EN: "Staff have your ticket {ticket} now. Thank you for waiting.",
    HANS: "受理编号 {ticket} 已送达工作人员。让您久等了。",
    HANT: "受理編號 {ticket} 已送達職員。讓您久等了。",
    KO: "접수번호 {ticket}이(가) 직원에게 전달되었습니다. 기다려 주셔서 감사합니다.",
}
VOICE_NOT_TAKEN: Final[Words] = {
    JA: "職員が音声か動画を送ろうとしましたが、お使いのTelegramの設定では受け取れません。"
    "職員には、文字で書くよう伝えました。このまま書いていただくこともできます。",
    EASY: "ここの 人(ひと)が、音声(おんせい)か 動画(どうが)を 送(おく)ろうと しました。"
    "でも、あなたの Telegramの 設定(せってい)では、受(う)け取(と)る ことが できません。"
    "ここの 人に、文字(もじ)で 書(か)くように 伝(つた)えました。あなたが このまま 書く ことも できます。",
    EN: "Staff tried to send you a voice or video message, but your Telegram settings do not accept it. "
    "We asked them to write instead. You can simply write here, too.",
    HANS: "工作人员想给您发送语音或视频，但您的Telegram设置不接收。我们已请工作人员改用文字。您也可以直接在这里写。",
    HANT: "職員想傳語音或影片給您，但您的Telegram設定不接收。我們已請職員改用文字。您也可以直接在這裡寫。",
    KO: "직원이 음성이나 동영상을 보내려 했지만, 사용 중인 Telegram 설정으로는 받을 수 없습니다. "
    "직원에게 글로 써 달라고 전했습니다. 여기에 그대로 쓰셔도 됩니다.",
}
COPY_NOT_TAKEN: Final[Words] = {
    JA: "職員が送ろうとしたものを、お届けできませんでした。職員には、文字で書くよう伝えました。",
    EASY: "ここの 人(ひと)が 送(おく)ろうと した ものを、届(とど)ける ことが できませんでした。"
    "ここの 人に、文字(もじ)で 書(か)くように 伝(つた)えました。",
    EN: "Something that staff wanted to send you could not be delivered. We asked them to write instead.",
    HANS: "工作人员想发给您的内容未能送达。我们已请工作人员改用文字。",
    HANT: "職員想傳給您的內容未能送達。我們已請職員改用文字。",
    KO: "직원이 보내려던 것이 전달되지 않았습니다. 직원에게 글로 써 달라고 전했습니다.",
}
YOURS_NOT_PASSED: Final[Words] = {
    JA: "受付番号 {ticket}: 送っていただいたものは、職員に渡せませんでした。お手数ですが、内容を文字で書いてください。",
    EASY: "番号(ばんごう) {ticket}: 送(おく)って くれた ものを、ここの 人(ひと)に 渡(わた)す ことが できませんでした。"
    "すみませんが、内容(ないよう)を 文字(もじ)で 書(か)いて ください。",
    EN: "Ticket {ticket}: what you sent could not be passed on to staff. Please write in words what it shows.",
    HANS: "受理编号 {ticket}：您发送的内容未能转交给工作人员。请用文字写下内容。",
    HANT: "受理編號 {ticket}：您傳送的內容未能轉交給職員。請用文字寫下內容。",
    KO: "접수번호 {ticket}: 보내신 것을 직원에게 전하지 못했습니다. 번거로우시겠지만 내용을 글로 써 주세요.",
}
