"""Words after a command are a message: a danger is answered first and alone, and nothing is ended. With the real store."""

from __future__ import annotations

import pytest

from bot.storage.store import SqliteStore
from handlers.engine import Engine
from handlers.model.buttons import ForgetMe, Withdraw, encode
from handlers.model.events import Command, Commanded, PutOffFor, Secret, Started
from handlers.model.settings import Rules
from handlers.model.snapshot import Snapshot
from handlers.model.tickets import Status
from tests.in_process import InProcess, Office
from tests.small_faq import OPEN, knowledge

CRY, CALL = "火事です 助けて", "まず119に電話してください。"
RESIDENTS = [command for command in Command if command not in (Command.FOR_STAFF, Command.UNKNOWN)]
FOLLOWED = [
    *(f"/{command.value}" for command in RESIDENTS),
    "/start",
    "/reload",
    "/queue",
    "/r",
    "/nani",
    "/help@a_bot",
]


@pytest.fixture
def who(store: SqliteStore) -> InProcess:
    return InProcess(Office(store), 41)


async def says(who: InProcess, text: str) -> str:
    """The one message that the resident gets for a text."""
    before = len(who.heard)
    await who.sends({"text": text})
    assert len(who.heard) == before + 1
    return who.heard[-1].text


async def with_ticket(who: InProcess) -> None:
    await says(who, "白鳥ボート いくら")
    assert "受付番号 1 で" in await says(who, "/person")


async def status_of(who: InProcess) -> Status:
    return (await who.office.store.tickets())[-1].status


@pytest.mark.parametrize("command", FOLLOWED)
async def test_a_danger_after_any_command_is_answered_first_and_alone(who: InProcess, command: str) -> None:
    for gap in (" ", "\n", "\u3000"):
        assert await says(who, f"{command}{gap}{CRY}") == CALL


@pytest.mark.parametrize("command", FOLLOWED)
async def test_a_danger_after_any_command_reaches_staff_who_have_the_case_and_ends_nothing(
    who: InProcess, command: str
) -> None:
    await with_ticket(who)
    assert await says(who, f"{command} {CRY}") == CALL
    assert who.kept[-1] == CRY
    assert await status_of(who) is Status.OPEN


@pytest.mark.parametrize("command", [c for c in FOLLOWED if c != "/person"])
async def test_words_after_any_command_are_answered_as_if_they_had_been_sent(
    who: InProcess, command: str
) -> None:
    assert "確認できませんでした" in await says(who, f"{command} 白鳥ボート いくら")


@pytest.mark.parametrize("command", FOLLOWED)
async def test_words_after_any_command_are_kept_with_the_ticket_and_end_nothing(
    who: InProcess, command: str
) -> None:
    await with_ticket(who)
    await says(who, f"{command} 白鳥の首が折れています")
    assert who.kept[-1] == "白鳥の首が折れています"
    assert await status_of(who) is Status.OPEN


async def test_words_after_person_are_what_staff_get(who: InProcess) -> None:
    told = await says(who, "/person 部屋の電気がつかないのですが")
    assert "受付番号 1 で職員に引き継ぎました" in told
    assert "「部屋の電気がつかないのですが」" in told
    assert who.kept == ["部屋の電気がつかないのですが"]


async def test_a_new_matter_after_done_is_a_new_ticket_and_mada_is_the_press(store: SqliteStore) -> None:
    office = Office(store)
    for number, words, state in ((51, "部屋の電気がつかない", Status.OPEN), (52, "まだです", Status.OPEN)):
        who = InProcess(office, number)
        await says(who, "白鳥ボート いくら")
        await says(who, "/person")
        for label in ("担当する", "対応完了"):
            await who._press(_code(office, who.tickets[-1], label), 8, {"id": -1001000, "type": "supergroup"})
        await says(who, f"/person {words}")
        assert (await store.tickets())[-1].status is state
        assert len(who.tickets) == (2 if number == 51 else 1)


