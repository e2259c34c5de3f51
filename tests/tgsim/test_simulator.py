"""The simulator behaves like Telegram, whichever library uses it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

import aiogram
import aiohttp
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiohttp import web

from tests.tgsim.driver import migrate, person, until
from tests.tgsim.faults import Fault
from tests.tgsim.server import TOKEN, Simulator

pytestmark = pytest.mark.checkout
GROUP = -1005000


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    made = Simulator()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def call(sim: Simulator) -> AsyncIterator[Any]:
    async with aiohttp.ClientSession() as session:

        async def post(method: str, **given: Any) -> tuple[int, Any]:
            async with session.post(f"{sim.url}/bot{TOKEN}/{method}", json=given) as answer:
                return answer.status, json.loads(await answer.text())

        yield post


async def test_an_update_is_confirmed_by_the_next_offset_and_by_nothing_else(
    sim: Simulator, call: Any
) -> None:
    who = person(sim, 5)
    first, second = who.write("一"), who.write("二")
    for _ in range(2):
        _, got = await call("getUpdates", timeout=0)
        assert [u["update_id"] for u in got["result"]] == [first, second]
    _, got = await call("getUpdates", timeout=0, offset=second)
    assert [u["update_id"] for u in got["result"]] == [second]
    _, got = await call("getUpdates", timeout=0, offset=first)
    assert [u["update_id"] for u in got["result"]] == [second]


async def test_a_second_poll_ends_the_first_with_409(sim: Simulator, call: Any) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=20))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(call("getUpdates", timeout=20))
    status, body = await first
    assert status == 409
    assert "terminated by other getUpdates" in body["description"]
    person(sim, 5).write("はい")
    assert (await second)[0] == 200


async def test_polling_under_a_webhook_is_409_and_a_wrong_token_401(sim: Simulator, call: Any) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/none")
    status, body = await call("getUpdates", timeout=0)
    assert status == 409
    assert "webhook is active" in body["description"]
    async with aiohttp.ClientSession() as session, session.post(f"{sim.url}/bot1:wrong/getMe") as answer:
        assert answer.status == 401


async def test_messages_live_a_day_and_presses_150_seconds(sim: Simulator, call: Any) -> None:
    who = person(sim, 5)
    await call(
        "sendMessage",
        chat_id=5,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "押す", "callback_data": "x"}]]},
    )
    who.write("古い")
    who.press("押す")
    query = str(len(sim.world.presses))
    sim.clock.advance(151)
    _, got = await call("getUpdates", timeout=0)
    assert [u for u in got["result"] if "callback_query" in u] == []
    assert len(got["result"]) == 1
    status, body = await call("answerCallbackQuery", callback_query_id=query)
    assert status == 400
    assert "query is too old" in body["description"]
    sim.clock.advance(86_400)
    assert (await call("getUpdates", timeout=0))[1]["result"] == []


async def test_the_errors_are_the_real_servers_words(sim: Simulator, call: Any) -> None:
    who = person(sim, 5)
    group = sim.world.group(GROUP, "部屋", is_forum=True)
    sent = (await call("sendMessage", chat_id=5, text="はい"))[1]["result"]["message_id"]
    topic = (await call("createForumTopic", chat_id=GROUP, name="一"))[1]["result"]["message_thread_id"]
    del group.topics[topic]
    for method, given, status, words in (
        ("sendMessage", {"chat_id": 404, "text": "x"}, 400, "chat not found"),
        ("sendMessage", {"chat_id": 5, "text": ""}, 400, "message text is empty"),
        ("sendMessage", {"chat_id": 5, "text": "🙂" * 2049}, 400, "message is too long"),
        (
            "editMessageText",
            {"chat_id": 5, "message_id": sent, "text": "はい"},
            400,
            "message is not modified",
        ),
        ("editMessageText", {"chat_id": 5, "message_id": 999, "text": "x"}, 400, "message to edit not found"),
        (
            "sendMessage",
            {"chat_id": GROUP, "text": "x", "message_thread_id": topic},
            400,
            "message thread not found",
        ),
        (
            "sendMessage",
            {"chat_id": GROUP, "text": "x", "message_thread_id": 1},
            400,
            "message thread not found",
        ),
        ("noSuchMethod", {}, 404, "Not Found"),
    ):
        sim.clock.advance(2)
        got = await call(method, **given)
        assert got[0] == status, (method, got)
        assert words in got[1]["description"]
    who.block()
    assert (await call("sendMessage", chat_id=5, text="x"))[0] == 403
    migrate(sim, group, GROUP - 1)
    _, body = await call("sendMessage", chat_id=GROUP, text="x")
    assert body["parameters"] == {"migrate_to_chat_id": GROUP - 1}
    sim.judge.violations.clear() if sim.judge else None


async def test_buckets_are_shared_by_sends_edits_and_topics_and_told_by_429(
    sim: Simulator, call: Any
) -> None:
    sim.world.group(GROUP, "部屋", is_forum=True)
    person(sim, 5)
    assert (await call("sendMessage", chat_id=5, text="1"))[0] == 200
    status, body = await call("sendMessage", chat_id=5, text="2")
    assert status == 429
    assert body["parameters"]["retry_after"] >= 1
    message = (await call("sendMessage", chat_id=GROUP, text="0"))[1]["result"]["message_id"]
    for number in range(10):
        assert (await call("editMessageText", chat_id=GROUP, message_id=message, text=f"{number + 1}"))[
            0
        ] == 200
    for number in range(9):
        assert (await call("createForumTopic", chat_id=GROUP, name=f"{number}"))[0] == 200
    status, body = await call("createForumTopic", chat_id=GROUP, name="21")
    assert status == 429
    assert 1 <= body["parameters"]["retry_after"] <= 60
    sim.clock.advance(61)
    assert (await call("createForumTopic", chat_id=GROUP, name="21"))[0] == 200
    assert {name for _, _, name in sim.limits.exceeded} == {"chat", "group"}


async def test_a_copy_has_no_sender_and_an_album_stays_one(sim: Simulator, call: Any) -> None:
    who = person(sim, 5)
    sim.world.group(GROUP, "部屋")
    who.photo("言葉", media_group_id="a")
    who.photo(media_group_id="a")
    numbers = sorted(who.chat.messages)
    await call("copyMessages", chat_id=GROUP, from_chat_id=5, message_ids=numbers)
    said = sim.world.said_by_bot[GROUP]
    assert len({m["media_group_id"] for m in said}) == 1
    assert all("forward_origin" not in m and m["from"]["is_bot"] for m in said)


async def test_every_message_in_a_topic_answers_its_opening_unless_it_answers_another(
    sim: Simulator, call: Any
) -> None:
    group = sim.world.group(GROUP, "部屋", is_forum=True)
    thread = (await call("createForumTopic", chat_id=GROUP, name="一"))[1]["result"]["message_thread_id"]
    person(sim, 5).write("独り言", group, thread=thread)
    _, got = await call("getUpdates", timeout=0)
    message = got["result"][-1]["message"]
    assert message["is_topic_message"]
    assert message["reply_to_message"]["message_id"] == thread == message["message_thread_id"]


async def test_a_webhook_gets_one_update_of_a_queue_at_a_time_with_the_secret_and_again_after_a_failure() -> (
    None
):
    sim = Simulator(speed=20)
    await sim.start()
    got: list[tuple[int, str]] = []
    statuses = iter([500, 200, 200])

    async def hook(request: web.Request) -> web.Response:
        body = await request.json()
        got.append((body["update_id"], request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        return web.Response(status=next(statuses))

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
            await session.post(f"{sim.url}/bot{TOKEN}/setWebhook", json={"url": url, "secret_token": "s3"})
        who = person(sim, 5)
        first, second = who.write("一"), who.write("二")
        await until(sim, lambda: len(got) == 3)
        assert got == [(first, "s3"), (first, "s3"), (second, "s3")]
    finally:
        await runner.cleanup()
        await sim.stop()


async def test_faults_happen_once_each_where_they_were_asked_for(sim: Simulator, call: Any) -> None:
    person(sim, 5)
    sim.limits.enforced = False
    for fault, status in ((Fault.FLOOD, 429), (Fault.SERVER, 502)):
        sim.faults.plan(fault, "sendMessage", seconds=3)
        assert (await call("sendMessage", chat_id=5, text=fault))[0] == status
        assert (await call("sendMessage", chat_id=5, text=fault))[0] == 200
    sim.faults.plan(Fault.DROP_AFTER, "sendMessage")
    before = len(sim.world.said_by_bot[5])
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=5, text="said and not told")
    assert len(sim.world.said_by_bot[5]) == before + 1


async def test_the_judge_sees_unknown_fields_wrong_types_and_what_is_too_long(
    sim: Simulator, call: Any
) -> None:
    assert sim.judge is not None
    person(sim, 5)
    for given, words in (
        ({"chat_id": 5, "text": "x", "colour": "red"}, "unknown fields"),
        ({"text": "x"}, "chat_id"),
        ({"chat_id": 5, "text": "🙂" * 2049}, "4098 units"),
        (
            {
                "chat_id": 5,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "あ" * 22}]]},
            },
            "66 bytes",
        ),
    ):
        await call("sendMessage", **given)
        assert words in sim.judge.violations[-1]


async def test_an_aiogram_bot_plays_a_whole_script_against_it(sim: Simulator) -> None:
    """Polling, buttons, edits, topics, copies, and the three errors that a bot must distinguish."""
    sim.limits.enforced = False
    group = sim.world.group(GROUP, "部屋", is_forum=True)
    bot = aiogram.Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sim.url)))
    dispatcher = aiogram.Dispatcher()

    async def photo(message: Message) -> None:
        topic = await bot.create_forum_topic(GROUP, "写真")
        await bot.copy_message(
            GROUP, message.chat.id, message.message_id, message_thread_id=topic.message_thread_id
        )

    async def echo(message: Message) -> None:
        button = InlineKeyboardButton(text="押す", callback_data="p")
        await message.answer(
            f"こだま {message.text}", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]])
        )

    async def pressed(query: CallbackQuery) -> None:
        await query.answer("見た")
        if isinstance(query.message, Message):
            await query.message.edit_text("押された")

    dispatcher.message.register(photo, aiogram.F.photo)
    dispatcher.message.register(echo)
    dispatcher.callback_query.register(pressed)
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    try:
        who = person(sim, 5)
        who.write("やっほー")
        assert await who.hears("こだま やっほー")
        who.press("押す")
        await until(sim, lambda: who.received[-1]["text"] == "押された")
        assert sim.world.answered_presses == [("1", "見た")]
        who.photo("花")
        await until(sim, lambda: any("photo" in m for m in sim.world.said_by_bot[GROUP]))
        assert list(group.topics.values()) == ["写真"]
        with pytest.raises(TelegramBadRequest, match="thread not found"):
            await bot.send_message(GROUP, "x", message_thread_id=999)
        who.block()
        with pytest.raises(TelegramForbiddenError):
            await bot.send_message(5, "x")
        sim.faults.plan(Fault.FLOOD, "sendMessage", seconds=7)
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(GROUP, "x")
        assert sim.judge is not None
        assert sim.judge.violations == []
    finally:
        await dispatcher.stop_polling()
        with contextlib.suppress(asyncio.CancelledError):
            await polling
        await bot.session.close()
