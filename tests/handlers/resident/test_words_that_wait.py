"""Words that wait for the resident's decision about a complaint: nobody sees them, none is lost, one desk gets them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.features import Features
from faq.matching.foreign import KnownWords
from faq.matching.hearing import Hearing
from faq.matching.match import Complaint, Heard
from handlers.engine import Engine
from handlers.model.actions import Action, PostCard, Relay, Say, ToResident, ToTicket
from handlers.model.buttons import (
    AskPerson,
    DeskPress,
    ForgetMe,
    ForWard,
    Press,
    Resolve,
    Settle,
    Withdraw,
    decode,
)
from handlers.model.conversation import Conversation
from handlers.model.events import (
    Asked,
    Command,
    Commanded,
    DeskPressed,
    Edited,
    Event,
    Pressed,
    SentMedia,
    Started,
    TimePassed,
)
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Kept, Outcome, Snapshot
from handlers.model.tickets import Desk, Holder, Status, Ticket
from handlers.resident.holding import WAITS_FOR
from handlers.wording.own_data import my_data
from tests.small_faq import OPEN, knowledge

DOUBTFUL = "あひる小屋の電気がつきませんでした"
SURE = "あひる係にどなられました"
WARD, FACILITY, NOBODY = 1, 0, 2
_DANGER = "火事です"


class Ears(Hearing):
    """Hears a possible complaint in 小屋 or the corridor, a sure one in どなられ, and a danger in one word."""

    def __init__(self) -> None:
        super().__init__(
            (), None, Features(lambda _: None, lambda _: "", KnownWords(())), lambda text: (text,)
        )

    def hear(self, text: str, by_words: str = "") -> Heard:
        del by_words
        found = Complaint.NO
        if any(word in text for word in ("小屋", "廊下", "態度")):
            found = Complaint.POSSIBLE
        if "どなられ" in text:
            found = Complaint.SURE
        danger = "call-119" if _DANGER in text else ""
        return Heard(danger, found, "duck-complaint" if found is Complaint.SURE else "", frozenset())


def base() -> KnowledgeBase:
    return replace(knowledge(), hearing=Ears())


class House:
    """One resident, their tickets, and both desks, with everything each was shown."""

    def __init__(self, status: Status | None = Status.CLAIMED, *, ward: bool = True) -> None:
        self.engine = Engine(base(), Rules(has_ward_desk=ward))
        self.now = OPEN
        self.talk: Conversation | None = None
        self.tickets: dict[int, Ticket] = {}
        if status is not None:
            holder = Holder("tg:8", "花子") if status is not Status.OPEN else None
            self.tickets[7] = Ticket(
                7, "r:1", status, Language.JA, "登録のこと", "asked", (), OPEN, OPEN, holder=holder
            )
        self.seen: dict[Desk, list[str]] = {Desk.FACILITY: [], Desk.WARD: []}
        self.files: dict[Desk, list[str]] = {Desk.FACILITY: [], Desk.WARD: []}
        self.kept: list[str] = []
        self.last = Outcome()
        self._ids = itertools.count(1)

    @property
    def active(self) -> Ticket | None:
        return next((t for t in self.tickets.values() if t.is_active), None)

    def happens(self, event: Event) -> str:
        """The text for the resident; empty where there is none."""
        settling = [t for t in self.tickets.values() if t.status is Status.RESOLVED]
        named = getattr(getattr(event, "press", None), "ticket", 7)
        snapshot = Snapshot(
            self.now,
            conversation=None if isinstance(event, TimePassed) else self.talk,
            active=self.active,
            settling=settling[-1] if settling else None,
            ticket=self.tickets.get(named),
            next_ticket_id=max([6, *self.tickets]) + 1,
            queue=tuple(t for t in self.tickets.values() if t.status is not Status.CLOSED),
            unanswered=self._unanswered() if isinstance(event, TimePassed) else (),
        )
        self.last = self.engine.handle(event, snapshot)
        if self.last.forget is not None:
            self.talk, self.tickets = None, {}
        self.talk = self.last.conversation or (self.last.conversations or (self.talk,))[0]
        for ticket in self.last.tickets:
            self.tickets[ticket.id] = ticket
        for action in self.last.actions:
            self._shown(action)
        self.kept += [m.text for m in self.last.messages if m.author is Author.RESIDENT]
        said = [a for a in self.last.actions if isinstance(a, Say) and isinstance(a.to, ToResident)]
        assert len(said) <= 1
        return said[0].text if said else ""

    def _unanswered(self) -> tuple[Conversation, ...]:
        held = self.talk.held if self.talk is not None else None
        if self.talk is None or held is None or held.went.value or self.now - held.since < WAITS_FOR:
            return ()
        return (self.talk,)

    def _shown(self, action: Action) -> None:
        if isinstance(action, PostCard):
            self.seen[self.tickets[action.ticket].desk].append(action.text)
        elif isinstance(action, Say) and isinstance(action.to, ToTicket):
            self.seen[self.tickets[action.to.ticket].desk].append(action.text)
        elif isinstance(action, Relay) and isinstance(action.to, ToTicket):
            self.files[self.tickets[action.to.ticket].desk].append(action.source)

    def _event(self, make: Callable[..., Event], **fields: Any) -> str:
        number = next(self._ids)
        return self.happens(make(id=f"e:{number}", **fields))

    def says(self, text: str, place: str = "") -> str:
        return self._event(Asked, resident="r:1", text=text, place=place or f"1:{next(self._ids)}")

    def sends(self, kind: str = "photo", **fields: Any) -> str:
        place = f"1:{next(self._ids)}"
        return self._event(SentMedia, resident="r:1", kind=kind, place=place, **fields)

    def edits(self, place: str, text: str) -> str:
        return self._event(Edited, resident="r:1", text=text, place=place)

    def presses(self, press: Press) -> str:
        return self._event(Pressed, resident="r:1", press=press)

    def commands(self, command: Command) -> str:
        return self._event(Commanded, resident="r:1", command=command)

    def staff(self, press: DeskPress) -> str:
        return self._event(DeskPressed, staff="tg:8", name="花子", press=press)

    def waits(self, **span: float) -> str:
        self.now += timedelta(**span)
        return self._event(TimePassed)

    @property
    def buttons(self) -> list[Press]:
        said = [a for a in self.last.actions if isinstance(a, Say) and isinstance(a.to, ToResident)]
        return [button.press for row in said[0].buttons for button in row]

    def at(self, desk: Desk) -> str:
        return "\n".join(self.seen[desk])


def held(status: Status = Status.CLAIMED) -> House:
    house = House(status)
    asked = house.says(DOUBTFUL, "1:900")
    assert "施設への苦情ですか" in asked
    assert "60分" in asked
    assert ForWard(7, WARD, 1) in house.buttons
    return house


BETWEEN: dict[str, Callable[[House], object]] = {
    "/start": lambda house: house._event(Started, resident="r:1"),
    "done by staff": lambda house: house.staff(Resolve(7)),
    "a danger": lambda house: house.says(_DANGER),
    "a danger under a photo": lambda house: house.sends(caption=_DANGER),
    "a photo with words": lambda house: house.sends(caption="池のそばです"),
    "thanks": lambda house: house.says("ありがとうございます"),
    "a menu": lambda house: house.commands(Command.MENU),
    "many words": lambda house: [house.says(f"それと白鳥ボートの{n}番はいつ使えますか") for n in range(10)],
    "withdrawn": lambda house: house.presses(Withdraw(7)),
    "closed": lambda house: (house.staff(Resolve(7)), house.presses(Settle(7, 1))),
}


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("choice", [WARD, FACILITY])
def test_whatever_happens_between_the_button_sends_the_words_once_where_it_says(
    between: str, choice: int
) -> None:
    house = held()
    BETWEEN[between](house)
    assert DOUBTFUL not in house.at(Desk.FACILITY) + house.at(Desk.WARD)
    house.presses(ForWard(7, choice, 1))
    there, elsewhere = (Desk.WARD, Desk.FACILITY) if choice == WARD else (Desk.FACILITY, Desk.WARD)
    assert house.at(there).count(DOUBTFUL) == 1
    assert DOUBTFUL not in house.at(elsewhere)
    assert house.kept.count(DOUBTFUL) == 1


@pytest.mark.parametrize("between", [*BETWEEN, "nothing"])
def test_words_nobody_decides_about_go_to_the_wards_desk_alone_after_a_while_and_the_resident_hears_so(
    between: str,
) -> None:
    house = held()
    if between in BETWEEN:
        BETWEEN[between](house)
    assert house.waits(minutes=59) == "" or between == "many words"
    told = house.waits(minutes=2)
    assert "お返事がなかったので" in told
    assert "町の窓口" in told
    assert house.at(Desk.WARD).count(DOUBTFUL) == 1
    assert DOUBTFUL not in house.at(Desk.FACILITY)
    assert house.waits(hours=5) == ""
    assert "もう町の窓口に送ってあります" in house.presses(ForWard(7, FACILITY, 1))


def test_a_resident_who_wants_a_person_and_does_not_answer_gets_one_at_the_ward() -> None:
    house = House(None)
    house.says("量子もつれの小屋")
    assert "施設への苦情ですか" in house.presses(AskPerson())
    assert "まだだれにも送っていません" in house.says("白鳥ボート いくら")
    assert "お返事がなかったので" in house.waits(minutes=61)
    assert house.tickets[7].desk is Desk.WARD
    assert "量子もつれの小屋" in house.at(Desk.WARD)
    assert "もう町の窓口に送ってあります(受付番号 7)" in house.presses(ForWard(0, WARD, 1))


def test_done_by_staff_tells_what_is_still_unsent_with_its_buttons() -> None:
    house = held()
    told = house.staff(Resolve(7))
    assert f"「{DOUBTFUL}」は、まだだれにも送っていません" in told
    assert {Settle(7, 1), Settle(7, 0), ForWard(7, WARD, 1), ForWard(7, FACILITY, 1)} <= set(house.buttons)
    assert "まだだれにも送っていません" in house.commands(Command.STATUS)


def test_numbers_for_a_danger_stand_alone_also_where_something_waits() -> None:
    assert "送っていません" not in held().says(_DANGER)


def test_who_does_not_want_it_sent_says_so_and_stop_means_that_too() -> None:
    house = held()
    assert "だれにも見せていません" in house.presses(ForWard(7, NOBODY, 1))
    assert "送らないことになっています" in house.presses(ForWard(7, WARD, 1))
    stopped = held()
    assert "まだ送っていなかった文も、送りません" in stopped.commands(Command.STOP)
    for one in (house, stopped):
        assert one.waits(hours=2) == ""
        assert DOUBTFUL not in one.at(Desk.FACILITY) + one.at(Desk.WARD)


@pytest.mark.parametrize("choice", [WARD, FACILITY])
def test_files_sent_while_something_waits_go_with_the_words_where_they_go(choice: int) -> None:
    house = held()
    house.now += timedelta(minutes=20)
    for kind in ("photo", "voice", "document"):
        assert "まだだれにも渡していません" in house.sends(kind)
    house.sends(album="a")
    assert house.sends(album="a") == ""
    assert not house.files[Desk.FACILITY]
    house.presses(ForWard(7, choice, 1))
    there, elsewhere = (Desk.WARD, Desk.FACILITY) if choice == WARD else (Desk.FACILITY, Desk.WARD)
    assert len(house.files[there]) == 5
    assert not house.files[elsewhere]
    house.sends("voice")
    assert len(house.files[there]) == 6


@pytest.mark.parametrize("title", ["受付の態度", "あひる係にどなられました\nx"])
@pytest.mark.parametrize("kind", ["document", "audio", "video"])
def test_what_a_file_is_called_is_heard_like_a_caption(kind: str, title: str) -> None:
    house = House()
    house.sends(kind, title=title)
    assert not house.files[Desk.FACILITY]
    if "どなられ" not in title:
        house.presses(ForWard(7, WARD, 1))
    assert len(house.files[Desk.WARD]) == 1


def test_a_danger_and_an_identity_are_heard_in_the_name_of_a_file() -> None:
    assert "119" in House().sends("document", title=f"{_DANGER} 写真")
    assert "受け取っていません" in House().sends("document", title="運転免許証")


@pytest.mark.parametrize("choice", [WARD, FACILITY])
def test_a_photo_whose_words_are_doubtful_is_asked_about_like_a_text(choice: int) -> None:
    house = House()
    assert "施設への苦情ですか" in house.sends(caption="廊下です")
    assert house.tickets[7].desk is Desk.FACILITY
    assert not house.files[Desk.FACILITY] + house.files[Desk.WARD]
    house.presses(ForWard(7, choice, 1))
    there = Desk.WARD if choice == WARD else Desk.FACILITY
    assert house.tickets[7].desk is there
    assert len(house.files[there]) == 1
    assert "廊下です" in house.at(there)


def test_a_second_tap_says_that_it_has_been_sent_and_where() -> None:
    for choice, told in ((WARD, "もう町の窓口に送ってあります"), (FACILITY, "もう送ってあります")):
        house = held()
        house.presses(ForWard(7, choice, 1))
        for again in (choice, 1 - choice):
            assert told in house.presses(ForWard(7, again, 1))
        assert house.kept == [DOUBTFUL]


def test_a_button_of_an_earlier_question_decides_nothing_about_what_waits_now() -> None:
    house = held()
    house.presses(ForWard(7, FACILITY, 1))
    house.says("小屋の鍵も開きませんでした")
    assert "施設への苦情ですか" in house.presses(ForWard(7, FACILITY, 1))
    assert "鍵" not in house.at(Desk.FACILITY)
    house.presses(ForWard(7, WARD, 2))
    assert "鍵" in house.at(Desk.WARD)


def test_a_button_of_a_build_without_numbers_of_questions_is_understood() -> None:
    assert decode("fw:7:1") == ForWard(7, 1, 0)
    assert decode("fw:7") is None
    house = held()
    house.presses(ForWard(7, WARD))
    assert DOUBTFUL in house.at(Desk.WARD)


@pytest.mark.parametrize("press", [Settle(7, 1), Settle(7, 0), Withdraw(7), ForWard(7, WARD, 1)])
def test_after_forget_an_old_button_says_that_nothing_is_left_and_shows_ways_on(press: Press) -> None:
    house = held()
    house.presses(ForgetMe(1))
    assert "もう残っていません" in house.presses(press)
    assert AskPerson() in house.buttons
    assert "一覧から" not in house.presses(press)


def test_only_the_corrected_words_go_where_words_that_wait_were_edited() -> None:
    house = held()
    assert "施設への苦情ですか" in house.edits("1:900", "小屋の電気が、きのうつきませんでした")
    house.presses(ForWard(7, WARD, 1))
    assert house.kept == ["小屋の電気が、きのうつきませんでした"]
    assert DOUBTFUL not in house.at(Desk.WARD)
    surely = held()
    surely.edits("1:900", SURE)
    assert surely.kept == [SURE]
    assert surely.tickets[7].desk is Desk.WARD
    harmless = held()
    assert "施設への苦情ですか" in harmless.edits("1:900", "きのう行きました")
    assert harmless.kept == []


def test_an_edit_of_something_else_waits_beside_it_marked() -> None:
    house = held()
    house.edits("1:5", "廊下も暗いです")
    house.presses(ForWard(7, WARD, 1))
    assert house.kept == [DOUBTFUL, "廊下も暗いです"]
    assert "直しました" in house.at(Desk.WARD)
    assert [m.name for m in house.last.messages] == ["", "(修正)"]


@pytest.mark.parametrize(
    "text", ["ありがとうございます", "さっきの話はどうなりましたか", "明日10時に行けますか?"]
)
def test_what_is_no_complaint_goes_to_the_ticket_and_the_rest_goes_on_waiting(text: str) -> None:
    house = held()
    told = house.says(text)
    assert "受付番号 7 に書き添えました" in told
    assert "まだだれにも送っていません" in told
    assert text in house.at(Desk.FACILITY)
    assert DOUBTFUL not in house.at(Desk.FACILITY)
    house.presses(ForWard(7, WARD, 1))
    assert house.kept == [text, DOUBTFUL]


def test_what_goes_on_with_the_complaint_waits_with_it() -> None:
    house = held()
    assert "施設への苦情ですか" in house.says("青い服を着ていました")
    house.now += timedelta(minutes=20)
    assert "施設への苦情ですか" in house.says("名前は山田という人です")
    assert "書き添えました" in house.says("明日は10時に行きます")
    assert house.at(Desk.FACILITY).count("青い服") == 0
    house.presses(ForWard(7, WARD, 1))
    assert house.kept == ["明日は10時に行きます", DOUBTFUL, "青い服を着ていました", "名前は山田という人です"]


def test_a_sure_complaint_takes_what_waits_along() -> None:
    house = held()
    house.sends("voice")
    house.says(SURE)
    assert house.kept == [DOUBTFUL, "(voice)", SURE]
    assert len(house.files[Desk.WARD]) == 1
    assert not house.at(Desk.FACILITY)


def test_no_more_is_kept_waiting_than_is_bearable_and_nothing_of_it_is_lost() -> None:
    house = held()
    for number in range(25):
        house.says(f"小屋の{number}番目の灯り")
    house.waits(hours=2)
    assert all(f"小屋の{number}番目の灯り" in house.kept for number in range(25))
    assert "灯り" not in house.at(Desk.FACILITY)


def test_words_that_wait_are_in_mydata() -> None:
    house = held()
    assert house.talk is not None
    assert DOUBTFUL in my_data(house.talk, Kept(), ())


def test_words_and_files_show_the_message_they_were() -> None:
    house = held()
    house.sends("voice")
    house.says("苦情です")
    shown = [a for a in house.last.actions if isinstance(a, (Say, Relay)) and isinstance(a.to, ToTicket)]
    assert next(a.origin for a in shown if a.origin) == "1:900"
    assert next(m.place for m in house.last.messages) == "1:900"
    assert house.tickets[7].desk is Desk.WARD


def test_what_adds_nothing_after_a_complaint_gets_a_short_line_and_nothing_is_listed_twice() -> None:
    house = House(None)
    first = house.sends(caption=SURE)
    assert len(first) > 0
    answers = [house.says(text) for text in ("👍", "あ", "/", "\u200f\u202e", "👍", "あ", "👍", "あ", "👍")]
    assert not [one for one in answers if first.splitlines()[-1] in one]
    handed = house.presses(AskPerson())
    assert handed.count(SURE) == 1
    assert house.at(Desk.WARD).count(SURE) == 1
