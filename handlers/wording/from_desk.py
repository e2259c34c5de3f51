"""Texts for residents about words and actions of staff."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO
EASY: Final = Language.JA_EASY

ANSWERING: Final[Words] = {
    JA: "「{quoted}」について:\n{text}",
    EASY: "「{quoted}」に ついて:\n{text}",
    EN: "About “{quoted}”:\n{text}",
    HANS: "关于“{quoted}”：\n{text}",
    HANT: "關於「{quoted}」：\n{text}",
    KO: "“{quoted}”에 대해:\n{text}",
}
MERGED: Final[Words] = {
    JA: "受付番号 {source} は、{target} にまとめました。続きは受付番号 {target} で職員が見ます。前のボタンも、そのまま使えます。",
    EASY: "番号(ばんごう) {source} は、{target} に まとめました。続(つづ)きは、番号 {target} で ここの 人(ひと)が 見(み)ます。"
    "前(まえ)の ボタンも、そのまま 使(つか)えます。",
    EN: "Your ticket {source} is now part of ticket {target}; staff will continue there. Earlier buttons still work.",
    HANS: "受理编号 {source} 已并入 {target}，工作人员会在那里继续处理。之前的按钮仍可使用。",
    HANT: "受理編號 {source} 已併入 {target}，職員會在那裡繼續處理。之前的按鈕仍可使用。",
    KO: "접수 번호 {source}은(는) {target}(으)로 합쳤습니다. 이어서 {target}에서 직원이 봅니다. 이전 버튼도 그대로 쓸 수 있습니다.",
}
