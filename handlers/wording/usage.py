"""Usage of each desk command, in one line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Final

from handlers.model.events import Slip

_USAGE: Final[Mapping[str, str]] = {
    "claim": "/claim 番号",
    "takeover": "/takeover 番号",
    "release": "/release 番号",
    "done": "/done 番号",
    "reply": "/reply 番号 住民に送る文",
    "r": "/r 番号 住民に送る文",
    "note": "/note 番号 メモ",
    "quote": "/quote 番号 回答id",
    "hi": "/hi 番号 定型文の名前",
    "exception": "/exception 番号 理由",
    "tag": "/tag 番号 語 (外すときは -語)",
    "snooze": "/snooze 番号 30分 (2時間・14:00・明日・12-01 も)",
    "transfer": "/transfer 番号 名前 (ほかの窓口の名前も)",
    "merge": "/merge 番号 番号 (前の番号の内容が、後の番号に入ります)",
    "ticket": "/ticket 番号",
    "history": "/history 番号",
    "find": "/find 探す語",
    "pause": "/pause 知らせの文 (終わりを決めるなら /pause 14:00まで 文)",
    "resume": "/resume",
    "notice": "/notice 知らせの文 (やめるときは /notice --off)",
    "block": "/block 番号 2時間 理由",
    "unblock": "/unblock 番号",
}
_WITHOUT_NUMBER: Final = "受付番号の部屋の中や、受付票への返信なら、番号は省けます。"
_NEEDS_NO_NUMBER: Final = frozenset({"find"})
_NEAR: Final = 0.6
_SAID: Final = "分かりませんでした: {text}"
_HOW: Final = "書き方: {usage}"
_FULL_WIDTH: Final = (
    "何もしていません: {text}\n全角の「／」ではなく、半角の「/」で書いてください。書き方: {usage}"
)
_CAPTION: Final = "写真やファイルに添えた {text} は使えません。送るなら、受付票への返信に添付してください。何も送っていません。"
_ADMINS_ROOM: Final = (
    "ここはFAQ管理者の部屋です。{text} は、窓口のグループで書いてください。何もしていません"
    "(ここで使えるのは /check と /reload です)。"
)
_NEAREST: Final = "/{near} ですか。"
_HELP: Final = "/help で、使える指示の一覧を見られます。"


def misspoken(text: str, verb: str, slip: Slip) -> str:
    """What was not understood, and the usage."""
    usage = _USAGE.get(verb, f"/{verb}")
    match slip:
        case Slip.FULL_WIDTH_SLASH:
            return _FULL_WIDTH.format(text=text, usage=usage)
        case Slip.ADMINS_ROOM:
            return _ADMINS_ROOM.format(text=text)
        case Slip.CAPTION:
            return _CAPTION.format(text=text)
        case Slip.ARGUMENTS:
            more = "" if verb in _NEEDS_NO_NUMBER or verb not in _USAGE else _WITHOUT_NUMBER
            return "\n".join(
                line for line in (_SAID.format(text=text), _HOW.format(usage=usage), more) if line
            )
        case Slip.UNKNOWN:
            near = difflib.get_close_matches(text.removeprefix("/"), _USAGE, 1, _NEAR)
            return _SAID.format(text=text) + "\n" + (_NEAREST.format(near=near[0]) if near else "") + _HELP
