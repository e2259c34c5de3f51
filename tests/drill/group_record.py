"""Everything a group was ever shown, including text edited or deleted since, and which of it comes from given texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from bot.settings.settings import packaged_faq
from handlers.wording import cases
from tests.tgsim.server import Simulator

PIECE: Final = 8
"""Characters that identify somebody's words; shorter matches may be coincidence."""
_WORDING: Final = Path(__file__).parent.parent.parent / "handlers" / "wording"
_COPIES: Final = frozenset({"copymessage", "copymessages", "forwardmessage"})


class GroupRecord:
    """Every line one group was shown: texts, captions, buttons, names of topics and files; and the toasts of both
    desks.
    """

    def __init__(self, sim: Simulator, chat: int) -> None:
        self.lines: list[str] = []
        self.popups: list[str] = []
        """A toast's call does not tell the desk: its reader knows the ticket's number, but must see no words of a
        resident.
        """
        self._sim = sim
        self._chat = chat
        sim.witness = self._heard

    def _heard(self, method: str, asked: dict[str, Any]) -> None:
        if method == "answercallbackquery":
            self.popups += _strings(asked.get("text"))
        elif str(asked.get("chat_id")) == str(self._chat):
            self.lines += _strings(
                {k: v for k, v in asked.items() if k not in ("chat_id", "from_chat_id", "message_id")}
            )
            if method in _COPIES:
                count = len(asked.get("message_ids", [0]))
                copied = self._sim.world.said_by_bot[self._chat][-count:]
                self.lines += _strings(
                    [
                        {k: v for k, v in m.items() if k not in ("reply_to_message", "chat", "from")}
                        for m in copied
                    ]
                )


def _strings(value: Any) -> list[str]:
    """Every text in it; also codes of buttons, because they contain ticket numbers."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _strings(part)]
    return []


def bare(text: str) -> str:
    """The text without what desk lines insert between words: quotation marks, breaks, blanks."""
    return "".join(text.replace("▏", "").split())


def pieces(text: str) -> set[str]:
    """All substrings of :data:`PIECE` characters; a shorter text is one piece."""
    plain = bare(text)
    return {plain[n : n + PIECE] for n in range(max(1, len(plain) - PIECE + 1))} - {""}


def own_pieces(texts: Iterable[str], others: Iterable[str]) -> set[str]:
    """Pieces that only these texts contain: not ``others``, the FAQ, or the bot's own texts."""
    common = {piece for text in (*others, *_said_anyway()) for piece in pieces(text)}
    return {piece for text in texts for piece in pieces(text)} - common


def _said_anyway() -> Iterator[str]:
    faq = packaged_faq()
    for file in (*_WORDING.glob("*.py"), *faq.glob("entries/*.yaml"), *faq.glob("phrasings/*.yaml")):
        if not file.name.startswith("signals-"):
            yield file.read_text(encoding="utf-8")


def found_in(line: str, wanted: set[str]) -> str:
    """One of the pieces in a line, or nothing."""
    plain = bare(line)
    return next((p for p in pieces(line) if p in wanted), "") or next(
        (p for p in wanted if len(p) < PIECE and p in plain), ""
    )


def numbers_in(line: str, first: int) -> set[int]:
    """Ticket numbers in a line; the drill's begin at ``first`` and have seven digits, so that nothing else looks
    like one.
    """
    return {
        int(found) for found in re.findall(r"(?<!\d)\d{7}(?!\d)", line) if first < int(found) < first + 10_000
    }


def answers_to_typed(number: int) -> tuple[str, ...]:
    """Answers a group may get with a number that staff typed there."""
    return (cases.NOT_FOUND.format(words=number), cases.MOVED_DESK.format(ticket=number, desk="区"))


def answers_to_merges(typed: Sequence[str]) -> frozenset[str]:
    """Answers to each /merge typed there that one or both numbers are not at this desk; equal for the ward's and
    for unknown ones.
    """
    pairs = [line.split()[1:3] for line in typed if re.fullmatch(r"/merge \d+ \d+", line)]
    return frozenset(
        cases.NOT_AT_THIS_DESK.format(tickets=missing)
        for source, target in pairs
        for missing in (source, target, f"{source}と{target}")
    )
