"""P16: whatever way a complaint takes, the group of the facility it is about sees no line of it."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import yaml

from bot.settings.settings import packaged_faq
from bot.settings.starter import copy_faq
from handlers.model.buttons import AskPerson, ForWard, decode, encode
from handlers.wording import cases
from tests.drill.group_record import (
    GroupRecord,
    answers_to_merges,
    answers_to_typed,
    bare,
    found_in,
    numbers_in,
    own_pieces,
)  # fmt: skip
from tests.drill.report import Line
from tests.drill.rig import Rig, rig
from tests.tgsim.driver import Person, person, until
from tests.tgsim.world import Chat

WARD: Final = -1003000
_FIRST: Final = 4_830_000
"""Ticket numbers start here, so that they differ from all other figures in a line."""
_SPEED: Final = 10.0
_AT_ONCE: Final = 8
_PATIENCE_SECONDS: Final = 60.0
_TO_WARD_AT_MOST: Final = 0.05
_NEUTRAL: Final = "利用者番号 忘れた"
_TYPED: Final = re.compile(r"(?<= Merged) (#\d+ )?\d+")
_JUDGED: Final = Path(__file__).parent.parent / "data" / "complaint-judged.tsv"
_SETTINGS: Final[dict[str, Any]] = {
    "faq": {"encoder": "on"},
    "telegram": {"limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}, "ward_chat": WARD},
    "rules": {"messages_per_minute": 0},
    "roles": {"staff": {8: "花子", 9: "太郎"}, "leads": {10: "課長"}},
    "desk": {"first_response_minutes": 1, "remind_minutes_before": 1, "claim_lapse_minutes": 1},
}  # fmt: skip
WAYS: Final = (
    "alone", "a second one later", "an edit of it", "a photo of it", "done by the ward",
    "after a question", "in a photo after a question", "in an edit of a question", "to who has claimed a question",
    "after it was done", "after a transfer", "in a ticket of its own, then joined",
)  # fmt: skip
"""How a complaint arrives; from the sixth on, the resident already has a ticket at the facility."""
_AFTER_QUESTION: Final = frozenset(WAYS[5:])


@dataclass
class Case:
    """One resident. ``later`` is a second complaint; ``presses`` is whether they answer the question."""

    number: int
    text: str
    is_complaint: bool
    way: str
    later: str
    presses: bool
    was_asked: bool = False
    words: list[str] = field(default_factory=list)
    """The words that were sent so far."""


async def complaints(
    judged: int | None = None, sample: int = 120, lookalikes: int = 60, seed: int = 16
) -> Line:
    """``judged``: number of messages from writers unknown to the authors; all of them by default."""
    everybody = _cases(judged, sample, lookalikes, random.Random(seed))
    faults: list[str] = []
    async with rig(speed=_SPEED, settings=_SETTINGS, started=False) as it:
        it.sim.limits.enforced = False
        ward = it.sim.world.group(WARD, "区の窓口", is_forum=True)
        shutil.rmtree(it.bot.folder / "faq")
        await asyncio.to_thread(copy_faq, packaged_faq(), it.bot.folder / "faq")
        await it.bot.verb("check")  # makes the cache of indexes, which speeds up the starts
        await it.bot.start()
        await it.bot.stop()
        _number_from(it.bot.database, _FIRST)
        await it.bot.start()
        record = GroupRecord(it.sim, it.desk.id)
        places = asyncio.Semaphore(_AT_ONCE)
        half = len(everybody) // 2
        for part in (everybody[:half], everybody[half:]):
            stories = asyncio.gather(*(_story(it, ward, case, places, faults) for case in part))
            if part and part[0].number == everybody[0].number:
                await asyncio.sleep(3)
                await it.bot.kill()
                await it.bot.start()
            await stories
            await _asked_at_the_facility(it, part, faults)
        await asyncio.sleep(120 / _SPEED)  # wait until time-outs have passed
        await _asked_at_the_facility(it, everybody[-6:], faults)
        await it.bot.stop()
        clean = it.violations()
        typed = [str(message.get("text", "")) for message in it.desk.messages.values()]
        places_of = [_desks(it.bot.database, case) for case in everybody]
        wards, once_there = _tickets(it.bot.database, everybody)
    leaks = _leaks(record.lines, record.popups, everybody, wards, once_there, answers_to_merges(typed))
    sorts = Counter(_sort(case, desks) for case, desks in zip(everybody, places_of, strict=True))
    at_facility = [
        case.text
        for case, desks in zip(everybody, places_of, strict=True)
        if case.is_complaint and "facility" in desks
    ]
    others = sum(not case.is_complaint for case in everybody)
    to_ward = sorts["look-alike to the ward"]
    came = (
        f"complaints → ward {sorts['ward']}, asked first {sorts['asked, ward']}, asked and kept {sorts['asked, kept']}, "
        f"facility {len(at_facility)}, nowhere {sorts['nowhere']}; look-alikes → ward {to_ward} of {others} (asked first "
        f"{sum(case.was_asked for case in everybody if not case.is_complaint)}); {len(record.lines) + len(record.popups)} lines looked at, "
        f"{len(leaks)} with words or number of a complaint"
    )
    nowhere = [
        f"nowhere: {case.way}, {case.text!r}"
        for case, desks in zip(everybody, places_of, strict=True)
        if _sort(case, desks) == "nowhere"
    ]
    wrong = [*(f"at the facility: {text!r}" for text in at_facility), *nowhere, *faults, *leaks]
    kept = not wrong and not clean and sorts["nowhere"] == 0 and to_ward <= _TO_WARD_AT_MOST * max(others, 20)
    done = (
        f"{sum(case.is_complaint for case in everybody)} complaints in {len(WAYS)} ways, a kill in the middle"
    )
    return Line("P16", done, "; ".join([came, *wrong[:24]]) + clean, kept)


def _cases(judged: int | None, sample: int, lookalikes: int, dice: random.Random) -> list[Case]:
    rows = [line.split("\t") for line in _JUDGED.read_text(encoding="utf-8").splitlines()]
    others = [row[3].replace("\\n", "\n") for row in rows if row[0] == "complaint"]
    own = yaml.safe_load((packaged_faq() / "phrasings/signals-complaint.yaml").read_text(encoding="utf-8"))
    texts = dice.sample(_messages(own["signals"]), sample) + (
        others if judged is None else dice.sample(others, judged)
    )
    dice.shuffle(texts)
    alike = dice.sample(_messages(own["lookalikes"]), lookalikes)
    found = [
        Case(20_000 + n, text, True, WAYS[n % len(WAYS)], texts[n - 1], (n // len(WAYS)) % 3 != 0)
        for n, text in enumerate(texts)
    ]
    found += [Case(30_000 + n, text, False, "alone", "", presses=True) for n, text in enumerate(alike)]
    dice.shuffle(found)
    return found


def _messages(parts: Sequence[dict[str, Any]]) -> list[str]:
    return sorted(
        {
            str(text).strip()
            for part in parts
            for texts in part["messages"].values()
            for text in texts
            if len(bare(str(text))) >= 4
        }
    )


# -- what residents do ------------------------------------------------------------------------------------------------


async def _story(it: Rig, ward: Chat, case: Case, places: asyncio.Semaphore, faults: list[str]) -> None:
    async with places:
        try:
            await _lived(it, ward, case)
        except (AssertionError, TimeoutError, LookupError) as error:
            faults.append(f"{case.way}, {case.text[:20]!r}: {type(error).__name__} {str(error)[:120]}")


async def _lived(it: Rig, ward: Chat, case: Case) -> None:
    own = _Resident(it, case)
    if case.way in _AFTER_QUESTION:
        asked = await own.sends({"text": _NEUTRAL})
        await own.wants_person()
        first = await _card(it, it.desk, own.ticket)
        await _prepared(it, case.way, own, first)
        if case.way == "in a photo after a question":
            await own.sends({"photo": _PHOTO, "caption": case.text}, case.text)
        elif case.way == "in an edit of a question":
            await own.edits(asked, case.text)
        else:
            await own.sends({"text": case.text}, case.text)
        await own.answers_the_question()
        if case.way.endswith("joined"):
            await own.wants_person()
            await own.answers_the_question()
            for group in (it.desk, ward):
                await _typed(it, it.staff, f"/merge {own.tickets[0][0]} {own.ticket}", group)
        # Somebody who still sees the old card continues to use it.
        it.staff.press_data(f"d:{own.ticket}", first, it.desk)
        it.staff.reply("どうなりましたか", first, it.desk)
        return
    message = await own.sends({"text": case.text}, case.text)
    await own.wants_person()
    await own.answers_the_question()
    if not own.tickets or not case.is_complaint:
        return
    match case.way:
        case "a second one later":
            await own.sends({"text": case.later}, case.later)
        case "an edit of it":
            await own.edits(message, case.later)
        case "a photo of it":
            await own.sends({"photo": _PHOTO, "caption": case.later}, case.later)
        case "done by the ward":
            card = await _card(it, ward, own.ticket)
            taro = person(it.sim, 9, "太郎")
            for press in ("c", "d"):
                await own.hears_of(partial(taro.press_data, f"{press}:{own.ticket}", card, ward))
            await own.sends({"text": case.later}, case.later)
        case _:
            return
    await own.answers_the_question()


async def _prepared(it: Rig, way: str, own: _Resident, card: dict[str, Any]) -> None:
    """What the facility's staff have done before the complaint arrives."""
    if way == "after a transfer":
        it.staff.write(f"/transfer {own.ticket} 区", it.desk)
        await until(it.sim, lambda: own.tickets[-1][1] == "ward", _PATIENCE_SECONDS)
    if way == "after it was done" or way.startswith("to who") or way.endswith("joined"):
        await own.staff_press("c", card)
    if way == "after it was done" or way.endswith("joined"):
        await own.staff_press("d", card)
    if way.endswith("joined"):
        await own.hears_of(lambda: own.who.press_data(f"s:{own.ticket}:1", own.who.received[-1]))


