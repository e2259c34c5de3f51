"""Every state of a ticket, as the steps that lead to it; every kind of message a resident can send in it.

Both are plain values, so that the same table runs in process and with the simulated Telegram, by any class with the
methods of ``Hands``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from handlers.model.buttons import (
    AskPerson,
    Claim,
    ForgetMe,
    NoneOfThese,
    NotMyNumber,
    OpenEntry,
    OpenGroup,
    OpenMenu,
    PickLanguage,
    Press,
    Rate,
    Settle,
    WantNoReply,
    WantReply,
    Withdraw,
)


@dataclass(frozen=True)
class Step:
    """One act. In ``what``, ``{n}`` is the number of the resident's newest ticket, ``{n-1}`` that of the one before."""

    who: Literal["resident", "staff"]
    does: Literal["writes", "presses"]
    what: str


class Hands(Protocol):
    """Acts for one resident and for staff, and waits for the effect of each act."""

    async def act(self, step: Step) -> None: ...


def _writes(what: str) -> Step:
    return Step("resident", "writes", what)


def _presses(what: str) -> Step:
    return Step("resident", "presses", what)


def _staff(what: str) -> Step:
    return Step("staff", "writes" if what.startswith("/") else "presses", what)


_OPEN: Final = (_writes("白鳥ボート いくら"), _presses("職員に聞く"))
_CLAIMED: Final = (*_OPEN, _staff("担当する"))
_WAITING: Final = (*_CLAIMED, _staff("/r {n} 9時からです"))
_RESOLVED: Final = (*_CLAIMED, _staff("対応完了"))
_NO_REPLY: Final = (*_OPEN, _presses("返信は不要"))
STATES: Final[Mapping[str, tuple[Step, ...]]] = {
    "none": (),
    "answered": (_writes("白鳥ボート いくら"),),
    "asked for words": (Step("resident", "writes", "/person"),),
    "open": _OPEN,
    "claimed": _CLAIMED,
    "waiting for the resident": _WAITING,
    "heard again": (*_WAITING, _writes("もう一つあります")),
    "resolved": _RESOLVED,
    "resolved, words after it": (*_RESOLVED, _writes("窓口でも分からないと言われたのですが、どうしたものか")),
    "reopened": (*_RESOLVED, _presses("まだ")),
    "closed": (*_RESOLVED, _presses("解決した")),
    "no reply": _NO_REPLY,
    "no reply, claimed": (*_NO_REPLY, _staff("担当する")),
    "no reply, closed": (*_NO_REPLY, _staff("/done {n}")),
    "reply after all": (*_NO_REPLY, _presses("やっぱり返事がほしい")),
    "merged": (
        *_RESOLVED,
        _writes("白鳥ボート 登録"),
        _presses("職員に聞く"),
        _staff("/merge {n-1} {n}"),
    ),
    "withdrawn": (*_OPEN, _presses("取り下げる")),
}

_FILE: Final = {"file_id": "f", "file_unique_id": "u"}
_SIZED: Final = _FILE | {"width": 9, "height": 9}
_CLIP: Final = _FILE | {"duration": 3}
_PLACE: Final = {"latitude": 35.6, "longitude": 139.7}
MESSAGES: Final[Mapping[str, dict[str, Any]]] = {
    "a question": {"text": "白鳥ボート 登録"},
    "a question that fits two": {"text": "白鳥ボートの登録と料金を知りたい"},
    "nothing known": {"text": "量子もつれの観測者効果"},
    "not yet": {"text": "まだです"},
    "solved": {"text": "ありがとう解決しました"},
    "thanks": {"text": "ありがとうございました"},
    "a reply after all": {"text": "やっぱり返事がほしいです"},
    "a fragment": {"text": "両方です"},
    "a wish for a person": {"text": "職員と話したい"},
    "a courtesy": {"text": "こんにちは"},
    "an emergency": {"text": "火事です"},
    "a complaint": {"text": "あひる係の態度がひどい"},
    "what is not ours": {"text": "今日の天気は"},
    "a long letter": {"text": "あのですね。" * 682},
    "other languages": {"text": "where do I sign up my swan"},
    "only blanks": {"text": "  \u3000 "},
    "nothing to be seen": {"text": "\u200b\u2800\u3164"},
    "a sign": {"text": "？"},
    "a picture sign": {"text": "👍"},
    "photo": {"photo": [_SIZED]},
    "photo with words": {"photo": [_SIZED], "caption": "この画面が出ます"},
    "photo of a document": {"photo": [_SIZED], "caption": "免許証です"},
    "part of an album": {"photo": [_SIZED], "media_group_id": "7"},
    "file": {"document": _FILE | {"file_name": "a.pdf"}},
    "voice": {"voice": _CLIP},
    "audio": {"audio": _CLIP},
    "video": {"video": _SIZED | _CLIP},
    "video note": {"video_note": _CLIP | {"length": 9}},
    "animation": {"animation": _SIZED | _CLIP, "document": _FILE},
    "sticker": {"sticker": _SIZED | {"type": "regular", "is_animated": False, "is_video": False}},
    "contact": {"contact": {"phone_number": "0", "first_name": "x"}},
    "location": {"location": _PLACE},
    "venue": {"venue": {"location": _PLACE, "title": "x", "address": "y"}, "location": _PLACE},
    "poll": {
        "poll": {
            "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": True, "members_only": False,
        }
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "story": {"story": {"id": 1, "chat": {"id": 5, "type": "private"}}},
    **{
        f"/{command}": {"text": f"/{command}"}
        for command in (
            "start", "start swan-fee", "start gone", "menu", "help", "privacy", "language", "person", "status", "history",
            "mydata", "forget", "stop", "dance", "queue", "r 1 はい", "ユーザー登録",
        )
    },
}  # fmt: skip
EDITS: Final[Mapping[str, dict[str, Any]]] = {
    "an edit": {"text": "白鳥ボート 料金"},
    "an edited caption": {"photo": [_SIZED], "caption": "別の画面"},
    "an edit that leaves no words": {"photo": [_SIZED]},
}


def presses(ticket: int) -> Mapping[str, Press | str]:
    """Every button a resident may still have on the screen, current or old; texts are codes as sent."""
    return {
        "menu": OpenMenu(), "group": OpenGroup("swans"), "a group that is gone": OpenGroup("gone"),
        "entry": OpenEntry("swan-fee"), "offered entry": OpenEntry("swan-register", 1),
        "an entry that is gone": OpenEntry("gone"), "none of these": NoneOfThese(),
        "solved": Rate("swan-fee", 1, 1), "not solved": Rate("swan-fee", 1, 0),
        "rate what is gone": Rate("gone", 9, 0), "person": AskPerson(), "not my number": NotMyNumber(),
        "language": PickLanguage("en"), "no such language": PickLanguage("xx"), "settled": Settle(ticket, 1),
        "not settled": Settle(ticket, 0), "settle what is nobody's": Settle(999_999, 1), "withdraw": Withdraw(ticket),
        "want no reply": WantNoReply(ticket), "want a reply": WantReply(ticket),
        "want a reply of nobody": WantReply(999_999), "keep": ForgetMe(0), "forget": ForgetMe(1),
        "a button of the desk": Claim(ticket), "a code of another build": "zz:9", "an empty code": "",
    }  # fmt: skip
