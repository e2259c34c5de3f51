"""Functions that read other people's words take time linear in their length, whatever the words are."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import Final

import pytest

from bot.channels.telegram import render
from faq.knowledge import KnowledgeBase
from faq.language_detection import detect
from faq.matching.kana_restore import Repair
from faq.matching.negation import affirmed
from faq.matching.normalize import Folder, fold
from faq.matching.word_rules import Lexicon
from handlers.desk import commands as desk_commands
from handlers.desk import opposites, reply_check
from handlers.model.events import Slip
from handlers.model.snapshot import Author, Message
from handlers.privacy.personal_data import Guard
from handlers.wording import marked, usage
from tests.small_faq import knowledge

PIECES: Final = {
    "digits and spaces": "1 ",
    "digits alone": "7",
    "digits and dashes": "0-",
    "digits and dots": "1.",
    "digits and colons": "09:",
    "digits and commas": "1,234,",
    "zeros and brackets": "(0)",
    "plus signs and digits": "+81 ",
    "dates": "2026-11-23 ",
    "kanji digits": "一二三",
    "phones": "03-5413-2711 ",
    "a long word": "a",
    "a long kana word": "あ",
    "katakana": "アー",
    "long kanji": "登録",
    "combining marks": "\u0301",
    "a letter and combining marks": "e\u0301\u0323",
    "joined emoji": "👩\u200d👩\u200d👧",
    "joiners": "\u200d",
    "digits with joiners": "1\u200d\u200d",
    "nested brackets": "([{「",
    "separators alone": " -・、",
    "spaces": " ",
    "blank lines": "\n\n",
    "mail without end": "a@",
    "mail and dots": "a.b@c.",
    "domains": "a.",
    "links": "https://a.jp/",
    "passwords": "パスワードは",
    "password is": "password is ",
    "ids": "ID:a ",
    "my number": "マイナンバーは",
    "labels": "予約番号は1",
    "laughter": "w",
    "romaji": "touroku",
    "slashes": "/r 1 ",
    "dashes": "ー",
    "exclamations": "!",
    "quotes": "「",
    "hangul": "비밀번호는",
    "plain claims": "登録料は1円です。",
    "claims without end": "登録料は1",
    "directions": "\u202e",
    "refusals": "団体じゃなくて",
    "refusals without end": "登録のなく",
    "refusals in Chinese": "我不是要，",
    "refusals in Korean": "단체 말고 ",
    "refusals in English": "I don't want it, not as ",
}
_SHORT, _LONG, _LONGEST = 1_024, 4_096, 20_000
_FLOOR_SECONDS = 0.03
"""Shorter times are not compared: they are within the machine's noise."""
_MOST_GROWTH = 8
_MOST_GROWTH_TO_LONGEST = 10
FOLDER = Folder(
    [["登録", "登録する", "とうろく"], ["予約", "よやく"]], {"登録": "とうろく", "利用者": "りようしゃ"}
)
REPAIR = Repair(
    {"登録": "とうろく", "利用者": "りようしゃ", "仕方": "しかた"},
    ["登録のキャンセル", "cancel the registration"],
)
LEXICON = Lexicon(["登録", "とうろく", "アンインストール", "インストール", "register", "a", "1"])
GUARD = Guard(("0354132711",))


@cache
def base() -> KnowledgeBase:
    return knowledge()


READERS: Final[dict[str, Callable[[str], object]]] = {
    "guard": GUARD.inspect,
    "fold": fold,
    "both views": FOLDER.fold,
    "language": detect,
    "repair": REPAIR.repair,
    "refusals": affirmed,
    "word rules": LEXICON.words_in,
    "search": lambda text: base().search(text),
    "commands of the desk": lambda text: desk_commands.parse(f"/r 1 {text}", event_id="e", staff="s", name="n"),
    "commands that are none": lambda text: desk_commands.parse(text, event_id="e", staff="s", name="n"),
    "check of replies": lambda text: reply_check.check(text, ["swan-fee"], base()),
    "opposite replies": lambda text: opposites.opposites(
        text, "", ["swan-fee"], [Message(1, Author.STAFF, text[:_SHORT], place="-1:1")], base()
    ),
    "marked for staff": lambda text: marked.with_quote(marked.marked(text), text),
    "one line for staff": lambda text: marked.one_line(text, 30) + marked.name(text),
    "commands misspoken": lambda text: usage.misspoken(f"/{text}", "", Slip.UNKNOWN),
    "parts of a message": render.split,
}  # fmt: skip


def _of(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _seconds(read: Callable[[str], object], text: str, times: int) -> float:
    """Processor time, the best of several runs, so that other load does not count."""
    best = float("inf")
    for _ in range(times):
        begun = time.thread_time()
        read(text)
        best = min(best, time.thread_time() - begun)
    return best


@pytest.mark.parametrize("reader", READERS)
def test_four_times_the_text_costs_less_than_eight_times_the_time(reader: str) -> None:
    read = READERS[reader]
    read("温める")
    assert not _growing(read, _SHORT, _LONG, _MOST_GROWTH, "")


@pytest.mark.parametrize("reader", READERS)
def test_five_times_the_longest_message_costs_less_than_ten_times_the_time_whatever_its_end(
    reader: str,
) -> None:
    """The last character decides whether a pattern has to examine the rest again."""
    assert not _growing(READERS[reader], _LONG, _LONGEST, _MOST_GROWTH_TO_LONGEST, "!")


def _growing(read: Callable[[str], object], length: int, longer: int, most: float, end: str) -> list[str]:
    """Pieces that cost more than ``most`` times as much at the greater length; one that does is measured again."""
    found = []
    for name, piece in PIECES.items():
        small, large = _of(piece, length) + end, _of(piece, longer) + end
        for times in (1, 3):
            took = _seconds(read, large, times)
            if took <= _FLOOR_SECONDS:
                break
            short = _seconds(read, small, times)
            if took <= most * short:
                break
        else:
            found.append(f"{name}: {short:.3f} s for {length}, {took:.3f} s for {longer}")
    return found
