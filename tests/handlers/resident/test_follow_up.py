"""What cannot stand alone is read with the last answer, and asked back about where two readings differ."""

from __future__ import annotations

import pytest

from faq.knowledge import KnowledgeBase
from handlers.model.buttons import OpenEntry
from handlers.model.conversation import Conversation, Given
from handlers.resident.follow_up import Aspect, follow_up_of, paired
from handlers.resident.several import questions_in
from tests.handlers.resident.test_wishing import RESIDENT, pressed, talked
from tests.small_faq import OPEN

AFTER = Conversation(
    RESIDENT,
    OPEN,
    given=(Given("book-cancel", 2),),
    path=("asked", "answer:book-cancel v2"),
    question="キャンセルしたい",
)


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("電話番号は？", Aspect.PHONE), ("でんわばんごう", Aspect.PHONE), ("phone number?", Aspect.PHONE),
        ("电话号码呢", Aspect.PHONE), ("번호 좀", Aspect.PHONE),
        ("場所はどこですか", Aspect.PLACE), ("where is it?", Aspect.PLACE), ("在哪里", Aspect.PLACE), ("어디예요", Aspect.PLACE),
        ("誰に聞けばいい", Aspect.WHO), ("who runs it", Aspect.WHO),
        ("いくら", Aspect.OTHER), ("土日も？", Aspect.OTHER), ("その場合は？", Aspect.OTHER), ("何時まで", Aspect.OTHER), ("how much", Aspect.OTHER),
        ("要带什么", Aspect.OTHER), ("언제까지", Aspect.OTHER),
    ],
)  # fmt: skip
def test_what_is_asked_of_the_last_answer(shipped: KnowledgeBase, text: str, aspect: Aspect) -> None:
    found = follow_up_of(AFTER, text, shipped)
    assert found is not None
    assert (found.entry, found.aspect) == ("book-cancel", aspect)


@pytest.mark.parametrize(
    "text",
    [
        "駐車場はありますか、車で行きたいのですが",
        "個人登録と団体登録の違いを知りたい",
        "パスワードを忘れてログインできない",
    ],
)
def test_a_message_with_a_matter_of_its_own_asks_of_nothing(shipped: KnowledgeBase, text: str) -> None:
    found = follow_up_of(AFTER, text, shipped)
    assert found is None or (found.aspect is None and not found.is_facility)


def test_nothing_is_followed_where_nothing_was_answered(shipped: KnowledgeBase) -> None:
    assert follow_up_of(Conversation(RESIDENT, OPEN), "いくら", shipped) is None


def test_a_facility_takes_the_place_of_the_one_before(shipped: KnowledgeBase) -> None:
    asked = Conversation(
        RESIDENT, OPEN, given=(Given("facility-akasaka", 2),), path=("answer:facility-akasaka v2",),
        question="赤坂区民センターの駐車場はありますか",
    )  # fmt: skip
    follow = follow_up_of(asked, "じゃあ麻布は？", shipped)
    assert follow is not None
    assert follow.is_facility
    assert paired(asked, "じゃあ麻布は？", follow, shipped)[0] == "麻布区民センターの駐車場はありますか"


def test_a_facility_that_is_refused_is_not_put(shipped: KnowledgeBase) -> None:
    text = "赤坂じゃなくて麻布は？"
    assert (
        shipped.facilities.put("高輪区民センターの駐車場は", shipped.facilities.named(text))
        == "麻布区民センターの駐車場は"
    )


def test_where_to_ask_is_only_the_windows_and_the_facility_s_own_where_it_is_known(
    shipped: KnowledgeBase,
) -> None:
    _, said = talked(shipped, OpenEntry("book-cancel"), "電話番号は？", "麻布の電話番号は？")
    assert "03-5413-2711" in said[1]
    assert "担当課" not in said[1]
    assert "03-3583-5487" in said[2]
    assert "03-5413-2711" not in said[2]


def test_two_readings_that_differ_are_a_question_with_the_last_answer_among_its_choices(
    shipped: KnowledgeBase,
) -> None:
    outcomes, said = talked(shipped, OpenEntry("book-cancel"), "当日でも？")
    if outcomes[1].record is not None and outcomes[1].record.decision == "offer":
        assert "つづきでしょうか" in said[1]
        assert OpenEntry("book-cancel", 1) in pressed(outcomes[1], OpenEntry)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("予約の取消はどうすればいいですか。あと、使用料はいくらですか", 2),
        ("登録に必要な書類は何ですか？それと、登録は無料ですか？", 2),
        ("How do I cancel a booking? And what documents do I need?", 2),
        ("怎么取消预约？还有费用是多少？", 2),
        ("예약은 어떻게 취소하나요? 그리고 요금은 얼마인가요?", 2),
        ("団体登録をしています。予約の取消方法を教えてください。", 0),
        ("お世話になっております。予約の取消方法を教えてください。よろしくお願いいたします。", 0),
        ("パスワードを忘れました。", 0),
        ("団体登録の人数と区民の割合、必要書類、更新の時期を教えてください", 4),
        ("予約の取り消しとキャンセル料について教えてください", 2),
        ("登録のしかたを教えてください", 0),
    ],
)
def test_the_questions_of_a_message(text: str, count: int) -> None:
    assert len(questions_in(text)) == count
