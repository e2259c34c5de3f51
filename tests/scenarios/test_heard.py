"""Danger and complaints with the shipped FAQ: messages of a writer not used for training, and their stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load
from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Complaint
from handlers.model.buttons import AskPerson, ForWard, KeepAnonymous, LetFacilityRead, NoDanger
from handlers.model.events import Edited, SentMedia
from handlers.model.tickets import Desk, Holder, Status, Ticket
from handlers.preview import decide_alone
from tests.one_talk import Talk
from tests.small_faq import OPEN

HEARD, TAKEN = 0.95, 0.1
"""Measured with the shipped weights: 149 of 156 dangers heard, 18 of 184 others taken for one; less is a regression."""
UNASKED, TO_WARD = 0.03, 0.05
"""Measured: 3 of 140 complaints, 2 of 154 look-alikes."""
HERE = Path(__file__).parent.parent / "data"
NIGHT = OPEN + timedelta(hours=13)


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return OfflineKnowledge(load(None)).knowledge


def labelled(name: str) -> list[tuple[str, str, str]]:
    """Label, style and text of every message."""
    rows = [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    return [(label, style, text.replace("\\n", "\n")) for label, _, style, text in rows]


def share(found: Sequence[bool]) -> float:
    return sum(found) / len(found)


def test_danger_is_heard_in_the_words_of_others_and_figures_of_speech_are_not(
    knowledge: KnowledgeBase,
) -> None:
    rows = labelled("danger-judged.tsv")
    heard = [bool(knowledge.hear(text).danger) for label, _, text in rows if label != "none"]
    taken = [bool(knowledge.hear(text).danger) for label, _, text in rows if label == "none"]
    assert len(heard) >= 150
    assert share(heard) >= HEARD
    assert share(taken) <= TAKEN


def test_no_complaint_of_others_goes_to_the_facility_unasked_and_few_look_alikes_to_the_ward(
    knowledge: KnowledgeBase,
) -> None:
    rows = labelled("complaint-judged.tsv")
    levels = {
        sort: Counter(knowledge.hear(text).complaint for label, _, text in rows if (label == "none") is quiet)
        for sort, quiet in (("complaints", False), ("look-alikes", True))
    }
    complaints, others = levels["complaints"], levels["look-alikes"]
    assert complaints[Complaint.NO] <= UNASKED * complaints.total()
    assert others[Complaint.SURE] <= TO_WARD * others.total()


FIRST = {
    "死にたい": "命が危ないときは、いますぐ119",
    "もう消えてしまいたいです": "命が危ないときは、いますぐ119",
    "ロビーで人が倒れて息をしていません": "いますぐ119",
    "けがをした": "いますぐ119",
    "廊下から煙が出ています": "いますぐ119",
    "体育館の天井が落ちてきて下敷きになった人がいます": "いますぐ119",
    "更衣室で知らない男に殴られました": "いますぐ110",
    "隣の部屋の子が毎日たたかれています": "子どもの命が危ないときは、いますぐ110",
    "I want to kill myself": "If a life is in danger, call 119",
    "a man with a knife is in the lobby": "Call 110",
    "有人晕倒了": "请立即拨打119",
    "我不想活了": "有生命危险时，请立即拨打119",
    "불이 났어요 연기가 심해요": "지금 바로 119",
    "죽고 싶어요": "목숨이 위험하면 지금 바로 119",
}


@pytest.mark.parametrize(("text", "begins"), FIRST.items())
def test_numbers_to_call_come_first_and_nothing_comes_after_them(
    text: str, begins: str, knowledge: KnowledgeBase
) -> None:
    for at in (OPEN, NIGHT):
        talk = Talk(knowledge, at=at)
        answer = talk.says(text)
        assert answer.startswith(begins)
        assert "職員" not in answer
        assert "人が読みます" not in answer
        assert talk.buttons == [NoDanger()]


def test_lines_for_distress_are_named_with_hours_and_source(knowledge: KnowledgeBase) -> None:
    answer = Talk(knowledge).says("もう生きていたくない")
    for part in (
        "0120-279-338",
        "24時間",
        "0120-061-338",
        "受付時間は確認できていません",
        "出典",
        "mamorouyokokoro",
    ):
        assert part in answer
    assert "0120-783-556" not in answer


@pytest.mark.parametrize(
    "text",
    [
        "死ぬほど忙しいので予約を変更したい",
        "抽選に外れて死んだ",
        "AEDはどこにありますか",
        "避難訓練で部屋を使いたい",
    ],
)
def test_a_figure_of_speech_is_answered_as_what_it_asks(text: str, knowledge: KnowledgeBase) -> None:
    assert not knowledge.hear(text).danger


@pytest.mark.parametrize("status", [Status.OPEN, Status.CLAIMED, Status.RESOLVED])
def test_danger_in_a_case_is_answered_alone_and_the_desk_has_the_words(
    status: Status, knowledge: KnowledgeBase
) -> None:
    talk = Talk(knowledge)
    talk.ticket = Ticket(
        7,
        "r:1",
        status,
        Language.JA,
        "登録のこと",
        "asked",
        (),
        OPEN,
        OPEN,
        holder=Holder("tg:8", "花子"),
    )
    answer = talk.says("死にたい")
    assert answer.startswith("命が危ないときは")
    assert "受付番号" not in answer
    assert "死にたい" in talk.shown
    assert "119" in talk.shown
    assert [m.text for m in talk.last.messages] == ["死にたい"]


def test_danger_is_heard_in_edits_captions_and_at_the_end_of_a_letter(knowledge: KnowledgeBase) -> None:
    edited = Talk(knowledge).happens(Edited(id="e", resident="r:1", text="死にたい"))
    assert edited.startswith("命が危ないときは")
    media = SentMedia(id="m", resident="r:1", kind="photo", caption="人が倒れて息をしていません", place="1:2")
    assert Talk(knowledge).happens(media).startswith("いますぐ119")
    letter = "区民センターの登録についておたずねします。" * 120 + "\nもう死にたいです。"
    assert Talk(knowledge).says(letter).startswith("命が危ないときは")


def test_one_tap_answers_the_question_where_nobody_is_in_danger(knowledge: KnowledgeBase) -> None:
    talk = Talk(knowledge)
    talk.says("死にたい 登録に必要な書類は")
    assert "119" not in talk.presses(NoDanger())


def test_words_of_a_danger_stay_for_the_person_who_is_asked_later(knowledge: KnowledgeBase) -> None:
    talk = Talk(knowledge, ward=False)
    talk.says("けがをした")
    talk.presses(AskPerson())
    assert "けがをした" in talk.shown


COMPLAINTS = [
    "受付の人にどなられました",
    "赤坂区民センターの職員の態度がひどいです",
    "外国人だからと断られました。差別だと思います",
    "窓口で住所を大声で読み上げられて恥ずかしかった",
    "何度声をかけても無視されました",
    "The staff at the counter laughed at my Japanese and refused to help me",
    "柜台的人对我大吼大叫，态度非常恶劣",
    "櫃台的職員一直無視我，態度很差",
    "직원이 소리를 지르고 무시했어요",
]


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_gets_its_entry_first_and_a_ticket_with_it_goes_to_the_ward_alone(
    text: str, knowledge: KnowledgeBase
) -> None:
    talk = Talk(knowledge)
    talk.says(text)
    record = talk.last.record
    assert record is not None
    assert record.entry == knowledge.hear(text).entry
    talk.presses(AskPerson())
    if talk.ticket is None:
        talk.presses(ForWard(0, 1))
    assert talk.ticket is not None
    assert talk.ticket.desk is Desk.WARD
    assert text in talk.shown


def test_a_complaint_anywhere_in_the_talk_takes_the_ticket_to_the_ward(knowledge: KnowledgeBase) -> None:
    talk = Talk(knowledge)
    talk.says("受付の人にどなられました")
    talk.says("ところで登録に必要な書類は何ですか")
    talk.presses(AskPerson())
    assert talk.ticket is not None
    assert talk.ticket.desk is Desk.WARD


def test_a_complaint_about_a_case_at_the_facility_takes_it_to_the_ward_before_anybody_reads_it(
    knowledge: KnowledgeBase,
) -> None:
    talk = Talk(knowledge)
    talk.says("登録に必要な書類は")
    talk.presses(AskPerson())
    assert talk.at_ward is False
    answer = talk.says("窓口の人に怒鳴られました。とても怖かったです")
    assert talk.at_ward is True
    assert "区の窓口" in answer
    assert "怒鳴られました" in talk.shown


def an_unsure_one(knowledge: KnowledgeBase) -> str:
    """A complaint that is only possible by its words, and gets no answer that would settle it."""
    for _, _, text in labelled("complaint-judged.tsv"):
        heard, decided = knowledge.hear(text), decide_alone(knowledge, text)
        if heard.complaint is Complaint.POSSIBLE and not heard.danger and decided.decision == "offer":
            return text
    raise AssertionError("none is unsure")


def test_where_it_is_not_sure_one_question_is_asked_before_anything_is_sent(knowledge: KnowledgeBase) -> None:
    unsure = an_unsure_one(knowledge)
    for yes, desk in ((1, Desk.WARD), (0, Desk.FACILITY)):
        talk = Talk(knowledge)
        talk.says(unsure)
        asked = talk.presses(AskPerson())
        assert "施設への苦情ですか。施設の職員には見せません" in asked
        assert talk.ticket is None
        assert talk.shown == ""
        talk.presses(ForWard(0, yes))
        assert talk.ticket is not None
        assert talk.ticket.desk is desk
    talk = Talk(knowledge)
    talk.says(unsure)
    talk.presses(AskPerson())
    talk.says("はい")
    assert talk.ticket is not None
    assert talk.ticket.desk is Desk.WARD


def test_unsure_words_for_a_case_at_the_facility_wait_until_the_resident_has_said(
    knowledge: KnowledgeBase,
) -> None:
    unsure = an_unsure_one(knowledge)
    for yes, desk in ((1, Desk.WARD), (0, Desk.FACILITY)):
        talk = Talk(knowledge)
        talk.says("登録に必要な書類は")
        talk.presses(AskPerson())
        assert "まだ送っていません" in talk.says(unsure)
        assert talk.shown == ""
        assert not talk.last.messages
        talk.presses(ForWard(7, yes))
        assert talk.ticket is not None
        assert talk.ticket.desk is desk
        assert [m.text for m in talk.last.messages] == [unsure]


def test_a_resident_may_stay_without_a_name_before_the_facility(knowledge: KnowledgeBase) -> None:
    talk = Talk(knowledge)
    talk.says("受付の人にどなられました")
    handed = talk.presses(AskPerson())
    assert "施設の職員には見せません" in handed
    assert KeepAnonymous(7) in talk.buttons
    talk.presses(KeepAnonymous(7))
    assert talk.ticket is not None
    assert "匿名希望" in talk.ticket.ward_tags


@pytest.mark.parametrize("text", COMPLAINTS)
def test_without_a_wards_desk_a_complaint_is_sent_only_by_who_has_heard_who_reads_it(
    text: str, knowledge: KnowledgeBase
) -> None:
    talk = Talk(knowledge, ward=False)
    talk.says(text)
    asked = talk.presses(AskPerson())
    assert talk.ticket is None
    assert "03-3578-2050" in asked
    talk.presses(LetFacilityRead(0, 1, 1))
    assert talk.at_ward is False
    assert text in talk.shown


@pytest.mark.parametrize(
    "text", ["登録に必要な書類は何ですか", "体育館の予約の変更はできますか", "how do I register a group"]
)
def test_without_a_wards_desk_a_question_goes_to_staff_without_another(
    text: str, knowledge: KnowledgeBase
) -> None:
    talk = Talk(knowledge, ward=False)
    talk.says(text)
    talk.presses(AskPerson())
    assert talk.at_ward is False
