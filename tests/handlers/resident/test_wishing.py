"""What a whole short message wishes to be done is done, in every language; everything else stays a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from faq.content.wish import Wish
from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.engine import Engine
from handlers.model.actions import Say
from handlers.model.buttons import (
    ChooseFacility,
    OpenEntry,
    OpenOffered,
    PickFacility,
    ResidentPress,
    Withdraw,
)
from handlers.model.conversation import Conversation, Given
from handlers.model.events import Asked, Event, Pressed
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Desk, Holder, Status, Ticket
from handlers.resident.wishing import understood
from tests.small_faq import OPEN

RESIDENT = "tg:7"
SURE = "区民センターの予約をキャンセルしたい、取り消しの方法は"


def talked(
    base: KnowledgeBase, *events: str | ResidentPress, ticket: Ticket | None = None
) -> tuple[list[Outcome], list[str]]:
    """Outcomes of messages and presses, a minute apart, and the texts that the resident got."""
    engine, outcomes, said = Engine(base, Rules()), list[Outcome](), list[str]()
    talk: Conversation | None = None
    for number, one in enumerate(events):
        now = OPEN + timedelta(minutes=number)
        event: Event = (
            Asked(id=f"e{number}", resident=RESIDENT, text=one)
            if isinstance(one, str)
            else Pressed(id=f"e{number}", resident=RESIDENT, press=one)
        )
        outcome = engine.handle(event, Snapshot(now, conversation=talk, active=ticket))
        talk = outcome.conversation
        outcomes.append(outcome)
        said.append("\n\n".join(a.text for a in outcome.actions if isinstance(a, Say)))
    return outcomes, said


def pressed(outcome: Outcome, kind: type) -> list[object]:
    return [
        button.press
        for action in outcome.actions
        if isinstance(action, Say)
        for row in action.buttons
        for button in row
        if isinstance(button.press, kind)
    ]


def shown(base: KnowledgeBase, *entries: str) -> Sequence[str | ResidentPress]:
    return [OpenEntry(entry) for entry in entries]


@pytest.mark.parametrize(
    "text", ["もう一度", "もういちどおねがいします", "say that again", "请再说一遍", "다시 한번 말해 주세요"]
)
def test_once_more_is_the_same_text(shipped: KnowledgeBase, text: str) -> None:
    _, said = talked(shipped, OpenEntry("book-cancel"), text)
    assert shipped.answer("book-cancel", Language.JA, OPEN.date()) is not None
    assert "book-cancel" in said[1]
    if text.startswith("も"):
        assert said[1] == said[0]


def test_shorter_is_the_first_sentence_with_its_evidence(shipped: KnowledgeBase) -> None:
    _, (whole, short) = talked(shipped, OpenEntry("book-cancel"), "短くして")
    answer = shipped.answer("book-cancel", Language.JA, OPEN.date())
    assert answer is not None
    assert (
        short == f"{shipped.gist('book-cancel', Language.JA, OPEN.date())}\n\n{answer.core.splitlines()[-1]}"
    )
    assert len(short) < len(whole) / 3


@pytest.mark.parametrize(
    ("text", "language"),
    [("英語でお願い", Language.EN), ("in English please", Language.EN), ("用中文", Language.ZH_HANS), ("請用繁體中文", Language.ZH_HANT),
     ("한국어로 해주세요", Language.KO), ("やさしいにほんごで", Language.JA_EASY)],
)  # fmt: skip
def test_a_language_is_kept_and_the_last_answer_said_in_it(
    shipped: KnowledgeBase, text: str, language: Language
) -> None:
    outcomes, said = talked(shipped, OpenEntry("book-cancel"), text, "日本語に戻して")
    answer = shipped.answer("book-cancel", language, OPEN.date())
    assert answer is not None
    assert said[1] == answer.text
    talk = outcomes[2].conversation
    assert talk is not None
    assert (talk.language, talk.language_chosen) == (Language.JA, True)
    assert said[2] == said[0]


@pytest.mark.parametrize("text", ["123", "HX4K9", "2", "17:00"])
def test_a_number_or_a_code_never_switches_the_language(shipped: KnowledgeBase, text: str) -> None:
    outcomes, _ = talked(shipped, OpenEntry("book-cancel"), text)
    talk = outcomes[1].conversation
    assert talk is not None
    assert talk.language is Language.JA


def test_back_is_what_was_shown_before_and_the_list_is_the_menu(shipped: KnowledgeBase) -> None:
    outcomes, said = talked(
        shipped, OpenEntry("book-cancel"), OpenEntry("book-pay"), "前に戻って", "一覧を見せて"
    )
    assert said[2] == said[0]
    assert len(pressed(outcomes[3], object)) > 5


def test_numbers_and_both_choose_among_the_offers_and_nothing_is_dropped(shipped: KnowledgeBase) -> None:
    offers = talked(shipped, "登録のことを教えて")[0][0].conversation
    assert offers is not None
    every = list(range(len(offers.offered)))
    assert len(every) >= 3
    for text, numbers in (
        ("2番目", [1]),
        ("1番目です", [0]),
        ("1と3", [0, 2]),
        ("両方", [0, 1]),
        ("全部", every),
        ("１と２", [0, 1]),
    ):
        outcomes, said = talked(shipped, "登録のことを教えて", text)
        talk = outcomes[1].conversation
        assert talk is not None
        chosen = [offers.offered[number] for number in numbers]
        assert [given.entry for given in talk.given] == chosen, text
        for entry in chosen:
            answer = shipped.answer(entry, Language.JA, OPEN.date())
            assert answer is not None
            assert answer.core in said[1]


def test_a_number_without_offers_is_no_choice(shipped: KnowledgeBase) -> None:
    outcomes, _ = talked(shipped, "2番目")
    assert outcomes[0].record is not None
    assert outcomes[0].record.decision != "answer"


def test_two_sure_questions_are_offered_together_and_all_of_it_is_one_tap(shipped: KnowledgeBase) -> None:
    both = "予約をキャンセルするにはどうすればいいですか？あと、パスワードを忘れたのですが、どうすればいいですか？"
    outcomes, said = talked(shipped, both, OpenOffered())
    talk = outcomes[0].conversation
    assert talk is not None
    assert set(talk.offered) == {"book-cancel", "reg-password"}
    assert said[0].startswith("2つのご質問ですね")
    assert pressed(outcomes[0], OpenOffered)
    for entry in talk.offered:
        answer = shipped.answer(entry, Language.JA, OPEN.date())
        assert answer is not None
        assert answer.core in said[1]


def test_solved_and_not_solved_in_words_are_the_buttons(shipped: KnowledgeBase) -> None:
    for text, decision in (
        ("わかりました、解決しました", "solved"),
        ("全然解決してない", "not-solved"),
        ("not helpful", "not-solved"),
    ):
        outcomes, _ = talked(shipped, OpenEntry("book-cancel"), text)
        assert outcomes[1].record is not None
        assert (outcomes[1].record.decision, outcomes[1].record.entry) == (decision, "book-cancel"), text


def ticket(status: Status) -> Ticket:
    return Ticket(
        3, RESIDENT, status, Language.JA, "問", "asked", (), OPEN, OPEN, desk=Desk.FACILITY,
        holder=Holder("tg:9", "花子") if status is Status.CLAIMED else None,
    )  # fmt: skip


@pytest.mark.parametrize("status", [Status.OPEN, Status.CLAIMED])
def test_withdrawing_is_asked_about_once_and_never_done_by_words_alone(
    shipped: KnowledgeBase, status: Status
) -> None:
    outcomes, _ = talked(shipped, "問い合わせを取り下げたい", ticket=ticket(status))
    assert pressed(outcomes[0], Withdraw) == [Withdraw(3)]
    assert outcomes[0].tickets == ()


def test_words_for_a_person_who_has_the_case_stay_words(shipped: KnowledgeBase) -> None:
    talk = Conversation(RESIDENT, OPEN, given=(Given("book-cancel", 2),))
    held, free = Snapshot(OPEN, active=ticket(Status.CLAIMED)), Snapshot(OPEN)
    for text in ("もう一度", "はい", "短く", "解決した", "not helpful"):
        assert understood(talk, text, held, shipped) is None
        assert understood(talk, text, free, shipped) is not None
    for text in ("英語で", "一覧", "取り下げたい"):
        assert understood(talk, text, held, shipped) is not None


@pytest.mark.parametrize(
    "text",
    ["予約を取り消したい", "英語の案内はありますか", "英語で相談できますか", "登録の一覧はどこにありますか",
     "一人で使えますか", "短い時間だけ借りられますか",
     "最初に何をすればいいですか", "前に登録した番号を忘れた", "日本語が話せなくても登録できますか", "2人で使えますか"],
)  # fmt: skip
def test_a_question_is_no_wish(shipped: KnowledgeBase, text: str) -> None:
    assert shipped.wish_in(text) is None


@pytest.mark.parametrize(
    "text",
    ["한국말로 통화했다고 나가라는 눈치를 주네요", "英語で話したら、帰れと怒鳴られました", "もう一度、職員に無視されました",
     "日本語で、受付の人にばかにされた"],
)  # fmt: skip
def test_what_complains_is_no_wish_although_it_begins_like_one(shipped: KnowledgeBase, text: str) -> None:
    talk = Conversation(RESIDENT, OPEN, given=(Given("book-cancel", 2),))
    assert understood(talk, text, Snapshot(OPEN), shipped) is None


def test_every_wish_has_phrases_in_five_languages(shipped: KnowledgeBase) -> None:
    for wish in Wish:
        assert wish in set(shipped.wishes._known.values()), wish


def test_the_facility_is_asked_for_once_kept_and_changed_by_its_name(shipped: KnowledgeBase) -> None:
    outcomes, said = talked(
        shipped,
        OpenEntry("reg-how"),
        ChooseFacility(),
        PickFacility("azabu-centre"),
        "じゃあ赤坂は？",
        OpenEntry("book-pay"),
    )
    assert pressed(outcomes[0], ChooseFacility)
    assert len(pressed(outcomes[1], PickFacility)) == 8
    assert "03-3583-5487" in said[2]
    assert "03-5413-2711" in said[3]
    assert "03-3583-5487" not in said[3]
    assert not pressed(outcomes[4], ChooseFacility)
    answer = shipped.answer("book-pay", Language.JA, OPEN.date(), "akasaka-centre")
    assert answer is not None
    assert said[4] == answer.text


def test_who_has_not_decided_is_not_asked_again(shipped: KnowledgeBase) -> None:
    outcomes, said = talked(
        shipped, OpenEntry("reg-how"), ChooseFacility(), PickFacility(), OpenEntry("reg-how")
    )
    assert not pressed(outcomes[3], ChooseFacility)
    assert said[3] == said[0]


@pytest.mark.parametrize(
    ("text", "facility"),
    [("赤坂で登録したい", "akasaka-centre"), ("あざぶは？", "azabu-centre"), ("赤坂じゃなくて麻布で", "azabu-centre"),
     ("what about Takanawa?", "takanawa-centre"),
     ("高轮呢", "takanawa-centre"), ("아자부는요?", "azabu-centre"), ("スポーツセンターの電話", "sports-centre"),
     ("赤坂に住んでいます", ""), ("南麻布のジム", ""),
     ("赤坂見附の駅", ""), ("芝浦と台場", "")],
)  # fmt: skip
def test_a_place_is_a_facility_only_where_it_is_used_as_one(
    shipped: KnowledgeBase, text: str, facility: str
) -> None:
    assert shipped.facilities.named(text) == facility
