"""Whole stories over the real record: resident, desk, courier."""

from __future__ import annotations

from handlers.model.actions import EditCard, PostCard, Say, ToTicket
from handlers.model.buttons import (
    AskPerson,
    Claim,
    LetFacilityRead,
    Rate,
    Release,
    Resolve,
    Settle,
    TakeOver,
    WantNoReply,
    Withdraw,
)
from handlers.model.events import Noted
from handlers.model.tickets import Status
from tests.fakes_desk import DeskUnderTest
from tests.small_faq import HOLIDAY


async def test_a_question_gets_its_answer_with_window_source_and_receipt(desk: DeskUnderTest) -> None:
    answer = await desk.says("白鳥ボート 登録")

    assert answer.startswith("白鳥ボートは 池の窓口 で登録できます。")
    assert "03-0000-0001" in answer
    assert "出典: 池のしおり" in answer
    assert "https://pond.invalid/leaflet" in answer
    assert "(swan-register 第1版)" in answer


async def test_an_answer_that_rests_on_a_residents_account_says_so(desk: DeskUnderTest) -> None:
    assert "公式に確認された手順ではありません" in await desk.says("あひる係の態度がひどい")


async def test_not_solved_leads_to_a_person_who_gets_the_words_as_written(desk: DeskUnderTest) -> None:
    await desk.says("白鳥ボート　いくら？？")
    await desk.presses(Rate("swan-fee", 1, 0))
    handed = await desk.presses(AskPerson())

    assert "受付番号 1" in handed
    assert "白鳥ボート　いくら？？" in handed
    card = next(row.action for row in desk.messenger.sent if isinstance(row.action, PostCard))
    assert "白鳥ボート　いくら？？" in card.text
    assert "swan-fee v1" in card.text


async def test_on_a_holiday_the_next_opening_is_named(desk: DeskUnderTest) -> None:
    desk.clock.moment = HOLIDAY
    await desk.says("白鳥 いくら")
    assert "次の受付は11月24日(火) 9:00です" in await desk.presses(AskPerson())


async def test_two_misses_lead_to_the_offer_of_a_person_and_keep_both_texts(desk: DeskUnderTest) -> None:
    assert "うまく見つけられませんでした" in await desk.says("量子もつれの観測者効果")
    assert "職員に聞きますか" in await desk.says("エントロピー増大則と宇宙")
    handed = await desk.presses(AskPerson())
    assert "量子もつれの観測者効果\nエントロピー増大則と宇宙" in handed