def _code(office: Office, ticket: int, label: str) -> str:
    return next(encode(b.press) for row in office.cards[ticket].buttons for b in row if b.label == label)


async def test_stop_with_words_passes_them_on_and_withdraws_by_the_press_or_alone(who: InProcess) -> None:
    await with_ticket(who)
    told = await says(who, "/stop もういいです")
    assert "書き添えました" in told
    assert "まだ取り下げていません" in told
    presses = [button.press for row in who.heard[-1].buttons for button in row]
    assert Withdraw(1) in presses
    assert await status_of(who) is Status.OPEN
    await who.presses(Withdraw(1))
    assert await status_of(who) is Status.CLOSED


async def test_stop_alone_and_stop_without_a_ticket_do_what_they_did(who: InProcess) -> None:
    told = await says(who, "/stop 白鳥ボート いくら")
    assert told.startswith("分かりました。こちらから何かを送ることはありません。")
    await says(who, "/person")
    assert "取り下げました" in await says(who, "/stop@sim_bot ")
    assert await status_of(who) is Status.CLOSED


async def test_forget_with_words_hears_them_and_then_asks(who: InProcess) -> None:
    await with_ticket(who)
    told = await says(who, "/forget 職員の人に渡してください")
    assert told.index("書き添えました") < told.index("消しますか")
    assert ForgetMe(1) in [button.press for row in who.heard[-1].buttons for button in row]
    assert who.kept[-1] == "職員の人に渡してください"


@pytest.mark.parametrize(("payload", "opens"), [("swan-fee", "確認できませんでした"), ("gone-long-ago", "こんにちは"),
                                                ("poster_2026-11", "こんにちは"), ("QR", "こんにちは")])  # fmt: skip
async def test_links_open_what_they_name_and_are_no_words(who: InProcess, payload: str, opens: str) -> None:
    told = await says(who, f"/start {payload}")
    assert opens in told
    assert "見つけられません" not in told


async def test_a_language_behind_the_command_is_chosen(who: InProcess) -> None:
    for name, told in (
        ("English", "I will answer in English"),
        ("日本語", "これからは日本語"),
        ("ko", "한국어로 답합니다"),
    ):
        assert told in await says(who, f"/language {name}")


async def test_a_number_after_a_command_of_the_desk_is_no_message(who: InProcess) -> None:
    await with_ticket(who)
    assert await says(who, "/claim #1") == "それは職員の指示です。ここでは使えません。"
    assert who.kept == ["白鳥ボート いくら"]


async def test_a_secret_after_a_command_is_told_of_and_its_button_sends_the_words_without_the_command() -> (
    None
):
    engine = Engine(knowledge(), Rules())
    event = Commanded(
        id="e", resident="r", command=Command.PERSON, text="番号は＊＊＊です", withheld=(Secret.MY_NUMBER,)
    )
    said = engine.handle(event, Snapshot(OPEN)).actions[0]
    assert "マイナンバー" in said.text
    started = Started(id="e", resident="r", payload="番号は＊＊＊です", withheld=(Secret.MY_NUMBER,))
    assert "マイナンバー" in engine.handle(started, Snapshot(OPEN)).actions[0].text


async def test_who_is_put_off_is_heard_in_danger_alone_and_keeps_the_own_data_commands(
    who: InProcess,
) -> None:
    await with_ticket(who)
    store, engine = who.office.store, who.office.engine
    off = PutOffFor(id="b", staff="課長", name="課長", ticket=1, text="3時間 迷惑")
    await store.decide(off, OPEN, engine.handle)
    kept = len(who.kept)
    assert "これまでの受付" in await says(who, "/history 聞いてください")
    assert await says(who, f"/history {CRY}") == CALL
    assert len(who.kept) == kept


async def test_what_is_answered_is_in_the_language_of_the_words(who: InProcess) -> None:
    told = await says(who, "/nani how much is a swan boat")
    assert told.startswith("I do not know that command")
