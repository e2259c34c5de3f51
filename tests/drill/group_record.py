"""All that a group has ever been shown, also what was edited or deleted since, and what in it comes from given texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from bot.settings.settings import packaged_faq
from handlers.wording import cases
from tests.tgsim.server import Simulator

PIECE: Final = 8
"""Characters that are somebody's own words; fewer are anybody's."""
_WORDING: Final = Path(__file__).parent.parent.parent / "handlers" / "wording"
_COPIES: Final = frozenset({"copymessage", "copymessages", "forwardmessage"})


class GroupRecord:
    """Every line that one group was shown: texts, captions, buttons, names of topics and files; and the pop-ups of both desks."""

    def __init__(self, sim: Simulator, chat: int) -> None:
        self.lines: list[str] = []
        self.popups: list[str] = []
        """A call does not tell where it pops up: whoever pressed sees the ticket's number anyhow, but no words of a resident."""
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
    """Every text in it; codes of buttons too, since they name tickets."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _strings(part)]
    return []


def bare(text: str) -> str:
    """Without what a desk's lines put between words: marks of quoting, breaks, blanks."""
    return "".join(text.replace("▏", "").split())


def pieces(text: str) -> set[str]:
    """All runs of :data:`PIECE` characters; a shorter text is one piece as a whole."""
    plain = bare(text)
    return {plain[n : n + PIECE] for n in range(max(1, len(plain) - PIECE + 1))} - {""}


def own_pieces(texts: Iterable[str], others: Iterable[str]) -> set[str]:
    """Pieces that only these texts can have brought in: not what ``others`` wrote, the FAQ says, or the bot says itself."""
    common = {piece for text in (*others, *_said_anyway()) for piece in pieces(text)}
    return {piece for text in texts for piece in pieces(text)} - common


def _said_anyway() -> Iterator[str]:
    faq = packaged_faq()
    for file in (*_WORDING.glob("*.py"), *faq.glob("entries/*.yaml"), *faq.glob("phrasings/*.yaml")):
        if not file.name.startswith("signals-"):
            yield file.read_text(encoding="utf-8")


def found_in(line: str, wanted: set[str]) -> str:
    """One of the pieces that stands in a line, or nothing."""
    plain = bare(line)
    return next((p for p in pieces(line) if p in wanted), "") or next(
        (p for p in wanted if len(p) < PIECE and p in plain), ""
    )


def numbers_in(line: str, first: int) -> set[int]:
    """Numbers of tickets in a line, where those of the drill begin at ``first``, of seven digits that mean nothing else."""
    return {
        int(found) for found in re.findall(r"(?<!\d)\d{7}(?!\d)", line) if first < int(found) < first + 10_000
    }


def answers_to_typed(number: int) -> tuple[str, ...]:
    """What a group may be told with a number that staff typed there themselves."""
    return (cases.NOT_FOUND.format(words=number), cases.MOVED_DESK.format(ticket=number, desk="区"))


def answers_to_merges(typed: Sequence[str]) -> frozenset[str]:
    """That either or both of two numbers are not at this desk, for each /merge typed there: the same for the ward's and for none."""
    pairs = [line.split()[1:3] for line in typed if re.fullmatch(r"/merge \d+ \d+", line)]
    return frozenset(
        cases.NOT_AT_THIS_DESK.format(tickets=missing)
        for source, target in pairs
        for missing in (source, target, f"{source}と{target}")
    )