_PHOTO: Final = [{"file_id": "p", "file_unique_id": "u", "width": 9, "height": 9, "file_size": 9}]


class _Resident:
    def __init__(self, it: Rig, case: Case) -> None:
        self.it, self.case = it, case
        self.who: Person = it.resident(case.number)
        self._heard = 0

    @property
    def tickets(self) -> list[tuple[int, str]]:
        """Numbers and desks, oldest first."""
        return _rows(
            self.it.bot.database,
            "select id, desk from ticket where resident = ? order by id",
            f"tg:{self.case.number}",
        )

    @property
    def ticket(self) -> int:
        return self.tickets[-1][0]

    async def hears_of(self, act: Callable[[], object]) -> None:
        """Act, and wait for the result: after a kill an earlier message may be repeated."""
        self._heard = len(self.who.received)
        act()
        update = f"tg:{self.it.sim.world.updates[-1].id}"
        await until(self.it.sim, lambda: len(self.who.received) > self._heard, _PATIENCE_SECONDS)
        waits = (
            "select exists(select 1 from outbox where state = 'pending' and lane like ?)"
            " + (select count(*) = 0 from inbox where id = ? and state != 'new')"
        )
        lane = f"%:{self.case.number}"
        await until(
            self.it.sim,
            lambda: _rows(self.it.bot.database, waits, lane, update) == [(0,)],
            _PATIENCE_SECONDS,
        )

    async def staff_press(self, press: str, card: dict[str, Any]) -> None:
        """Press a button of the facility's card until the resident is told and the toast appears."""
        world, ids = self.it.sim.world, list[str]()

        def pressed() -> None:
            self.it.staff.press_data(f"{press}:{self.ticket}", card, self.it.desk)
            ids.append(world.updates[-1].body["callback_query"]["id"])

        await self.hears_of(pressed)
        await until(
            self.it.sim, lambda: any(one in ids for one, _ in world.answered_presses), _PATIENCE_SECONDS
        )

    async def sends(self, content: dict[str, Any], words: str = "") -> int:
        self.case.words += [words] if words else []
        await self.hears_of(lambda: self.who.send(content))
        return max(n for n, m in self.who.chat.messages.items() if m["from"]["id"] == self.case.number)

    async def edits(self, message: int, words: str) -> None:
        self.case.words.append(words)
        await self.hears_of(lambda: self.who.edit(message, words))

    async def wants_person(self) -> None:
        await self.hears_of(lambda: self.who.press_data(encode(AskPerson()), self.who.received[-1]))

    async def answers_the_question(self) -> None:
        """「施設への苦情ですか」: answered truthfully, or not at all."""
        presses = [
            decode(button["callback_data"])
            for message in self.who.received[self._heard :]
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        ]
        asked = next((p for p in presses if isinstance(p, ForWard)), None)
        if asked is None:
            return
        self.case.was_asked = True
        if self.case.presses:
            truth = ForWard(asked.ticket, int(self.case.is_complaint))
            await self.hears_of(lambda: self.who.press_data(encode(truth), self.who.received[-1]))


