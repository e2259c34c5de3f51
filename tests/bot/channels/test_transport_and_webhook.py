"""HTTP on loopback: which requests were sent and which were not; who may use the webhook."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.channels.telegram.door import Door
from bot.channels.telegram.error_map import classify
from bot.channels.telegram.transport import AiohttpRequest, NotSentError, UnknownOutcomeError
from bot.channels.telegram.webhook import SECRET_HEADER, Webhook
from bot.ports import DeliveryResult, RawUpdate
from tests.updates import an_update

TOKEN = "123456:a-token-of-the-test"


@asynccontextmanager
async def server(handle: Any) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_at(url: str) -> AsyncIterator[Bot]:
    requests = AiohttpRequest(), AiohttpRequest()
    for request in requests:
        await request.initialize()
    try:
        yield Bot(TOKEN, base_url=f"{url}/bot", request=requests[0], get_updates_request=requests[1])
    finally:
        for request in requests:
            await request.shutdown()


async def test_a_call_goes_as_json_and_files_as_a_form() -> None:
    seen: list[tuple[str, Any]] = []

    async def handle(request: web.Request) -> web.Response:
        is_json = request.content_type == "application/json"
        seen.append((request.content_type, await request.json() if is_json else dict(await request.post())))
        message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}
        return web.json_response({"ok": True, "result": message})

    async with server(handle) as url, bot_at(url) as bot:
        await bot.send_message(5, "日本語")
        await bot.send_document(5, io.BytesIO(b"content"), filename="a.txt")
    assert seen[0] == ("application/json", {"chat_id": 5, "text": "日本語"})
    assert seen[1][0] == "multipart/form-data"
    assert seen[1][1]["chat_id"] == "5"


async def test_no_connection_means_it_has_not_happened() -> None:
    async with bot_at("http://127.0.0.1:9") as bot:
        with pytest.raises(NotSentError) as caught:
            await bot.send_message(5, "x")
    assert classify(caught.value).result is DeliveryResult.RETRY


async def test_an_answer_that_does_not_come_leaves_the_outcome_unknown() -> None:
    async def drop(request: web.Request) -> web.Response:
        await request.read()
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async def slow(request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    async with server(drop) as url, bot_at(url) as bot:
        with pytest.raises(UnknownOutcomeError) as caught:
            await bot.send_message(5, "x")
    assert classify(caught.value).result is DeliveryResult.UNKNOWN
    async with server(slow) as url, bot_at(url) as bot:
        with pytest.raises(UnknownOutcomeError):
            await bot.send_message(5, "x", read_timeout=0.1)


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
@pytest.mark.parametrize(
    ("status", "body", "error", "result"),
    [
        (429, {"ok": False, "error_code": 429, "description": "Too Many", "parameters": {"retry_after": 7}}, RetryAfter, DeliveryResult.RETRY),
        (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}, BadRequest, DeliveryResult.UNREACHABLE),
        (502, "<html>maintenance</html>", TelegramError, DeliveryResult.RETRY),
        (200, "<html>maintenance</html>", TelegramError, DeliveryResult.UNKNOWN),
    ],
)  # fmt: skip
async def test_what_the_other_side_says_is_classified(
    status: int, body: Any, error: type[Exception], result: DeliveryResult
) -> None:
    async def handle(_: web.Request) -> web.Response:
        return (
            web.Response(text=body, status=status)
            if isinstance(body, str)
            else web.json_response(body, status=status)
        )

    async with server(handle) as url, bot_at(url) as bot:
        with pytest.raises(error) as caught:
            await bot.send_message(5, "x")
    assert isinstance(caught.value, TelegramError)
    assert classify(caught.value).result is result


async def test_calls_side_by_side_do_not_wait_for_each_other() -> None:
    async def handle(_: web.Request) -> web.Response:
        await asyncio.sleep(0.2)
        return web.json_response({"ok": True, "result": True})

    async with server(handle) as url, bot_at(url) as bot, asyncio.timeout(3):
        await asyncio.gather(*(bot.answer_callback_query(str(number)) for number in range(60)))


@pytest.mark.parametrize(
    ("headers", "body", "status", "taken"),
    [
        ({}, b'{"update_id": 1}', 403, 0),
        ({SECRET_HEADER: "wrong"}, b'{"update_id": 1}', 403, 0),
        ({SECRET_HEADER: "s" * 31}, b'{"update_id": 1}', 403, 0),
        ({SECRET_HEADER: "秘密"}, b'{"update_id": 1}', 403, 0),
        ({SECRET_HEADER: "s" * 32}, b'{"update_id": 1}', 200, 1),
        ({SECRET_HEADER: "s" * 32}, b'{"update_id": "1"}', 200, 0),
        ({SECRET_HEADER: "s" * 32}, b"[1]", 200, 0),
        ({SECRET_HEADER: "s" * 32}, b"{broken", 200, 0),
        ({SECRET_HEADER: "s" * 32}, b"\xff\xfe", 200, 0),
        ({SECRET_HEADER: "s" * 32}, b" " * (1024 * 1024 + 1), 413, 0),
    ],
)  # fmt: skip
async def test_the_webhook_lets_in_what_telegram_sends_and_nothing_else(
    headers: dict[str, str], body: bytes, status: int, taken: int
) -> None:
    received: list[RawUpdate] = []

    async def receive(updates: Any) -> None:
        received.extend(updates)

    door = Door(lambda update: an_update(update["update_id"], "tg:1", "{}"), receive)
    hook = Webhook("/hook", "s" * 32, door, "127.0.0.1", 0)
    port = await hook.start()
    try:
        async with aiohttp.ClientSession() as session:
            answer = await session.post(
                f"http://127.0.0.1:{port}/hook", data=io.BytesIO(body), headers=headers
            )
            assert answer.status == status
            assert (await session.get(f"http://127.0.0.1:{port}/hook")).status == 405
            assert (await session.post(f"http://127.0.0.1:{port}/")).status == 404
    finally:
        await hook.stop()
    assert len([update for update in received if update.number >= 0]) == taken
    dead = [update for update in received if "unreadable" in update.body]
    assert len(dead) == (status == 200 and not taken)


async def test_the_200_goes_out_after_the_update_is_kept() -> None:
    kept = asyncio.Event()

    async def receive(_: Any) -> None:
        await asyncio.sleep(0.2)
        kept.set()

    hook = Webhook("/h", "s", Door(lambda _: an_update(1, "tg:1", "{}"), receive), "127.0.0.1", 0)
    port = await hook.start()
    try:
        async with aiohttp.ClientSession() as session:
            await session.post(
                f"http://127.0.0.1:{port}/h", json={"update_id": 1}, headers={SECRET_HEADER: "s"}
            )
            assert kept.is_set()
    finally:
        await hook.stop()
