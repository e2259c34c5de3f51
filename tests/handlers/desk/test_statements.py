"""Two replies about days, times, numbers or facts that cannot both be right are held; additions never are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.knowledge import KnowledgeBase
from handlers.desk.opposites import opposites
from handlers.model.snapshot import Author, Message
from tests.small_faq import knowledge

SMALL: KnowledgeBase = knowledge()


def held(*lines: str) -> bool:
    """Whether the last line is held after the others; a line beginning with 住民: is the resident's."""
    story = [
        Message(1, Author.RESIDENT, line.removeprefix("住民:"))
        if line.startswith("住民:")
        else Message(1, Author.STAFF, line, "花子", f"-1:{number}")
        for number, line in enumerate(lines[:-1])
    ]
    return bool(opposites(lines[-1], "-1:99", (), story, SMALL))


TIMES = """
利用時間は9時からです|10時からです
利用時間は9時からです|利用時間は10時からです
ご利用時間は9時からです。|利用時間は、10時からになります。
利用の時間は９時からです|ご利用時間は10:00からです
開館時間は8時30分からです|開館時間は9時からです
開館時間は8時半からです|8時からです
受付は17時までです|受付は18時までです
受付は17時までです|16時半までです
受付は午後5時までです|受付は午後4時までです
受付は午後5時までです|受付は16時までです
9時からです|10時からです
9時から17時までです|10時から17時までです
9時から17時までです|9時から18時までです
受付は9時〜17時です|受付は9時〜18時です
説明会は14時からです|説明会は15時からです
9時に来てください|10時に来てください
午前9時にお越しください|午前10時に来てください
9:00に来てください|９：３０に来てください
窓口は9時に開きます|窓口は10時に開館します
窓口は17時に閉まります|窓口は18時に閉まります
お待たせしました。9時からです。|ご確認ありがとうございます。10時からです。よろしくお願いします。
利用時間は9時からです|住民:ありがとうございます|10時からです
利用時間は9時からです|住民:分かりました|利用時間は10時からです
"""
DAYS = """
月曜日に来てください|火曜日に来てください
月曜に来てください|火曜日にお越しください
月曜日に来てください。|火曜日においでください。
月曜の9時に来てください|火曜の10時に来てください
月曜の9時に来てください|月曜の10時に来てください
月曜日の午前9時にお越しください。|火曜日の午前10時に来てください。
月曜日の9時に来てください|9時半に来てください
来週の月曜日に来てください|来週の水曜日に来てください
今週の金曜日に来てください|来週の金曜日に来てください
12月5日に来てください|12月6日に来てください
12月5日に来てください|12/6に来てください
5日に来てください|6日に来てください
12月5日にお越しください|7日に来てください
明日来てください|あさって来てください
明日お越しください|今日来てください
締め切りは12月5日です|締め切りは12月15日です
締め切りは5日です|締め切りは10日です
説明会は月曜日です|説明会は火曜日です
説明会は月曜の9時からです|説明会は火曜の10時からです
休館日は月曜日です|休館日は火曜日です
結果の発表は20日です|結果の発表は25日です
申し込みは10月1日からです|申し込みは11月1日からです
申し込みは10月1日からです|11月1日からです
月曜日に来てください|火曜日です
月曜日に来てください|住民:はい|火曜日に来てください
お待たせしました。月曜日に来てください。お待ちしています。|確認しました。火曜日に来てください。よろしくお願いします。
"""
NUMBERS = """
窓口は3階です|窓口は4階です
窓口は3階です|2階です
受付は2番窓口です|受付は3番窓口です
部屋は101号室です|部屋は102号室です
定員は10人です|定員は20名です
申し込みは1人2枚までです|申し込みは1人3枚までです
予約は3日前までです|予約は7日前までです
予約は1か月前からです|予約は2か月前からです
書類は2部です|書類は3部です
抽選は月2回です|抽選は月3回です
"""
SO_OR_NOT = """
予約できます|予約できません
ご予約いただけます|予約はできません
予約は可能です|予約できません
予約可能です|ご予約はいただけません
予約はできます|予約は不可です
予約できます。|申し訳ないのですがとは言わず、予約できません。|-
予約はできません|予約できます
電話での予約はできます|電話での予約はできません
利用できます|ご利用いただけません
ご利用いただけます|利用はできかねます
キャンセルできます|キャンセルはお受けできません
印鑑は必要です|印鑑は不要です
印鑑が必要です|印鑑は要りません
印鑑は必要です|印鑑はなくて大丈夫です
本人確認は必須です|本人確認は必要ありません
古いカードは使えます|古いカードは使えません
駐車場はあります|駐車場はありません
更衣室があります|更衣室はありません
日曜日は開いています|日曜日は休館です
月曜日はお休みです|月曜日は開館しています
メールは届きます|メールは届きません
控室に入れます|控室に入れません
ここは会議室です|ここは会議室ではありません
見学の申し込みを受け付けています|見学の申し込みは受け付けていません
団体の登録は受け付けます|団体の登録はお断りしています
"""
BOTH_RIGHT = """
利用時間は9時からです|利用時間は9時からです
利用時間は9時からです|ご利用時間は9:00からです
受付は17時までです|受付は午後5時までです
受付は5時までです|受付は17時までです
利用時間は9時からです|利用時間は17時までです
利用時間は9時からです|17時までです
利用時間は9時からです|受付は10時からです
利用時間は9時からです|土曜日は10時からです
平日は9時からです|土日は10時からです
午前は9時からです|午後は13時からです
第1会議室は9時からです|第2会議室は10時からです
利用時間は9時からです|住民:受付は何時からですか|10時からです
利用時間は9時からです|住民:土曜は|10時からです
利用時間は9時からです|訂正です。10時からです
利用時間は9時からです|先ほどの案内は誤りで、10時からです
利用時間は9時からです|早ければ10時からです
窓口は9時に開きます|窓口は17時に閉まります
9時に来てください|10時に始まります
9時に来てください|10時にも来てください
9時に来てください|10時でも大丈夫です
月曜日に来てください|月曜日にお越しください
月曜に来てください|月曜日の9時に来てください
月曜日の9時に来てください|9時に来てください
来週の月曜日に来てください|月曜日に来てください
月曜日に来てください|難しければ火曜日に来てください
月曜日に来てください|火曜日も大丈夫です
月曜日に来てください|火曜日でも構いません
月曜日に来てください|火曜日に結果をお知らせします
月曜日に来てください|その後、火曜日に来てください
月曜日に来てください|次に火曜日に来てください
月曜日に来てください|月曜日が無理なら火曜日に来てください
月曜日か火曜日に来てください|火曜日に来てください
月曜日と水曜日に来てください|水曜日に来てください
月曜日に来てください。火曜日にも開いています。|火曜日に来てください
月曜日は満員でした。火曜日に来てください|火曜日に来てください
月曜日に来てください|月曜日は満員になりました。火曜日に来てください
月曜日に来てください|住民:月曜は行けません|火曜日に来てください
12月5日に来てください|5日に来てください
12月5日に来てください|12/5に来てください
締め切りは12月5日です|結果の発表は12月10日です
申し込みは10月1日からです|申し込みは10月31日までです
説明会は月曜日です|見学は火曜日です
明日来てください|明日お越しください
明日来てください|あさってお返事します
窓口は3階です|会議室は4階です
窓口は3階です|エレベーターは1階にあります
定員は10人です|定員は10名です
受付は2番窓口です|お支払いは3番窓口です
予約は3日前までです|取り消しは7日前までです
予約は1か月前からです|団体の予約は2か月前からです
抽選は月2回です|申し込みは1人1回です
予約できます|電話では予約できません
予約できます|当日は予約できません
予約できます|いまは予約できません
予約できます|まだ予約できません
予約できます|日曜日は予約できません
予約できます|予約は3日前までです
予約できます|取り消しはできません
予約できます|予約の変更はできません
予約できます|ご予約いただけます
予約はできません|住民:麻布は|予約できます
予約できます|満員の場合は予約できません
予約できません|空きが出たら予約できます
団体は予約できます|個人は予約できません
利用できます|飲食はできません
印鑑は必要です|印鑑が必要です
印鑑は必要です|通帳は不要です
印鑑は必要です|シャチハタは使えません
カードは必要です|カードのコピーは不要です
駐車場はありません|近くの駐車場はあります
駐車場はありません|駐輪場はあります
日曜日は開いています|月曜日は休館です
日曜日は開いています|日曜日は9時からです
メールは届きます|SMSは届きません
控室に入れます|会議室には入れません
確認します|確認しました
担当の者が見ます|担当の者は今日いません
お電話ください|お電話は10時から17時までです
予約できますか|予約できません
9時からです|9時からでよろしいですか
登録はできます。ただし審査に10日かかります|審査は10日です
書類は2部です|書類は窓口にあります
来週お知らせします|明日お知らせします
必要です|不要です
できます|いまはできません
3年です|3年度です
金曜日までにお返事します|木曜日に確認しました
1階の受付に来てください|受付は1階です
"""


