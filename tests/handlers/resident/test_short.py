"""Short messages with a meaning of their own, in five languages, and longer ones without."""

from __future__ import annotations

import time

import pytest

from handlers.resident.short import Meaning, is_fragment, meaning_of

SAID = {
    Meaning.NOT_YET: """まだ|まだです|まだです。|マダです|いいえ、まだです|まだ解決していません|解決していません|解決してません|解決しない
        |まだだめです|まだできません|すみません、まだです|まだなんです|未解決です|全然だめです|うまくいきません
        |まだ同じです|いいえ|まだ～|mada desu|not yet|Not yet.|No, not yet|not solved|it's not solved
        |It is still not solved|still not|still not working|it isn't solved yet|it hasn't been fixed|doesn't work
        |It still doesn't work|still the same|no|unsolved|Sorry, not yet!|还没有|还没|还没解决|没有解决|没解决|还是不行
        |未解决|还没有呢|問題還沒解決|還沒|還沒有|沒有解決|還是不行|尚未解決|아직이요|아직|아직요|아직이에요
        |아직 해결 안 됐어요|해결되지 않았어요|아니요, 아직입니다|여전히 안 돼요""",
    Meaning.SOLVED: """解決した|解決しました|解決しました!|解決しました。ありがとうございました|ありがとう解決しました
        |ありがとうございます、無事解決しました|はい、解決しました|解決です|解決済みです|もう大丈夫です
        |無事に登録できました|できました！|直りました|おかげさまで解決しました😊|かいけつしました|solved|Solved!
        |it's solved|It is solved, thank you|resolved|Yes, it works now|all good|fixed now|Thanks, problem solved|已解决
        |解决了|问题解决了|已经解决了，谢谢|问题已解决|好了，谢谢|已解決|解決了，謝謝|問題已經解決了|해결됐어요
        |해결됐습니다|해결되었습니다|네, 해결됐어요. 감사합니다|문제가 해결됐어요|다 해결했어요""",
    Meaning.THANKS: """ありがとう|ありがとうございました|どうもありがとうございます。助かりました|お世話になりました|thank you|Thanks a lot!
        |thank you very much|谢谢|谢谢您|謝謝|감사합니다|네, 감사합니다""",
    Meaning.WANTS_REPLY: """やっぱり返事がほしいです|やっぱり返事がほしい|やはり返信をお願いします|返事をください|返信してください
        |お返事いただけますか|すみません、やっぱり返事が欲しいです|ご回答をお願いします|返信不要を取り消します
        |連絡をください|やっぱりお返事いただきたいのですが|I want a reply after all|please reply|I would like a reply
        |I'd like an answer after all|Please reply to me|I do want a reply|can I get a reply after all|我还是想要回复
        |请回复|请回复我|希望得到答复|還是想要回覆|請回覆我|需要回覆|역시 답장을 받고 싶어요|답장 주세요
        |답변 부탁드립니다|그래도 답장을 원해요|회신 부탁드려요""",
}
NOTHING = """まだ登録していないのですが、どうすればいいですか|まだ解決していません。窓口でも分からないと言われました|解決しましたか
        |解決した?|解決しましたか？|登録はまだ間に合いますか|解決する方法を教えてください|返信は不要です
        |返事はいりません|返信先を変えたい|白鳥ボート 登録|わかりました|大丈夫ですか|how do I get this solved
        |I have not registered yet, what do I need|is it solved|no parking at the pond|a reply is not needed
        |I want to register|I need a room|I would like to have your phone number|please answer my question about the fee
        |还没有登记的人怎么办|怎么解决|不需要回复|已解决的案件在哪里看|還沒登記可以用嗎
        |아직 등록하지 않았는데 어떻게 하나요|해결 방법을 알려 주세요|답장은 필요 없어요
        |ありがとうございます。ところで料金はいくらですか|火事です||   |？"""
FRAGMENTS = """両方です|両方|どちらもお願いします|はい|いいえ|それです|1番目です|2番|上のほうです|後者です|全部知りたいです
        |それの料金は?|その場合はいくらですか|both|Both please|yes|the first one|what about the fee?|how much is it?
        |两个都要|是的|那费用呢|都要|둘 다요|네|그럼 요금은요?|全部です|そうです"""
WHOLE = """白鳥ボート 登録|料金はいくらですか|団体で登録したい|火事です|where do I sign up|登録の期限はいつ|どこに行けばいいですか
        |両方の親の同意が必要ですか|はいはい亭の予約"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("|")]


@pytest.mark.parametrize(
    ("text", "meaning"), [(line, meaning) for meaning, text in SAID.items() for line in lines(text)]
)
def test_a_whole_short_message_counts_as_the_press(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) is meaning


@pytest.mark.parametrize("text", lines(NOTHING))
def test_a_part_of_a_longer_message_or_a_question_does_not(text: str) -> None:
    assert meaning_of(text) is None


@pytest.mark.parametrize("text", lines(FRAGMENTS))
def test_a_fragment_leans_on_what_was_said_before(text: str) -> None:
    assert is_fragment(text)


@pytest.mark.parametrize("text", lines(WHOLE))
def test_a_question_of_its_own_does_not(text: str) -> None:
    assert not is_fragment(text)


@pytest.mark.parametrize(
    "part", ["まだ", "はい", "no", "해결", "问题", "its", "ありがとう", "もう", "やっぱり", "the", "want"]
)
def test_four_times_the_text_costs_less_than_eight_times_the_time(part: str) -> None:
    def cost(text: str) -> float:
        started = time.perf_counter()
        for _ in range(20):
            meaning_of(text)
            is_fragment(text)
        return time.perf_counter() - started

    short, long = ((part * 60)[:size] + "か" for size in (14, 59))
    assert cost(long) < max(8 * cost(short), 0.5)