# -- what staff of the facility try -----------------------------------------------------------------------------------


async def _asked_at_the_facility(it: Rig, part: Sequence[Case], faults: list[str]) -> None:
    """Type every command that shows tickets in the facility's group, also about the ward's tickets."""
    lead = person(it.sim, 10, "課長")
    lines = ["/queue", "/mine", "/audit"]
    for case in part[:40]:
        found = _rows(
            it.bot.database,
            "select id from ticket where desk = 'ward' and resident = ?",
            f"tg:{case.number}",
        )
        lines += [f"/find {bare(case.text)[:4]}"]
        for (number,) in found:
            lines += [
                f"{verb} {number}{rest}"
                for verb, rest in (
                    ("/ticket", ""), ("/history", ""), ("/find", ""), ("/claim", ""), ("/done", ""), ("/note", " 覚え"),
                    ("/r", " はい"), ("/tag", " 急ぎ"), ("/transfer", " 太郎"), ("/merge", f" {number + 1}"),
                )
            ]  # fmt: skip
    for line in [*lines, "/queue", "/audit"]:
        try:
            await _typed(it, lead, line, it.desk)
        except TimeoutError:
            faults.append(f"{line}: no answer")


async def _typed(it: Rig, by: Person, line: str, group: Chat) -> None:
    """Type a command, and wait for an answer below it."""
    said = it.sim.world.said_by_bot[group.id]
    before = len(said)
    by.write(line, group)
    await until(it.sim, lambda: len(said) > before, _PATIENCE_SECONDS)