async def test_while_a_person_holds_the_case_the_bot_only_gives_receipts(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    await desk.staff_presses(Claim(1))

    assert await desk.says("白鳥ボート 登録") == "✓ 受付番号 1 に書き添えました。"
    told = [
        row.action.text
        for row in desk.messenger.sent
        if isinstance(row.action, Say) and row.action.to == ToTicket(1)
    ]
    assert any("白鳥ボート 登録" in text for text in told)


async def test_an_emergency_is_answered_even_while_a_person_holds_the_case(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    await desk.staff_presses(Claim(1))
    assert (await desk.says("火事だ")).startswith("まず119に電話してください。")


async def test_open_and_unclaimed_the_bot_goes_on_answering_and_the_words_join_the_ticket(
    desk: DeskUnderTest,
) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    answer = await desk.says("白鳥ボート 登録")
    assert "池の窓口" in answer
    assert "受付番号 1 に書き添えました" in answer


async def test_a_second_claim_is_told_who_was_first_and_may_take_over(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    assert await desk.staff_presses(Claim(1), "花子") == "花子 が担当しました。"
    assert "花子 が担当中です" in (await desk.staff_presses(Claim(1), "太郎") or "")
    assert await desk.staff_presses(TakeOver(1), "太郎") == "花子 から 太郎 が引き継ぎました。"


async def test_a_reply_by_somebody_else_is_never_stopped(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    await desk.staff_presses(Claim(1), "花子")
    await desk.staff_replies(1, "太郎からの返事です", "太郎")
    assert "太郎からの返事です" in desk.messenger.to("r:1")[-1]


async def test_done_asks_the_resident_and_not_yet_reopens_for_another_person(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    await desk.staff_presses(Claim(1))
    await desk.staff_presses(Resolve(1))
    assert "解決しましたか" in desk.messenger.to("r:1")[-1]

    assert "別の職員" in await desk.presses(Settle(1, 0))
    ticket = (await desk.store.tickets())[0]
    assert ticket.status is Status.OPEN
    assert ticket.former_holder == "花子"

    await desk.staff_presses(Claim(1), "太郎")
    await desk.staff_presses(Resolve(1), "太郎")
    assert "終わりにしました" in await desk.presses(Settle(1, 1))
    assert (await desk.store.tickets())[0].status is Status.CLOSED


async def test_not_yet_joins_the_case_that_is_already_open(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    await desk.staff_presses(Resolve(1))
    await desk.says("あひる係の態度がひどい")
    await desk.presses(AskPerson())
    assert "受付番号 2" in await desk.presses(LetFacilityRead(0, 1, 1))
    assert "受付番号 2 に、まとめました" in await desk.presses(Settle(1, 0))
    assert [t.status for t in await desk.store.tickets()] == [Status.CLOSED, Status.OPEN]


async def test_no_reply_wanted_means_that_no_message_is_ever_sent_about_the_ticket(
    desk: DeskUnderTest,
) -> None:
    await desk.says("あひる係の態度がひどい")
    await desk.presses(AskPerson())
    await desk.presses(LetFacilityRead(0, 1, 1))
    await desk.presses(WantNoReply(1))
    before = len(desk.messenger.to("r:1"))

    await desk.staff_presses(Claim(1))
    assert "返信不要" in (await desk.staff_replies(1, "お返事です") or "")
    await desk.staff_presses(Release(1))
    await desk.staff_presses(Resolve(1))

    assert len(desk.messenger.to("r:1")) == before
    assert (await desk.store.tickets())[0].status is Status.CLOSED


async def test_asking_twice_for_a_person_opens_one_ticket(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    assert "受付番号 1 で、もう職員に引き継いでいます" in await desk.presses(AskPerson())
    assert len(await desk.store.tickets()) == 1


async def test_withdrawing_ends_the_ticket_and_tells_the_desk(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    assert "取り下げました" in await desk.presses(Withdraw(1))
    edited = [row.action.text for row in desk.messenger.sent if isinstance(row.action, EditCard)]
    assert "終了" in edited[-1]


async def test_somebody_elses_ticket_cannot_be_settled(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    await desk.presses(Withdraw(1), "r:2")
    assert (await desk.store.tickets())[0].status is Status.OPEN


async def test_a_note_never_leaves_the_desk(desk: DeskUnderTest) -> None:
    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    sent = len(desk.messenger.sent)
    await desk.dispatcher.dispatch(Noted(id="note:1", staff="花子", name="花子", ticket=1, text="内緒の話"))
    await desk.courier.drain()
    assert len(desk.messenger.sent) == sent


async def test_a_claim_without_action_lapses_and_a_settled_ticket_closes_by_itself(
    desk: DeskUnderTest,
) -> None:
    from handlers.model.events import TimePassed

    await desk.says("白鳥 いくら")
    await desk.presses(AskPerson())
    await desk.staff_presses(Claim(1))
    desk.clock.advance(minutes=31)
    await desk.dispatcher.dispatch(TimePassed(id="tick:1"))
    assert (await desk.store.tickets())[0].status is Status.OPEN
    await desk.staff_presses(Resolve(1))
    desk.clock.advance(days=8)
    await desk.dispatcher.dispatch(TimePassed(id="tick:2"))
    assert (await desk.store.tickets())[0].status is Status.CLOSED
