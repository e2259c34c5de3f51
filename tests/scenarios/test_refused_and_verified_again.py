"""With the shipped FAQ: a new phone and the identity check, phones themselves, and messages that name what they
refuse.

None of these sentences is in the entries or examples used for training.
"""

from __future__ import annotations

import pytest

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load
from faq.knowledge import KnowledgeBase
from faq.matching.match import Kind
from faq.matching.normalize import fold
from handlers.decision import Decision, Verdict, decide
from handlers.model.settings import Rules

AGAIN = (
    "スマホを替えたら本人確認はもう一度ですか",
    "先週アイフォンを新しくしたんですけど、本人確認は前のままで平気でしょうか",
    "機種変更した場合、本人確認をもう一回受けることになりますか",
    "電車にスマホを忘れて見つからない。登録の本人確認はまた最初から?",
    "番号ごと変わってしまったので、本人確認は受け直しになるんでしょうか",
    "ドコモからソフトバンクに移ったら利用者登録の本人確認はどうなる",
    "きしゅへんこうしたら ほんにんかくにん またやるの",
    "楽天モバイルに替えて番号も新しい。eKYCはやり直し?",
    "アンドロイドからiPhoneにしたけどトラストドックの確認はもう一度要る?",
    "新しい携帯番号になったので登録をし直す必要がありますか",
    "I switched to a new iPhone last week. Does my identity check still count?",
    "My phone was stolen, must I go through the eKYC again?",
    "New mobile number now, do I have to repeat the identity verification?",
    "If I replace my handset, will I need to redo the verification for registration?",
    "我买了新手机，之前做的身份验证还算数吗",
    "手机丢了，登记时的本人确认需要重来一遍吗",
    "換了新手機，之前的身分確認要不要再做一次",
    "手機號碼換了，身分驗證要重新辦嗎",
    "새 휴대폰으로 바꾸면 본인확인을 또 해야 합니까",
    "휴대폰을 잃어버렸는데 등록할 때 한 본인확인을 다시 받아야 하나요",
    "전화번호가 바뀌었는데 본인인증을 다시 해야 할까요",
)
PHONES = (
    "機種変更の手続きはどこでできますか",
    "機種変更っていくらかかるの",
    "ドコモショップの予約を取りたい",
    "ソフトバンクを解約したい",
    "楽天モバイルの本人確認が通らない",
    "格安SIMに申し込んだら本人確認で落とされた",
    "スマホの画面が割れたので修理したい",
    "携帯の番号を変えたい、電話会社に言えばいい?",
    "電話会社を乗り換えるにはどうする",
    "ドコモの本人確認って何がいるの",
    "How do I transfer data to my new phone",
    "I want to switch my mobile carrier",
    "想换手机套餐",
    "手機合約想解約",
    "휴대폰 기기 변경은 어디서 하나요",
)
OURS_BESIDE = {
    "横浜市に住んでいますが登録できますか": ("reg-outside",),
    "渋谷の会社員ですが登録できますか": ("reg-outside", "reg-worker", "reg-who"),
    "ホテルで働いていますが登録できますか": ("reg-worker",),
    "目黒区民ですが借りられますか": ("reg-outside", "reg-who"),
    "新宿で働いてます。登録できる?": ("reg-worker", "reg-outside", "reg-who"),
    "品川区に住んでる。体育館使える?": ("reg-outside", "facility-sports", "reg-who"),
    "川崎の会社だけど社員研修で使える?": ("reg-company", "reg-worker", "reg-outside"),
}
"""Words that decide for a decoy in other sentences."""
REFUSED = {
    "団体はいやなので一人で登録したい": ("reg-individual-alone",),
    "グループは面倒なので自分だけで登録したいのですが": ("reg-individual-alone",),
    "サークルじゃなくて私一人の登録をお願いしたいです": ("reg-individual-alone",),
    "団体登録はしたくないから個人でやりたい": ("reg-individual-alone", "reg-type-choose"),
    "だんたいじゃなくてひとりでとうろくしたい": ("reg-individual-alone",),
    "個人ではなく、サークルとして登録する条件が知りたい": ("reg-group-requirements", "reg-group-types"),
    "一人じゃなくて会社で登録したい": ("reg-company",),
    "サークルではなく企業の名義で申し込むには": ("reg-company",),
    "予約を取りたいんじゃなくて、取った予約のキャンセルです": ("book-cancel",),
    "日程の変更ではなく取消をしたい": ("book-cancel",),
    "キャンセルじゃなくて日にちを変えたいんです": ("book-change",),
    "減免ではなく返金について聞きたい": ("book-refund",),
    "IDではなくパスワードを忘れました": ("reg-password",),
    "パスワードじゃなくて利用者番号がわからない": ("reg-id",),
    "窓口に行きたくないのでネットで登録したい": ("reg-online",),
    "ネットではなく窓口で登録したいけど何時までですか": ("reg-where-hours",),
    "区民センターじゃなくてスポーツセンターの使い方": ("facility-sports",),
    "赤坂ではなくリーブラの利用方法を教えて": ("facility-libra",),
    "麻布じゃなくて赤坂区民センターへの行き方": ("facility-akasaka",),
    "公園ではなく学校の体育館を借りたい": ("facility-school",),
    "アプリの消し方じゃなくて、送った個人情報を消してほしい": ("ekyc-delete-data",),
    "データの削除ではなくアプリを消したいだけ": ("ekyc-delete-app",),
    "マイナカード以外で身元を確認してもらうには": ("ekyc-documents",),
    "カード以外で払える?": ("book-pay",),
    "赤坂以外の区民センターに行きたい": ("facility-other-centres",),
    "抽選以外で部屋を取る方法": ("book-how", "book-when"),
    "Not as an individual but as a company, how do we register?": ("reg-company",),
    "I want to apply online instead of going to the counter": ("reg-online",),
    "I don't want to change my booking, I want to cancel it": ("book-cancel",),
    "不是改日期，是要取消预约": ("book-cancel",),
    "不是忘了用户编号，而是忘了密码": ("reg-password",),
    "我不想用团体的名义，只想自己一个人登记": ("reg-individual-alone", "reg-type-choose"),
    "不要團體登記，想用個人登記": ("reg-individual-alone", "reg-type-choose"),
    "不是要取消，是想改預約的日期": ("book-change",),
    "단체가 아니라 혼자서 등록하고 싶습니다": ("reg-individual-alone",),
    "취소 말고 예약 날짜를 바꾸고 싶어요": ("book-change",),
    "창구에 가기 싫어서 인터넷으로 등록하고 싶어요": ("reg-online",),
}
NOT_REFUSED = {
    "港区民じゃなくても登録はできるの": ("reg-outside", "reg-who"),
    "代理じゃなくて本人でないといけませんか": ("reg-proxy",),
    "I'm not a resident but I work here, can I register": ("reg-worker", "reg-outside", "reg-who"),
    "不是港区的居民，能登记吗": ("reg-outside", "reg-who"),
    "구민이 아니라도 등록할 수 있나요": ("reg-outside", "reg-who"),
}


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return OfflineKnowledge(load(None)).knowledge