async def _card(it: Rig, group: Chat, ticket: int) -> dict[str, Any]:
    head = f"受付番号 {ticket} · "

    def found() -> dict[str, Any] | None:
        shown = it.sim.world.said_by_bot[group.id]
        return next((m for m in reversed(shown) if str(m.get("text", "")).startswith(head)), None)

    await until(it.sim, found, _PATIENCE_SECONDS)
    card = found()
    assert card is not None
    return card


# -- what came of it --------------------------------------------------------------------------------------------------


def _leaks(
    lines: Sequence[str],
    popups: Sequence[str],
    everybody: Sequence[Case],
    wards: Collection[int],
    once_there: Collection[int],
    answers: Collection[str],
) -> list[str]:
    """Lines of the facility's group with words of a complaint, or with the number of a ward's ticket.

    A ticket that was ``once_there`` may be named up to and including the line that says it went elsewhere. A number
    that staff typed into /transfer, /find or /merge may be repeated in the answer or audit; ``answers`` are those to
    each /merge typed there.
    """
    complained = [words for case in everybody if case.is_complaint for words in case.words]
    wanted = own_pieces(complained, [_NEUTRAL, *(case.text for case in everybody if not case.is_complaint)])
    leaks: list[str] = []
    gone: set[int] = set()
    leaks += [
        f"words {piece!r} in {line[:60]!r}" for line in (*lines, *popups) if (piece := found_in(line, wanted))
    ]
    for line in lines:
        for number in numbers_in(_TYPED.sub("", line), _FIRST).intersection(wards):
            if line.startswith(cases.CARD_MOVED.format(ticket=number, desk="区").rstrip("。")):
                gone.add(number)
            elif line not in (*answers_to_typed(number), *answers) and (
                number in gone or number not in once_there
            ):
                leaks.append(f"number {number} in {line[:80]!r}")
    return leaks


def _sort(case: Case, desks: Collection[str]) -> str:
    if not case.is_complaint:
        return "look-alike to the ward" if "ward" in desks else "look-alike"
    if "facility" in desks:
        return "facility"
    if desks:
        return "asked, ward" if case.was_asked else "ward"
    return "asked, kept" if case.was_asked and not case.presses else "nowhere"


def _desks(database: Path, case: Case) -> set[str]:
    """The desks whose tickets have the words that were sent."""
    rows = _rows(
        database,
        "select ticket.desk, message.text from message join ticket on ticket.id = message.ticket"
        " where ticket.resident = ? and message.author = 'resident'",
        f"tg:{case.number}",
    )
    sent = [bare(words) for words in case.words] or [bare(case.text)]
    return {desk for desk, text in rows if any(words in bare(text) for words in sent)}


def _tickets(database: Path, everybody: Sequence[Case]) -> tuple[set[int], set[int]]:
    """The ward's tickets now; and those that were rightly at the facility before there was a complaint."""
    first = {
        number: ticket
        for ticket, resident in _rows(database, "select id, resident from ticket order by id desc")
        for number in [int(resident.removeprefix("tg:"))]
    }
    wards = {ticket for (ticket,) in _rows(database, "select id from ticket where desk = 'ward'")}
    return wards, {
        first[case.number] for case in everybody if case.way in _AFTER_QUESTION and case.number in first
    }


def _rows(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()


def _number_from(database: Path, first: int) -> None:
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("update counter set value = ? where name = 'ticket'", (first,))
