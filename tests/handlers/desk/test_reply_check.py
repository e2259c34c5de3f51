"""Staff's words are held where they certainly contradict, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SystemClock
from faq.knowledge import KnowledgeBase
from handlers.decision import is_complaint
from handlers.desk.reply_check import check, purposes
from tests.small_faq import TOKYO, knowledge

SMALL = knowledge()


def codes(text: str, *about: str, base: KnowledgeBase = SMALL) -> list[str]:
    return [fault.code for fault in check(text, about, base)]


@pytest.mark.parametrize(
    "text",
    [
        "03-0000-0001 へどうぞ",
        "０３－００００－０００１ へどうぞ",
        "０３ー００００ー０００１",
        "03(0000)0001",
        "0300000001",
        "+81 3 0000 0001",
        "119か110に電話してください",
        "9時から17時まで、2026-11-24に。",
        "300円です。受付番号 12 です。",
        "https://pond.invalid/leaflet をご覧ください",
        "https://pond.invalid/leaflet/?a=1#x",
        "メールは a@example.com です",
        "3.5時間です。1.2.3",
        "",
    ],
)
def test_what_the_directory_knows_or_what_is_no_number_passes(text: str) -> None:
    assert codes(text, "swan-register") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03-1234-5678 へどうぞ", "phone"),
        ("０９０－１１１１－２２２２", "phone"),
        ("09011112222です", "phone"),
        ("+81-90-1111-2222", "phone"),
        ("https://example.com を見て", "url"),
        ("www.example.co.jp です", "url"),
        ("pond.example.jp/x", "url"),
        ("https://pond.invalid/other", "url"),
    ],
)
def test_a_number_or_page_that_nobody_knows_is_held(text: str, code: str) -> None:
    assert codes(text, "swan-register") == [code]


def test_a_window_is_held_where_it_is_offered_for_what_it_does_not_handle() -> None:
    assert codes("苦情は池の窓口に電話してください", "duck-complaint") == ["window"]
    assert codes("03-0000-0001 です", "duck-complaint") == ["window"]
    assert codes("Please call the Pond counter", "duck-complaint") == ["window"]
    assert codes("池の窓口でのことは残念でした", "duck-complaint") == []
    assert codes("登録は池の窓口に電話してください", "swan-register") == []
    assert codes("聞く係に話してください", "duck-complaint") == []
    assert codes("池の窓口に電話してください") == []


def test_every_entry_of_ours_may_be_said_about_itself(shipped: KnowledgeBase) -> None:
    """Staff who repeat what the FAQ says are never held."""
    today = SystemClock(TOKYO).now().date()
    held = {}
    for entry in shipped.entries:
        for language in ("ja", "en"):
            answer = shipped.answer(entry, language, today)  # type: ignore[arg-type]
            if answer is not None and (faults := check(answer.text, [entry], shipped)):
                held[entry, language] = faults
    assert held == {}


def test_what_contradicts_any_entry_is_held_whatever_the_ticket_is_about(shipped: KnowledgeBase) -> None:
    for text in (
        "アプリを消せば情報も消えます",
        "登録なしで予約できます",
        "Kissポート財団のことは、あなたの聞き違いです",
    ):
        assert "must-not-say" in codes(text, "book-fee", base=shipped), text
    assert "must-not-say" in codes("アプリを消せば情報も消えます", base=shipped)


def test_what_another_entry_says_itself_is_held_for_its_own_question_only(shipped: KnowledgeBase) -> None:
    assert "must-not-say" in codes("みなとコールへどうぞ", "contact-complaint", base=shipped)
    assert "must-not-say" not in codes("みなとコールへどうぞ", "contact-foreign", base=shipped)


def test_complaints_are_known_by_their_windows() -> None:
    assert is_complaint("duck-complaint", SMALL)
    assert not is_complaint("swan-register", SMALL)
    assert not is_complaint("swan-fee", SMALL)


def test_the_shipped_entries_on_complaints_go_to_the_ward_and_no_other(shipped: KnowledgeBase) -> None:
    found = {entry for entry in shipped.entries if is_complaint(entry, shipped)}
    assert found == {"contact-complaint", "contact-contradiction", "contact-minato-call"}


def test_purposes_are_what_an_answer_sends_people_for() -> None:
    assert purposes(["swan-register", "duck-complaint"], SMALL) == {"registration", "grievance"}


@given(st.text(max_size=300))
def test_no_text_breaks_the_check(text: str) -> None:
    check(text, ["duck-complaint"], SMALL)
