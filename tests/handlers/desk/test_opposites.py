"""Two replies that cannot both be right, or a figure that contradicts the entry, are held; right replies never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SystemClock
from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.desk.opposites import opposites
from handlers.model.snapshot import Author, Message
from tests.small_faq import TOKYO, knowledge

SMALL = knowledge()


def held(*lines: str, about: tuple[str, ...] = (), base: KnowledgeBase = SMALL) -> list[str]:
    """The codes of the last line's faults after the earlier lines; a line beginning with 住民: is the resident's."""
    story = [
        Message(1, Author.RESIDENT, line.removeprefix("住民:"))
        if line.startswith("住民:")
        else Message(1, Author.STAFF, line, "花子", f"-1:{number}")
        for number, line in enumerate(lines[:-1])
    ]
    return [fault.code for fault in opposites(lines[-1], "-1:99", about, story, base)]


@pytest.mark.parametrize(
    "lines",
    [
        ("無料です", "500円です"),
        ("登録料は5,000円です", "無料です"),
        ("登録料は無料です。", "登録料は500円です。"),
        ("登録の料金は500円です", "登録料金は８００円です"),
        ("料金は1万円です", "料金は1,000円です"),
        ("はい、無料です", "いいえ、300円です"),
        ("印鑑は必要です", "印鑑は不要です"),
        ("印鑑は、必要ありません。よろしくお願いします。", "印鑑は要ります"),
        ("オンラインの登録はできます", "オンラインの登録はできません"),
        ("駐車場はありません", "駐車場はあります"),
        ("古いカードは使えます", "古いカードは使えません"),
        ("有効期限は3年です", "有効期間は5年です"),
        ("登録の有効期限は3年です", "登録の期限は2年です"),
        ("締め切りは12月5日です", "締め切りは12月15日です"),
    ],
)
def test_two_replies_that_cannot_both_be_right_are_held(lines: tuple[str, ...]) -> None:
    assert held(*lines) == ["opposite"]


def test_what_the_entry_states_otherwise_is_held(shipped: KnowledgeBase) -> None:
    for text, entry in (
        ("有効期限は10年", "reg-validity"),
        ("登録の有効期限は10年です。よろしくお願いします。", "reg-validity"),
        ("登録料は5,000円です", "reg-fee"),
        ("区民センターの登録料は300円です。", "reg-fee"),
    ):
        assert held(text, about=(entry,), base=shipped) == ["figure"], text
    for text, entry in (
        ("有効期限は3年です", "reg-validity"),
        ("登録団体の期間は3年度です", "reg-validity"),
        ("登録料は無料です", "reg-fee"),
        ("コピー代は10円です", "reg-fee"),
        ("リーブラの登録料は500円です", "reg-fee"),
        ("審査は10日です", "reg-validity"),
    ):
        assert held(text, about=(entry,), base=shipped) == [], text


def test_a_correction_that_says_so_and_an_edit_of_the_same_message_pass() -> None:
    assert held("無料です", "訂正です。500円です") == []
    assert held("無料です", "すみません、500円です") == []
    story = [Message(1, Author.STAFF, "無料です", "花子", "-1:7")]
    assert opposites("500円です", "-1:7", (), story, SMALL) == ()


RIGHT = """
登録は無料です。|部屋の使用料は別にかかります。
登録料は無料です|コピー代は10円です
無料です|コピーは10円です
無料です|住民:会議室はいくらですか|1時間500円です
無料です|住民:会議室は|500円です
平日は500円です|土曜日は800円です
第1会議室は1,200円です|第2会議室は900円です
大人は300円です|子どもは100円です
午前は500円です|夜間は900円です
500円です。ただし土日は800円です|土日は800円です
印鑑は必要です|通帳は不要です
個人の登録は必要です|団体の登録は不要です
予約はできます|電話での予約はできません
予約はできます|住民:麻布もですか|予約はできません
駐車場はありません|駐輪場はあります
駐車場はありません|近くに有料の駐車場があります
スマートフォンは使えます|古い画面は使えません
有効期限は3年です|更新は1か月前からです
一般の登録は3年です|登録団体は3年度です
個人登録の期限は3年です|団体登録の期限は1年です
締め切りは12月5日です|結果の発表は12月10日です
申し込みは12月1日です|締め切りは12月5日です
返金は30日です|停止は60日です
停止は30日です|無断のときは60日です
3年です|住民:団体は?|3年度です
必要です|不要です
はい|いいえ
できます|いまはできません
10人以上です|7割以上です
9時からです|20時までです
受付は20時までです|建物は21時30分までです
8時30分に開きます|17時に閉まります
1か月に8区分までです|14日前からは制限がありません
お待たせしました。確認します|確認しました。登録は無料です
登録は無料です|使用料は、部屋と時間によって違います
登録は無料です|使用料は確認して、のちほどお知らせします
カードは必要です|カードのコピーは不要です
本人確認は必要です|本人確認書類のコピーは必要ありません
保険証は使えます|期限の切れた保険証は使えません
免許証は使えます|名刺だけは使えません
オンラインでもできます|窓口でもできます
土曜日の予約はできます|日曜日の予約はできません
10日ほどかかります|早ければ3日です
審査は7日です|連絡は3日です
1年です|住民:では学生は|2年です
使用料は当日払いです|キャンセル料はありません
キャンセル料はありません|予約の制限はあります
抽選は必要です|空き予約は不要です
代理の申請はできません|家族の同席はできます
一人での利用はできます|二人での利用はできません
赤坂は無料です|スポーツセンターは500円です
登録証は無料です|再発行は200円です
更新料は無料です|再発行の手数料は200円です
先着順ではありません|抽選です
休館日は12月29日です|開館日は1月4日です
電話は不要です|メールは必要です
メールは届きます|SMSは届きません
ロッカーは100円です|返却後は無料です
500円です|1,000円札は使えます
無料です|無料です
登録料は500円です|登録料は500円です
登録料は5,000円です|登録料は5000円です
有効期限は3年です|有効期限は3年間です
印鑑は不要です|印鑑は、いりません
""".strip().splitlines()


def test_right_replies_are_never_held(shipped: KnowledgeBase) -> None:
    assert len(RIGHT) >= 60
    found = {line: codes for line in RIGHT if (codes := held(*line.split("|"), base=shipped))}
    assert found == {}


def test_no_entry_is_held_against_itself_or_after_any_other(shipped: KnowledgeBase) -> None:
    answers = {
        entry: answer.text
        for entry in shipped.entries
        if (answer := shipped.answer(entry, Language.JA, SystemClock(TOKYO).now().date())) is not None
    }
    assert {entry for entry, text in answers.items() if held(text, about=(entry,), base=shipped)} == set()
    assert held(*answers.values(), base=shipped) == []


@given(
    st.lists(st.text(alphabet="登録料は無500円です。、12月日年できますせん必要不", max_size=60), max_size=4),
    st.text(max_size=200),
)
def test_no_text_breaks_it(earlier: list[str], text: str) -> None:
    held(*earlier, text)
