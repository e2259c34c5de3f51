"""Personal data in free text: what must not be stored is masked, and nothing else is changed."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.model.events import Secret
from handlers.privacy.check_digits import is_card, is_my_number
from handlers.privacy.personal_data import MASK, Guard

DIRECTORY = ("0354132711", "0337698864", "0335835487", "0354723710", "0335782050", "0335782111", "0335782046")
GUARD = Guard(DIRECTORY)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def with_check_digit(body: str) -> str:
    return next(body + digit for digit in "0123456789" if is_my_number(body + digit))


my_numbers = (
    st.text("0123456789", min_size=11, max_size=11)
    .filter(lambda body: len(set(body)) > 1)
    .map(with_check_digit)
)
separators = st.sampled_from(["", " ", "-", "　", "－", "ー", "−", " - ", "‐"])


def luhn(body: str) -> str:
    return next(body + digit for digit in "0123456789" if is_card(body + digit))


cards = st.text("0123456789", min_size=14, max_size=14).map(lambda rest: luhn("4" + rest))


@given(my_numbers, separators, st.booleans())
@example("175043508100", " ", False)
@settings(max_examples=1000)
def test_a_my_number_is_masked_however_it_is_grouped_and_in_any_width(
    number: str, gap: str, wide: bool
) -> None:
    written = gap.join([number[:4], number[4:8], number[8:]])
    written = written.translate(FULL_WIDTH) if wide else written
    inspected = GUARD.inspect(f"番号は{written}です。登録したい")
    assert Secret.MY_NUMBER in inspected.masked
    assert inspected.text.count(MASK) == 12
    assert inspected.text.startswith("番号は")
    assert inspected.text.endswith("です。登録したい")
    assert len(inspected.text) == len(f"番号は{written}です。登録したい")


@given(my_numbers, st.integers(1, 9))
@settings(max_examples=500)
def test_twelve_digits_with_a_wrong_check_digit_pass(number: str, off: int) -> None:
    wrong = number[:-1] + str((int(number[-1]) + off) % 10)
    assert GUARD.inspect(f"番号 {wrong}").text == f"番号 {wrong}"


@given(
    my_numbers, st.sampled_from(["申請番号", "受付番号は", "予約番号：", "利用者番号 ", "application no. "])
)
@settings(max_examples=300)
def test_a_number_that_is_said_to_be_another_one_passes(number: str, label: str) -> None:
    assert GUARD.inspect(f"{label}{number} の状況").masked == ()


@given(my_numbers)
@settings(max_examples=300)
def test_when_my_number_is_said_no_label_lets_it_through(number: str) -> None:
    assert GUARD.inspect(f"マイナンバーの申請番号{number}").masked == (Secret.MY_NUMBER,)


@given(cards, separators)
@settings(max_examples=500)
def test_a_card_number_is_masked_whole(number: str, gap: str) -> None:
    written = gap.join([number[:4], number[4:8], number[8:12], number[12:]])
    inspected = GUARD.inspect(f"カード{written}で払える？")
    assert inspected.masked == (Secret.CARD,)
    assert not any(character.isdigit() for character in inspected.text)


def forms_of(number: str) -> list[str]:
    area = 2
    dashed = f"{number[:area]}-{number[area:6]}-{number[6:]}"
    return [
        number,
        dashed,
        dashed.replace("-", " "),
        dashed.translate(FULL_WIDTH),
        f"({number[:2]}){number[2:6]}-{number[6:]}",
    ]


phones = st.sampled_from([form for number in DIRECTORY for form in forms_of(number)])


@given(st.lists(phones, min_size=1, max_size=4), st.sampled_from([" ", "、", "と", "\n", " / "]))
@settings(max_examples=1000)
def test_the_directorys_own_numbers_never_trigger_anything(numbers: list[str], between: str) -> None:
    text = between.join(numbers)
    inspected = GUARD.inspect(text)
    assert inspected.text == text
    assert inspected.found == ()


@given(st.text(max_size=80))
@settings(max_examples=1000)
def test_text_keeps_its_length_and_everything_but_digits(text: str) -> None:
    inspected = GUARD.inspect(text)
    assert len(inspected.text) == len(text)
    assert all(a == b or b == MASK for a, b in zip(text, inspected.text, strict=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("taro@example.jp に送って", (Secret.EMAIL,)),
        ("090-1234-5678 に電話ください", (Secret.PHONE,)),
        ("０９０１２３４５６７８", (Secret.PHONE,)),
        ("2026年11月23日 18:00-20:00 12人", ()),
        ("会議室3 9:00〜12:00 4000円", ()),
    ],
)
def test_mail_and_phone_are_noticed_and_left_as_written(text: str, found: tuple[Secret, ...]) -> None:
    inspected = GUARD.inspect(text)
    assert inspected.text == text
    assert inspected.found == found


def test_the_check_digit_follows_the_ordinance() -> None:
    assert is_my_number("123456789018")
    assert not is_my_number("123456789012")
    assert not is_my_number("000000000000")
