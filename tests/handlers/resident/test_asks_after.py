"""Asking about one's own ticket in words means /status, and nothing else does."""

from __future__ import annotations

import pytest

from faq.language import Language
from handlers.model.tickets import Holder, Status, Ticket
from handlers.resident.asks_after import asks_after_ticket
from tests.one_talk import Talk
from tests.small_faq import OPEN
from tests.small_faq import knowledge as small_faq

NUMBERED = [
    "受付番号 12 はどうなりましたか",
    "受付番号１２の返事はまだですか",
    "受付番号は12ですが、いつ頃返事が来ますか",
    "チケット12の状況を知りたい",
    "どうなってますか 受付12番",
    "any news on ticket 12?",
    "I haven't received a reply to ticket number 12",
    "What is the status of my inquiry no. 12",
    "when will ticket #12 be answered?",
    "受理编号12怎么样了",
    "編號 12 還沒有回覆嗎",
    "접수번호 12번은 어떻게 되었나요?",
    "접수 12 답변 아직인가요",
]
WITHOUT_A_NUMBER = [
    "さっきの問い合わせ、どうなりましたか",
    "返事はまだでしょうか",
    "is there any answer yet? still waiting",
    "我的问题怎么样了",
    "문의한 거 언제 답변 오나요",
]
OTHERS = [
    "利用者番号 12 を忘れました",
    "受付は12時までですか",
    "予約番号12の取り消しはいつまでですか",
    "登録の審査はどうなっていますか",
    "受付番号12の返事ありがとうございました",
    "when will the lottery results come out",
    "抽签结果什么时候出来",
    "추첨 결과는 언제 나오나요",
    "room 12 status",
]


@pytest.mark.parametrize("text", NUMBERED)
def test_a_ticket_that_is_named_by_its_number_is_asked_after(text: str) -> None:
    assert asks_after_ticket(text, has_one=False)


@pytest.mark.parametrize("text", WITHOUT_A_NUMBER)
def test_without_a_number_it_is_asked_after_by_who_has_one(text: str) -> None:
    assert asks_after_ticket(text, has_one=True)
    assert not asks_after_ticket(text, has_one=False)


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_and_other_waiting_are_no_ticket(text: str) -> None:
    assert not asks_after_ticket(text, has_one=True)


def test_a_long_message_says_more_than_that() -> None:
    assert not asks_after_ticket(
        "受付番号12はどうなりましたか。" + "ところで登録のことも聞きたいです。" * 4, has_one=True
    )


def test_who_has_no_ticket_hears_so() -> None:
    assert "お預かりしている質問はありません" in Talk(small_faq()).says("受付番号12はどうなりましたか")


@pytest.mark.parametrize("text", ["受付番号7はどうなりましたか", "さっきの質問、どうなりましたか"])
def test_who_waits_hears_the_place_in_the_queue_and_the_desk_has_the_words(text: str) -> None:
    talk = Talk(small_faq())
    talk.ticket = ticket(Status.OPEN)
    answer = talk.says(text)
    assert "受付番号 7" in answer
    assert "順番" in answer
    assert text in talk.shown
    assert [m.text for m in talk.last.messages] == [text]


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.RESOLVED])
def test_where_a_person_has_the_case_the_words_are_for_them(status: Status) -> None:
    talk = Talk(small_faq())
    talk.ticket = ticket(status)
    talk.says("受付番号7の返事がまだ来ません")
    assert [m.text for m in talk.last.messages] == ["受付番号7の返事がまだ来ません"]
    assert talk.last.record is None or talk.last.record.reason != "status"


def ticket(status: Status) -> Ticket:
    return Ticket(
        7, "r:1", status, Language.JA, "登録のこと", "asked", (), OPEN, OPEN, holder=Holder("tg:8", "花子")
    )
