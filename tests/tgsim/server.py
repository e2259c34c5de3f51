"""The server: HTTP on loopback, long polling with confirmation, serial webhooks per queue, limits, faults, judges."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

import aiohttp
from aiohttp import web

from tests.tgsim.clock import SimClock
from tests.tgsim.faults import Fault, Faults
from tests.tgsim.judge import Judge, decoded
from tests.tgsim.limits import Limits
from tests.tgsim.methods import ApiError, Methods
from tests.tgsim.world import Pending, World

TOKEN: Final = "123456789:SIMULATED-token-of-the-tests-000000"
_CONFLICT: Final = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
_WEBHOOK_IS_SET: Final = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_FIRST_RETRY, _LONGEST_RETRY = 2.0, 60.0


class Simulator:
    """The server of one bot."""

    def __init__(self, *, speed: float = 1.0, enforce_limits: bool = True, judged: bool = True) -> None:
        self.clock = SimClock(speed)
        self.world = World(self.clock, TOKEN)
        self.methods = Methods(self.world)
        self.limits = Limits(enforced=enforce_limits)
        self.faults = Faults()
        self.judge = Judge() if judged else None
        self.calls: list[tuple[float, str]] = []
        self.arrived = asyncio.Event()
        """Set whenever the bot has sent something."""
        self.replay_all = 0
        """How many more times every update is delivered."""
        self.webhook: dict[str, Any] = {}
        self.deliveries: list[tuple[int, int]] = []
        """Webhook posts: update and status."""
        self.witness: Callable[[str, dict[str, Any]], None] | None = None
        """Called with the method and parameters of every successful call."""
        self._runner: web.AppRunner | None = None
        self._poll: asyncio.Event | None = None
        self._news = asyncio.Event()
        self._world_tasks: set[asyncio.Task[None]] = set()
        self._busy_queues: set[int] = set()
        self._again: list[Pending] = []
        self._session: aiohttp.ClientSession | None = None
        self.url = ""
        self.world.on_update(self._on_update)

    async def start(self) -> str:
        """Listen on a free port; returns the address of the API."""
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", f"/bot{TOKEN}/{{method}}", self._handle)
        app.router.add_route("*", "/bot{token}/{method}", self._unauthorized)
        app.router.add_get(f"/file/bot{TOKEN}/{{path:.*}}", self._file)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._session = aiohttp.ClientSession()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        for task in self._world_tasks:
            task.cancel()
        await asyncio.gather(*self._world_tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def settled(self) -> None:
        """Wait until requests of a killed bot are processed and its connections are closed."""
        server = self._runner.server if self._runner is not None else None
        while server is not None and server.connections:  # noqa: ASYNC110 - aiohttp has no event for a closed connection
            await asyncio.sleep(0.01)

    def replay(self, update: int) -> None:
        """Deliver an update again, as the server may after a lost confirmation."""
        found = next((p for p in self.world.updates if p.id == update), None)
        if found is not None:
            self._again.append(found)

    # -- calls ----------------------------------------------------------------------------------------------------

    async def _unauthorized(self, request: web.Request) -> web.Response:
        return _error(ApiError(401, "Unauthorized"))

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(body=b"content")

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        values = decoded(dict(request.query) | await _body(request))
        self.calls.append((self.clock.now(), name))
        if name == "getupdates":
            return await self._get_updates(values)
        if self.judge is not None:
            self.judge.request(name, values)
        if name in ("setwebhook", "deletewebhook", "getwebhookinfo"):
            return _ok(self._set_webhook(name, values))
        chat = int(values["chat_id"]) if str(values.get("chat_id", "")).lstrip("-").isdigit() else None
        fault = self.faults.take(name, chat)
        if fault is not None:
            match fault.fault:
                case Fault.DELAY:
                    await asyncio.sleep(self.clock.real(fault.seconds))
                case Fault.FLOOD:
                    seconds = int(fault.seconds)
                    return _error(
                        ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
                    )
                case Fault.SERVER:
                    return _error(ApiError(502, "Bad Gateway"))
                case Fault.HTML:
                    return web.Response(
                        text="<html><body>maintenance</body></html>", content_type="text/html"
                    )
        method = self.methods.find(name)
        if method is None:
            return _error(ApiError(404, "Not Found: method not found"))
        if chat is not None and (wait := self.limits.check(name, chat, self.clock.now())):
            return _error(ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait))
        try:
            result = method(values)
        except ApiError as error:
            return _error(error)
        self.arrived.set()
        if self.witness is not None:
            self.witness(name, values)
        if self.judge is not None:
            self.judge.answer(name, result)
        if fault is not None and fault.fault is Fault.DROP_AFTER and request.transport is not None:
            request.transport.close()
        return _ok(result)

    # -- updates by polling ---------------------------------------------------------------------------------------

    async def _get_updates(self, values: dict[str, Any]) -> web.Response:
        if self.webhook:
            return _error(ApiError(409, _WEBHOOK_IS_SET))
        if self._poll is not None:
            self._poll.set()  # the earlier poll is told that another bot is running
        mine = self._poll = asyncio.Event()
        offset = int(values.get("offset") or 0)
        done = [p for p in self.world.updates if p.id < offset]
        self.world.updates = type(self.world.updates)(p for p in self.world.updates if p.id >= offset)
        repeats = [p for p in done if p in self._again] + done * self.replay_all
        self._again = [p for p in self._again if p not in done]
        self.world.expire()
        wait = self.clock.real(min(50, int(values.get("timeout") or 0)))
        deadline = asyncio.get_running_loop().time() + wait
        while not self.world.updates and not repeats and not mine.is_set():
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                break
            self._news.clear()
            waits = [asyncio.ensure_future(self._news.wait()), asyncio.ensure_future(mine.wait())]
            try:
                await asyncio.wait(waits, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in waits:
                    one.cancel()
        if self._poll is mine:
            self._poll = None
        if mine.is_set():
            return _error(ApiError(409, _CONFLICT))
        limit = min(100, int(values.get("limit") or 100))
        batch = [p.body for p in repeats] + [p.body for p in self.world.updates]
        batch = batch[: max(limit, len(repeats))]
        if self.judge is not None:
            for body in batch:
                self.judge.update(body)
        return _ok(batch)

    def _on_update(self) -> None:
        self._news.set()
        if self.webhook:
            self._deliver()

    # -- updates by webhook ---------------------------------------------------------------------------------------

    def _set_webhook(self, name: str, values: dict[str, Any]) -> Any:
        if name == "setwebhook":
            self.webhook = values if values.get("url") else {}
            self._deliver()
            return True
        if name == "deletewebhook":
            self.webhook = {}
            return True
        told = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        return told | {"pending_update_count": len(self.world.updates)}

    def _deliver(self) -> None:
        for queue in {pending.queue for pending in self.world.updates} - self._busy_queues:
            self._busy_queues.add(queue)
            task = asyncio.create_task(self._serve(queue))
            self._world_tasks.add(task)
            task.add_done_callback(self._world_tasks.discard)

    async def _serve(self, queue: int) -> None:
        """Send the next update of a queue only after a 2xx for the one before."""
        retry = _FIRST_RETRY
        try:
            while self.webhook:
                self.world.expire()
                pending = next((p for p in self.world.updates if p.queue == queue), None)
                if pending is None:
                    return
                if await self._post(pending):
                    with contextlib.suppress(ValueError):
                        self.world.updates.remove(pending)
                    retry = _FIRST_RETRY
                else:
                    await asyncio.sleep(self.clock.real(retry))
                    retry = min(_LONGEST_RETRY, retry * 2)
        finally:
            self._busy_queues.discard(queue)

    async def _post(self, pending: Pending) -> bool:
        if self.judge is not None:
            self.judge.update(pending.body)
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        if self._session is None:
            return False
        try:
            async with self._session.post(self.webhook["url"], json=pending.body, headers=headers) as answer:
                self.deliveries.append((pending.id, answer.status))
                return 200 <= answer.status < 300
        except aiohttp.ClientError:
            self.deliveries.append((pending.id, 0))
            return False


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = json.loads(await request.text() or "{}")
        return found
    if request.method == "POST":
        return {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    return {}


def counts(by: list[tuple[float, str]]) -> dict[str, int]:
    """Calls by method."""
    told: defaultdict[str, int] = defaultdict(int)
    for _, name in by:
        told[name] += 1
    return dict(told)


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _error(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)
