"""A complaint without a ward's desk: the resident is told who reads it first, and nothing is sent without their
decision.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from faq.language import Language
from handlers.engine import Engine
from handlers.model.buttons import AskPerson, ForWard, LetFacilityRead, NoDanger, Resolve, Settle
from handlers.model.events import Command, Replied
from handlers.model.settings import Rules
from handlers.model.tickets import Desk, Status
from handlers.wording import facility_reads as words
from handlers.wording import unsent
from tests.handlers.resident.test_words_that_wait import DOUBTFUL, SURE, WARD, House, base

MORE = "別の人にもどなられました"
_DANGER = "火事です"
_WHO_READS = "施設の職員が読むこともあります"
_WINDOW = "聞く係\n番号は確認できていません。"
_TEXTS = {name: value for name, value in vars(words).items() if isinstance(value, dict) and name.isupper()}
SEND, NEVER = 1, 0


def begun() -> House:
    """A resident who has complained and wants a person, and was asked the question."""
    house = House(None, ward=False)
    house.says(SURE)
    asked = house.presses(AskPerson())
    assert _WHO_READS in asked
    assert _WINDOW in asked
    assert house.buttons == [LetFacilityRead(0, SEND, 1), LetFacilityRead(0, NEVER, 1)]
    assert not house.tickets
    return house


def held(status: Status = Status.CLAIMED) -> House:
    """A resident with a ticket who complains there, and was asked the question."""
    house = House(status, ward=False)
    asked = house.says(SURE, "1:900")
    assert _WHO_READS in asked
    assert _WINDOW in asked
    assert house.buttons == [LetFacilityRead(7, SEND, 1), LetFacilityRead(7, NEVER, 1)]
    assert not house.at(Desk.FACILITY)
    assert not house.kept
    return house


def test_a_person_is_wanted_for_a_complaint_and_gets_it_whole_after_the_press() -> None:
    house = begun()
    house.presses(LetFacilityRead(0, SEND, 1))
    assert house.tickets[7].desk is Desk.FACILITY
    assert house.at(Desk.FACILITY).count(SURE) == 1
    assert house.kept == [SURE]
    assert "書き添えました" in house.says(MORE)
    assert house.kept == [SURE, MORE]


@pytest.mark.parametrize("status", [Status.OPEN, Status.CLAIMED, Status.RESOLVED])
def test_a_complaint_for_a_case_waits_for_the_press_and_further_ones_do_not(status: Status) -> None:
    house = held(status)
    house.presses(LetFacilityRead(7, SEND, 1))
    house.says(MORE)
    assert house.at(Desk.FACILITY).count(SURE) == house.at(Desk.FACILITY).count(MORE) == 1
    assert house.kept == [SURE, MORE]
    assert "もう送ってあります" in house.presses(LetFacilityRead(7, SEND, 1))


def test_another_case_is_asked_about_again() -> None:
    house = held()
    house.presses(LetFacilityRead(7, SEND, 1))
    house.staff(Resolve(7))
    house.presses(Settle(7, 1))
    house.says(MORE)
    assert _WHO_READS in house.presses(AskPerson())


@pytest.mark.parametrize("start", [begun, held])
def test_who_does_not_want_it_sent_is_told_where_else_it_can_be_told_and_it_never_goes(
    start: Callable[[], House],
) -> None:
    house = start()
    ticket = 7 if house.tickets else 0
    told = house.presses(LetFacilityRead(ticket, NEVER, 1))
    assert "だれにも見せていません" in told
    assert _WINDOW in told
    assert house.waits(hours=2) == ""
    house.says("白鳥ボート いくら")
    house.presses(AskPerson())
    assert house.active is not None
    assert SURE not in house.at(Desk.FACILITY)
    assert SURE not in house.kept
    assert "送らないことになっています" in house.presses(LetFacilityRead(ticket, SEND, 1))


@pytest.mark.parametrize("start", [begun, lambda: held(Status.OPEN)])
def test_without_an_answer_nothing_is_sent_and_the_resident_hears_so_and_can_send_it_still(
    start: Callable[[], House],
) -> None:
    house = start()
    ticket = 7 if house.tickets else 0
    assert "まだだれにも送っていません" in house.commands(Command.MENU)
    assert house.waits(minutes=59) == ""
    told = house.waits(minutes=2)
    assert f"「{SURE}」はだれにも送っていません" in told
    assert _WINDOW in told
    assert LetFacilityRead(ticket, SEND, 1) in house.buttons
    assert house.waits(hours=5) == ""
    assert SURE not in house.at(Desk.FACILITY)
    assert "まだだれにも" not in house.commands(Command.MENU)
    house.presses(LetFacilityRead(ticket, SEND, 1))
    house.presses(LetFacilityRead(ticket, SEND, 1))
    assert house.at(Desk.FACILITY).count(SURE) == 1
    assert house.kept == [SURE]


def test_what_lapsed_and_went_with_a_later_ticket_is_not_sent_twice() -> None:
    house = begun()
    house.waits(minutes=61)
    assert _WHO_READS in house.presses(AskPerson())
    house.presses(LetFacilityRead(0, SEND, 2))
    assert "もう送ってあります" in house.presses(LetFacilityRead(0, SEND, 1))
    assert house.kept == [SURE]


def test_a_danger_reaches_the_desk_at_once_whatever_waits() -> None:
    house = held()
    told = house.says(_DANGER)
    assert told.startswith("まず119に電話してください。")
    assert _WHO_READS not in told
    assert _DANGER in house.at(Desk.FACILITY)
    assert SURE not in house.at(Desk.FACILITY)
    both = House(ward=False)
    both.says(f"{_DANGER}。{SURE}")
    assert SURE in both.at(Desk.FACILITY)


def test_who_is_in_danger_gets_a_person_without_a_question_and_who_is_not_is_asked() -> None:
    house = House(None, ward=False)
    house.says(SURE)
    house.says(_DANGER)
    assert "職員に引き継ぎました" in house.presses(AskPerson())
    assert SURE in house.at(Desk.FACILITY)
    calm = House(None, ward=False)
    calm.says(SURE)
    calm.says(_DANGER)
    calm.presses(NoDanger())
    assert _WHO_READS in calm.presses(AskPerson())


def test_words_of_a_danger_stay_for_a_person_where_the_complaint_before_them_is_not_sent() -> None:
    house = begun()
    house.says(_DANGER)
    house.presses(LetFacilityRead(0, NEVER, 1))
    house.presses(AskPerson())
    assert house.kept == [_DANGER]


@pytest.mark.parametrize(
    ("word", "sent"), [("はい", True), ("送ってください", True), ("いいえ", False), ("送らない", False)]
)
def test_a_word_counts_as_the_press(word: str, sent: bool) -> None:
    house = held()
    house.says(word)
    assert (SURE in house.at(Desk.FACILITY)) is sent
    assert word not in house.kept


def test_that_it_is_a_complaint_does_not_send_it_and_yes_counts_where_it_was_asked_last() -> None:
    house = held()
    house.says("苦情です")
    house.says("ありがとうございます")
    house.says("はい")
    assert SURE not in house.at(Desk.FACILITY)
    answering = held()
    answering.now += timedelta(minutes=5)
    answering._event(Replied, staff="tg:8", name="花子", ticket=7, text="火曜日のことでしたか")
    answering.says("はい")
    assert SURE not in answering.at(Desk.FACILITY)
    assert "はい" in answering.kept


def test_files_go_where_the_words_go_and_nowhere_with_the_word_that_says_so() -> None:
    house = held()
    assert "「送る」を押すと" in house.sends("voice")
    assert not house.files[Desk.FACILITY]
    house.presses(LetFacilityRead(7, SEND, 1))
    assert len(house.files[Desk.FACILITY]) == 1
    other = held()
    other.sends(caption="送らない")
    assert not other.files[Desk.FACILITY]
    assert "送らないことになっています" in other.presses(LetFacilityRead(7, SEND, 1))


def test_a_photo_whose_words_complain_waits_with_them() -> None:
    house = House(ward=False)
    assert _WHO_READS in house.sends(caption=SURE)
    house.presses(LetFacilityRead(7, SEND, 1))
    assert len(house.files[Desk.FACILITY]) == 1


def test_what_waits_is_sent_as_it_was_corrected() -> None:
    house = held()
    assert _WHO_READS in house.edits("1:900", f"{SURE}。火曜日です")
    house.presses(LetFacilityRead(7, SEND, 1))
    assert house.kept == [f"{SURE}。火曜日です"]


def test_words_that_go_on_wait_too_and_what_asks_something_else_goes_as_it_is() -> None:
    house = held()
    house.says("名前は山田という人です")
    house.says("明日は何時からですか")
    assert house.kept == ["明日は何時からですか"]
    house.presses(LetFacilityRead(7, SEND, 1))
    assert house.kept[1:] == [SURE, "名前は山田という人です"]


def test_what_is_only_possible_goes_as_it_is() -> None:
    house = House(ward=False)
    assert "書き添えました" in house.says(DOUBTFUL)


def test_who_has_read_the_entry_on_complaints_is_asked() -> None:
    house = House(None, ward=False)
    house.says("あひる係 苦情")
    house.says("白鳥ボート いくら")
    assert _WHO_READS in house.presses(AskPerson())


def test_more_than_can_wait_is_said_to_have_gone_nowhere() -> None:
    house = held()
    for number in range(25):
        told = house.says(f"{number}回どなられました")
    assert "預かれませんでした" in told
    house.presses(LetFacilityRead(7, SEND, 1))
    assert len(house.kept) == 20


def test_where_the_case_is_over_meanwhile_another_one_is_opened_with_it() -> None:
    house = held()
    house.staff(Resolve(7))
    house.presses(Settle(7, 1))
    house.says(MORE)
    house.presses(LetFacilityRead(7, SEND, 1))
    assert house.active is not None
    assert house.kept == [SURE, MORE]


def test_what_was_promised_to_the_ward_alone_is_not_shown_where_its_desk_is_gone() -> None:
    house = House()
    assert "施設への苦情ですか" in house.says(DOUBTFUL)
    house.engine = Engine(base(), Rules(has_ward_desk=False))
    assert _WHO_READS in house.presses(ForWard(7, WARD, 1))
    assert DOUBTFUL not in house.at(Desk.FACILITY)
    assert "だれにも送っていません" in house.waits(minutes=61)
    house.presses(LetFacilityRead(7, SEND, 2))
    assert house.kept == [DOUBTFUL]


@pytest.mark.parametrize("name", _TEXTS)
def test_every_sentence_is_in_all_languages_and_says_what_its_buttons_say(name: str) -> None:
    said = _TEXTS[name]
    assert set(said) == set(Language)
    assert len({tuple(sorted(re.findall(r"{\w+}", text))) for text in said.values()}) == 1
    for language, text in said.items():
        named = {
            "TOO_MUCH": (words.SEND, unsent.WARD_NEVER),
            "FILE_WAITS": (words.SEND,),
            "UNANSWERED": (words.SEND,),
        }
        for label in named.get(name, ()):
            assert _without_readings(label[language]) in _without_readings(text)


def _without_readings(text: str) -> str:
    return re.sub(r"\(\w+\)", "", text)
