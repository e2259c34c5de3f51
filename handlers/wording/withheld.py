"""Texts for residents where something was masked, and the button that lets it through."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

MASKED_NUMBER: Final[Words] = {
    JA: "マイナンバーに見える数字があったので、保存する前に伏せました。マイナンバーは、ここでは要りません。",
    EASY: "マイナンバーに 見(み)える 数字(すうじ)が ありました。保存(ほぞん)する 前(まえ)に 隠(かく)しました。"
    "マイナンバーは、ここでは いりません。",
    EN: "A number looked like a My Number, so it was masked before anything was stored. It is not needed here.",
    HANS: "有一串数字像是个人编号(My Number)，保存前已遮盖。这里不需要它。",
    HANT: "有一串數字像是個人編號(My Number)，儲存前已遮蓋。這裡不需要它。",
    KO: "마이넘버로 보이는 숫자가 있어 저장하기 전에 가렸습니다. 여기서는 필요하지 않습니다.",
}
MASKED_CARD: Final[Words] = {
    JA: "カード番号に見える数字があったので、保存する前に伏せました。カード番号は、ここでは要りません。",
    EASY: "カードの 番号(ばんごう)に 見(み)える 数字(すうじ)が ありました。保存(ほぞん)する 前(まえ)に 隠(かく)しました。"
    "カードの 番号は、ここでは いりません。",
    EN: "A number looked like a card number, so it was masked before anything was stored. It is not needed here.",
    HANS: "有一串数字像是银行卡号，保存前已遮盖。这里不需要它。",
    HANT: "有一串數字像是卡號，儲存前已遮蓋。這裡不需要它。",
    KO: "카드 번호로 보이는 숫자가 있어 저장하기 전에 가렸습니다. 여기서는 필요하지 않습니다.",
}
MASKED_PASSWORD: Final[Words] = {
    JA: "パスワードや暗証番号に見えるところを、保存する前に伏せました。職員が聞くことはないので、ここには書かないでください。",
    EASY: "パスワードや 暗証番号(あんしょうばんごう)に 見(み)える ところが ありました。保存(ほぞん)する 前(まえ)に 隠(かく)しました。"
    "ここの 人(ひと)が 聞(き)く ことは ありません。だから、ここには 書(か)かないで ください。",
    EN: "What looked like a password or PIN was masked before anything was stored. Staff never ask for it: please do not "
    "write it here.",
    HANS: "看起来像密码的内容，保存前已遮盖。工作人员不会询问密码，请不要写在这里。",
    HANT: "看起來像密碼的內容，儲存前已遮蓋。職員不會詢問密碼，請不要寫在這裡。",
    KO: "비밀번호로 보이는 부분을 저장하기 전에 가렸습니다. 직원이 묻는 일은 없으니 여기에 쓰지 마세요.",
}
NOT_MY_NUMBER: Final[Words] = {
    JA: "マイナンバーではありません",
    EASY: "マイナンバーでは ありません",
    EN: "It is not a My Number",
    HANS: "这不是个人编号",
    HANT: "這不是個人編號",
    KO: "마이넘버가 아닙니다",
}
NOT_A_CARD: Final[Words] = {
    JA: "カード番号ではありません",
    EASY: "カードの ばんごうでは ありません",
    EN: "It is not a card number",
    HANS: "这不是银行卡号",
    HANT: "這不是卡號",
    KO: "카드 번호가 아닙니다",
}
NOT_A_PASSWORD: Final[Words] = {
    JA: "パスワードではありません",
    EASY: "パスワードでは ありません",
    EN: "It is not a password",
    HANS: "这不是密码",
    HANT: "這不是密碼",
    KO: "비밀번호가 아닙니다",
}
NONE_OF_THEM: Final[Words] = {
    JA: "どれでもありません",
    EASY: "どれでも ありません",
    EN: "It is none of these",
    HANS: "都不是",
    HANT: "都不是",
    KO: "모두 아닙니다",
}