def lines(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("|")) for line in table.strip().splitlines() if not line.endswith("|-")]


def test_the_tables_are_long_enough() -> None:
    assert len(lines(TIMES) + lines(DAYS)) >= 40
    assert len(lines(NUMBERS) + lines(SO_OR_NOT)) >= 30
    assert len(lines(BOTH_RIGHT)) >= 80


@pytest.mark.parametrize(
    "table", [TIMES, DAYS, NUMBERS, SO_OR_NOT], ids=["times", "days", "numbers", "so or not"]
)
def test_two_replies_that_cannot_both_be_right_are_held(table: str) -> None:
    assert [pair for pair in lines(table) if not held(*pair)] == []


def test_what_may_both_be_right_is_never_held() -> None:
    assert [pair for pair in lines(BOTH_RIGHT) if held(*pair)] == []


SUBJECTS = ("", "利用時間は", "受付は", "第1会議室は", "説明会は", "夜間の利用は", "窓口が")
SLOTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hours": (
        tuple(f"{hour}時" for hour in range(8, 20)),
        ("からです", "までです", "から始まります", "に来てください"),
    ),
    "days": (
        tuple(f"{day}曜日" for day in "月火水木金土日"),
        ("です", "に来てください", "にお越しください", "までです"),
    ),
    "dates": (
        tuple(f"12月{day}日" for day in range(1, 28)),
        ("です", "からです", "までです", "に来てください"),
    ),
    "floors": (tuple(f"{floor}階" for floor in range(1, 9)), ("です", "にあります")),
}


