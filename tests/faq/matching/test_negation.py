"""What a message refuses is not part of its question; a fact or concession is not a refusal."""

from __future__ import annotations

import pytest

from faq.matching.match import Kind
from faq.matching.negation import affirmed
from faq.matching.search import FORBIDDEN
from tests.small_faq import base

REFUSED = {
    "団体はいやなので一人で登録したい": "一人で登録したい",
    "個人ではなく団体で登録したい": "団体で登録したい",
    "個人でなくて、団体で登録": "団体で登録",
    "登録したいのですが団体ではなく個人で": "登録したいのですが 個人で",
    "団体登録ではなく個人で": "個人で 登録",
    "団体の登録のほうじゃなくて個人の登録がしたい": "個人の登録がしたい",
    "みんなで登録するのではなく一人で使いたい": "一人で使いたい",
    "飲み会じゃなく会議で使いたい": "会議で使いたい",
    "申し込みではなくて取り消しをしたい": "取り消しをしたい",
    "団体やのうて個人で登録したいねん": "個人で登録したいねん",
    "だんたいじゃなくてこじんでとうろくしたい": "こじんでとうろくしたい",
    "窓口に行きたくないのでネットで登録したい": "ネットで登録したい",
    "団体登録はしたくないから一人で登録したい": "一人で登録したい",
    "駐車場はいらないので会議室だけ予約したい": "会議室だけ予約したい",
    "赤坂以外の区民センターを使いたい": "ほかの区民センターを使いたい",
    "現金以外で支払いたい": "ほかで支払いたい",
    "I want to register alone, not as a group": "I want to register alone",
    "register not as an individual but as a group": "register as a group",
    "Can I register online instead of going to the counter": "Can I register online",
    "I don't want a group registration, I want an individual one": "I want an individual one",
    "我不是要预约，是要取消": "要取消",
    "不想以团体登记，想一个人登记": "想一个人登记",
    "想用個人登記，而不是團體": "想用個人登記",
    "不要团体，要个人登记": "要个人登记",
    "除了赤坂以外的区民中心": "其他区民中心",
    "단체 말고 개인으로 등록하고 싶어요": "개인으로 등록하고 싶어요",
    "단체 등록이 아니라 개인 등록을 하고 싶어요": "개인 등록을 하고 싶어요",
    "단체는 싫고 혼자 등록하고 싶어요": "혼자 등록하고 싶어요",
    "현금 대신 카드로 내고 싶어요": "카드로 내고 싶어요",
    "아카사카 이외의 구민센터": "다른 구민센터",
}
KEPT = (
    "区民ではなくても登録できますか",
    "本人じゃなくてもいい?",
    "個人じゃなくていいですか",
    "登録だけでなく予約もしたい",
    "先月引っ越して港区民ではなくなりましたが、職場は今も虎ノ門です",
    "区民じゃないけど登録できますか",
    "団体じゃないと登録できませんか",
    "区民以外でも登録できますか",
    "本人以外の人が申請できますか",
    "マイナンバーの情報を残したくないので削除したい",
    "カードはもういらないので返したい",
    "本人確認は嫌なので、それなしで登録したい",
    "登録は嫌なので登録なしで使いたい",
    "団体はいやです",
    "団体ではなくて",
    "I'm not a resident but can I register",
    "the mail did not arrive but I registered",
    "can my colleague apply instead of me",
    "I don't want my data kept, how do I delete it",
    "not only me but my family",
    "不是港区居民可以使用吗",
    "是不是要登记，是在哪里",
    "不想用了怎么注销",
    "除了登记之外还需要什么",
    "주민이 아니라서 등록이 안 되나요",
    "등록뿐만 아니라 예약도",
    "엄마 대신 신청할 수 있나요",
)


@pytest.mark.parametrize(("text", "asked"), REFUSED.items())
def test_what_is_refused_is_read_out(text: str, asked: str) -> None:
    assert affirmed(text) == asked
    assert affirmed(asked) == asked


@pytest.mark.parametrize("text", KEPT)
def test_a_fact_a_concession_or_the_matter_itself_stays(text: str) -> None:
    assert affirmed(text) == text


def test_a_forbidden_word_that_is_refused_forbids_nothing() -> None:
    ruled = base(("entries/ponds.yaml", "    sources: [ZZ]\n", "    forbids: [模型]\n    sources: [ZZ]\n"))

    def blocked(text: str) -> str:
        return next(m.blocked for m in ruled.search(text).matches if m.id == "swan-register")

    assert blocked("模型の白鳥ボート 登録") == FORBIDDEN
    assert blocked("模型ではなく白鳥ボート 登録") == ""


DECOY = (
    "entries/_common.yaml",
    "    subject: {ja: 天気, en: Weather}\n",
    "    subject: {ja: 天気, en: Weather}\n    any: [[天気]]\n    unless: [登録]\n",
)


def test_a_decoys_words_yield_to_words_that_make_the_matter_ours() -> None:
    ruled = base(DECOY)
    assert [(m.kind, m.id, m.score) for m in ruled.search("池の天気").matches] == [
        (Kind.DECOY, "weather", 1.0)
    ]
    assert ruled.finder.words_decide("池の天気")
    assert ruled.search("天気で登録は変わる?").matches[0].evidence
    assert not ruled.finder.words_decide("天気で登録は変わる?")


def test_a_decoy_that_is_refused_is_not_certain_but_an_emergency_that_is_refused_is() -> None:
    ruled = base(DECOY)
    assert ruled.search("天気じゃなくて白鳥ボートの値段").matches[0].evidence
    assert ruled.search("火事じゃなくて白鳥ボートの値段").reply == "call-119"
