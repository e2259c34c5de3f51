"""The meaning of each button and its short code: Telegram allows 64 bytes, and codes of old buttons must stay readable."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from typing import Final

LIMIT_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class OpenMenu:
    """Show the groups of entries."""


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Show the entries of one group."""

    group: str


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """Show one entry's answer. ``offered`` distinguishes a choice among candidates from a choice in the menu."""

    entry: str
    offered: int = 0


@dataclass(frozen=True, slots=True)
class OpenOffered:
    """Show the answers of all entries that were offered last."""


@dataclass(frozen=True, slots=True)
class ChooseFacility:
    """Show the facilities to choose from."""


@dataclass(frozen=True, slots=True)
class PickFacility:
    """This is the resident's facility, by its window; empty for not decided."""

    window: str = ""


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """None of the offered entries is meant."""


@dataclass(frozen=True, slots=True)
class Rate:
    """解決した (1) or 解決しない (0) after an answer."""

    entry: str
    version: int
    solved: int


@dataclass(frozen=True, slots=True)
class AskPerson:
    """職員に聞く."""


@dataclass(frozen=True, slots=True)
class NotMyNumber:
    """「マイナンバーではありません」: accept the number unmasked."""


@dataclass(frozen=True, slots=True)
class PickLanguage:
    """Answer in this language from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class Settle:
    """解決 (1) or まだ (0) after 対応完了."""

    ticket: int
    done: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """取り下げる."""

    ticket: int


@dataclass(frozen=True, slots=True)
class WantNoReply:
    """返信は不要: no more messages are sent about this ticket."""

    ticket: int


@dataclass(frozen=True, slots=True)
class WantReply:
    """やっぱり返事がほしい: revoke 返信は不要."""

    ticket: int


@dataclass(frozen=True, slots=True)
class NoDanger:
    """「危ないことではない」: answer the question after all."""


@dataclass(frozen=True, slots=True)
class ForWard:
    """The choice about what waits: a complaint (1), no complaint (0), or not to be sent (2).

    ``ticket`` is the one it is for, 0 for a new one; ``question`` is the number of the question (0 in codes of
    builds without it).
    """

    ticket: int
    yes: int
    question: int = 0


@dataclass(frozen=True, slots=True)
class LetFacilityRead:
    """送る (1) or 送らない (0) for what waits where staff of the facility may read it; ``ticket`` as in :class:`ForWard`."""

    ticket: int
    yes: int
    question: int


@dataclass(frozen=True, slots=True)
class KeepAnonymous:
    """名前を出さない: the facility must not learn who the resident is."""

    ticket: int


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """消す (1) or やめる (0), asked before erasing."""

    sure: int


ResidentPress = (
    OpenMenu | OpenGroup | OpenEntry | OpenOffered | ChooseFacility | PickFacility
    | NoneOfThese | Rate | AskPerson | NotMyNumber | PickLanguage | Settle | Withdraw
    | WantNoReply | WantReply | ForgetMe | NoDanger | ForWard | LetFacilityRead
    | KeepAnonymous
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """担当する."""

    ticket: int


@dataclass(frozen=True, slots=True)
class TakeOver:
    """引き継ぐ: claim a ticket that somebody else holds."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Release:
    """手放す."""

    ticket: int


@dataclass(frozen=True, slots=True)
class StartReply:
    """返信: show how to answer this ticket."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Resolve:
    """対応完了."""

    ticket: int


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """Send this entry's fixed text to the resident."""

    ticket: int
    entry: str


@dataclass(frozen=True, slots=True)
class ShowHistory:
    """履歴: the resident's other tickets."""

    ticket: int


@dataclass(frozen=True, slots=True)
class ShowGreetings:
    """定型文: the saved greetings."""

    ticket: int


@dataclass(frozen=True, slots=True)
class SendGreeting:
    """Send a saved greeting."""

    ticket: int
    greeting: str


@dataclass(frozen=True, slots=True)
class FixDraft:
    """修正: drop the held reply, to be written again."""

    ticket: int
    draft: int


@dataclass(frozen=True, slots=True)
class SendAsException:
    """例外として送る: ask for the reason."""

    ticket: int
    draft: int


@dataclass(frozen=True, slots=True)
class FaqIsWrong:
    """FAQが誤り: report it to the FAQ's editors; the reply stays held."""

    ticket: int
    draft: int


@dataclass(frozen=True, slots=True)
class SendDraft:
    """住民へ送る: send a line that was kept as a note."""

    ticket: int
    draft: int


DeskPress = (
    Claim | TakeOver | Release | StartReply | Resolve | QuoteEntry | ShowHistory | ShowGreetings | SendGreeting
    | FixDraft | SendAsException | FaqIsWrong | SendDraft
)  # fmt: skip

Press = ResidentPress | DeskPress

_CODES: Final[dict[str, type[Press]]] = {
    "m": OpenMenu,
    "g": OpenGroup,
    "e": OpenEntry,
    "eo": OpenOffered,
    "fc": ChooseFacility,
    "fp": PickFacility,
    "x": NoneOfThese,
    "r": Rate,
    "h": AskPerson,
    "n": NotMyNumber,
    "l": PickLanguage,
    "s": Settle,
    "w": Withdraw,
    "q": WantNoReply,
    "j": WantReply,
    "c": Claim,
    "t": TakeOver,
    "f": Release,
    "a": StartReply,
    "d": Resolve,
    "z": ForgetMe,
    "nd": NoDanger,
    "fw": ForWard,
    "lf": LetFacilityRead,
    "ka": KeepAnonymous,
    "u": QuoteEntry,
    "i": ShowHistory,
    "o": ShowGreetings,
    "p": SendGreeting,
    "k": FixDraft,
    "v": SendAsException,
    "b": FaqIsWrong,
    "y": SendDraft,
}
_TAGS: Final = {cls: tag for tag, cls in _CODES.items()}


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what pressing it means."""

    label: str
    press: Press


@lru_cache(maxsize=4096)
def encode(press: Press) -> str:
    """The short code of a press. Raises ``ValueError`` where it would exceed 64 bytes."""
    values = [str(getattr(press, field.name)) for field in fields(press)]
    code = ":".join([_TAGS[type(press)], *values])
    if len(code.encode()) > LIMIT_BYTES:
        raise ValueError(f"button code longer than {LIMIT_BYTES} bytes: {code}")
    return code


@lru_cache(maxsize=4096)
def decode(code: str) -> Press | None:
    """The press of a code; ``None`` for a code that no build of ours writes."""
    tag, *values = code.split(":")
    cls = _CODES.get(tag)
    if cls is None or len(values) > len(fields(cls)):
        return None
    if any(field.default is MISSING for field in fields(cls)[len(values) :]):
        return None
    arguments: list[str | int] = []
    for field, value in zip(fields(cls), values, strict=False):
        if field.type == "int":
            if not (value.isascii() and value.isdigit()) or len(value) > 9:
                return None
            arguments.append(int(value))
        else:
            arguments.append(value)
    return cls(*arguments)  # type: ignore[arg-type] # checked field by field above