@given(st.data())
def test_one_sentence_with_two_values_is_held_and_with_one_value_is_not(data: st.DataObject) -> None:
    values, endings = SLOTS[data.draw(st.sampled_from(sorted(SLOTS)))]
    subject, ending = data.draw(st.sampled_from(SUBJECTS)), data.draw(st.sampled_from(endings))
    one, other = data.draw(st.sampled_from(values)), data.draw(st.sampled_from(values))
    first, second = f"{subject}{one}{ending}", f"{subject}{other}{ending}"
    assert held(first, second) is (one != other and not _twelve_apart(one, other)), (first, second)
    another = data.draw(st.sampled_from([s for s in SUBJECTS if s and s != subject]))
    assert not held(first, f"{another}{other}{ending}")
    assert not held(first, "住民:ほかの日はどうですか", second)
    assert not held(first, f"訂正です。{second}")


def _twelve_apart(one: str, other: str) -> bool:
    """8時 and 20時 may mean the same time."""
    if not (one.endswith("時") and other.endswith("時")):
        return False
    return abs(int(one[:-1]) - int(other[:-1])) == 12


@given(
    st.lists(
        st.text(
            alphabet="月火曜日の9時10分からまで12/5に来てくださいできません予約はが、。階人", max_size=80
        ),
        max_size=4,
    )
)
def test_no_text_breaks_it(texts: list[str]) -> None:
    held(*texts, "".join(texts))


@pytest.mark.parametrize(
    "piece", ["月曜日の9時に", "1月1日", "できません", "の", "はが", "9時から", "予約は", "ありま"]
)
def test_a_long_text_costs_in_proportion(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        begun = time.process_time()
        held(text, text + "です")
        return time.process_time() - begun

    cost(200)
    short, long = min(cost(2000) for _ in range(3)), min(cost(8000) for _ in range(3))
    assert long < max(8 * short, 0.25)
