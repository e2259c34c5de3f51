"""A place is read back as it was written; text that is no place raises an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places import Place, PlaceError

_CHATS = st.text(min_size=1)
_MESSAGES = st.text(st.characters(exclude_characters=":"))


@given(_CHATS, _MESSAGES)
def test_a_place_that_is_printed_and_read_is_the_same(chat: str, message: str) -> None:
    assert Place.parse(str(Place(chat, message))) == Place(chat, message)


@given(st.text())
def test_a_text_is_a_place_that_prints_as_it_or_an_error_that_shows_it(text: str) -> None:
    chat, colon, _ = text.rpartition(":")
    if chat and colon:
        assert str(Place.parse(text)) == text
    else:
        with pytest.raises(PlaceError) as caught:
            Place.parse(text)
        assert repr(text) in str(caught.value)


@given(st.integers(), st.integers(min_value=1))
def test_numbers_of_a_chat_and_a_message_come_back(chat: int, message: int) -> None:
    place = Place.parse(f"{chat}:{message}")
    assert (place.number_of_chat, place.number) == (chat, message)


def test_a_chats_name_may_hold_a_colon_and_a_messages_may_not() -> None:
    assert Place.parse("tty:desk:5") == Place("tty:desk", "5")
    with pytest.raises(PlaceError, match="chat:message"):
        Place("-100", "5:6")


def test_a_place_without_a_message_is_the_chat() -> None:
    assert Place.parse("-100:") == Place("-100")
    with pytest.raises(PlaceError, match="'-100:'"):
        _ = Place("-100").number


@pytest.mark.parametrize("text", ["", "5", ":5", ":"])
def test_what_names_no_chat_is_no_place(text: str) -> None:
    with pytest.raises(PlaceError, match="no place"):
        Place.parse(text)