def decided(knowledge: KnowledgeBase, text: str) -> Decision:
    return decide(knowledge.search(text), knowledge.thresholds, Rules())


def entries(knowledge: KnowledgeBase, text: str) -> list[str]:
    return [match.id for match in decided(knowledge, text).entries]


def test_no_sentence_is_learnt_from(knowledge: KnowledgeBase) -> None:
    learnt = {fold(phrasing.text) for phrasing in knowledge.phrasings}
    learnt |= {fold(example.text) for example in knowledge.examples}
    own = (*AGAIN, *PHONES, *OURS_BESIDE, *REFUSED, *NOT_REFUSED)
    assert [text for text in own if fold(text) in learnt] == []


def test_after_a_new_phone_or_number_the_entry_on_verifying_again_is_answered_or_offered(
    knowledge: KnowledgeBase,
) -> None:
    missed = {text: found for text in AGAIN if "ekyc-redo" not in (found := entries(knowledge, text))}
    assert len(missed) <= 0.15 * len(AGAIN), missed
    at_once = sum(decided(knowledge, text).verdict is Verdict.ANSWER for text in AGAIN)
    assert at_once >= 0.5 * len(AGAIN)


def test_the_phone_itself_is_not_ours(knowledge: KnowledgeBase) -> None:
    found = {text: decided(knowledge, text) for text in PHONES}
    offered = [text for text, decision in found.items() if decision.entries]
    named = [text for text, d in found.items() if d.courtesy is not None and d.courtesy.kind is Kind.DECOY]
    assert not [text for text in offered if found[text].verdict is Verdict.ANSWER]
    assert len(offered) <= 0.1 * len(PHONES), offered
    assert len(named) >= 0.75 * len(PHONES), set(PHONES) - set(named)


def test_who_names_a_town_or_an_employer_and_asks_for_registration_is_ours(knowledge: KnowledgeBase) -> None:
    missed = [text for text, right in OURS_BESIDE.items() if not set(entries(knowledge, text)) & set(right)]
    assert len(missed) <= 0.15 * len(OURS_BESIDE), missed


def test_what_is_asked_comes_first_and_not_what_is_refused(knowledge: KnowledgeBase) -> None:
    wrong = {
        text: found
        for text, right in REFUSED.items()
        if not (found := entries(knowledge, text)) or found[0] not in right
    }
    assert wrong == {}


def test_not_being_something_is_no_refusal(knowledge: KnowledgeBase) -> None:
    for text, right in NOT_REFUSED.items():
        assert set(entries(knowledge, text)) & set(right), text


def test_the_answer_on_verifying_again_speaks_of_phones_and_claims_nothing(knowledge: KnowledgeBase) -> None:
    for words in knowledge.entries["ekyc-redo"].first.values():
        told = words.lower()
        assert any(
            phone in told
            for phone in ("電話番号", "電話番号(でんわばんごう)", "phone", "电话号码", "電話號碼", "전화번호")
        )
        assert any(
            sign in told
            for sign in (
                "確認できません",
                "わかりませんでした",
                "could not confirm",
                "未能确认",
                "未能確認",
                "확인하지",
            )
        )
