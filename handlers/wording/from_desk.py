"""What residents read about words and steps of staff."""

from __future__ import annotations

from typing import Final

from faq.language import Language, Words

JA, EN, HANS, HANT, KO = Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO

ANSWERING: Final[Words] = {
    JA: "「{quoted}」について:\n{text}",
    EN: "About “{quoted}”:\n{text}",
    HANS: "关于“{quoted}”：\n{text}",
    HANT: "關於「{quoted}」：\n{text}",
    KO: "“{quoted}”에 대해:\n{text}",
}
